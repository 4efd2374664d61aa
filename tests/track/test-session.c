/* SPDX-License-Identifier: MIT
 *
 * The sums of a session over zones, slices and sides.
 */
#include "daemon/track/session.h"

#include <glib.h>
#include <math.h>

static void
open_session(RollSession *session)
{
	RollTrackSettings settings;

	roll_track_settings_init(&settings);
	roll_session_init(session, &settings);
}

static RollStep
make_step(int64_t t_us, double position_m)
{
	return (RollStep){
		.t_us = t_us,
		.step_s = 0.01,
		.position_m = position_m,
		.force = 300.0,
		.travel_m = 0.001,
		.speed_mps = 0.1,
		.side = ROLL_SIDE_CENTRE,
	};
}

static double
add_up(const RollSum *sums, unsigned n)
{
	double loaded_s = 0.0;

	for (unsigned i = 0; i < n; i++)
		loaded_s += sums[i].loaded_s;
	return loaded_s;
}

static void
test_empty(void)
{
	static RollSession session;
	static const RollSummary nothing;

	open_session(&session);
	g_assert_cmpmem(&session.summary, sizeof(nothing), &nothing, sizeof(nothing));
}

/* Wherever contact was, zones, slices and sides each add up to the loaded time. */
static void
test_add_up(void)
{
	static RollSession session;
	g_autoptr(GRand) rand = g_rand_new_with_seed(60);
	const RollSummary *summary = &session.summary;
	double side_s = 0.0;

	open_session(&session);
	for (unsigned i = 0; i < 100000; i++) {
		RollStep step = make_step(i * 10000, g_rand_double_range(rand, -0.6, 0.98));

		step.step_s = g_rand_double_range(rand, 0.0, 0.02);
		step.side = (RollSide)g_rand_int_range(rand, 0, ROLL_SIDES);
		roll_session_add_step(&session, &step);
	}
	for (unsigned i = 0; i < ROLL_SIDES; i++)
		side_s += summary->side_s[i];
	g_assert_cmpfloat_with_epsilon(summary->loaded_s, 1000.0, 5.0);
	g_assert_cmpfloat_with_epsilon(side_s, summary->loaded_s, 1e-6);
	g_assert_cmpfloat_with_epsilon(add_up(summary->slices, ROLL_SLICES_MAX), summary->loaded_s,
				       1e-6);
	g_assert_cmpfloat_with_epsilon(add_up(summary->zones, session.settings.n_zones),
				       summary->loaded_s, 1e-6);
}

/* [from, to): the boundary itself belongs to the zone that begins there. */
static void
test_zone_boundaries(void)
{
	static RollSession session;

	open_session(&session);
	for (unsigned i = 0; i < session.settings.n_zones; i++) {
		const RollZone *zone = &session.settings.zones[i];
		const double places_m[] = {zone->from_m, 0.5 * (zone->from_m + zone->to_m),
					   nextafter(zone->to_m, -1.0)};

		for (unsigned k = 0; k < G_N_ELEMENTS(places_m); k++) {
			const RollStep step = make_step(1, places_m[k]);

			roll_session_add_step(&session, &step);
		}
		g_assert_cmpfloat_with_epsilon(session.summary.zones[i].loaded_s, 0.03, 1e-12);
	}
}

/* Zones with a hole between them: what lies there is of no zone, but loaded. */
static void
test_outside_zones(void)
{
	static RollSession session;
	const double places_m[] = {0.05, 0.15, 0.25, 0.9, -0.1};

	open_session(&session);
	session.settings.n_zones = 2;
	session.settings.zones[0] = (RollZone){.name = "a", .from_m = 0.0, .to_m = 0.1};
	session.settings.zones[1] = (RollZone){.name = "b", .from_m = 0.2, .to_m = 0.3};
	for (unsigned i = 0; i < G_N_ELEMENTS(places_m); i++) {
		const RollStep step = make_step(i, places_m[i]);

		roll_session_add_step(&session, &step);
	}
	g_assert_cmpfloat_with_epsilon(session.summary.loaded_s, 0.05, 1e-12);
	g_assert_cmpfloat_with_epsilon(session.summary.zones[0].loaded_s, 0.01, 1e-12);
	g_assert_cmpfloat_with_epsilon(session.summary.zones[1].loaded_s, 0.01, 1e-12);
}

