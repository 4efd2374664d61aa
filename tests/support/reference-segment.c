/* SPDX-License-Identifier: MIT */
#include "tests/support/reference-segment.h"

#include <math.h>

#define NEAR_M 0.005
#define TURN_BACK_M 0.020
#define PASS_LEAST_M 0.030
#define HOLD_WIDTH_M 0.015
#define HOLD_LEAST_US 2000000

/* Lengths that differ by less are the same: rounding, m. */
#define ALIKE_M 1e-9

/* Instants first..last of the movement, both included. */
typedef struct {
	GArray *instants; /* of RollReferenceInstant */
	unsigned first, last;
	double leave_m; /* a hold that would become wider than this is left */
	GArray *events;
} Movement;

static const RollContact *
get(const Movement *movement, unsigned i)
{
	return &g_array_index(movement->instants, RollReferenceInstant, i).contact;
}

static double
get_m(const Movement *movement, unsigned i)
{
	return get(movement, i)->position_m;
}

static int64_t
get_us(const Movement *movement, unsigned i)
{
	return get(movement, i)->t_us;
}

static double
get_force(const Movement *movement, unsigned i)
{
	return get(movement, i)->force;
}

/* ---- The way between instants, which is straight ---- */

/* At a time from instant i - 1 to instant i. */
static double
get_between_m(const Movement *movement, unsigned i, int64_t t_us)
{
	const double share = (double)(t_us - get_us(movement, i - 1)) /
			     (double)(get_us(movement, i) - get_us(movement, i - 1));

	return get_m(movement, i - 1) + share * (get_m(movement, i) - get_m(movement, i - 1));
}

/* When contact was at a place on the way from instant i - 1 to instant i. */
static int64_t
get_between_us(const Movement *movement, unsigned i, double at_m)
{
	const double whole_m = get_m(movement, i) - get_m(movement, i - 1);
	const double share = (at_m - get_m(movement, i - 1)) / whole_m;

	return get_us(movement, i - 1) +
	       llround(share * (double)(get_us(movement, i) - get_us(movement, i - 1)));
}

/* Puts an instant of the way in before instant i. That changes no movement. */
static void
put_in(Movement *movement, unsigned i, int64_t t_us, double at_m)
{
	const RollContact *before = get(movement, i - 1), *after = get(movement, i);
	const double share = (double)(t_us - before->t_us) / (double)(after->t_us - before->t_us);
	const RollReferenceInstant instant = {
		.contact = {.t_us = t_us,
			    .position_m = at_m,
			    .force = before->force + share * (after->force - before->force),
			    .is_loaded = true}};

	g_array_insert_val(movement->instants, i, instant);
	movement->last++;
}

static void
put_place_in(Movement *movement, unsigned i, double at_m)
{
	put_in(movement, i, get_between_us(movement, i, at_m), at_m);
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
	const double sign = to_m > from_m ? 1.0 : -1.0;
	g_autoptr(GArray) instants = g_array_new(FALSE, FALSE, sizeof(RollReferenceInstant));
	Movement way = {.instants = instants, .last = to - from};
	unsigned start = to - from, end;
	RollEvent event;

	if (fabs(to_m - from_m) < PASS_LEAST_M)
		return;
	g_array_append_vals(instants,
			    &g_array_index(movement->instants, RollReferenceInstant, from),
			    to - from + 1);
	while (fabs(get_m(&way, start - 1) - from_m) > NEAR_M)
		start--;
	put_place_in(&way, start, from_m + sign * NEAR_M);
	end = start + 1;
	while (fabs(get_m(&way, end) - to_m) > NEAR_M)
		end++;
	put_place_in(&way, end, to_m - sign * NEAR_M);
	event = make_event(&way, start, end);
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
	unsigned
		before; /* the last instant at which it is not yet known for one, or the first at which it is */
} Hold;

/* The longest way up to an instant that stays within the window. */
typedef struct {
	unsigned first;	 /* its first instant */
	bool is_between; /* it begins between that and the one before */
	double begin_m;
	int64_t begin_us;
	double low_m, high_m;
} Run;

