/* SPDX-License-Identifier: MIT */
#include "daemon/track/outlook.h"

#include <math.h>

/* The turning point itself must lie behind: the smoothed instants have come back by so much, m. */
#define SEEN_BACK_M 0.003
/* Where the load is gone, the last place is the pass' end: known to this, m. */
#define END_SLACK_M 0.003
/* What may become a hold begins just where it is wide enough. Should it turn out wider by so much, m, it begins that much
 * farther on, and so the pass before it ends. */
#define HELD_ROOM_M 0.001

void
roll_outlook_begin(RollOutlook *outlook, const RollSegment *segment)
{
	*outlook = (RollOutlook){
		.segment = segment,
		.is_open = segment->phase == ROLL_SEGMENT_ROLLING && segment->has_direction &&
			   !segment->is_foretold,
	};
	if (!outlook->is_open)
		return;
	outlook->low_m = roll_window_get_low_m(&segment->window);
	outlook->high_m = roll_window_get_high_m(&segment->window);
	outlook->last_m = segment->last.position_m;
}

static double
get_reach_m(const RollLeg *leg, double position_m)
{
	return leg->sign * (position_m - leg->from_m);
}

/* Contact has left the roller, near enough to where the smoothed instants are that they hold the pass' end. */
static bool
is_lifted(const RollOutlook *outlook, const RollAhead *ahead, double *ret_reach_m)
{
	const RollLeg *leg = &outlook->segment->legs[outlook->segment->current];

	*ret_reach_m = get_reach_m(leg, outlook->last_m);
	return !ahead->contact.is_loaded && ahead->slack_m <= END_SLACK_M &&
	       leg->reach_m >= *ret_reach_m - ROLL_LEG_NEAR_M;
}

static bool
is_turned(const RollOutlook *outlook, const RollAhead *ahead, double *ret_reach_m)
{
	const RollSegment *segment = outlook->segment;
	const RollLeg *back = &segment->legs[1 - segment->current];

	*ret_reach_m = segment->legs[segment->current].reach_m;
	return get_reach_m(back, segment->last.position_m) >= SEEN_BACK_M &&
	       get_reach_m(back, ahead->contact.position_m) >= ROLL_TURN_BACK_M + ahead->slack_m;
}

static bool
is_held(const RollOutlook *outlook, const RollAhead *ahead, double *ret_reach_m)
{
	const RollSegment *segment = outlook->segment;
	const RollInstant *first = roll_window_get_first(&segment->window);

	*ret_reach_m = get_reach_m(&segment->legs[segment->current], first->position_m);
	return outlook->high_m - outlook->low_m <= ROLL_HOLD_WIDTH_M + HELD_ROOM_M &&
	       ahead->contact.t_us - first->tally.t_us >= ROLL_HOLD_LEAST_US;
}

bool
roll_outlook_feed(RollOutlook *outlook, const RollAhead *ahead, double *ret_reach_m)
{
	const double at_m = ahead->contact.position_m;

	if (!outlook->is_open)
		return false;
	if (!ahead->contact.is_loaded)
		outlook->is_open = false;
	if (!ahead->contact.is_loaded)
		return is_lifted(outlook, ahead, ret_reach_m);
	outlook->last_m = at_m;
	outlook->low_m = fmin(outlook->low_m, at_m - ahead->slack_m);
	outlook->high_m = fmax(outlook->high_m, at_m + ahead->slack_m);
	return is_turned(outlook, ahead, ret_reach_m) || is_held(outlook, ahead, ret_reach_m);
}
