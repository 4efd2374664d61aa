/* SPDX-License-Identifier: MIT */
#include "cli/history/query.h"
#include "cli/time/goal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
free_goal(gpointer goal)
{
	rollstat_goal_free(goal);
}

static gboolean
is_text(sqlite3_stmt *row, int column, const char *text)
{
	return g_strcmp0((const char *)sqlite3_column_text(row, column), text) == 0;
}

static RollstatGoal *
read_goal(sqlite3_stmt *row)
{
	RollstatGoal *goal = g_new0(RollstatGoal, 1);
	const char *zone = (const char *)sqlite3_column_text(row, 1);
	goal->id = sqlite3_column_int64(row, 0);
	goal->zone = zone != NULL ? g_utf8_make_valid(zone, -1) : NULL;
	goal->unit = is_text(row, 2, "sessions") ? ROLLSTAT_GOAL_SESSIONS : ROLLSTAT_GOAL_SECONDS;
	goal->amount = sqlite3_column_double(row, 3);
	goal->period = is_text(row, 4, "week") ? ROLLSTAT_GOAL_WEEK : ROLLSTAT_GOAL_DAY;
	goal->since_us = sqlite3_column_int64(row, 5);
	return goal;
}

GPtrArray *
rollstat_goals_load(sqlite3 *db, const char *person, GError **error)
{
	gboolean failed;
	g_autoptr(GPtrArray) goals = g_ptr_array_new_with_free_func(free_goal);
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db,
		"SELECT id, zone, unit, amount, period, since_us FROM goal WHERE person = ?1"
		" ORDER BY id",
		error);
	if (statement == NULL)
		return NULL;
	sqlite3_bind_text(statement, 1, person, -1, SQLITE_STATIC);
	while (rollstat_query_step(statement, &failed, error))
		g_ptr_array_add(goals, read_goal(statement));
	return failed ? NULL : g_steal_pointer(&goals);
}

/* The goal of the same kind that stands; NULL: none. Borrowed. */
static const RollstatGoal *
find_same(const GPtrArray *goals, const RollstatGoal *goal)
{
	for (guint i = 0; i < goals->len; i++) {
		const RollstatGoal *other = g_ptr_array_index(goals, i);
		if (g_strcmp0(other->zone, goal->zone) == 0 && other->unit == goal->unit &&
		    other->period == goal->period)
			return other;
	}
	return NULL;
}

static gboolean
write_goal(sqlite3 *db, const char *person, RollstatGoal *goal, GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db,
		"INSERT INTO goal (id, person, zone, unit, amount, period, since_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET"
		" amount = excluded.amount, since_us = excluded.since_us",
		error);
	if (statement == NULL)
		return FALSE;
	if (goal->id != 0)
		sqlite3_bind_int64(statement, 1, goal->id);
	sqlite3_bind_text(statement, 2, person, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 3, goal->zone, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 4, rollstat_goal_get_unit_key(goal->unit), -1, SQLITE_STATIC);
	sqlite3_bind_double(statement, 5, goal->amount);
	sqlite3_bind_text(statement, 6, rollstat_goal_get_period_key(goal->period), -1,
			  SQLITE_STATIC);
	sqlite3_bind_int64(statement, 7, goal->since_us);
	rollstat_query_step(statement, &failed, error);
	if (!failed && goal->id == 0)
		goal->id = sqlite3_last_insert_rowid(db);
	return !failed;
}

gboolean
rollstat_goal_store(sqlite3 *db, const char *person, RollstatGoal *goal, gint64 now_us,
		    GError **error)
{
	g_autoptr(GPtrArray) goals = rollstat_goals_load(db, person, error);
	if (goals == NULL)
		return FALSE;
	const RollstatGoal *same = find_same(goals, goal);
	goal->id = same != NULL ? same->id : 0;
	goal->since_us = now_us;
	if (same != NULL && same->amount == goal->amount) {
		goal->since_us = same->since_us;
		return TRUE;
	}
	return write_goal(db, person, goal, error);
}

gboolean
rollstat_goal_remove(sqlite3 *db, const char *person, gint64 id, GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) statement =
		rollstat_query_prepare(db, "DELETE FROM goal WHERE id = ?1 AND person = ?2", error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_int64(statement, 1, id);
	sqlite3_bind_text(statement, 2, person, -1, SQLITE_STATIC);
	rollstat_query_step(statement, &failed, error);
	if (failed || sqlite3_changes(db) > 0)
		return !failed;
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, id);
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
		    _("there is no goal %s of %s; see rollstat goals"), number, person);
	return FALSE;
}
