/* SPDX-License-Identifier: MIT
 *
 * What the core tells: events, which are final and never taken back; the summary of the session so
 * far, which only grows; and the view, which is provisional and for the live picture only. Times are
 * Unix microseconds at which the sensor took the sample; positions metres from C7. Forces are newtons,
 * or counts where the sensor is not calibrated (RollSummary.has_newtons), NaN where it has no force.
 */
#pragma once

#include "daemon/track/settings.h"

enum {
	ROLL_EVENTS_MAX = 4 * ROLL_PACKET_SAMPLES_MAX + 8, /* events of one call */
	ROLL_SLICES_MAX = 256, /* slices of the spine, ROLL_SLICE_M each */
	ROLL_SIDES = 3,
};

/* The finest division of the spine that is kept: half a centimetre. Slice i covers
 * [ROLL_SLICE_FIRST_M + i * ROLL_SLICE_M, + ROLL_SLICE_M); the outermost ones take all beyond. */
#define ROLL_SLICE_M 0.005
#define ROLL_SLICE_FIRST_M (-0.30)

/* The slice of a place, 0..ROLL_SLICES_MAX - 1. */
static inline unsigned
roll_slice_find(double position_m)
{
	const double place = (position_m - ROLL_SLICE_FIRST_M) / ROLL_SLICE_M;

	if (!(place > 0.0))
		return 0;
	return place < ROLL_SLICES_MAX - 1 ? (unsigned)place : ROLL_SLICES_MAX - 1;
}

/* A place that is known worse than this may lie in another zone: reports say so. Standard deviation, m. */
#define ROLL_UNSURE_M 0.02

typedef enum {
	ROLL_EVENT_PASS, /* start, end, from, to, mean, peak, is_cut */
	ROLL_EVENT_HOLD, /* start, end, from = to = mean position, mean, peak, is_cut */
	ROLL_EVENT_GAP, /* start, end: a silence within a session; told by the first contact after it */
	ROLL_EVENT_MARK, /* start = end, from = to: the marker button, and where contact was */
} RollEventKind;

typedef struct {
	RollEventKind kind;
	bool is_cut; /* it ended because of a gap, not by itself */
	int64_t start_us, end_us;
	double from_m, to_m;
	/* Standard deviation of its position, metres, >= 0; infinite where nothing is known of it. */
	double uncertainty_m;
	double mean_force, peak_force; /* time-weighted mean and maximum of the total force in it */
} RollEvent;

typedef enum {
	ROLL_SIDE_LEFT,
	ROLL_SIDE_CENTRE,
	ROLL_SIDE_RIGHT,
} RollSide;

/* Sums over loaded time in one stretch of the spine. */
typedef struct {
	double loaded_s;
	double force_s; /* integral of the force over that time: mean force = force_s / loaded_s */
	double peak_force;
	double moving_s; /* of loaded_s, the time in which contact moved at 1 cm/s or more */
	double travel_m; /* distance moved in moving_s: mean speed = travel_m / moving_s */
} RollSum;

/* A session so far. All zero before the first loaded sample. */
typedef struct {
	bool has_begun;
	bool has_force; /* false: contact is taken as lasting, there is no force to tell it */
	bool has_newtons;
	bool has_sides;		  /* a bar with an accelerometer */
	int64_t start_us, end_us; /* first and last loaded instant */
	double loaded_s;   /* unplaced_s and the sum over zones, where zones cover all positions */
	double lost_s;	   /* silences within the session */
	double unsure_s;   /* of loaded_s: told in a zone, but known worse than ROLL_UNSURE_M */
	double unplaced_s; /* of loaded_s: in no zone and no slice, since no place is known at all */
	unsigned n_passes, n_holds, n_gaps, n_marks;
	unsigned n_lost_packets; /* missing by their sequence numbers, since the recording began */
	unsigned n_restarts;	 /* of the sensor, since the recording began */
	double side_s[ROLL_SIDES];     /* by RollSide */
	RollSum zones[ROLL_ZONES_MAX]; /* as settings->zones */
	RollSum slices[ROLL_SLICES_MAX];
} RollSummary;

/* The picture of the moment. */
typedef struct {
	bool is_loaded;
	bool is_holding;
	int64_t t_us;	   /* of the last sample; 0 before the first */
	double position_m; /* of contact */
	double speed_mps;  /* of contact, positive toward the feet */
	double force;
	double tilt_rad;   /* bar: twist from rest, positive to the left */
	double turned_rad; /* roller: turned since the recording began, loaded or not, positive as
			    * axis and mount make contact move toward the feet */
	double uncertainty_m; /* of position_m, standard deviation */
} RollView;
