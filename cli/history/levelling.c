/* SPDX-License-Identifier: MIT */
#include "cli/history/levelling.h"

#include <math.h>
#include <string.h>

enum {
	ROUNDS = 3, /* by then the levels move by less than one per cent */
};

#define LEAST_S 1.0
#define GUESS_REACH 0.04 /* of a level, from round to round */

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
	double amounts[ROLLSTAT_SLICES], weights[ROLLSTAT_SLICES];
	double travels_cm[ROLLSTAT_SLICES]; /* of speed alone */
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
		double share = 1 / levels[k];
		for (guint i = quantity->touched.first; i < quantity->touched.end; i++) {
			ret_sums->amounts[i] += amount[i] * share;
			ret_sums->weights[i] += weight[i];
		}
		for (guint i = quantity->touched.first;
		     i < quantity->touched.end && quantity->is_speed; i++)
			ret_sums->travels_cm[i] += quantity->profiles[k].travel_cm[i];
	}
}

/* Of a slice and its neighbours. */
typedef struct {
	double amount, weight, travel_cm;
} Near;

static Near
sum_near(const RollstatQuantity *quantity, const Sums *sums, guint slice)
{
	return (Near){
		.amount = rollstat_slice_sum_around(sums->amounts, slice),
		.weight = rollstat_slice_sum_around(sums->weights, slice),
		.travel_cm =
			quantity->is_speed ? rollstat_slice_sum_around(sums->travels_cm, slice) : 0,
	};
}

void
rollstat_levelling_get_profile(const RollstatQuantity *quantity, const double *levels, guint first,
			       double *ret_profile)
{
	Sums own, past;
	RollstatTouched reached = rollstat_slices_widen(quantity->touched);
	gboolean has_past = first > 0 && quantity->past_most_s > 0;
	sum_up(quantity, levels, first, quantity->n, &own);
	if (has_past)
		sum_up(quantity, levels, 0, first, &past);
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		ret_profile[i] = NAN;
	for (guint i = reached.first; i < reached.end; i++) {
		Near near = sum_near(quantity, &own, i);
		if (has_past) {
			Near before = sum_near(quantity, &past, i);
			double share = before.weight > quantity->past_most_s
					       ? quantity->past_most_s / before.weight
					       : 1;
			near.amount += share * before.amount;
			near.weight += share * before.weight;
			near.travel_cm += share * before.travel_cm;
		}
		gboolean is_known = quantity->is_speed ? near.travel_cm >= quantity->least_cm
						       : near.weight >= LEAST_S;
		ret_profile[i] = is_known ? near.amount / near.weight : NAN;
	}
}

static double
get_middle_of(double a, double b, double c)
{
	return MAX(MIN(a, b), MIN(MAX(a, b), c));
}

/* The value that would stand n-th, were they sorted. It is asked for so often that no step of it may hang on a comparison
 * that nobody can foresee. */
static double
find_nth(const double *values, guint n, guint nth)
{
	double kept[ROLLSTAT_SLICES], lower[ROLLSTAT_SLICES], higher[ROLLSTAT_SLICES];
	memcpy(kept, values, n * sizeof *values);
	for (;;) {
		double pivot = get_middle_of(kept[0], kept[n / 2], kept[n - 1]);
		guint n_lower = 0, n_higher = 0;
		for (guint i = 0; i < n; i++) {
			lower[n_lower] = higher[n_higher] = kept[i];
			n_lower += kept[i] < pivot;
			n_higher += kept[i] > pivot;
		}
		guint n_below = n - n_higher;
		if (nth >= n_lower && nth < n_below)
			return pivot;
		n = nth < n_lower ? n_lower : n_higher;
		memcpy(kept, nth < n_lower ? lower : higher, n * sizeof *kept);
		nth -= nth < n_lower ? 0 : n_below;
	}
}

