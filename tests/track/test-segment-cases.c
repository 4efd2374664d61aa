/* SPDX-License-Identifier: MIT
 *
 * Passes and holds by hand: one case for each line of their definition. Movements are straight, in
 * centimetres and seconds.
 */
#include "daemon/track/segment.h"

#include <glib.h>
#include <math.h>

enum { EVENTS_MAX = 16 };

typedef struct {
	RollSegment segment;
	int64_t step_us;
	int64_t t_us; /* of the last instant */
	double at_cm;
	double force;
	unsigned n;
	RollEvent events[EVENTS_MAX];
	int64_t told_us[EVENTS_MAX];
} Script;

static void
keep(Script *script, const RollEvent *events, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		g_assert_cmpuint(script->n, <, EVENTS_MAX);
		script->told_us[script->n] = script->t_us;
		script->events[script->n++] = events[i];
	}
}

static void
feed(Script *script, bool is_loaded)
{
	RollEvent events[ROLL_SEGMENT_EVENTS_MAX];
	RollContact contact;

	script->t_us += script->step_us;
	contact = (RollContact){
		.t_us = script->t_us,
		.position_m = script->at_cm * 0.01,
		.force = script->force,
		.is_loaded = is_loaded,
	};
	keep(script, events, roll_segment_feed(&script->segment, &contact, events));
}

/* Contact begins there. */
static void
open_script(Script *script, double at_cm)
{
	*script = (Script){.step_us = 10000, .at_cm = at_cm, .force = 100.0};
	roll_segment_init(&script->segment);
	feed(script, true);
}

/* Straight to a place, in so long. */
static void
go(Script *script, double to_cm, double seconds)
{
	const unsigned n = (unsigned)lround(seconds * 1e6 / (double)script->step_us);
	const double from_cm = script->at_cm;

	for (unsigned i = 1; i <= n; i++) {
		script->at_cm = from_cm + (to_cm - from_cm) * i / n;
		feed(script, true);
	}
}

static void
stay(Script *script, double seconds)
{
	go(script, script->at_cm, seconds);
}

static void
lift(Script *script, double seconds)
{
	const unsigned n = (unsigned)lround(seconds * 1e6 / (double)script->step_us);

	for (unsigned i = 0; i < n; i++)
		feed(script, false);
}

static void
end(Script *script, bool is_cut)
{
	RollEvent events[ROLL_SEGMENT_EVENTS_MAX];

	keep(script, events, roll_segment_end(&script->segment, is_cut, events));
}

static void
assert_pass(const Script *script, unsigned i, double from_cm, double to_cm)
{
	g_assert_cmpuint(i, <, script->n);
	g_assert_cmpint(script->events[i].kind, ==, ROLL_EVENT_PASS);
	g_assert_cmpfloat_with_epsilon(script->events[i].from_m * 100.0, from_cm, 1e-6);
	g_assert_cmpfloat_with_epsilon(script->events[i].to_m * 100.0, to_cm, 1e-6);
}

static void
assert_hold(const Script *script, unsigned i, double at_cm)
{
	g_assert_cmpuint(i, <, script->n);
	g_assert_cmpint(script->events[i].kind, ==, ROLL_EVENT_HOLD);
	g_assert_cmpfloat_with_epsilon(script->events[i].from_m * 100.0, at_cm, 0.05);
	g_assert_cmpfloat(script->events[i].from_m, ==, script->events[i].to_m);
}

static void
assert_times(const Script *script, unsigned i, double start_s, double end_s)
{
	g_assert_cmpfloat_with_epsilon((double)script->events[i].start_us * 1e-6, start_s, 0.0101);
	g_assert_cmpfloat_with_epsilon((double)script->events[i].end_us * 1e-6, end_s, 0.0101);
}

/* ---- Turning points and passes ---- */

static void
test_wiggle(void)
{
	Script script;

	open_script(&script, 10.0);
	go(&script, 20.0, 1.0);
	go(&script, 18.05, 0.3); /* comes back by 1.95 cm: ends nothing */
	go(&script, 26.0, 1.0);
	g_assert_cmpuint(script.n, ==, 0);
	lift(&script, 0.01);
	g_assert_cmpuint(script.n, ==, 1);
	assert_pass(&script, 0, 10.0, 26.0);
}

