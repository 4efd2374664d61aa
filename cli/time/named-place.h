/* SPDX-License-Identifier: MIT
 *
 * Stretches of the back by the names that people have for them. Pure.
 */
#pragma once

#include "cli/history/summary.h"

/* A stretch of the back by name: a zone, or a vertebral level. */
typedef struct {
	char *name;
	char levels[16];     /* "T5-T8"; empty where unknown or the name says it */
	gboolean is_level;   /* else a zone */
	gboolean needs_care; /* lumbar, or no lower than T1 */
	double from_cm,
		to_cm; /* [from, to) from C7; of a zone, as of the latest session that has it */
} RollstatPlace;

/* The zone of a summary (in which levels are named) as a place; given. */
RollstatPlace *rollstat_place_new(const RollstatZoneSum *zone);
void rollstat_place_free(RollstatPlace *place);

/* Finds a place by what a person wrote, in either case: the name of a zone, a level ("T8"), or the beginning of one zone's name
 * alone. Returns it given; or NULL and error (ROLLSTAT_USAGE_ERROR), which names the zones. */
RollstatPlace *rollstat_place_find(const RollstatSummary *zones, const RollstatSpine *spine,
				   const char *word, GError **error);

/* Whether a zone has that very name, in either case. */
gboolean rollstat_place_is_zone(const RollstatSummary *zones, const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatPlace, rollstat_place_free)
