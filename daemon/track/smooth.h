/* SPDX-License-Identifier: MIT
 *
 * Gravity's angle alone, freed of the roller's own pushes. While the roller rolls over the floor with the
 * angular acceleration a, gravity seems to lag by (radius / g) a: what is measured is the angle minus
 * tau2 times its second derivative, tau = sqrt(radius / g), 87 ms for a radius of 7.5 cm. The inverse
 * of that is a two-sided exponential of time constant tau, which takes out noise as well; so each
 * reading is replaced by the mean of the readings around it, weighted by exp(-|distance| / tau).
 *
 * It must look ahead: latency ROLL_SMOOTH_AHEAD_US, in which 92 % of the weight lies. State is
 * a ring of what is not yet told. Used only where a sensor has an accelerometer and no gyroscope.
 */
#pragma once

#include "protocol/sample.h"

#define ROLL_SMOOTH_AHEAD_US INT64_C(220000)

enum {
	ROLL_SMOOTH_RING = 256, /* readings kept: both sides at up to 400 a second, a power of 2 */
	ROLL_SMOOTH_TABLE = 64, /* weights by distance, over ROLL_SMOOTH_AHEAD_US */
};

/* One instant on its way from the angle to the position. */
typedef struct {
	int64_t t_us;	  /* stream time */
	double angle_rad; /* unwrapped */
	double force;	  /* sum over the cells; NaN: not known */
	bool is_loaded;
} RollPoint;

typedef struct {
	double weights[ROLL_SMOOTH_TABLE + 1];
	RollPoint ring[ROLL_SMOOTH_RING];
	uint64_t n_in, n_out; /* points ever taken and told; the ring holds the last ones */
	uint64_t first;	      /* oldest point that may still be averaged over */
} RollSmooth;

/* rolling_m: radius, metres, > 0. */
void roll_smooth_init(RollSmooth *smooth, double rolling_m);

/* Takes a point; t_us must rise. */
void roll_smooth_put(RollSmooth *smooth, RollPoint point);

/* Tells the next point whose future is known well enough, smoothed. is_final: tell all that is left.
 * Returns false where there is none yet. */
ROLL_MUST_USE bool roll_smooth_take(RollSmooth *smooth, bool is_final, RollPoint *ret_point);

/* After a silence: what comes is not averaged with what came. Call it when all was taken. */
void roll_smooth_cut(RollSmooth *smooth);
