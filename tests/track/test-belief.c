/* SPDX-License-Identifier: MIT
 *
 * The belief over shifts: it stays one whatever it is fed, finds a place again by force where force tells, and moves
 * nothing where nothing tells.
 */
#include "daemon/track/belief.h"

#include <glib.h>
#include <math.h>

#define USUAL 300.0
/* What see_force leaves of the last reading's error from one centimetre to the next. */
#define KEPT 0.9
#define BEYOND_SHARE 0.2

typedef double (*Profile)(double at_m);

/* Somebody who is not where the reckoning says. */
typedef struct {
	RollBelief belief;
	RollForceMap map;
	Profile profile;
	double off_m; /* place - reckoned */
} Lost;

static double
bump(double at_m, double top_m)
{
	const double x = (at_m - top_m) / 0.03;

	return 0.35 * exp(-0.5 * x * x);
}

static double
have_one_bump(double at_m)
{
	return USUAL * (1.0 + bump(at_m, 0.20));
}

static double
have_two_bumps(double at_m)
{
	return USUAL * (1.0 + bump(at_m, 0.12) + bump(at_m, 0.32));
}

static double
have_none(double at_m)
{
	(void)at_m;
	return USUAL;
}

static Lost
make_lost(Profile profile, double off_m)
{
	Lost lost = {.profile = profile, .off_m = off_m};

	roll_belief_init(&lost.belief);
	roll_force_map_init(&lost.map);
	for (unsigned visit = 0; visit < 5; visit++) {
		for (unsigned i = 0; i < 88; i++) {
			const double at_m = (i + 0.5) * ROLL_SLICE_M;

			roll_force_map_add(&lost.map, at_m, profile(at_m));
		}
	}
	return lost;
}

/* at_m: where contact is. */
static RollBeliefGround
get_ground(const Lost *lost, double at_m)
{
	return (RollBeliefGround){at_m - lost->off_m, -0.05, 0.49, &lost->map};
}

static void
assert_sound(const RollBelief *belief)
{
	double sum = 0.0;

	for (unsigned i = 0; i < ROLL_BELIEF_SHIFTS; i++) {
		g_assert_true(isfinite(belief->weights[i]) && belief->weights[i] >= 0.0);
		if (i < belief->first || i > belief->last)
			g_assert_cmpfloat(belief->weights[i], ==, 0.0);
		sum += belief->weights[i];
	}
	g_assert_cmpfloat_with_epsilon(sum, 1.0, 1e-6);
	g_assert_cmpfloat(fabs(belief->shift_m), <=, ROLL_BELIEF_NONE * ROLL_BELIEF_STEP_M + 1e-9);
	g_assert_true(isfinite(belief->uncertainty_m) && belief->uncertainty_m >= 0.0);
}

/* What is returned is the whole change, or there was but a small one. */
static double
settle(RollBelief *belief)
{
	const double before_m = belief->shift_m;
	const double jump_m = roll_belief_settle(belief);
	const double change_m = belief->shift_m - before_m;

	if (jump_m != 0.0)
		g_assert_cmpfloat(jump_m, ==, change_m);
	else
		g_assert_cmpfloat(fabs(change_m), <=, 0.015);
	assert_sound(belief);
	return jump_m;
}

static void
doubt(Lost *lost, double at_m, double share)
{
	const RollBeliefGround ground = get_ground(lost, at_m);

	roll_belief_doubt(&lost->belief, &ground, share, INFINITY);
	settle(&lost->belief);
}

/* A reading each centimetre, with 2 % of noise. Returns how many jumps there were. */
static unsigned
roll_over(Lost *lost, double from_m, double to_m, GRand *rand)
{
	const double way_m = to_m - from_m;
	const unsigned n = (unsigned)(fabs(way_m) / ROLL_FORCE_MAP_EVERY_M + 0.5);
	unsigned n_jumps = 0;

	for (unsigned i = 0; i <= n; i++) {
		const double at_m = from_m + way_m * i / n;
		const RollBeliefGround ground = get_ground(lost, at_m);
		const double noise = rand ? g_rand_double_range(rand, -0.035, 0.035) : 0.0;

		roll_belief_see_ends(&lost->belief, &ground, BEYOND_SHARE);
		roll_belief_see_force(&lost->belief, &ground, lost->profile(at_m) * (1.0 + noise),
				      KEPT);
		n_jumps += settle(&lost->belief) != 0.0;
	}
	return n_jumps;
}

