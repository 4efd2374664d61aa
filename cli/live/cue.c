/* SPDX-License-Identifier: MIT */
#include "cli/live/cue.h"

#include "cli/verb.h"

#include <math.h>
#include <string.h>

#define BETWEEN_US (4 * G_USEC_PER_SEC)
#define SLOWER_FIRST_US (20 * G_USEC_PER_SEC)
#define SLOWER_LAST_US (160 * G_USEC_PER_SEC)

enum {
	FAST_ON_END = 2, /* passes */
};

void
rollstat_cues_init(RollstatCues *cues)
{
	*cues = (RollstatCues){.slower_gap_us = SLOWER_FIRST_US};
}

void
rollstat_cues_take_pass(RollstatCues *cues, const RollstatNews *pass)
{
	double speed_cmps = round(rollstat_news_get_speed_cmps(pass)); /* as it is told */
	if (speed_cmps > ROLLSTAT_DOSE_SPEED_MOST_CMPS) {
		cues->n_fast++;
		cues->fast_cmps = speed_cmps;
		return;
	}
	/* It was heard: the next time is told as soon as the first. */
	cues->n_fast = 0;
	cues->slower_gap_us = SLOWER_FIRST_US;
}

static RollstatCue
make(RollstatCueKind kind, const char *spoken, const char *written)
{
	RollstatCue cue = {.kind = kind};
	g_strlcpy(cue.spoken, spoken, sizeof cue.spoken);
	g_strlcpy(cue.written, written, sizeof cue.written);
	return cue;
}

/* Zones whose names changed are new ones. What was done before is nothing to call. */
static void
note_zones(RollstatCues *cues, const RollstatScene *scene)
{
	for (guint i = 0; i < scene->n_zones; i++) {
		const RollstatSceneZone *zone = &scene->zones[i];
		gboolean is_known = cues->has_zones && strcmp(cues->names[i], zone->name) == 0;
		if (is_known && zone->seconds >= ROLLSTAT_CUE_HOLD_S)
			continue; /* less: another day has begun */
		g_strlcpy(cues->names[i], zone->name, sizeof cues->names[i]);
		cues->is_done[i] = zone->seconds >= ROLLSTAT_DOSE_LEAST_S;
		cues->is_over[i] = FALSE;
	}
	cues->has_zones = scene->n_zones > 0;
}

static RollstatCue
look_at_hold(RollstatCues *cues, const RollstatScene *scene)
{
	double hold_s = rollstat_scene_get_hold_s(scene);
	if (hold_s <= ROLLSTAT_CUE_HOLD_S) {
		cues->is_hold_told = cues->is_hold_told && hold_s > 0;
		return (RollstatCue){0};
	}
	if (cues->is_hold_told)
		return (RollstatCue){0};
	cues->is_hold_told = TRUE;
	return make(ROLLSTAT_CUE_MOVE_ON, _("move on"),
		    _("Move on: this hold is longer than 30 s; 20 to 30 s are advised."));
}

/* Only where contact is: whoever has left needs not be told to. */
static RollstatCue
look_at_over(RollstatCues *cues, const RollstatScene *scene)
{
	const RollstatSceneZone *zone =
		rollstat_scene_has_contact(scene)
			? rollstat_scene_find_zone(scene, scene->moment.contact_cm)
			: NULL;
	if (zone == NULL || zone->seconds <= ROLLSTAT_DOSE_MOST_S ||
	    cues->is_over[zone - scene->zones])
		return (RollstatCue){0};
	cues->is_over[zone - scene->zones] = TRUE;
	g_autofree char *written =
		g_strdup_printf(_("Move on: %s has had more than 120 s today."), zone->name);
	return make(ROLLSTAT_CUE_MOVE_ON, _("move on"), written);
}

static RollstatCue
look_at_done(RollstatCues *cues, const RollstatScene *scene)
{
	for (guint i = 0; i < scene->n_zones; i++) {
		const RollstatSceneZone *zone = &scene->zones[i];
		if (cues->is_done[i] || zone->needs_care || zone->seconds < ROLLSTAT_DOSE_LEAST_S)
			continue;
		cues->is_done[i] = TRUE;
		g_autofree char *name = g_strdelimit(g_strdup(zone->name), "-_", ' ');
		g_autofree char *spoken = g_strdup_printf(_("%s done"), name);
		g_autofree char *written =
			g_strdup_printf(_("%s is done: 90 s today."), zone->name);
		return make(ROLLSTAT_CUE_ZONE_DONE, spoken, written);
	}
	return (RollstatCue){0};
}

static RollstatCue
look_at_speed(RollstatCues *cues, gint64 now_us)
{
	if (cues->n_fast < FAST_ON_END ||
	    (cues->slower_us != 0 && now_us - cues->slower_us < cues->slower_gap_us))
		return (RollstatCue){0};
	if (cues->slower_us != 0)
		cues->slower_gap_us = MIN(2 * cues->slower_gap_us, SLOWER_LAST_US);
	cues->slower_us = now_us;
	cues->n_fast = 0;
	g_autofree char *written =
		g_strdup_printf(_("Slower: the last pass went at %.0f cm/s; 7 to 14 are advised."),
				cues->fast_cmps);
	return make(ROLLSTAT_CUE_SLOWER, _("slower"), written);
}

RollstatCue
rollstat_cues_look(RollstatCues *cues, gint64 now_us, const RollstatScene *scene)
{
	note_zones(cues, scene);
	if (cues->last_us != 0 && now_us - cues->last_us < BETWEEN_US)
		return (RollstatCue){0};
	RollstatCue cue = look_at_hold(cues, scene);
	if (cue.kind == ROLLSTAT_CUE_NONE)
		cue = look_at_over(cues, scene);
	if (cue.kind == ROLLSTAT_CUE_NONE)
		cue = look_at_done(cues, scene);
	if (cue.kind == ROLLSTAT_CUE_NONE)
		cue = look_at_speed(cues, now_us);
	if (cue.kind != ROLLSTAT_CUE_NONE)
		cues->last_us = now_us;
	return cue;
}
