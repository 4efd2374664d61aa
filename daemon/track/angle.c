/* SPDX-License-Identifier: MIT */
#include "daemon/track/angle.h"

#include <string.h>

/* Spectral density of what shakes gravity's angle, rad2 s: 0.06 rad (a push of 0.6 m/s2), alike for
 * 0.2 s. By the literature on walking and lifting such pushes are 0.3 to 1 m/s2. */
#define PULL_DENSITY (0.06 * 0.06 * 0.2)
/* Random walk of a gyroscope's angle, rad2/s: 0.2 degrees/s of scale and axis error for a second. */
#define TURN_DENSITY (0.0035 * 0.0035)
/* Random walk of its bias, (rad/s)2/s: 0.02 degrees/s in a second, a sensor that warms up on a body. */
#define BIAS_DENSITY (0.00035 * 0.00035)
/* Bias at the start, rad/s: 3 degrees/s, the usual zero-rate tolerance of MEMS gyroscopes. */
#define BIAS_FIRST 0.052
/* Angle at the start, rad: one reading of gravity under way. */
#define ANGLE_FIRST 0.15
/* Angle after a silence, rad: anything. */
#define ANGLE_LOST 3.0
/* Over lost samples the rate may have changed by so much, rad/s2. */
#define UNSEEN_SPIN 4.0
/* Smoothing of the rate before it is differentiated, s. */
#define SPIN_SMOOTHING_S 0.03
/* Gravity is not believed where the specific force across the axis is this far off 1 g, share. */
#define PULL_LEAST 0.5
#define PULL_MOST 1.6
/* Band of the rate in which the body rests, rad/s, and how well its mean tells the bias then. Breathing on
 * a roller turns it by 1 to 3 degrees/s. */
#define REST_BAND 0.05
#define REST_BIAS_MOST 0.12
#define REST_NOISE 0.015

void
roll_angle_init(RollAngle *angle, RollAxis axis, double rolling_m)
{
	memset(angle, 0, sizeof(*angle));
	angle->rolling_m = rolling_m;
	/* Any direction will do that is not near the axis. */
	angle->first = fabs(axis.x) < 0.6 ? (RollAxis){1.0, 0.0, 0.0} : (RollAxis){0.0, 0.0, 1.0};
	roll_angle_set_axis(angle, axis);
	angle->variance_angle = ANGLE_LOST * ANGLE_LOST;
	angle->variance_bias = BIAS_FIRST * BIAS_FIRST;
}

void
roll_angle_set_axis(RollAngle *angle, RollAxis axis)
{
	const double along = roll_axis_dot(angle->first, axis);

	angle->axis = axis;
	angle->first = roll_axis_unit(roll_axis_plus(angle->first, -along, axis));
	angle->second = roll_axis_cross(axis, angle->first);
}

void
roll_angle_lose(RollAngle *angle)
{
	angle->is_lost = true;
	angle->variance_angle = ANGLE_LOST * ANGLE_LOST;
	angle->covariance = 0.0;
	angle->rest_us = 0;
}

static void
note_spin(RollAngle *angle, double step_s)
{
	const double gain = step_s / (step_s + SPIN_SMOOTHING_S);
	const double before = angle->smooth_radps;

	angle->smooth_radps += gain * (angle->turn_radps - before);
	angle->spin_radps2 = step_s > 0.0 ? (angle->smooth_radps - before) / step_s : 0.0;
}

static void
predict(RollAngle *angle, double turn_radps, const RollAngleInput *input)
{
	const double step_s = (double)input->step_us * 1e-6;
	const double unseen_rad = input->step_us * 2 > input->period_us * 3 && !angle->is_lost
					  ? UNSEEN_SPIN * step_s * step_s * 0.25
					  : 0.0;

	if (!angle->is_lost)
		angle->angle_rad +=
			(0.5 * (turn_radps + angle->turn_radps) - angle->bias_radps) * step_s;
	angle->turn_radps = turn_radps;
	note_spin(angle, step_s);
	angle->variance_angle +=
		step_s * (step_s * angle->variance_bias - 2.0 * angle->covariance) +
		TURN_DENSITY * step_s + unseen_rad * unseen_rad;
	angle->covariance -= step_s * angle->variance_bias;
	angle->variance_bias += BIAS_DENSITY * step_s;
}

