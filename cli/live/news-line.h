/* SPDX-License-Identifier: MIT
 *
 * News as lines: for pipes, logs, scripts and screen readers. Pure.
 */
#pragma once

#include "cli/live/scene.h"

/* "14:02:11 pass: toward the feet, T2 to T9, 12.3 cm in 1.4 s, 9 cm/s, as advised". now_us: Unix time of the news, that of
 * a pass or hold is its own end; zone: whose clock. style: its letters. No line feed; given. */
char *rollstat_news_dup_line(const RollstatNews *news, const RollstatScene *scene,
			     const RollstatStyle *style, gint64 now_us, GTimeZone *zone);

/* The same for scripts: an object of one line, "event" first, then "time" (Unix seconds) and what belongs to the
 * event, named as in the other answers; NaN is null. No line feed; given. */
char *rollstat_news_dup_json(const RollstatNews *news, const RollstatScene *scene, gint64 now_us);
