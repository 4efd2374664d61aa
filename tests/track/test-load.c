/* SPDX-License-Identifier: MIT
 *
 * Whether the body rests on the roller: hysteresis, and what motion tells without force cells.
 */
#include "daemon/track/load.h"

#include <glib.h>
#include <math.h>

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

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/load/force", test_load);
	g_test_add_func("/load/inferred", test_load_inferred);
	return g_test_run();
}
