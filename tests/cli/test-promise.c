/* SPDX-License-Identifier: MIT
 *
 * The JSON that scripts rely on: every promised field is there, the sums agree with each other and with
 * the tables, and days are those of the local clock.
 */
#include "tests/cli/answer.h"

#include <json-c/json.h>
#include <math.h>

#define NOW_US G_GINT64_CONSTANT(1773500000000000)

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_object, json_object_put)

static json_object *
ask(const AnswerFixture *fixture, const char *words)
{
	g_autofree char *line = g_strdup_printf("--json %s", words);
	g_auto(Answer) answer = answer_ask(fixture, NOW_US, line);
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
	json_object *parsed = json_tokener_parse(answer.out);
	g_assert_nonnull(parsed);
	return parsed;
}

/* The value of a key that must be there, null or not. */
static json_object *
get(json_object *object, const char *key)
{
	json_object *value = NULL;
	if (!json_object_object_get_ex(object, key, &value))
		g_error("the key %s is missing", key);
	return value;
}

static double
get_number(json_object *object, const char *key)
{
	return json_object_get_double(get(object, key));
}

static void
check_keys(json_object *object, const char *keys)
{
	g_auto(GStrv) names = g_strsplit(keys, " ", -1);
	for (guint i = 0; names[i] != NULL; i++)
		get(object, names[i]);
}

#define SUMS "sessions loaded_s unsure_s unplaced_s passes holds zones spots sides exercises"

static void
check_sums(json_object *object)
{
	json_object *zones = get(object, "zones"), *spots = get(object, "spots");
	double seconds = get_number(object, "unplaced_s");
	check_keys(object, SUMS);
	check_keys(get(object, "sides"), "left centre right");
	for (size_t i = 0; i < json_object_array_length(zones); i++) {
		json_object *zone = json_object_array_get_idx(zones, i);
		check_keys(
			zone,
			"zone from_cm to_cm seconds passes hold_s mean_n peak_n tight tightness");
		seconds += get_number(zone, "seconds");
	}
	for (size_t i = 0; i < json_object_array_length(spots); i++)
		check_keys(json_object_array_get_idx(spots, i), "at_cm level seconds mean_n");
	g_assert_cmpfloat_with_epsilon(seconds, get_number(object, "loaded_s"), 0.01);
}

static void
fill(AnswerFixture *fixture)
{
	MadeSession made = made_session_usual;
	answer_fixture_init(fixture);
	for (int i = 0; i < 6; i++) {
		made.seed = (guint32)i + 1;
		made.stiffness = 0.4;
		made.hold_s = 10;
		made.hold_cm = 12;
		made.unplaced_s = i == 2 ? 30 : 0;
		made.unsure_s = i == 2 ? 12.5 : 0;
		made.start_us = answer_get_t_us(2026, 3, 9 + i, 7, 12);
		made_session_add(fixture->db, &made);
	}
	made.start_us += (gint64)3600 * G_USEC_PER_SEC;
	made_session_add(fixture->db, &made);
}

static void
test_reports(void)
{
	g_auto(AnswerFixture) fixture = {0};
	fill(&fixture);
	g_autoptr(json_object) day = ask(&fixture, "day 2026-03-14");
	g_assert_cmpstr(json_object_get_string(get(day, "date")), ==, "2026-03-14");
	g_assert_cmpint(json_object_get_int(get(day, "sessions")), ==, 2);
	g_assert_cmpuint(json_object_array_length(get(day, "spots")), ==, 1);
	check_sums(day);
	g_autoptr(json_object) week = ask(&fixture, "week");
	json_object *days = get(week, "days");
	double loaded_s = 0;
	g_assert_cmpuint(json_object_array_length(days), ==, 6); /* Monday to today */
	for (size_t i = 0; i < json_object_array_length(days); i++) {
		check_keys(json_object_array_get_idx(days, i), "date");
		check_sums(json_object_array_get_idx(days, i));
		loaded_s += get_number(json_object_array_get_idx(days, i), "loaded_s");
	}
	check_sums(week);
	g_assert_cmpfloat_with_epsilon(loaded_s, get_number(week, "loaded_s"), 0.01);
	g_assert_cmpint(json_object_get_int(get(week, "sessions")), ==, 7);
	g_assert_cmpfloat(get_number(week, "unsure_s"), ==, 12.5);
	g_assert_cmpfloat(get_number(week, "unplaced_s"), ==, 30);
	g_assert_cmpfloat(get_number(json_object_array_get_idx(days, 2), "unplaced_s"), ==, 30);
	g_assert_cmpfloat(get_number(day, "unplaced_s"), ==, 0);
	g_autoptr(json_object) month = ask(&fixture, "month");
	g_assert_cmpuint(json_object_array_length(get(month, "days")), ==, 14);
}

