/* SPDX-License-Identifier: MIT
 *
 * A massage bar: centre of force, what its cells read at rest, twist.
 */
#include "daemon/track/bar.h"

#include <glib.h>
#include <math.h>

#define N_CELLS 8
#define PERIOD_S 0.0125

static RollBar
make_bar(void)
{
	RollTrackSettings settings;
	RollBar bar;

	roll_track_settings_init(&settings);
	settings.is_bar = true;
	settings.head_end_m = 0.01;
	settings.pitch_m = 0.04;
	roll_bar_init(&bar, &settings);
	return bar;
}

/* A body of 200 N on two neighbouring cells, its centre at place cells from the head end. */
static void
press(float *cells, double place)
{
	const unsigned below = (unsigned)place;

	for (unsigned i = 0; i < N_CELLS; i++)
		cells[i] = 0.0f;
	cells[below] = (float)(200.0 * (below + 1 - place));
	if (below + 1 < N_CELLS)
		cells[below + 1] = (float)(200.0 * (place - below));
}

static void
test_centre(void)
{
	RollBar bar = make_bar();
	float cells[N_CELLS];

	for (double place = 0.0; place <= N_CELLS - 1; place += 0.125) {
		press(cells, place);
		g_assert_cmpfloat_with_epsilon(roll_bar_feed(&bar, cells, N_CELLS, true, PERIOD_S),
					       0.01 + 0.04 * place, 1e-7);
	}
}

static void
test_unloaded(void)
{
	RollBar bar = make_bar();
	float cells[N_CELLS];

	press(cells, 0.0);
	g_assert_cmpfloat(roll_bar_feed(&bar, cells, N_CELLS, true, 0.0), ==, 0.01);
	press(cells, 3.0);
	roll_bar_feed(&bar, cells, N_CELLS, true, PERIOD_S);
	press(cells, 6.0);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed(&bar, cells, N_CELLS, false, PERIOD_S), 0.13,
				       1e-9);
}

static void
test_one_cell(void)
{
	RollBar bar = make_bar();
	const float force = 123.0f;

	g_assert_cmpfloat(roll_bar_feed(&bar, &force, 1, true, PERIOD_S), ==, 0.01);
}

/* 2 N on each cell and 9 N on the last one with nobody on it: taken off, the centre is right at 30 N. */
static void
test_resting_readings(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(1);
	RollBar bar = make_bar();
	float cells[N_CELLS];

	for (unsigned i = 0; i < 800; i++) {
		for (unsigned k = 0; k < N_CELLS; k++)
			cells[k] = (float)((k == 7 ? 9.0 : 2.0) +
					   g_rand_double_range(rand, -0.5, 0.5));
		roll_bar_feed(&bar, cells, N_CELLS, false, PERIOD_S);
	}
	for (unsigned k = 0; k < N_CELLS; k++)
		cells[k] = (k == 7 ? 9.0f : 2.0f) + (k == 2 ? 30.0f : 0.0f);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed(&bar, cells, N_CELLS, true, PERIOD_S),
				       0.01 + 0.04 * 2, 0.002);
}

/* Cells that read less than at rest must not throw the centre off the bar. */
static void
test_stays_on_the_bar(void)
{
	RollBar bar = make_bar();
	float cells[N_CELLS] = {0, 0, 0, 0, 0, 0, 0, 50};
	double at_m;

	roll_bar_feed(&bar, cells, N_CELLS, false, 1.0);
	cells[0] = 60.0f;
	cells[7] = 0.0f;
	at_m = roll_bar_feed(&bar, cells, N_CELLS, true, PERIOD_S);
	g_assert_cmpfloat(at_m, >=, 0.01);
	g_assert_cmpfloat(at_m, <=, 0.01 + 0.04 * (N_CELLS - 1));
}

static void
test_twist(void)
{
	RollBar bar = make_bar();

	/* It rests a little tilted, the mean of which is nought; from the first contact on that stays. */
	for (unsigned i = 0; i < 100; i++)
		roll_bar_feed_tilt(&bar, i % 2 ? 0.21 : 0.19, false, PERIOD_S);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed_tilt(&bar, 0.30, true, PERIOD_S), 0.10, 1e-3);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed_tilt(&bar, 0.05, true, PERIOD_S), -0.15, 1e-3);
	for (unsigned i = 0; i < 1000; i++)
		roll_bar_feed_tilt(&bar, 0.5, i % 2, PERIOD_S);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed_tilt(&bar, 0.20, true, PERIOD_S), 0.0, 1e-3);
}

/* Never seen at rest: the first tilt is nought. */
static void
test_twist_without_rest(void)
{
	RollBar bar = make_bar();

	g_assert_cmpfloat(roll_bar_feed_tilt(&bar, -0.4, true, 0.0), ==, 0.0);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed_tilt(&bar, -0.4, true, PERIOD_S), 0.0, 1e-12);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed_tilt(&bar, -0.3, true, PERIOD_S), 0.1, 1e-12);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bar/centre", test_centre);
	g_test_add_func("/bar/unloaded", test_unloaded);
	g_test_add_func("/bar/one-cell", test_one_cell);
	g_test_add_func("/bar/resting-readings", test_resting_readings);
	g_test_add_func("/bar/stays-on-the-bar", test_stays_on_the_bar);
	g_test_add_func("/bar/twist", test_twist);
	g_test_add_func("/bar/twist-without-rest", test_twist_without_rest);
	return g_test_run();
}
