/* SPDX-License-Identifier: MIT
 *
 * The map of forces: relative to each session's own level, and the surer the more often a place was visited.
 */
#include "daemon/track/force-map.h"

#include <glib.h>
#include <math.h>

#define SLICES 88 /* from C7 to L5 */
#define FIRST 60

static double
get_profile(double at_m)
{
	const double x = (at_m - 0.20) / 0.04;

	return 1.0 + 0.4 * exp(-0.5 * x * x);
}

static double
get_middle_m(unsigned slice)
{
	return ROLL_SLICE_FIRST_M + (slice + 0.5) * ROLL_SLICE_M;
}

/* A session's slices [from, to): each visited for 3 cm of travel, in 0.5 s. */
static void
add_session(RollForceMap *map, unsigned from, unsigned to, double level)
{
	RollSum slices[ROLL_SLICES_MAX] = {0};

	for (unsigned i = from; i < to; i++)
		slices[i] = (RollSum){
			.loaded_s = 0.5,
			.force_s = 0.5 * level * get_profile(get_middle_m(i)),
			.peak_force = level * get_profile(get_middle_m(i)),
			.moving_s = 0.5,
			.travel_m = 0.03,
		};
	roll_force_map_add_past(map, slices);
}

/* Rolls once over [from, to). */
static void
roll_over(RollForceMap *map, unsigned from, unsigned to, double level)
{
	for (unsigned i = from; i < to; i++)
		roll_force_map_add(map, get_middle_m(i), level * get_profile(get_middle_m(i)));
}

/* What the past tells of a place over what it tells of the neck. */
static double
get_past(const RollForceMap *map, unsigned slice)
{
	const RollForceSums *past = &map->past;

	return past->sums[slice] / past->visits[slice] / (past->sums[FIRST] / past->visits[FIRST]);
}

static void
test_nothing(void)
{
	RollForceMap map;
	RollForceGuess guess;

	roll_force_map_init(&map);
	guess = roll_force_map_guess(&map, 0.2);
	g_assert_cmpfloat(roll_force_map_in_units(&map, 300.0), ==, 0.0);
	g_assert_false(roll_force_map_has_past(&map));
	g_assert_cmpfloat(guess.force, ==, 1.0);
	g_assert_cmpfloat(guess.visits, ==, 0.0);
	/* From place to place forces differ by a fifth. */
	g_assert_cmpfloat_with_epsilon(sqrt(guess.variance), 0.2, 0.005);
	g_assert_cmpfloat(roll_force_map_get_presence(&map, 0.2), ==, 0.0);
}

/* Newtons or counts: the same in units, whatever the unit; the first reading is 1. */
static void
test_units(void)
{
	const double levels[] = {1e-6, 1.0, 300.0, 1e7};

	for (unsigned i = 0; i < G_N_ELEMENTS(levels); i++) {
		RollForceMap map, one;

		roll_force_map_init(&map);
		roll_force_map_init(&one);
		roll_over(&map, FIRST, FIRST + SLICES, levels[i]);
		roll_over(&one, FIRST, FIRST + SLICES, 1.0);
		g_assert_cmpfloat_with_epsilon(
			roll_force_map_in_units(&map, levels[i] * get_profile(get_middle_m(FIRST))),
			1.0, 1e-9);
		for (double at_m = -0.4; at_m < 1.1; at_m += 0.003) {
			const RollForceGuess guess = roll_force_map_guess(&map, at_m),
					     same = roll_force_map_guess(&one, at_m);

			g_assert_cmpfloat_with_epsilon(guess.force, same.force, 1e-9);
			g_assert_cmpfloat_with_epsilon(guess.variance, same.variance, 1e-12);
		}
	}
}

/* With each visit it is surer, down to what slices can never tell; and it tells the profile. */
static void
test_visits(void)
{
	RollForceMap map;
	double variance = INFINITY, presence = 0.0;

	roll_force_map_init(&map);
	for (unsigned visit = 0; visit < 25; visit++) {
		RollForceGuess guess;

		roll_over(&map, FIRST, FIRST + SLICES, 300.0);
		guess = roll_force_map_guess(&map, 0.2);
		g_assert_cmpfloat(guess.variance, <, variance);
		g_assert_cmpfloat(roll_force_map_get_presence(&map, 0.2), >, presence);
		variance = guess.variance;
		presence = roll_force_map_get_presence(&map, 0.2);
	}
	g_assert_cmpfloat_with_epsilon(sqrt(variance), 0.02, 0.005);
	g_assert_cmpfloat_with_epsilon(presence, 1.0, 0.15);
	for (double at_m = 0.02; at_m < 0.42; at_m += 0.001)
		g_assert_cmpfloat_with_epsilon(
			roll_force_map_guess(&map, at_m).force,
			roll_force_map_in_units(&map, 300.0 * get_profile(at_m)), 0.015);
}

/* One visit tells of the places within a centimetre, the nearer the more, and of no others. */
static void
test_neighbours(void)
{
	RollForceMap map;

	roll_force_map_init(&map);
	roll_over(&map, FIRST + 40, FIRST + 41, 300.0);
	for (int k = -40; k <= 40; k++) {
		const double at_m = get_middle_m(FIRST + 40) + k * 0.0005;
		const double visits = roll_force_map_guess(&map, at_m).visits;

		g_assert_cmpfloat_with_epsilon(visits, MAX(0.0, 1.0 - abs(k) / 25.0), 1e-9);
	}
	g_assert_cmpfloat(roll_force_map_get_presence(&map, 0.1), ==, 0.0);
}

