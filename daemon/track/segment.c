/* SPDX-License-Identifier: MIT */
#include "daemon/track/segment.h"

#include <math.h>
#include <string.h>

static const double leg_signs[2] = {1.0, -1.0};

void
roll_segment_init(RollSegment *segment)
{
	memset(segment, 0, sizeof(*segment));
	segment->phase = ROLL_SEGMENT_UNLOADED;
	roll_window_clear(&segment->window);
}

static double
get_mean_force(const RollTally *from, const RollTally *to)
{
	const double seconds = (double)(to->t_us - from->t_us) * 1e-6;

	return seconds > 0.0 ? (to->force_s - from->force_s) / seconds : from->peak_force;
}

/* The pass that leg is, up to reach_m from its start; nothing where that is too short. */
static unsigned
tell_pass(const RollLeg *leg, double reach_m, bool is_cut, RollEvent *ret_event)
{
	RollTally end;

	if (reach_m < ROLL_PASS_LEAST_M)
		return 0;
	end = roll_leg_find_end(leg, reach_m);
	*ret_event = (RollEvent){
		.kind = ROLL_EVENT_PASS,
		.is_cut = is_cut,
		.start_us = leg->start.t_us,
		.end_us = end.t_us,
		.from_m = leg->from_m,
		.to_m = leg->from_m + leg->sign * reach_m,
		.mean_force = get_mean_force(&leg->start, &end),
		.peak_force = end.peak_force,
	};
	return 1;
}

static unsigned
tell_hold(const RollSegment *segment, bool is_cut, RollEvent *ret_event)
{
	const RollInstant *first = &segment->hold_first;
	const RollInstant *last = &segment->last;
	const double seconds = (double)(last->tally.t_us - first->tally.t_us) * 1e-6;
	const double at_m = (last->position_s - first->position_s) / seconds;

	*ret_event = (RollEvent){
		.kind = ROLL_EVENT_HOLD,
		.is_cut = is_cut,
		.start_us = first->tally.t_us,
		.end_us = last->tally.t_us,
		.from_m = at_m,
		.to_m = at_m,
		.mean_force = get_mean_force(&first->tally, &last->tally),
		.peak_force = segment->hold_peak_force,
	};
	return 1;
}

/* Ends the stretch of passes at a place on the current leg. */
static unsigned
end_rolling(const RollSegment *segment, double position_m, bool is_cut, RollEvent *ret_event)
{
	const RollLeg *leg = &segment->legs[segment->current];

	if (!segment->has_direction || segment->is_foretold)
		return 0;
	return tell_pass(leg, leg->sign * (position_m - leg->from_m), is_cut, ret_event);
}

static void
begin_stretch(RollSegment *segment, const RollInstant *now)
{
	segment->phase = ROLL_SEGMENT_ROLLING;
	segment->has_direction = segment->is_foretold = false;
	for (unsigned i = 0; i < 2; i++)
		roll_leg_begin(&segment->legs[i], leg_signs[i], now->position_m, now->tally);
	roll_window_clear(&segment->window);
	roll_window_push(&segment->window, now, ROLL_HOLD_WIDTH_M);
}

/* Advances the sums to this instant. */
static RollInstant
advance(const RollSegment *segment, const RollContact *contact)
{
	const RollInstant *last = &segment->last;
	const double step_s = (double)(contact->t_us - last->tally.t_us) * 1e-6;
	RollInstant now = {
		.position_m = contact->position_m,
		.force = contact->force,
		.tally = {.t_us = contact->t_us, .peak_force = contact->force},
	};

	if (segment->phase == ROLL_SEGMENT_UNLOADED)
		return now;
	now.position_s = last->position_s + 0.5 * (last->position_m + now.position_m) * step_s;
	now.tally.force_s = last->tally.force_s + 0.5 * (last->force + now.force) * step_s;
	return now;
}

/* Leg i has come back far enough: where the other one got to is a turning point. */
static unsigned
turn(RollSegment *segment, unsigned i, const RollInstant *now, RollEvent *ret_event)
{
	RollLeg *done = &segment->legs[1 - i];
	unsigned n = 0;

	if (segment->has_direction && !segment->is_foretold)
		n = tell_pass(done, done->reach_m, false, ret_event);
	segment->has_direction = true;
	segment->is_foretold = false;
	segment->current = i;
	roll_leg_begin(done, leg_signs[1 - i], now->position_m, now->tally);
	return n;
}

/* The current leg comes last: the instant that ends it is no longer one of its own, and may even be back at
 * its start where contact moves fast. */
static unsigned
follow_legs(RollSegment *segment, const RollInstant *now, RollEvent *ret_event)
{
	for (unsigned i = 0; i < 2; i++) {
		RollLeg *leg = &segment->legs[i];
		double reach_m;

		if (segment->has_direction && i == segment->current)
			continue;
		reach_m = roll_leg_feed(leg, now->position_m, &now->tally);
		if (reach_m >= ROLL_TURN_BACK_M)
			return turn(segment, i, now, ret_event);
		if (reach_m < 0.0)
			roll_leg_begin(leg, leg_signs[i], now->position_m, now->tally);
	}
	if (segment->has_direction)
		roll_leg_feed(&segment->legs[segment->current], now->position_m, &now->tally);
	return 0;
}

