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

/* ---- With force, and how a lost place is found ---- */

#define SPEED_MPS 0.15

/* Somebody on a roller with force, who knows where contact is. */
typedef struct {
	RollPlace place;
	GRand *rand;
	double at_m, rad; /* contact, and the contact's angle that the stages before tell */
	double sign;	  /* of the angle for a way to the feet */
	double breath;	  /* share of the force */
	double found_m;
	double jumped_m; /* told in all */
	unsigned n_doubts;
} Person;

/* No two places of this back are alike: bones and muscles. */
static double
get_force(double at_m)
{
	return 300.0 * (1.0 + 0.22 * sin(at_m * 2.0 * ROLL_PI / 0.17) +
			0.18 * sin(at_m * 2.0 * ROLL_PI / 0.075 + 1.0) + 0.6 * at_m);
}

static Person
make_person(double start_m, GRand *rand)
{
	return (Person){
		.place = make_place(start_m, 1.0),
		.rand = rand,
		.at_m = start_m,
		.sign = 1.0,
		.breath = 0.03,
		.found_m = start_m,
	};
}

/* An instant after moving by so much; checks that each change of the place is travel, creep, or told as a jump. */
static void
move_by(Person *person, double by_m, bool is_loaded)
{
	RollPlace *place = &person->place;
	const double before_m = person->found_m;
	const double t_s = (double)place->t_us * 1e-6;
	RollPlaceInstant instant;

	person->at_m += is_loaded ? by_m : 0.0;
	person->rad += is_loaded ? person->sign * by_m / RADIUS_M : 0.0;
	instant = make_instant(place, person->rad, is_loaded);
	instant.force = is_loaded ? get_force(person->at_m) *
					    (1.0 + person->breath * sin(2.0 * ROLL_PI * t_s / 4.0) +
					     g_rand_double_range(person->rand, -0.02, 0.02))
				  : 0.0;
	person->found_m = roll_place_feed(place, &instant);
	g_assert_cmpfloat_with_epsilon(person->found_m,
				       before_m + (is_loaded ? by_m : 0.0) + place->jump_m, 0.0151);
	person->jumped_m += place->jump_m;
	person->n_doubts += place->is_doubted;
}

static void
roll_to(Person *person, double to_m)
{
	const double way_m = to_m - person->at_m;
	const unsigned n = (unsigned)(fabs(way_m) / SPEED_MPS / 0.01 + 1.0);

	for (unsigned i = 0; i < n; i++)
		move_by(person, way_m / n, true);
}

static void
lift(Person *person, double seconds)
{
	for (unsigned i = 0; i < (unsigned)(seconds * 100.0 + 0.5); i++)
		move_by(person, 0.0, false);
}

/* Rolls over the whole back, and so learns it. */
static void
learn_back(Person *person)
{
	move_by(person, 0.0, false);
	for (unsigned i = 0; i < 3; i++) {
		roll_to(person, 0.42);
		roll_to(person, 0.02);
	}
}

/* Put down elsewhere: found after 20 cm of travel, and by how much it was off is told. */
static void
test_put_elsewhere(void)
{
	unsigned n = 0;

	for (int from_cm = 4; from_cm <= 40; from_cm += 6) {
		for (int to_cm = 4; to_cm <= 40; to_cm += 4) {
			g_autoptr(GRand) rand = g_rand_new_with_seed(1000 + n++);
			Person person = make_person(0.18, rand);

			learn_back(&person);
			roll_to(&person, from_cm * 0.01);
			g_assert_cmpfloat_with_epsilon(person.found_m, person.at_m, 0.01);
			g_assert_cmpuint(person.n_doubts, ==, 0);
			lift(&person, 2.0);
			person.at_m = to_cm * 0.01;
			move_by(&person, 0.0, true);
			g_assert_cmpuint(person.n_doubts, ==, 1);
			for (unsigned i = 0; i < 80; i++)
				move_by(&person, 0.0, true); /* settles */
			roll_to(&person, to_cm * 0.01 + (to_cm < 22 ? 0.20 : -0.20));
			n++;
			g_assert_cmpfloat_with_epsilon(person.found_m, person.at_m, 0.015);
			g_assert_cmpfloat_with_epsilon(person.jumped_m, (to_cm - from_cm) * 0.01,
						       0.03);
			/* And at the next landing it is still there. */
			lift(&person, 0.5);
			move_by(&person, 0.0, true);
			g_assert_cmpfloat_with_epsilon(person.found_m, person.at_m, 0.015);
		}
	}
}