static void
test_init(void)
{
	RollBelief belief;

	roll_belief_init(&belief);
	assert_sound(&belief);
	g_assert_cmpfloat(settle(&belief), ==, 0.0);
	g_assert_cmpfloat(belief.shift_m, ==, 0.0);
	g_assert_cmpfloat(belief.uncertainty_m, ==, 0.0);
	g_assert_cmpfloat(roll_belief_recentre(&belief), ==, 0.0);
}

/* From every offset: all the while both places are on the spine, so that force alone tells. Two centimetres take longer,
 * since the slope of the bump is all there is to tell them apart. */
static void
test_found_by_force(void)
{
	for (int off_cm = -15; off_cm <= 15; off_cm++) {
		g_autoptr(GRand) rand = g_rand_new_with_seed(80);
		Lost lost = make_lost(have_one_bump, off_cm * 0.01);
		const unsigned n_rounds = abs(off_cm) > 2 ? 1 : 4;

		doubt(&lost, 0.12, 0.3);
		for (unsigned i = 0; i < n_rounds; i++) {
			roll_over(&lost, 0.12, 0.30, rand);
			roll_over(&lost, 0.30, 0.12, rand);
		}
		g_assert_cmpfloat_with_epsilon(lost.belief.shift_m, lost.off_m, 0.01);
		g_assert_cmpfloat(lost.belief.uncertainty_m, <, 0.015);
	}
}

/* The one that is where it was reckoned stays there all the while. */
static void
test_not_lost(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(81);
	Lost lost = make_lost(have_one_bump, 0.0);

	for (unsigned i = 0; i < 50; i++) {
		doubt(&lost, 0.05, 0.08);
		g_assert_cmpuint(roll_over(&lost, 0.05, 0.40, rand), ==, 0);
		g_assert_cmpfloat_with_epsilon(lost.belief.shift_m, 0.0, 0.01);
	}
}

/* A reading tells nothing where all places are alike, and doubt stays. */
static void
test_flat(void)
{
	Lost lost = make_lost(have_none, 0.08);

	doubt(&lost, 0.12, 0.8);
	for (unsigned i = 0; i < 10; i++)
		g_assert_cmpuint(roll_over(&lost, 0.12, 0.30, NULL), ==, 0);
	g_assert_cmpfloat_with_epsilon(lost.belief.shift_m, 0.0, 0.01);
	g_assert_cmpfloat(lost.belief.uncertainty_m, >, 0.02);
}

/* Two bumps alike, 20 cm apart: either will do, and that is told. Somebody who then leaves the one between them is
 * found. */
static void
test_two_bumps(void)
{
	Lost lost = make_lost(have_two_bumps, 0.0);

	doubt(&lost, 0.07, 1.0);
	for (unsigned i = 0; i < 3; i++) {
		roll_over(&lost, 0.07, 0.17, NULL);
		roll_over(&lost, 0.17, 0.07, NULL);
	}
	g_assert_true(fabs(lost.belief.shift_m) < 0.01 || fabs(lost.belief.shift_m - 0.20) < 0.01);
	g_assert_cmpfloat(lost.belief.uncertainty_m, >, 0.05);
	roll_over(&lost, 0.07, 0.35, NULL);
	g_assert_cmpfloat_with_epsilon(lost.belief.shift_m, 0.0, 0.01);
	g_assert_cmpfloat(lost.belief.uncertainty_m, <, 0.01);
}

