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
/* A better axis leaves the angle in doubt by half of what it moved: the gyroscope turned about the old one. */
#define AXIS_DOUBT (0.5 * 0.5)
/* Over lost samples the rate may have changed by so much, rad/s2. */
#define UNSEEN_SPIN 4.0
/* Smoothing of the rate before it is differentiated, s. */
#define SPIN_SMOOTHING_S 0.03
/* Gravity is not believed where the specific force across the axis is this far off 1 g, share. */
#define PULL_LEAST 0.5
#define PULL_MOST 1.6
/* Band of the rate in which a body rests, rad/s: in a pause hardly any; in a hold breathing turns a
 * loaded roller by 1 to 4 degrees/s to and fro, every 4 s. What is left of it in the mean of a rest: an
 * angle, and a share of the band that shrinks with time. Rests that contradict what is known by more than
 * so many variances are not believed. */
#define REST_BAND_PAUSE 0.05
#define REST_BAND_HOLD 0.14
#define REST_SWAY 0.008
#define REST_BAND_LEFT 0.4
#define REST_GATE 9.0
/* Smoothing of the rate before it is judged, s: tremor is 8 to 12 Hz. */
#define CALM_SMOOTHING_S 0.15

/* Lays the plane across the axis. */
static void
lay_plane(RollAngle *angle, RollAxis axis)
{
	const double along = roll_axis_dot(angle->first, axis);

	angle->axis = axis;
	angle->first = roll_axis_unit(roll_axis_plus(angle->first, -along, axis));
	angle->second = roll_axis_cross(axis, angle->first);
}

void
roll_angle_init(RollAngle *angle, RollAxis axis, double rolling_m)
{
	memset(angle, 0, sizeof(*angle));
	angle->rolling_m = rolling_m;
	/* Any direction will do that is not near the axis. */
	angle->first = fabs(axis.x) < 0.6 ? (RollAxis){1.0, 0.0, 0.0} : (RollAxis){0.0, 0.0, 1.0};
	lay_plane(angle, axis);
	angle->variance_angle = ANGLE_LOST * ANGLE_LOST;
	angle->variance_bias = BIAS_FIRST * BIAS_FIRST;
}

/* At which angle the body is when this direction is up. */
static double
get_angle_of(const RollAngle *angle, RollAxis up)
{
	return roll_rotation_atan2(-roll_axis_dot(angle->second, up),
				   roll_axis_dot(angle->first, up));
}

/* What gravity says of the anchor is kept, and what it says of now is believed: so the angle turned since the
 * anchor becomes what it would have been about the new axis from the first. */
void
roll_angle_set_axis(RollAngle *angle, RollAxis axis)
{
	const RollAxis change = roll_axis_plus(axis, -1.0, angle->axis);
	const double anchor_rad = get_angle_of(angle, angle->anchor);
	const double now_rad = get_angle_of(angle, angle->pull);
	double s, c;

	lay_plane(angle, axis);
	roll_rotation_sincos(anchor_rad - get_angle_of(angle, angle->anchor), &s, &c);
	angle->first = roll_axis_plus(roll_axis_scaled(angle->first, c), s, angle->second);
	angle->second = roll_axis_cross(axis, angle->first);
	angle->angle_rad += roll_rotation_wrapped(get_angle_of(angle, angle->pull) - now_rad);
	angle->variance_angle += AXIS_DOUBT * roll_axis_dot(change, change);
}

