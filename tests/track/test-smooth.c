/* SPDX-License-Identifier: MIT
 *
 * The two-sided smoothing: what it must not bend, what it must undo, when it tells.
 */
#include "daemon/track/smooth.h"

#include <glib.h>
#include <math.h>

#define STEP_US INT64_C(10000)
#define REACH_US ROLL_SMOOTH_ROLLER_US

typedef double Curve(double t_s);

static RollPoint
make_point(int64_t t_us, double place)
{
	return (RollPoint){.t_us = t_us, .place = place, .worth = 1.0, .force = 300.0};
}

/* Feeds n points of a curve, a step apart; ret_points: n long, as they came out. */
static void
run_curve(RollSmooth *smooth, Curve *curve, int64_t step_us, unsigned n, RollPoint *ret_points)
{
	unsigned n_out = 0;

	for (unsigned i = 0; i < n; i++) {
		const int64_t t_us = i * step_us;

		roll_smooth_put(smooth, make_point(t_us, curve((double)t_us * 1e-6)));
		while (roll_smooth_take(smooth, false, &ret_points[n_out])) {
			/* As late as said, and no later. */
			g_assert_cmpint(t_us - ret_points[n_out].t_us, >=, smooth->reach_us);
			g_assert_cmpint(t_us - ret_points[n_out].t_us, <,
					smooth->reach_us + step_us);
			n_out++;
		}
	}
	while (roll_smooth_take(smooth, true, &ret_points[n_out]))
		n_out++;
	g_assert_cmpuint(n_out, ==, n);
	for (unsigned i = 0; i < n; i++) {
		g_assert_cmpint(ret_points[i].t_us, ==, i * step_us);
		g_assert_cmpfloat(ret_points[i].force, ==, 300.0);
	}
}

static double
constant(double t_s)
{
	(void)t_s; /* a curve that does not depend on it */
	return 1.25;
}

static double
ramp(double t_s)
{
	return 3.0 - 2.0 * t_s;
}

static void
test_unbent(void)
{
	Curve *const curves[] = {constant, ramp};

	for (unsigned k = 0; k < 2; k++) {
		RollPoint points[500];
		RollSmooth smooth;

		roll_smooth_init(&smooth, 0.087, REACH_US);
		run_curve(&smooth, curves[k], STEP_US, G_N_ELEMENTS(points), points);
		/* To the very ends. */
		for (unsigned i = 0; i < G_N_ELEMENTS(points); i++)
			g_assert_cmpfloat_with_epsilon(
				points[i].place, curves[k]((double)points[i].t_us * 1e-6), 1e-9);
	}
}

#define ROLLING_HZ 0.5

static double
get_true_angle(double t_s)
{
	return 1.5 * sin(2.0 * G_PI * ROLLING_HZ * t_s);
}

/* What gravity says of it while the roller rolls: the angle minus tau2 times its second derivative. */
static double
get_seeming_angle(double t_s)
{
	const double beat = 2.0 * G_PI * ROLLING_HZ;

	return get_true_angle(t_s) * (1.0 + 0.075 / ROLL_G_MPS2 * beat * beat);
}

/* How much of the acceleration's error is left, share. smooth: begun. */
static double
get_left(RollSmooth *smooth)
{
	RollPoint points[1000];
	double before = 0.0, after = 0.0;

	run_curve(smooth, get_seeming_angle, STEP_US, G_N_ELEMENTS(points), points);
	for (unsigned i = 100; i < G_N_ELEMENTS(points) - 100; i++) {
		const double t_s = (double)points[i].t_us * 1e-6;

		before = MAX(before, fabs(get_seeming_angle(t_s) - get_true_angle(t_s)));
		after = MAX(after, fabs(points[i].place - get_true_angle(t_s)));
	}
	g_assert_cmpfloat(before, >, 0.1);
	return after / before;
}

/* The whole exponential undoes it; the one that keeps the promise of real time, more than half of it. */
static void
test_rolling_undone(void)
{
	const double tau_s = roll_smooth_get_rolling_tau_s(0.075);
	RollSmooth smooth;

	g_assert_cmpfloat_with_epsilon(tau_s, 0.08745, 1e-4);
	roll_smooth_init(&smooth, tau_s, 800000);
	g_assert_cmpfloat(get_left(&smooth), <, 0.03);
	roll_smooth_init_rolling(&smooth, 0.075);
	g_assert_cmpfloat(get_left(&smooth), <, 0.5);
}