/* Doubt and drift alone move nothing, however much of them there is. */
static void
test_without_force(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(82);
	Lost lost = {0};

	roll_belief_init(&lost.belief);
	roll_force_map_init(&lost.map);
	for (unsigned i = 0; i < 2000; i++) {
		const RollBeliefGround ground =
			get_ground(&lost, g_rand_double_range(rand, 0.0, 0.44));

		if (g_rand_boolean(rand))
			roll_belief_widen(&lost.belief, 1e-7);
		else
			roll_belief_doubt(&lost.belief, &ground,
					  g_rand_double_range(rand, 0.0, 0.1), INFINITY);
		g_assert_cmpfloat(settle(&lost.belief), ==, 0.0);
	}
	g_assert_cmpfloat_with_epsilon(lost.belief.shift_m, 0.0, 0.005);
	g_assert_cmpfloat(lost.belief.uncertainty_m, >, 0.1);
}

/* The variance is that of a normal spread; what is too much at a stroke ends, too. */
static void
test_widen(void)
{
	const double much_m2[] = {1e-3, 1.0, 1e9, 1e300, INFINITY, NAN};
	RollBelief belief;

	roll_belief_init(&belief);
	for (unsigned i = 0; i < 1000; i++)
		roll_belief_widen(&belief, 1e-7);
	settle(&belief);
	/* 68 % of a normal spread lie within one standard deviation; shifts are steps. */
	g_assert_cmpfloat_with_epsilon(belief.uncertainty_m, 0.01, ROLL_BELIEF_STEP_M);
	g_assert_cmpfloat_with_epsilon(belief.shift_m, 0.0, 1e-6);
	for (unsigned i = 0; i < G_N_ELEMENTS(much_m2); i++) {
		roll_belief_init(&belief);
		roll_belief_widen(&belief, much_m2[i]);
		settle(&belief);
		g_assert_cmpfloat(belief.uncertainty_m, >, 0.005);
	}
}

/* Contact beyond the end of the spine goes back onto it. */
static void
test_ends(void)
{
	Lost lost = make_lost(have_none, 0.0);
	const RollBeliefGround ground = {0.55, -0.05, 0.49, &lost.map};
	double jump_m = 0.0;

	/* Where nothing is in doubt, the reckoning is right. */
	roll_belief_see_ends(&lost.belief, &ground, BEYOND_SHARE);
	g_assert_cmpfloat(settle(&lost.belief), ==, 0.0);
	roll_belief_doubt(&lost.belief, &ground, 0.1, INFINITY);
	for (unsigned i = 0; i < 20; i++) {
		roll_belief_see_ends(&lost.belief, &ground, BEYOND_SHARE);
		jump_m += settle(&lost.belief);
	}
	g_assert_cmpfloat(ground.reckoned_m + lost.belief.shift_m, <=, ground.max_m);
	g_assert_cmpfloat_with_epsilon(jump_m, lost.belief.shift_m, 0.015);
}

static void
test_turns(void)
{
	const double turn_m = 0.47;
	Lost lost = make_lost(have_none, 0.0);

	for (int side = -1; side <= 1; side += 2) {
		const RollBeliefGround ground = {side < 0 ? 0.50 : -0.06, -0.05, 0.49, &lost.map};

		roll_belief_init(&lost.belief);
		roll_belief_doubt_turns(&lost.belief, turn_m, 0.03);
		assert_sound(&lost.belief);
		g_assert_cmpfloat(settle(&lost.belief), ==, 0.0);
		roll_belief_see_ends(&lost.belief, &ground, 1e-4);
		g_assert_cmpfloat_with_epsilon(settle(&lost.belief), side * turn_m, 1e-9);
	}
	/* A turn that is longer than all shifts cannot be told; that it is none stays. */
	roll_belief_init(&lost.belief);
	roll_belief_doubt_turns(&lost.belief, 1.9, 0.03);
	g_assert_cmpfloat(settle(&lost.belief), ==, 0.0);
	g_assert_cmpfloat(lost.belief.uncertainty_m, ==, 0.0);
}