static void
test_slices(void)
{
	static RollSession session;
	const RollSum *slices = session.summary.slices;
	const struct {
		double position_m;
		unsigned slice;
	} places[] = {
		{-0.2999, 0},
		{-5.0, 0},
		{0.0001, 60},
		{0.0049, 60},
		{0.0051, 61},
		{0.4321, 146},
		{7.0, ROLL_SLICES_MAX - 1},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(places); i++) {
		const RollStep step = make_step(1, places[i].position_m);

		open_session(&session);
		roll_session_add_step(&session, &step);
		g_assert_cmpfloat_with_epsilon(slices[places[i].slice].loaded_s, 0.01, 1e-12);
		g_assert_cmpfloat_with_epsilon(add_up(slices, ROLL_SLICES_MAX), 0.01, 1e-12);
	}
}

static void
test_sum(void)
{
	static RollSession session;
	const RollSum *sum = &session.summary.slices[90]; /* 15.0..15.5 cm */
	RollStep step = make_step(1000000, 0.152);

	open_session(&session);
	roll_session_add_step(&session, &step);
	step.t_us += 10000;
	step.force = 500.0;
	roll_session_add_step(&session, &step);
	/* At rest: loaded, but no travel. */
	step.t_us += 10000;
	step.speed_mps = 0.009;
	step.force = 100.0;
	roll_session_add_step(&session, &step);
	g_assert_cmpfloat_with_epsilon(sum->loaded_s, 0.03, 1e-12);
	g_assert_cmpfloat_with_epsilon(sum->force_s, 9.0, 1e-9);
	g_assert_cmpfloat(sum->peak_force, ==, 500.0);
	g_assert_cmpfloat_with_epsilon(sum->moving_s, 0.02, 1e-12);
	g_assert_cmpfloat_with_epsilon(sum->travel_m, 0.002, 1e-12);
}

/* Without force there is time, and no force. */
static void
test_without_force(void)
{
	static RollSession session;
	RollStep step = make_step(1000000, 0.152);

	open_session(&session);
	step.force = NAN;
	roll_session_add_step(&session, &step);
	g_assert_cmpfloat_with_epsilon(session.summary.loaded_s, 0.01, 1e-12);
	g_assert_cmpfloat(session.summary.slices[90].force_s, ==, 0.0);
	g_assert_cmpfloat(session.summary.slices[90].peak_force, ==, 0.0);
}

/* The first instant begins it, with no time; then from the first loaded instant to the last. */
static void
test_begin(void)
{
	static RollSession session;
	RollStep step = make_step(5000000, 0.1);

	open_session(&session);
	step.step_s = 0.0;
	roll_session_add_step(&session, &step);
	g_assert_true(session.summary.has_begun);
	g_assert_cmpfloat(session.summary.loaded_s, ==, 0.0);
	step = make_step(5010000, 0.1);
	roll_session_add_step(&session, &step);
	g_assert_cmpint(session.first_us, ==, 5000000);
	g_assert_cmpint(session.last_us, ==, 5010000);
}

static void
test_events(void)
{
	static RollSession session;
	const RollEventKind kinds[] = {ROLL_EVENT_PASS, ROLL_EVENT_HOLD, ROLL_EVENT_GAP,
				       ROLL_EVENT_MARK};

	open_session(&session);
	for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
		const RollEvent event = {.kind = kinds[i]};

		for (unsigned k = 0; k <= i; k++)
			roll_session_add_event(&session, &event);
	}
	g_assert_cmpuint(session.summary.n_passes, ==, 1);
	g_assert_cmpuint(session.summary.n_holds, ==, 2);
	g_assert_cmpuint(session.summary.n_gaps, ==, 3);
	g_assert_cmpuint(session.summary.n_marks, ==, 4);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/session/empty", test_empty);
	g_test_add_func("/session/add-up", test_add_up);
	g_test_add_func("/session/zone-boundaries", test_zone_boundaries);
	g_test_add_func("/session/outside-zones", test_outside_zones);
	g_test_add_func("/session/slices", test_slices);
	g_test_add_func("/session/sum", test_sum);
	g_test_add_func("/session/without-force", test_without_force);
	g_test_add_func("/session/begin", test_begin);
	g_test_add_func("/session/events", test_events);
	return g_test_run();
}
