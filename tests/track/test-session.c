/* SPDX-License-Identifier: MIT
 *
 * The sums of a session over zones, slices and sides.
 */
#include "daemon/track/session.h"

#include <glib.h>
#include <math.h>

/* The slice of a place. */
#define FIND(at_m) (unsigned)(((at_m)-ROLL_SLICE_FIRST_M) / ROLL_SLICE_M)

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

/* ---- Places that are told elsewhere ---- */

static RollSession *
make_rolled(double from_m, double to_m, double force)
{
	RollSession *session = g_new(RollSession, 1);

	open_session(session);
	for (double at_m = from_m; at_m < to_m; at_m += 0.001) {
		RollStep step = make_step(1, at_m);

		step.force = force;
		roll_session_add_step(session, &step);
	}
	return session;
}

static RollSum
add_up_whole(const RollSum *sums, unsigned n)
{
	RollSum all = {0};

	for (unsigned i = 0; i < n; i++) {
		all.loaded_s += sums[i].loaded_s;
		all.force_s += sums[i].force_s;
		all.moving_s += sums[i].moving_s;
		all.travel_m += sums[i].travel_m;
		all.peak_force = MAX(all.peak_force, sums[i].peak_force);
	}
	return all;
}

static void
assert_sum(const RollSum *one, const RollSum *other, double tolerance)
{
	g_assert_cmpfloat_with_epsilon(one->loaded_s, other->loaded_s, tolerance);
	g_assert_cmpfloat_with_epsilon(one->moving_s, other->moving_s, tolerance);
	g_assert_cmpfloat_with_epsilon(one->travel_m, other->travel_m, tolerance);
	g_assert_cmpfloat_with_epsilon(one->force_s, other->force_s, 1000.0 * tolerance);
	g_assert_cmpfloat(one->peak_force, ==, other->peak_force);
}

static void
assert_alike_in_all(const RollSummary *one, const RollSummary *other)
{
	const RollSum slices = add_up_whole(one->slices, ROLL_SLICES_MAX);
	const RollSum other_slices = add_up_whole(other->slices, ROLL_SLICES_MAX);
	const RollSum zones = add_up_whole(one->zones, ROLL_ZONES_MAX);
	const RollSum other_zones = add_up_whole(other->zones, ROLL_ZONES_MAX);

	g_assert_cmpfloat(one->loaded_s, ==, other->loaded_s);
	assert_sum(&slices, &other_slices, 1e-9);
	assert_sum(&zones, &other_zones, 1e-9);
}

/* Moved by whole slices, each slice tells what it would have, had it been told so from the first. */
static void
test_shift(void)
{
	for (int slices = -20; slices <= 20; slices++) {
		const double by_m = slices * ROLL_SLICE_M;
		g_autofree RollSession *session = make_rolled(0.1505, 0.25, 300.0);
		g_autofree RollSession *right = make_rolled(0.1505 + by_m, 0.25 + by_m, 300.0);

		roll_session_shift(session, by_m);
		/* What is moved is known to 2 mm: that much of it at either end of a slice or zone. */
		for (unsigned i = 0; i < ROLL_SLICES_MAX; i++)
			g_assert_cmpfloat_with_epsilon(session->summary.slices[i].loaded_s,
						       right->summary.slices[i].loaded_s, 0.0201);
		for (unsigned i = 0; i < session->settings.n_zones; i++)
			g_assert_cmpfloat_with_epsilon(session->summary.zones[i].loaded_s,
						       right->summary.zones[i].loaded_s, 0.0201);
		assert_alike_in_all(&session->summary, &right->summary);
	}
}

