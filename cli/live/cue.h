/* SPDX-License-Identifier: MIT
 *
 * What is called to a person who looks at the ceiling: when, and when not, for a voice that nags is switched off.
 * Pure. By the doses of cli/history/dose.h, each a fact of the literature and no order.
 *
 *   SLOWER     two passes on end were faster than 14 cm/s. Not again for 20 s, then 40, 80, 160 s, until a pass is as
 *              advised.
 *   ZONE_DONE  a zone reached 90 s of this day. Once a zone; not in zones where nobody is told to roll (lumbar,
 *              above T1).
 *   MOVE_ON    a hold lasts longer than 30 s: once a hold; or contact is in a zone that has more than 120 s of this day:
 *              once a zone.
 *
 * Between two cues there are 4 s at least.
 */
#pragma once

#include "cli/live/scene.h"

/* "20 to 30 s on a tender spot, or until it lets go" (clinic guidance, Therapeutic Associates). */
#define ROLLSTAT_CUE_HOLD_S 30.0

typedef enum {
	ROLLSTAT_CUE_NONE,
	ROLLSTAT_CUE_SLOWER,
	ROLLSTAT_CUE_ZONE_DONE,
	ROLLSTAT_CUE_MOVE_ON,
} RollstatCueKind;

typedef struct {
	RollstatCueKind kind;
	char spoken[ROLLSTAT_SCENE_NAME_SIZE + 32];  /* "slower" */
	char written[ROLLSTAT_SCENE_NAME_SIZE + 96]; /* with the reason */
} RollstatCue;

typedef struct {
	gint64 last_us; /* of the last cue; 0: none yet */
	guint n_fast;	/* passes on end */
	double fast_cmps;
	gint64 slower_us, slower_gap_us;
	gboolean is_hold_told;
	gboolean has_zones; /* those that were done before are known */
	/* By the zone's place in the scene, as long as the names there stay. */
	gboolean is_done[ROLLSTAT_SCENE_ZONES_MAX], is_over[ROLLSTAT_SCENE_ZONES_MAX];
	char names[ROLLSTAT_SCENE_ZONES_MAX][ROLLSTAT_SCENE_NAME_SIZE];
} RollstatCues;

/* Nothing was called yet. */
void rollstat_cues_init(RollstatCues *cues);

/* A pass that was told. */
void rollstat_cues_take_pass(RollstatCues *cues, const RollstatNews *pass);

/* What is to be called now; kind NONE: nothing. Ask after whatever the scene took. */
RollstatCue rollstat_cues_look(RollstatCues *cues, gint64 now_us, const RollstatScene *scene);
