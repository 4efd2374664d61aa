/* SPDX-License-Identifier: MIT
 *
 * What is seen ahead: when a pass counts as over before its last instants are fed, and that it is told once.
 */
#include "daemon/track/outlook.h"

#include <glib.h>
#include <math.h>

#define STEP_US 10000

typedef struct {
	RollSegment segment;
	int64_t t_us; /* of the last instant fed */
	double at_cm;
	unsigned n_passes;
	RollEvent last; /* pass told */
} Roll;

static void
keep(Roll *roll, const RollEvent *events, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		if (events[i].kind != ROLL_EVENT_PASS)
			continue;
		roll->n_passes++;
		roll->last = events[i];
	}
}

static void
feed(Roll *roll, bool is_loaded)
{
	RollEvent events[ROLL_SEGMENT_EVENTS_MAX];
	RollContact contact;

	roll->t_us += STEP_US;
	contact = (RollContact){
		.t_us = roll->t_us,
		.position_m = roll->at_cm * 0.01,
		.force = 100.0,
		.is_loaded = is_loaded,
	};
	keep(roll, events, roll_segment_feed(&roll->segment, &contact, events));
}

static void
go(Roll *roll, double to_cm, double seconds)
{
	const unsigned n = (unsigned)lround(seconds * 1e6 / STEP_US);
	const double from_cm = roll->at_cm;

	for (unsigned i = 1; i <= n; i++) {
		roll->at_cm = from_cm + (to_cm - from_cm) * i / n;
		feed(roll, true);
	}
}

/* Down 10 cm, from a place 2 cm and more away from which it began: a pass is under way, the direction known. */
static void
begin(Roll *roll)
{
	*roll = (Roll){.at_cm = 20.0};
	roll_segment_init(&roll->segment);
	go(roll, 10.0, 1.0);
	go(roll, 20.0, 1.0);
	g_assert_cmpuint(roll->n_passes, ==, 1);
}

/* Whether it is over by one instant ahead; then it is told. */
static bool
look(Roll *roll, double ahead_s, double to_cm, double slack_cm, bool is_loaded)
{
	const RollAhead ahead = {
		.contact = {.t_us = roll->t_us + (int64_t)(ahead_s * 1e6),
			    .position_m = to_cm * 0.01,
			    .is_loaded = is_loaded},
		.slack_m = slack_cm * 0.01,
	};
	RollOutlook outlook;
	RollEvent event;
	double reach_m;

	roll_outlook_begin(&outlook, &roll->segment);
	if (!roll_outlook_feed(&outlook, &ahead, &reach_m))
		return false;
	keep(roll, &event, roll_segment_foretell(&roll->segment, reach_m, &event));
	return true;
}

static void
assert_told(const Roll *roll, unsigned n, double from_cm, double to_cm)
{
	g_assert_cmpuint(roll->n_passes, ==, n);
	g_assert_cmpfloat_with_epsilon(roll->last.from_m, from_cm * 0.01, 1e-9);
	g_assert_cmpfloat_with_epsilon(roll->last.to_m, to_cm * 0.01, 1e-9);
}

/* 2 cm back, and as much more as the place may be off; it is not told again when the segmenter comes there. */
static void
test_turned(void)
{
	Roll roll;

	begin(&roll);
	go(&roll, 19.6, 0.1);
	g_assert_false(look(&roll, 0.1, 18.05, 0.0, true));
	g_assert_false(look(&roll, 0.1, 17.7, 0.4, true));
	g_assert_true(look(&roll, 0.1, 17.5, 0.4, true));
	assert_told(&roll, 2, 10.0, 20.0);
	g_assert_false(look(&roll, 0.1, 17.5, 0.4, true));
	go(&roll, 10.0, 1.0);
	g_assert_cmpuint(roll.n_passes, ==, 2);
	go(&roll, 20.0, 1.0);
	assert_told(&roll, 3, 20.0, 10.0);
}

/* While the smoothed instants still go on, the turning point may lie ahead, and no one knows where. */
static void
test_turning_point_ahead(void)
{
	Roll roll;

	begin(&roll);
	go(&roll, 19.8, 0.1);
	g_assert_false(look(&roll, 0.2, 17.0, 0.0, true));
}

