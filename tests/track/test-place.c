/* SPDX-License-Identifier: MIT
 *
 * A roller's place: travel while loaded only, the right turn after a silence, and how a place that was lost is
 * found again.
 */
#include "daemon/track/place.h"
#include "daemon/track/rotation.h"

#include <glib.h>
#include <math.h>

#define RADIUS_M 0.075

static RollPlace
make_place(double start_m, double travel_sign)
{
	RollTrackSettings settings;
	RollPlace place;

	roll_track_settings_init(&settings);
	settings.start_m = start_m;
	settings.travel_sign = travel_sign;
	roll_place_init(&place, &settings);
	return place;
}

static RollPlaceInstant
make_instant(const RollPlace *place, double contact_rad, bool is_loaded)
{
	return (RollPlaceInstant){
		.t_us = place->t_us + 10000,
		.contact_rad = contact_rad,
		.force = NAN,
		.is_loaded = is_loaded,
	};
}

/* Without force. */
static double
feed(RollPlace *place, double contact_rad, bool is_loaded)
{
	const RollPlaceInstant instant = make_instant(place, contact_rad, is_loaded);

	return roll_place_feed(place, &instant);
}

static double
resume(RollPlace *place, double contact_rad, bool is_loaded)
{
	const RollPlaceInstant instant = make_instant(place, contact_rad, is_loaded);
	const RollSilence silence = {.silent_s = 3.0, .has_gravity = true};

	return roll_place_resume(place, &instant, &silence);
}

static void
test_travel(void)
{
	for (int sign = -1; sign <= 1; sign += 2) {
		RollPlace place = make_place(0.18, sign);

		g_assert_cmpfloat(feed(&place, 0.0, false), ==, 0.18);
		g_assert_cmpfloat(feed(&place, 0.0, true), ==, 0.18);
		g_assert_cmpfloat_with_epsilon(feed(&place, 1.0, true), 0.18 + sign * RADIUS_M,
					       1e-12);
		/* Lifted, and put down where it was. */
		feed(&place, 1.0, false);
		g_assert_cmpfloat_with_epsilon(feed(&place, 1.0, true), 0.18 + sign * RADIUS_M,
					       1e-12);
		g_assert_cmpfloat_with_epsilon(feed(&place, 0.0, true), 0.18, 1e-12);
	}
}

/* No drift: a thousand passes to and fro lead back to the start. */
static void
test_no_drift(void)
{
	RollPlace place = make_place(0.18, 1.0);
	double at_m = 0.0;

	for (unsigned i = 0; i <= 200000; i++)
		at_m = feed(&place, 2.0 * sin(2.0 * ROLL_PI * i / 200.0), true);
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
			const double way_rad = (to_m - from_m) / RADIUS_M;

			if (fabs(way_rad) > 0.99 * ROLL_PI)
				continue;
			for (int turns = -2; turns <= 2; turns++) {
				RollPlace place = make_place(from_m, 1.0);

				feed(&place, 0.0, true);
				g_assert_cmpfloat_with_epsilon(
					resume(&place, way_rad + turns * ROLL_TURN_RAD, true), to_m,
					1e-9);
			}
		}
	}
}

static void
test_resume_on_the_spine(void)
{
	RollPlace place = make_place(0.02, 1.0);
	const double way_rad = 0.30 / RADIUS_M;

	/* 30 cm toward the feet; nearer would be 16.6 cm toward the head, but there is no spine. */
	g_assert_cmpfloat(way_rad, >, ROLL_PI);
	feed(&place, 0.0, true);
	g_assert_cmpfloat_with_epsilon(resume(&place, way_rad, true), 0.32, 1e-9);
	/* The same from the other end. */
	place = make_place(0.42, 1.0);
	feed(&place, 0.0, true);
	g_assert_cmpfloat_with_epsilon(resume(&place, -way_rad, true), 0.12, 1e-9);
}

/* Lifted before or after the silence: nothing is known, so contact stays, and that is told. */
static void
test_resume_unloaded(void)
{
	RollPlace place = make_place(0.2, 1.0);

	feed(&place, 0.0, true);
	g_assert_cmpfloat(roll_place_get_uncertainty_m(&place), <, 0.005);
	g_assert_cmpfloat(resume(&place, 0.0, false), ==, 0.2);
	g_assert_cmpfloat(resume(&place, 0.0, true), ==, 0.2);
	g_assert_cmpfloat(roll_place_get_uncertainty_m(&place), >, 0.03);
	g_assert_cmpfloat_with_epsilon(feed(&place, 1.0, true), 0.2 + RADIUS_M, 1e-12);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/place/travel", test_travel);
	g_test_add_func("/place/no-drift", test_no_drift);
	g_test_add_func("/place/resume-nearest", test_resume_nearest);
	g_test_add_func("/place/resume-on-the-spine", test_resume_on_the_spine);
	g_test_add_func("/place/resume-unloaded", test_resume_unloaded);
	return g_test_run();
}
