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

/* No sensor measures more, whatever the unit: rad/s, m/s2, newtons or counts. */
#define ROLL_PACKET_MOST 1e7f

/* False for what is not a number, too. */
static inline bool
roll_packet_is_possible(float value)
{
	return fabsf(value) < ROLL_PACKET_MOST;
}

static inline bool
roll_packet_is_possible_vec(RollSensorVec v)
{
	return roll_packet_is_possible(v.x) && roll_packet_is_possible(v.y) &&
	       roll_packet_is_possible(v.z);
}

/* Whether all that sample i measured can be. */
static inline bool
roll_packet_is_usable(const RollPacket *packet, unsigned i)
{
	const RollSample *sample = &packet->samples[i];

	for (unsigned cell = 0; packet->has_force && cell < packet->n_cells; cell++) {
		if (!roll_packet_is_possible(sample->cell_n[cell]))
			return false;
	}
	return (!packet->has_gyro || roll_packet_is_possible_vec(sample->turn_radps)) &&
	       (!packet->has_acc || roll_packet_is_possible_vec(sample->pull_mps2));
}
