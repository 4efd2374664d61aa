/* SPDX-License-Identifier: MIT
 *
 * Periods, directions and comparisons: the pure parts of what is told over time.
 */
#include "cli/time/comparison.h"
#include "cli/time/direction.h"
#include "cli/time/named-place.h"
#include "cli/time/periods.h"

#include "cli/usage.h"

#include <math.h>

static RollstatDay
day_named(const char *text)
{
	RollstatDay day = 0;
	g_assert_true(rollstat_day_parse(text, &day));
	return day;
}

static RollstatDates
dates_named(const char *first, const char *last)
{
	return (RollstatDates){day_named(first), day_named(last)};
}

/* "2026-03-09..2026-03-14-" : the period; a dash at the end where it is not whole. */
static void
assert_period(const GArray *periods, guint n, const char *wanted)
{
	const RollstatPeriod *period = &g_array_index(periods, RollstatPeriod, n);
	g_autofree char *first = rollstat_day_dup_iso(period->dates.first);
	g_autofree char *last = rollstat_day_dup_iso(period->dates.last);
	g_autofree char *text =
		g_strdup_printf("%s..%s%s", first, last, period->is_whole ? "" : "-");
	g_assert_cmpstr(text, ==, wanted);
}

static void
test_periods(void)
{
	RollstatDay today = day_named("2026-01-07"); /* a Wednesday */
	RollstatDates range = dates_named("2025-12-24", "2026-02-01");
	g_autoptr(GArray) weeks = rollstat_periods_new(range, ROLLSTAT_STEP_WEEK, today);
	g_assert_cmpuint(weeks->len, ==, 3);
	assert_period(weeks, 0, "2025-12-24..2025-12-28-");
	assert_period(weeks, 1, "2025-12-29..2026-01-04");
	assert_period(weeks, 2, "2026-01-05..2026-01-07-");
	g_autoptr(GArray) months = rollstat_periods_new(dates_named("2023-12-01", "2024-03-31"),
							ROLLSTAT_STEP_MONTH, today);
	g_assert_cmpuint(months->len, ==, 4);
	assert_period(months, 0, "2023-12-01..2023-12-31");
	assert_period(months, 2, "2024-02-01..2024-02-29");
	g_autoptr(GArray) days = rollstat_periods_new(dates_named("2026-01-06", "2026-01-07"),
						      ROLLSTAT_STEP_DAY, today);
	assert_period(days, 0, "2026-01-06..2026-01-06");
	assert_period(days, 1, "2026-01-07..2026-01-07-");
	g_autoptr(GArray) none = rollstat_periods_new(dates_named("2026-01-08", "2026-01-09"),
						      ROLLSTAT_STEP_DAY, today);
	g_assert_cmpuint(none->len, ==, 0);
}

static void
test_steps(void)
{
	RollstatDates usual = rollstat_periods_get_usual(day_named("2026-03-14"));
	g_assert_cmpuint(usual.first, ==, day_named("2025-12-22"));
	g_assert_cmpint(rollstat_periods_choose(usual), ==, ROLLSTAT_STEP_WEEK);
	g_assert_cmpint(rollstat_periods_choose(dates_named("2026-03-01", "2026-03-31")), ==,
			ROLLSTAT_STEP_DAY);
	g_assert_cmpint(rollstat_periods_choose(dates_named("2026-03-01", "2026-04-01")), ==,
			ROLLSTAT_STEP_WEEK);
	g_assert_cmpint(rollstat_periods_choose(dates_named("2024-01-01", "2024-12-31")), ==,
			ROLLSTAT_STEP_WEEK);
	g_assert_cmpint(rollstat_periods_choose(dates_named("2024-01-01", "2025-12-31")), ==,
			ROLLSTAT_STEP_MONTH);
}

static RollstatDirection
find(const double *values, guint n)
{
	return rollstat_direction_find(values, n, 0.5);
}

