/* SPDX-License-Identifier: MIT
 *
 * The table of zones and the lines below it, shared by the pictures of a day and of a range.
 */
#pragma once

#include "cli/report/render.h"

/* One row a zone, from head to feet. days: over how many days the time is spread (1: a day's dose is told). */
void rollstat_render_zones(const RollstatStyle *style, const RollstatSummary *summary,
			   GString *out);

/* The colour of a dose. */
RollstatInk rollstat_dose_get_ink(RollstatDose dose);

/* Left, centre, right of a bar; what is tight; where a day is nearer or further than usual. */
void rollstat_render_findings(const RollstatStyle *style, const RollstatSummary *summary,
			      GString *out);

/* What must be known to read the numbers right, and the cautions. is_day: the dose is of one day. */
void rollstat_render_notes(const RollstatStyle *style, const RollstatSummary *summary,
			   gboolean is_day, GString *out);
