/* SPDX-License-Identifier: MIT
 *
 * The day so far: whose, which, and that it is read anew only where something changed.
 */
#include "cli/history/summarise.h"
#include "cli/live/day-so-far.h"
#include "tests/cli/answer.h"

typedef struct {
	AnswerFixture answer;
	GTimeZone *zone;
	RollstatDaySoFar *day;
	RollstatSummary *summary;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
	(void)data;
	answer_fixture_init(&fixture->answer);
	fixture->zone = g_time_zone_new_identifier("Europe/Berlin");
	fixture->day = rollstat_day_so_far_new(fixture->answer.path,
					       &(RollstatDayOf){.usual = "ben"}, fixture->zone);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data;
	rollstat_summary_free(fixture->summary);
	rollstat_day_so_far_free(fixture->day);
	g_time_zone_unref(fixture->zone);
	answer_fixture_clear(&fixture->answer);
}

static gint64
add(Fixture *fixture, const char *person, int day, int hour, double rolling_s)
{
	MadeSession made = made_session_usual;
	made.person = person;
	made.start_us = answer_get_t_us(2026, 3, day, hour, 58);
	made.rolling_s = rolling_s;
	return made_session_add(fixture->answer.db, &made);
}

/* Of 14 March, at eight. */
static const RollstatSummary *
read_day(Fixture *fixture, gint64 session)
{
	g_autoptr(GError) error = NULL;
	g_clear_pointer(&fixture->summary, rollstat_summary_free);
	g_assert_true(rollstat_day_so_far_read(fixture->day, session,
					       answer_get_t_us(2026, 3, 14, 20, 0),
					       &fixture->summary, &error));
	g_assert_no_error(error);
	return fixture->summary;
}

static void
test_grows(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_assert_null(read_day(fixture, 0)); /* nothing was ever rolled */
	gint64 session = add(fixture, "me", 14, 7, 100);
	const RollstatSummary *first = read_day(fixture, session);
	g_assert_nonnull(first);
	g_assert_cmpfloat_with_epsilon(first->loaded_s, 100, 5);
	g_assert_cmpuint(first->zones->len, ==, 5);
	g_assert_cmpstr(g_array_index(first->zones, RollstatZoneSum, 2).levels, ==, "T5-T8");
	g_assert_cmpuint(first->spine.n_levels, ==, 18);
	double before_s = first->loaded_s;
	g_assert_null(read_day(fixture, session)); /* nothing is new */
	add(fixture, "me", 14, 9, 50);
	const RollstatSummary *second = read_day(fixture, session);
	g_assert_nonnull(second);
	g_assert_cmpfloat_with_epsilon(second->loaded_s - before_s, 50, 5);
}

static void
test_before_today(Fixture *fixture, gconstpointer data)
{
	(void)data;
	add(fixture, "me", 12, 7, 100);
	const RollstatSummary *summary = read_day(fixture, 0);
	g_assert_nonnull(summary);
	g_assert_cmpfloat(summary->loaded_s, ==, 0);
	g_assert_cmpuint(summary->passes, ==, 0);
	g_assert_cmpuint(summary->zones->len, ==, 5);
	for (guint i = 0; i < summary->zones->len; i++)
		g_assert_cmpfloat(g_array_index(summary->zones, RollstatZoneSum, i).seconds, ==, 0);
}

/* A session that began before midnight is of its own day. */
static void
test_over_midnight(Fixture *fixture, gconstpointer data)
{
	(void)data;
	gint64 session = add(fixture, "me", 13, 23, 200);
	g_assert_cmpfloat_with_epsilon(read_day(fixture, session)->loaded_s, 200, 5);
	g_assert_cmpfloat(read_day(fixture, 0)->loaded_s, ==, 0);
}

static void
test_whose(Fixture *fixture, gconstpointer data)
{
	(void)data;
	gint64 of_anna = add(fixture, "anna", 14, 7, 100);
	g_assert_cmpfloat_with_epsilon(read_day(fixture, 0)->loaded_s, 100, 5); /* all of it hers */
	gint64 of_ben = add(fixture, "ben", 14, 9, 30);
	g_assert_cmpfloat_with_epsilon(read_day(fixture, 0)->loaded_s, 30,
				       5); /* whom the configuration names */
	g_assert_cmpfloat_with_epsilon(read_day(fixture, of_anna)->loaded_s, 100, 5);
	g_assert_cmpfloat_with_epsilon(read_day(fixture, of_ben)->loaded_s, 30, 5);
	/* Who was chosen, before a session is open. */
	sqlite3_exec(fixture->answer.db, "INSERT INTO choice VALUES ('person', 'anna')", NULL, NULL,
		     NULL);
	g_assert_cmpfloat_with_epsilon(read_day(fixture, 0)->loaded_s, 100, 5);
	/* Who was named. */
	rollstat_day_so_far_free(fixture->day);
	fixture->day = rollstat_day_so_far_new(fixture->answer.path,
					       &(RollstatDayOf){.person = "anna"}, fixture->zone);
	g_assert_cmpfloat_with_epsilon(read_day(fixture, of_ben)->loaded_s, 100, 5);
}

/* One that is not there yet is looked for again. */
static void
test_absent(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_autoptr(GError) error = NULL;
	RollstatSummary *summary = NULL;
	g_autoptr(RollstatDaySoFar) day =
		rollstat_day_so_far_new("/none/rollerd.db", &(RollstatDayOf){0}, fixture->zone);
	for (guint i = 0; i < 2; i++) {
		g_assert_false(rollstat_day_so_far_read(day, 0, 0, &summary, &error));
		g_assert_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_ABSENT);
		g_clear_error(&error);
	}
}

static void
check_weight(Fixture *fixture, gint64 session, double wanted_kg)
{
	(void)read_day(fixture, session);
	g_assert_cmpfloat(rollstat_day_so_far_get_weight_kg(fixture->day), ==, wanted_kg);
}

/* What whoever rolls weighs: by the table, and of the configuration's person by that. */
static void
test_weight(Fixture *fixture, gconstpointer data)
{
	(void)data;
	gint64 of_anna = add(fixture, "anna", 14, 7, 100);
	gint64 of_ben = add(fixture, "ben", 14, 9, 30);
	rollstat_day_so_far_free(fixture->day);
	fixture->day = rollstat_day_so_far_new(fixture->answer.path,
					       &(RollstatDayOf){.usual = "ben", .usual_kg = 80},
					       fixture->zone);
	check_weight(fixture, of_ben, 80);
	check_weight(fixture, of_anna, 0);
	check_weight(fixture, 0, 80);
	sqlite3_exec(fixture->answer.db,
		     "INSERT INTO person VALUES ('anna', NULL, NULL, 1, 61.5),"
		     " ('ben', 50, NULL, 1, NULL)",
		     NULL, NULL, NULL);
	check_weight(fixture, of_anna, 61.5);
	check_weight(fixture, of_ben, 80);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Fixture *fixture, gconstpointer data);
	} tests[] = {
		{"/day-so-far/grows", test_grows},
		{"/day-so-far/before-today", test_before_today},
		{"/day-so-far/over-midnight", test_over_midnight},
		{"/day-so-far/whose", test_whose},
		{"/day-so-far/absent", test_absent},
		{"/day-so-far/weight", test_weight},
	};
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
	return g_test_run();
}
