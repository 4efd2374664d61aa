/* SPDX-License-Identifier: MIT
 *
 * Whether a roller lies the other way round after a lift-off than before: turned end for end, the sensor sits on
 * the person's other side, and what turned contact to the feet turns it to the head. The direction in which
 * its axis pointed at the lift-off is carried along by the gyroscope while it is in somebody's hands; at the landing
 * the axis points that way again, or the other.
 *
 * Needs a gyroscope; what is left of its bias across the axis is learned while the roller is loaded, when there is no
 * turning across the axis in the mean. Latency: none. Source of the method: strapdown integration (Titterton and Weston
 * 2004, ch. 3).
 */
#pragma once

#include "daemon/track/vector.h"

#include <stdint.h>

typedef struct {
	RollAxis bias; /* rate at rest, rad/s: of the parts across the axis */
	double bias_s; /* learned over so long */
	RollAxis
		carried; /* where the axis pointed at the lift-off, in the sensor's frame now; unit vector */
	double carried_s; /* since the lift-off */
	bool is_carried;
} RollHeading;

/* Knows nothing. */
void roll_heading_init(RollHeading *heading);

/* Feeds one sample. axis: unit vector. step_s: since the last sample, 0..0.5; 0 where it is not known.
 * Returns true where the roller has landed the other way round. */
bool roll_heading_feed(RollHeading *heading, RollAxis axis, RollSensorVec turn_radps, double step_s,
		       bool is_loaded);

/* The stream was silent: what was carried along is lost. */
void roll_heading_lose(RollHeading *heading);
