/* SPDX-License-Identifier: MIT */
#include "daemon/track/leg.h"

void
roll_leg_begin(RollLeg *leg, double sign, double from_m, RollTally tally)
{
	leg->sign = sign;
	leg->from_m = from_m;
	leg->reach_m = 0.0;
	leg->start = tally;
	leg->peak_force = tally.peak_force;
	leg->n_marks = 1;
	leg->marks[0].reach_m = 0.0;
	leg->marks[0].tally = tally;
}

double
roll_leg_feed(RollLeg *leg, double position_m, const RollTally *tally)
{
	const double reach_m = leg->sign * (position_m - leg->from_m);
	RollLegMark *mark;

	if (reach_m <= ROLL_LEG_NEAR_M) {
		leg->start = *tally;
		leg->peak_force = tally->peak_force;
	} else if (tally->peak_force > leg->peak_force) {
		leg->peak_force = tally->peak_force;
	}
	if (reach_m > leg->reach_m)
		leg->reach_m = reach_m;
	if (reach_m < leg->marks[(leg->n_marks - 1) % ROLL_LEG_MARKS].reach_m + ROLL_LEG_STEP_M)
		return reach_m;
	mark = &leg->marks[leg->n_marks++ % ROLL_LEG_MARKS];
	mark->reach_m = reach_m;
	mark->tally = *tally;
	mark->tally.peak_force = leg->peak_force;
	return reach_m;
}

RollTally
roll_leg_find_end(const RollLeg *leg, double reach_m)
{
	const double near_m = reach_m - ROLL_LEG_NEAR_M;
	const uint64_t oldest = leg->n_marks > ROLL_LEG_MARKS ? leg->n_marks - ROLL_LEG_MARKS : 0;
	uint64_t i = leg->n_marks - 1;

	while (i > oldest && leg->marks[(i - 1) % ROLL_LEG_MARKS].reach_m >= near_m)
		i--;
	return leg->marks[i % ROLL_LEG_MARKS].tally;
}
