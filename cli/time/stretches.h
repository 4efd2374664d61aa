/* SPDX-License-Identifier: MIT
 *
 * The periods of a range, each judged as tight.h tells against the 28 days before it: what the report of that day or week tells.
 * Pure.
 */
#pragma once

#include "cli/history/summarise.h"
#include "cli/time/named-place.h"
#include "cli/time/periods.h"

typedef struct {
	RollstatPeriod period;
	RollstatSpan sessions; /* of the history */
	RollstatTight tight;   /* nothing is known in it where there are no sessions */
} RollstatStretch;

/* One place in one period. */
typedef struct {
	guint sessions; /* with a second or more on it */
	double seconds;
	double mean_n;	  /* over the sessions that tell newtons; NaN where unknown */
	double tightness; /* NaN where it cannot be judged */
	gboolean is_tight;
} RollstatStretchSum;

/* Judges them: an array of RollstatStretch; given. history: of one person, with all rows, from 28 days before the first period
 * on; source: of it. periods: of RollstatPeriod. */
GArray *rollstat_stretches_new(const RollstatHistory *history, const RollstatSource *source,
			       const GArray *periods);

/* Sums what was done on a place. A level's seconds are those of the slices in it. */
RollstatStretchSum rollstat_stretch_sum(const RollstatHistory *history,
					const RollstatStretch *stretch, const RollstatPlace *place);
