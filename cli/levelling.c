/* SPDX-License-Identifier: MIT */
#include "cli/levelling.h"

#include <math.h>
#include <stdlib.h>

enum {
	ROUNDS = 3, /* by then the levels move by less than one per cent */
};

#define LEAST_S 1.0

static const double *
get_amount(const RollstatQuantity *quantity, guint k)
{
	const RollstatProfile *profile = &quantity->profiles[k];
	return quantity->is_speed ? profile->travel_cm : profile->force;
}

static const double *
get_weight(const RollstatQuantity *quantity, guint k)
{
	const RollstatProfile *profile = &quantity->profiles[k];
	return quantity->is_speed ? profile->moving_s : profile->seconds;
}

static gboolean
is_of_use(const RollstatQuantity *quantity, guint k)
{
	return quantity->is_speed || quantity->profiles[k].has_force;
}

void
rollstat_levelling_get_profile(const RollstatQuantity *quantity, const double *levels, guint first,
			       double *ret_profile)
{
	double amounts[ROLLSTAT_SLICES] = {0}, weights[ROLLSTAT_SLICES] = {0};
	double travels_cm[ROLLSTAT_SLICES] = {0};
	for (guint k = first; k < quantity->n; k++) {
		if (!is_of_use(quantity, k) || !(levels[k] > 0))
			continue;
		const double *amount = get_amount(quantity, k), *weight = get_weight(quantity, k);
		for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
			amounts[i] += amount[i] / levels[k];
			weights[i] += weight[i];
			travels_cm[i] += quantity->profiles[k].travel_cm[i];
		}
	}
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		double amount = rollstat_slice_sum_around(amounts, i),
		       weight = rollstat_slice_sum_around(weights, i);
		gboolean is_known = quantity->is_speed ? rollstat_slice_sum_around(travels_cm, i) >=
								 quantity->least_cm
						       : weight >= LEAST_S;
		ret_profile[i] = is_known ? amount / weight : NAN;
	}
}

static int
compare_doubles(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;
	return (first > second) - (first < second);
}

double
rollstat_levelling_get_median(const double *values, guint least)
{
	double known[ROLLSTAT_SLICES];
	guint n = 0;
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		if (!isnan(values[i]))
			known[n++] = values[i];
	if (n < least)
		return NAN;
	qsort(known, n, sizeof *known, compare_doubles);
	return (known[(n - 1) / 2] + known[n / 2]) / 2;
}

/* The median, over the slices that a session touched, of its mean there over what the profile expects. */
static double
get_level(const RollstatQuantity *quantity, guint k, const double *profile)
{
	const double *amount = get_amount(quantity, k), *weight = get_weight(quantity, k);
	double ratios[ROLLSTAT_SLICES];
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		ratios[i] =
			weight[i] > 0 && profile[i] > 0 ? amount[i] / weight[i] / profile[i] : NAN;
	double level = rollstat_levelling_get_median(ratios, 1);
	return isnan(level) ? 0 : level;
}

void
rollstat_levelling_get_levels(const RollstatQuantity *quantity, double *ret_levels)
{
	double profile[ROLLSTAT_SLICES];
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		profile[i] = 1;
	for (guint round = 0; round < ROUNDS; round++) {
		for (guint k = 0; k < quantity->n; k++)
			ret_levels[k] =
				is_of_use(quantity, k) ? get_level(quantity, k, profile) : 0;
		rollstat_levelling_get_profile(quantity, ret_levels, 0, profile);
	}
}
