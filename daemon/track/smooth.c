/* SPDX-License-Identifier: MIT */
#include "daemon/track/smooth.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Shortest time constant, s: for small radii, against the noise alone. */
#define TAU_LEAST_S 0.05

/* Cut off at the reach, the exponential has lost the outer part, which undoes most; a slower one makes up for some. In the
 * bench 1.0 to 1.35 do equally well at this reach; at 0.18 s 1.35 still finds a few passes less, and 1.6 begins to flatten the
 * turning points. */
#define CUT_OFF_WIDER 1.2

static double
exponential(double x)
{
	/* exp(-x) for 0 <= x <= 5 by halving; the C library's differs between machines in the last bit. */
	const double h = x / 32.0;
	double e = 1.0 / (1.0 + h * (1.0 + h / 2.0 * (1.0 + h / 3.0 * (1.0 + h / 4.0))));

	for (int i = 0; i < 5; i++)
		e *= e;
	return e;
}

double
roll_smooth_get_rolling_tau_s(double radius_m)
{
	const double tau_s = sqrt(radius_m / ROLL_G_MPS2);

	return tau_s > TAU_LEAST_S ? tau_s : TAU_LEAST_S;
}

void
roll_smooth_init(RollSmooth *smooth, double tau_s, int64_t reach_us)
{
	memset(smooth, 0, sizeof(*smooth));
	smooth->reach_us = reach_us;
	for (unsigned i = 0; i <= ROLL_SMOOTH_TABLE; i++)
		smooth->weights[i] = exponential((double)i / ROLL_SMOOTH_TABLE * (double)reach_us *
						 1e-6 / tau_s);
}

void
roll_smooth_init_rolling(RollSmooth *smooth, double radius_m)
{
	roll_smooth_init(smooth, CUT_OFF_WIDER * roll_smooth_get_rolling_tau_s(radius_m),
			 ROLL_SMOOTH_ROLLER_US);
}

void
roll_smooth_put(RollSmooth *smooth, RollPoint point)
{
	RollPoint *kept = &smooth->ring[smooth->n_in % ROLL_SMOOTH_RING];

	assert(smooth->n_in - smooth->n_out < ROLL_SMOOTH_RING);
	/* One by one: what lies between members stays zero, so that equal states are equal bytes. */
	kept->t_us = point.t_us;
	kept->place = point.place;
	kept->worth = point.worth;
	kept->force = point.force;
	kept->side = point.side;
	kept->is_loaded = point.is_loaded;
	smooth->n_in++;
	if (smooth->n_in - smooth->first > ROLL_SMOOTH_RING)
		smooth->first = smooth->n_in - ROLL_SMOOTH_RING;
}

void
roll_smooth_cut(RollSmooth *smooth)
{
	assert(smooth->n_in == smooth->n_out);
	smooth->first = smooth->n_in;
}

static const RollPoint *
get_point(const RollSmooth *smooth, uint64_t i)
{
	return &smooth->ring[i % ROLL_SMOOTH_RING];
}

/* Weighted mean over the points within reach of the centre, as far to the one side as to the other, so
 * that a steady motion is not bent at the ends of what is known. */
static double
average(const RollSmooth *smooth, uint64_t centre)
{
	const RollPoint *at = get_point(smooth, centre);
	double sum = at->worth * at->place, weight = at->worth;

	for (uint64_t away = 1; centre - smooth->first >= away && centre + away < smooth->n_in;
	     away++) {
		const RollPoint *before = get_point(smooth, centre - away);
		const RollPoint *after = get_point(smooth, centre + away);
		const int64_t past_us = at->t_us - before->t_us, ahead_us = after->t_us - at->t_us;
		const int64_t far_us = past_us > ahead_us ? past_us : ahead_us;
		double w;

		if (far_us > smooth->reach_us)
			break;
		w = smooth->weights[far_us * ROLL_SMOOTH_TABLE / smooth->reach_us];
		sum += w * (before->worth * before->place + after->worth * after->place);
		weight += w * (before->worth + after->worth);
	}
	return weight > 0.0 ? sum / weight : at->place;
}

bool
roll_smooth_take(RollSmooth *smooth, bool is_final, RollPoint *ret_point)
{
	const uint64_t centre = smooth->n_out;
	bool is_due;

	if (centre == smooth->n_in)
		return false;
	is_due = get_point(smooth, smooth->n_in - 1)->t_us - get_point(smooth, centre)->t_us >=
		 smooth->reach_us;
	/* Both sides of a point must find room in the ring. */
	if (!is_due && !is_final && smooth->n_in - centre < ROLL_SMOOTH_RING / 2)
		return false;
	*ret_point = *get_point(smooth, centre);
	ret_point->place = average(smooth, centre);
	smooth->n_out++;
	return true;
}

bool
roll_smooth_peek(const RollSmooth *smooth, unsigned n, RollPoint *ret_point, int64_t *ret_ahead_us)
{
	const uint64_t at = smooth->n_out + n;

	if (at >= smooth->n_in)
		return false;
	*ret_point = *get_point(smooth, at);
	ret_point->place = average(smooth, at);
	*ret_ahead_us = get_point(smooth, smooth->n_in - 1)->t_us - ret_point->t_us;
	return true;
}
