/* SPDX-License-Identifier: MIT
 *
 * What the stages ask of a packet's samples. Pure.
 */
#pragma once

#include "protocol/sample.h"

#include <math.h>

/* The sum over the cells of sample i; NaN where there are none. */
static inline double
roll_packet_get_force(const RollPacket *packet, unsigned i)
{
	const RollSample *sample = &packet->samples[i];
	double force = 0.0;

	if (!packet->has_force || packet->n_cells == 0)
		return NAN;
	for (unsigned cell = 0; cell < packet->n_cells; cell++)
		force += (double)sample->cell_n[cell];
	return force;
}

static inline bool
roll_packet_is_finite_vec(RollSensorVec v)
{
	return isfinite(v.x + v.y + v.z);
}

/* Whether all that sample i measured are finite numbers. force: the sum over its cells. */
static inline bool
roll_packet_is_usable(const RollPacket *packet, unsigned i, double force)
{
	const RollSample *sample = &packet->samples[i];

	return (!packet->has_gyro || roll_packet_is_finite_vec(sample->turn_radps)) &&
	       (!packet->has_acc || roll_packet_is_finite_vec(sample->pull_mps2)) &&
	       (!packet->has_force || packet->n_cells == 0 || isfinite(force));
}
