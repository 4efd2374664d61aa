/* SPDX-License-Identifier: MIT
 *
 * Captures and made-up streams on their way through the whole core, and what it told of them.
 */
#pragma once

#include "daemon/track/track.h"

#include <glib.h>

/* A packet and when it arrived. */
typedef struct {
	int64_t arrival_us;
	RollPacket packet;
} RollArrived;

/* One run of the core. */
typedef struct {
	RollTrack track;
	GArray *events;	  /* RollEvent, those of finish last */
	GArray *told_at;  /* unsigned, for each event: after how many packets it was told */
	unsigned n_early; /* events told before finish */
} RollRun;

/* All packets (RollArrived) of tests/captures/NAME.rollcap, decoded. CAPTURES_FOLDER must be defined where
 * track-rig.c is built. */
GArray *roll_rig_load(const char *name);

/* The same samples in packets of n_samples, of a sensor with a perfect clock over a perfect link, so that only
 * the cutting differs. Packets that were lost stay lost. n_samples: 1..ROLL_PACKET_SAMPLES_MAX; 0: varying. */
GArray *roll_rig_cut_anew(const GArray *stream, unsigned n_samples);

/* The settings under which the captures of rollers were made. */
void roll_rig_init_settings(RollTrackSettings *settings);

/* Feeds the first n packets and finishes. Free with roll_rig_free. */
RollRun *roll_rig_run(const GArray *stream, unsigned n, const RollTrackSettings *settings);
void roll_rig_free(RollRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollRun, roll_rig_free)

/* Borrowed. */
const RollEvent *roll_rig_get_event(const RollRun *run, unsigned i);
const RollArrived *roll_rig_get_arrived(const GArray *stream, unsigned i);

/* Fails the test unless both told the same: kinds and cuts, positions to within tolerance_m, times shifted by
 * shift_us to within tolerance_us; with nought for both tolerances, forces too. */
typedef struct {
	double tolerance_m;
	int64_t tolerance_us;
	int64_t shift_us;
} RollLikeness;
void roll_rig_assert_alike(const RollRun *one, const RollRun *other, RollLikeness likeness);

/* Fails the test where a state cannot be: sums that are no numbers, zones or slices that do not add up, events
 * that end before they start. */
void roll_rig_assert_valid(const RollTrack *track);
void roll_rig_assert_valid_events(const RollEvent *events, unsigned n);
