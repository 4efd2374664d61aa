/* SPDX-License-Identifier: MIT
 *
 * log: durations and times as people write them, whose it is, that it counts in reports, and that it can be taken back.
 */
#include "cli/movement/spoken-time.h"
#include "cli/usage.h"
#include "tests/cli/answer.h"

#include <string.h>

#define NOW_US (answer_get_t_us(2026, 3, 14, 20, 0))

static void
check_duration(const char *text, double seconds)
{
	double read = 0;
	g_autoptr(GError) error = NULL;
	rollstat_duration_parse(text, &read, &error);
	g_assert_no_error(error);
	g_assert_cmpfloat_with_epsilon(read, seconds, 1e-9);
}

static void
test_durations(void)
{
	static const char *const wrong[] = {"",	    "0",   "0.5s",  "-5",  "5 hours 1", "4h1",
					    "1:60", "1:5", "x",	    "60x", "14401",	"1e3",
					    "inf",  "nan", "1.2.3", "::",  "1:30:00"};
	check_duration("90", 90);
	check_duration("60s", 60);
	check_duration(" 60 sec ", 60);
	check_duration("2min", 120);
	check_duration("2m", 120);
	check_duration("1.5 min", 90);
	check_duration("1,5min", 90);
	check_duration("1:30", 90);
	check_duration("12:05", 725);
	check_duration("1h", 3600);
	check_duration("4 hours", 14400);
	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		double seconds = 7;
		g_autoptr(GError) error = NULL;
		g_test_message("%s", wrong[i]);
		g_assert_false(rollstat_duration_parse(wrong[i], &seconds, &error));
		g_assert_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG);
		g_assert_cmpfloat(seconds, ==, 7);
	}
}

static void
check_moment(const char *text, gint64 t_us)
{
	gint64 read_us = 0;
	g_autoptr(GError) error = NULL;
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
	g_test_message("%s", text);
	rollstat_moment_parse(text, NOW_US, zone, &read_us, &error);
	g_assert_no_error(error);
	g_assert_cmpint(read_us, ==, t_us);
}

static void
test_moments(void)
{
	static const char *const wrong[] = {"",	       "25:00",	       "20:01", "tomorrow",
					    "7",       "7:3",	       ":30",	"2026-03-15",
					    "2026-03", "12:00 monday", "a:00",	"monday_07:30"};
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
	check_moment("07:30", answer_get_t_us(2026, 3, 14, 7, 30));
	check_moment("7:30", answer_get_t_us(2026, 3, 14, 7, 30));
	check_moment("today", answer_get_t_us(2026, 3, 14, 12, 0));
	check_moment("yesterday", answer_get_t_us(2026, 3, 13, 12, 0));
	check_moment("yesterday 07:30", answer_get_t_us(2026, 3, 13, 7, 30));
	check_moment("2026-03-01T23:59", answer_get_t_us(2026, 3, 1, 23, 59));
	check_moment("monday@6:05", answer_get_t_us(2026, 3, 9, 6, 5));
	check_moment("2026-03-13", answer_get_t_us(2026, 3, 13, 12, 0));
	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		gint64 t_us = 0;
		g_autoptr(GError) error = NULL;
		g_test_message("%s", wrong[i]);
		g_assert_false(rollstat_moment_parse(wrong[i], NOW_US, zone, &t_us, &error));
		g_assert_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG);
	}
}

/* ---- The verb ---- */

static char *
ask(const AnswerFixture *fixture, const char *words)
{
	g_auto(Answer) answer = answer_ask(fixture, NOW_US, words);
	g_assert_cmpstr(answer.err, ==, "");
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
	return g_steal_pointer(&answer.out);
}

static void
check(const AnswerFixture *fixture, const char *words, const char *wanted)
{
	g_autofree char *told = ask(fixture, words);
	if (strstr(told, wanted) == NULL)
		g_error("%s: \"%s\" is not in: %s", words, wanted, told);
}

static void
check_refused(const AnswerFixture *fixture, const char *words, const char *message)
{
	g_auto(Answer) answer = answer_ask(fixture, NOW_US, words);
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_USAGE);
	if (strstr(answer.err, message) == NULL)
		g_error("%s: \"%s\" is not in: %s", words, message, answer.err);
}

/* It stands beside the daemon that writes. */
static void
test_counts(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	check(&fixture, "log chair twist", "Chair twist, 1:00, on Saturday 14 March 2026 at 19:59");
	check(&fixture, "log chair --for 90", "1:30");
	check(&fixture, "log heat --for 15min --at yesterday", "at 12:00");
	check(&fixture, "today", "Also: Chair twist 2:30 (2 times).");
	check(&fixture, "today", "No rolling was recorded yet today");
	check(&fixture, "day yesterday", "Also: Heat 15:00.");
	check(&fixture, "week", "Also: Heat 15:00, Chair twist 2:30 (2 times).");
	check(&fixture, "today --json",
	      "\"exercises\":[{\"movement\":\"chair-twist\",\"person\":\"me\","
	      "\"start\":1773514710.000000,\"seconds\":90.000},{\"movement\":\"chair-twist\"");
	check(&fixture, "week --json", "\"exercises\":[{\"movement\":\"heat\"");
}

