/* SPDX-License-Identifier: MIT
 *
 * Days as people write them.
 */
#include "cli/dates.h"
#include "cli/usage.h"

/* A Saturday. */
#define TODAY "2026-03-14"

typedef struct {
	const char *text, *first, *last;
} Written;

static RollstatDay
day_named(const char *text)
{
	RollstatDay day = 0;
	g_assert_true(rollstat_day_parse(text, &day));
	return day;
}

static void
test_written(void)
{
	static const Written all[] = {
		{"2025-12-31", "2025-12-31", "2025-12-31"},
		{"today", TODAY, TODAY},
		{"Yesterday", "2026-03-13", "2026-03-13"},
		{"0d", TODAY, TODAY},
		{"14d", "2026-02-28", "2026-02-28"},
		{"saturday", TODAY, TODAY},
		{"sun", "2026-03-08", "2026-03-08"},
		{"MONDAY", "2026-03-09", "2026-03-09"},
		{"2026-02", "2026-02-01", "2026-02-28"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2025", "2025-01-01", "2025-12-31"},
		{"week", "2026-03-09", TODAY},
		{"month", "2026-03-01", TODAY},
		{"year", "2026-01-01", TODAY},
		{"last-week", "2026-03-02", "2026-03-08"},
		{"last-month", "2026-02-01", "2026-02-28"},
		{"last-year", "2025-01-01", "2025-12-31"},
		{"13.3.2026", "2026-03-13", "2026-03-13"},
		{"14.03.", TODAY, TODAY},
		{"15.3.", "2025-03-15", "2025-03-15"},
		{"29.2.", "2024-02-29", "2024-02-29"},
		{"january", "2026-01-01", "2026-01-31"},
		{"Mar", "2026-03-01", "2026-03-31"},
		{"april", "2025-04-01", "2025-04-30"},
		{"may", "2025-05-01", "2025-05-31"},
		{"DEC", "2025-12-01", "2025-12-31"},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
		RollstatDates dates = {0};
		g_autoptr(GError) error = NULL;
		g_test_message("%s", all[i].text);
		g_assert_true(rollstat_dates_parse(all[i].text, day_named(TODAY), &dates, &error));
		g_assert_no_error(error);
		g_assert_cmpuint(dates.first, ==, day_named(all[i].first));
		g_assert_cmpuint(dates.last, ==, day_named(all[i].last));
	}
}

static void
test_refused(void)
{
	static const char *const all[] = {
		"",	     "tomorrow", "2026-13",  "2026-00",	  "2026-3",  "0000",
		"26",	     "20260314", "d",	     "-1d",	  "999999d", "2026-02-29",
		"next-week", "\xff",	 "14.3",     "29.2.2026", "31.4.",   "0.1.",
		"1.13.",     "14.3.26",	 "1.1.0000", ".3.",	  "14/3",    "decembe",
		"257.1.",    "1.257.",
	};
	for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
		RollstatDates dates = {1, 2};
		g_autoptr(GError) error = NULL;
		g_test_message("%s", all[i]);
		g_assert_false(rollstat_dates_parse(all[i], day_named(TODAY), &dates, &error));
		g_assert_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG);
		g_assert_cmpuint(dates.first, ==, 1);
	}
}

static void
test_range(void)
{
	const char *const months[] = {"2025-11", "2026-01", NULL}, *const turned[] = {"today",
										      "yesterday",
										      NULL};
	const char *const one[] = {"last-week", NULL};
	RollstatDates dates = {0};
	g_autoptr(GError) error = NULL;
	g_assert_true(rollstat_dates_parse_range(months, day_named(TODAY), &dates, NULL));
	g_assert_cmpuint(dates.first, ==, day_named("2025-11-01"));
	g_assert_cmpuint(dates.last, ==, day_named("2026-01-31"));
	g_assert_true(rollstat_dates_parse_range(one, day_named(TODAY), &dates, NULL));
	g_assert_cmpuint(dates.last, ==, day_named("2026-03-08"));
	g_assert_false(rollstat_dates_parse_range(turned, day_named(TODAY), &dates, &error));
	g_assert_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dates/written", test_written);
	g_test_add_func("/dates/refused", test_refused);
	g_test_add_func("/dates/range", test_range);
	return g_test_run();
}
