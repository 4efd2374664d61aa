/* SPDX-License-Identifier: MIT
 *
 * What is written of persons.
 */
#include "cli/history/query.h"
#include "cli/people/people.h"

#include <math.h>

static gboolean
run(sqlite3_stmt *statement, GError **error)
{
	gboolean failed;
	(void)rollstat_query_step(statement, &failed, error); /* it gives no rows */
	return !failed;
}

static void
bind_number(sqlite3_stmt *statement, int column, double number)
{
	if (isnan(number))
		sqlite3_bind_null(statement, column);
	else
		sqlite3_bind_double(statement, column, number);
}

gboolean
rollstat_people_put(sqlite3 *db, const RollstatPerson *person, gint64 now_us, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db,
		"INSERT INTO person (name, spine_cm, stature_cm, added_us, weight_kg)"
		" VALUES (?1, ?2, ?3, ?4, ?5)"
		" ON CONFLICT (name) DO UPDATE SET"
		" spine_cm = coalesce(excluded.spine_cm, spine_cm),"
		" stature_cm = coalesce(excluded.stature_cm, stature_cm),"
		" weight_kg = coalesce(excluded.weight_kg, weight_kg)",
		error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_text(statement, 1, person->name, -1, SQLITE_STATIC);
	bind_number(statement, 2, person->spine_cm);
	bind_number(statement, 3, person->stature_cm);
	bind_number(statement, 5, person->weight_kg);
	sqlite3_bind_int64(statement, 4, now_us);
	return run(statement, error);
}

static gboolean
run_for(sqlite3 *db, const char *sql, const char *name, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(db, sql, error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
	return run(statement, error);
}

gboolean
rollstat_people_remove(sqlite3 *db, const char *name, GError **error)
{
	static const char *const statements[] = {
		"DELETE FROM goal WHERE person = ?1",
		"DELETE FROM choice WHERE name = 'person' AND value = ?1",
		"DELETE FROM person WHERE name = ?1",
	};
	if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
		return roll_database_fail(db, error, "cannot write");
	for (gsize i = 0; i < G_N_ELEMENTS(statements); i++)
		if (!run_for(db, statements[i], name, error)) {
			sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
			return FALSE;
		}
	return sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK ||
	       roll_database_fail(db, error, "cannot write");
}

gboolean
rollstat_people_choose(sqlite3 *db, const char *name, GError **error)
{
	if (name == NULL)
		return run_for(db, "DELETE FROM choice WHERE name = 'person' AND ?1 IS NULL", NULL,
			       error);
	return run_for(db, "REPLACE INTO choice (name, value) VALUES ('person', ?1)", name, error);
}
