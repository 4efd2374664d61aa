/* SPDX-License-Identifier: MIT
 *
 * What the files of the core as one share; nothing else includes this.
 *
 *     track-run.c    packets in: time, gaps, marks
 *     track-feed.c   a sample on its way through the stages of roller or bar
 *     track-tell.c   an instant of contact: sums and events
 *
 * Each uses those below it.
 */
#pragma once

#include "daemon/track/outlook.h"
#include "daemon/track/packet.h"
#include "daemon/track/track.h"

/* Events of one call, as they come. */
typedef struct {
	RollEvent *events;
	unsigned n;
} RollTold;

/* One sample on its way through the stages. */
typedef struct {
	const RollPacket *packet;
	const RollSample *sample;
	int64_t t_us;
	int64_t step_us; /* since the last sample; 0: nothing is known of the time before */
	double force;
} RollFeed;

/* An instant of contact. */
typedef struct {
	RollContact contact; /* as it is segmented: where it was reckoned */
	double placed_m;     /* where it is */
	bool is_placed;	     /* false: no place is known at all */
	RollSide side;
} RollTouch;

/* Takes a sample to its place. */
void roll_track_take_sample(RollTrack *track, const RollFeed *feed, RollTold *told);

/* Takes to their places all samples that wait to be smoothed. */
void roll_track_take_waiting(RollTrack *track, RollTold *told);

/* Any instant, in order: the end of the way, common to roller and bar. */
void roll_track_add_touch(RollTrack *track, const RollTouch *touch, RollTold *told);

/* Ends what is open in the segmenter. */
void roll_track_end_segment(RollTrack *track, bool is_cut, RollTold *told);

/* Tells the current pass, that far from its start, before the instants come that end it. */
void roll_track_foretell(RollTrack *track, double reach_m, RollTold *told);

/* Dates the newest n events, counts them, and keeps them. */
void roll_track_tell(RollTrack *track, RollTold *told, unsigned n);

/* What the last reckoning of the place has changed: doubt, and what was told elsewhere. */
void roll_track_heed_place(RollTrack *track);
