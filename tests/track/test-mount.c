/* SPDX-License-Identifier: MIT
 *
 * The axis of a sensor that is strapped on askew, found from what it feels while the roller rolls.
 */
#include "daemon/track/mount.h"
#include "daemon/track/rotation.h"

#include <glib.h>

#define PERIOD_S 0.01
#define MINUTE 6000 /* samples */
#define DEGREE (ROLL_PI / 180.0)

/* A roller that rolls to and fro about an axis that is askew of +z. */
typedef struct {
	RollAxis axis, first, second;
	GRand *rand;
	bool has_gyro, has_acc;
	double swing_rad; /* to each side */
	double t_s;
} Roller;

static Roller
make_roller(double askew_rad, double toward_rad, GRand *rand)
{
	Roller roller = {
		.axis = {sin(askew_rad) * cos(toward_rad), sin(askew_rad) * sin(toward_rad),
			 cos(askew_rad)},
		.rand = rand,
		.has_gyro = true,
		.has_acc = true,
		.swing_rad = 1.5,
	};
	const RollAxis x = {1.0, 0.0, 0.0};

	roller.first =
		roll_axis_unit(roll_axis_plus(x, -roll_axis_dot(x, roller.axis), roller.axis));
	roller.second = roll_axis_cross(roller.axis, roller.first);
	return roller;
}

static RollSensorVec
get_sensed(const Roller *roller, RollAxis v, double noise)
{
	return (RollSensorVec){
		(float)(v.x + g_rand_double_range(roller->rand, -noise, noise)),
		(float)(v.y + g_rand_double_range(roller->rand, -noise, noise)),
		(float)(v.z + g_rand_double_range(roller->rand, -noise, noise)),
	};
}

/* n samples, at 0.25 Hz to and fro. Returns how often the axis changed. */
static unsigned
roll(Roller *roller, RollMount *mount, unsigned n)
{
	const double beat = 2.0 * ROLL_PI * 0.25;
	unsigned n_changes = 0;

	for (unsigned i = 0; i < n; i++, roller->t_s += PERIOD_S) {
		const double angle = roller->swing_rad * sin(beat * roller->t_s);
		const double rate = roller->swing_rad * beat * cos(beat * roller->t_s);
		const RollAxis up = roll_axis_plus(roll_axis_scaled(roller->first, cos(angle)),
						   -sin(angle), roller->second);
		const RollSensorVec turn =
			get_sensed(roller, roll_axis_scaled(roller->axis, rate), 0.01);
		const RollSensorVec pull =
			get_sensed(roller, roll_axis_scaled(up, ROLL_G_MPS2), 0.3);

		n_changes += roll_mount_learn(mount, roller->has_gyro ? &turn : NULL,
					      roller->has_acc ? &pull : NULL, PERIOD_S);
	}
	return n_changes;
}

static double
get_error_rad(const Roller *roller, const RollMount *mount)
{
	return acos(CLAMP(roll_axis_dot(roller->axis, mount->axis), -1.0, 1.0));
}

static void
check_found(bool has_gyro, bool has_acc)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);

	for (unsigned askew = 0; askew <= 45; askew += 15) {
		for (unsigned toward = 0; toward < 360; toward += 40) {
			Roller roller = make_roller(askew * DEGREE, toward * DEGREE, rand);
			RollMount mount;

			roller.has_gyro = has_gyro;
			roller.has_acc = has_acc;
			roll_mount_init(&mount, (RollSensorVec){0.0f, 0.0f, 1.0f});
			g_assert_cmpuint(roll(&roller, &mount, MINUTE), >, 0);
			g_assert_cmpfloat(get_error_rad(&roller, &mount), <, 1.0 * DEGREE);
			g_assert_cmpfloat_with_epsilon(roll_axis_dot(mount.axis, mount.axis), 1.0,
						       1e-12);
		}
	}
}

static void
test_both(void)
{
	check_found(true, true);
}

static void
test_turning_alone(void)
{
	check_found(true, false);
}

static void
test_gravity_alone(void)
{
	check_found(false, true);
}

/* Turning tells the axis but not which end of it: the configured side decides. */
static void
test_sign(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(8);
	Roller roller = make_roller(45.0 * DEGREE, 1.0, rand);
	RollMount mount;

	roll_mount_init(&mount, (RollSensorVec){0.0f, 0.0f, -3.0f});
	g_assert_cmpfloat(mount.axis.z, ==, -1.0);
	roll(&roller, &mount, MINUTE);
	g_assert_cmpfloat(mount.axis.z, <, 0.0);
	g_assert_cmpfloat(roll_axis_dot(roller.axis, mount.axis), <, -cos(DEGREE));
}

/* A hold, however long, teaches nothing: neither gravity that stays nor breathing. */
static void
test_hold(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(9);
	Roller roller = make_roller(20.0 * DEGREE, 2.0, rand);
	RollMount mount, before;

	roll_mount_init(&mount, (RollSensorVec){0.0f, 0.0f, 1.0f});
	roll(&roller, &mount, MINUTE);
	before = mount;
	roller.swing_rad = 0.02;
	g_assert_cmpuint(roll(&roller, &mount, 10 * MINUTE), ==, 0);
	g_assert_cmpfloat(roll_axis_dot(before.axis, mount.axis), >, 1.0 - 1e-12);
}

/* Knocks of 3 g along the axis, in the midst of rolling. */
static void
test_knocks(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(10);
	Roller roller = make_roller(30.0 * DEGREE, 3.0, rand);
	RollMount mount;

	roll_mount_init(&mount, (RollSensorVec){0.0f, 0.0f, 1.0f});
	for (unsigned i = 0; i < 60; i++) {
		const RollSensorVec knock = {0.0f, 0.0f, 29.0f};

		roll(&roller, &mount, 100);
		roll_mount_learn(&mount, NULL, &knock, PERIOD_S);
	}
	g_assert_cmpfloat(get_error_rad(&roller, &mount), <, 1.0 * DEGREE);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mount/both", test_both);
	g_test_add_func("/mount/turning-alone", test_turning_alone);
	g_test_add_func("/mount/gravity-alone", test_gravity_alone);
	g_test_add_func("/mount/sign", test_sign);
	g_test_add_func("/mount/hold", test_hold);
	g_test_add_func("/mount/knocks", test_knocks);
	return g_test_run();
}
