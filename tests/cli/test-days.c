/* SPDX-License-Identifier: MIT */
#include "cli/day.h"

static GTimeZone *
zone_named(const char *name)
{
	GTimeZone *zone = g_time_zone_new_identifier(name);
	g_assert_nonnull(zone);
	return zone;
}

static RollstatDay
day_named(const char *text)
{
	RollstatDay day = 0;
	g_assert_true(rollstat_day_parse(text, &day));
	return day;
}

static void
test_parse(void)
{
	static const char *const wrong[] = {
		"",	      "2026-3-14",   "2026-03-1",   "2026-02-29",
		"2026-13-01", "2026-00-10",  "2026-01-00",  "2026/03/14",
		"20260314",   "2026-03-14 ", " 2026-03-14", "+026-03-14",
		"0000-01-01", "today",	     "2026-03-1x",
	};
	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		RollstatDay day = 7;
		g_assert_false(rollstat_day_parse(wrong[i], &day));
		g_assert_cmpuint(day, ==, 7);
	}
	g_autofree char *leap = rollstat_day_dup_iso(day_named("2024-02-29"));
	g_assert_cmpstr(leap, ==, "2024-02-29");
	g_autofree char *text = rollstat_day_dup_long(day_named("2026-03-14"));
	g_assert_cmpstr(text, ==, "Saturday 14 March 2026");
	g_autofree char *brief = rollstat_day_dup_short(day_named("2026-03-01"));
	g_assert_cmpstr(brief, ==, "Sun  1 Mar");
}

static gint64
get_hours(const char *day, GTimeZone *zone)
{
	RollstatDay first = day_named(day);
	gint64 begin_us = rollstat_day_get_begin_us(first, zone);
	gint64 end_us = rollstat_day_get_begin_us(first + 1, zone);
	return (end_us - begin_us) / ((gint64)3600 * G_USEC_PER_SEC);
}

static void
test_lengths(void)
{
	g_autoptr(GTimeZone) berlin = zone_named("Europe/Berlin");
	g_autoptr(GTimeZone) havana = zone_named("America/Havana");
	g_assert_cmpint(get_hours("2026-03-28", berlin), ==, 24);
	g_assert_cmpint(get_hours("2026-03-29", berlin), ==, 23);
	g_assert_cmpint(get_hours("2026-10-25", berlin), ==, 25);
	/* Here clocks are changed at midnight: it comes twice, or not at all. */
	g_assert_cmpint(get_hours("2022-11-06", havana), ==, 25);
	g_assert_cmpint(get_hours("2022-03-13", havana), ==, 23);
}

/* Every moment belongs to the day whose span holds it. */
static void
test_agreement(void)
{
	static const char *const names[] = {"Europe/Berlin", "America/Havana", "Asia/Kathmandu",
					    "America/Sao_Paulo", "UTC"};
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GTimeZone) zone = zone_named(names[i]);
		RollstatDay first = day_named("2018-01-01");
		for (RollstatDay day = first; day < first + 400; day++) {
			gint64 begin_us = rollstat_day_get_begin_us(day, zone);
			g_assert_cmpuint(rollstat_day_of(begin_us, zone), ==, day);
			g_assert_cmpuint(rollstat_day_of(begin_us - 1000000, zone), ==, day - 1);
		}
	}
}

static void
test_weeks(void)
{
	RollstatDay saturday = day_named("2026-03-14");
	g_assert_cmpuint(rollstat_day_get_monday(saturday), ==, day_named("2026-03-09"));
	g_assert_cmpuint(rollstat_day_get_monday(day_named("2026-03-09")), ==,
			 day_named("2026-03-09"));
	g_assert_cmpuint(rollstat_day_get_monday(day_named("2026-03-15")), ==,
			 day_named("2026-03-09"));
	g_assert_cmpuint(rollstat_day_get_first_of_month(saturday), ==, day_named("2026-03-01"));
}

static void
test_clock(void)
{
	g_autoptr(GTimeZone) berlin = zone_named("Europe/Berlin");
	g_autofree char *clock =
		rollstat_day_dup_clock(G_GINT64_CONSTANT(1773468720000000), berlin);
	g_assert_cmpstr(clock, ==, "07:12");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/day/parse", test_parse);
	g_test_add_func("/day/lengths", test_lengths);
	g_test_add_func("/day/agreement", test_agreement);
	g_test_add_func("/day/weeks", test_weeks);
	g_test_add_func("/day/clock", test_clock);
	return g_test_run();
}
