/* SPDX-License-Identifier: MIT */
#include "cli/time/goal.h"

#include "cli/history/dose.h"
#include "cli/usage.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum {
	DAYS_PER_WEEK = 7,
	SESSIONS_MOST = 50,
	DAY_S = 86400,
};

void
rollstat_goal_free(RollstatGoal *goal)
{
	if (goal == NULL)
		return;
	g_free(goal->zone);
	g_free(goal);
}

/* Names of units, and how many seconds one is; 0: sessions. */
static const struct {
	const char *name;
	double seconds;
} units[] = {
	{"s", 1},	 {"sec", 1},	 {"second", 1},	  {"seconds", 1}, {"m", 60},
	{"min", 60},	 {"minute", 60}, {"minutes", 60}, {"h", 3600},	  {"hour", 3600},
	{"hours", 3600}, {"", 0},	 {"x", 0},	  {"session", 0}, {"sessions", 0},
};

static gboolean
read_unit(const char *name, RollstatGoal *goal)
{
	for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
		if (g_ascii_strcasecmp(units[i].name, name) != 0)
			continue;
		goal->unit = units[i].seconds > 0 ? ROLLSTAT_GOAL_SECONDS : ROLLSTAT_GOAL_SESSIONS;
		goal->amount *= units[i].seconds > 0 ? units[i].seconds : 1;
		return TRUE;
	}
	return FALSE;
}

static gboolean
read_period(const char *name, RollstatGoal *goal)
{
	gboolean is_week =
		g_ascii_strcasecmp(name, "week") == 0 || g_ascii_strcasecmp(name, "w") == 0;
	gboolean is_day =
		g_ascii_strcasecmp(name, "day") == 0 || g_ascii_strcasecmp(name, "d") == 0;
	goal->period = is_week ? ROLLSTAT_GOAL_WEEK : ROLLSTAT_GOAL_DAY;
	return is_week || is_day;
}

/* Whether there is so much in a day or a week. */
static gboolean
is_within_reason(const RollstatGoal *goal)
{
	double days = goal->period == ROLLSTAT_GOAL_WEEK ? DAYS_PER_WEEK : 1;
	if (goal->unit == ROLLSTAT_GOAL_SECONDS)
		return goal->amount >= 1 && goal->amount <= days * DAY_S;
	return goal->amount >= 1 && goal->amount <= days * SESSIONS_MOST &&
	       goal->amount == floor(goal->amount);
}

gboolean
rollstat_goal_parse(const char *text, RollstatGoal *goal, GError **error)
{
	gsize digits = strspn(text, "0123456789.");
	g_autofree char *number = g_strndup(text, digits);
	const char *slash = strchr(text, '/');
	char *end = number;
	RollstatGoal read = *goal;
	read.amount = g_ascii_strtod(number, &end);
	if (slash != NULL && digits > 0 && *end == '\0') {
		g_autofree char *unit = g_strndup(text + digits, (gsize)(slash - text) - digits);
		if (read_unit(unit, &read) && read_period(slash + 1, &read) &&
		    is_within_reason(&read)) {
			*goal = read;
			return TRUE;
		}
	}
	g_autofree char *shown = g_strescape(text, NULL);
	return rollstat_usage_fail(error,
				   _("\"%s\" is no goal; write it as 90s/day, 10min/week or "
				     "3x/week (sessions)"),
				   shown);
}

RollstatDay *
rollstat_goal_find_days(const RollstatHistory *history, GTimeZone *zone)
{
	RollstatDay *days = g_new0(RollstatDay, history->sessions->len + 1);
	for (guint i = 0; i < history->sessions->len; i++)
		days[i] = rollstat_day_of(
			g_array_index(history->sessions, RollstatSession, i).start_us, zone);
	return days;
}

/* Seconds of a session on the goal's zone. */
static double
get_seconds(const RollstatGoal *goal, const RollstatHistory *history,
	    const RollstatSession *session)
{
	double seconds = goal->zone == NULL ? session->loaded_s : 0;
	RollstatSpan rows = session->zone_rows;
	for (guint i = rows.first; goal->zone != NULL && i < rows.first + rows.n; i++) {
		const RollstatZone *zone = &g_array_index(history->zones, RollstatZone, i);
		seconds += g_str_equal(zone->name, goal->zone) ? zone->seconds : 0;
	}
	return seconds;
}

/* What a session counts. */
static double
get_amount(const RollstatGoal *goal, const RollstatHistory *history, const RollstatSession *session)
{
	double seconds = get_seconds(goal, history, session);
	if (goal->unit == ROLLSTAT_GOAL_SECONDS)
		return seconds;
	return goal->zone == NULL || seconds >= ROLLSTAT_GOAL_SESSION_LEAST_S;
}

RollstatStreak
rollstat_goal_judge(const RollstatGoal *goal, const RollstatHistory *history,
		    const RollstatDay *days, RollstatDay first, RollstatDay today)
{
	guint length = goal->period == ROLLSTAT_GOAL_WEEK ? DAYS_PER_WEEK : 1;
	RollstatDay begin = goal->period == ROLLSTAT_GOAL_WEEK
				    ? rollstat_day_get_monday(MIN(first, today))
				    : MIN(first, today);
	guint n = (today - begin) / length + 1;
	g_autofree double *amounts = g_new0(double, n);
	for (guint i = 0; i < history->sessions->len; i++) {
		const RollstatSession *session =
			&g_array_index(history->sessions, RollstatSession, i);
		if (days[i] >= begin && days[i] <= today)
			amounts[(days[i] - begin) / length] += get_amount(goal, history, session);
	}
	for (guint i = 0; i < n && goal->unit == ROLLSTAT_GOAL_SECONDS; i++)
		amounts[i] = (double)rollstat_dose_get_whole_s(amounts[i]);
	return rollstat_streak_count(amounts, n, goal->amount, goal->period);
}

const char *
rollstat_goal_get_unit_key(RollstatGoalUnit unit)
{
	return unit == ROLLSTAT_GOAL_SESSIONS ? "sessions" : "seconds";
}

const char *
rollstat_goal_get_period_key(RollstatGoalPeriod period)
{
	return period == ROLLSTAT_GOAL_WEEK ? "week" : "day";
}
