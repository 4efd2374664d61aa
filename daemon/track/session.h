/* SPDX-License-Identifier: MIT
 *
 * Last stage: the session's sums over zones, slices and sides. Each loaded instant brings the time since
 * the one before it, told where contact was half-way between the two. Times are stream time.
 */
#pragma once

#include "daemon/track/event.h"

/* From this speed on contact counts as moving, m/s. */
#define ROLL_MOVING_MPS 0.01

typedef struct {
	RollTrackSettings settings;
	RollSummary summary;
	int64_t first_us, last_us; /* first and last loaded instant, stream time */
	unsigned zone;		   /* where contact was last */
} RollSession;

/* A loaded step of the contact. */
typedef struct {
	int64_t t_us;	   /* at its end */
	double step_s;	   /* 0 where nothing is known of the time before */
	double position_m; /* half-way */
	double force;	   /* mean; NaN: not known */
	double travel_m;   /* distance moved, >= 0 */
	double speed_mps;  /* smoothed, >= 0 */
	RollSide side;
} RollStep;

/* Begins with all sums zero. settings: copied. */
void roll_session_init(RollSession *session, const RollTrackSettings *settings);

/* Adds a step to the sums; the first one begins the session. */
void roll_session_add_step(RollSession *session, const RollStep *step);

/* Counts an event that was told. */
void roll_session_add_event(RollSession *session, const RollEvent *event);
