/* SPDX-License-Identifier: MIT
 *
 * What the simulated person does: half an hour at 100 Hz, looked at from every side.
 */
#include "daemon/sim/sim-person.h"
#include "protocol/sample.h"

#include <glib.h>
#include <math.h>

enum { RATE_HZ = 100, HALF_HOUR = 1800 * RATE_HZ };

static RollSimPerson
make_person(guint64 seed)
{
	RollSimHabits habits;
	RollSimPerson person;

	roll_sim_habits_init(&habits);
	roll_sim_person_init(&person, &habits, seed);
	return person;
}

static RollSimTruth
move(RollSimPerson *person, double t_s)
{
	RollSimTruth truth;

	roll_sim_person_move(person, t_s, &truth);
	return truth;
}

static void
test_same_seed_same_life(void)
{
	RollSimPerson one = make_person(7), other = make_person(7), stranger = make_person(8);
	gboolean differs = FALSE;

	for (guint i = 0; i < 60 * RATE_HZ; i++) {
		double t_s = (double)i / RATE_HZ;
		RollSimTruth a = move(&one, t_s), b = move(&other, t_s), c = move(&stranger, t_s);

		g_assert_true(a.contact.value == b.contact.value && a.force_n == b.force_n &&
			      a.hand_rad.value == b.hand_rad.value);
		differs |= a.contact.value != c.contact.value;
	}
	g_assert_true(differs);
}

static void
check_motion(RollSimMotion before, RollSimMotion now, RollSimMotion after, double step_s)
{
	double rate = (after.value - before.value) / (2 * step_s);
	double bend = (after.rate - before.rate) / (2 * step_s);

	g_assert_cmpfloat_with_epsilon(now.rate, rate, 2e-4);
	g_assert_cmpfloat_with_epsilon(now.bend, bend, 2e-2);
}

/* Speed and acceleration, which the sensor's readings are made of, are those of the position. */
static void
test_derivatives_fit(void)
{
	RollSimPerson person = make_person(3);
	const double step_s = 2e-4;

	for (guint i = 1; i < 600 * 20; i++) {
		double t_s = i / 20.0;
		RollSimTruth before = move(&person, t_s - step_s), now = move(&person, t_s),
			     after = move(&person, t_s + step_s);

		check_motion(before.contact, now.contact, after.contact, step_s);
		check_motion(before.hand_rad, now.hand_rad, after.hand_rad, step_s);
	}
}

static void
test_stays_on_the_thoracic_spine(void)
{
	RollSimPerson person = make_person(11);
	guint upper = 0, mid = 0, lower = 0, loaded = 0;

	for (guint i = 0; i < HALF_HOUR; i++) {
		RollSimTruth truth = move(&person, (double)i / RATE_HZ);
		double at_m = truth.contact.value;

		g_assert_cmpfloat(at_m, >=, 0.03);
		g_assert_cmpfloat(at_m, <=, 0.295);
		if (!truth.is_loaded)
			continue;
		loaded++;
		upper += at_m < 0.114;
		mid += at_m >= 0.114 && at_m < 0.208;
		lower += at_m >= 0.208;
	}
	g_assert_cmpuint(loaded, >, HALF_HOUR * 7 / 10);
	g_assert_cmpuint(upper, >, loaded / 8);
	g_assert_cmpuint(mid, >, loaded / 8);
	g_assert_cmpuint(lower, >, loaded / 8);
}

static void
test_first_contact_is_where_it_should_be(void)
{
	for (guint64 seed = 0; seed < 50; seed++) {
		RollSimPerson person = make_person(seed);
		RollSimTruth truth = move(&person, 0);
		double t_s = 0;

		g_assert_cmpfloat(truth.force_n, ==, 0);
		while (!truth.is_loaded)
			truth = move(&person, t_s += 0.01);
		g_assert_cmpfloat(t_s, >=, 1.5);
		g_assert_cmpfloat(t_s, <=, 4);
		g_assert_cmpfloat_with_epsilon(truth.contact.value, 0.389 * 0.44, 0.002);
	}
}

