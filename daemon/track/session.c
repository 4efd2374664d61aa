/* SPDX-License-Identifier: MIT */
#include "daemon/track/session.h"

#include <string.h>

void
roll_session_init(RollSession *session, const RollTrackSettings *settings)
{
	memset(session, 0, sizeof(*session));
	session->settings = *settings;
}

static unsigned
find_fine(double position_m)
{
	const double place = (position_m - ROLL_SLICE_FIRST_M) / ROLL_FINE_M;

	if (!(place > 0.0))
		return 0;
	return place < ROLL_FINE_MAX - 1 ? (unsigned)place : ROLL_FINE_MAX - 1;
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
	return &session->summary.slices[roll_slice_find(position_m)];
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
	if (step->is_unplaced) {
		summary->unplaced_s += step->step_s;
		return;
	}
	zone = find_zone(session, step->position_m);
	if (zone)
		add_to_sum(zone, step);
	add_to_sum(find_slice(session, step->position_m), step);
	add_to_sum(&session->since[find_fine(step->position_m)], step);
	session->since_s += step->step_s;
	if (session->is_unsure)
		summary->unsure_s += step->step_s;
}

void
roll_session_settle(RollSession *session)
{
	RollSummary *summary = &session->summary;

	memcpy(session->settled.zones, summary->zones, sizeof(summary->zones));
	memcpy(session->settled.slices, summary->slices, sizeof(summary->slices));
	session->settled.unsure_s = summary->unsure_s;
	session->since_s = 0.0;
	memset(session->since, 0, sizeof(session->since));
}

static void
add_sum(RollSum *sum, const RollSum *more)
{
	sum->loaded_s += more->loaded_s;
	sum->force_s += more->force_s;
	sum->moving_s += more->moving_s;
	sum->travel_m += more->travel_m;
	if (more->peak_force > sum->peak_force)
		sum->peak_force = more->peak_force;
}

void
roll_session_shift(RollSession *session, double by_m)
{
	RollSummary *summary = &session->summary;
	const int steps = (int)(by_m / ROLL_FINE_M + (by_m < 0.0 ? -0.5 : 0.5));
	RollSum before[ROLL_FINE_MAX];

	memcpy(before, session->since, sizeof(before));
	memset(session->since, 0, sizeof(session->since));
	memcpy(summary->zones, session->settled.zones, sizeof(summary->zones));
	memcpy(summary->slices, session->settled.slices, sizeof(summary->slices));
	for (int i = 0; i < ROLL_FINE_MAX; i++) {
		const int to = i + steps < 0		   ? 0
			       : i + steps < ROLL_FINE_MAX ? i + steps
							   : ROLL_FINE_MAX - 1;
		const double at_m = ROLL_SLICE_FIRST_M + (to + 0.5) * ROLL_FINE_M;
		RollSum *zone = find_zone(session, at_m);

		if (before[i].loaded_s <= 0.0)
			continue;
		if (zone)
			add_sum(zone, &before[i]);
		add_sum(find_slice(session, at_m), &before[i]);
		add_sum(&session->since[to], &before[i]);
	}
}

void
roll_session_note_unsure(RollSession *session, bool is_unsure)
{
	session->is_unsure = is_unsure;
	session->summary.unsure_s =
		session->settled.unsure_s + (is_unsure ? session->since_s : 0.0);
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
