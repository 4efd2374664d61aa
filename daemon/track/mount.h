/* SPDX-License-Identifier: MIT
 *
 * Second stage: about which axis of the sensor the roller turns. A sensor is strapped on askew, up to 45
 * degrees off what the configuration says; while the roller rolls, its rate of turning points along the
 * axis and gravity wanders in the plane across it. Both are gathered as second moments, over turned
 * angle, not over time, so that a long hold teaches nothing; the axis is the direction that has most of
 * the turning and least of the gravity. The configured axis starts it off and keeps the sign.
 *
 * Cost: a few multiplications a sample, one step of power iteration each ROLL_MOUNT_EVERY samples that
 * taught something. Source of the method: principal components (Pearson 1901).
 */
#pragma once

#include "daemon/track/vector.h"

enum { ROLL_MOUNT_EVERY = 16 };

/* A symmetric 3 x 3 matrix. */
typedef struct {
	double xx, xy, xz, yy, yz, zz;
} RollMoments;

typedef struct {
	RollAxis axis;	     /* unit vector, estimate */
	RollAxis prior;	     /* unit vector, configured */
	RollMoments turning; /* of the rate, (rad/s)2 times s */
	RollMoments gravity; /* of unit gravity, one for each step of ROLL_MOUNT_STEP_RAD */
	RollAxis last_pull;  /* unit vector that was last added to gravity; zero before the first */
	unsigned n_taught;
} RollMount;

/* prior: need not be of unit length, not zero. */
void roll_mount_init(RollMount *mount, RollSensorVec prior);

/* Learns from one loaded sample. turn_radps, pull_mps2: NULL where the sensor has none. dt_s: time since
 * the last one, 0..0.5. Returns true where the axis changed. */
bool roll_mount_learn(RollMount *mount, const RollSensorVec *turn_radps,
		      const RollSensorVec *pull_mps2, double dt_s);