static void
test_lists(void)
{
	static const char *const lists[][2] = {
		{"sessions", "session sensor person kind start end loaded_s passes holds lost_s "
			     "unsure_s unplaced_s"},
		{"passes",
		 "session start end from_cm to_cm direction mean_n peak_n uncertainty_cm"},
		{"holds", "session start end at_cm zone mean_n peak_n uncertainty_cm"},
		{"devices", "address name battery_pct first last sessions"},
	};
	g_auto(AnswerFixture) fixture = {0};
	fill(&fixture);
	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_autoptr(json_object) list = ask(&fixture, lists[i][0]);
		g_assert_cmpuint(json_object_array_length(list), >, 0);
		for (size_t k = 0; k < json_object_array_length(list); k++)
			check_keys(json_object_array_get_idx(list, k), lists[i][1]);
	}
	g_autoptr(json_object) all = ask(&fixture, "passes");
	g_autoptr(json_object) sessions = ask(&fixture, "sessions");
	gint64 n = 0;
	for (size_t i = 0; i < json_object_array_length(sessions); i++)
		n += json_object_get_int64(get(json_object_array_get_idx(sessions, i), "passes"));
	g_assert_cmpint((gint64)json_object_array_length(all), ==, n);
	json_object *first = json_object_array_get_idx(all, 0);
	g_assert_cmpstr(json_object_get_string(get(first, "direction")), ==, "down");
	g_assert_cmpstr(json_object_get_string(get(first, "start")), ==, "1773036720.000000");
	g_assert_cmpfloat(get_number(first, "uncertainty_cm"), ==, 0.4);
	json_object *third = json_object_array_get_idx(sessions, 2);
	g_assert_cmpfloat(get_number(third, "unsure_s"), ==, 12.5);
	g_assert_cmpfloat(get_number(third, "unplaced_s"), ==, 30);
}