static void
test_directions(void)
{
	const double up[] = {1, 2, NAN, 4, 5}, down[] = {9, 7, 8, 5, 4, 3, 2};
	const double odd[] = {1, 9, 2, 8, 3, 7}, flat[] = {3, 3, 3, 3, 3}, few[] = {1, NAN, 2, 3};
	const double little[] = {1, 1.1, 1.2, 1.3, 1.4};
	RollstatDirection way = find(up, G_N_ELEMENTS(up));
	g_assert_cmpint(way.kind, ==, ROLLSTAT_DIRECTION_MORE);
	g_assert_cmpuint(way.n, ==, 4);
	g_assert_cmpfloat_with_epsilon(way.from, 1, 1e-9);
	g_assert_cmpfloat_with_epsilon(way.to, 5, 1e-9);
	g_assert_cmpint(find(down, G_N_ELEMENTS(down)).kind, ==, ROLLSTAT_DIRECTION_LESS);
	g_assert_cmpint(find(odd, G_N_ELEMENTS(odd)).kind, ==, ROLLSTAT_DIRECTION_UNCLEAR);
	g_assert_cmpint(find(flat, G_N_ELEMENTS(flat)).kind, ==, ROLLSTAT_DIRECTION_UNCLEAR);
	g_assert_cmpint(find(little, G_N_ELEMENTS(little)).kind, ==, ROLLSTAT_DIRECTION_UNCLEAR);
	way = find(few, G_N_ELEMENTS(few));
	g_assert_cmpint(way.kind, ==, ROLLSTAT_DIRECTION_UNKNOWN);
	g_assert_cmpuint(way.n, ==, 3);
	g_assert_true(isnan(way.from));
	g_assert_cmpint(find(NULL, 0).kind, ==, ROLLSTAT_DIRECTION_UNKNOWN);
}

/* Of series in which nothing happens one in ten at most has a direction. */
static void
test_chance(void)
{
	enum { SERIES = 2000, WEEKS = 12 };
	g_autoptr(GRand) rand = g_rand_new_with_seed(5);
	guint told = 0;
	for (guint i = 0; i < SERIES; i++) {
		double values[WEEKS];
		for (guint k = 0; k < WEEKS; k++)
			values[k] = g_rand_double(rand);
		RollstatDirection way = rollstat_direction_find(values, WEEKS, 0);
		told += way.kind != ROLLSTAT_DIRECTION_UNCLEAR;
	}
	g_assert_cmpuint(told, >, SERIES / 20);
	g_assert_cmpuint(told, <=, SERIES / 10);
}

/* One odd week changes nothing. */
static void
test_outlier(void)
{
	double values[] = {10, 11, 12, 13, 14, 500, 16, 17, 18, 19, 20, 21};
	RollstatDirection way = rollstat_direction_find(values, G_N_ELEMENTS(values), 1);
	g_assert_cmpint(way.kind, ==, ROLLSTAT_DIRECTION_MORE);
	g_assert_cmpfloat_with_epsilon(way.from, 10, 1.5);
	g_assert_cmpfloat_with_epsilon(way.to, 21, 1.5);
}

static RollstatSummary *
new_summary(guint sessions, guint days, double loaded_s)
{
	RollstatSummary *summary = g_new0(RollstatSummary, 1);
	summary->sessions = sessions;
	summary->days = days;
	summary->loaded_s = loaded_s;
	summary->zones = g_array_new(FALSE, TRUE, sizeof(RollstatZoneSum));
	return summary;
}

static void
add_zone(RollstatSummary *summary, const RollstatZoneSum *zone)
{
	g_array_append_val(summary->zones, *zone);
}

static void
free_summary(RollstatSummary *summary)
{
	g_array_unref(summary->zones);
	g_free(summary);
}

static const RollstatZoneDifference *
get_zone(const RollstatComparison *comparison, guint n)
{
	return &g_array_index(comparison->zones, RollstatZoneDifference, n);
}

