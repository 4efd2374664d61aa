/* SPDX-License-Identifier: MIT */
#include "daemon/track/track-parts.h"

#include <stddef.h>

/* How far off a place is of which no future is known, m; from there it goes down evenly to 0 at the whole reach. In the bench
 * 97 of 100 instants lie within it. */
#define AHEAD_SLACK_M 0.004

static const RollTrackSettings *
get_settings(const RollTrack *track)
{
	return &track->session.settings;
}

/* The contact's angle from readings of the body's angle alone. */
static void
turn_contact(RollTurning *turning, const RollPoint *point)
{
	if (point->is_loaded && turning->was_loaded)
		turning->contact_rad += point->place - turning->angle_rad;
	turning->angle_rad = point->place;
	turning->was_loaded = point->is_loaded;
}

static void
add_rolled(RollTrack *track, const RollPoint *point, double variance_rad2, RollTold *told)
{
	const RollPlaceInstant instant = {
		.t_us = point->t_us,
		.contact_rad = point->place,
		.variance_rad2 = variance_rad2,
		.force = point->force,
		.is_loaded = point->is_loaded,
	};
	RollTouch touch = {
		.contact = {.t_us = point->t_us,
			    .force = point->force,
			    .is_loaded = point->is_loaded},
		.is_placed = track->has_angle,
		.side = ROLL_SIDE_CENTRE,
	};

	if (track->is_resuming)
		touch.placed_m = roll_place_resume(&track->place, &instant, &track->silence);
	else
		touch.placed_m = roll_place_feed(&track->place, &instant);
	track->is_resuming = false;
	touch.contact.position_m = track->place.reckoned_m;
	roll_track_heed_place(track);
	if (!track->has_angle)
		track->view.uncertainty_m = INFINITY;
	roll_track_add_touch(track, &touch, told);
}

static void
add_smoothed(RollTrack *track, const RollPoint *point, RollTold *told)
{
	RollPoint turned = *point;
	RollTouch touch = {
		.contact = {.t_us = point->t_us,
			    .position_m = point->place,
			    .force = point->force,
			    .is_loaded = point->is_loaded},
		.placed_m = point->place,
		.is_placed = track->has_centre,
		.side = point->side,
	};

	if (get_settings(track)->is_bar) {
		track->view.uncertainty_m =
			touch.is_placed ? roll_bar_get_uncertainty_m(&track->bar) : INFINITY;
		roll_track_add_touch(track, &touch, told);
		return;
	}
	/* After a silence only the angle counts, see roll_place_resume. */
	turn_contact(&track->turning, point);
	turned.place = track->turning.contact_rad;
	add_rolled(track, &turned, 0.0, told);
}

static void
take_smoothed(RollTrack *track, bool is_final, RollTold *told)
{
	RollPoint point;

	while (roll_smooth_take(&track->smooth, is_final, &point))
		add_smoothed(track, &point, told);
}

static RollAhead
look_ahead(const RollTrack *track, const RollPoint *point, int64_t ahead_us)
{
	const RollPlace *place = &track->place;
	const double turned_rad = point->place - track->turning.angle_rad;

	return (RollAhead){
		.contact = {.t_us = point->t_us,
			    .position_m = place->reckoned_m + place->metres_per_rad * turned_rad,
			    .is_loaded = point->is_loaded},
		.slack_m =
			AHEAD_SLACK_M * (1.0 - (double)ahead_us / (double)track->smooth.reach_us),
	};
}

/* A pass that is over by what waits to be smoothed is told now. */
static void
foretell(RollTrack *track, RollTold *told)
{
	RollOutlook outlook;
	RollPoint point;
	int64_t ahead_us;

	/* A roller that a hand turns while no force tells moves no contact. */
	if (track->place.sweep.is_free)
		return;
	roll_outlook_begin(&outlook, &track->segment);
	for (unsigned i = 0;
	     outlook.is_open && roll_smooth_peek(&track->smooth, i, &point, &ahead_us); i++) {
		const RollAhead ahead = look_ahead(track, &point, ahead_us);
		double reach_m;

		if (!roll_outlook_feed(&outlook, &ahead, &reach_m))
			continue;
		roll_track_foretell(track, reach_m, told);
		return;
	}
}

void
roll_track_take_waiting(RollTrack *track, RollTold *told)
{
	take_smoothed(track, true, told);
	roll_smooth_cut(&track->smooth);
}

