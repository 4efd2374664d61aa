/* SPDX-License-Identifier: MIT */
#include "daemon/track/track.h"

#include "daemon/track/packet.h"

#include <string.h>

/* Smoothing of the speed, s: about the time in which a hand changes direction. */
#define SPEED_SMOOTHING_S 0.1

/* Events of one call, as they come. */
typedef struct {
	RollEvent *events;
	unsigned n;
} Told;

/* One sample on its way through the stages. */
typedef struct {
	const RollPacket *packet;
	const RollSample *sample;
	int64_t t_us;
	int64_t step_us; /* since the last sample; 0: nothing is known of the time before */
	double force;
} Feed;

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
		roll_smooth_init(&track->smooth, roll_smooth_get_rolling_tau_s(settings->radius_m),
				 ROLL_SMOOTH_ROLLER_US);
	roll_load_init(&track->load, settings->loaded_n);
	roll_position_init(&track->position, settings);
	roll_bar_init(&track->bar, settings);
	roll_segment_init(&track->segment);
	roll_session_init(&track->session, settings);
	track->side = ROLL_SIDE_CENTRE;
}

static const RollTrackSettings *
get_settings(const RollTrack *track)
{
	return &track->session.settings;
}

/* Dates the newest n events, counts them, and keeps them. */
static void
tell(RollTrack *track, Told *told, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		RollEvent *event = &told->events[told->n++];

		event->start_us = roll_clock_get_unix_us(&track->clock, event->start_us);
		event->end_us = roll_clock_get_unix_us(&track->clock, event->end_us);
		event->uncertainty_m = track->view.uncertainty_m;
		roll_session_add_event(&track->session, event);
	}
}

static void
tell_waiting_gaps(RollTrack *track, Told *told)
{
	track->session.summary.lost_s += track->gaps_waiting_s;
	for (unsigned i = 0; i < track->n_gaps_waiting; i++) {
		told->events[told->n] = track->gaps_waiting[i];
		tell(track, told, 1);
	}
	track->n_gaps_waiting = 0;
	track->gaps_waiting_s = 0.0;
}

static void
note_session_times(RollTrack *track)
{
	RollSession *session = &track->session;
	RollSummary *summary = &session->summary;

	if (summary->start_us == 0)
		summary->start_us = roll_clock_get_unix_us(&track->clock, session->first_us);
	summary->end_us = summary->start_us + (session->last_us - session->first_us);
}

/* A loaded instant: its time goes to zone, slice and side. */
static void
add_loaded(RollTrack *track, const RollContact *contact, double step_s, Told *told)
{
	const double moved_m = contact->position_m - track->view.position_m;
	const bool follows = step_s > 0.0 && track->view.is_loaded;
	const double travel_m = follows ? fabs(moved_m) : 0.0;
	const double gain = step_s / (step_s + SPEED_SMOOTHING_S);
	RollStep step = {
		.t_us = contact->t_us,
		.step_s = step_s,
		.position_m = follows ? contact->position_m - 0.5 * moved_m : contact->position_m,
		.force = follows ? 0.5 * (contact->force + track->force) : contact->force,
		.travel_m = travel_m,
		.side = track->side,
	};

	tell_waiting_gaps(track, told);
	if (follows)
		track->view.speed_mps += gain * (moved_m / step_s - track->view.speed_mps);
	step.speed_mps = fabs(track->view.speed_mps);
	roll_session_add_step(&track->session, &step);
	note_session_times(track);
}

/* Any instant, in order: the end of the way, common to roller and bar. */
static void
add_contact(RollTrack *track, const RollContact *contact, Told *told)
{
	const double step_s =
		track->has_contact ? (double)(contact->t_us - track->contact_us) * 1e-6 : 0.0;

	if (contact->is_loaded)
		add_loaded(track, contact, step_s, told);
	else
		track->view.speed_mps = 0.0;
	tell(track, told, roll_segment_feed(&track->segment, contact, told->events + told->n));
	track->has_contact = true;
	track->contact_us = contact->t_us;
	track->force = contact->force;
	track->view.t_us = contact->t_us;
	track->view.is_loaded = contact->is_loaded;
	track->view.position_m = contact->position_m;
	track->view.force = contact->force;
}

static double
place_roller(RollTrack *track, const RollPoint *point)
{
	const bool is_resuming = track->is_resuming;

	track->is_resuming = false;
	return is_resuming ? roll_position_resume(&track->position, point->place, point->is_loaded)
			   : roll_position_feed(&track->position, point->place, point->is_loaded);
}

static void
add_point(RollTrack *track, const RollPoint *point, Told *told)
{
	const RollContact contact = {
		.t_us = point->t_us,
		.position_m =
			get_settings(track)->is_bar ? point->place : place_roller(track, point),
		.force = point->force,
		.is_loaded = point->is_loaded,
	};

	track->side = point->side;
	if (!get_settings(track)->is_bar) {
		track->view.turned_rad = get_settings(track)->travel_sign * point->place;
		track->view.uncertainty_m =
			get_settings(track)->radius_m * sqrt(track->angle.variance_angle);
	}
	add_contact(track, &contact, told);
}

static void
add_smooth_points(RollTrack *track, bool is_final, Told *told)
{
	RollPoint point;

	while (roll_smooth_take(&track->smooth, is_final, &point))
		add_point(track, &point, told);
}

