/* SPDX-License-Identifier: MIT */
#include "cli/history/levelling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

typedef struct {
	double amounts[ROLLSTAT_SLICES], weights[ROLLSTAT_SLICES], travels_cm[ROLLSTAT_SLICES];
} Sums;

/* Of the sessions from first on before end, brought to one level. */
static void
sum_up(const RollstatQuantity *quantity, const double *levels, guint first, guint end,
       Sums *ret_sums)
{
	memset(ret_sums, 0, sizeof *ret_sums);
	for (guint k = first; k < end; k++) {
		if (!is_of_use(quantity, k) || !(levels[k] > 0))
			continue;
		const double *amount = get_amount(quantity, k), *weight = get_weight(quantity, k);
		for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
			ret_sums->amounts[i] += amount[i] / levels[k];
			ret_sums->weights[i] += weight[i];
			ret_sums->travels_cm[i] += quantity->profiles[k].travel_cm[i];
		}
	}
}

void
rollstat_levelling_get_profile(const RollstatQuantity *quantity, const double *levels, guint first,
			       double *ret_profile)
{
	Sums own, past;
	sum_up(quantity, levels, first, quantity->n, &own);
	sum_up(quantity, levels, 0, first, &past);
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		double past_s = rollstat_slice_sum_around(past.weights, i);
		double share = past_s > quantity->past_most_s ? quantity->past_most_s / past_s : 1;
		double amount = rollstat_slice_sum_around(own.amounts, i) +
				share * rollstat_slice_sum_around(past.amounts, i);
		double weight = rollstat_slice_sum_around(own.weights, i) + share * past_s;
		double travel_cm = rollstat_slice_sum_around(own.travels_cm, i) +
				   share * rollstat_slice_sum_around(past.travels_cm, i);
		gboolean is_known =
			quantity->is_speed ? travel_cm >= quantity->least_cm : weight >= LEAST_S;
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
