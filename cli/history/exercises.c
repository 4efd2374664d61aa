/* SPDX-License-Identifier: MIT */
#include "cli/history/exercises.h"

#include "cli/history/query.h"

static const char load_sql[] =
	"SELECT id, person, movement, start_us, seconds FROM exercise"
	" WHERE start_us >= ?1 AND start_us < ?2 AND (?3 IS NULL OR person = ?3)"
	" ORDER BY start_us, id";

gboolean
rollstat_exercises_load(sqlite3 *db, const RollstatQuery *query, RollstatHistory *history,
			GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) row = rollstat_query_prepare(db, load_sql, error);
	if (row == NULL)
		return FALSE;
	sqlite3_bind_int64(row, 1, query->from_us);
	sqlite3_bind_int64(row, 2, query->to_us);
	sqlite3_bind_text(row, 3, query->person, -1, SQLITE_STATIC);
	while (rollstat_query_step(row, &failed, error)) {
		RollstatExercise exercise = {
			.id = sqlite3_column_int64(row, 0),
			.person = rollstat_query_get_text(row, 1, history->strings),
			.movement = rollstat_query_get_text(row, 2, history->strings),
			.start_us = sqlite3_column_int64(row, 3),
			.seconds = sqlite3_column_double(row, 4),
		};
		g_array_append_val(history->exercises, exercise);
	}
	return !failed;
}

gboolean
rollstat_exercises_add(sqlite3 *db, const RollstatExercise *exercise, GError **error)
{
	g_autoptr(sqlite3_stmt) add = rollstat_query_prepare(
		db,
		"INSERT INTO exercise (person, movement, start_us, seconds) VALUES (?, ?, ?, ?)",
		error);
	if (add == NULL)
		return FALSE;
	sqlite3_bind_text(add, 1, exercise->person, -1, SQLITE_STATIC);
	sqlite3_bind_text(add, 2, exercise->movement, -1, SQLITE_STATIC);
	sqlite3_bind_int64(add, 3, exercise->start_us);
	sqlite3_bind_double(add, 4, exercise->seconds);
	return sqlite3_step(add) == SQLITE_DONE ||
	       roll_database_fail(db, error, "storing a movement in");
}

gboolean
rollstat_exercises_undo(sqlite3 *db, const char *person, char **ret_movement,
			RollstatExercise *ret_exercise, GError **error)
{
	*ret_movement = NULL;
	g_autoptr(sqlite3_stmt) taken = rollstat_query_prepare(
		db,
		"DELETE FROM exercise WHERE id = (SELECT max(id) FROM exercise WHERE person = ?)"
		" RETURNING id, movement, start_us, seconds",
		error);
	if (taken == NULL)
		return FALSE;
	sqlite3_bind_text(taken, 1, person, -1, SQLITE_STATIC);
	gboolean failed;
	while (rollstat_query_step(taken, &failed, error)) {
		*ret_exercise = (RollstatExercise){
			.id = sqlite3_column_int64(taken, 0),
			.start_us = sqlite3_column_int64(taken, 2),
			.seconds = sqlite3_column_double(taken, 3),
		};
		*ret_movement = g_utf8_make_valid((const char *)sqlite3_column_text(taken, 1), -1);
	}
	return !failed;
}