/* It did not turn after all: the pass was told, shorter than it is, and stays one. */
static void
test_mistaken(void)
{
	Roll roll;

	begin(&roll);
	go(&roll, 19.6, 0.1);
	g_assert_true(look(&roll, 0.1, 17.5, 0.0, true));
	go(&roll, 30.0, 1.0);
	go(&roll, 20.0, 1.0);
	assert_told(&roll, 2, 10.0, 20.0);
	go(&roll, 30.0, 1.0);
	assert_told(&roll, 3, 30.0, 20.0);
}

/* Load gone: the pass ends where contact was; not while the way there is not fed, or its end is too unsure. */
static void
test_lifted(void)
{
	Roll roll;

	begin(&roll);
	g_assert_false(look(&roll, 0.1, 99.0, 0.4, false));
	g_assert_true(look(&roll, 0.1, 99.0, 0.1, false));
	assert_told(&roll, 2, 10.0, 20.0);
	feed(&roll, false);
	g_assert_cmpuint(roll.n_passes, ==, 2);
	/* The next stretch has nothing left of it. */
	feed(&roll, true);
	go(&roll, 10.0, 1.0);
	go(&roll, 20.0, 1.0);
	assert_told(&roll, 3, 20.0, 10.0);
}

/* Still moving when the load goes: the end of the pass is not fed yet. */
static void
test_lifted_on_the_way(void)
{
	Roll roll;
	RollOutlook outlook;
	RollAhead ahead = {.contact = {.is_loaded = true}};
	double reach_m;

	begin(&roll);
	ahead.contact.t_us = roll.t_us + STEP_US;
	ahead.contact.position_m = 0.21;
	roll_outlook_begin(&outlook, &roll.segment);
	g_assert_false(roll_outlook_feed(&outlook, &ahead, &reach_m));
	ahead.contact.is_loaded = false;
	g_assert_false(roll_outlook_feed(&outlook, &ahead, &reach_m));
	/* What follows is another stretch. */
	ahead.contact.is_loaded = true;
	ahead.contact.position_m = 0.10;
	g_assert_false(outlook.is_open);
	g_assert_false(roll_outlook_feed(&outlook, &ahead, &reach_m));
}

/* A hold 2 s old ends the stretch where it began, if its window holds the place for sure. */
static void
test_held(void)
{
	Roll roll;

	begin(&roll);
	go(&roll, 20.0, 1.8);
	/* It lasts since contact came within 1.5 cm, 0.15 s before it stopped. */
	g_assert_false(look(&roll, -0.2, 20.0, 0.0, true));
	g_assert_false(look(&roll, 0.1, 20.0, 0.4, true));
	g_assert_false(look(&roll, 0.1, 20.2, 0.0, true));
	g_assert_true(look(&roll, 0.1, 20.0, 0.0, true));
	g_assert_cmpuint(roll.n_passes, ==, 2);
	g_assert_cmpfloat_with_epsilon(roll.last.to_m, 0.185, 1e-9);
	go(&roll, 20.0, 3.0);
	g_assert_cmpuint(roll.n_passes, ==, 2);
	go(&roll, 10.0, 1.0);
	go(&roll, 20.0, 1.0);
	g_assert_cmpuint(roll.n_passes, ==, 3);
}

/* Before the first turning point, and while nothing is on it, there is no pass to tell. */
static void
test_nothing_open(void)
{
	Roll roll = {.at_cm = 20.0};

	roll_segment_init(&roll.segment);
	g_assert_false(look(&roll, 0.1, 10.0, 0.0, true));
	go(&roll, 20.5, 0.1);
	go(&roll, 20.0, 0.1);
	g_assert_false(look(&roll, 0.1, 10.0, 0.0, true));
}

/* Less than 3 cm is no pass, and telling it ahead takes nothing from what it may yet become. */
static void
test_too_short(void)
{
	Roll roll;
	RollEvent event;

	begin(&roll);
	g_assert_cmpuint(roll_segment_foretell(&roll.segment, 0.029, &event), ==, 0);
	go(&roll, 10.0, 1.0);
	assert_told(&roll, 2, 10.0, 20.0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/outlook/turned", test_turned);
	g_test_add_func("/outlook/turning-point-ahead", test_turning_point_ahead);
	g_test_add_func("/outlook/mistaken", test_mistaken);
	g_test_add_func("/outlook/lifted", test_lifted);
	g_test_add_func("/outlook/lifted-on-the-way", test_lifted_on_the_way);
	g_test_add_func("/outlook/held", test_held);
	g_test_add_func("/outlook/nothing-open", test_nothing_open);
	g_test_add_func("/outlook/too-short", test_too_short);
	return g_test_run();
}
