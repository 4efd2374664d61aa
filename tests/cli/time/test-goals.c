/* SPDX-License-Identifier: MIT
 *
 * Goals as a person sets and removes them, beside a daemon that writes; whose they are; and how other verbs over time choose
 * their person.
 */
#include "tests/cli/answer.h"

#include <string.h>

static gint64
get_now_us(void)
{
	return answer_get_t_us(2026, 3, 14, 20, 0);
}

static Answer
ask(const AnswerFixture *fixture, const char *words)
{
	return answer_ask(fixture, get_now_us(), words);
}

/* Expects that it is done, and holds a text. */
static void
assert_told(const AnswerFixture *fixture, const char *words, const char *wanted)
{
	g_auto(Answer) answer = ask(fixture, words);
	g_test_message("%s: %s%s", words, answer.out, answer.err);
	g_assert_cmpstr(answer.err, ==, "");
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
	g_assert_nonnull(strstr(answer.out, wanted));
}

static void
assert_not_told(const AnswerFixture *fixture, const char *words, const char *unwanted)
{
	g_auto(Answer) answer = ask(fixture, words);
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
	g_assert_null(strstr(answer.out, unwanted));
}

static void
assert_refused(const AnswerFixture *fixture, const char *words, RollstatExit status,
	       const char *wanted)
{
	g_auto(Answer) answer = ask(fixture, words);
	g_test_message("%s: %s", words, answer.err);
	g_assert_cmpint(answer.status, ==, status);
	g_assert_cmpstr(answer.out, ==, "");
	g_assert_nonnull(strstr(answer.err, wanted));
}

static void
add_session(AnswerFixture *fixture, const char *person, int day)
{
	MadeSession made = made_session_usual;
	made.person = person;
	made.start_us = answer_get_t_us(2026, 3, day, 7, 0);
	made_session_add(fixture->db, &made);
}

