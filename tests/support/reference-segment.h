/* SPDX-License-Identifier: MIT
 *
 * Passes and holds written straight from their definitions: slow, with the whole movement in view, no
 * state. What daemon/track/segment.h tells is compared with it.
 *
 * Contact moves straight from one instant to the next, so that what is told does not hang on when the instants were
 * taken: a hold begins and ends, and a pass starts and ends, between two of them.
 *
 * What the definitions leave open, both take alike: of two holds that overlap the earlier one counts; the stretch
 * of passes before a hold ends with the hold's first instant; a retreat counts for a turning point until
 * the hold is 2 s old, since a pass told by then is not taken back.
 */
#pragma once

#include "daemon/track/segment.h"

#include <glib.h>

/* An instant, and whether the stream was silent before it. */
typedef struct {
	RollContact contact;
	bool is_after_silence;
} RollReferenceInstant;

/* instants: n long, times rising. slack_m: how much wider than its window a hold may become before it is left; 0 by the
 * definition. Appends to events (of RollEvent) all passes and holds in their order. */
void roll_reference_segment(const RollReferenceInstant *instants, unsigned n, double slack_m,
			    GArray *events);
