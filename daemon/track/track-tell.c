/* SPDX-License-Identifier: MIT */
#include "daemon/track/track-parts.h"

/* Smoothing of the speed, s: about the time in which a hand changes direction. */
#define SPEED_SMOOTHING_S 0.1

void
roll_track_tell(RollTrack *track, RollTold *told, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		RollEvent *event = &told->events[told->n++];

		event->start_us = roll_clock_get_unix_us(&track->clock, event->start_us);
		event->end_us = roll_clock_get_unix_us(&track->clock, event->end_us);
		event->uncertainty_m = track->view.uncertainty_m;
		roll_session_add_event(&track->session, event);
	}
}

/* What the segmenter told lies where it was reckoned. */
static void
tell_segmented(RollTrack *track, RollTold *told, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		told->events[told->n + i].from_m += track->place.belief.shift_m;
		told->events[told->n + i].to_m += track->place.belief.shift_m;
	}
	roll_track_tell(track, told, n);
}

void
roll_track_end_segment(RollTrack *track, bool is_cut, RollTold *told)
{
	tell_segmented(track, told,
		       roll_segment_end(&track->segment, is_cut, told->events + told->n));
}

void
roll_track_foretell(RollTrack *track, double reach_m, RollTold *told)
{
	tell_segmented(track, told,
		       roll_segment_foretell(&track->segment, reach_m, told->events + told->n));
}

void
roll_track_heed_place(RollTrack *track)
{
	const RollPlace *place = &track->place;

	if (place->is_doubted)
		roll_session_settle(&track->session);
	if (place->jump_m != 0.0)
		roll_session_shift(&track->session, place->jump_m);
	track->view.uncertainty_m = roll_place_get_uncertainty_m(place);
	roll_session_note_unsure(&track->session, track->view.uncertainty_m > ROLL_UNSURE_M);
}

static void
tell_waiting_gaps(RollTrack *track, RollTold *told)
{
	track->session.summary.lost_s += track->gaps_waiting_s;
	for (unsigned i = 0; i < track->n_gaps_waiting; i++) {
		told->events[told->n] = track->gaps_waiting[i];
		roll_track_tell(track, told, 1);
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
add_loaded(RollTrack *track, const RollTouch *touch, double step_s, RollTold *told)
{
	const RollContact *contact = &touch->contact;
	const bool follows = step_s > 0.0 && track->view.is_loaded;
	const double moved_m = follows ? contact->position_m - track->contact_m : 0.0;
	const double gain = step_s / (step_s + SPEED_SMOOTHING_S);
	RollStep step = {
		.t_us = contact->t_us,
		.step_s = step_s,
		.position_m = touch->placed_m - 0.5 * moved_m,
		.force = follows ? 0.5 * (contact->force + track->force) : contact->force,
		.travel_m = fabs(moved_m),
		.side = touch->side,
		.is_unplaced = !touch->is_placed,
	};

	tell_waiting_gaps(track, told);
	if (follows)
		track->view.speed_mps += gain * (moved_m / step_s - track->view.speed_mps);
	step.speed_mps = fabs(track->view.speed_mps);
	roll_session_add_step(&track->session, &step);
	note_session_times(track);
}

void
roll_track_add_touch(RollTrack *track, const RollTouch *touch, RollTold *told)
{
	const RollContact *contact = &touch->contact;
	const double step_s =
		track->has_contact ? (double)(contact->t_us - track->contact_us) * 1e-6 : 0.0;

	if (contact->is_loaded)
		add_loaded(track, touch, step_s, told);
	else
		track->view.speed_mps = 0.0;
	if (touch->is_placed)
		tell_segmented(track, told,
			       roll_segment_feed(&track->segment, contact, told->events + told->n));
	track->has_contact = true;
	track->contact_us = contact->t_us;
	track->contact_m = contact->position_m;
	track->force = contact->force;
	track->view.t_us = contact->t_us;
	track->view.is_loaded = contact->is_loaded;
	track->view.position_m = touch->placed_m;
	track->view.force = contact->force;
}
