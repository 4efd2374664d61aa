/* SPDX-License-Identifier: MIT
 *
 * Streaks, and goals on the days of a real calendar.
 */
#include "cli/time/goal.h"

#include "cli/usage.h"

#define DAY ROLLSTAT_GOAL_DAY
#define WEEK ROLLSTAT_GOAL_WEEK

/* text: a letter a period, "x" kept, "." missed; the last one runs. */
static RollstatStreak
count(const char *text, RollstatGoalPeriod period)
{
	double amounts[64];
	guint n = 0;
	for (; text[n] != '\0'; n++)
		amounts[n] = text[n] == 'x' ? 2 : 1;
	return rollstat_streak_count(amounts, n, 2, period);
}

static void
test_weeks(void)
{
	g_assert_cmpuint(count(".", WEEK).streak, ==, 0);
	g_assert_cmpuint(count("x", WEEK).streak, ==, 1);
	g_assert_cmpuint(count("xxx", WEEK).streak, ==, 3);
	g_assert_cmpuint(count("xxx.", WEEK).streak, ==, 3); /* runs still */
	g_assert_cmpuint(count("xxx.x", WEEK).streak, ==, 1);
	g_assert_cmpuint(count("xxx..", WEEK).streak, ==, 0);
	RollstatStreak mixed = count("xxx.xx.", WEEK);
	g_assert_cmpuint(mixed.streak, ==, 2);
	g_assert_cmpuint(mixed.longest, ==, 3);
	g_assert_cmpuint(mixed.kept, ==, 5);
	g_assert_cmpuint(mixed.periods, ==, 6);
	g_assert_false(mixed.is_kept);
	g_assert_cmpfloat(mixed.done, ==, 1);
}

static void
test_days_forgive(void)
{
	g_assert_cmpuint(count("xx.xx", DAY).streak, ==, 4);
	g_assert_cmpuint(count("xx..x", DAY).streak, ==, 1);	  /* two at once */
	g_assert_cmpuint(count("x.xxxxx.x", DAY).streak, ==, 1);  /* six days later */
	g_assert_cmpuint(count("x.xxxxxx.x", DAY).streak, ==, 8); /* seven */
	g_assert_cmpuint(count("x.xxxxx.x", DAY).longest, ==, 6);
	g_assert_cmpuint(count("..x.x", DAY).streak, ==, 2); /* nothing was there to forgive */
	g_assert_cmpuint(count("xxx.", DAY).streak, ==, 3);  /* runs still */
	g_assert_cmpuint(count("xxx..", DAY).streak, ==, 3); /* forgiven, and runs */
	g_assert_cmpuint(count("xxx...", DAY).streak, ==, 0);
	/* What was spent in a streak that ended is not held against the next. */
	g_assert_cmpuint(count("x.x.xx.x", DAY).streak, ==, 3);
}

typedef struct {
	RollstatHistory history;
	GTimeZone *zone;
	RollstatDay *days;
} Calendar;

static const char *
get_zone_name(void)
{
	return "mid-thoracic";
}

/* A session with so many seconds on the zone, twice as many in all. */
static void
roll(Calendar *calendar, const char *when, double seconds)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(when, calendar->zone);
	g_assert_nonnull(time);
	RollstatZone rows[] = {
		{.name = get_zone_name(), .seconds = seconds, .to_cm = 10},
		{.name = "lumbar", .seconds = seconds, .from_cm = 10, .to_cm = 20},
	};
	RollstatSession session = {
		.start_us = g_date_time_to_unix(time) * G_USEC_PER_SEC,
		.loaded_s = 2 * seconds,
		.zone_rows = {calendar->history.zones->len, G_N_ELEMENTS(rows)},
	};
	g_array_append_vals(calendar->history.zones, rows, G_N_ELEMENTS(rows));
	g_array_append_val(calendar->history.sessions, session);
}

