/* SPDX-License-Identifier: MIT
 *
 * Last stage: the session's sums over zones, slices and sides. Each loaded instant brings the time since
 * the one before it, told where contact was half-way between the two. Times are stream time.
 */
#pragma once

#include "daemon/track/event.h"

/* From this speed on contact counts as moving, m/s. */
#define ROLL_MOVING_MPS 0.01

/* What was told since the place was last in doubt, finely enough to be told elsewhere when the doubt is gone. */
#define ROLL_FINE_M 0.002

enum { ROLL_FINE_MAX = 640 };

/* Sums over loaded time, by place. */
typedef struct {
	RollSum zones[ROLL_ZONES_MAX];
	RollSum slices[ROLL_SLICES_MAX];
	double unsure_s;
} RollPlaces;

typedef struct {
	RollTrackSettings settings;
	RollSummary summary;
	RollPlaces settled;	      /* the sums up to the last doubt */
	RollSum since[ROLL_FINE_MAX]; /* and since then */
	double since_s;
	bool is_unsure;
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
	bool is_unplaced;  /* no place is known at all */
	double speed_mps;  /* smoothed, >= 0 */
	RollSide side;
} RollStep;

/* Begins with all sums zero. settings: copied. */
void roll_session_init(RollSession *session, const RollTrackSettings *settings);

/* Adds a step to the sums; the first one begins the session. */
void roll_session_add_step(RollSession *session, const RollStep *step);

/* From now on the place may be another one: what was told so far is settled. */
void roll_session_settle(RollSession *session);

/* All that was told since then was off by by_m, metres toward the feet: it is told anew. */
void roll_session_shift(RollSession *session, double by_m);

/* Whether the place is known worse than ROLL_UNSURE_M, now: so, until settled, all since the last doubt. */
void roll_session_note_unsure(RollSession *session, bool is_unsure);

/* Counts an event that was told. */
void roll_session_add_event(RollSession *session, const RollEvent *event);
