/* SPDX-License-Identifier: MIT */
#include "daemon/track/belief.h"

#include <math.h>
#include <string.h>

/* Noise of a reading of force, share of it: breath, sway and how one lies, which change slowly. */
#define FORCE_SPREAD 0.09
/* The same that differs from reading to reading. */
#define FORCE_NOISE 0.03
/* Likelihood that is left to any reading, of 1. */
#define LEAST_LIKELY 0.02
/* Places where the person was never before are this much less likely after a lift-off. */
#define UNKNOWN_SHARE 0.1
/* A mark is pressed by mistake, or elsewhere, with this probability; else within this of where it is said, m. */
#define MARK_MISTAKEN 0.02
#define MARK_SPREAD_M 0.01
/* What is less than this is nothing: weights. */
#define NOTHING 1e-9
/* Another peak must be this many times as strong as the present one. */
#define STRONGER 3.0
/* Variance that is spread at a time, squares of a step. */
#define WIDEN_LEAST 0.02
#define WIDEN_MOST 4.0
/* Half the width of a peak, steps. */
#define PEAK 3
/* A change of the shift by more is a jump, m. */
#define JUMP_M 0.015

/* exp(-x) for x >= 0, by halving; the C library's differs between machines in the last bit. */
static double
fall(double x)
{
	const double h = x / 64.0;
	double e = 1.0 / (1.0 + h * (1.0 + h / 2.0 * (1.0 + h / 3.0)));

	if (x > 30.0)
		return 0.0;
	for (int i = 0; i < 6; i++)
		e *= e;
	return e;
}

static double
get_shift_m(unsigned i)
{
	return ((double)i - ROLL_BELIEF_NONE) * ROLL_BELIEF_STEP_M;
}

void
roll_belief_init(RollBelief *belief)
{
	memset(belief, 0, sizeof(*belief));
	belief->weights[ROLL_BELIEF_NONE] = 1.0;
	belief->first = belief->last = ROLL_BELIEF_NONE;
}

/* Brings the sum to 1, and lets go of what is next to nothing. */
static void
normalise(RollBelief *belief)
{
	double sum = 0.0;
	unsigned first = ROLL_BELIEF_SHIFTS, last = 0;

	belief->is_unsettled = true;
	for (unsigned i = belief->first; i <= belief->last; i++)
		sum += belief->weights[i];
	if (!(sum > 0.0)) {
		const double shift_m = belief->shift_m;

		/* The shift stays until it is settled, which tells the jump. */
		roll_belief_init(belief);
		belief->shift_m = shift_m;
		belief->is_unsettled = true;
		return;
	}
	for (unsigned i = belief->first; i <= belief->last; i++) {
		belief->weights[i] /= sum;
		if (belief->weights[i] < NOTHING) {
			belief->weights[i] = 0.0;
			continue;
		}
		first = first < i ? first : i;
		last = i;
	}
	belief->first = first;
	belief->last = last;
}

/* aside: share of each weight that goes to either neighbour, 0..0.25. */
static void
spread(RollBelief *belief, double aside)
{
	double before = 0.0;

	if (belief->first > 0)
		belief->first--;
	if (belief->last < ROLL_BELIEF_SHIFTS - 1)
		belief->last++;
	for (unsigned i = belief->first; i <= belief->last; i++) {
		const double own = belief->weights[i];
		const double after = i < belief->last ? belief->weights[i + 1] : 0.0;

		belief->weights[i] = (1.0 - 2.0 * aside) * own + aside * (before + after);
		before = own;
	}
	normalise(belief);
}

void
roll_belief_widen(RollBelief *belief, double variance_m2)
{
	const double step_m2 = ROLL_BELIEF_STEP_M * ROLL_BELIEF_STEP_M;

	belief->owed_m2 += variance_m2;
	/* A drift creeps; what is more than this at a stroke is none. */
	if (!(belief->owed_m2 < WIDEN_MOST * step_m2))
		belief->owed_m2 = WIDEN_MOST * step_m2;
	while (belief->owed_m2 >= WIDEN_LEAST * step_m2) {
		const double aside = fmin(0.5 * belief->owed_m2 / step_m2, 0.25);

		spread(belief, aside);
		belief->owed_m2 -= 2.0 * aside * step_m2;
	}
}