/* What was settled stays, whatever is moved then; and so does all that is of no place. */
static void
test_shift_since(void)
{
	g_autofree RollSession *session = make_rolled(0.1505, 0.25, 500.0);
	g_autofree RollSession *settled = NULL;
	RollSummary *summary = &session->summary;
	RollStep step = make_step(2, 0.4025);

	roll_session_settle(session);
	roll_session_shift(session, 0.05);
	settled = g_memdup2(session, sizeof(*session));
	for (unsigned i = 0; i < 10; i++)
		roll_session_add_step(session, &step);
	for (int by_cm = -30; by_cm <= 30; by_cm += 6) {
		RollSum moved = {0};

		roll_session_shift(session, by_cm * 0.01);
		for (unsigned i = 0; i < ROLL_SLICES_MAX; i++)
			moved.loaded_s +=
				summary->slices[i].loaded_s - settled->summary.slices[i].loaded_s;
		g_assert_cmpfloat_with_epsilon(moved.loaded_s, 0.1, 1e-9);
		for (unsigned i = 0; i < ROLL_SLICES_MAX; i++)
			g_assert_cmpfloat(summary->slices[i].loaded_s, >=,
					  settled->summary.slices[i].loaded_s);
		g_assert_cmpfloat_with_epsilon(
			summary->slices[FIND(0.4025 + by_cm * 0.01)].loaded_s,
			settled->summary.slices[FIND(0.4025 + by_cm * 0.01)].loaded_s + 0.1, 1e-9);
		roll_session_shift(session, by_cm * -0.01);
	}
	g_assert_cmpfloat_with_epsilon(summary->loaded_s, settled->summary.loaded_s + 0.1, 1e-9);
	g_assert_cmpint(session->last_us, ==, 2);
}

/* There and back: all sums are as after the first move of nothing; and they add up in between. */
static void
test_shift_there_and_back(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(61);
	g_autofree RollSession *session = make_rolled(0.05, 0.35, 300.0);
	g_autofree RollSession *before = NULL;
	RollSummary *summary = &session->summary;

	roll_session_settle(session);
	for (unsigned i = 0; i < 5000; i++) {
		RollStep step = make_step(2, g_rand_double_range(rand, 0.15, 0.25));

		step.force = g_rand_double_range(rand, 100.0, 900.0);
		step.speed_mps = g_rand_double_range(rand, 0.0, 0.05);
		roll_session_add_step(session, &step);
	}
	roll_session_shift(session, 0.0);
	before = g_memdup2(session, sizeof(*session));
	for (unsigned i = 0; i < 200; i++) {
		const double by_m = g_rand_int_range(rand, -60, 61) * ROLL_FINE_M;
		RollSum all;

		roll_session_shift(session, by_m);
		all = add_up_whole(summary->slices, ROLL_SLICES_MAX);
		g_assert_cmpfloat_with_epsilon(all.loaded_s, summary->loaded_s, 1e-6);
		all = add_up_whole(summary->zones, session->settings.n_zones);
		g_assert_cmpfloat_with_epsilon(all.loaded_s, summary->loaded_s, 1e-6);
		roll_session_shift(session, -by_m);
		for (unsigned k = 0; k < ROLL_SLICES_MAX; k++)
			assert_sum(&summary->slices[k], &before->summary.slices[k], 1e-9);
		for (unsigned k = 0; k < session->settings.n_zones; k++)
			assert_sum(&summary->zones[k], &before->summary.zones[k], 1e-9);
	}
}

/* A peak goes along with its place, and leaves behind what was settled there. */
static void
test_shift_peaks(void)
{
	static RollSession session;
	const RollSum *slices = session.summary.slices;
	RollStep step = make_step(1, 0.1025);
	unsigned zone;

	open_session(&session);
	roll_session_add_step(&session, &step);
	zone = session.zone;
	roll_session_settle(&session);
	step.force = 900.0;
	roll_session_add_step(&session, &step);
	g_assert_cmpfloat(slices[FIND(0.1025)].peak_force, ==, 900.0);
	roll_session_shift(&session, 0.2);
	g_assert_cmpfloat(slices[FIND(0.1025)].peak_force, ==, 300.0);
	g_assert_cmpfloat(slices[FIND(0.3025)].peak_force, ==, 900.0);
	g_assert_cmpfloat(session.summary.zones[zone].peak_force, ==, 300.0);
	/* Beyond all slices: in the last one. */
	roll_session_shift(&session, 5.0);
	g_assert_cmpfloat(slices[FIND(0.3025)].peak_force, ==, 0.0);
	g_assert_cmpfloat(slices[ROLL_SLICES_MAX - 1].peak_force, ==, 900.0);
	g_assert_cmpfloat_with_epsilon(add_up(slices, ROLL_SLICES_MAX), 0.02, 1e-12);
}

