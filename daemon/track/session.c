/* SPDX-License-Identifier: MIT */
#include "daemon/track/session.h"

#include <string.h>

void
roll_session_init(RollSession *session, const RollTrackSettings *settings)
{
	memset(session, 0, sizeof(*session));
	session->settings = *settings;
}

static void
add_to_sum(RollSum *sum, const RollStep *step)
{
	sum->loaded_s += step->step_s;
	if (step->force == step->force) /* not NaN */
		sum->force_s += step->force * step->step_s;
	if (step->force > sum->peak_force)
		sum->peak_force = step->force;
	if (step->speed_mps < ROLL_MOVING_MPS)
		return;
	sum->moving_s += step->step_s;
	sum->travel_m += step->travel_m;
}

static bool
is_within(const RollZone *zone, double position_m)
{
	return position_m >= zone->from_m && position_m < zone->to_m;
}

static RollSum *
find_zone(RollSession *session, double position_m)
{
	const RollTrackSettings *settings = &session->settings;

	if (session->zone < settings->n_zones &&
	    is_within(&settings->zones[session->zone], position_m))
		return &session->summary.zones[session->zone];
	for (unsigned i = 0; i < settings->n_zones; i++) {
		if (!is_within(&settings->zones[i], position_m))
			continue;
		session->zone = i;
		return &session->summary.zones[i];
	}
	return NULL;
}

static RollSum *
find_slice(RollSession *session, double position_m)
{
	const double place = (position_m - ROLL_SLICE_FIRST_M) / ROLL_SLICE_M;

	if (place < 0.0)
		return &session->summary.slices[0];
	if (place >= (double)ROLL_SLICES_MAX)
		return &session->summary.slices[ROLL_SLICES_MAX - 1];
	return &session->summary.slices[(unsigned)place];
}

void
roll_session_add_step(RollSession *session, const RollStep *step)
{
	RollSummary *summary = &session->summary;
	RollSum *zone;

	if (!summary->has_begun) {
		summary->has_begun = true;
		session->first_us = step->t_us;
	}
	session->last_us = step->t_us;
	if (step->step_s <= 0.0)
		return;
	summary->loaded_s += step->step_s;
	summary->side_s[step->side] += step->step_s;
	zone = find_zone(session, step->position_m);
	if (zone)
		add_to_sum(zone, step);
	add_to_sum(find_slice(session, step->position_m), step);
}

void
roll_session_add_event(RollSession *session, const RollEvent *event)
{
	switch (event->kind) {
	case ROLL_EVENT_PASS:
		session->summary.n_passes++;
		break;
	case ROLL_EVENT_HOLD:
		session->summary.n_holds++;
		break;
	case ROLL_EVENT_GAP:
		session->summary.n_gaps++;
		break;
	case ROLL_EVENT_MARK:
		session->summary.n_marks++;
		break;
	}
}
