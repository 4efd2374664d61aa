/* SPDX-License-Identifier: MIT */
#include "daemon/track/heading.h"

#include <string.h>

/* How long the bias remembers, s. */
#define BIAS_MEMORY_S 60.0
/* After so long in somebody's hands the direction is no longer known, s. */
#define CARRIED_MOST_S 60.0
/* The axis points the other way beyond this cosine: 120 degrees of 180, half-way would be any. */
#define OTHER_WAY (-0.5)

void
roll_heading_init(RollHeading *heading)
{
	memset(heading, 0, sizeof(*heading));
}

void
roll_heading_lose(RollHeading *heading)
{
	heading->is_carried = false;
}

/* The part of v across a unit vector. */
static RollAxis
across(RollAxis axis, RollAxis v)
{
	return roll_axis_plus(v, -roll_axis_dot(axis, v), axis);
}

static void
learn(RollHeading *heading, RollAxis axis, RollAxis turn, double step_s)
{
	const RollAxis off = roll_axis_plus(across(axis, turn), -1.0, heading->bias);

	if (step_s <= 0.0)
		return;
	if (heading->bias_s < BIAS_MEMORY_S)
		heading->bias_s += step_s;
	heading->bias = roll_axis_plus(heading->bias, step_s / heading->bias_s, off);
}

/* A direction that stands still in the world turns in the sensor's frame against the sensor's turning. */
static void
carry(RollHeading *heading, RollAxis turn, double step_s)
{
	const RollAxis rate = roll_axis_plus(turn, -1.0, heading->bias);
	const RollAxis half = roll_axis_plus(heading->carried, 0.5 * step_s,
					     roll_axis_cross(heading->carried, rate));

	heading->carried = roll_axis_unit(
		roll_axis_plus(heading->carried, step_s, roll_axis_cross(half, rate)));
	heading->carried_s += step_s;
}

bool
roll_heading_feed(RollHeading *heading, RollAxis axis, RollSensorVec turn_radps, double step_s,
		  bool is_loaded)
{
	const RollAxis turn = roll_axis_of(turn_radps);
	const bool was_carried = heading->is_carried;

	if (is_loaded) {
		heading->is_carried = false;
		learn(heading, axis, turn, step_s);
		return was_carried && heading->carried_s < CARRIED_MOST_S &&
		       roll_axis_dot(heading->carried, axis) < OTHER_WAY;
	}
	if (!was_carried && heading->bias_s > 0.0) {
		heading->is_carried = true;
		heading->carried = axis;
		heading->carried_s = 0.0;
	} else if (was_carried) {
		carry(heading, turn, step_s);
	}
	return false;
}