/* As long as the place is not known well, all since the last doubt is unsure; when it is known, none of it. */
static void
test_unsure(void)
{
	g_autofree RollSession *session = make_rolled(0.1, 0.2, 300.0);
	const RollSummary *summary = &session->summary;
	const RollStep step = make_step(2, 0.15);
	const double sure_s = summary->loaded_s;

	roll_session_note_unsure(session, true);
	g_assert_cmpfloat_with_epsilon(summary->unsure_s, sure_s, 1e-9);
	roll_session_note_unsure(session, false);
	g_assert_cmpfloat(summary->unsure_s, ==, 0.0);
	roll_session_settle(session);
	roll_session_note_unsure(session, true);
	g_assert_cmpfloat(summary->unsure_s, ==, 0.0);
	roll_session_add_step(session, &step);
	g_assert_cmpfloat_with_epsilon(summary->unsure_s, 0.01, 1e-9);
	/* Moved, it is as unsure as before. */
	roll_session_shift(session, 0.1);
	g_assert_cmpfloat_with_epsilon(summary->unsure_s, 0.01, 1e-9);
	roll_session_note_unsure(session, false);
	g_assert_cmpfloat(summary->unsure_s, ==, 0.0);
	/* A doubt that was never resolved stays one. */
	roll_session_note_unsure(session, true);
	roll_session_settle(session);
	roll_session_note_unsure(session, false);
	g_assert_cmpfloat_with_epsilon(summary->unsure_s, 0.01, 1e-9);
}

/* Without any place: loaded, on a side, in no zone and no slice; and it is not moved. */
static void
test_unplaced(void)
{
	static RollSession session;
	const RollSummary *summary = &session.summary;

	open_session(&session);
	for (unsigned i = 0; i < 100; i++) {
		RollStep step = make_step(i, 0.2);

		step.is_unplaced = i % 4 == 0;
		roll_session_add_step(&session, &step);
	}
	roll_session_note_unsure(&session, true);
	for (unsigned i = 0; i < 2; i++) {
		g_assert_cmpfloat_with_epsilon(summary->loaded_s, 1.0, 1e-9);
		g_assert_cmpfloat_with_epsilon(summary->unplaced_s, 0.25, 1e-9);
		g_assert_cmpfloat_with_epsilon(summary->side_s[ROLL_SIDE_CENTRE], 1.0, 1e-9);
		g_assert_cmpfloat_with_epsilon(summary->unsure_s, 0.75, 1e-9);
		g_assert_cmpfloat_with_epsilon(add_up(summary->slices, ROLL_SLICES_MAX), 0.75,
					       1e-9);
		g_assert_cmpfloat_with_epsilon(add_up(summary->zones, session.settings.n_zones),
					       0.75, 1e-9);
		roll_session_shift(&session, -0.1);
	}
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
	g_test_add_func("/session/shift", test_shift);
	g_test_add_func("/session/shift-since", test_shift_since);
	g_test_add_func("/session/shift-there-and-back", test_shift_there_and_back);
	g_test_add_func("/session/shift-peaks", test_shift_peaks);
	g_test_add_func("/session/unsure", test_unsure);
	g_test_add_func("/session/unplaced", test_unplaced);
	return g_test_run();
}