/* Put down where it was, again and again: never moved. */
static void
test_put_back(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(71);
	Person person = make_person(0.18, rand);

	learn_back(&person);
	for (unsigned i = 0; i < 60; i++) {
		roll_to(&person, g_rand_double_range(rand, 0.02, 0.42));
		lift(&person, g_rand_double_range(rand, 0.1, 5.0));
		person.rad += g_rand_double_range(rand, -0.02, 0.02); /* slip */
		roll_to(&person, g_rand_double_range(rand, 0.02, 0.42));
		g_assert_cmpfloat_with_epsilon(person.found_m, person.at_m, 0.015);
	}
	g_assert_cmpfloat(person.jumped_m, ==, 0.0);
}

/* A body that bounces off for half a second lands where it was. */
static void
test_short_lift(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(72);
	Person person = make_person(0.18, rand);

	learn_back(&person);
	lift(&person, 0.5);
	roll_to(&person, 0.2);
	g_assert_cmpuint(person.n_doubts, ==, 0);
	lift(&person, 1.0);
	roll_to(&person, 0.1);
	g_assert_cmpuint(person.n_doubts, ==, 1);
}

/* An earlier session's forces find a start that is elsewhere than configured; without them nothing can. */
static void
test_known_back(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(73);
	RollSum slices[ROLL_SLICES_MAX] = {0};
	RollForceMap map;

	for (unsigned i = 60; i < 148; i++)
		slices[i] = (RollSum){
			.loaded_s = 1.0,
			.force_s = 2.0 * get_force(ROLL_SLICE_FIRST_M + (i + 0.5) * ROLL_SLICE_M),
			.moving_s = 1.0,
			.travel_m = 0.05,
		};
	roll_force_map_init(&map);
	for (unsigned i = 0; i < 3; i++)
		roll_force_map_add_past(&map, slices);
	for (int start_cm = 10; start_cm <= 30; start_cm += 5) {
		Person person = make_person(0.18, rand), other;

		person.at_m = start_cm * 0.01;
		other = person;
		roll_place_know(&person.place, &map);
		learn_back(&person);
		learn_back(&other);
		g_assert_cmpfloat_with_epsilon(person.found_m, person.at_m, 0.015);
		g_assert_cmpfloat_with_epsilon(other.found_m, other.at_m + 0.18 - start_cm * 0.01,
					       0.015);
	}
}

/* Turned end for end: the same way of contact is told by turning to the other side. */
static void
test_flip(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(74);
	Person person = make_person(0.18, rand);

	learn_back(&person);
	for (unsigned i = 0; i < 10; i++) {
		lift(&person, 0.5);
		roll_place_flip(&person.place);
		person.sign = -person.sign;
		roll_to(&person, 0.40);
		g_assert_cmpfloat_with_epsilon(person.found_m, person.at_m, 0.01);
		roll_to(&person, 0.04);
		g_assert_cmpfloat_with_epsilon(person.found_m, person.at_m, 0.01);
	}
}

/* Where contact is said to be at the neck, it is. */
static void
test_mark(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(75);
	Person person = make_person(0.18, rand);
	double before_m;

	move_by(&person, 0.0, false);
	/* Not loaded: it says nothing. */
	g_assert_cmpfloat(roll_place_mark(&person.place), ==, 0.18);
	person.at_m = 0.10;
	roll_to(&person, 0.0);
	before_m = person.found_m;
	g_assert_cmpfloat_with_epsilon(before_m, 0.08, 0.005);
	for (unsigned i = 0; i < 2; i++)
		person.found_m = roll_place_mark(&person.place);
	g_assert_cmpfloat_with_epsilon(person.found_m, 0.0, 0.01);
	/* What was learned of the back before is off, so the place may creep a little. */
	roll_to(&person, 0.3);
	g_assert_cmpfloat_with_epsilon(person.found_m, person.at_m, 0.02);
	/* Where no neck is configured, it says nothing either. */
	person.place.neck_m = NAN;
	before_m = person.found_m;
	g_assert_cmpfloat(roll_place_mark(&person.place), ==, before_m);
}

/* ---- Without force ---- */

