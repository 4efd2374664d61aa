/* SPDX-License-Identifier: MIT */
#include "cli/tight.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	REACH = 2,	  /* neighbours on each side: 2.5 cm in all */
	ROUNDS = 4,	  /* of levelling; it converges by more than a digit a round */
	LEAST_KNOWN = 16, /* slices: 8 cm */
	APART = 4,	  /* slices between two spots */
	HOLD_SLICES = 3,  /* a hold's window: 1.5 cm */
};

#define LEAST_S 1.0
#define LEAST_TRAVEL_CM 30.0	    /* within 2.5 cm: twelve times over it */
#define LEAST_TRAVEL_ALONE_CM 100.0 /* the same where force is not known */
#define SPOT_LEAST_S 5.0
#define SPOT_LEAST_RATIO 1.1
#define SPOT_FALL 0.06
#define HOLD_DAMPING_S 5.0

#define FORCE_WEIGHT 1.0
#define SLOWING_WEIGHT 0.5
#define SLOWING_WEIGHT_ALONE 1.0 /* where force is not known */
#define HOLDING_WEIGHT 0.1

/* Amounts that follow from weights: force from seconds, travel from seconds moving. */
typedef struct {
	gboolean is_speed;
	double least_cm; /* of speed: travel below which it is not known */
	const RollstatProfile *profiles;
	guint n;
} Quantity;

static const double *
get_amount(const Quantity *quantity, guint k)
{
	const RollstatProfile *profile = &quantity->profiles[k];
	return quantity->is_speed ? profile->travel_cm : profile->force;
}

static const double *
get_weight(const Quantity *quantity, guint k)
{
	const RollstatProfile *profile = &quantity->profiles[k];
	return quantity->is_speed ? profile->moving_s : profile->seconds;
}

static gboolean
is_of_use(const Quantity *quantity, guint k)
{
	return quantity->is_speed || quantity->profiles[k].has_force;
}

guint
rollstat_slice_find(double at_cm)
{
	double slice = floor((at_cm - ROLLSTAT_SLICE_FIRST_CM) / ROLLSTAT_SLICE_CM);
	return (guint)CLAMP(slice, 0, ROLLSTAT_SLICES - 1);
}

double
rollstat_slice_get_middle_cm(guint slice)
{
	return ROLLSTAT_SLICE_FIRST_CM + (slice + 0.5) * ROLLSTAT_SLICE_CM;
}

void
rollstat_profile_add_hold(RollstatProfile *profile, double at_cm, double seconds)
{
	guint middle = rollstat_slice_find(at_cm);
	for (guint i = 0; i < HOLD_SLICES; i++) {
		guint slice = middle + i;
		if (slice >= 1 && slice <= ROLLSTAT_SLICES)
			profile->hold_s[slice - 1] += seconds / HOLD_SLICES;
	}
}

/* The sum over a slice and its neighbours. */
static double
sum_around(const double *values, guint slice)
{
	guint first = slice > REACH ? slice - REACH : 0;
	guint last = MIN(slice + REACH, ROLLSTAT_SLICES - 1);
	double sum = 0;
	for (guint i = first; i <= last; i++)
		sum += values[i];
	return sum;
}

/* ret_profile[i]: amount over weight x level, of the sessions from first on, smoothed; NaN where too
 * little is known. */
static void
get_profile(const Quantity *quantity, const double *levels, guint first, double *ret_profile)
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
		double amount = sum_around(amounts, i), weight = sum_around(weights, i);
		gboolean is_known = quantity->is_speed
					    ? sum_around(travels_cm, i) >= quantity->least_cm
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

/* The median of what is known of ROLLSTAT_SLICES values, where that are least or more; else NaN. */
static double
get_median(const double *values, guint least)
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
get_level(const Quantity *quantity, guint k, const double *profile)
{
	const double *amount = get_amount(quantity, k), *weight = get_weight(quantity, k);
	double ratios[ROLLSTAT_SLICES];
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		ratios[i] =
			weight[i] > 0 && profile[i] > 0 ? amount[i] / weight[i] / profile[i] : NAN;
	double level = get_median(ratios, 1);
	return isnan(level) ? 0 : level;
}

static void
get_levels(const Quantity *quantity, double *ret_levels)
{
	double profile[ROLLSTAT_SLICES];
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		profile[i] = 1;
	for (guint round = 0; round < ROUNDS; round++) {
		for (guint k = 0; k < quantity->n; k++)
			ret_levels[k] =
				is_of_use(quantity, k) ? get_level(quantity, k, profile) : 0;
		get_profile(quantity, ret_levels, 0, profile);
	}
}

