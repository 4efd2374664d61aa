/* SPDX-License-Identifier: MIT
 *
 * The zones' part of a summary.
 */
#pragma once

#include "cli/history/summary.h"

/* Sums the zones of a span of sessions into summary->zones, without what is judged (tightness, usual_s,
 * enough_days). */
void rollstat_zones_sum(const RollstatHistory *history, RollstatSpan sessions,
			RollstatSummary *summary);

/* The zone of a summary by name; NULL where there is none. Borrowed. */
RollstatZoneSum *rollstat_zones_find(const RollstatSummary *summary, const char *name);

/* Names each zone's levels, "T5-T8", by the levels whose middle lies in it. */
void rollstat_zones_name_levels(RollstatSummary *summary);

/* The middle of a level, cm: the outermost two reach far beyond and are taken as high as their neighbour. */
double rollstat_level_get_middle_cm(const RollstatSpine *spine, guint level);
