/* SPDX-License-Identifier: MIT
 *
 * The longest recent run within a width, against looking at all of it each time.
 */
#include "daemon/track/window.h"

#include <glib.h>

#define WIDTH_M 0.015

static RollInstant
make_instant(int64_t t_us, double position_m)
{
	return (RollInstant){
		.position_m = position_m,
		.force = 100.0 + 1e4 * position_m,
		.tally = {.t_us = t_us},
	};
}

static void
test_against_all(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(100);
	g_autofree RollWindow *window = g_new0(RollWindow, 1);
	double kept_m[20000];

	roll_window_clear(window);
	g_assert_null(roll_window_get_first(window));
	kept_m[0] = 0.2;
	for (unsigned i = 0; i < G_N_ELEMENTS(kept_m); i++) {
		const RollInstant instant = make_instant(i * 10000, kept_m[i]);
		double low_m = kept_m[i], high_m = kept_m[i];
		unsigned begin = i;
		double begin_us;

		/* Back from the newest one, as far as it stays within the width; and on straight to its edge. */
		while (begin > 0 &&
		       MAX(high_m, kept_m[begin - 1]) - MIN(low_m, kept_m[begin - 1]) <= WIDTH_M) {
			begin--;
			low_m = MIN(low_m, kept_m[begin]);
			high_m = MAX(high_m, kept_m[begin]);
		}
		begin_us = begin * 10000.0;
		if (begin > 0) {
			const double edge_m =
				kept_m[begin - 1] < low_m ? high_m - WIDTH_M : low_m + WIDTH_M;

			begin_us -= 10000.0 * (kept_m[begin] - edge_m) /
				    (kept_m[begin] - kept_m[begin - 1]);
			low_m = MIN(low_m, edge_m);
			high_m = MAX(high_m, edge_m);
		}
		roll_window_push(window, &instant, WIDTH_M);
		g_assert_cmpfloat_with_epsilon((double)roll_window_get_first(window)->tally.t_us,
					       begin_us, 2.0);
		g_assert_cmpfloat_with_epsilon(roll_window_get_low_m(window), low_m, 1e-12);
		g_assert_cmpfloat_with_epsilon(roll_window_get_high_m(window), high_m, 1e-12);
		g_assert_cmpfloat_with_epsilon(roll_window_get_peak_force(window),
					       100.0 + 1e4 * high_m, 1e-6);
		if (i + 1 < G_N_ELEMENTS(kept_m))
			kept_m[i + 1] = kept_m[i] + g_rand_double_range(rand, -0.002, 0.002);
	}
}

/* More than it has room for: the oldest ones are let go, the extremes stay those of the rest. */
static void
test_full(void)
{
	g_autofree RollWindow *window = g_new0(RollWindow, 1);

	roll_window_clear(window);
	for (unsigned i = 0; i < 3 * ROLL_WINDOW_RING; i++) {
		const RollInstant instant = make_instant(i * 10000, 0.2 - 1e-6 * i);

		roll_window_push(window, &instant, WIDTH_M);
	}
	g_assert_cmpint(roll_window_get_first(window)->tally.t_us, ==,
			2 * ROLL_WINDOW_RING * 10000);
	g_assert_cmpfloat(roll_window_get_high_m(window), ==, 0.2 - 1e-6 * 2 * ROLL_WINDOW_RING);
	g_assert_cmpfloat(roll_window_get_low_m(window), ==,
			  0.2 - 1e-6 * (3 * ROLL_WINDOW_RING - 1));
}

/* Instants nearer together than a step are passed over. */
static void
test_step(void)
{
	g_autofree RollWindow *window = g_new0(RollWindow, 1);
	const RollInstant instants[] = {
		make_instant(0, 0.200),
		make_instant(ROLL_WINDOW_STEP_US - 1, 0.300),
		make_instant(ROLL_WINDOW_STEP_US, 0.201),
	};

	roll_window_clear(window);
	for (unsigned i = 0; i < G_N_ELEMENTS(instants); i++)
		roll_window_push(window, &instants[i], WIDTH_M);
	g_assert_cmpint(roll_window_get_first(window)->tally.t_us, ==, 0);
	g_assert_cmpfloat(roll_window_get_high_m(window), ==, 0.201);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/window/against-all", test_against_all);
	g_test_add_func("/window/full", test_full);
	g_test_add_func("/window/step", test_step);
	return g_test_run();
}
