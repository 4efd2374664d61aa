/* SPDX-License-Identifier: MIT
 *
 * Databases that are not what they should be, and empty ones: a fitting word, the right exit status.
 */
#include "tests/cli/answer.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW_US G_GINT64_CONSTANT(1773500000000000)

static const char *const verbs[] = {
	"today",    "day 2026-03-14", "week",  "month",	  "range 2026-03-01 2026-03-14",
	"sessions", "passes",	      "holds", "devices",
};

/* All verbs of history fail, and say these words. */
static void
check_all_fail(const AnswerFixture *fixture, const char *says)
{
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
		g_auto(Answer) answer = answer_ask(fixture, NOW_US, verbs[i]);
		g_test_message("%s: %s", verbs[i], answer.err);
		g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_FAILED);
		g_assert_cmpstr(answer.out, ==, "");
		g_assert_nonnull(strstr(answer.err, says));
		g_assert_nonnull(strstr(answer.err, fixture->path));
	}
}

static void
test_absent(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	answer_fixture_close(&fixture);
	g_assert_cmpint(g_unlink(fixture.path), ==, 0);
	check_all_fail(&fixture, "start rollerd");
	g_assert_false(g_file_test(fixture.path, G_FILE_TEST_EXISTS));
}

static void
test_text_file(void)
{
	g_auto(AnswerFixture) fixture = {0};
	g_autoptr(GError) error = NULL;
	answer_fixture_init(&fixture);
	answer_fixture_close(&fixture);
	g_file_set_contents(fixture.path, "Dear diary, today I rolled.\n", -1, &error);
	g_assert_no_error(error);
	check_all_fail(&fixture, fixture.path);
}

static void
test_newer(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	g_assert_cmpint(sqlite3_exec(fixture.db, "PRAGMA user_version = 7", NULL, NULL, NULL), ==,
			SQLITE_OK);
	answer_fixture_close(&fixture);
	check_all_fail(&fixture, "update rollstat");
	check_all_fail(&fixture, "7");
}

/* Every verb tells the same of both. */
static void
check_same(const AnswerFixture *now, const AnswerFixture *older)
{
	for (gsize i = 0; i < 2 * G_N_ELEMENTS(verbs); i++) {
		g_autofree char *words =
			g_strdup_printf("%s%s", i % 2 == 0 ? "--json " : "", verbs[i / 2]);
		g_auto(Answer) wanted = answer_ask(now, NOW_US, words);
		g_auto(Answer) told = answer_ask(older, NOW_US, words);
		g_assert_cmpstr(told.err, ==, "");
		g_assert_cmpint(told.status, ==, ROLLSTAT_EXIT_DONE);
		g_assert_cmpstr(told.out, ==, wanted.out);
	}
}

/* No rollerd of this version has opened it yet: it is told as it would be afterwards, and stays as it is. */
static void
test_older(void)
{
	static const char *const steps[] = {"DROP TABLE pairing;"
					    "PRAGMA user_version = 2",
					    "ALTER TABLE session DROP COLUMN unsure_s;"
					    "ALTER TABLE session DROP COLUMN unplaced_s;"
					    "ALTER TABLE pass DROP COLUMN uncertainty_cm;"
					    "ALTER TABLE hold DROP COLUMN uncertainty_cm;"
					    "ALTER TABLE mark DROP COLUMN uncertainty_cm;"
					    "PRAGMA user_version = 1"};
	g_auto(AnswerFixture) now = {0}, older = {0};
	MadeSession made = made_session_usual;
	made.uncertainty_cm = 0;
	made.hold_s = 10;
	made.hold_cm = 12;
	answer_fixture_init(&now);
	answer_fixture_init(&older);
	made_session_add(now.db, &made);
	made_session_add(older.db, &made);
	for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
		g_assert_cmpint(sqlite3_exec(older.db, steps[i], NULL, NULL, NULL), ==, SQLITE_OK);
		check_same(&now, &older);
	}
	answer_fixture_close(&older);
	check_same(&now, &older);
}

/* The pages behind the head are overwritten: told as a failure, never a crash or a half answer. */
static void
test_damaged(void)
{
	g_auto(AnswerFixture) fixture = {0};
	g_autofree char *bytes = NULL;
	gsize length;
	g_autoptr(GError) error = NULL;
	answer_fixture_init(&fixture);
	made_session_add(fixture.db, &made_session_usual);
	answer_fixture_close(&fixture);
	g_file_get_contents(fixture.path, &bytes, &length, &error);
	g_assert_no_error(error);
	memset(bytes + 4096, 0x5a, length - 4096);
	g_file_set_contents(fixture.path, bytes, (gssize)length, &error);
	g_assert_no_error(error);
	check_all_fail(&fixture, fixture.path);
}

static void
test_empty(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	answer_fixture_close(&fixture);
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
		g_auto(Answer) answer = answer_ask(&fixture, NOW_US, verbs[i]);
		g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
		g_assert_cmpstr(answer.err, ==, "");
		g_assert_true(strstr(answer.out, "Nothing was recorded") != NULL ||
			      g_str_has_prefix(answer.out, "No "));
		g_autofree char *words = g_strdup_printf("%s --json", verbs[i]);
		g_auto(Answer) json = answer_ask(&fixture, NOW_US, words);
		g_assert_cmpint(json.status, ==, ROLLSTAT_EXIT_DONE);
		g_assert_true(g_str_equal(json.out, "[]\n") ||
			      strstr(json.out, "\"sessions\":0,") != NULL);
	}
}

static void
test_no_such_session(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	made_session_add(fixture.db, &made_session_usual);
	g_auto(Answer) answer = answer_ask(&fixture, NOW_US, "passes --session 12");
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_FAILED);
	g_assert_nonnull(strstr(answer.err, "there is no session 12"));
	g_auto(Answer) found = answer_ask(&fixture, NOW_US, "passes --session 1 --json");
	g_assert_cmpint(found.status, ==, ROLLSTAT_EXIT_DONE);
	g_assert_nonnull(strstr(found.out, "{\"session\":1,"));
}

/* Beside a writer in the middle of a transaction: what is committed is told, without waiting. */
static void
test_beside_writer(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	made_session_add(fixture.db, &made_session_usual);
	g_assert_cmpint(sqlite3_exec(fixture.db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==,
			SQLITE_OK);
	made_session_add(fixture.db, &made_session_usual);
	g_auto(Answer) during = answer_ask(&fixture, NOW_US, "day 2026-03-14 --json");
	g_assert_cmpint(during.status, ==, ROLLSTAT_EXIT_DONE);
	g_assert_nonnull(strstr(during.out, "\"sessions\":1,"));
	g_assert_cmpint(sqlite3_exec(fixture.db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
	g_auto(Answer) after = answer_ask(&fixture, NOW_US, "day 2026-03-14 --json");
	g_assert_nonnull(strstr(after.out, "\"sessions\":2,"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/doors/absent", test_absent);
	g_test_add_func("/doors/text-file", test_text_file);
	g_test_add_func("/doors/newer", test_newer);
	g_test_add_func("/doors/older", test_older);
	g_test_add_func("/doors/damaged", test_damaged);
	g_test_add_func("/doors/empty", test_empty);
	g_test_add_func("/doors/no-such-session", test_no_such_session);
	g_test_add_func("/doors/beside-writer", test_beside_writer);
	return g_test_run();
}
