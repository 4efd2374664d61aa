/* SPDX-License-Identifier: MIT
 *
 * The library of movements, told.
 */
#pragma once

#include "cli/movement/movement.h"
#include "cli/report/json.h"
#include "cli/report/render.h"

/* All of them by group, a line or two each; one of them whole. For people. */
void rollstat_render_movements(const RollstatStyle *style, GString *out);
void rollstat_render_movement(const RollstatStyle *style, const RollstatMovement *movement,
			      GString *out);

/* A movement for scripts; given. The same in every language: its texts are English. */
json_object *rollstat_json_new_movement(const RollstatMovement *movement);

/* The same as a row of CSV, which has no objects and lists: the dose's fields among the others, the keys of regions and
 * tools parted by blanks, and no steps; given. */
json_object *rollstat_csv_new_movement(const RollstatMovement *movement);

/* For a sentence: "mid-thoracic, lower-thoracic"; "a chair" or "nothing"; given. */
char *rollstat_movement_dup_regions(const RollstatMovement *movement);
char *rollstat_movement_dup_tools(const RollstatMovement *movement);

/* What holds for all of them: stop where it hurts. Static, N_(). */
const char *rollstat_movement_get_caution(void);