static double
turn(RollTrack *track, const RollFeed *feed)
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
judge_load(RollTrack *track, const RollFeed *feed, double force, double angle_rad)
{
	return feed->packet->has_force ? roll_load_feed(&track->load, force)
				       : roll_load_infer(&track->load, feed->t_us, angle_rad);
}

static void
learn_mount(RollTrack *track, const RollFeed *feed)
{
	const RollPacket *packet = feed->packet;

	if (roll_mount_learn(&track->mount, packet->has_gyro ? &feed->sample->turn_radps : NULL,
			     packet->has_acc ? &feed->sample->pull_mps2 : NULL,
			     (double)feed->step_us * 1e-6))
		roll_angle_set_axis(&track->angle, track->mount.axis);
}

static void
feed_roller(RollTrack *track, const RollFeed *feed, RollTold *told)
{
	const RollPacket *packet = feed->packet;
	RollPoint point = {
		.t_us = feed->t_us,
		.worth = 1.0,
		.force = feed->force,
		.side = ROLL_SIDE_CENTRE,
	};

	track->has_angle = packet->has_gyro || packet->has_acc;
	point.place = turn(track, feed);
	point.is_loaded = judge_load(track, feed, feed->force, point.place);
	track->view.turned_rad = get_settings(track)->travel_sign * point.place;
	if (point.is_loaded)
		learn_mount(track, feed);
	if (packet->has_acc &&
	    roll_tap_feed(&track->tap, feed->t_us, packet->period_us, feed->sample->pull_mps2))
		track->is_tapped = point.is_loaded;
	if (packet->has_gyro &&
	    roll_heading_feed(&track->heading, track->mount.axis, feed->sample->turn_radps,
			      (double)feed->step_us * 1e-6, point.is_loaded))
		roll_place_flip(&track->place);
	if (packet->has_acc && !packet->has_gyro) {
		roll_smooth_put(&track->smooth, point);
		take_smoothed(track, false, told);
		foretell(track, told);
		return;
	}
	/* A sensor that had no gyroscope a packet ago: what waits to be smoothed comes first. */
	roll_track_take_waiting(track, told);
	roll_angle_touch(&track->angle, point.is_loaded);
	point.place = roll_angle_get_contact_rad(&track->angle);
	add_rolled(track, &point,
		   packet->has_acc ? 0.0 : roll_angle_get_contact_variance(&track->angle), told);
}

static RollSide
get_side(double twist_rad)
{
	if (twist_rad > ROLL_SIDE_RAD)
		return ROLL_SIDE_LEFT;
	return twist_rad < -ROLL_SIDE_RAD ? ROLL_SIDE_RIGHT : ROLL_SIDE_CENTRE;
}

static void
feed_bar(RollTrack *track, const RollFeed *feed, RollTold *told)
{
	const RollPacket *packet = feed->packet;
	const double step_s = (double)feed->step_us * 1e-6;
	const bool has_cells = packet->has_force && packet->n_cells > 0;
	RollPoint point = {.t_us = feed->t_us, .force = feed->force, .side = ROLL_SIDE_CENTRE};
	double tilt_rad = 0.0;

	if (packet->has_acc)
		tilt_rad = turn(track, feed);
	if (has_cells)
		point.force =
			roll_bar_weigh(&track->bar, feed->sample->cell_n, packet->n_cells, step_s);
	point.is_loaded = judge_load(track, feed, point.force, tilt_rad);
	if (packet->has_acc) {
		track->session.summary.has_sides = true;
		track->view.tilt_rad =
			roll_bar_feed_tilt(&track->bar, tilt_rad, point.is_loaded, step_s);
		point.side = get_side(track->view.tilt_rad);
	}
	track->has_centre = packet->has_force && packet->n_cells > 1;
	point.place = has_cells ? roll_bar_feed(&track->bar, point.is_loaded, step_s)
				: track->bar.position_m;
	if (point.is_loaded)
		point.worth = has_cells ? point.force * point.force : 1.0;
	roll_smooth_put(&track->smooth, point);
	take_smoothed(track, false, told);
}

void
roll_track_take_sample(RollTrack *track, const RollFeed *feed, RollTold *told)
{
	if (get_settings(track)->is_bar)
		feed_bar(track, feed, told);
	else
		feed_roller(track, feed, told);
}