static void
test_turning_point(void)
{
	Script script;

	open_script(&script, 10.0);
	go(&script, 20.0, 1.0);
	go(&script, 17.95, 0.3); /* 2.05 cm */
	g_assert_cmpuint(script.n, ==, 1);
	go(&script, 26.0, 1.0);
	lift(&script, 0.01);
	g_assert_cmpuint(script.n, ==, 2);
	assert_pass(&script, 0, 10.0, 20.0);
	/* The way back was no pass: shorter than 3 cm. But it was a way. */
	assert_pass(&script, 1, 17.95, 26.0);
}

static void
test_shortest_pass(void)
{
	Script script;

	open_script(&script, 10.0);
	go(&script, 12.95, 0.5);
	go(&script, 9.9, 0.5); /* 2.95 cm there, 3.05 back */
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 1);
	assert_pass(&script, 0, 12.95, 9.9);
}

/* A stretch that begins with a little way back: its lowest place is a turning point. */
static void
test_first_turning_point(void)
{
	Script script;

	open_script(&script, 10.0);
	go(&script, 8.8, 0.3);
	go(&script, 20.0, 1.0);
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 1);
	assert_pass(&script, 0, 8.8, 20.0);
}

/* It ends where contact was last, not where it was farthest. */
static void
test_end_of_stretch(void)
{
	Script script;

	open_script(&script, 10.0);
	go(&script, 20.0, 1.0);
	go(&script, 18.5, 0.3);
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 1);
	assert_pass(&script, 0, 10.0, 18.5);
	/* Contact elsewhere is no way there. */
	script.at_cm = 30.0;
	stay(&script, 1.0);
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 1);
}

/* Pauses at the ends, up to 0.5 cm off, are not part of a pass. */
static void
test_times_of_a_pass(void)
{
	Script script;

	open_script(&script, 10.0);
	stay(&script, 1.5);
	go(&script, 30.0, 2.0); /* 10 cm/s: 0.05 s for 0.5 cm */
	stay(&script, 1.5);
	go(&script, 10.0, 2.0);
	stay(&script, 1.0);
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 2);
	assert_pass(&script, 0, 10.0, 30.0);
	assert_times(&script, 0, 1.5 + 0.05, 3.5 - 0.05);
	assert_pass(&script, 1, 30.0, 10.0);
	assert_times(&script, 1, 5.0 + 0.05, 7.0 - 0.05);
	g_assert_false(script.events[0].is_cut);
}

static void
test_forces(void)
{
	Script script;

	open_script(&script, 10.0);
	script.force = 500.0; /* in the pause before: not of the pass */
	stay(&script, 1.0);
	script.force = 200.0;
	go(&script, 20.0, 1.0);
	script.force = 300.0;
	go(&script, 30.0, 1.0);
	script.force = 500.0;
	stay(&script, 1.0);
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 1);
	g_assert_cmpfloat_with_epsilon(script.events[0].mean_force, 250.0, 3.0);
	g_assert_cmpfloat(script.events[0].peak_force, ==, 300.0);
}

static void
test_without_force(void)
{
	Script script;

	open_script(&script, 10.0);
	script.force = NAN;
	go(&script, 30.0, 1.0);
	stay(&script, 3.0);
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 2);
	assert_pass(&script, 0, 10.0, 28.5); /* the hold begins there */
	g_assert_true(isnan(script.events[0].mean_force));
	g_assert_true(isnan(script.events[1].mean_force));
}

/* ---- Holds ---- */

static void
test_shortest_hold(void)
{
	Script script;

	open_script(&script, 10.0);
	stay(&script, 1.98);
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 0);
	stay(&script, 2.02);
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 1);
	assert_hold(&script, 0, 10.0);
}

static void
test_widest_hold(void)
{
	for (unsigned is_wide = 0; is_wide < 2; is_wide++) {
		Script script;

		open_script(&script, 10.0);
		for (unsigned i = 0; i < 10; i++) {
			go(&script, 10.0 + (is_wide ? 1.6 : 1.4), 0.5);
			go(&script, 10.0, 0.5);
		}
		lift(&script, 0.1);
		g_assert_cmpuint(script.n, ==, is_wide ? 0 : 1);
		if (!is_wide)
			assert_hold(&script, 0, 10.7);
	}
}

/* A hold parts the passes before it from those after it, also where they go the same way. */
static void
test_hold_between_passes(void)
{
	Script script;

	open_script(&script, 10.0);
	go(&script, 20.0, 0.7);
	stay(&script, 3.0);
	go(&script, 30.0, 1.0);
	go(&script, 10.0, 1.0);
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 4);
	/* The window of the hold takes in 1.5 cm which lie before it here. */
	assert_pass(&script, 0, 10.0, 18.5);
	assert_hold(&script, 1, 20.0);
	assert_times(&script, 1, 0.61, 3.71);
	assert_pass(&script, 2, 20.0, 30.0);
	assert_pass(&script, 3, 30.0, 10.0);
}

