/* SPDX-License-Identifier: MIT
 *
 * Walks through a plan, step by step: says each, leaves time to get there, counts its seconds by the clock or by the
 * sensor, and keeps what was done. Enter goes on at once, s leaves a step out, p pauses, q quits; nobody has to press
 * anything.
 */
#pragma once

#include "cli/movement/follow-screen.h"
#include "cli/movement/follow-sensor.h"

/* Of a step that was left so early nothing is kept. */
#define ROLLSTAT_FOLLOW_LEAST_S 3.0

/* What it walks with; all borrowed. */
typedef struct {
	/* The sensor for a step that one follows; *ret_label: given, its name. FALSE and error: there is none, the clock counts. */
	gboolean (*find_sensor)(void *user, const RollstatMovement *movement,
				RollstatFollowSensor *ret_sensor, char **ret_label, GError **error);
	/* Keeps what was done by the clock. FALSE and error: it could not. */
	gboolean (*keep)(void *user, const RollstatMovement *movement, gint64 start_us,
			 double seconds, GError **error);
	void *user;
} RollstatFollowGround;

typedef struct {
	guint n_done, n_left_out; /* one that was quit in the middle is neither */
	double kept_s, sensed_s;  /* by the clock; by the sensor, which stand in the session */
	gboolean is_interrupted, has_failed; /* has_failed: not all could be kept */
} RollstatFollowed;

/* The tempo of the screen has begun. Whether the plan ended or was quit, what was done until then is kept. */
RollstatFollowed rollstat_follow(RollstatFollowScreen *screen, const RollstatPlan *plan,
				 const RollstatFollowGround *ground);
