/* SPDX-License-Identifier: MIT */
#include "daemon/track/patch.h"

#include <stddef.h>

/* Halvings of the way between the bounds: a thousandth of a pitch and less. */
#define HALVINGS 22
/* Where the model leaves less than this on the cells used, they tell nothing but the side. */
#define SHARE_LEAST 1e-12

/* exp(-x) for x >= 0, by halving; the C library's differs between machines in the last bit. */
static double
fall(double x)
{
	const double h = x / 64.0;
	double e = 1.0 / (1.0 + h * (1.0 + h / 2.0 * (1.0 + h / 3.0)));

	if (x > 60.0)
		return 0.0;
	for (int i = 0; i < 6; i++)
		e *= e;
	return e;
}

/* How much of a Gaussian lies beyond z >= 0 deviations: a logistic that is within 0.0002 of it. */
static double
get_tail(double z)
{
	const double e = fall(z * (1.5976 + 0.07056 * z * z));

	return e / (1.0 + e);
}

RollPatchMoments
roll_patch_measure(const RollPatchCells *cells)
{
	RollPatchMoments moments = {0};
	double least = ROLL_CELLS_MAX, most = 0.0, square = 0.0;

	for (unsigned i = 0; i < cells->n; i++) {
		if (!cells->is_used[i])
			continue;
		least = least < i ? least : i;
		most = i;
		moments.total += cells->force_n[i];
		moments.mean += cells->force_n[i] * i;
		square += cells->force_n[i] * i * i;
	}
	if (!(moments.total > 0.0))
		return moments;
	moments.mean /= moments.total;
	/* Cells that read less than at rest must not throw it off them. */
	if (moments.mean < least)
		moments.mean = least;
	if (moments.mean > most)
		moments.mean = most;
	moments.variance = square / moments.total - moments.mean * moments.mean;
	if (moments.variance < 0.0)
		moments.variance = 0.0;
	return moments;
}

/* Share of the patch between two edges, deviations from its middle. */
static double
get_between(double low, double high)
{
	if (low >= 0.0)
		return get_tail(low) - get_tail(high);
	if (high <= 0.0)
		return get_tail(-high) - get_tail(-low);
	return 1.0 - get_tail(-low) - get_tail(high);
}

RollPatchMoments
roll_patch_model(const RollPatchCells *cells, double middle, double width, double *ret_shares)
{
	const double far = 100.0;
	RollPatchMoments moments = {0};
	double square = 0.0, nearest = 0.0, nearest_off = ROLL_CELLS_MAX * 2.0;

	for (unsigned i = 0; i < cells->n; i++) {
		const double off = (double)i - middle;
		const double share = get_between(i == 0 ? -far : (off - 0.5) / width,
						 i + 1 == cells->n ? far : (off + 0.5) / width);

		if (ret_shares)
			ret_shares[i] = share;
		if (!cells->is_used[i])
			continue;
		if (off * off < nearest_off * nearest_off) {
			nearest_off = off;
			nearest = i;
		}
		moments.total += share;
		moments.mean += share * i;
		square += share * i * i;
	}
	if (moments.total < SHARE_LEAST) {
		moments.mean = nearest;
		return moments;
	}
	moments.mean /= moments.total;
	moments.variance = square / moments.total - moments.mean * moments.mean;
	return moments;
}

double
roll_patch_find(const RollPatchCells *cells, double mean, double width, const double *bounds)
{
	double low = bounds[0], high = bounds[1];

	for (int i = 0; i < HALVINGS; i++) {
		const double middle = 0.5 * (low + high);

		if (roll_patch_model(cells, middle, width, NULL).mean < mean)
			low = middle;
		else
			high = middle;
	}
	return 0.5 * (low + high);
}
