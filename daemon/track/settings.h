/* SPDX-License-Identifier: MIT
 *
 * What the core must be told of a person and of a sensor's use, in SI units; resolved by the shell from
 * the configuration and from what the sensor says of itself. Plain data, copied into the core.
 */
#pragma once

#include "daemon/track/spine.h"

/* Version of the estimator and the segmenter. It stands with each session; it rises by one whenever
 * the same packets would give other events, so that --rebuild knows what is old. */
#define ROLL_TRACK_VERSION 5

typedef struct {
	bool is_bar;	    /* a massage bar; else a roller */
	double radius_m;    /* roller: of the rolling surface, 0.01..0.30 */
	double start_m;	    /* roller: where the first contact of a session is, from C7 */
	double travel_sign; /* roller: +1 mounted on the person's right side, -1 on the left */
	RollSensorVec
		axis; /* roller: unit vector of the sensor nearest to the one that points out of the
				  * roller's end; bar: nearest to the one that points to the head */
	double head_end_m; /* bar: position of cell 0 */
	double pitch_m;	   /* bar: from cell to cell */
	double loaded_n;   /* total force from which the body counts as resting on it, > 0 */
	double neck_m; /* roller: where contact is when the person marks it; NaN: a mark moves nothing */
	double min_m, max_m;	/* where on the spine contact is possible, min_m < max_m */
	int64_t session_gap_us; /* an unloaded or silent time longer than this ends a session */
	unsigned n_zones;	/* 0..ROLL_ZONES_MAX */
	RollZone zones[ROLL_ZONES_MAX]; /* by from_m, not overlapping */
} RollTrackSettings;

/* Defaults: a roller of 7.5 cm radius, +z, right side, start T8, 20 N, 5 minutes, a spine of
 * 44 cm with the default zones, contact possible from 5 cm above C7 to 5 cm below L5. */
void roll_track_settings_init(RollTrackSettings *settings);
