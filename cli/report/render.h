/* SPDX-License-Identifier: MIT
 *
 * The pictures for people: structs in, text out. Nothing is read or printed here.
 */
#pragma once

#include "cli/history/devices.h"
#include "cli/history/summary.h"
#include "cli/style.h"

/* What every picture needs besides its subject; all borrowed. */
typedef struct {
	RollstatStyle style;
	GTimeZone *zone;
	RollstatDay today;
} RollstatView;

/* A day or a range with what is shown around it; all borrowed. last_us: start of the last session before
 * the range's end, 0 where there is none. days: RollstatSummary of each day of a range; empty for a day. */
typedef struct {
	const RollstatSummary *summary;
	const GPtrArray *days;
	const RollstatHistory *history;
	RollstatSpan sessions;
	const char *title; /* of a range: "Week"; NULL for a day */
	const char *
		whose; /* a line: whose it is, and what others have; NULL: it goes without saying */
	gint64 last_us;
	const char
		*goals; /* "Goals: ..."; NULL: there are none, or it does not reach until today */
} RollstatReport;

/* The face of the project: a day's zones, dose and findings. */
void rollstat_render_day(const RollstatView *view, const RollstatReport *report, GString *out);

/* The days with sessions, then the zones over all of them. */
void rollstat_render_range(const RollstatView *view, const RollstatReport *report, GString *out);

/* A row a session, of all in the history. */
void rollstat_render_sessions(const RollstatView *view, const RollstatHistory *history,
			      GString *out);

/* Rows under a heading for each day. */
void rollstat_render_passes(const RollstatView *view, const RollstatHistory *history, GString *out);

/* The same for holds. */
void rollstat_render_holds(const RollstatView *view, const RollstatHistory *history, GString *out);

/* A paragraph a sensor. */
void rollstat_render_devices(const RollstatView *view, const RollstatDevices *devices,
			     GString *out);
