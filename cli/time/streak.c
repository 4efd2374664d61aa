/* SPDX-License-Identifier: MIT */
#include "cli/time/streak.h"

enum {
	FORGIVEN_EVERY = 7, /* days */
};

/* How a streak goes on from period to period. last_missed: 1 + the number of the missed day that it went over; 0: none. */
typedef struct {
	guint streak, last_missed;
} Walk;

static void
miss(Walk *walk, guint n, RollstatGoalPeriod period)
{
	gboolean is_spent = walk->last_missed > 0 && n + 1 - walk->last_missed < FORGIVEN_EVERY;
	if (period == ROLLSTAT_GOAL_WEEK || walk->streak == 0 || is_spent)
		*walk = (Walk){0};
	else
		walk->last_missed = n + 1;
}

RollstatStreak
rollstat_streak_count(const double *amounts, guint n, double amount, RollstatGoalPeriod period)
{
	g_assert(n > 0);
	Walk walk = {0};
	RollstatStreak streak = {.done = amounts[n - 1], .is_kept = amounts[n - 1] >= amount};
	for (guint i = 0; i < n; i++) {
		gboolean is_kept = amounts[i] >= amount, runs = i + 1 == n;
		if (is_kept)
			walk.streak++;
		else if (!runs)
			miss(&walk, i, period);
		streak.kept += is_kept;
		streak.periods += is_kept || !runs;
		streak.longest = MAX(streak.longest, walk.streak);
	}
	streak.streak = walk.streak;
	return streak;
}
