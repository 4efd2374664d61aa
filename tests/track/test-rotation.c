/* SPDX-License-Identifier: MIT
 *
 * Our own sine, cosine and arc tangent against the C library's.
 */
#include "daemon/track/rotation.h"

#include <glib.h>
#include <math.h>

static void
test_sincos(void)
{
	for (int i = -200000; i <= 200000; i++) {
		const double angle = i * 1.7e-4; /* +-34 rad */
		double s, c;

		roll_rotation_sincos(angle, &s, &c);
		g_assert_cmpfloat_with_epsilon(s, sin(angle), 3e-8);
		g_assert_cmpfloat_with_epsilon(c, cos(angle), 3e-8);
	}
}

/* Ten thousand turns: more than anyone rolls in a day. */
static void
test_sincos_far(void)
{
	for (int i = -10000; i <= 10000; i++) {
		const double angle = i * 6.3;
		double s, c;

		roll_rotation_sincos(angle, &s, &c);
		g_assert_cmpfloat_with_epsilon(s, sin(angle), 3e-8);
		g_assert_cmpfloat_with_epsilon(c, cos(angle), 3e-8);
	}
}

static void
test_atan2(void)
{
	for (int i = 0; i < 100000; i++) {
		const double angle = (i - 50000) * (G_PI / 50000.5);
		const double length = 1e-3 + i % 977;
		const double y = length * sin(angle), x = length * cos(angle);

		g_assert_cmpfloat_with_epsilon(roll_rotation_atan2(y, x), atan2(y, x), 2e-6);
	}
}

static void
test_atan2_axes(void)
{
	g_assert_cmpfloat(roll_rotation_atan2(0.0, 0.0), ==, 0.0);
	g_assert_cmpfloat(roll_rotation_atan2(0.0, 2.0), ==, 0.0);
	g_assert_cmpfloat(roll_rotation_atan2(3.0, 0.0), ==, ROLL_PI / 2.0);
	g_assert_cmpfloat(roll_rotation_atan2(-3.0, 0.0), ==, -ROLL_PI / 2.0);
	g_assert_cmpfloat(roll_rotation_atan2(0.0, -1.0), ==, ROLL_PI);
}

static void
test_wrapped(void)
{
	for (int turns = -5; turns <= 5; turns++) {
		for (double angle = -3.14; angle < 3.14; angle += 0.01)
			g_assert_cmpfloat_with_epsilon(
				roll_rotation_wrapped(angle + turns * ROLL_TURN_RAD), angle, 1e-13);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rotation/sincos", test_sincos);
	g_test_add_func("/rotation/sincos-far", test_sincos_far);
	g_test_add_func("/rotation/atan2", test_atan2);
	g_test_add_func("/rotation/atan2-axes", test_atan2_axes);
	g_test_add_func("/rotation/wrapped", test_wrapped);
	return g_test_run();
}