static bool
is_beyond(const RollBeliefGround *ground, double at_m)
{
	return at_m < ground->min_m || at_m > ground->max_m;
}

void
roll_belief_doubt(RollBelief *belief, const RollBeliefGround *ground, double share, double reach_m)
{
	double others[ROLL_BELIEF_SHIFTS], sum = 0.0;

	for (unsigned i = 0; i < ROLL_BELIEF_SHIFTS; i++) {
		const double at_m = ground->reckoned_m + get_shift_m(i);
		const double away = (get_shift_m(i) - belief->shift_m) / reach_m;

		others[i] =
			is_beyond(ground, at_m)
				? 0.0
				: (UNKNOWN_SHARE + roll_force_map_get_presence(ground->map, at_m)) *
					  fall(0.5 * away * away);
		sum += others[i];
	}
	if (!(sum > 0.0))
		return;
	for (unsigned i = 0; i < ROLL_BELIEF_SHIFTS; i++)
		belief->weights[i] = (1.0 - share) * belief->weights[i] + share * others[i] / sum;
	belief->first = 0;
	belief->last = ROLL_BELIEF_SHIFTS - 1;
	belief->has_offs = false;
	normalise(belief);
}

void
roll_belief_doubt_turns(RollBelief *belief, double turn_m, double share)
{
	const unsigned steps = (unsigned)(turn_m / ROLL_BELIEF_STEP_M + 0.5);
	double before[ROLL_BELIEF_SHIFTS];

	memcpy(before, belief->weights, sizeof(before));
	for (unsigned i = 0; i < ROLL_BELIEF_SHIFTS; i++) {
		double turned = 0.0;

		if (i >= steps)
			turned += before[i - steps];
		if (i + steps < ROLL_BELIEF_SHIFTS)
			turned += before[i + steps];
		belief->weights[i] = (1.0 - 2.0 * share) * before[i] + share * turned;
	}
	belief->first = 0;
	belief->last = ROLL_BELIEF_SHIFTS - 1;
	normalise(belief);
}

double
roll_belief_recentre(RollBelief *belief)
{
	const double steps = belief->shift_m / ROLL_BELIEF_STEP_M;
	const int by = (int)(steps < 0.0 ? steps - 0.5 : steps + 0.5);
	double before[ROLL_BELIEF_SHIFTS];

	if (by == 0)
		return 0.0;
	memcpy(before, belief->weights, sizeof(before));
	for (int i = 0; i < ROLL_BELIEF_SHIFTS; i++) {
		const int from = i + by;

		belief->weights[i] = from >= 0 && from < ROLL_BELIEF_SHIFTS ? before[from] : 0.0;
	}
	belief->first = 0;
	belief->last = ROLL_BELIEF_SHIFTS - 1;
	belief->has_offs = false;
	belief->shift_m -= by * ROLL_BELIEF_STEP_M;
	normalise(belief);
	return by * ROLL_BELIEF_STEP_M;
}

void
roll_belief_see_ends(RollBelief *belief, const RollBeliefGround *ground, double share)
{
	if (belief->first == belief->last)
		return;
	for (unsigned i = belief->first; i <= belief->last; i++) {
		if (is_beyond(ground, ground->reckoned_m + get_shift_m(i)))
			belief->weights[i] *= share;
	}
	normalise(belief);
}

/* How likely it is that a reading is off by so much; was: what the last one was off, kept: how much of that is
 * still so. Up to a common factor. */
static double
judge(double off, double was, double kept, double variance)
{
	const double news = off - kept * was;

	/* A floor: no one reading rules out a place. */
	return (LEAST_LIKELY + fall(0.5 * news * news / variance)) / sqrt(variance);
}

void
roll_belief_see_force(RollBelief *belief, const RollBeliefGround *ground, double force, double kept)
{
	const double units = roll_force_map_in_units(ground->map, force);
	const double still = belief->has_offs ? kept : 0.0;
	const double noise =
		FORCE_SPREAD * FORCE_SPREAD * (1.0 - still * still) + FORCE_NOISE * FORCE_NOISE;

	if (units <= 0.0)
		return;
	for (unsigned i = belief->first; i <= belief->last; i++) {
		const RollForceGuess guess =
			roll_force_map_guess(ground->map, ground->reckoned_m + get_shift_m(i));
		const double off = units - guess.force;

		if (belief->weights[i] > 0.0)
			belief->weights[i] *=
				judge(off, belief->offs[i], still,
				      guess.variance + guess.force * guess.force * noise);
		belief->offs[i] = off;
	}
	belief->has_offs = true;
	normalise(belief);
}

