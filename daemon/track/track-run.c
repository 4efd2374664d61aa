/* SPDX-License-Identifier: MIT */
#include "daemon/track/track-parts.h"

#include <string.h>

void
roll_track_init(RollTrack *track, const RollTrackSettings *settings)
{
	memset(track, 0, sizeof(*track));
	roll_clock_init(&track->clock);
	roll_mount_init(&track->mount, settings->axis);
	roll_angle_init(&track->angle, track->mount.axis,
			settings->is_bar ? 0.0 : settings->radius_m);
	if (settings->is_bar)
		roll_smooth_init(&track->smooth, ROLL_SMOOTH_BAR_S, ROLL_SMOOTH_BAR_US);
	else
		roll_smooth_init_rolling(&track->smooth, settings->radius_m);
	roll_heading_init(&track->heading);
	roll_tap_init(&track->tap);
	roll_load_init(&track->load, settings->loaded_n);
	roll_place_init(&track->place, settings);
	roll_bar_init(&track->bar, settings);
	roll_segment_init(&track->segment);
	roll_session_init(&track->session, settings);
}

void
roll_track_know(RollTrack *track, const RollForceMap *map)
{
	roll_place_know(&track->place, map);
}

static const RollTrackSettings *
get_settings(const RollTrack *track)
{
	return &track->session.settings;
}

/* The stream was silent from the last sample to t_us. */
static void
take_gap(RollTrack *track, int64_t t_us, bool has_gravity, RollTold *told)
{
	const bool is_waiting = track->n_gaps_waiting < ROLL_GAPS_WAITING_MAX;

	roll_track_take_waiting(track, told);
	roll_track_end_segment(track, true, told);
	roll_angle_lose(&track->angle);
	roll_heading_lose(&track->heading);
	track->has_contact = false;
	track->is_resuming = true;
	track->silence = (RollSilence){
		.silent_s = (double)(t_us - track->sample_us) * 1e-6,
		.has_gravity = has_gravity,
	};
	if (!track->session.summary.has_begun)
		return;
	track->gaps_waiting_s += (double)(t_us - track->sample_us) * 1e-6;
	if (is_waiting)
		track->gaps_waiting[track->n_gaps_waiting++] = (RollEvent){
			.kind = ROLL_EVENT_GAP,
			.start_us = track->sample_us,
			.end_us = t_us,
			.mean_force = NAN,
			.peak_force = NAN,
		};
}

static void
feed_sample(RollTrack *track, const RollPacket *packet, unsigned i, int64_t t_us, RollTold *told)
{
	RollFeed feed = {
		.packet = packet,
		.sample = &packet->samples[i],
		.t_us = t_us,
		.force = roll_packet_get_force(packet, i),
	};

	if (!roll_packet_is_usable(packet, i))
		return;
	if (track->has_sample && t_us - track->sample_us > ROLL_GAP_US)
		take_gap(track, t_us, packet->has_acc, told);
	else if (track->has_sample)
		feed.step_us = t_us - track->sample_us;
	roll_track_take_sample(track, &feed, told);
	track->has_sample = true;
	track->sample_us = t_us;
}

static void
note_packet(RollTrack *track, const RollPacket *packet)
{
	RollSummary *summary = &track->session.summary;

	summary->has_force |= packet->has_force;
	summary->has_newtons = summary->has_force && packet->has_newtons;
	summary->n_lost_packets = track->clock.n_lost;
	summary->n_restarts = track->clock.n_restarts;
}

/* The person says, with the sensor's button or two taps, that contact is at the base of the neck. */
static void
mark_neck(RollTrack *track, RollTold *told)
{
	if (!get_settings(track)->is_bar && track->has_angle && track->view.is_loaded) {
		track->view.position_m = roll_place_mark(&track->place);
		roll_track_heed_place(track);
	}
	told->n += roll_track_mark(track, told->events + told->n);
}

unsigned
roll_track_feed(RollTrack *track, int64_t arrival_us, const RollPacket *packet,
		RollEvent *ret_events)
{
	RollTold told = {.events = ret_events};
	int64_t t_us;
	bool was_loaded = false;

	if (packet->n_samples == 0 || packet->n_samples > ROLL_PACKET_SAMPLES_MAX ||
	    !roll_clock_place(&track->clock, arrival_us, packet, &t_us))
		return 0;
	note_packet(track, packet);
	for (unsigned i = 0; i < packet->n_samples; i++) {
		feed_sample(track, packet, i, t_us + (int64_t)i * packet->period_us, &told);
		was_loaded |= track->load.is_loaded;
	}
	if (was_loaded)
		track->loaded_arrival_us = arrival_us;
	if (packet->is_marked || track->is_tapped)
		mark_neck(track, &told);
	track->is_tapped = false;
	return told.n;
}

unsigned
roll_track_mark(RollTrack *track, RollEvent *ret_event)
{
	RollTold told = {.events = ret_event};

	if (!track->session.summary.has_begun)
		return 0;
	*ret_event = (RollEvent){
		.kind = ROLL_EVENT_MARK,
		.start_us = track->sample_us,
		.end_us = track->sample_us,
		.from_m = track->view.position_m,
		.to_m = track->view.position_m,
		.mean_force = track->view.force,
		.peak_force = track->view.force,
	};
	roll_track_tell(track, &told, 1);
	return told.n;
}

unsigned
roll_track_finish(RollTrack *track, RollEvent *ret_events)
{
	RollTold told = {.events = ret_events};

	roll_track_take_waiting(track, &told);
	roll_track_end_segment(track, false, &told);
	return told.n;
}

const RollSummary *
roll_track_get_summary(const RollTrack *track)
{
	return &track->session.summary;
}

RollView
roll_track_get_view(const RollTrack *track)
{
	RollView view = track->view;

	if (view.t_us != 0)
		view.t_us = roll_clock_get_unix_us(&track->clock, view.t_us);
	view.is_holding = track->segment.phase == ROLL_SEGMENT_HOLDING;
	return view;
}

int64_t
roll_track_get_loaded_arrival_us(const RollTrack *track)
{
	return track->loaded_arrival_us;
}
