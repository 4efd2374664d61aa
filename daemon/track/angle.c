/* SPDX-License-Identifier: MIT */
#include "daemon/track/angle.h"

#include <string.h>

/* Spectral density of what shakes gravity's angle, rad2 s: 0.06 rad (a push of 0.6 m/s2), alike for
 * 0.2 s. By the literature on walking and lifting such pushes are 0.3 to 1 m/s2. */
#define PULL_DENSITY (0.06 * 0.06 * 0.2)
/* The same while the roller is in somebody's hands: 0.3 rad (3 m/s2), alike for 0.3 s. */
#define CARRIED_DENSITY (0.3 * 0.3 * 0.3)
/* Random walk of a gyroscope's angle, rad2/s: 0.2 degrees/s of scale and axis error for a second. */
#define TURN_DENSITY (0.0035 * 0.0035)
/* Random walk of its bias, (rad/s)2/s: 0.02 degrees/s in a second, a sensor that warms up on a body. */
#define BIAS_DENSITY (0.00035 * 0.00035)
/* Contact creeps while the body comes to rest on the roller or leaves it, rad: 1 mm. */
#define TOUCH_SLIP 0.013
/* Slip that differs from pass to pass, rad2 for each rad turned: 0.4 % of a pass of 30 cm. */
#define SLIP_DENSITY 6e-5
/* Bias at the start, rad/s: 3 degrees/s, the usual zero-rate tolerance of MEMS gyroscopes. */
#define BIAS_FIRST 0.052
/* How much too much a gyroscope tells at most, share: the usual tolerance of MEMS gyroscopes is 1 to 3 %. */
#define SCALE_FIRST 0.015
/* Angle at the start, rad: one reading of gravity under way. */
#define ANGLE_FIRST 0.15
/* Angle after a silence, rad: anything. */
#define ANGLE_LOST 3.0
/* A better axis leaves the angle in doubt by half of what it moved: the gyroscope turned about the old one. */
#define AXIS_DOUBT (0.5 * 0.5)
/* An axis that moved by more than this is another one: what was learned of the gyroscope's scale was the axis' error,
 * too. Square of 2.5 degrees. */
#define AXIS_ANOTHER (0.044 * 0.044)
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
	angle->covariance[ROLL_ANGLE_TURNED][ROLL_ANGLE_TURNED] = ANGLE_LOST * ANGLE_LOST;
	angle->covariance[ROLL_ANGLE_BIAS][ROLL_ANGLE_BIAS] = BIAS_FIRST * BIAS_FIRST;
	angle->covariance[ROLL_ANGLE_SCALE][ROLL_ANGLE_SCALE] = SCALE_FIRST * SCALE_FIRST;
}

/* At which angle the body is when this direction is up. */
static double
get_angle_of(const RollAngle *angle, RollAxis up)
{
	return roll_rotation_atan2(-roll_axis_dot(angle->second, up),
				   roll_axis_dot(angle->first, up));
}

static void
forget_scale(RollAngle *angle)
{
	angle->state[ROLL_ANGLE_SCALE] = 0.0;
	for (unsigned i = 0; i < ROLL_ANGLE_STATES; i++)
		angle->covariance[ROLL_ANGLE_SCALE][i] = angle->covariance[i][ROLL_ANGLE_SCALE] =
			0.0;
	angle->covariance[ROLL_ANGLE_SCALE][ROLL_ANGLE_SCALE] = SCALE_FIRST * SCALE_FIRST;
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
	angle->state[ROLL_ANGLE_TURNED] +=
		roll_rotation_wrapped(get_angle_of(angle, angle->pull) - now_rad);
	angle->covariance[ROLL_ANGLE_TURNED][ROLL_ANGLE_TURNED] +=
		AXIS_DOUBT * roll_axis_dot(change, change);
	if (roll_axis_dot(change, change) > AXIS_ANOTHER)
		forget_scale(angle);
}

void
roll_angle_lose(RollAngle *angle)
{
	angle->is_lost = true;
	for (unsigned i = 0; i < ROLL_ANGLE_STATES; i++)
		angle->covariance[ROLL_ANGLE_TURNED][i] = angle->covariance[i][ROLL_ANGLE_TURNED] =
			0.0;
	angle->covariance[ROLL_ANGLE_TURNED][ROLL_ANGLE_TURNED] = ANGLE_LOST * ANGLE_LOST;
	angle->hold = angle->pause = angle->longest_pause = (RollRest){0};
}

/* What stays becomes the angle without it, both ways. */
void
roll_angle_touch(RollAngle *angle, bool is_touching)
{
	double(*const p)[ROLL_ANGLE_STATES] = angle->covariance;
	double *const x = angle->state;

	if (is_touching == angle->is_touching)
		return;
	angle->is_touching = is_touching;
	x[ROLL_ANGLE_STAYS] = x[ROLL_ANGLE_TURNED] - x[ROLL_ANGLE_STAYS];
	for (unsigned i = 0; i < ROLL_ANGLE_STATES; i++)
		p[ROLL_ANGLE_STAYS][i] = p[ROLL_ANGLE_TURNED][i] - p[ROLL_ANGLE_STAYS][i];
	for (unsigned i = 0; i < ROLL_ANGLE_STATES; i++)
		p[i][ROLL_ANGLE_STAYS] = p[i][ROLL_ANGLE_TURNED] - p[i][ROLL_ANGLE_STAYS];
	p[ROLL_ANGLE_STAYS][ROLL_ANGLE_STAYS] += TOUCH_SLIP * TOUCH_SLIP;
}

double
roll_angle_get_contact_rad(const RollAngle *angle)
{
	const double stays_rad = angle->state[ROLL_ANGLE_STAYS];

	return angle->is_touching ? angle->state[ROLL_ANGLE_TURNED] - stays_rad : stays_rad;
}

