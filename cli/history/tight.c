/* SPDX-License-Identifier: MIT */
#include "cli/history/tight.h"
#include "cli/history/levelling.h"

#include <math.h>
#include <string.h>

enum {
	REACH = 2,		/* neighbours on each side: 2.5 cm in all */
	LEAST_KNOWN = 16,	/* slices: 8 cm */
	APART = 4,		/* slices between two spots */
	SPOT_SURROUNDINGS = 12, /* slices: 6 cm */
};

#define LEAST_S 1.0
#define PAST_MOST_S 2.0		    /* of force */
#define LEAST_TRAVEL_CM 30.0	    /* within 2.5 cm: twelve times over it */
#define LEAST_TRAVEL_ALONE_CM 100.0 /* the same where force is not known */
#define SPOT_LEAST_ALONE 0.25	    /* where force is not known */
#define SPOT_LEAST_S 5.0
#define SPOT_LEAST_RATIO 1.1
#define SPOT_FALL 0.06
#define SPOT_STANDS_OUT 0.14
#define HOLD_DAMPING_S 5.0

#define FORCE_WEIGHT 1.0
#define SLOWING_WEIGHT 0.5
#define SLOWING_WEIGHT_ALONE 1.0 /* where force is not known */
#define HOLDING_WEIGHT 0.1

/* F of each slice; NaN where it is not known. */
static void
get_force_ratios(const RollstatQuantity *quantity, guint n_history, double *levels,
		 double *ret_ratios)
{
	double whole[ROLLSTAT_SLICES];
	rollstat_levelling_get_levels(quantity, levels);
	rollstat_levelling_get_profile(quantity, levels, 0, whole);
	rollstat_levelling_get_profile(quantity, levels, n_history, ret_ratios);
	double median = rollstat_levelling_get_median(whole, LEAST_KNOWN);
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		double ratio = ret_ratios[i] / median;
		ret_ratios[i] = isnan(ratio) ? NAN : CLAMP(ratio, 0.5, 2.0);
	}
}

/* S of each slice; 1 where it is not known. */
static void
get_slowings(const RollstatQuantity *quantity, guint n_history, double *levels,
	     double *ret_slowings)
{
	double speeds[ROLLSTAT_SLICES], above[ROLLSTAT_SLICES];
	const RollstatProfile *judged = quantity->profiles + n_history;
	guint n_judged = quantity->n - n_history;
	RollstatQuantity levelled = *quantity;
	/* One session is at one level: whatever that is beside others, it divides out. */
	if (n_judged == 1) {
		levelled.profiles = judged;
		levelled.n = 1;
		n_history = 0;
		levels[0] = 1;
	} else {
		rollstat_levelling_get_levels(&levelled, levels);
	}
	rollstat_levelling_get_profile(&levelled, levels, n_history, speeds);
	double highest = 0;
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		highest = isnan(speeds[i]) ? highest : MAX(highest, speeds[i]);
		above[i] = highest;
	}
	highest = 0;
	for (guint i = ROLLSTAT_SLICES; i-- > 0;) {
		highest = isnan(speeds[i]) ? highest : MAX(highest, speeds[i]);
		double slowing = MIN(highest, above[i]) / speeds[i];
		gboolean is_known =
			!isnan(slowing) && !rollstat_profile_is_turning_place(judged, n_judged, i);
		ret_slowings[i] = is_known ? CLAMP(slowing, 1.0, 2.0) : 1;
	}
}

/* Seconds of holding in each slice and session, of the sessions from first on; returns the mean over the
 * slices touched. */
