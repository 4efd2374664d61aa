/* SPDX-License-Identifier: MIT
 *
 * Readings that are noisy one by one, each replaced by the mean of the readings around it, weighted by
 * exp(-|distance| / tau) and by how much each is worth. It must look ahead, so it has a latency: the reach. (What a
 * turning point needs is seen before, see outlook.h.)
 * Used twice:
 *
 * A roller without gyroscope. While it rolls over the floor with the angular acceleration a, gravity
 * seems to lag by (radius / g) a: what is measured is the angle minus tau2 times its second
 * derivative, tau = sqrt(radius / g), 87 ms for a radius of 7.5 cm. The inverse of that is just this
 * two-sided exponential, which takes out noise as well.
 *
 * A bar. The centre of force is the less certain the smaller the force, so that it is worth its square.
 *
 * State is a ring of what is not yet told.
 */
#pragma once

#include "daemon/track/event.h"

/* Reach to either side and so latency, us: 90 % of the weight for the roller, 86 % for the bar. */
#define ROLL_SMOOTH_ROLLER_US INT64_C(240000)
#define ROLL_SMOOTH_BAR_US INT64_C(100000)
/* Time constant for the bar, s: a third of the shortest pass that a person makes on one. */
#define ROLL_SMOOTH_BAR_S 0.05

enum {
	ROLL_SMOOTH_RING = 256, /* readings kept: both sides at up to 400 a second, a power of 2 */
	ROLL_SMOOTH_TABLE = 64, /* weights by distance, over the reach */
};

/* One instant on its way from the angle or the cells to the position. */
typedef struct {
	int64_t t_us;  /* stream time */
	double place;  /* roller: angle, rad, unwrapped; bar: position, m */
	double worth;  /* weight of place, >= 0 */
	double force;  /* sum over the cells; NaN: not known */
	RollSide side; /* bar */
	bool is_loaded;
} RollPoint;

typedef struct {
	int64_t reach_us;
	double weights[ROLL_SMOOTH_TABLE + 1];
	RollPoint ring[ROLL_SMOOTH_RING];
	uint64_t n_in, n_out; /* points ever taken and told; the ring holds the last ones */
	uint64_t first;	      /* oldest point that may still be averaged over */
} RollSmooth;

/* tau_s: time constant, > 0. reach_us: > 0. */
void roll_smooth_init(RollSmooth *smooth, double tau_s, int64_t reach_us);

/* The time constant for a roller of this radius, metres. */
double roll_smooth_get_rolling_tau_s(double radius_m);

/* For a roller of this radius, metres, with a reach of ROLL_SMOOTH_ROLLER_US. */
void roll_smooth_init_rolling(RollSmooth *smooth, double radius_m);

/* Takes a point; t_us must rise. */
void roll_smooth_put(RollSmooth *smooth, RollPoint point);

/* Tells the next point whose future is known well enough, smoothed. is_final: tell all that is left.
 * Returns false where there is none yet. */
ROLL_MUST_USE bool roll_smooth_take(RollSmooth *smooth, bool is_final, RollPoint *ret_point);

/* Looks at the n-th point that is not yet told, from 0, smoothed as far as its future is known. ret_ahead_us: how much of that
 * there is. Returns false where there is none such. */
ROLL_MUST_USE bool roll_smooth_peek(const RollSmooth *smooth, unsigned n, RollPoint *ret_point,
				    int64_t *ret_ahead_us);

/* After a silence: what comes is not averaged with what came. Call it when all was taken. */
void roll_smooth_cut(RollSmooth *smooth);
