/* SPDX-License-Identifier: MIT
 *
 * Movements that were done without a sensor: the table exercise, and whose they are.
 */
#pragma once

#include "cli/history/history.h"

/* Adds those that began in the query's stretch to the history, in order of time. FALSE and error. */
gboolean rollstat_exercises_load(sqlite3 *db, const RollstatQuery *query, RollstatHistory *history,
				 GError **error);

/* Stores one; db: opened as an editor. exercise: its id is not read. FALSE and error. */
gboolean rollstat_exercises_add(sqlite3 *db, const RollstatExercise *exercise, GError **error);

/* Takes back the one that a person logged last, whenever it was done. *ret_movement: given, its key, NULL where there was none;
 * ret_exercise: the rest of it. FALSE and error. */
gboolean rollstat_exercises_undo(sqlite3 *db, const char *person, char **ret_movement,
				 RollstatExercise *ret_exercise, GError **error);