/* A month beside a day: the sums are of the day. */
static void
test_unequal_lengths(void)
{
	RollstatDates dates[] = {dates_named("2026-02-01", "2026-02-28"),
				 dates_named("2026-03-02", "2026-03-02")};
	RollstatSummary *month = new_summary(16, 14, 1400), *day = new_summary(1, 1, 105);
	add_zone(month, &(RollstatZoneSum){.name = "mid",
					   .from_cm = 9,
					   .seconds = 700,
					   .passes = 140,
					   .mean_n = 200,
					   .tightness = 0.2});
	add_zone(month, &(RollstatZoneSum){.name = "old",
					   .from_cm = 20,
					   .seconds = 14,
					   .mean_n = NAN,
					   .tightness = NAN});
	add_zone(day, &(RollstatZoneSum){.name = "mid",
					 .from_cm = 9,
					 .seconds = 30,
					 .passes = 10,
					 .mean_n = 215,
					 .tightness = 0.16});
	add_zone(day, &(RollstatZoneSum){.name = "new",
					 .from_cm = 3,
					 .seconds = 0.5,
					 .mean_n = 150,
					 .tightness = NAN});
	const RollstatSummary *const summaries[] = {month, day};
	g_autoptr(RollstatComparison) comparison = rollstat_comparison_new(dates, summaries);
	g_assert_cmpfloat_with_epsilon(comparison->days_share.first, 0.5, 1e-9);
	g_assert_cmpint(comparison->days_share.kind, ==, ROLLSTAT_DIFFERENCE_MORE);
	g_assert_cmpfloat_with_epsilon(comparison->sessions.first, 4, 1e-9);
	g_assert_cmpfloat_with_epsilon(comparison->sessions.second, 7, 1e-9);
	g_assert_cmpfloat_with_epsilon(comparison->seconds.first, 100, 1e-9);
	g_assert_cmpint(comparison->seconds.kind, ==, ROLLSTAT_DIFFERENCE_ALIKE);
	g_assert_cmpfloat_with_epsilon(comparison->seconds_all.first, 50, 1e-9);
	g_assert_cmpint(comparison->seconds_all.kind, ==, ROLLSTAT_DIFFERENCE_MORE);
	g_assert_cmpuint(comparison->zones->len, ==, 3);
	g_assert_cmpstr(get_zone(comparison, 0)->zone, ==, "new");
	g_assert_false(get_zone(comparison, 0)->is_rolled);
	g_assert_cmpint(get_zone(comparison, 0)->mean_n.kind, ==, ROLLSTAT_DIFFERENCE_UNKNOWN);
	const RollstatZoneDifference *mid = get_zone(comparison, 1);
	g_assert_cmpfloat_with_epsilon(mid->seconds.first, 50, 1e-9);
	g_assert_cmpint(mid->seconds.kind, ==, ROLLSTAT_DIFFERENCE_LESS);
	g_assert_cmpint(mid->passes.kind, ==, ROLLSTAT_DIFFERENCE_ALIKE);
	g_assert_cmpint(mid->mean_n.kind, ==, ROLLSTAT_DIFFERENCE_MORE);
	g_assert_cmpint(mid->tightness.kind, ==, ROLLSTAT_DIFFERENCE_ALIKE);
	g_assert_cmpfloat_with_epsilon(get_zone(comparison, 2)->seconds.second, 0, 1e-9);
	g_assert_cmpint(get_zone(comparison, 2)->seconds.kind, ==, ROLLSTAT_DIFFERENCE_LESS);
	free_summary(month);
	free_summary(day);
}

static void
test_nothing_to_compare(void)
{
	RollstatDates dates[] = {dates_named("2026-02-01", "2026-02-28"),
				 dates_named("2026-03-02", "2026-03-02")};
	RollstatSummary *month = new_summary(0, 0, 0), *day = new_summary(0, 0, 0);
	const RollstatSummary *const summaries[] = {month, day};
	g_autoptr(RollstatComparison) comparison = rollstat_comparison_new(dates, summaries);
	g_assert_cmpint(comparison->seconds.kind, ==, ROLLSTAT_DIFFERENCE_UNKNOWN);
	g_assert_cmpint(comparison->seconds_all.kind, ==, ROLLSTAT_DIFFERENCE_ALIKE);
	g_assert_cmpuint(comparison->zones->len, ==, 0);
	free_summary(month);
	free_summary(day);
}

static void
test_places(void)
{
	RollstatSummary *zones = new_summary(1, 1, 1);
	RollstatSpine spine = {.n_levels = 1, .levels = {{"T8", 16, 18.5}}};
	static const char *const wrong[] = {"", "low", "T99", "\xff", "x"};
	add_zone(zones, &(RollstatZoneSum){.name = "lower", .to_cm = 9});
	add_zone(zones, &(RollstatZoneSum){.name = "lower-still", .from_cm = 9, .to_cm = 20});
	add_zone(zones, &(RollstatZoneSum){.name = "t8-side", .from_cm = 20, .to_cm = 30});
	g_autoptr(RollstatPlace) whole = rollstat_place_find(zones, &spine, "LOWER", NULL);
	g_assert_cmpstr(whole->name, ==, "lower"); /* though another begins so */
	g_autoptr(RollstatPlace) level = rollstat_place_find(zones, &spine, "t8", NULL);
	g_assert_true(level->is_level);
	g_assert_cmpfloat(level->from_cm, ==, 16);
	g_autoptr(RollstatPlace) begun = rollstat_place_find(zones, &spine, "t8-", NULL);
	g_assert_cmpstr(begun->name, ==, "t8-side");
	g_assert_true(rollstat_place_is_zone(zones, "Lower"));
	g_assert_false(rollstat_place_is_zone(zones, "low"));
	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autoptr(GError) error = NULL;
		g_assert_null(rollstat_place_find(zones, &spine, wrong[i], &error));
		g_assert_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG);
	}
	free_summary(zones);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/time-parts/periods", test_periods);
	g_test_add_func("/time-parts/steps", test_steps);
	g_test_add_func("/time-parts/directions", test_directions);
	g_test_add_func("/time-parts/chance", test_chance);
	g_test_add_func("/time-parts/outlier", test_outlier);
	g_test_add_func("/time-parts/unequal-lengths", test_unequal_lengths);
	g_test_add_func("/time-parts/nothing-to-compare", test_nothing_to_compare);
	g_test_add_func("/time-parts/places", test_places);
	return g_test_run();
}