void
roll_angle_lose(RollAngle *angle)
{
	angle->is_lost = true;
	angle->variance_angle = ANGLE_LOST * ANGLE_LOST;
	angle->covariance = 0.0;
	angle->hold = angle->pause = angle->longest_pause = (RollRest){0};
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

/* Takes the mean rate of a rest for the gyroscope's bias, up to the sway of the body, of which the less
 * is left the longer the rest. */
static void
take_rest(RollAngle *angle, const RollRest *rest, double band_radps)
{
	const double rest_s = (double)rest->time_us * 1e-6;
	const double sway_radps = REST_SWAY / rest_s + REST_BAND_LEFT * band_radps / (1.0 + rest_s);
	const double total = angle->variance_bias + sway_radps * sway_radps;
	const double off_radps = rest->turned_rad / rest_s - angle->bias_radps;

	if (off_radps * off_radps > REST_GATE * total)
		return;
	angle->bias_radps += angle->variance_bias / total * off_radps;
	angle->variance_bias *= sway_radps * sway_radps / total;
}

/* Lengthens a rest by one reading; begins it anew where that leaves the band. Returns false then. */
static bool
stay(RollRest *rest, double rate_radps, double band_radps, int64_t step_us)
{
	const bool goes_on = rest->time_us > 0;

	rest->least_radps = goes_on ? fmin(rest->least_radps, rate_radps) : rate_radps;
	rest->most_radps = goes_on ? fmax(rest->most_radps, rate_radps) : rate_radps;
	if (rest->most_radps - rest->least_radps > band_radps) {
		*rest = (RollRest){0};
		return false;
	}
	rest->time_us += step_us;
	rest->turned_rad += rate_radps * (double)step_us * 1e-6;
	return true;
}

/* A rest is a pause, or on a loaded roller a hold, which sways with the breath: a long one is worth more
 * than the pauses in it, which may lie where the breath turns the roller fastest. */
static void
learn_bias_at_rest(RollAngle *angle, const RollAngleInput *input)
{
	const double step_s = (double)input->step_us * 1e-6;
	const RollRest hold = angle->hold;

	angle->calm_radps +=
		step_s / (step_s + CALM_SMOOTHING_S) * (angle->turn_radps - angle->calm_radps);
	if (stay(&angle->pause, angle->turn_radps, REST_BAND_PAUSE, input->step_us) &&
	    angle->pause.time_us > angle->longest_pause.time_us)
		angle->longest_pause = angle->pause;
	if (input->is_loaded &&
	    stay(&angle->hold, angle->calm_radps, REST_BAND_HOLD, input->step_us) &&
	    angle->hold.time_us < ROLL_REST_MOST_US)
		return;
	if (hold.time_us >= ROLL_REST_HOLD_US)
		take_rest(angle, &hold, REST_BAND_HOLD);
	else if (angle->longest_pause.time_us >= ROLL_REST_PAUSE_US)
		take_rest(angle, &angle->longest_pause, REST_BAND_PAUSE);
	if (hold.time_us > 0 || angle->longest_pause.time_us >= ROLL_REST_PAUSE_US)
		angle->hold = angle->pause = angle->longest_pause = (RollRest){0};
}

static void
begin(RollAngle *angle, const RollAngleInput *input, double turn_radps)
{
	double ahead_rad;

	angle->turn_radps = angle->smooth_radps = angle->calm_radps = turn_radps;
	angle->spin_radps2 = 0.0;
	if (input->has_acc) {
		if (!compare_gravity(angle, input->sample->pull_mps2, &ahead_rad))
			return;
		angle->angle_rad += ahead_rad;
	}
	angle->anchor = angle->pull;
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

	if (input->has_acc)
		angle->pull = roll_axis_of(input->sample->pull_mps2);
	if (!angle->has_begun || angle->is_lost) {
		begin(angle, input, turn_radps);
		return angle->angle_rad;
	}
	if (input->has_gyro)
		predict(angle, turn_radps, input);
	if (!input->has_acc) {
		learn_bias_at_rest(angle, input);
		return angle->angle_rad;
	}
	if (!compare_gravity(angle, input->sample->pull_mps2, &ahead_rad))
		return angle->angle_rad;
	if (!input->is_loaded)
		angle->anchor = angle->pull;
	if (!input->has_gyro)
		angle->angle_rad += ahead_rad;
	else
		correct(angle, ahead_rad, PULL_DENSITY / ((double)input->step_us * 1e-6));
	return angle->angle_rad;
}
