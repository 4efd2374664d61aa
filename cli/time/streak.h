/* SPDX-License-Identifier: MIT
 *
 * How many periods in a row were kept. A streak counts those that were kept.
 *
 * Of weeks: it ends with a week that was not kept; whatever the days were, the week is what counts. Of days: one missed day in
 * any seven is forgiven: the streak goes on over it, but does not count it; a second one within the six days after it ends the
 * streak. The period that runs counts as soon as it is kept, and ends nothing before it is over. Pure.
 */
#pragma once

#include "cli/day.h"

typedef enum {
	ROLLSTAT_GOAL_DAY,
	ROLLSTAT_GOAL_WEEK,
} RollstatGoalPeriod;

typedef struct {
	double done; /* in the period that runs */
	gboolean is_kept;
	guint streak, longest; /* periods */
	guint kept, periods;   /* of all that are over, and of the one that runs if it is kept */
} RollstatStreak;

/* amounts: one a period, the last one still running; kept: amount or more. n > 0. */
RollstatStreak rollstat_streak_count(const double *amounts, guint n, double amount,
				     RollstatGoalPeriod period);