double
roll_angle_get_contact_variance(const RollAngle *angle)
{
	const double(*const p)[ROLL_ANGLE_STATES] = angle->covariance;

	if (!angle->is_touching)
		return p[ROLL_ANGLE_STAYS][ROLL_ANGLE_STAYS];
	return p[ROLL_ANGLE_TURNED][ROLL_ANGLE_TURNED] -
	       2.0 * p[ROLL_ANGLE_TURNED][ROLL_ANGLE_STAYS] + p[ROLL_ANGLE_STAYS][ROLL_ANGLE_STAYS];
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
	double(*const p)[ROLL_ANGLE_STATES] = angle->covariance;
	double *const x = angle->state;
	const double step_s = (double)input->step_us * 1e-6;
	const double unseen_rad = input->step_us * 2 > input->period_us * 3 && !angle->is_lost
					  ? UNSEEN_SPIN * step_s * step_s * 0.25
					  : 0.0;
	const double raw_rad =
		(0.5 * (turn_radps + angle->turn_radps) - x[ROLL_ANGLE_BIAS]) * step_s;

	if (!angle->is_lost)
		x[ROLL_ANGLE_TURNED] += raw_rad * (1.0 - x[ROLL_ANGLE_SCALE]);
	angle->turn_radps = turn_radps;
	note_spin(angle, step_s);
	/* The angle moves by -step_s for each rad/s of bias, and by -raw_rad for each 1 of scale. */
	for (unsigned i = 0; i < ROLL_ANGLE_STATES; i++)
		p[ROLL_ANGLE_TURNED][i] -=
			step_s * p[ROLL_ANGLE_BIAS][i] + raw_rad * p[ROLL_ANGLE_SCALE][i];
	for (unsigned i = 0; i < ROLL_ANGLE_STATES; i++)
		p[i][ROLL_ANGLE_TURNED] -=
			step_s * p[i][ROLL_ANGLE_BIAS] + raw_rad * p[i][ROLL_ANGLE_SCALE];
	p[ROLL_ANGLE_TURNED][ROLL_ANGLE_TURNED] += TURN_DENSITY * step_s + unseen_rad * unseen_rad;
	p[ROLL_ANGLE_BIAS][ROLL_ANGLE_BIAS] += BIAS_DENSITY * step_s;
	if (angle->is_touching)
		p[ROLL_ANGLE_STAYS][ROLL_ANGLE_STAYS] += SLIP_DENSITY * fabs(raw_rad);
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
	roll_rotation_sincos(angle->state[ROLL_ANGLE_TURNED], &s, &c);
	/* In the frame of the floor: up, and the direction in which a positive turn rolls. */
	up = c * u - s * v;
	forward = s * u + c * v;
	if (angle->is_touching)
		forward -= angle->rolling_m * angle->spin_radps2;
	*ret_ahead_rad = -roll_rotation_atan2(forward, up);
	return true;
}

/* Takes a reading of one of the states that is ahead of it by so much; noise: its variance. */
static void
correct(RollAngle *angle, RollAngleState read, double ahead, double noise)
{
	double(*const p)[ROLL_ANGLE_STATES] = angle->covariance;
	double with[ROLL_ANGLE_STATES];
	const double total = p[read][read] + noise;

	memcpy(with, p[read], sizeof(with));
	for (unsigned i = 0; i < ROLL_ANGLE_STATES; i++) {
		angle->state[i] += with[i] / total * ahead;
		for (unsigned k = 0; k < ROLL_ANGLE_STATES; k++)
			p[i][k] -= with[i] * with[k] / total;
	}
}

/* Takes the mean rate of a rest for the gyroscope's bias, up to the sway of the body, of which the less
 * is left the longer the rest. */
static void
take_rest(RollAngle *angle, const RollRest *rest, double band_radps)
{
	const double rest_s = (double)rest->time_us * 1e-6;
	const double sway_radps = REST_SWAY / rest_s + REST_BAND_LEFT * band_radps / (1.0 + rest_s);
	const double noise = sway_radps * sway_radps;
	const double known = angle->covariance[ROLL_ANGLE_BIAS][ROLL_ANGLE_BIAS];
	const double off_radps = rest->turned_rad / rest_s - angle->state[ROLL_ANGLE_BIAS];

	if (off_radps * off_radps <= REST_GATE * (known + noise))
		correct(angle, ROLL_ANGLE_BIAS, off_radps, noise);
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
		angle->state[ROLL_ANGLE_TURNED] += ahead_rad;
	}
	angle->anchor = angle->pull;
	angle->covariance[ROLL_ANGLE_TURNED][ROLL_ANGLE_TURNED] = ANGLE_FIRST * ANGLE_FIRST;
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
		return angle->state[ROLL_ANGLE_TURNED];
	}
	if (input->has_gyro)
		predict(angle, turn_radps, input);
	if (!input->has_acc) {
		learn_bias_at_rest(angle, input);
		return angle->state[ROLL_ANGLE_TURNED];
	}
	if (!compare_gravity(angle, input->sample->pull_mps2, &ahead_rad))
		return angle->state[ROLL_ANGLE_TURNED];
	if (!input->is_loaded)
		angle->anchor = angle->pull;
	if (!input->has_gyro)
		angle->state[ROLL_ANGLE_TURNED] += ahead_rad;
	else
		correct(angle, ROLL_ANGLE_TURNED, ahead_rad,
			(input->is_loaded || angle->rolling_m <= 0.0 ? PULL_DENSITY
								     : CARRIED_DENSITY) /
				((double)input->step_us * 1e-6));
	return angle->state[ROLL_ANGLE_TURNED];
}