/* Another place must be three times as likely, lest the place waver between two that are alike. */
static void
test_stronger(void)
{
	Lost lost = make_lost(have_none, 0.0);
	const RollBeliefGround ground = {0.50, -0.05, 0.49, &lost.map};

	/* 4 to 3, 2 to 3, 1 to 3, and then 1 to 6. */
	roll_belief_init(&lost.belief);
	roll_belief_doubt_turns(&lost.belief, 0.2, 0.3);
	g_assert_cmpfloat(settle(&lost.belief), ==, 0.0);
	for (unsigned i = 0; i < 2; i++) {
		roll_belief_see_ends(&lost.belief, &ground, 0.51);
		g_assert_cmpfloat(settle(&lost.belief), ==, 0.0);
		g_assert_cmpfloat(lost.belief.uncertainty_m, >, 0.05);
	}
	roll_belief_see_ends(&lost.belief, &ground, 0.51);
	g_assert_cmpfloat_with_epsilon(settle(&lost.belief), -0.2, 1e-9);
}

/* The place stays; whole steps go over; all of the belief goes along. */
static void
test_recentre(void)
{
	for (int off_cm = -14; off_cm <= 14; off_cm += 7) {
		g_autoptr(GRand) rand = g_rand_new_with_seed(83);
		Lost lost = make_lost(have_one_bump, off_cm * 0.01);
		RollBelief before;
		double by_m, steps;
		int n;

		doubt(&lost, 0.12, 0.3);
		roll_over(&lost, 0.12, 0.30, rand);
		roll_over(&lost, 0.30, 0.12, rand);
		before = lost.belief;
		by_m = roll_belief_recentre(&lost.belief);
		assert_sound(&lost.belief);
		g_assert_cmpfloat_with_epsilon(by_m + lost.belief.shift_m, before.shift_m, 1e-12);
		steps = by_m / ROLL_BELIEF_STEP_M;
		n = (int)lrint(steps);
		g_assert_cmpfloat_with_epsilon(steps, n, 1e-9);
		g_assert_true((n != 0) == (off_cm != 0));
		g_assert_cmpfloat(fabs(lost.belief.shift_m), <=, 0.5001 * ROLL_BELIEF_STEP_M);
		for (int i = MAX(0, -n); i < ROLL_BELIEF_SHIFTS - MAX(0, n); i++)
			g_assert_cmpfloat_with_epsilon(lost.belief.weights[i],
						       before.weights[i + n], 1e-6);
		g_assert_cmpfloat(settle(&lost.belief), ==, 0.0);
		g_assert_cmpfloat_with_epsilon(by_m + lost.belief.shift_m, before.shift_m, 1e-6);
		g_assert_cmpfloat_with_epsilon(lost.belief.uncertainty_m, before.uncertainty_m,
					       1e-6);
	}
}

/* A mark finds who is lost, and brings back who is sure of a place a little off, at the latest when it is pressed again. */
static void
test_mark(void)
{
	for (int off_cm = -3; off_cm <= 30; off_cm += 3) {
		Lost lost = make_lost(have_none, off_cm * -0.01);
		const RollBeliefGround ground = get_ground(&lost, 0.0);

		doubt(&lost, 0.0, 0.3);
		roll_belief_see_mark(&lost.belief, &ground, 0.0);
		settle(&lost.belief);
		g_assert_cmpfloat_with_epsilon(ground.reckoned_m + lost.belief.shift_m, 0.0, 0.015);
	}
	for (int off_cm = 0; off_cm <= 40; off_cm += 5) {
		Lost lost = make_lost(have_none, off_cm * -0.01);
		const RollBeliefGround ground = get_ground(&lost, 0.0);

		for (unsigned i = 0; i < 2; i++) {
			roll_belief_see_mark(&lost.belief, &ground, 0.0);
			settle(&lost.belief);
		}
		g_assert_cmpfloat_with_epsilon(ground.reckoned_m + lost.belief.shift_m, 0.0, 0.01);
		g_assert_cmpfloat(lost.belief.uncertainty_m, <, 0.01);
	}
}

