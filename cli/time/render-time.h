/* SPDX-License-Identifier: MIT
 *
 * The pictures of the verbs over time.
 */
#pragma once

#include "cli/report/render.h"
#include "cli/time/course.h"

/* A zone period by period, or a line for each zone. */
void rollstat_render_trend(const RollstatView *view, const RollstatTrend *trend, GString *out);

/* "7 September 2026 to 26 November 2026", "26 November 2026"; given. */
char *rollstat_dates_dup_words(RollstatDates dates);

/* The title of a report over time; right: "" for nothing there. whose: the line below it (rollstat_subject_dup_line); NULL:
 * none. */
void rollstat_render_time_title(const RollstatView *view, const char *left, const char *right,
				const char *whose, GString *out);

/* "+0.21", a dash where it is not known; given. */
char *rollstat_style_dup_tightness(const RollstatStyle *style, double tightness);

/* The last line of every report that tells of tightness. */
void rollstat_render_time_caution(const RollstatStyle *style, GString *out);
