/* SPDX-License-Identifier: MIT
 *
 * What a person wants to reach: so many seconds or sessions, on a zone or wherever, a day or a week (table goal). Goals count
 * what the sensor told; movements without it have no zone and count elsewhere.
 *
 * Seconds are judged by those that are full, as doses are. A session counts on a zone where 30 s or more of it, the shortest set
 * that is advised (Behm 2020, J Strength Cond Res 34:3301), were spent there; wherever, each counts.
 */
#pragma once

#include "cli/history/history.h"
#include "cli/time/streak.h"

#define ROLLSTAT_GOAL_SESSION_LEAST_S 30.0

/* Three sets of 120 s, the most that is advised on one zone (Behm 2020). */
#define ROLLSTAT_GOAL_ADVISED_MOST_S 360.0

typedef enum {
	ROLLSTAT_GOAL_SECONDS,
	ROLLSTAT_GOAL_SESSIONS,
} RollstatGoalUnit;

typedef struct {
	gint64 id;
	char *zone; /* NULL: wherever */
	RollstatGoalUnit unit;
	double amount; /* at least */
	RollstatGoalPeriod period;
	gint64 since_us;
} RollstatGoal;

/* Frees it with its zone; NULL is nothing. */
void rollstat_goal_free(RollstatGoal *goal);

/* Reads "90s/day", "10min/week", "1h/week", "3x/week", "3sessions/week", "3/week" into unit, amount and period. FALSE and error
 * (ROLLSTAT_USAGE_ERROR) that says what is right. */
gboolean rollstat_goal_parse(const char *text, RollstatGoal *goal, GError **error);

/* The goals of a person, in the order of their numbers: an array of RollstatGoal *; given. NULL and error where it fails. */
GPtrArray *rollstat_goals_load(sqlite3 *db, const char *person, GError **error);

/* Stores a goal; one of the same person, zone, unit and period gives way to it. db: an editor's. goal->id and since_us are set: a
 * goal that was there already as it is keeps both. FALSE and error where it fails. */
gboolean rollstat_goal_store(sqlite3 *db, const char *person, RollstatGoal *goal, gint64 now_us,
			     GError **error);

/* Removes it. FALSE and error where there is no such goal of that person, or it fails. */
gboolean rollstat_goal_remove(sqlite3 *db, const char *person, gint64 id, GError **error);

/* How a goal stands: what was done in the period that runs, and the streak since the goal was set. history: of the person alone,
 * without rows or with them, from the beginning of the period in which the goal was set (or later: then the streak is told from
 * there); days: the local day of each session. today: the last day. */
RollstatStreak rollstat_goal_judge(const RollstatGoal *goal, const RollstatHistory *history,
				   const RollstatDay *days, RollstatDay first, RollstatDay today);

/* The local day of each session of a history; given. */
RollstatDay *rollstat_goal_find_days(const RollstatHistory *history, GTimeZone *zone);

/* For scripts: "seconds" or "sessions"; "day" or "week". Static. */
const char *rollstat_goal_get_unit_key(RollstatGoalUnit unit);
const char *rollstat_goal_get_period_key(RollstatGoalPeriod period);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatGoal, rollstat_goal_free)
