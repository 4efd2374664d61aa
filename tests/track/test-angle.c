/* SPDX-License-Identifier: MIT
 *
 * The angle of a roller from gyroscope and gravity, each alone, and after a silence.
 */
#include "daemon/track/angle.h"

#include <glib.h>

#define PERIOD_US INT64_C(10000)
#define PERIOD_S 0.01
#define MINUTE 6000
#define DEGREE (ROLL_PI / 180.0)
#define RADIUS_M 0.075

/* A roller that makes a pass of 2 s every 4 s and rests in between: angle about +z, noise, bias. */
typedef struct {
	RollAngle angle;
	GRand *rand;
	bool has_gyro, has_acc;
	double bias_radps;
	double swing_rad;
	double offset_rad; /* turned unseen */
	unsigned n;
	double true_rad;
	bool is_resting;
	double found_rad;
} Roller;

static Roller
make_roller(bool has_gyro, bool has_acc, GRand *rand)
{
	Roller roller = {.rand = rand, .has_gyro = has_gyro, .has_acc = has_acc, .swing_rad = 2.5};

	roll_angle_init(&roller.angle, (RollAxis){0.0, 0.0, 1.0}, RADIUS_M);
	return roller;
}

static double
get_noise(const Roller *roller, double size)
{
	double sum = 0.0;

	for (unsigned i = 0; i < 4; i++)
		sum += g_rand_double_range(roller->rand, -1.0, 1.0);
	return size * sum * 0.866; /* standard deviation: size */
}

/* Minimum jerk there and back: value, rate and bend of the angle at t within a round of 8 s. */
static void
move(const Roller *roller, double *ret_rad, double *ret_radps, double *ret_radps2)
{
	const double round_s = 8.0, pass_s = 2.0;
	const double t_s = fmod(roller->n * PERIOD_S, round_s);
	const bool is_back = t_s >= 4.0;
	const double x = fmin(fmod(t_s, 4.0) / pass_s, 1.0);
	const double sign = is_back ? -1.0 : 1.0;

	*ret_rad = roller->swing_rad *
		   ((is_back ? 1.0 : 0.0) + sign * x * x * x * (10.0 - 15.0 * x + 6.0 * x * x));
	*ret_radps = sign * roller->swing_rad / pass_s * 30.0 * x * x * (1.0 - x) * (1.0 - x);
	*ret_radps2 = sign * roller->swing_rad / (pass_s * pass_s) * 60.0 * x * (1.0 - x) *
		      (1.0 - 2.0 * x);
}

static void
step(Roller *roller, int64_t step_us)
{
	RollSample sample = {0};
	const RollAngleInput input = {
		.sample = &sample,
		.has_gyro = roller->has_gyro,
		.has_acc = roller->has_acc,
		.is_loaded = roller->swing_rad > 0.0,
		.step_us = step_us,
		.period_us = PERIOD_US,
	};
	double rad, radps, radps2, forward_mps2;

	move(roller, &rad, &radps, &radps2);
	rad += roller->offset_rad;
	/* In the sensor: up is (cos, -sin), forward (sin, cos); the centre is pushed forward. */
	forward_mps2 = RADIUS_M * radps2;
	sample.turn_radps.z = (float)(radps + roller->bias_radps + get_noise(roller, 0.002));
	sample.pull_mps2.x =
		(float)(ROLL_G_MPS2 * cos(rad) + forward_mps2 * sin(rad) + get_noise(roller, 0.1));
	sample.pull_mps2.y =
		(float)(-ROLL_G_MPS2 * sin(rad) + forward_mps2 * cos(rad) + get_noise(roller, 0.1));
	roller->found_rad = roll_angle_feed(&roller->angle, &input);
	roller->true_rad = rad;
	roller->is_resting = radps == 0.0;
	roller->n++;
}

typedef struct {
	double rest_rms_rad, worst_rad;
} Errors;

static Errors
run(Roller *roller, unsigned n)
{
	Errors errors = {0};
	double sum = 0.0;
	unsigned n_rest = 0;

	for (unsigned i = 0; i < n; i++) {
		double off_rad;

		step(roller, roller->n == 0 ? 0 : PERIOD_US);
		off_rad = fabs(roller->found_rad - roller->true_rad);
		errors.worst_rad = MAX(errors.worst_rad, off_rad);
		if (!roller->is_resting)
			continue;
		sum += off_rad * off_rad;
		n_rest++;
	}
	errors.rest_rms_rad = n_rest ? sqrt(sum / n_rest) : 0.0;
	return errors;
}

static void
test_both(void)
{
	for (int sign = -1; sign <= 1; sign += 2) {
		g_autoptr(GRand) rand = g_rand_new_with_seed(20);
		Roller roller = make_roller(true, true, rand);
		Errors errors;

		roller.bias_radps = sign * 3.0 * DEGREE;
		run(&roller, MINUTE);
		g_assert_cmpfloat_with_epsilon(roller.angle.state[ROLL_ANGLE_BIAS],
					       roller.bias_radps, 0.3 * DEGREE);
		errors = run(&roller, 30 * MINUTE);
		g_assert_cmpfloat(errors.rest_rms_rad, <, 0.5 * DEGREE);
		/* Under way, too, the acceleration of rolling is no error. */
		g_assert_cmpfloat(errors.worst_rad, <, 1.5 * DEGREE);
	}
}

/* The first seconds count: a session may begin with a pass. */
static void
test_both_begin(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(21);
	Roller roller = make_roller(true, true, rand);
	Errors errors;

	roller.bias_radps = 1.0 * DEGREE;
	errors = run(&roller, MINUTE / 10);
	/* 2.5 degrees are 3 mm of travel. */
	g_assert_cmpfloat(errors.worst_rad, <, 2.5 * DEGREE);
}