/* How far gravity's angle is ahead of the state's; false where this sample's gravity tells nothing. */
static bool
compare_gravity(const RollAngle *angle, RollSensorVec pull_mps2, double *ret_ahead_rad)
{
	const double u = roll_axis_along(angle->first, pull_mps2);
	const double v = roll_axis_along(angle->second, pull_mps2);
	const double square = (u * u + v * v) / (ROLL_G_MPS2 * ROLL_G_MPS2);
	double s, c, up, forward;

	if (!(square > PULL_LEAST * PULL_LEAST && square < PULL_MOST * PULL_MOST))
		return false;
	roll_rotation_sincos(angle->angle_rad, &s, &c);
	/* In the frame of the floor: up, and the direction in which a positive turn rolls. */
	up = c * u - s * v;
	forward = s * u + c * v;
	if (angle->rolling_m > 0.0)
		forward -= angle->rolling_m * angle->spin_radps2;
	*ret_ahead_rad = -roll_rotation_atan2(forward, up);
	return true;
}

static void
correct(RollAngle *angle, double ahead_rad, double noise)
{
	const double total = angle->variance_angle + noise;
	const double gain_angle = angle->variance_angle / total;
	const double gain_bias = angle->covariance / total;

	angle->angle_rad += gain_angle * ahead_rad;
	angle->bias_radps += gain_bias * ahead_rad;
	angle->variance_bias -= gain_bias * angle->covariance;
	angle->covariance *= 1.0 - gain_angle;
	angle->variance_angle *= 1.0 - gain_angle;
}

/* The mean rate of a resting body is the gyroscope's bias. */
static void
learn_bias_at_rest(RollAngle *angle, double turn_radps, int64_t step_us)
{
	const double least =
		turn_radps < angle->rest_min_radps ? turn_radps : angle->rest_min_radps;
	const double most = turn_radps > angle->rest_max_radps ? turn_radps : angle->rest_max_radps;
	double mean_radps, total, gain;

	if (angle->rest_us == 0 || most - least > REST_BAND) {
		angle->rest_us = 1;
		angle->rest_min_radps = angle->rest_max_radps = turn_radps;
		angle->rest_sum_rad = 0.0;
		return;
	}
	angle->rest_min_radps = least;
	angle->rest_max_radps = most;
	angle->rest_us += step_us;
	angle->rest_sum_rad += turn_radps * (double)step_us * 1e-6;
	if (angle->rest_us < ROLL_REST_US)
		return;
	mean_radps = angle->rest_sum_rad / ((double)angle->rest_us * 1e-6);
	angle->rest_us = 0;
	if (fabs(mean_radps) > REST_BIAS_MOST)
		return;
	total = angle->variance_bias + REST_NOISE * REST_NOISE;
	gain = angle->variance_bias / total;
	angle->bias_radps += gain * (mean_radps - angle->bias_radps);
	angle->variance_bias *= 1.0 - gain;
}

static void
begin(RollAngle *angle, const RollAngleInput *input, double turn_radps)
{
	double ahead_rad;

	angle->turn_radps = angle->smooth_radps = turn_radps;
	angle->spin_radps2 = 0.0;
	if (input->has_acc) {
		if (!compare_gravity(angle, input->sample->pull_mps2, &ahead_rad))
			return;
		angle->angle_rad += ahead_rad;
	}
	angle->variance_angle = ANGLE_FIRST * ANGLE_FIRST;
	angle->covariance = 0.0;
	angle->has_begun = true;
	angle->is_lost = false;
}

double
roll_angle_feed(RollAngle *angle, const RollAngleInput *input)
{
	const double turn_radps =
		input->has_gyro ? roll_axis_along(angle->axis, input->sample->turn_radps) : 0.0;
	double ahead_rad;

	if (!angle->has_begun || angle->is_lost) {
		begin(angle, input, turn_radps);
		return angle->angle_rad;
	}
	if (input->has_gyro)
		predict(angle, turn_radps, input);
	if (!input->has_acc) {
		learn_bias_at_rest(angle, turn_radps, input->step_us);
		return angle->angle_rad;
	}
	if (!compare_gravity(angle, input->sample->pull_mps2, &ahead_rad))
		return angle->angle_rad;
	if (!input->has_gyro)
		angle->angle_rad += ahead_rad;
	else
		correct(angle, ahead_rad, PULL_DENSITY / ((double)input->step_us * 1e-6));
	return angle->angle_rad;
}