static void
execute(AnswerFixture *fixture, const char *sql)
{
	g_assert_cmpint(sqlite3_exec(fixture->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* The writer stays open: a daemon has the file. */
static void
test_set_and_remove(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	add_session(&fixture, "me", 14);
	assert_told(&fixture, "goals", "There is no goal yet.");
	assert_not_told(&fixture, "today", "Goals:");
	assert_told(&fixture, "goals set mid 90s/day", "Goal 1 of me: mid-thoracic, 1:30 a day.");
	assert_told(&fixture, "goals set 3x/week",
		    "Goal 2 of me: the whole back, 3 sessions a week.");
	assert_told(&fixture, "today", "Goals: mid-thoracic 0:");
	assert_told(&fixture, "week", "1 of 3 sessions this week.");
	assert_not_told(&fixture, "day 2026-03-14", "Goals:");
	assert_not_told(&fixture, "month", "Goals:");
	/* One of the same kind gives way; another period is another kind. */
	assert_told(&fixture, "goals set mid-thoracic 2min/day", "Goal 1 of me:");
	assert_told(&fixture, "goals set mid-thoracic 2min/week", "Goal 3 of me:");
	assert_not_told(&fixture, "goals --csv", ",90,");
	assert_told(&fixture, "goals remove 1", "Goal 1 is removed.");
	assert_refused(&fixture, "goals remove 1", ROLLSTAT_EXIT_FAILED, "there is no goal 1");
	assert_not_told(&fixture, "goals --csv", ",day,");
}

/* The same goal once more changes nothing, another amount begins anew. */
static void
test_since(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	add_session(&fixture, "me", 14);
	assert_told(&fixture, "goals set 1x/day", "Goal 1");
	execute(&fixture, "UPDATE goal SET since_us = since_us - 30 * 86400000000");
	assert_told(&fixture, "goals set 1x/day", "Goal 1");
	assert_told(&fixture, "goals --csv", ",2026-02-12,");
	assert_told(&fixture, "goals set 2x/day", "Goal 1");
	assert_told(&fixture, "goals --csv", ",2026-03-14,");
}

static void
test_refused(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	assert_refused(&fixture, "goals set mid 90s/day", ROLLSTAT_EXIT_USAGE,
		       "nothing was rolled yet");
	add_session(&fixture, "me", 14);
	assert_refused(&fixture, "goals set T8 90s/day", ROLLSTAT_EXIT_USAGE, "there is no zone");
	assert_refused(&fixture, "goals set l 90s/day", ROLLSTAT_EXIT_USAGE,
		       "may be more than one zone");
	assert_refused(&fixture, "goals set mid", ROLLSTAT_EXIT_USAGE, "is no goal");
	assert_refused(&fixture, "goals set", ROLLSTAT_EXIT_USAGE, "write it as");
	assert_refused(&fixture, "goals set mid 90s/day --json", ROLLSTAT_EXIT_USAGE,
		       "write it as");
	assert_refused(&fixture, "goals remove", ROLLSTAT_EXIT_USAGE, "write it as");
	assert_refused(&fixture, "goals remove x", ROLLSTAT_EXIT_USAGE, "the number of a goal");
	assert_refused(&fixture, "goals frog", ROLLSTAT_EXIT_USAGE, "write it as");
	assert_refused(&fixture, "trend frog", ROLLSTAT_EXIT_USAGE, "there is no zone");
	assert_refused(&fixture, "trend mid 2027", ROLLSTAT_EXIT_USAGE, "still to come");
	assert_refused(&fixture, "trend week today today", ROLLSTAT_EXIT_USAGE, "write it as");
	assert_refused(&fixture, "trend mid frog", ROLLSTAT_EXIT_USAGE, "is not a day");
	assert_refused(&fixture, "spots frog", ROLLSTAT_EXIT_USAGE, "is not a day");
	assert_refused(&fixture, "spots 2027", ROLLSTAT_EXIT_USAGE, "still to come");
	assert_refused(&fixture, "compare week 2027", ROLLSTAT_EXIT_USAGE, "still to come");
	assert_refused(&fixture, "compare week", ROLLSTAT_EXIT_USAGE, "write it as");
}

/* Much, and where nobody is told to roll more: said, not forbidden. */
static void
test_cautions(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	add_session(&fixture, "me", 14);
	assert_told(&fixture, "goals set lumbar 1x/week", "no lower than the bottom");
	assert_told(&fixture, "goals set mid 10min/day", "Behm 2020");
	assert_not_told(&fixture, "goals set mid 6min/day", "Behm 2020");
}

/* The one named; else the one chosen; else whose all of it is; else whom the configuration names: "me". */
static void
test_whose(void)
{
	static const char *const verbs[] = {"trend --json", "spots --json",
					    "compare today today --json"};
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++)
		assert_told(&fixture, verbs[i], "\"person\":\"me\"");
	add_session(&fixture, "anna", 14);
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++)
		assert_told(&fixture, verbs[i], "\"person\":\"anna\"");
	assert_told(&fixture, "goals set 3x/week", "Goal 1 of anna");
	assert_told(&fixture, "goals set 3x/week --person me", "Goal 2 of me");
	assert_refused(&fixture, "goals remove 2", ROLLSTAT_EXIT_FAILED, "of anna");
	/* Of several, whom the configuration names; each stretch for itself. */
	add_session(&fixture, "me", 13);
	assert_told(&fixture, verbs[0], "\"person\":\"me\"");
	assert_told(&fixture, verbs[1], "\"person\":\"me\"");
	assert_told(&fixture, verbs[2], "\"person\":\"anna\"");
	assert_told(&fixture, "compare 2026-03-13 today --json", "\"person\":\"me\"");
	assert_refused(&fixture, "goals remove 1", ROLLSTAT_EXIT_FAILED, "of me");
	execute(&fixture, "INSERT INTO choice VALUES ('person', 'anna')");
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++)
		assert_told(&fixture, verbs[i], "\"person\":\"anna\"");
	execute(&fixture, "UPDATE choice SET value = 'me'");
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++)
		assert_told(&fixture, verbs[i], "\"person\":\"me\"");
	assert_told(&fixture, "goals --csv", "2,me,");
	assert_not_told(&fixture, "goals --csv", "anna");
	assert_told(&fixture, "goals --csv --person anna", "1,anna,");
	assert_told(&fixture, "trend --json --person anna", "\"person\":\"anna\"");
	assert_told(&fixture, "goals remove 2", "Goal 2 is removed.");
}

/* What is of a zone that is no more is still told. */
static void
test_renamed_zone(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	add_session(&fixture, "me", 12);
	assert_told(&fixture, "goals set mid 20s/day", "Goal 1");
	MadeSession made = made_session_usual;
	made.zone_prefix = "new-";
	made.start_us = answer_get_t_us(2026, 3, 14, 7, 0);
	made_session_add(fixture.db, &made);
	assert_told(&fixture, "goals", "mid-thoracic, 0:20 a day");
	assert_told(&fixture, "trend mid --csv", "mid-thoracic,");
	assert_told(&fixture, "trend new-mid --csv", "new-mid-thoracic,");
	assert_told(&fixture, "compare 2026-03-12 2026-03-14 --csv", "\nmid-thoracic,");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/goals/set-and-remove", test_set_and_remove);
	g_test_add_func("/goals/since", test_since);
	g_test_add_func("/goals/refused", test_refused);
	g_test_add_func("/goals/cautions", test_cautions);
	g_test_add_func("/goals/whose", test_whose);
	g_test_add_func("/goals/renamed-zone", test_renamed_zone);
	return g_test_run();
}
