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
	double scale; /* told of a turn, over it */
	double swing_rad;
	double offset_rad; /* turned unseen */
	bool is_carried;   /* in somebody's hands, where it turns without rolling */
	unsigned n;
	double true_rad;
	bool is_resting;
	double found_rad;
} Roller;

static Roller
make_roller(bool has_gyro, bool has_acc, GRand *rand)
{
	Roller roller = {
		.rand = rand,
		.has_gyro = has_gyro,
		.has_acc = has_acc,
		.scale = 1.0,
		.swing_rad = 2.5,
	};

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
		.is_loaded = roller->swing_rad > 0.0 && !roller->is_carried,
		.step_us = step_us,
		.period_us = PERIOD_US,
	};
	double rad, radps, radps2, forward_mps2;

	move(roller, &rad, &radps, &radps2);
	rad += roller->offset_rad;
	/* In the sensor: up is (cos, -sin), forward (sin, cos); the centre is pushed forward. */
	forward_mps2 = roller->is_carried ? 0.0 : RADIUS_M * radps2;
	sample.turn_radps.z =
		(float)(roller->scale * radps + roller->bias_radps + get_noise(roller, 0.002));
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

/* Gravity tells how much too much the gyroscope tells of a turn. */
static void
test_scale(void)
{
	for (int percent = -3; percent <= 3; percent++) {
		g_autoptr(GRand) rand = g_rand_new_with_seed(29);
		Roller roller = make_roller(true, true, rand);

		roller.scale = 1.0 + 0.01 * percent;
		roller.bias_radps = 1.0 * DEGREE;
		roll_angle_touch(&roller.angle, true);
		run(&roller, 3 * MINUTE);
		g_assert_cmpfloat_with_epsilon(roller.angle.state[ROLL_ANGLE_SCALE], 0.01 * percent,
					       0.003);
		g_assert_cmpfloat_with_epsilon(roller.angle.state[ROLL_ANGLE_BIAS],
					       roller.bias_radps, 0.3 * DEGREE);
	}
}

/* Rounds in which the way there is loaded, and the way back in somebody's hands. Returns how far off the contact's
 * angle is at the end of it, and in ret_once_rad, as it would be had each round been told once for all. */
static double
roll_one_way(Roller *roller, unsigned n_rounds, double *ret_once_rad)
{
	double landed_rad = 0.0, once_rad = 0.0;

	for (unsigned i = 0; i < n_rounds * 800; i++) {
		const bool is_loaded = i % 800 < 400;

		/* At the sample before. */
		roller->is_carried = (i + 799) % 800 >= 400;
		step(roller, i == 0 ? 0 : PERIOD_US);
		if (i % 800 == 0)
			landed_rad = roller->found_rad;
		if (i % 800 == 400)
			once_rad += roller->found_rad - landed_rad;
		roll_angle_touch(&roller->angle, is_loaded);
	}
	*ret_once_rad = once_rad - n_rounds * roller->swing_rad;
	return roll_angle_get_contact_rad(&roller->angle) - n_rounds * roller->swing_rad;
}

/* What is learned of bias and angle after a lift-off puts the contact right that was left then. */
static void
test_contact(void)
{
	double sum = 0.0, sum_once = 0.0;

	for (unsigned seed = 0; seed < 50; seed++) {
		g_autoptr(GRand) rand = g_rand_new_with_seed(100 + seed);
		Roller roller = make_roller(true, true, rand);
		double off_rad, once_rad;

		roller.bias_radps = (seed % 7 - 3.0) * DEGREE;
		roller.scale = 1.0 + 0.005 * (seed % 5 - 2.0);
		off_rad = roll_one_way(&roller, 3, &once_rad);
		g_assert_cmpfloat(off_rad * off_rad, <,
				  16.0 * roll_angle_get_contact_variance(&roller.angle));
		sum += off_rad * off_rad;
		sum_once += once_rad * once_rad;
	}
	g_assert_cmpfloat(sqrt(sum / 50.0), <, 1.0 * DEGREE);
	g_assert_cmpfloat(sum, <, 0.5 * sum_once);
}

static void
assert_covariance(const RollAngle *angle)
{
	const double(*const p)[ROLL_ANGLE_STATES] = angle->covariance;

	for (unsigned i = 0; i < ROLL_ANGLE_STATES; i++) {
		g_assert_true(isfinite(angle->state[i]));
		g_assert_true(isfinite(p[i][i]));
		g_assert_cmpfloat(p[i][i], >=, 0.0);
		for (unsigned k = 0; k < i; k++) {
			const double most = sqrt(p[i][i] * p[k][k]);

			g_assert_cmpfloat(fabs(p[i][k] - p[k][i]), <=, 1e-12 * most);
			g_assert_cmpfloat(fabs(p[i][k]), <=, most * (1.0 + 1e-6));
		}
	}
	g_assert_cmpfloat(roll_angle_get_contact_variance(angle), >=, 0.0);
}

/* An hour and a half of passes and lift-offs. */
static void
test_covariance(void)
{
	for (unsigned has_acc = 0; has_acc < 2; has_acc++) {
		g_autoptr(GRand) rand = g_rand_new_with_seed(30);
		Roller roller = make_roller(true, has_acc, rand);

		for (unsigned i = 0; i < 90 * MINUTE; i++) {
			step(&roller, i == 0 ? 0 : PERIOD_US);
			roll_angle_touch(&roller.angle, i % 2400 < 2000);
			assert_covariance(&roller.angle);
		}
	}
}

static float
draw(GRand *rand, double usual)
{
	const double most = g_rand_int_range(rand, 0, 200) ? usual : 9.9e6;

	return (float)g_rand_double_range(rand, -most, most);
}

/* All that a sensor may send, see packet.h, in any order. */
static void
test_rubbish(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(31);
	const int64_t steps_us[] = {0, 1, 1000, 10000, 10000, 10000, 40000, 500000};
	RollAngle angle;

	roll_angle_init(&angle, (RollAxis){0.0, 0.0, 1.0}, RADIUS_M);
	for (unsigned i = 0; i < 300000; i++) {
		const RollSample sample = {
			.turn_radps = {draw(rand, 9.0), draw(rand, 9.0), draw(rand, 9.0)},
			.pull_mps2 = {draw(rand, 12.0), draw(rand, 12.0), draw(rand, 12.0)},
		};
		const RollAngleInput input = {
			.sample = &sample,
			.has_gyro = g_rand_int_range(rand, 0, 50) > 0,
			.has_acc = i % 1000 < 700,
			.is_loaded = g_rand_boolean(rand),
			.step_us = steps_us[g_rand_int_range(rand, 0, G_N_ELEMENTS(steps_us))],
			.period_us = PERIOD_US,
		};

		roll_angle_feed(&angle, &input);
		assert_covariance(&angle);
		if (g_rand_int_range(rand, 0, 100) == 0)
			roll_angle_touch(&angle, g_rand_boolean(rand));
		if (g_rand_int_range(rand, 0, 1000) == 0)
			roll_angle_lose(&angle);
		if (g_rand_int_range(rand, 0, 1000) == 0)
			roll_angle_set_axis(&angle,
					    roll_axis_unit((RollAxis){
						    g_rand_double_range(rand, -0.5, 0.5),
						    g_rand_double_range(rand, -0.5, 0.5), 1.0}));
		assert_covariance(&angle);
	}
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
	g_test_add_func("/angle/scale", test_scale);
	g_test_add_func("/angle/contact", test_contact);
	g_test_add_func("/angle/covariance", test_covariance);
	g_test_add_func("/angle/rubbish", test_rubbish);
	return g_test_run();
}