static void
test_force_is_a_share_of_the_weight(void)
{
	RollSimPerson person = make_person(5);
	double weight_n = person.habits.weight_kg * ROLL_G_MPS2;
	double tight_m = roll_sim_person_get_tight_m(&person);
	double sum_n = 0, peak_n = 0, peak_m = 0;
	guint loaded = 0;

	for (guint i = 0; i < HALF_HOUR; i++) {
		RollSimTruth truth = move(&person, (double)i / RATE_HZ);

		g_assert_cmpint(truth.is_loaded, ==, truth.force_n >= 20);
		if (!truth.is_loaded)
			continue;
		loaded++;
		sum_n += truth.force_n;
		if (truth.force_n > peak_n) {
			peak_n = truth.force_n;
			peak_m = truth.contact.value;
		}
	}
	g_assert_cmpfloat(sum_n / loaded / weight_n, >, 0.30);
	g_assert_cmpfloat(sum_n / loaded / weight_n, <, 0.36);
	g_assert_cmpfloat(peak_n / weight_n, >, 0.48);
	g_assert_cmpfloat(peak_n / weight_n, <, 0.55);
	g_assert_cmpfloat_with_epsilon(peak_m, tight_m, 0.012);
}

/* Mean speed of what is faster than 2 cm/s, within half a centimetre of the tight spot. */
static double
find_speed_mps(guint64 seed, double slowing)
{
	RollSimHabits habits;
	RollSimPerson person;
	double sum_mps = 0;
	guint n = 0;

	roll_sim_habits_init(&habits);
	habits.tight_slowing = slowing;
	roll_sim_person_init(&person, &habits, seed);
	for (guint i = 0; i < HALF_HOUR; i++) {
		RollSimTruth truth = move(&person, (double)i / RATE_HZ);
		double away_m = truth.contact.value - roll_sim_person_get_tight_m(&person);

		if (truth.is_loaded && fabs(away_m) < 0.005 && fabs(truth.contact.rate) > 0.02) {
			sum_mps += fabs(truth.contact.rate);
			n++;
		}
	}
	g_assert_cmpuint(n, >, 1000);
	return sum_mps / n;
}

static void
test_tight_spot_is_rolled_slower(void)
{
	for (guint64 seed = 1; seed < 4; seed++)
		g_assert_cmpfloat(find_speed_mps(seed, 0.5), <, 0.75 * find_speed_mps(seed, 0));
}

/* 7 to 14 cm/s is a good pass: a minimum-jerk pass of mean speed v peaks at 1.875 v. */
static void
test_speed_is_that_of_people(void)
{
	RollSimPerson person = make_person(21);
	guint slow = 0, brisk = 0;
	double peak_mps = 0;

	for (guint i = 0; i < HALF_HOUR; i++) {
		RollSimTruth truth = move(&person, (double)i / RATE_HZ);
		double speed_mps = fabs(truth.contact.rate);

		peak_mps = fmax(peak_mps, speed_mps);
		slow += speed_mps > 0.04 && speed_mps < 0.28;
		brisk += speed_mps >= 0.28;
	}
	g_assert_cmpuint(slow, >, 20 * brisk);
	g_assert_cmpuint(brisk, >, 0);
	g_assert_cmpfloat(peak_mps, <, 0.8);
}

typedef struct {
	guint n_lifts, n_turned, n_holds, n_long_holds;
	double breath_m; /* largest movement within a hold, end to end */
} Counts;

/* A hold, by movement.md: 2 s or more within 1.5 cm; here, a stretch that never exceeds 1 cm/s. */
static void
count_hold(Counts *counts, guint n_still, double low_m, double high_m)
{
	if (n_still < 2 * RATE_HZ)
		return;
	counts->n_holds++;
	counts->n_long_holds += n_still >= 12 * RATE_HZ;
	counts->breath_m = fmax(counts->breath_m, high_m - low_m);
}

