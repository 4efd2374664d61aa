/* SPDX-License-Identifier: MIT */
#include "daemon/track/leg.h"

#include <math.h>

/* The sums where contact, on the straight way between two instants, was this far; the peak is the greater one of
 * before and there. */
static RollTally
find_crossing(const RollLegPoint *before, const RollLegPoint *after, double reach_m)
{
	const double share = (reach_m - before->reach_m) / (after->reach_m - before->reach_m);
	const RollTally *from = &before->tally;
	const int64_t since_us = (int64_t)(share * (double)(after->tally.t_us - from->t_us) + 0.5);
	const double force = before->force + share * (after->force - before->force);

	return (RollTally){
		.t_us = from->t_us + since_us,
		.force_s = from->force_s + 0.5 * (before->force + force) * (double)since_us * 1e-6,
		.peak_force = fmax(from->peak_force, force),
	};
}

void
roll_leg_begin(RollLeg *leg, double sign, double from_m, RollTally tally)
{
	leg->sign = sign;
	leg->from_m = from_m;
	leg->reach_m = 0.0;
	leg->start = tally;
	leg->peak_force = tally.peak_force;
	leg->n_marks = 1;
	leg->last = (RollLegPoint){0.0, tally.peak_force, tally};
	leg->marks[0] = (RollLegMark){leg->last, leg->last};
}

double
roll_leg_feed(RollLeg *leg, double position_m, const RollTally *tally)
{
	const double reach_m = leg->sign * (position_m - leg->from_m);
	RollLegPoint last = leg->last;
	RollLegMark *mark;

	leg->last = (RollLegPoint){reach_m, tally->peak_force, *tally};
	if (reach_m <= ROLL_LEG_NEAR_M) {
		leg->start = *tally;
		leg->peak_force = tally->peak_force;
	} else if (last.reach_m <= ROLL_LEG_NEAR_M) {
		last.tally.peak_force = NAN; /* it was before the start */
		leg->start = find_crossing(&last, &leg->last, ROLL_LEG_NEAR_M);
		leg->peak_force = fmax(leg->start.peak_force, tally->peak_force);
	} else if (tally->peak_force > leg->peak_force) {
		leg->peak_force = tally->peak_force;
	}
	leg->last.tally.peak_force = leg->peak_force;
	if (reach_m > leg->reach_m)
		leg->reach_m = reach_m;
	if (reach_m < leg->marks[(leg->n_marks - 1) % ROLL_LEG_MARKS].at.reach_m + ROLL_LEG_STEP_M)
		return reach_m;
	mark = &leg->marks[leg->n_marks++ % ROLL_LEG_MARKS];
	*mark = (RollLegMark){last, leg->last};
	return reach_m;
}

RollTally
roll_leg_find_end(const RollLeg *leg, double reach_m)
{
	const double near_m = reach_m - ROLL_LEG_NEAR_M;
	const uint64_t oldest = leg->n_marks > ROLL_LEG_MARKS ? leg->n_marks - ROLL_LEG_MARKS : 0;
	uint64_t i = leg->n_marks - 1;
	const RollLegMark *mark;
	RollTally end;

	while (i > oldest && leg->marks[(i - 1) % ROLL_LEG_MARKS].at.reach_m >= near_m)
		i--;
	mark = &leg->marks[i % ROLL_LEG_MARKS];
	if (!(mark->before.reach_m < near_m && near_m < mark->at.reach_m))
		return mark->at.tally;
	end = find_crossing(&mark->before, &mark->at, near_m);
	end.peak_force = fmax(end.peak_force, leg->start.peak_force);
	return end;
}