/* A range that takes in one more place; whether it is still within the width. */
static bool
widen(Run *run, double at_m, double width_m)
{
	const double low_m = fmin(run->low_m, at_m), high_m = fmax(run->high_m, at_m);

	if (high_m - low_m > width_m)
		return false;
	run->low_m = low_m;
	run->high_m = high_m;
	return true;
}

/* Where contact is when it leaves the range on the way to a place beyond. */
static double
get_edge_m(const Run *run, double beyond_m)
{
	return beyond_m > run->high_m ? run->low_m + HOLD_WIDTH_M : run->high_m - HOLD_WIDTH_M;
}

static Run
find_run(const Movement *movement, unsigned i)
{
	const double at_m = get_m(movement, i);
	Run run = {.first = i, .low_m = at_m, .high_m = at_m};

	while (run.first > movement->first &&
	       widen(&run, get_m(movement, run.first - 1), HOLD_WIDTH_M + ALIKE_M))
		run.first--;
	run.begin_m = get_m(movement, run.first);
	run.begin_us = get_us(movement, run.first);
	if (run.first == movement->first)
		return run;
	run.is_between = true;
	run.begin_m = get_edge_m(&run, get_m(movement, run.first - 1));
	run.begin_us = get_between_us(movement, run.first, run.begin_m);
	widen(&run, run.begin_m, HOLD_WIDTH_M + ALIKE_M);
	return run;
}

/* Does the run up to the instant before i become old enough on the way to i? Then that instant is put in before i. */
static bool
is_due(Movement *movement, const Run *run, unsigned i)
{
	const int64_t due_us = run->begin_us + HOLD_LEAST_US;
	Run longer = *run;
	double due_m;

	if (due_us <= get_us(movement, i - 1) || due_us > get_us(movement, i))
		return false;
	due_m = get_between_m(movement, i, due_us);
	if (!widen(&longer, due_m, movement->leave_m))
		return false;
	put_in(movement, i, due_us, due_m);
	return true;
}

/* The run is a hold: as far as it goes, from instant i on, which is known to follow. */
static Hold
follow(Movement *movement, Run *run, unsigned i)
{
	Hold hold = {.first = run->first, .before = i - 1};
	double edge_m;

	if (run->is_between) {
		put_in(movement, run->first, run->begin_us, run->begin_m);
		hold.before++;
		i++;
	}
	while (i <= movement->last && widen(run, get_m(movement, i), movement->leave_m))
		i++;
	hold.last = i - 1;
	if (i > movement->last)
		return hold;
	edge_m = get_edge_m(run, get_m(movement, i));
	/* By slack it may have left already. */
	if ((get_m(movement, i) - edge_m) * (edge_m - get_m(movement, i - 1)) <= 0.0)
		return hold;
	put_place_in(movement, i, edge_m);
	hold.last = i;
	return hold;
}

/* The first hold of a movement: the longest stretch to either side. */
static bool
find_hold(Movement *movement, Hold *ret_hold)
{
	Run run = find_run(movement, movement->first);

	for (unsigned i = movement->first + 1; i <= movement->last; i++) {
		if (is_due(movement, &run, i)) {
			*ret_hold = follow(movement, &run, i);
			return true;
		}
		run = find_run(movement, i);
		if (get_us(movement, i) - run.begin_us >= HOLD_LEAST_US) {
			*ret_hold = follow(movement, &run, i + 1);
			return true;
		}
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

		before.last = hold.before;
		add_passes(&before, hold.first, false);
		add_hold(&movement, &hold, is_last && is_cut);
		if (is_last)
			return;
		movement.first = hold.last;
	}
	add_passes(&movement, movement.last, is_cut);
}

void
roll_reference_segment(const RollReferenceInstant *instants, unsigned n, double slack_m,
		       GArray *events)
{
	unsigned i = 0;

	while (i < n) {
		g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(RollReferenceInstant));
		Movement movement = {
			.instants = own,
			.leave_m = HOLD_WIDTH_M + fmax(slack_m, ALIKE_M),
			.events = events,
		};

		if (!instants[i].contact.is_loaded) {
			i++;
			continue;
		}
		do
			g_array_append_val(own, instants[i++]);
		while (i < n && instants[i].contact.is_loaded && !instants[i].is_after_silence);
		movement.last = own->len - 1;
		add_loaded(movement, i < n && instants[i].is_after_silence);
	}
}