/* Nothing tells of another place, so there is none: travel on the spine, rests, lift-offs, for hours. */
static void
test_no_force_no_jump(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(76);
	RollPlace place = make_place(0.18, 1.0);
	double rad = 0.0, found_m = 0.18;

	feed(&place, rad, true);
	for (unsigned i = 0; i < 3000; i++) {
		const bool is_loaded = g_rand_int_range(rand, 0, 10) > 0;
		const double to_rad = (g_rand_double_range(rand, 0.0, 0.44) - found_m) / RADIUS_M;

		for (unsigned k = 0; k < 150; k++) {
			rad += is_loaded && k < 100 ? to_rad / 100.0 : 0.0;
			found_m = feed(&place, rad, is_loaded);
			g_assert_cmpfloat(place.jump_m, ==, 0.0);
		}
		g_assert_cmpfloat_with_epsilon(found_m, 0.18 + rad * RADIUS_M, 0.01);
	}
	/* It says how little it knows. */
	g_assert_cmpfloat(roll_place_get_uncertainty_m(&place), >, ROLL_UNSURE_M);
}

/* A sweep that leads beyond the spine was a hand's: contact is where it was, until the roller has rested. */
static void
test_swept_by_hand(void)
{
	for (int side = -1; side <= 1; side += 2) {
		RollPlace place = make_place(0.18, 1.0);
		double rad = 0.0, found_m = 0.0;

		for (unsigned i = 0; i < 100; i++)
			feed(&place, rad += 0.01, true);
		for (unsigned i = 0; i < 50; i++)
			found_m = feed(&place, rad, true);
		g_assert_cmpfloat_with_epsilon(found_m, 0.18 + RADIUS_M, 1e-9);
		/* Before it rested, it may have been lifted. */
		g_assert_cmpfloat(place.belief.weights[ROLL_BELIEF_NONE], <, 0.99);
		/* A turn and a half, and half a turn back without a rest. */
		for (unsigned i = 0; i < 300; i++)
			found_m = feed(&place, rad += side * 0.03, true);
		for (unsigned i = 0; i < 100; i++)
			found_m = feed(&place, rad -= side * 0.03, true);
		g_assert_cmpfloat_with_epsilon(found_m, 0.18 + RADIUS_M, 0.001);
		g_assert_cmpfloat(roll_place_get_uncertainty_m(&place), <, ROLL_UNSURE_M);
		for (unsigned i = 0; i < 50; i++)
			found_m = feed(&place, rad, true);
		g_assert_cmpfloat(place.belief.weights[ROLL_BELIEF_NONE], <, 0.75);
		g_assert_cmpfloat_with_epsilon(found_m, 0.18 + RADIUS_M, 0.01);
		/* And on from there. */
		for (unsigned i = 0; i < 100; i++)
			feed(&place, rad -= 0.01, true);
		g_assert_cmpfloat_with_epsilon(feed(&place, rad, true), 0.18, 0.01);
	}
}

/* A gyroscope alone knows the less the longer it was silent. */
static void
test_silent_gyro(void)
{
	double before_m = 0.0;

	for (double silent_s = 0.5; silent_s < 2.1; silent_s += 0.5) {
		RollPlace place = make_place(0.18, 1.0);
		RollPlaceInstant instant = make_instant(&place, 0.0, true);
		const RollSilence silence = {.silent_s = silent_s};

		roll_place_feed(&place, &instant);
		instant = make_instant(&place, 0.0, true);
		g_assert_cmpfloat_with_epsilon(roll_place_resume(&place, &instant, &silence), 0.18,
					       0.005);
		g_assert_true(place.is_doubted);
		g_assert_cmpfloat(roll_place_get_uncertainty_m(&place), >, before_m);
		before_m = roll_place_get_uncertainty_m(&place);
	}
	g_assert_cmpfloat(before_m, >, ROLL_UNSURE_M);
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
	g_test_add_func("/place/put-elsewhere", test_put_elsewhere);
	g_test_add_func("/place/put-back", test_put_back);
	g_test_add_func("/place/short-lift", test_short_lift);
	g_test_add_func("/place/known-back", test_known_back);
	g_test_add_func("/place/flip", test_flip);
	g_test_add_func("/place/mark", test_mark);
	g_test_add_func("/place/no-force-no-jump", test_no_force_no_jump);
	g_test_add_func("/place/swept-by-hand", test_swept_by_hand);
	g_test_add_func("/place/silent-gyro", test_silent_gyro);
	return g_test_run();
}