static void
test_noise(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(3);
	RollSmooth smooth;
	double before = 0.0, after = 0.0;

	roll_smooth_init(&smooth, 0.087, REACH_US);
	for (unsigned i = 0; i < 5000; i++) {
		const double noise = g_rand_double_range(rand, -1.0, 1.0);
		RollPoint point;

		before += noise * noise;
		roll_smooth_put(&smooth, make_point(i * STEP_US, noise));
		while (roll_smooth_take(&smooth, false, &point))
			after += point.place * point.place;
	}
	/* 1 / (4 tau) of bandwidth against 1 / (2 step): a sixteenth of the power. */
	g_assert_cmpfloat(after, <, before / 12.0);
}

static void
test_worth(void)
{
	RollSmooth smooth;
	RollPoint point;

	roll_smooth_init(&smooth, ROLL_SMOOTH_BAR_S, ROLL_SMOOTH_BAR_US);
	for (unsigned i = 0; i < 300; i++) {
		RollPoint in = make_point(i * STEP_US, i % 2 ? 0.2 : 77.0);

		in.worth = i % 2 ? 9.0 : 0.0;
		roll_smooth_put(&smooth, in);
		while (roll_smooth_take(&smooth, false, &point)) {
			/* The first has no one to its left, so that its own place stays. */
			if (point.t_us > 0)
				g_assert_cmpfloat_with_epsilon(point.place, 0.2, 1e-12);
		}
	}
}

static void
test_cut(void)
{
	RollSmooth smooth;
	RollPoint point;

	roll_smooth_init(&smooth, 0.087, REACH_US);
	for (unsigned k = 0; k < 2; k++) {
		for (unsigned i = 0; i < 10; i++)
			roll_smooth_put(&smooth, make_point((k * 10 + i) * STEP_US, k));
		for (unsigned i = 0; i < 10; i++) {
			g_assert_true(roll_smooth_take(&smooth, true, &point));
			g_assert_cmpfloat(point.place, ==, k);
		}
		g_assert_false(roll_smooth_take(&smooth, true, &point));
		roll_smooth_cut(&smooth);
	}
}

/* What waits looks as it would be told if the stream ended here; looking takes nothing. */
static void
test_peek(void)
{
	RollSmooth smooth;
	RollPoint seen[50], point;
	int64_t ahead_us;
	unsigned n = 0;

	roll_smooth_init(&smooth, 0.087, REACH_US);
	g_assert_false(roll_smooth_peek(&smooth, 0, &point, &ahead_us));
	for (unsigned i = 0; i < G_N_ELEMENTS(seen); i++) {
		const int64_t t_us = i * STEP_US;

		roll_smooth_put(&smooth, make_point(t_us, get_seeming_angle((double)t_us * 1e-6)));
		while (roll_smooth_take(&smooth, false, &point))
			g_assert_cmpint(point.t_us, <=, t_us - REACH_US);
	}
	while (roll_smooth_peek(&smooth, n, &seen[n], &ahead_us)) {
		g_assert_cmpint(ahead_us, ==, 49 * STEP_US - seen[n].t_us);
		n++;
	}
	g_assert_cmpuint(n, ==, REACH_US / STEP_US);
	for (unsigned i = 0; i < n; i++) {
		g_assert_true(roll_smooth_take(&smooth, true, &point));
		g_assert_cmpint(point.t_us, ==, seen[i].t_us);
		g_assert_cmpfloat(point.place, ==, seen[i].place);
	}
	g_assert_false(roll_smooth_take(&smooth, true, &point));
}

/* Faster than there is room for: told earlier, all of them, in order. */
static void
test_too_fast(void)
{
	RollSmooth smooth;
	RollPoint point;
	int64_t next_us = 0;

	roll_smooth_init(&smooth, 0.087, REACH_US);
	for (int64_t t_us = 0; t_us < 10000; t_us++) {
		roll_smooth_put(&smooth, make_point(t_us, 0.5));
		while (roll_smooth_take(&smooth, false, &point)) {
			g_assert_cmpint(point.t_us, ==, next_us++);
			g_assert_cmpfloat_with_epsilon(point.place, 0.5, 1e-12);
		}
	}
	g_assert_cmpint(next_us, >, 10000 - ROLL_SMOOTH_RING);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/smooth/unbent", test_unbent);
	g_test_add_func("/smooth/rolling-undone", test_rolling_undone);
	g_test_add_func("/smooth/noise", test_noise);
	g_test_add_func("/smooth/worth", test_worth);
	g_test_add_func("/smooth/cut", test_cut);
	g_test_add_func("/smooth/peek", test_peek);
	g_test_add_func("/smooth/too-fast", test_too_fast);
	return g_test_run();
}