void
roll_belief_see_mark(RollBelief *belief, const RollBeliefGround *ground, double at_m)
{
	double sum = 0.0;

	/* First contact may have been elsewhere than was said: not so far, rather than far. */
	roll_belief_doubt(belief, ground, 0.15, 0.05);
	roll_belief_doubt(belief, ground, 0.05, INFINITY);
	for (unsigned i = 0; i < ROLL_BELIEF_SHIFTS; i++) {
		const double away = (ground->reckoned_m + get_shift_m(i) - at_m) / MARK_SPREAD_M;

		sum += fall(0.5 * away * away);
	}
	for (unsigned i = 0; i < ROLL_BELIEF_SHIFTS && sum > 0.0; i++) {
		const double away = (ground->reckoned_m + get_shift_m(i) - at_m) / MARK_SPREAD_M;

		belief->weights[i] *= MARK_MISTAKEN / ROLL_BELIEF_SHIFTS +
				      (1.0 - MARK_MISTAKEN) * fall(0.5 * away * away) / sum;
	}
	belief->has_offs = false;
	normalise(belief);
}

static double
get_peak(const RollBelief *belief, unsigned middle, double *ret_mean)
{
	const unsigned first = middle > PEAK ? middle - PEAK : 0;
	double sum = 0.0, moment = 0.0;

	for (unsigned i = first; i <= middle + PEAK && i < ROLL_BELIEF_SHIFTS; i++) {
		sum += belief->weights[i];
		moment += belief->weights[i] * get_shift_m(i);
	}
	*ret_mean = sum > 0.0 ? moment / sum : get_shift_m(middle);
	return sum;
}

/* Half the width around the shift in which it lies with a probability of 68 %. */
static double
get_width_m(const RollBelief *belief)
{
	const double middle = belief->shift_m / ROLL_BELIEF_STEP_M + ROLL_BELIEF_NONE;
	double inside = 0.0;

	for (unsigned half = 0; half < 2 * ROLL_BELIEF_SHIFTS; half++) {
		const double from = middle - 0.5 * half - 0.5, to = middle + 0.5 * half + 0.5;
		double sum = 0.0;

		for (unsigned i = belief->first; i <= belief->last; i++)
			if ((double)i >= from && (double)i <= to)
				sum += belief->weights[i];
		if (sum >= 0.683)
			return ROLL_BELIEF_STEP_M *
			       (half == 0 ? 0.0
					  : 0.5 * (half - 1) + 0.5 * (0.683 - inside) /
								       (sum - inside + 1e-12));
		inside = sum;
	}
	return ROLL_BELIEF_STEP_M * ROLL_BELIEF_SHIFTS;
}

static unsigned
find_step(double shift_m)
{
	const double i = shift_m / ROLL_BELIEF_STEP_M + ROLL_BELIEF_NONE + 0.5;

	if (i < 0.0)
		return 0;
	return i < ROLL_BELIEF_SHIFTS ? (unsigned)i : ROLL_BELIEF_SHIFTS - 1;
}

double
roll_belief_settle(RollBelief *belief)
{
	const double before_m = belief->shift_m;
	double present_m, best_m, best, mean_m;

	if (!belief->is_unsettled)
		return 0.0;
	belief->is_unsettled = false;
	best = STRONGER * get_peak(belief, find_step(before_m), &present_m);
	best_m = present_m;
	for (unsigned i = belief->first; i <= belief->last; i++) {
		const double peak = get_peak(belief, i, &mean_m);

		if (peak <= best)
			continue;
		best = peak;
		best_m = mean_m;
	}
	belief->shift_m = best_m;
	belief->uncertainty_m = get_width_m(belief);
	return fabs(best_m - before_m) > JUMP_M ? best_m - before_m : 0.0;
}
