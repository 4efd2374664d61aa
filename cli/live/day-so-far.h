/* SPDX-License-Identifier: MIT
 *
 * The day so far, read from the database again and again while the daemon adds to it: within a second of a sample it
 * holds what that sample did.
 */
#pragma once

#include "cli/history/summary.h"

typedef struct RollstatDaySoFar RollstatDaySoFar;

/* Whose day it is (person): NULL where nobody was named. Then it is whose the open session is; without one as whose.h has it:
 * who was chosen, else whose all of today is, else whom the configuration names (usual). Borrowed. */
typedef struct {
	const char *person, *usual;
	double usual_kg; /* what the latter weighs by the configuration; 0: it does not say */
} RollstatDayOf;

/* path, of: copied. zone: borrowed, must outlive it. Given; opens nothing yet. */
RollstatDaySoFar *rollstat_day_so_far_new(const char *path, const RollstatDayOf *of,
					  GTimeZone *zone);
void rollstat_day_so_far_free(RollstatDaySoFar *day);

/* The sums of the day of an open session (0: there is none), else of today; with the zones of the latest session, at
 * 0 s, where there is none that day. now_us: Unix time. *ret_summary: given (rollstat_summary_free); NULL where nothing
 * changed since the last call, or where there never was a session. Its strings live until the next call. FALSE and
 * error: it cannot be read; another call tries again. */
gboolean rollstat_day_so_far_read(RollstatDaySoFar *day, gint64 session, gint64 now_us,
				  RollstatSummary **ret_summary, GError **error);

/* What the person of the last summary weighs; 0: not known. */
double rollstat_day_so_far_get_weight_kg(const RollstatDaySoFar *day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatDaySoFar, rollstat_day_so_far_free)
