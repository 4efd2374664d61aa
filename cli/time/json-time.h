/* SPDX-License-Identifier: MIT
 *
 * What the verbs over time tell, for scripts: units and decimals as in json.h. Directions are "more", "less", "unclear" or
 * "unknown" (direction.h).
 */
#pragma once

#include "cli/report/json.h"
#include "cli/time/course.h"

/* Appends one JSON text and a line feed: zones, each with its steps. */
void rollstat_json_append_trend(const RollstatTrend *trend, GString *out);

/* Appends CSV: a row for each zone and step. */
void rollstat_csv_append_trend(const RollstatTrend *trend, GString *out);

/* Adds a day as "2026-03-14"; a stretch as "from" and "to". */
void rollstat_json_add_day(json_object *object, const char *key, RollstatDay day);
void rollstat_json_add_dates(json_object *object, RollstatDates dates);

/* A direction: its kind, what it goes from and to, and of how many values; given. */
json_object *rollstat_json_new_direction(const RollstatDirection *direction, int decimals);
