/* SPDX-License-Identifier: MIT
 *
 * Is the current pass over? Asked of what lies ahead of the segmenter: instants that were heard, but wait to be smoothed,
 * so that their place is known only roughly. They are good enough to see that contact came back by 2 cm and more, that
 * the load is gone, or that a hold is 2 s old; where the pass begins and ends lies farther back, where it is known well. So a
 * pass need not wait for the smoothing's latency. What is told so is told once; the segmenter itself goes on with the
 * smoothed instants alone.
 */
#pragma once

#include "daemon/track/segment.h"

typedef struct {
	const RollSegment *segment; /* borrowed */
	double low_m, high_m;	    /* of what may become a hold, and all that lies ahead */
	double last_m;		    /* the last loaded place */
	bool is_open;		    /* it may still be found to be over */
} RollOutlook;

/* An instant ahead. */
typedef struct {
	RollContact contact;
	double slack_m; /* how far off its position may be, >= 0 */
} RollAhead;

/* Begins where the segmenter is, which is borrowed. */
void roll_outlook_begin(RollOutlook *outlook, const RollSegment *segment);

/* Feeds the next instant. Returns whether the pass is over for certain; ret_reach_m: then how far it goes, for
 * roll_segment_foretell. */
ROLL_MUST_USE bool roll_outlook_feed(RollOutlook *outlook, const RollAhead *ahead,
				     double *ret_reach_m);