static void
calendar_init(Calendar *calendar, const char *zone)
{
	*calendar = (Calendar){.zone = g_time_zone_new_identifier(zone)};
	calendar->history.sessions = g_array_new(FALSE, TRUE, sizeof(RollstatSession));
	calendar->history.zones = g_array_new(FALSE, TRUE, sizeof(RollstatZone));
}

static void
calendar_clear(Calendar *calendar)
{
	g_array_unref(calendar->history.sessions);
	g_array_unref(calendar->history.zones);
	g_time_zone_unref(calendar->zone);
	g_free(calendar->days);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Calendar, calendar_clear)

static RollstatDay
day_named(const char *text)
{
	RollstatDay day = 0;
	g_assert_true(rollstat_day_parse(text, &day));
	return day;
}

static RollstatStreak
judge(Calendar *calendar, const char *goal_text, const char *first, const char *today)
{
	g_autoptr(GError) error = NULL;
	RollstatGoal goal = {.zone = (char *)get_zone_name()};
	g_assert_true(rollstat_goal_parse(goal_text, &goal, &error));
	g_free(calendar->days);
	calendar->days = rollstat_goal_find_days(&calendar->history, calendar->zone);
	return rollstat_goal_judge(&goal, &calendar->history, calendar->days, day_named(first),
				   day_named(today));
}

/* A day of 23 and one of 25 hours, late at night and early in the morning. */
static void
test_clock_changes(void)
{
	g_auto(Calendar) spring = {0}, autumn = {0};
	calendar_init(&spring, "Europe/Berlin");
	roll(&spring, "2026-03-28T23:59:30", 90);
	roll(&spring, "2026-03-29T00:00:30", 90);
	roll(&spring, "2026-03-30T00:00:00", 90);
	RollstatStreak streak = judge(&spring, "90s/day", "2026-03-28", "2026-03-30");
	g_assert_cmpuint(streak.streak, ==, 3);
	g_assert_cmpuint(streak.periods, ==, 3);
	calendar_init(&autumn, "Europe/Berlin");
	roll(&autumn, "2026-10-24T12:00:00", 90);
	roll(&autumn, "2026-10-25T00:30:00", 45);
	roll(&autumn, "2026-10-25T23:30:00", 45);
	roll(&autumn, "2026-10-26T00:10:00", 90);
	streak = judge(&autumn, "90s/day", "2026-10-24", "2026-10-26");
	g_assert_cmpuint(streak.streak, ==, 3);
	streak = judge(&autumn, "3min/week", "2026-10-24", "2026-10-26");
	g_assert_cmpuint(streak.kept, ==, 1); /* 180 s until Sunday 25 October, 90 s on Monday */
	g_assert_cmpfloat(streak.done, ==, 90);
}

/* The week from 29 December 2025 to 4 January 2026 is one. */
static void
test_year_end(void)
{
	g_auto(Calendar) calendar = {0};
	calendar_init(&calendar, "Europe/Berlin");
	roll(&calendar, "2025-12-23T08:00:00", 40);
	roll(&calendar, "2025-12-24T08:00:00", 40);
	roll(&calendar, "2025-12-30T08:00:00", 40);
	roll(&calendar, "2026-01-02T08:00:00", 40);
	roll(&calendar, "2026-01-05T08:00:00", 40);
	RollstatStreak streak = judge(&calendar, "2x/week", "2025-12-22", "2026-01-07");
	g_assert_cmpuint(streak.streak, ==, 2);
	g_assert_cmpuint(streak.periods, ==, 2);
	g_assert_cmpfloat(streak.done, ==, 1);
}

/* A goal that was set on a Thursday has its first week from Monday on. */
static void
test_first_week(void)
{
	g_auto(Calendar) calendar = {0};
	calendar_init(&calendar, "UTC");
	roll(&calendar, "2026-03-10T08:00:00", 40);
	g_assert_cmpuint(judge(&calendar, "1x/week", "2026-03-12", "2026-03-14").streak, ==, 1);
	g_assert_cmpuint(judge(&calendar, "1x/day", "2026-03-12", "2026-03-14").kept, ==, 0);
}

