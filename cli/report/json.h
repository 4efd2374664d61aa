/* SPDX-License-Identifier: MIT
 *
 * The same as the pictures, for scripts: a promise that may grow and does not change. Times are Unix
 * seconds with six decimals; *_s and seconds three, *_cm two, *_n one. Forces are null where the
 * sensor gives no newtons, sides where no session told them, tightness where it cannot be judged,
 * uncertainty (a standard deviation) where it is not known. Zones that cover the whole back and unplaced_s add up to
 * loaded_s.
 */
#pragma once

#include "cli/history/devices.h"
#include "cli/history/summary.h"
#include "cli/report/table.h"

#include <json-c/json.h>

/* A day; a range with its days, a RollstatSummary each. To be added to; given. */
json_object *rollstat_json_new_day(const RollstatSummary *summary);
json_object *rollstat_json_new_range(const RollstatSummary *summary, const GPtrArray *days);

/* Rows: of the zones of a day (with its date), of sessions, passes, holds, devices. */
void rollstat_json_add_zones(const RollstatSummary *day, RollstatTable *table);
void rollstat_json_add_sessions(const RollstatHistory *history, RollstatTable *table);
void rollstat_json_add_passes(const RollstatHistory *history, RollstatTable *table);
void rollstat_json_add_holds(const RollstatHistory *history, RollstatTable *table);
void rollstat_json_add_devices(const RollstatDevices *devices, RollstatTable *table);

/* Values; given. A number with so many decimals, null for NaN; a moment; a text, null for NULL. */
json_object *rollstat_json_new_number(double value, int decimals);
json_object *rollstat_json_new_time(gint64 t_us);
json_object *rollstat_json_new_text(const char *text);

/* Appends an object and a line feed; takes it. */
void rollstat_json_append(json_object *object, GString *out);
