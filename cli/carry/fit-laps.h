/* SPDX-License-Identifier: MIT
 *
 * A session as a training log tells it: passes and holds in one row, and laps. A lap is half a minute or more about one zone:
 * who works on one zone after the other gets a lap each, who rolls over all of them a few mixed ones, each told by the
 * zone with most time.
 */
#pragma once

#include "cli/history/history.h"

/* A pass or a hold. */
typedef struct {
	gint64 start_us, end_us;
	double from_cm, to_cm, mean_n;
	gboolean is_hold;
	const char *zone; /* of its middle; NULL: in none; borrowed from the history */
} RollstatStretch;

typedef struct {
	gint64 start_us, end_us;
	const char *zone; /* NULL: in none; borrowed from the history */
	guint passes, holds;
} RollstatLap;

/* Passes and holds of a session in order of time: RollstatStretch; given. */
GArray *rollstat_fit_gather(const RollstatHistory *history, const RollstatSession *session);

/* Laps: RollstatLap, one or more; given. They cover the session without holes: one ends where the next begins. */
GArray *rollstat_fit_find_laps(const RollstatSession *session, const GArray *stretches);