/* F of each slice; NaN where it is not known. */
static void
get_force_ratios(const Quantity *quantity, guint n_history, double *levels, double *ret_ratios)
{
	double whole[ROLLSTAT_SLICES];
	get_levels(quantity, levels);
	get_profile(quantity, levels, 0, whole);
	get_profile(quantity, levels, n_history, ret_ratios);
	double median = get_median(whole, LEAST_KNOWN);
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		double ratio = ret_ratios[i] / median;
		ret_ratios[i] = isnan(ratio) ? NAN : CLAMP(ratio, 0.5, 2.0);
	}
}

/* S of each slice; 1 where it is not known. */
static void
get_slowings(const Quantity *quantity, guint n_history, double *levels, double *ret_slowings)
{
	double speeds[ROLLSTAT_SLICES], above[ROLLSTAT_SLICES];
	get_levels(quantity, levels);
	get_profile(quantity, levels, n_history, speeds);
	double highest = 0;
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		highest = isnan(speeds[i]) ? highest : MAX(highest, speeds[i]);
		above[i] = highest;
	}
	highest = 0;
	for (guint i = ROLLSTAT_SLICES; i-- > 0;) {
		highest = isnan(speeds[i]) ? highest : MAX(highest, speeds[i]);
		double slowing = MIN(highest, above[i]) / speeds[i];
		ret_slowings[i] = isnan(slowing) ? 1 : CLAMP(slowing, 1.0, 2.0);
	}
}

/* Seconds of holding in each slice and session, of the sessions from first on; returns the mean over the
 * slices touched. */
static double
get_holds(const RollstatProfile *profiles, guint n, guint first, double *ret_holds)
{
	double seconds[ROLLSTAT_SLICES] = {0}, sum = 0;
	guint touched = 0;
	memset(ret_holds, 0, ROLLSTAT_SLICES * sizeof *ret_holds);
	for (guint k = first; k < n; k++) {
		for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
			ret_holds[i] += profiles[k].hold_s[i] / (n - first);
			seconds[i] += profiles[k].seconds[i];
		}
	}
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		sum += ret_holds[i];
		touched += seconds[i] > 0;
	}
	return touched > 0 ? sum / touched : 0;
}

/* H of each slice. */
static void
get_holdings(const RollstatProfile *profiles, guint n, guint n_history, double *ret_holdings)
{
	double holds[ROLLSTAT_SLICES];
	double usual_s = get_holds(profiles, n, 0, holds);
	double own_s = get_holds(profiles, n, n_history, holds);
	double usual_cm = MAX(usual_s, own_s) / ROLLSTAT_SLICE_CM;
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		double per_cm = sum_around(holds, i) / ((2 * REACH + 1) * ROLLSTAT_SLICE_CM);
		double holding = (per_cm + HOLD_DAMPING_S) / (usual_cm + HOLD_DAMPING_S);
		ret_holdings[i] = CLAMP(holding, 1.0, 2.5);
	}
}

/* F, S and H of each slice; F is NaN where it is not known. */
typedef struct {
	double forces[ROLLSTAT_SLICES], slowings[ROLLSTAT_SLICES], holdings[ROLLSTAT_SLICES];
} Signals;

static void
get_signals(const RollstatProfile *profiles, guint n, guint n_history, Signals *ret_signals)
{
	g_autofree double *levels = g_new0(double, n + 1);
	gboolean has_force = FALSE;
	for (guint k = n_history; k < n; k++)
		has_force |= profiles[k].has_force;
	Quantity force = {.profiles = profiles, .n = n};
	Quantity speed = {
		.is_speed = TRUE,
		.least_cm = has_force ? LEAST_TRAVEL_CM : LEAST_TRAVEL_ALONE_CM,
		.profiles = profiles,
		.n = n,
	};
	get_force_ratios(&force, n_history, levels, ret_signals->forces);
	get_slowings(&speed, n_history, levels, ret_signals->slowings);
	get_holdings(profiles, n, n_history, ret_signals->holdings);
}

/* Whether tightness falls by SPOT_FALL in a direction before it rises above what it is at the slice. */
static gboolean
falls(const double *tightness, guint slice, int direction)
{
	for (int i = (int)slice + direction; i >= 0 && i < ROLLSTAT_SLICES; i += direction) {
		if (isnan(tightness[i]) || tightness[i] > tightness[slice])
			return FALSE;
		if (tightness[i] <= tightness[slice] - SPOT_FALL)
			return TRUE;
	}
	return FALSE;
}

