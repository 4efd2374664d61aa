/* SPDX-License-Identifier: MIT
 *
 * A roller's load and place: hysteresis, travel while loaded only, the right turn after a silence.
 */
#include "daemon/track/position.h"
#include "daemon/track/rotation.h"

#include <glib.h>
#include <math.h>

#define METRES_PER_RAD (0.075 * ROLL_LOADED_RADIUS_SHARE)

static RollPosition
make_position(double start_m, double travel_sign)
{
	RollTrackSettings settings;
	RollPosition position;

	roll_track_settings_init(&settings);
	settings.start_m = start_m;
	settings.travel_sign = travel_sign;
	roll_position_init(&position, &settings);
	return position;
}

static void
test_load(void)
{
	static const struct {
		double force;
		bool is_loaded;
	} steps[] = {
		{0.0, false}, {19.9, false}, {20.0, true},  {500.0, true}, {17.0, true},
		{16.1, true}, {15.9, false}, {17.0, false}, {19.9, false}, {NAN, false},
		{20.0, true}, {NAN, true},   {-5.0, false},
	};
	RollLoad load;

	roll_load_init(&load, 20.0);
	for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++)
		g_assert_cmpint(roll_load_feed(&load, steps[i].force), ==, steps[i].is_loaded);
}

static void
test_load_inferred(void)
{
	RollLoad load;
	int64_t t_us = 1000000;

	roll_load_init(&load, 20.0);
	/* It lies on the floor. */
	for (unsigned i = 0; i < 1000; i++, t_us += 10000)
		g_assert_false(roll_load_infer(&load, t_us, 1.0 + 0.02 * (i % 2)));
	/* It rolls a little; then a hold of half a minute, which is still contact, and no longer. */
	g_assert_true(roll_load_infer(&load, t_us, 1.2));
	g_assert_true(roll_load_infer(&load, t_us + ROLL_STILL_MOST_US - 10000, 1.2));
	g_assert_false(roll_load_infer(&load, t_us + ROLL_STILL_MOST_US, 1.2));
	g_assert_true(roll_load_infer(&load, t_us + ROLL_STILL_MOST_US + 10000, 1.0));
}

static void
test_travel(void)
{
	for (int sign = -1; sign <= 1; sign += 2) {
		RollPosition position = make_position(0.18, sign);

		/* Turned freely before the first contact. */
		g_assert_cmpfloat(roll_position_feed(&position, 5.0, false), ==, 0.18);
		g_assert_cmpfloat(roll_position_feed(&position, 7.0, false), ==, 0.18);
		g_assert_cmpfloat(roll_position_feed(&position, 7.5, true), ==, 0.18);
		g_assert_cmpfloat_with_epsilon(roll_position_feed(&position, 8.5, true),
					       0.18 + sign * METRES_PER_RAD, 1e-12);
		/* Lifted, turned by hand, and put down where it was. */
		roll_position_feed(&position, 9.0, false);
		roll_position_feed(&position, 30.0, false);
		g_assert_cmpfloat_with_epsilon(roll_position_feed(&position, 31.0, true),
					       0.18 + sign * METRES_PER_RAD, 1e-12);
		g_assert_cmpfloat_with_epsilon(roll_position_feed(&position, 30.0, true), 0.18,
					       1e-12);
	}
}

/* No drift: a thousand passes to and fro lead back to the start. */
static void
test_no_drift(void)
{
	RollPosition position = make_position(0.18, 1.0);
	double at_m = 0.0;

	for (unsigned i = 0; i <= 200000; i++)
		at_m = roll_position_feed(&position, 2.0 * sin(2.0 * ROLL_PI * i / 200.0), true);
	g_assert_cmpfloat_with_epsilon(at_m, 0.18, 1e-9);
}

/* After a silence under load, from every place to every other on the spine, whatever whole turns the
 * angle is off by: where the way is less than half a turn, the nearest place is the right one; beyond, there
 * is one place only on the spine unless both lie on it. */
static void
test_resume_nearest(void)
{
	for (double from_m = 0.0; from_m < 0.44; from_m += 0.03) {
		for (double to_m = 0.0; to_m < 0.44; to_m += 0.01) {
			const double way_rad = (to_m - from_m) / METRES_PER_RAD;

			if (fabs(way_rad) > 0.99 * ROLL_PI)
				continue;
			for (int turns = -2; turns <= 2; turns++) {
				RollPosition position = make_position(from_m, 1.0);

				roll_position_feed(&position, 4.0, true);
				g_assert_cmpfloat_with_epsilon(
					roll_position_resume(&position,
							     4.0 + way_rad + turns * ROLL_TURN_RAD,
							     true),
					to_m, 1e-9);
			}
		}
	}
}

static void
test_resume_on_the_spine(void)
{
	RollPosition position = make_position(0.02, 1.0);
	const double way_rad = 0.30 / METRES_PER_RAD;

	/* 30 cm toward the feet; nearer would be 16.6 cm toward the head, but there is no spine. */
	g_assert_cmpfloat(way_rad, >, ROLL_PI);
	roll_position_feed(&position, 1.0, true);
	g_assert_cmpfloat_with_epsilon(roll_position_resume(&position, 1.0 + way_rad, true), 0.32,
				       1e-9);
	/* The same from the other end. */
	position = make_position(0.42, 1.0);
	roll_position_feed(&position, 1.0, true);
	g_assert_cmpfloat_with_epsilon(roll_position_resume(&position, 1.0 - way_rad, true), 0.12,
				       1e-9);
}

/* Lifted before or after the silence: nothing is known, so contact stays. */
static void
test_resume_unloaded(void)
{
	RollPosition position = make_position(0.2, 1.0);

	roll_position_feed(&position, 1.0, true);
	g_assert_cmpfloat(roll_position_resume(&position, 2.0, false), ==, 0.2);
	g_assert_cmpfloat(roll_position_resume(&position, 3.0, true), ==, 0.2);
	g_assert_cmpfloat_with_epsilon(roll_position_feed(&position, 4.0, true),
				       0.2 + METRES_PER_RAD, 1e-12);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/position/load", test_load);
	g_test_add_func("/position/load-inferred", test_load_inferred);
	g_test_add_func("/position/travel", test_travel);
	g_test_add_func("/position/no-drift", test_no_drift);
	g_test_add_func("/position/resume-nearest", test_resume_nearest);
	g_test_add_func("/position/resume-on-the-spine", test_resume_on_the_spine);
	g_test_add_func("/position/resume-unloaded", test_resume_unloaded);
	return g_test_run();
}