/* The mean of the values that would stand at two places next to each other, or of one place alone. */
static double
get_mean_of_nth(const double *values, guint n, guint nth, guint next)
{
	double at = find_nth(values, n, nth), above = G_MAXDOUBLE;
	guint n_up_to = 0;
	for (guint i = 0; i < n && next > nth; i++) {
		n_up_to += values[i] <= at;
		above = values[i] > at ? MIN(above, values[i]) : above;
	}
	return next == nth || n_up_to > next ? at : (at + above) / 2;
}

/* NaN where there are none. guess: about what it may be; 0: unknown. The values near to it are mostly a few, and then it is
 * found among them. */
static double
get_median(const double *known, guint n, double guess)
{
	double near[ROLLSTAT_SLICES], low = guess * (1 - GUESS_REACH),
				      high = guess * (1 + GUESS_REACH);
	guint n_near = 0, n_below = 0;
	if (n == 0)
		return NAN;
	for (guint i = 0; i < n; i++) {
		near[n_near] = known[i];
		n_near += (known[i] >= low) & (known[i] <= high);
		n_below += known[i] < low;
	}
	guint nth = (n - 1) / 2, next = n / 2;
	if (nth < n_below || next >= n_below + n_near)
		return get_mean_of_nth(known, n, nth, next);
	return get_mean_of_nth(near, n_near, nth - n_below, next - n_below);
}

double
rollstat_levelling_get_median(const double *values, guint least)
{
	double known[ROLLSTAT_SLICES];
	guint n = 0;
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		if (!isnan(values[i]))
			known[n++] = values[i];
	return n < least ? NAN : get_median(known, n, 0);
}

/* The median, over the slices that a session touched, of its mean there over what the profile expects. */
static double
get_level(const RollstatQuantity *quantity, guint k, const double *profile, double guess)
{
	const double *amount = get_amount(quantity, k), *weight = get_weight(quantity, k);
	double ratios[ROLLSTAT_SLICES];
	guint n = 0;
	for (guint i = quantity->touched.first; i < quantity->touched.end; i++)
		if (weight[i] > 0 && profile[i] > 0)
			ratios[n++] = amount[i] / (weight[i] * profile[i]);
	double level = get_median(ratios, n, guess);
	return isnan(level) ? 0 : level;
}

/* The same where the profile is flat. */
static double
get_first_level(const RollstatQuantity *quantity, guint k)
{
	const RollstatProfile *own = &quantity->profiles[k];
	double flat[ROLLSTAT_SLICES];
	if (own->is_prepared)
		return quantity->is_speed ? own->speed_level : own->force_level;
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		flat[i] = 1;
	return get_level(quantity, k, flat, 0);
}

void
rollstat_levelling_prepare(RollstatProfile *profile)
{
	RollstatTouched touched = rollstat_profile_find_touched(profile, 1);
	RollstatQuantity force = {.profiles = profile, .n = 1, .touched = touched};
	RollstatQuantity speed = {
		.is_speed = TRUE, .profiles = profile, .n = 1, .touched = touched};
	profile->force_level = get_first_level(&force, 0);
	profile->speed_level = get_first_level(&speed, 0);
	profile->touched = touched;
	profile->is_prepared = TRUE;
}

void
rollstat_levelling_get_levels(const RollstatQuantity *quantity, double *ret_levels)
{
	double profile[ROLLSTAT_SLICES];
	for (guint round = 0; round < ROUNDS; round++) {
		for (guint k = 0; k < quantity->n; k++) {
			double before = round > 0 ? ret_levels[k] : 0;
			ret_levels[k] = 0;
			if (is_of_use(quantity, k))
				ret_levels[k] = round == 0
							? get_first_level(quantity, k)
							: get_level(quantity, k, profile, before);
		}
		/* What the last round would make of it nobody asks for. */
		if (round + 1 < ROUNDS)
			rollstat_levelling_get_profile(quantity, ret_levels, 0, profile);
	}
}