static void
test_undo(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	answer_add_person(&fixture, "anna");
	check(&fixture, "log chair twist", "for me");
	check(&fixture, "log heat --person Anna", "for anna");
	check(&fixture, "log cat-cow --at 07:30", "for me");
	/* The one that was logged last, whenever it was done; nobody else's. */
	check(&fixture, "log --undo", "Taken back: Cat-cow");
	check(&fixture, "log --undo --json", "\"movement\":\"chair-twist\",\"person\":\"me\"");
	g_auto(Answer) answer = answer_ask(&fixture, NOW_US, "log --undo");
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_FAILED);
	g_assert_nonnull(strstr(answer.err, "nothing is logged of me"));
	check(&fixture, "today", "Also: Heat 15:00.");
	check(&fixture, "today --person me", "Nothing was recorded yet today");
}

/* --person, else who was chosen, else whose all sessions are. */
static void
test_person(void)
{
	g_auto(AnswerFixture) fixture = {0};
	MadeSession made = made_session_usual;
	answer_fixture_init(&fixture);
	made.person = "anna";
	made_session_add(fixture.db, &made);
	check(&fixture, "log heat", "for anna");
	g_assert_cmpint(sqlite3_exec(fixture.db, "INSERT INTO choice VALUES ('person', 'ben')",
				     NULL, NULL, NULL),
			==, SQLITE_OK);
	check(&fixture, "log heat", "for ben");
	check(&fixture, "log heat --person me", "for me");
}

/* By sessions as they were put right: a deleted one is nobody's, one that was given away its new owner's. Where they are of
 * several, it is whom the configuration names. */
static void
test_person_put_right(void)
{
	static const char whose[] = "SELECT max(id) AS id, person FROM exercise";
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	MadeSession made = made_session_usual;
	made.person = "anna";
	made_session_add(fixture.db, &made);
	made.start_us += G_USEC_PER_SEC * G_GINT64_CONSTANT(3600);
	made.person = "bert";
	made_session_add(fixture.db, &made);
	struct {
		const char *sql, *person;
	} steps[] = {
		{"SELECT 1", "me"},
		{"INSERT INTO amendment SELECT max(recording), NULL, 1 FROM session", "anna"},
		{"UPDATE amendment SET person = 'bert', deleted_us = NULL", "me"},
		{"UPDATE amendment SET person = 'anna'", "anna"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
		g_autoptr(sqlite3_stmt) row = NULL;
		g_assert_cmpint(sqlite3_exec(fixture.db, steps[i].sql, NULL, NULL, NULL), ==,
				SQLITE_OK);
		g_auto(Answer) logged = answer_ask(&fixture, NOW_US, "log breathing");
		g_assert_cmpstr(logged.err, ==, "");
		g_assert_cmpint(sqlite3_prepare_v2(fixture.db, whose, -1, &row, NULL), ==,
				SQLITE_OK);
		g_assert_cmpint(sqlite3_step(row), ==, SQLITE_ROW);
		g_assert_cmpstr((const char *)sqlite3_column_text(row, 1), ==, steps[i].person);
	}
}

static void
test_refused(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	check_refused(&fixture, "log", "write it as: rollstat log MOVEMENT");
	check_refused(&fixture, "log --undo heat", "write it as");
	check_refused(&fixture, "log --undo --for 60s", "write it as");
	check_refused(&fixture, "log hop", "there is no movement \"hop\"");
	check_refused(&fixture, "log heat --for soon", "a duration is");
	check_refused(&fixture, "log heat --at 21:00", "is yet to come");
	check_refused(&fixture, "log heat --csv", "write it as");
	check(&fixture, "today", "Nothing was recorded yet today");
}

/* A movement of a newer library is told by its key, without what a terminal would obey. */
static void
test_unknown(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO exercise VALUES (NULL, 'me', 'hand\033[31mstand', %" G_GINT64_FORMAT
		", 60)",
		NOW_US - 1000000);
	g_assert_cmpint(sqlite3_exec(fixture.db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	g_autofree char *today = ask(&fixture, "today");
	g_assert_nonnull(strstr(today, "stand 1:00."));
	g_assert_null(strchr(today, '\033'));
	check(&fixture, "plan", "steps");
	g_autofree char *undone = ask(&fixture, "log --undo");
	g_assert_null(strchr(undone, '\033'));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/log/durations", test_durations);
	g_test_add_func("/log/moments", test_moments);
	g_test_add_func("/log/counts", test_counts);
	g_test_add_func("/log/undo", test_undo);
	g_test_add_func("/log/person", test_person);
	g_test_add_func("/log/person put right", test_person_put_right);
	g_test_add_func("/log/refused", test_refused);
	g_test_add_func("/log/unknown", test_unknown);
	return g_test_run();
}