static double
get_holds(const RollstatQuantity *quantity, guint first, double *ret_holds)
{
	double seconds[ROLLSTAT_SLICES] = {0}, sum = 0;
	guint touched = 0;
	memset(ret_holds, 0, ROLLSTAT_SLICES * sizeof *ret_holds);
	const RollstatProfile *profiles = quantity->profiles;
	guint n = quantity->n;
	for (guint k = first; k < n; k++) {
		for (guint i = quantity->touched.first; i < quantity->touched.end; i++) {
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
get_holdings(const RollstatQuantity *quantity, guint n_history, double *ret_holdings)
{
	double holds[ROLLSTAT_SLICES];
	double usual_s = get_holds(quantity, 0, holds);
	double own_s = get_holds(quantity, n_history, holds);
	double usual_cm = MAX(usual_s, own_s) / ROLLSTAT_SLICE_CM;
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		double per_cm =
			rollstat_slice_sum_around(holds, i) / ((2 * REACH + 1) * ROLLSTAT_SLICE_CM);
		double holding = (per_cm + HOLD_DAMPING_S) / (usual_cm + HOLD_DAMPING_S);
		ret_holdings[i] = CLAMP(holding, 1.0, 2.5);
	}
}

/* F, S, H and tightness of each slice, also where the history alone knows it; F and tightness are NaN where
 * they are not known. */
typedef struct {
	double forces[ROLLSTAT_SLICES], slowings[ROLLSTAT_SLICES], holdings[ROLLSTAT_SLICES];
	double tightness[ROLLSTAT_SLICES];
} Signals;

/* Seconds in each slice of the sessions from first on. */
static void
sum_seconds(const RollstatProfile *profiles, guint n, guint first, double *ret_seconds)
{
	memset(ret_seconds, 0, ROLLSTAT_SLICES * sizeof *ret_seconds);
	for (guint k = first; k < n; k++)
		for (guint i = 0; i < ROLLSTAT_SLICES; i++)
			ret_seconds[i] += profiles[k].seconds[i];
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

static void
get_signals(const RollstatProfile *profiles, guint n, guint n_history, Signals *ret_signals)
{
	g_autofree double *levels = g_new0(double, n + 1);
	double seconds[ROLLSTAT_SLICES];
	gboolean has_force = FALSE;
	for (guint k = n_history; k < n; k++)
		has_force |= profiles[k].has_force;
	RollstatTouched touched = rollstat_profile_find_touched(profiles, n);
	RollstatQuantity force = {
		.past_most_s = PAST_MOST_S,
		.profiles = profiles,
		.n = n,
		.touched = touched,
	};
	RollstatQuantity speed = {
		.is_speed = TRUE,
		.least_cm = has_force ? LEAST_TRAVEL_CM : LEAST_TRAVEL_ALONE_CM,
		.profiles = profiles,
		.n = n,
		.touched = touched,
	};
	get_force_ratios(&force, n_history, levels, ret_signals->forces);
	for (guint i = 0; i < ROLLSTAT_SLICES && !has_force; i++)
		ret_signals->forces[i] = NAN;
	get_slowings(&speed, n_history, levels, ret_signals->slowings);
	get_holdings(&force, n_history, ret_signals->holdings);
	sum_seconds(profiles, n, n_history, seconds);
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		gboolean is_known = !isnan(ret_signals->forces[i]) ||
				    rollstat_slice_sum_around(seconds, i) >= LEAST_S;
		ret_signals->tightness[i] = is_known ? get_tightness(ret_signals, i) : NAN;
	}
}

/* How far tightness falls in a direction, within SPOT_SURROUNDINGS and before it rises above what it is at the
 * slice or is not known. */
static double
get_fall(const double *tightness, guint slice, int direction)
{
	double lowest = tightness[slice];
	for (int k = 1; k <= SPOT_SURROUNDINGS; k++) {
		int i = (int)slice + k * direction;
		if (i < 0 || i >= ROLLSTAT_SLICES || isnan(tightness[i]) ||
		    tightness[i] > tightness[slice])
			break;
		lowest = MIN(lowest, tightness[i]);
	}
	return tightness[slice] - lowest;
}

/* Whether it stands out from what is around it. */
static gboolean
stands_out(const double *tightness, guint slice)
{
	double above = get_fall(tightness, slice, -1), below = get_fall(tightness, slice, 1);
	return MIN(above, below) >= SPOT_FALL && (above + below) / 2 >= SPOT_STANDS_OUT;
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
	double least = isnan(force) ? SPOT_LEAST_ALONE : ROLLSTAT_TIGHT_SPOT;
	return tight->tightness[slice] >= least && ratio >= SPOT_LEAST_RATIO &&
	       rollstat_slice_sum_around(tight->seconds, slice) >= SPOT_LEAST_S &&
	       stands_out(signals->tightness, slice);
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
			.at_cm = get_summit_cm(signals->tightness, best),
			.tightness = tight->tightness[best],
		};
		guint first = best > APART ? best - APART : 0;
		for (guint i = first; i <= MIN(best + APART, ROLLSTAT_SLICES - 1); i++)
			is_open[i] = FALSE;
	}
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
	sum_seconds(profiles, n_profiles, n_history, tight.seconds);
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		gboolean is_known = rollstat_slice_sum_around(tight.seconds, i) >= LEAST_S;
		n_known += is_known;
		tight.tightness[i] = is_known ? signals.tightness[i] : NAN;
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
	return rollstat_slice_sum_around(tight->seconds, rollstat_slice_find(at_cm));
}