static void
test_what_counts(void)
{
	g_auto(Calendar) calendar = {0};
	calendar_init(&calendar, "UTC");
	roll(&calendar, "2026-03-14T08:00:00", 29);   /* too short for a session on the zone */
	roll(&calendar, "2026-03-14T09:00:00", 60.6); /* 89.6 s: 89 are full */
	g_assert_cmpfloat(judge(&calendar, "1x/day", "2026-03-14", "2026-03-14").done, ==, 1);
	g_assert_false(judge(&calendar, "90s/day", "2026-03-14", "2026-03-14").is_kept);
	g_assert_true(judge(&calendar, "89s/day", "2026-03-14", "2026-03-14").is_kept);
	RollstatGoal whole = {.unit = ROLLSTAT_GOAL_SESSIONS, .amount = 2};
	RollstatDay day = day_named("2026-03-14");
	g_assert_true(
		rollstat_goal_judge(&whole, &calendar.history, calendar.days, day, day).is_kept);
}

static void
test_nothing(void)
{
	g_auto(Calendar) calendar = {0};
	calendar_init(&calendar, "UTC");
	RollstatStreak streak = judge(&calendar, "1x/day", "2026-03-01", "2026-03-14");
	g_assert_cmpuint(streak.longest, ==, 0);
	g_assert_cmpuint(streak.periods, ==, 13);
	/* A clock that was set back: the goal is of tomorrow. */
	streak = judge(&calendar, "1x/week", "2026-03-20", "2026-03-14");
	g_assert_cmpuint(streak.periods, ==, 0);
}

static void
test_parse(void)
{
	static const struct {
		const char *text;
		RollstatGoal goal;
	} right[] = {
		{"90s/day", {.unit = ROLLSTAT_GOAL_SECONDS, .amount = 90, .period = DAY}},
		{"1.5min/DAY", {.unit = ROLLSTAT_GOAL_SECONDS, .amount = 90, .period = DAY}},
		{"1h/week", {.unit = ROLLSTAT_GOAL_SECONDS, .amount = 3600, .period = WEEK}},
		{"3x/week", {.unit = ROLLSTAT_GOAL_SESSIONS, .amount = 3, .period = WEEK}},
		{"3/w", {.unit = ROLLSTAT_GOAL_SESSIONS, .amount = 3, .period = WEEK}},
		{"1session/d", {.unit = ROLLSTAT_GOAL_SESSIONS, .amount = 1, .period = DAY}},
	};
	static const char *const wrong[] = {
		"",	    "90s",	 "90s/",       "90s/year",   "s/day",	 "/day",
		"0s/day",   "0.5x/week", "1.2.3s/day", "25h/day",    "0x5s/day", "-3x/week",
		"nans/day", "1e3s/day",	 "inf/day",    "9999x/week", "3 x/week", "3y/week",
	};
	for (gsize i = 0; i < G_N_ELEMENTS(right); i++) {
		RollstatGoal goal = {0};
		g_autoptr(GError) error = NULL;
		g_assert_true(rollstat_goal_parse(right[i].text, &goal, &error));
		g_assert_cmpint(goal.unit, ==, right[i].goal.unit);
		g_assert_cmpint(goal.period, ==, right[i].goal.period);
		g_assert_cmpfloat(goal.amount, ==, right[i].goal.amount);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		RollstatGoal goal = {.amount = 7};
		g_autoptr(GError) error = NULL;
		g_assert_false(rollstat_goal_parse(wrong[i], &goal, &error));
		g_assert_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG);
		g_assert_cmpfloat(goal.amount, ==, 7);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/streaks/weeks", test_weeks);
	g_test_add_func("/streaks/days-forgive", test_days_forgive);
	g_test_add_func("/streaks/clock-changes", test_clock_changes);
	g_test_add_func("/streaks/year-end", test_year_end);
	g_test_add_func("/streaks/first-week", test_first_week);
	g_test_add_func("/streaks/what-counts", test_what_counts);
	g_test_add_func("/streaks/nothing", test_nothing);
	g_test_add_func("/streaks/parse", test_parse);
	return g_test_run();
}
