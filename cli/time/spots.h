/* SPDX-License-Identifier: MIT
 *
 * What the verb spots tells, and its pictures.
 */
#pragma once

#include "cli/report/render.h"
#include "cli/time/recurring.h"

/* All borrowed. */
typedef struct {
	const char *person;
	const char *whose;    /* the line below the title; NULL: none */
	RollstatDates range;  /* until today, where it reaches further */
	RollstatStep step;    /* of the periods */
	guint sessions, days; /* in the range; days with sessions */
	const RollstatRecurrings *recurrings;
	const RollstatSpine *spine;   /* by which levels are named */
	const RollstatSummary *zones; /* of the range */
} RollstatSpots;

/* The level and the zone of a place; NULL where there is none. Borrowed. */
const char *rollstat_spots_get_level(const RollstatSpots *spots, double at_cm);
const char *rollstat_spots_get_zone(const RollstatSpots *spots, double at_cm);

/* For people; for scripts; for a spreadsheet. */
void rollstat_render_spots(const RollstatView *view, const RollstatSpots *spots, GString *out);
void rollstat_json_append_spots(const RollstatSpots *spots, GString *out);
void rollstat_csv_append_spots(const RollstatSpots *spots, GString *out);