/* The newest visits count: a place that became harder is so after 30 of them. */
static void
test_forgets(void)
{
	RollForceMap map;

	roll_force_map_init(&map);
	for (unsigned i = 0; i < 100000; i++)
		roll_force_map_add(&map, 0.2025, 300.0);
	for (unsigned i = 0; i < 100; i++)
		roll_force_map_add(&map, 0.2025, 600.0);
	g_assert_cmpfloat(roll_force_map_guess(&map, 0.2025).force, >, 1.9);
}

/* Sessions of other levels, and of other parts of the back, make one profile. */
static void
test_past(void)
{
	const double levels[] = {300.0, 150.0, 90000.0, 1.0, 450.0};
	RollForceMap map;

	roll_force_map_init(&map);
	add_session(&map, FIRST, FIRST + SLICES, 200.0);
	for (unsigned i = 0; i < 40; i++) {
		/* Its mean is above that of the whole back, or below. */
		const unsigned from = FIRST + i % 7 * 8;

		add_session(&map, from, from + 40, levels[i % G_N_ELEMENTS(levels)]);
	}
	for (unsigned i = FIRST; i < FIRST + SLICES; i++)
		g_assert_cmpfloat_with_epsilon(
			get_past(&map, i),
			get_profile(get_middle_m(i)) / get_profile(get_middle_m(FIRST)), 1e-6);
}

/* 8 cm of the spine make a past. */
static void
test_has_past(void)
{
	RollForceMap map;

	roll_force_map_init(&map);
	add_session(&map, FIRST, FIRST + 15, 300.0);
	g_assert_false(roll_force_map_has_past(&map));
	add_session(&map, FIRST + 50, FIRST + 51, 300.0);
	g_assert_true(roll_force_map_has_past(&map));
}

/* What was not rolled over with force leaves nothing behind: a hold, a roller that weighs nothing. */
static void
test_no_past(void)
{
	RollForceMap map;
	RollSum slices[ROLL_SLICES_MAX] = {0};

	roll_force_map_init(&map);
	roll_force_map_add_past(&map, slices);
	for (unsigned i = 0; i < ROLL_SLICES_MAX; i++)
		slices[i] = (RollSum){.loaded_s = 1.0, .moving_s = 1.0, .travel_m = 0.1};
	roll_force_map_add_past(&map, slices);
	g_assert_false(roll_force_map_has_past(&map));
	for (unsigned i = 0; i < 10; i++)
		slices[i].force_s = 300.0;
	for (unsigned i = 20; i < 30; i++)
		slices[i] = (RollSum){.loaded_s = 9.0, .force_s = 2700.0, .peak_force = 300.0};
	roll_force_map_add_past(&map, slices);
	for (unsigned i = 0; i < ROLL_SLICES_MAX; i++)
		g_assert_true((map.past.visits[i] > 0.0) == (i < 10));
}

/* What the past knows is told in this session's units, as soon as its level is known. */
static void
test_level(void)
{
	for (double level = 10.0; level < 1e5; level *= 3.0) {
		RollForceMap map;
		const double far_m = 0.2025, unit = level * get_profile(get_middle_m(FIRST));

		roll_force_map_init(&map);
		for (unsigned i = 0; i < 5; i++)
			add_session(&map, FIRST, FIRST + SLICES, 300.0);
		/* Not yet. */
		g_assert_cmpfloat(roll_force_map_guess(&map, far_m).visits, ==, 0.0);
		roll_over(&map, FIRST, FIRST + 10, level);
		g_assert_cmpfloat_with_epsilon(roll_force_map_guess(&map, far_m).force,
					       level * get_profile(far_m) / unit, 0.01);
		g_assert_cmpfloat(roll_force_map_guess(&map, far_m).visits, >, 10.0);
	}
}

/* Any place at all: the outermost slices take what is beyond. */
static void
test_beyond(void)
{
	const double places_m[] = {-1e9, -5.0, -0.3, 0.9799, 0.98, 7.0, 1e9};
	RollForceMap map;

	roll_force_map_init(&map);
	for (unsigned i = 0; i < G_N_ELEMENTS(places_m); i++) {
		roll_force_map_add(&map, places_m[i], 300.0);
		g_assert_cmpfloat(roll_force_map_get_presence(&map, places_m[i]), >, 0.0);
		g_assert_cmpfloat_with_epsilon(roll_force_map_guess(&map, places_m[i]).force, 1.0,
					       1e-9);
		g_assert_cmpfloat(roll_force_map_guess(&map, places_m[i]).visits, >=, 0.0);
	}
	g_assert_cmpfloat(map.here.visits[0], ==, 3.0);
	g_assert_cmpfloat(map.here.visits[ROLL_SLICES_MAX - 1], ==, 4.0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/force-map/nothing", test_nothing);
	g_test_add_func("/force-map/units", test_units);
	g_test_add_func("/force-map/visits", test_visits);
	g_test_add_func("/force-map/neighbours", test_neighbours);
	g_test_add_func("/force-map/forgets", test_forgets);
	g_test_add_func("/force-map/past", test_past);
	g_test_add_func("/force-map/has-past", test_has_past);
	g_test_add_func("/force-map/no-past", test_no_past);
	g_test_add_func("/force-map/level", test_level);
	g_test_add_func("/force-map/beyond", test_beyond);
	return g_test_run();
}
