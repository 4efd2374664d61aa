/* SPDX-License-Identifier: MIT
 *
 * The spine as a ruler: levels by name, their places, the default zones.
 */
#include "daemon/track/spine.h"

#include <glib.h>

#define SPINE_M 0.44

static const char *const names[ROLL_LEVELS] = {
	"C7", "T1",  "T2",  "T3",  "T4", "T5", "T6", "T7", "T8",
	"T9", "T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5",
};

static void
test_names(void)
{
	for (unsigned i = 0; i < ROLL_LEVELS; i++) {
		g_autofree char *lower = g_ascii_strdown(names[i], -1);
		unsigned level = 99;

		g_assert_cmpstr(roll_spine_get_level_name(i), ==, names[i]);
		g_assert_true(roll_spine_find_level(names[i], &level));
		g_assert_cmpuint(level, ==, i);
		level = 99;
		g_assert_true(roll_spine_find_level(lower, &level));
		g_assert_cmpuint(level, ==, i);
	}
}

static void
test_unknown_names(void)
{
	const char *const wrong[] = {"", "T", "T0", "T13", "C6", "L6", "T1 ", " T1", "T12x", "T01"};

	for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
		unsigned level = 99;

		g_assert_false(roll_spine_find_level(wrong[i], &level));
		g_assert_cmpuint(level, ==, 99);
	}
}

static void
test_levels(void)
{
	g_assert_cmpfloat(roll_spine_get_level_m(0, SPINE_M), ==, 0.0);
	g_assert_cmpfloat_with_epsilon(roll_spine_get_level_m(8, SPINE_M), 0.17116, 1e-9);
	g_assert_cmpfloat_with_epsilon(roll_spine_get_level_m(ROLL_LEVELS - 1, SPINE_M), SPINE_M,
				       1e-12);
	for (unsigned i = 1; i < ROLL_LEVELS; i++) {
		const double step_m =
			roll_spine_get_level_m(i, SPINE_M) - roll_spine_get_level_m(i - 1, SPINE_M);

		/* No vertebra is thinner than 1.5 cm or thicker than 4 cm in a spine of this length. */
		g_assert_cmpfloat(step_m, >, 0.015);
		g_assert_cmpfloat(step_m, <, 0.040);
	}
}

static void
test_boundaries(void)
{
	g_assert_cmpfloat(roll_spine_get_boundary_m(0, SPINE_M), ==, -ROLL_SPINE_BEYOND_M);
	g_assert_cmpfloat(roll_spine_get_boundary_m(ROLL_LEVELS, SPINE_M), ==, ROLL_SPINE_BEYOND_M);
	for (unsigned i = 1; i < ROLL_LEVELS; i++)
		g_assert_cmpfloat_with_epsilon(roll_spine_get_boundary_m(i, SPINE_M),
					       0.5 * (roll_spine_get_level_m(i - 1, SPINE_M) +
						      roll_spine_get_level_m(i, SPINE_M)),
					       1e-12);
}

static void
test_zones(void)
{
	static const struct {
		const char *name;
		unsigned first_level;
	} right[] = {
		{"neck-base", 0},      {"upper-thoracic", 2}, {"mid-thoracic", 5},
		{"lower-thoracic", 9}, {"lumbar", 13},
	};
	RollZone zones[ROLL_ZONES_MAX];
	const unsigned n = roll_spine_get_default_zones(SPINE_M, zones);

	g_assert_cmpuint(n, ==, G_N_ELEMENTS(right));
	for (unsigned i = 0; i < n; i++) {
		g_assert_cmpstr(zones[i].name, ==, right[i].name);
		g_assert_cmpfloat(zones[i].from_m, ==,
				  roll_spine_get_boundary_m(right[i].first_level, SPINE_M));
		g_assert_cmpfloat(zones[i].from_m, <, zones[i].to_m);
		/* Every place has one zone: no hole, no overlap. */
		if (i > 0)
			g_assert_cmpfloat(zones[i].from_m, ==, zones[i - 1].to_m);
	}
	g_assert_cmpfloat(zones[n - 1].to_m, ==, ROLL_SPINE_BEYOND_M);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/spine/names", test_names);
	g_test_add_func("/spine/unknown-names", test_unknown_names);
	g_test_add_func("/spine/levels", test_levels);
	g_test_add_func("/spine/boundaries", test_boundaries);
	g_test_add_func("/spine/zones", test_zones);
	return g_test_run();
}