/* One after the other, 3 cm apart: two holds. */
static void
test_two_holds(void)
{
	Script script;

	open_script(&script, 10.0);
	stay(&script, 3.0);
	go(&script, 13.0, 0.2);
	stay(&script, 3.0);
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 2);
	assert_hold(&script, 0, 10.0);
	assert_hold(&script, 1, 13.0);
	g_assert_cmpint(script.events[1].start_us, >=, script.events[0].end_us);
}

static void
test_hold_at_high_rate(void)
{
	Script script;

	open_script(&script, 10.0);
	script.step_us = 2500;
	go(&script, 20.0, 1.0);
	stay(&script, 60.0);
	go(&script, 10.0, 1.0);
	lift(&script, 0.1);
	g_assert_cmpuint(script.n, ==, 3);
	assert_hold(&script, 1, 20.0);
	assert_times(&script, 1, 0.86, 61.16); /* 1.5 cm before and after are of it */
}

/* ---- When it is told ---- */

static void
test_latency(void)
{
	Script script;

	open_script(&script, 10.0);
	go(&script, 30.0, 1.0);
	go(&script, 20.0, 1.0); /* 2 cm back after 0.2 s, at 1.21 s */
	g_assert_cmpuint(script.n, ==, 1);
	g_assert_cmpint(script.told_us[0], <=, 1220000);
	stay(&script, 3.0); /* the hold began at 1.86 s */
	g_assert_cmpuint(script.n, ==, 2);
	g_assert_cmpint(script.told_us[1], <=, 3880000);
	go(&script, 10.0,
	   1.0); /* its window is left with the first step down, 1.5 cm having been above */
	g_assert_cmpuint(script.n, ==, 3);
	g_assert_cmpint(script.told_us[2], <=, 5030000);
	lift(&script, 0.01);
	g_assert_cmpuint(script.n, ==, 4);
	g_assert_cmpint(script.told_us[3], <=, 6020000);
}

/* ---- Silence ---- */

static void
test_cut(void)
{
	Script script;

	open_script(&script, 10.0);
	go(&script, 20.0, 1.0);
	end(&script, true);
	g_assert_cmpuint(script.n, ==, 1);
	assert_pass(&script, 0, 10.0, 20.0);
	g_assert_true(script.events[0].is_cut);
	assert_times(&script, 0, 0.05, 0.95);
	/* What comes after begins anew: 2.5 cm more are no pass, nor is a second more a hold. */
	script.t_us += 3000000;
	go(&script, 22.5, 0.25);
	stay(&script, 1.5);
	end(&script, true);
	g_assert_cmpuint(script.n, ==, 1);
	script.t_us += 3000000;
	stay(&script, 2.5);
	end(&script, true);
	g_assert_cmpuint(script.n, ==, 2);
	assert_hold(&script, 1, 22.5);
	g_assert_true(script.events[1].is_cut);
}

static void
test_end_twice(void)
{
	Script script;

	open_script(&script, 10.0);
	end(&script, false);
	lift(&script, 1.0);
	end(&script, true);
	g_assert_cmpuint(script.n, ==, 0);
	go(&script, 20.0, 1.0);
	end(&script, false);
	end(&script, true);
	g_assert_cmpuint(script.n, ==, 1);
	g_assert_false(script.events[0].is_cut);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/segment/wiggle", test_wiggle);
	g_test_add_func("/segment/turning-point", test_turning_point);
	g_test_add_func("/segment/shortest-pass", test_shortest_pass);
	g_test_add_func("/segment/first-turning-point", test_first_turning_point);
	g_test_add_func("/segment/end-of-stretch", test_end_of_stretch);
	g_test_add_func("/segment/times-of-a-pass", test_times_of_a_pass);
	g_test_add_func("/segment/forces", test_forces);
	g_test_add_func("/segment/without-force", test_without_force);
	g_test_add_func("/segment/shortest-hold", test_shortest_hold);
	g_test_add_func("/segment/widest-hold", test_widest_hold);
	g_test_add_func("/segment/hold-between-passes", test_hold_between_passes);
	g_test_add_func("/segment/two-holds", test_two_holds);
	g_test_add_func("/segment/hold-at-high-rate", test_hold_at_high_rate);
	g_test_add_func("/segment/latency", test_latency);
	g_test_add_func("/segment/cut", test_cut);
	g_test_add_func("/segment/end-twice", test_end_twice);
	return g_test_run();
}
