/* SPDX-License-Identifier: MIT
 *
 * The pure core as one: packets in, final events out. It joins the stages of this folder
 *
 *     clock -> mount -> angle (-> smooth) -> place, or bar -> segment (, outlook) -> session
 *
 * for one sensor and one recording. State is a plain struct that the caller owns and may copy; nothing
 * is allocated, nothing is called back, time comes only from the packets. The same packets give the
 * same events, bit for bit, on every machine.
 *
 * Latency: an event is final when it is returned. A pass comes with the sample that makes its second
 * turning point certain: a retreat of 2 cm, or the end of the loaded stretch; where a hold ends the
 * stretch, that is 2.0 s after the hold began. A hold comes with the first sample that leaves its
 * window. A roller without gyroscope adds ROLL_SMOOTH_ROLLER_US to holds and to the view; to
 * passes only where a glance ahead (outlook.h) leaves doubt.
 */
#pragma once

#include "daemon/track/angle.h"
#include "daemon/track/bar.h"
#include "daemon/track/clock.h"
#include "daemon/track/heading.h"
#include "daemon/track/load.h"
#include "daemon/track/mount.h"
#include "daemon/track/place.h"
#include "daemon/track/segment.h"
#include "daemon/track/session.h"
#include "daemon/track/smooth.h"
#include "daemon/track/tap.h"

/* A silence between samples longer than this is a gap: what happened in it is not told. */
#define ROLL_GAP_US INT64_C(500000)

enum { ROLL_GAPS_WAITING_MAX = 8 };

/* A roller without gyroscope: the contact's angle, summed up from what it turned while loaded. */
typedef struct {
	double angle_rad, contact_rad;
	bool was_loaded;
} RollTurning;

typedef struct {
	RollClock clock;
	RollMount mount;
	RollAngle angle;
	RollSmooth smooth;
	RollLoad load;
	RollHeading heading;
	RollTap tap;
	bool is_tapped; /* twice, within the packet */
	RollTurning turning;
	RollPlace place;
	RollBar bar;
	RollSegment segment;
	RollSession session;
	RollView view;

	bool has_sample;
	bool is_resuming;    /* the next contact is the first one after a gap */
	bool has_contact;    /* the last instant belongs to the same unbroken stream */
	int64_t sample_us;   /* stream time of the last sample */
	int64_t contact_us;  /* stream time of the last instant told to segment */
	double contact_m;    /* at that instant, as it was reckoned */
	double force;	     /* likewise */
	bool has_angle;	     /* the last sample tells of turning */
	bool has_centre;     /* of a bar: it tells of the centre of force */
	RollSilence silence; /* the last one */
	int64_t loaded_arrival_us;
	/* Gaps since the last contact: they lie in the session only if there is contact again. */
	unsigned n_gaps_waiting;
	double gaps_waiting_s;
	RollEvent gaps_waiting[ROLL_GAPS_WAITING_MAX];
} RollTrack;

/* settings: copied. */
void roll_track_init(RollTrack *track, const RollTrackSettings *settings);

/* What earlier sessions of this person on this sensor tell of how hard each place pushes back; copied. Before the first
 * packet; without it the place is found again by this session alone. */
void roll_track_know(RollTrack *track, const RollForceMap *map);

/* Feeds one packet. arrival_us: host's Unix time of arrival. ret_events: ROLL_EVENTS_MAX long. Returns how
 * many were told. Takes any packet at all; samples that are no possible numbers are passed over. */
unsigned roll_track_feed(RollTrack *track, int64_t arrival_us, const RollPacket *packet,
			 RollEvent *ret_events);

/* A mark by hand, at the last sample: a note of the place, no more. (The sensor's button, in a packet, says that contact is
 * at settings->neck_m.) Returns how many events were told: 0 before the first contact. */
unsigned roll_track_mark(RollTrack *track, RollEvent *ret_event);

/* Ends all that is open, as if the stream ended here. Call it on a copy to see what the session would
 * hold if it ended now. ret_events: ROLL_EVENTS_MAX long. Returns how many events. */
unsigned roll_track_finish(RollTrack *track, RollEvent *ret_events);

/* Borrowed, as of the last call. */
const RollSummary *roll_track_get_summary(const RollTrack *track);

/* The picture of the moment, as of the last call. */
RollView roll_track_get_view(const RollTrack *track);

/* Arrival of the last packet that held a loaded sample; 0: none yet. */
int64_t roll_track_get_loaded_arrival_us(const RollTrack *track);
