/* SPDX-License-Identifier: MIT
 *
 * Passes and holds written straight from their definitions: slow, with the whole movement in view, no
 * state. What daemon/track/segment.h tells is compared with it.
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

/* instants: n long, times rising. Appends to events (of RollEvent) all passes and holds in their order. */
void roll_reference_segment(const RollReferenceInstant *instants, unsigned n, GArray *events);
