/* SPDX-License-Identifier: MIT */
#include "tests/support/reference-segment.h"

#include <math.h>

#define NEAR_M 0.005
#define TURN_BACK_M 0.020
#define PASS_LEAST_M 0.030
#define HOLD_WIDTH_M 0.015
#define HOLD_LEAST_US 2000000

/* Instants first..last of the movement, both included. */
typedef struct {
	const RollReferenceInstant *instants;
	unsigned first, last;
	GArray *events;
} Movement;

static double
get_m(const Movement *movement, unsigned i)
{
	return movement->instants[i].contact.position_m;
}

static int64_t
get_us(const Movement *movement, unsigned i)
{
	return movement->instants[i].contact.t_us;
}

static double
get_force(const Movement *movement, unsigned i)
{
	return movement->instants[i].contact.force;
}

/* Fills what is alike for passes and holds: times, mean and peak force. */
static RollEvent
make_event(const Movement *movement, unsigned from, unsigned to)
{
	RollEvent event = {
		.start_us = get_us(movement, from),
		.end_us = get_us(movement, to),
		.peak_force = get_force(movement, from),
	};
	double force_us = 0.0;

	for (unsigned i = from + 1; i <= to; i++) {
		force_us += 0.5 * (get_force(movement, i - 1) + get_force(movement, i)) *
			    (double)(get_us(movement, i) - get_us(movement, i - 1));
		event.peak_force = fmax(event.peak_force, get_force(movement, i));
	}
	event.mean_force =
		from == to ? event.peak_force : force_us / (double)(event.end_us - event.start_us);
	return event;
}

/* ---- Turning points ---- */

/* From i on, has it come back by 2 cm before it went beyond i? */
static bool
comes_back(const Movement *movement, unsigned i, double sign)
{
	for (unsigned k = i + 1; k <= movement->last; k++) {
		const double beyond_m = sign * (get_m(movement, k) - get_m(movement, i));

		if (beyond_m > 0.0)
			return false;
		if (beyond_m <= -TURN_BACK_M)
			return true;
	}
	return false;
}

/* Had it come from 2 cm away, or from the begin of the stretch, without having been as far as i? */
static bool
came_from_afar(const Movement *movement, unsigned i, double sign)
{
	for (unsigned k = i; k-- > movement->first;) {
		const double beyond_m = sign * (get_m(movement, k) - get_m(movement, i));

		if (beyond_m >= 0.0)
			return false;
		if (beyond_m <= -TURN_BACK_M)
			return true;
	}
	return true;
}

static bool
is_turning_point(const Movement *movement, unsigned i)
{
	return (comes_back(movement, i, 1.0) && came_from_afar(movement, i, 1.0)) ||
	       (comes_back(movement, i, -1.0) && came_from_afar(movement, i, -1.0));
}

/* ---- Passes ---- */

static void
add_pass(const Movement *movement, unsigned from, unsigned to, bool is_cut)
{
	const double from_m = get_m(movement, from), to_m = get_m(movement, to);
	unsigned start = to, end;
	RollEvent event;

	if (fabs(to_m - from_m) < PASS_LEAST_M)
		return;
	while (fabs(get_m(movement, start) - from_m) > NEAR_M)
		start--;
	end = start;
	while (fabs(get_m(movement, end) - to_m) > NEAR_M)
		end++;
	event = make_event(movement, start, end);
	event.kind = ROLL_EVENT_PASS;
	event.is_cut = is_cut;
	event.from_m = from_m;
	event.to_m = to_m;
	g_array_append_val(movement->events, event);
}

/* The passes of a stretch that ends at its instant to; what follows only tells turning points. */
static void
add_passes(const Movement *stretch, unsigned to, bool is_cut)
{
	unsigned from = stretch->first;

	for (unsigned i = stretch->first + 1; i <= to; i++) {
		if (!is_turning_point(stretch, i))
			continue;
		add_pass(stretch, from, i, false);
		from = i;
	}
	add_pass(stretch, from, to, is_cut);
}

/* ---- Holds ---- */

typedef struct {
	unsigned first, last;
	unsigned told; /* the instant at which it is 2 s old */
} Hold;

static bool
is_within_window(const Movement *movement, unsigned from, unsigned to)
{
	double low_m = get_m(movement, from), high_m = low_m;

	for (unsigned i = from + 1; i <= to; i++) {
		low_m = fmin(low_m, get_m(movement, i));
		high_m = fmax(high_m, get_m(movement, i));
		if (high_m - low_m > HOLD_WIDTH_M)
			return false;
	}
	return true;
}

/* The first hold of a movement: the longest stretch to either side. */
static bool
find_hold(const Movement *movement, Hold *ret_hold)
{
	unsigned first = movement->first;
	Hold hold;

	for (unsigned told = movement->first; told <= movement->last; told++) {
		while (!is_within_window(movement, first, told))
			first++;
		if (get_us(movement, told) - get_us(movement, first) < HOLD_LEAST_US)
			continue;
		hold = (Hold){.first = first, .last = told, .told = told};
		while (hold.last < movement->last &&
		       is_within_window(movement, first, hold.last + 1))
			hold.last++;
		*ret_hold = hold;
		return true;
	}
	return false;
}

static void
add_hold(const Movement *movement, const Hold *hold, bool is_cut)
{
	RollEvent event = make_event(movement, hold->first, hold->last);
	double sum = 0.0;

	for (unsigned i = hold->first + 1; i <= hold->last; i++)
		sum += 0.5 * (get_m(movement, i - 1) + get_m(movement, i)) *
		       (double)(get_us(movement, i) - get_us(movement, i - 1));
	event.kind = ROLL_EVENT_HOLD;
	event.is_cut = is_cut;
	event.from_m = event.to_m = sum / (double)(event.end_us - event.start_us);
	g_array_append_val(movement->events, event);
}

/* One loaded movement without silence. */
static void
add_loaded(Movement movement, bool is_cut)
{
	Hold hold;

	while (find_hold(&movement, &hold)) {
		const bool is_last = hold.last == movement.last;
		Movement before = movement;

		before.last = hold.told;
		add_passes(&before, hold.first, false);
		add_hold(&movement, &hold, is_last && is_cut);
		if (is_last)
			return;
		movement.first = hold.last + 1;
	}
	add_passes(&movement, movement.last, is_cut);
}

void
roll_reference_segment(const RollReferenceInstant *instants, unsigned n, GArray *events)
{
	unsigned i = 0;

	while (i < n) {
		Movement movement = {.instants = instants, .first = i, .last = i, .events = events};

		if (!instants[i].contact.is_loaded) {
			i++;
			continue;
		}
		while (movement.last + 1 < n && instants[movement.last + 1].contact.is_loaded &&
		       !instants[movement.last + 1].is_after_silence)
			movement.last++;
		i = movement.last + 1;
		add_loaded(movement, i < n && instants[i].is_after_silence);
	}
}