static void
test_gyro_alone(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(22);
	Roller roller = make_roller(true, false, rand);
	double before_rad;

	roller.bias_radps = 3.0 * DEGREE;
	roller.swing_rad = 0.0;
	run(&roller, 500);
	g_assert_cmpfloat_with_epsilon(roller.angle.state[ROLL_ANGLE_BIAS], roller.bias_radps,
				       0.2 * DEGREE);
	roller.swing_rad = 2.5;
	roller.n = 0;
	before_rad = roller.found_rad;
	run(&roller, 2 * MINUTE);
	/* Two minutes of passes: without bias 360 degrees more, learned 3. */
	g_assert_cmpfloat_with_epsilon(roller.found_rad - before_rad, roller.true_rad,
				       3.0 * DEGREE);
}

/* A steady slow turn is no bias where it is faster than any gyroscope's. */
static void
test_gyro_alone_slow_turn(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(23);
	Roller roller = make_roller(true, false, rand);

	roller.swing_rad = 0.0;
	run(&roller, 500);
	roller.bias_radps = 12.0 * DEGREE;
	run(&roller, 500);
	g_assert_cmpfloat_with_epsilon(roller.angle.state[ROLL_ANGLE_BIAS], 0.0, 0.2 * DEGREE);
}

static void
test_acc_alone(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(24);
	Roller roller = make_roller(false, true, rand);
	Errors errors = run(&roller, 30 * MINUTE);

	/* Raw: noise of 0.1 m/s2 is 0.6 degrees, rolling adds at most 2 degrees; never a turn too many. */
	g_assert_cmpfloat(errors.rest_rms_rad, <, 0.7 * DEGREE);
	g_assert_cmpfloat(errors.worst_rad, <, 6.0 * DEGREE);
}

/* Many whole turns count as such: the roller is turned by hand. */
static void
test_unwrapped(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(25);
	Roller roller = make_roller(true, true, rand);
	Errors errors;

	roller.swing_rad = 8.0;
	errors = run(&roller, MINUTE);
	g_assert_cmpfloat(errors.worst_rad, <, 5.0 * DEGREE);
}

/* After a silence gravity is believed at once, up to whole turns; the bias is not forgotten. */
static void
test_silence(void)
{
	for (double turned_rad = -9.0; turned_rad <= 9.0; turned_rad += 0.75) {
		g_autoptr(GRand) rand = g_rand_new_with_seed(26);
		Roller roller = make_roller(true, true, rand);

		roller.bias_radps = 2.0 * DEGREE;
		run(&roller, MINUTE + 350);
		g_assert_true(roller.is_resting);
		roll_angle_lose(&roller.angle);
		roller.offset_rad = turned_rad;
		step(&roller, 0);
		g_assert_cmpfloat(fabs(roll_rotation_wrapped(roller.found_rad - roller.true_rad)),
				  <, 3.0 * DEGREE);
		for (unsigned i = 0; i < 40; i++)
			step(&roller, PERIOD_US);
		g_assert_cmpfloat(fabs(roll_rotation_wrapped(roller.found_rad - roller.true_rad)),
				  <, 1.5 * DEGREE);
		g_assert_cmpfloat_with_epsilon(roller.angle.state[ROLL_ANGLE_BIAS],
					       roller.bias_radps, 0.5 * DEGREE);
	}
}

/* An axis 40 degrees off, then the right one: from where contact began, the way is the right one at once. */
static void
test_set_axis(void)
{
	for (unsigned n = MINUTE; n < MINUTE + 800; n += 50) {
		g_autoptr(GRand) rand = g_rand_new_with_seed(27);
		Roller roller = make_roller(true, true, rand);
		const double off_rad = 40.0 * DEGREE;
		double begin_rad;

		roll_angle_init(&roller.angle, (RollAxis){0.0, sin(off_rad), cos(off_rad)},
				RADIUS_M);
		roller.swing_rad = 0.0; /* unloaded, at rest */
		run(&roller, 200);
		begin_rad = roller.found_rad;
		roller.n = 0;
		roller.swing_rad = 2.5;
		run(&roller, n);
		roll_angle_set_axis(&roller.angle, (RollAxis){0.0, 0.0, 1.0});
		run(&roller, 50);
		g_assert_cmpfloat_with_epsilon(roller.found_rad - begin_rad, roller.true_rad,
					       3.0 * DEGREE);
	}
}

/* Without gravity nothing is known of the past: the angle stays. */
static void
test_set_axis_gyro_alone(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(28);
	Roller roller = make_roller(true, false, rand);

	run(&roller, 130);
	roll_angle_set_axis(&roller.angle, (RollAxis){0.0, sin(0.1), cos(0.1)});
	g_assert_cmpfloat(roller.angle.state[ROLL_ANGLE_TURNED], ==, roller.found_rad);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/angle/both", test_both);
	g_test_add_func("/angle/both-begin", test_both_begin);
	g_test_add_func("/angle/gyro-alone", test_gyro_alone);
	g_test_add_func("/angle/gyro-alone-slow-turn", test_gyro_alone_slow_turn);
	g_test_add_func("/angle/acc-alone", test_acc_alone);
	g_test_add_func("/angle/unwrapped", test_unwrapped);
	g_test_add_func("/angle/silence", test_silence);
	g_test_add_func("/angle/set-axis", test_set_axis);
	g_test_add_func("/angle/set-axis-gyro-alone", test_set_axis_gyro_alone);
	return g_test_run();
}