/* A mark at the place that is right anyway changes nothing. */
static void
test_mark_agrees(void)
{
	Lost lost = make_lost(have_none, 0.0);
	const RollBeliefGround ground = get_ground(&lost, 0.0);

	roll_belief_see_mark(&lost.belief, &ground, 0.0);
	g_assert_cmpfloat(settle(&lost.belief), ==, 0.0);
	g_assert_cmpfloat_with_epsilon(lost.belief.shift_m, 0.0, 0.003);
	g_assert_cmpfloat(lost.belief.uncertainty_m, <, 0.01);
}

static double
pick(GRand *rand, const double *values, unsigned n)
{
	return values[g_rand_int_range(rand, 0, (int)n)];
}

static void
feed_rubbish(RollBelief *belief, const RollBeliefGround *ground, GRand *rand)
{
	const double much[] = {0.0, 1e-9, 1e-6, 1e-3, 1.0, 1e9, INFINITY, NAN};
	const double reaches_m[] = {0.0, 1e-9, 0.02, 0.5, INFINITY};
	const double shares[] = {0.0, 1e-4, 0.2, 0.5, 1.0};
	const double forces[] = {NAN,  INFINITY, -INFINITY, -1.0, 0.0,	 1e-300,
				 1e-9, 1.0,	 300.0,	    1e7,  1e100, 1e300};

	switch (g_rand_int_range(rand, 0, 12)) {
	case 0:
		roll_belief_widen(belief, pick(rand, much, G_N_ELEMENTS(much)));
		break;
	case 1:
		roll_belief_doubt(belief, ground, pick(rand, shares, G_N_ELEMENTS(shares)),
				  pick(rand, reaches_m, G_N_ELEMENTS(reaches_m)));
		break;
	case 2:
		roll_belief_doubt_turns(belief, g_rand_double_range(rand, 0.06, 1.9),
					g_rand_double_range(rand, 0.0, 0.5));
		break;
	case 3:
		roll_belief_see_ends(belief, ground, pick(rand, shares, G_N_ELEMENTS(shares)));
		break;
	case 4:
		roll_belief_see_mark(belief, ground, g_rand_double_range(rand, -1.0, 1.0));
		break;
	default:
		roll_belief_see_force(belief, ground, pick(rand, forces, G_N_ELEMENTS(forces)),
				      pick(rand, shares, G_N_ELEMENTS(shares)));
	}
}

/* Whatever is fed it stays a belief; and no change of the shift goes by untold: only settle and recentre change it. */
static void
test_rubbish(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(84);
	Lost lost = make_lost(have_one_bump, 0.0);
	RollBelief *belief = &lost.belief;

	for (unsigned i = 0; i < 1000000; i++) {
		const RollBeliefGround ground =
			get_ground(&lost, g_rand_double_range(rand, -1.0, 1.0));
		const double before_m = belief->shift_m;

		feed_rubbish(belief, &ground, rand);
		g_assert_cmpfloat(belief->shift_m, ==, before_m);
		if (i % 16)
			continue;
		settle(belief);
		if (i % 64 == 0)
			roll_belief_recentre(belief);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/belief/init", test_init);
	g_test_add_func("/belief/found-by-force", test_found_by_force);
	g_test_add_func("/belief/not-lost", test_not_lost);
	g_test_add_func("/belief/flat", test_flat);
	g_test_add_func("/belief/two-bumps", test_two_bumps);
	g_test_add_func("/belief/without-force", test_without_force);
	g_test_add_func("/belief/widen", test_widen);
	g_test_add_func("/belief/ends", test_ends);
	g_test_add_func("/belief/turns", test_turns);
	g_test_add_func("/belief/stronger", test_stronger);
	g_test_add_func("/belief/recentre", test_recentre);
	g_test_add_func("/belief/mark", test_mark);
	g_test_add_func("/belief/mark-agrees", test_mark_agrees);
	g_test_add_func("/belief/rubbish", test_rubbish);
	return g_test_run();
}
