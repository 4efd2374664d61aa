/* SPDX-License-Identifier: MIT */
#include "daemon/track/window.h"

#include <assert.h>
#include <stddef.h>

static const RollInstant *
get_instant(const RollWindow *window, uint64_t i)
{
	return &window->ring[i % ROLL_WINDOW_RING];
}

static void
clear_extremes(RollExtremes *extremes, double sign)
{
	extremes->sign = sign;
	extremes->front = extremes->back = 0;
}

void
roll_window_clear(RollWindow *window)
{
	window->front = window->back = 0;
	clear_extremes(&window->lows, 1.0);
	clear_extremes(&window->highs, -1.0);
}

static void
push_extreme(RollWindow *window, RollExtremes *extremes, uint64_t i)
{
	const double value = extremes->sign * get_instant(window, i)->position_m;

	while (extremes->back > extremes->front) {
		const uint64_t last = extremes->items[(extremes->back - 1) % ROLL_WINDOW_RING];

		if (extremes->sign * get_instant(window, last)->position_m < value)
			break;
		extremes->back--;
	}
	extremes->items[extremes->back++ % ROLL_WINDOW_RING] = i;
}

static void
drop_front(RollWindow *window)
{
	const uint64_t gone = window->front++;
	RollExtremes *both[] = {&window->lows, &window->highs};

	for (unsigned k = 0; k < 2; k++) {
		if (both[k]->back > both[k]->front &&
		    both[k]->items[both[k]->front % ROLL_WINDOW_RING] == gone)
			both[k]->front++;
	}
}

static double
get_extreme_m(const RollWindow *window, const RollExtremes *extremes)
{
	assert(extremes->back > extremes->front);
	return get_instant(window, extremes->items[extremes->front % ROLL_WINDOW_RING])->position_m;
}

double
roll_window_get_low_m(const RollWindow *window)
{
	return get_extreme_m(window, &window->lows);
}

double
roll_window_get_high_m(const RollWindow *window)
{
	return get_extreme_m(window, &window->highs);
}

double
roll_window_get_peak_force(const RollWindow *window)
{
	double peak = get_instant(window, window->front)->force;

	for (uint64_t i = window->front; i < window->back; i++) {
		const double force = get_instant(window, i)->force;

		if (force > peak)
			peak = force;
	}
	return peak;
}

const RollInstant *
roll_window_get_first(const RollWindow *window)
{
	return window->back > window->front ? get_instant(window, window->front) : NULL;
}

RollInstant
roll_instant_between(const RollInstant *before, const RollInstant *after, double share)
{
	const double step_us = (double)(after->tally.t_us - before->tally.t_us);
	const int64_t since_us = (int64_t)(share * step_us + 0.5);
	const double since_s = (double)since_us * 1e-6;
	RollInstant at = {
		.position_m = before->position_m + share * (after->position_m - before->position_m),
		.force = before->force + share * (after->force - before->force),
		.tally.t_us = before->tally.t_us + since_us,
	};

	at.position_s = before->position_s + 0.5 * (before->position_m + at.position_m) * since_s;
	at.tally.force_s = before->tally.force_s + 0.5 * (before->force + at.force) * since_s;
	at.tally.peak_force = at.force;
	return at;
}

/* The oldest instant of the run is width_m away from the farthest one: in its place comes where contact was just
 * that far away, on the way from the instant that was let go of last. */
static void
put_crossing(RollWindow *window, double width_m)
{
	const double low_m = roll_window_get_low_m(window);
	const double high_m = roll_window_get_high_m(window);
	const RollInstant *gone = get_instant(window, window->front - 1);
	const RollInstant *kept = get_instant(window, window->front);
	const bool is_low = high_m - gone->position_m > width_m;
	const double edge_m = is_low ? high_m - width_m : low_m + width_m;
	const double share = (edge_m - gone->position_m) / (kept->position_m - gone->position_m);
	RollExtremes *extremes = is_low ? &window->lows : &window->highs;
	RollInstant at = roll_instant_between(gone, kept, share);

	at.position_m = edge_m;
	window->front--;
	window->ring[window->front % ROLL_WINDOW_RING] = at;
	extremes->front--;
	extremes->items[extremes->front % ROLL_WINDOW_RING] = window->front;
}

void
roll_window_push(RollWindow *window, const RollInstant *instant, double width_m)
{
	bool has_left = false;
	uint64_t i;

	if (window->back > window->front &&
	    instant->tally.t_us - get_instant(window, window->back - 1)->tally.t_us <
		    ROLL_WINDOW_STEP_US)
		return;
	if (window->back - window->front == ROLL_WINDOW_RING)
		drop_front(window);
	i = window->back++;
	window->ring[i % ROLL_WINDOW_RING] = *instant;
	push_extreme(window, &window->lows, i);
	push_extreme(window, &window->highs, i);
	while (roll_window_get_high_m(window) - roll_window_get_low_m(window) > width_m) {
		drop_front(window);
		has_left = true;
	}
	if (has_left)
		put_crossing(window, width_m);
}