static double
turn(RollTrack *track, const Feed *feed)
{
	const RollAngleInput input = {
		.sample = feed->sample,
		.has_gyro = feed->packet->has_gyro,
		.has_acc = feed->packet->has_acc,
		.is_loaded = track->load.is_loaded,
		.step_us = feed->step_us,
		.period_us = feed->packet->period_us,
	};

	return roll_angle_feed(&track->angle, &input);
}

static bool
judge_load(RollTrack *track, const Feed *feed, double angle_rad)
{
	return feed->packet->has_force ? roll_load_feed(&track->load, feed->force)
				       : roll_load_infer(&track->load, feed->t_us, angle_rad);
}

static void
feed_roller(RollTrack *track, const Feed *feed, Told *told)
{
	const RollPacket *packet = feed->packet;
	RollPoint point = {
		.t_us = feed->t_us,
		.worth = 1.0,
		.force = feed->force,
		.side = ROLL_SIDE_CENTRE,
	};

	point.place = turn(track, feed);
	point.is_loaded = judge_load(track, feed, point.place);
	if (point.is_loaded &&
	    roll_mount_learn(&track->mount, packet->has_gyro ? &feed->sample->turn_radps : NULL,
			     packet->has_acc ? &feed->sample->pull_mps2 : NULL,
			     (double)feed->step_us * 1e-6))
		roll_angle_set_axis(&track->angle, track->mount.axis);
	if (packet->has_gyro || !packet->has_acc) {
		/* A sensor that had no gyroscope a packet ago: what waits to be smoothed comes first. */
		add_smooth_points(track, true, told);
		roll_smooth_cut(&track->smooth);
		add_point(track, &point, told);
		return;
	}
	roll_smooth_put(&track->smooth, point);
	add_smooth_points(track, false, told);
}

static RollSide
get_side(double twist_rad)
{
	if (twist_rad > ROLL_SIDE_RAD)
		return ROLL_SIDE_LEFT;
	return twist_rad < -ROLL_SIDE_RAD ? ROLL_SIDE_RIGHT : ROLL_SIDE_CENTRE;
}

static void
feed_bar(RollTrack *track, const Feed *feed, Told *told)
{
	const RollPacket *packet = feed->packet;
	const double step_s = (double)feed->step_us * 1e-6;
	RollPoint point = {.t_us = feed->t_us, .force = feed->force, .side = ROLL_SIDE_CENTRE};
	double tilt_rad = 0.0;

	if (packet->has_acc)
		tilt_rad = turn(track, feed);
	point.is_loaded = judge_load(track, feed, tilt_rad);
	if (packet->has_acc) {
		track->session.summary.has_sides = true;
		track->view.tilt_rad =
			roll_bar_feed_tilt(&track->bar, tilt_rad, point.is_loaded, step_s);
		point.side = get_side(track->view.tilt_rad);
	}
	if (packet->has_force && packet->n_cells > 0)
		point.place = roll_bar_feed(&track->bar, feed->sample->cell_n, packet->n_cells,
					    point.is_loaded, step_s);
	else
		point.place = track->bar.position_m;
	if (point.is_loaded)
		point.worth = packet->has_force ? feed->force * feed->force : 1.0;
	roll_smooth_put(&track->smooth, point);
	add_smooth_points(track, false, told);
}

/* The stream was silent from the last sample to t_us. */
static void
take_gap(RollTrack *track, int64_t t_us, Told *told)
{
	const bool is_waiting = track->n_gaps_waiting < ROLL_GAPS_WAITING_MAX;

	add_smooth_points(track, true, told);
	roll_smooth_cut(&track->smooth);
	tell(track, told, roll_segment_end(&track->segment, true, told->events + told->n));
	roll_angle_lose(&track->angle);
	track->has_contact = false;
	track->is_resuming = true;
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
feed_sample(RollTrack *track, const RollPacket *packet, unsigned i, int64_t t_us, Told *told)
{
	Feed feed = {
		.packet = packet,
		.sample = &packet->samples[i],
		.t_us = t_us,
		.force = roll_packet_get_force(packet, i),
	};

	if (!roll_packet_is_usable(packet, i))
		return;
	if (track->has_sample && t_us - track->sample_us > ROLL_GAP_US)
		take_gap(track, t_us, told);
	else if (track->has_sample)
		feed.step_us = t_us - track->sample_us;
	if (get_settings(track)->is_bar)
		feed_bar(track, &feed, told);
	else
		feed_roller(track, &feed, told);
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

unsigned
roll_track_feed(RollTrack *track, int64_t arrival_us, const RollPacket *packet,
		RollEvent *ret_events)
{
	Told told = {.events = ret_events};
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
	if (packet->is_marked)
		told.n += roll_track_mark(track, ret_events + told.n);
	return told.n;
}

unsigned
roll_track_mark(RollTrack *track, RollEvent *ret_event)
{
	Told told = {.events = ret_event};

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
	tell(track, &told, 1);
	return told.n;
}

unsigned
roll_track_finish(RollTrack *track, RollEvent *ret_events)
{
	Told told = {.events = ret_events};

	add_smooth_points(track, true, &told);
	tell(track, &told, roll_segment_end(&track->segment, false, ret_events + told.n));
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