static void
begin_hold(RollSegment *segment)
{
	segment->phase = ROLL_SEGMENT_HOLDING;
	segment->hold_first = *roll_window_get_first(&segment->window);
	segment->hold_low_m = roll_window_get_low_m(&segment->window);
	segment->hold_high_m = roll_window_get_high_m(&segment->window);
	segment->hold_peak_force = roll_window_get_peak_force(&segment->window);
}

/* On to an instant with which the run of a hold may become old enough. */
static unsigned
roll_to(RollSegment *segment, const RollInstant *now, RollEvent *ret_events)
{
	unsigned n = follow_legs(segment, now, ret_events);
	const RollInstant *first;

	roll_window_push(&segment->window, now, ROLL_HOLD_WIDTH_M);
	first = roll_window_get_first(&segment->window);
	if (now->tally.t_us - first->tally.t_us < ROLL_HOLD_LEAST_US)
		return n;
	n += end_rolling(segment, first->position_m, false, ret_events + n);
	begin_hold(segment);
	return n;
}

static double
get_share(const RollInstant *from, const RollInstant *to, int64_t t_us)
{
	return (double)(t_us - from->tally.t_us) / (double)(to->tally.t_us - from->tally.t_us);
}

/* Widens the hold to a place; false where that would make it too wide. */
static bool
stay(RollSegment *segment, const RollInstant *now)
{
	const double low_m = fmin(now->position_m, segment->hold_low_m);
	const double high_m = fmax(now->position_m, segment->hold_high_m);

	if (high_m - low_m > ROLL_HOLD_WIDTH_M + ROLL_HOLD_SLACK_M)
		return false;
	segment->hold_low_m = low_m;
	segment->hold_high_m = high_m;
	segment->hold_peak_force = fmax(segment->hold_peak_force, now->force);
	return true;
}

/* Where on the way to now contact left the hold. */
static RollInstant
find_left(const RollSegment *segment, const RollInstant *now)
{
	const RollInstant *last = &segment->last;
	const double edge_m = now->position_m > segment->hold_high_m
				      ? segment->hold_low_m + ROLL_HOLD_WIDTH_M
				      : segment->hold_high_m - ROLL_HOLD_WIDTH_M;
	const double share = (edge_m - last->position_m) / (now->position_m - last->position_m);

	return roll_instant_between(last, now, fmin(fmax(share, 0.0), 1.0));
}

static unsigned
hold_on(RollSegment *segment, const RollInstant *now, RollEvent *ret_events)
{
	unsigned n;

	if (stay(segment, now))
		return 0;
	segment->last = find_left(segment, now);
	segment->hold_peak_force = fmax(segment->hold_peak_force, segment->last.force);
	n = tell_hold(segment, false, ret_events);
	begin_stretch(segment, &segment->last);
	return n + roll_to(segment, now, ret_events + n);
}

/* A hold may become old enough on the way to now, and be left again on the rest of the way. */
static unsigned
roll_on(RollSegment *segment, const RollInstant *now, RollEvent *ret_events)
{
	const RollInstant *first = roll_window_get_first(&segment->window);
	const int64_t due_us = first->tally.t_us + ROLL_HOLD_LEAST_US;
	RollInstant at;
	unsigned n;

	if (due_us > now->tally.t_us || due_us <= segment->last.tally.t_us)
		return roll_to(segment, now, ret_events);
	at = roll_instant_between(&segment->last, now, get_share(&segment->last, now, due_us));
	begin_hold(segment);
	if (!stay(segment, &at)) {
		segment->phase = ROLL_SEGMENT_ROLLING;
		return roll_to(segment, now, ret_events);
	}
	n = end_rolling(segment, first->position_m, false, ret_events);
	segment->last = at;
	return n + hold_on(segment, now, ret_events + n);
}

unsigned
roll_segment_foretell(RollSegment *segment, double reach_m, RollEvent *ret_event)
{
	const unsigned n = tell_pass(&segment->legs[segment->current], reach_m, false, ret_event);

	segment->is_foretold |= n > 0;
	return n;
}

unsigned
roll_segment_end(RollSegment *segment, bool is_cut, RollEvent *ret_events)
{
	unsigned n = 0;

	if (segment->phase == ROLL_SEGMENT_ROLLING)
		n = end_rolling(segment, segment->last.position_m, is_cut, ret_events);
	else if (segment->phase == ROLL_SEGMENT_HOLDING)
		n = tell_hold(segment, is_cut, ret_events);
	segment->phase = ROLL_SEGMENT_UNLOADED;
	return n;
}

unsigned
roll_segment_feed(RollSegment *segment, const RollContact *contact, RollEvent *ret_events)
{
	RollInstant now;
	unsigned n = 0;

	if (!contact->is_loaded)
		return roll_segment_end(segment, false, ret_events);
	now = advance(segment, contact);
	switch (segment->phase) {
	case ROLL_SEGMENT_UNLOADED:
		begin_stretch(segment, &now);
		break;
	case ROLL_SEGMENT_ROLLING:
		n = roll_on(segment, &now, ret_events);
		break;
	case ROLL_SEGMENT_HOLDING:
		n = hold_on(segment, &now, ret_events);
		break;
	}
	segment->last = now;
	return n;
}