/* A pass counts in a zone of which it crosses 3 cm, or half; a hold in the zone of its place. */
static void
test_counts(void)
{
	static const char sql[] =
		"DELETE FROM pass; DELETE FROM hold; DELETE FROM zone;"
		"INSERT INTO zone VALUES (1, 0, 'wide', 0, 10, 60, 6000, 150),"
		" (1, 1, 'thin', 10, 12, 30, 4500, 200), (1, 2, 'far', 12, 40, 0, 0, NULL);"
		"INSERT INTO pass VALUES (1, 0, 1, 2, 7.0, 11.0, 1, 1, 0, 0.1)," /* 3 cm and half */
		" (1, 1, 3, 4, 10.9, 7.1, 1, 1, 0, 0.1)," /* less than both */
		" (1, 2, 5, 6, 0.0, 15.0, 1, 1, 0, 0.1);" /* all */
		"INSERT INTO hold VALUES (1, 0, 1000000, 3500000, 10.0, 1, 1, 0, 0.1),"
		" (1, 1, 5000000, 9000000, 9.99, 1, 1, 0, 0.1)";
	static const int passes[] = {2, 2, 1};
	static const double hold_s[] = {4, 2.5, 0}, mean_n[] = {100, 150, NAN};
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	made_session_add(fixture.db, &made_session_usual);
	g_assert_cmpint(sqlite3_exec(fixture.db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	g_autoptr(json_object) day = ask(&fixture, "day 2026-03-14");
	for (size_t i = 0; i < 3; i++) {
		json_object *zone = json_object_array_get_idx(get(day, "zones"), i);
		g_assert_cmpint(json_object_get_int(get(zone, "passes")), ==, passes[i]);
		g_assert_cmpfloat(get_number(zone, "hold_s"), ==, hold_s[i]);
		if (isnan(mean_n[i]))
			g_assert_null(get(zone, "mean_n"));
		else
			g_assert_cmpfloat(get_number(zone, "mean_n"), ==, mean_n[i]);
	}
}

/* Counts are no newtons; without a bar there are no sides; what is not known is not sure to 0 cm. */
static void
test_nulls(void)
{
	g_auto(AnswerFixture) fixture = {0};
	MadeSession made = made_session_usual;
	answer_fixture_init(&fixture);
	made.has_counts = TRUE;
	made.uncertainty_cm = 0;
	made.hold_s = 10;
	made.hold_cm = 12;
	made.stiffness = 0.5;
	made_session_add(fixture.db, &made);
	g_autoptr(json_object) day = ask(&fixture, "day 2026-03-14");
	g_assert_null(get(get(day, "sides"), "left"));
	json_object *zone = json_object_array_get_idx(get(day, "zones"), 2);
	g_assert_null(get(zone, "mean_n"));
	g_assert_null(get(zone, "peak_n"));
	g_assert_true(json_object_get_boolean(
		get(zone, "tight"))); /* relative force is enough for that */
	g_autoptr(json_object) passes = ask(&fixture, "passes");
	g_assert_null(get(json_object_array_get_idx(passes, 0), "mean_n"));
	g_assert_null(get(json_object_array_get_idx(passes, 0), "uncertainty_cm"));
	g_autoptr(json_object) holds = ask(&fixture, "holds");
	g_assert_null(get(json_object_array_get_idx(holds, 0), "uncertainty_cm"));
}

/* Sessions around midnight, and in the hour that comes twice. */
static void
test_local_days(void)
{
	g_auto(AnswerFixture) fixture = {0};
	MadeSession made = made_session_usual;
	answer_fixture_init(&fixture);
	gint64 midnight_us = answer_get_t_us(2026, 10, 25, 0, 0);
	const gint64 hours_us = 3600 * (gint64)G_USEC_PER_SEC;
	const gint64 starts_us[] = {
		midnight_us - 1,		/* the 24th, though it ends on the 25th */
		midnight_us,			/* the 25th */
		midnight_us + 2 * hours_us,	/* 02:00 summer time */
		midnight_us + 3 * hours_us,	/* 02:00 winter time */
		midnight_us + 25 * hours_us - 1 /* its last moment */
	};
	for (gsize i = 0; i < G_N_ELEMENTS(starts_us); i++) {
		made.start_us = starts_us[i];
		made_session_add(fixture.db, &made);
	}
	made.start_us = midnight_us + 25 * hours_us;
	made_session_add(fixture.db, &made);
	static const struct {
		const char *words;
		int sessions;
	} days[] = {{"day 2026-10-24", 1}, {"day 2026-10-25", 4}, {"day 2026-10-26", 1}};
	for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
		g_autoptr(json_object) day = ask(&fixture, days[i].words);
		g_assert_cmpint(json_object_get_int(get(day, "sessions")), ==, days[i].sessions);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/promise/reports", test_reports);
	g_test_add_func("/promise/lists", test_lists);
	g_test_add_func("/promise/counts", test_counts);
	g_test_add_func("/promise/nulls", test_nulls);
	g_test_add_func("/promise/local-days", test_local_days);
	return g_test_run();
}