static Counts
count_acts(RollSimPerson *person)
{
	RollSimTruth last = move(person, 0);
	Counts counts = {0};
	guint n_still = 0;
	double low_m = 1, high_m = 0, hand_rad = 0, contact_m = 0;

	for (guint i = 1; i < HALF_HOUR; i++) {
		RollSimTruth truth = move(person, (double)i / RATE_HZ);

		if (truth.is_loaded && fabs(truth.contact.rate) < 0.01) {
			n_still++;
			low_m = fmin(low_m, truth.contact.value);
			high_m = fmax(high_m, truth.contact.value);
		} else {
			count_hold(&counts, n_still, low_m, high_m);
			n_still = 0;
			low_m = 1;
			high_m = 0;
		}
		if (last.is_loaded && !truth.is_loaded) {
			counts.n_lifts++;
			hand_rad = truth.hand_rad.value;
			contact_m = truth.contact.value;
		}
		if (truth.is_loaded && !last.is_loaded && counts.n_lifts > 0) {
			counts.n_turned += fabs(truth.hand_rad.value - hand_rad) > 0.1;
			/* Only the rest of the breathing's 2 mm moves it. */
			g_assert_cmpfloat_with_epsilon(truth.contact.value, contact_m, 0.001);
		}
		if (truth.is_loaded)
			g_assert_true(truth.hand_rad.rate == 0);
		last = truth;
	}
	return counts;
}

static void
test_holds_and_lifts(void)
{
	RollSimPerson person = make_person(4);
	Counts counts = count_acts(&person);

	g_assert_cmpuint(counts.n_lifts, >=, 15);
	g_assert_cmpuint(counts.n_turned, >=, counts.n_lifts / 2);
	g_assert_cmpuint(counts.n_turned, <, counts.n_lifts);
	g_assert_cmpuint(counts.n_holds, >=, 20);
	g_assert_cmpuint(counts.n_long_holds, >=, 5);
	g_assert_cmpfloat(counts.breath_m, >, 0.003);
	g_assert_cmpfloat(counts.breath_m, <, 0.015);
}

static void
test_sessions_and_breaks(void)
{
	RollSimHabits habits;
	RollSimPerson person;
	gboolean was_loaded = FALSE;
	double loaded_s = 0;
	guint n_sessions = 0;

	roll_sim_habits_init(&habits);
	habits.session_s = 180;
	habits.break_s = 420;
	roll_sim_person_init(&person, &habits, 9);
	for (guint i = 0; i < HALF_HOUR; i++) {
		double t_s = (double)i / RATE_HZ;
		RollSimTruth truth = move(&person, t_s);

		if (truth.is_loaded && !was_loaded && (n_sessions == 0 || t_s - loaded_s > 300)) {
			n_sessions++;
			g_assert_cmpfloat_with_epsilon(truth.contact.value, habits.start_m, 0.002);
		}
		if (truth.is_loaded)
			loaded_s = t_s;
		was_loaded = truth.is_loaded;
	}
	/* 1800 s hold sessions of a good 180 s with breaks of a good 420 s. */
	g_assert_cmpuint(n_sessions, ==, 3);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim-person/same-seed-same-life", test_same_seed_same_life);
	g_test_add_func("/sim-person/derivatives-fit", test_derivatives_fit);
	g_test_add_func("/sim-person/stays-on-the-thoracic-spine",
			test_stays_on_the_thoracic_spine);
	g_test_add_func("/sim-person/first-contact", test_first_contact_is_where_it_should_be);
	g_test_add_func("/sim-person/force-is-a-share", test_force_is_a_share_of_the_weight);
	g_test_add_func("/sim-person/tight-spot-is-slower", test_tight_spot_is_rolled_slower);
	g_test_add_func("/sim-person/speed", test_speed_is_that_of_people);
	g_test_add_func("/sim-person/holds-and-lifts", test_holds_and_lifts);
	g_test_add_func("/sim-person/sessions-and-breaks", test_sessions_and_breaks);
	return g_test_run();
}
