/* SPDX-License-Identifier: MIT
 *
 * Third stage: how far the body that the sensor is strapped to has turned about its axis.
 *
 * Gravity gives the angle in the plane across the axis absolutely, but shaken by every push; the
 * gyroscope gives its changes cleanly, but drifts. A Kalman filter of two states (angle, gyroscope bias)
 * joins them: it follows the gyroscope within seconds and gravity beyond, so that the angle never
 * drifts. What the roller's own rolling adds to gravity, radius times angular acceleration forward over
 * the floor, is taken out beforehand.
 *
 *     gyroscope and accelerometer   both, as above; no latency
 *     gyroscope alone               the bias is learned whenever the body rests; no latency
 *     accelerometer alone           gravity, smoothed to both sides by smooth.h, which has the latency
 *
 * Angles are radians, unwrapped, counter-clockwise about the axis; angle 0 is gravity along the first
 * direction of the plane. Source of the method: Kalman 1960; for this use e.g. Mahony 2008.
 */
#pragma once

#include "daemon/track/rotation.h"
#include "daemon/track/vector.h"

/* A pause and a hold tell the bias when they last this long; a longer hold tells it again and again, us. */
#define ROLL_REST_PAUSE_US INT64_C(400000)
#define ROLL_REST_HOLD_US INT64_C(1500000)
#define ROLL_REST_MOST_US INT64_C(4000000)

/* A time at rest, the band in which the rate was, and its integral. */
typedef struct {
	int64_t time_us;
	double least_radps, most_radps;
	double turned_rad;
} RollRest;

/* What is estimated together. */
typedef enum {
	ROLL_ANGLE_TURNED, /* the angle, rad */
	ROLL_ANGLE_BIAS,   /* what the gyroscope tells at rest, rad/s */
	ROLL_ANGLE_SCALE,  /* how much too much it tells of a turn, share */
	/* Touched, the angle at which contact would be at its first place; else the contact's angle, rad: so it
	 * stays in either case. */
	ROLL_ANGLE_STAYS,
	ROLL_ANGLE_STATES,
} RollAngleState;

typedef struct {
	RollAxis axis;		/* unit vector */
	RollAxis first, second; /* the plane across it: first x second = axis */
	RollAxis pull;		/* specific force of the last sample; zero: never told */
	RollAxis anchor;	/* the same when contact began */
	double rolling_m; /* radius of a roller that rolls on the floor; 0: it does not roll */
	bool has_begun;
	bool is_lost;			 /* after a silence: the next gravity is believed whole */
	double state[ROLL_ANGLE_STATES]; /* by RollAngleState */
	double covariance[ROLL_ANGLE_STATES][ROLL_ANGLE_STATES];
	bool is_touching;
	double turn_radps;   /* along the axis, last sample, bias included */
	double smooth_radps; /* the same, smoothed, for the angular acceleration */
	double spin_radps2;  /* angular acceleration, smoothed */
	double calm_radps;   /* the same, without tremor */
	RollRest hold, pause,
		longest_pause; /* the rests that go on, and the longest pause in hold */
} RollAngle;

/* What of a sample the stage may use, and the time since the last one. */
typedef struct {
	const RollSample *sample;
	bool has_gyro, has_acc;
	bool is_loaded;	   /* at the sample before */
	int64_t step_us;   /* since the last sample; 0 for the first */
	int64_t period_us; /* nominal */
} RollAngleInput;

/* axis: unit vector. rolling_m: radius of a roller on the floor, metres; 0 for a bar. */
void roll_angle_init(RollAngle *angle, RollAxis axis, double rolling_m);

/* Takes a better estimate of the axis. Where gravity is known, the angle at which contact began stays, and what was
 * turned since then is put right; else the angle stays as it is. */
void roll_angle_set_axis(RollAngle *angle, RollAxis axis);

/* Feeds one sample; returns the angle, radians. Without gyroscope this is the raw angle of gravity. */
double roll_angle_feed(RollAngle *angle, const RollAngleInput *input);

/* The body comes to rest on the roller, or leaves it. While it rests there, contact turns with the roller; else
 * contact stays and the roller turns freely. Angle, bias and that which stays are estimated together, so that
 * what later samples tell of the angle at a lift-off or landing is put right in the contact, too. */
void roll_angle_touch(RollAngle *angle, bool is_touching);

/* How far contact has turned since the first one, rad, and how sure that is (variance, rad2). Not for a stream without
 * gyroscope. */
double roll_angle_get_contact_rad(const RollAngle *angle);
double roll_angle_get_contact_variance(const RollAngle *angle);

/* The stream was silent: whatever happened, the angle is now known only from gravity. */
void roll_angle_lose(RollAngle *angle);