/* The middle of the summit: where the tightness above the fall has its weight. */
static double
get_summit_cm(const double *tightness, guint slice)
{
	double foot = tightness[slice] - SPOT_FALL, sum = 0, moment = 0;
	guint first = slice, last = slice;
	while (first > 0 && tightness[first - 1] > foot)
		first--;
	while (last + 1 < ROLLSTAT_SLICES && tightness[last + 1] > foot)
		last++;
	for (guint i = first; i <= last; i++) {
		sum += tightness[i] - foot;
		moment += (tightness[i] - foot) * rollstat_slice_get_middle_cm(i);
	}
	return moment / sum;
}

static gboolean
is_spot(const RollstatTight *tight, const Signals *signals, guint slice)
{
	double force = signals->forces[slice];
	double ratio = isnan(force) ? signals->slowings[slice] : force;
	return tight->tightness[slice] >= ROLLSTAT_TIGHT_SPOT && ratio >= SPOT_LEAST_RATIO &&
	       sum_around(tight->seconds, slice) >= SPOT_LEAST_S &&
	       falls(tight->tightness, slice, -1) && falls(tight->tightness, slice, 1);
}

/* The tightest first, the others no nearer to it than APART. */
static void
find_spots(RollstatTight *tight, const Signals *signals)
{
	gboolean is_open[ROLLSTAT_SLICES];
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		is_open[i] = is_spot(tight, signals, i);
	while (tight->n_spots < ROLLSTAT_SPOTS_MAX) {
		guint best = ROLLSTAT_SLICES;
		for (guint i = 0; i < ROLLSTAT_SLICES; i++)
			if (is_open[i] && (best == ROLLSTAT_SLICES ||
					   tight->tightness[i] > tight->tightness[best]))
				best = i;
		if (best == ROLLSTAT_SLICES)
			return;
		tight->spots[tight->n_spots++] = (RollstatTightSpot){
			.at_cm = get_summit_cm(tight->tightness, best),
			.tightness = tight->tightness[best],
		};
		guint first = best > APART ? best - APART : 0;
		for (guint i = first; i <= MIN(best + APART, ROLLSTAT_SLICES - 1); i++)
			is_open[i] = FALSE;
	}
}

static double
get_tightness(const Signals *signals, guint slice)
{
	double force = signals->forces[slice], slowing = log(signals->slowings[slice]);
	double by_holding = HOLDING_WEIGHT * log(signals->holdings[slice]);
	if (isnan(force))
		return SLOWING_WEIGHT_ALONE * slowing + by_holding;
	return FORCE_WEIGHT * log(force) + SLOWING_WEIGHT * slowing + by_holding;
}

void
rollstat_tight_judge(const RollstatProfile *profiles, guint n_profiles, guint n_history,
		     RollstatTight *ret_tight)
{
	g_assert(n_history <= n_profiles);
	RollstatTight tight = {0};
	Signals signals;
	guint n_known = 0;
	get_signals(profiles, n_profiles, n_history, &signals);
	for (guint k = n_history; k < n_profiles; k++)
		for (guint i = 0; i < ROLLSTAT_SLICES; i++)
			tight.seconds[i] += profiles[k].seconds[i];
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		gboolean is_known = sum_around(tight.seconds, i) >= LEAST_S;
		n_known += is_known;
		tight.tightness[i] = is_known ? get_tightness(&signals, i) : NAN;
	}
	for (guint i = 0; i < ROLLSTAT_SLICES && n_known < LEAST_KNOWN; i++)
		tight.tightness[i] = NAN;
	find_spots(&tight, &signals);
	*ret_tight = tight;
}

double
rollstat_tight_get_zone(const RollstatTight *tight, double from_cm, double to_cm)
{
	double sum = 0;
	guint n = 0;
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		double middle_cm = rollstat_slice_get_middle_cm(i);
		if (middle_cm < from_cm || middle_cm >= to_cm || isnan(tight->tightness[i]))
			continue;
		sum += tight->tightness[i];
		n++;
	}
	return n > 0 ? sum / n : NAN;
}

gboolean
rollstat_tight_is_zone(const RollstatTight *tight, double from_cm, double to_cm, double seconds)
{
	if (seconds < ROLLSTAT_TIGHT_ZONE_LEAST_S)
		return FALSE;
	for (guint i = 0; i < tight->n_spots; i++)
		if (tight->spots[i].at_cm >= from_cm && tight->spots[i].at_cm < to_cm)
			return TRUE;
	return rollstat_tight_get_zone(tight, from_cm, to_cm) >= ROLLSTAT_TIGHT_ZONE;
}

double
rollstat_tight_get_near_s(const RollstatTight *tight, double at_cm)
{
	return sum_around(tight->seconds, rollstat_slice_find(at_cm));
}
