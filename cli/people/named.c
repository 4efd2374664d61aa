/* SPDX-License-Identifier: MIT */
#include "cli/people/named.h"

#include "cli/history/query.h"
#include "cli/people/home.h"

/* Most names are typed as they stand, and that is known without reading all of the history. */
static gboolean
is_there(sqlite3 *db, const char *name, gboolean *ret_is_there, GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) row = rollstat_query_prepare(
		db,
		"SELECT 1 WHERE EXISTS (SELECT 1 FROM person WHERE name = ?1)"
		" OR EXISTS (SELECT 1 FROM goal WHERE person = ?1)"
		" OR EXISTS (SELECT 1 FROM exercise WHERE person = ?1)"
		" OR EXISTS (SELECT 1 FROM" ROLLSTAT_QUERY_SESSIONS "WHERE" ROLLSTAT_QUERY_PERSON
		"= ?1)",
		error);
	if (row == NULL)
		return FALSE;
	sqlite3_bind_text(row, 1, name, -1, SQLITE_STATIC);
	*ret_is_there = rollstat_query_step(row, &failed, error);
	return !failed;
}

char *
rollstat_named_dup_person(const RollstatRun *run, GError **error)
{
	g_autoptr(GError) cause = NULL;
	gboolean is_known = FALSE;
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, &cause);
	if (db == NULL) {
		if (g_error_matches(cause, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_ABSENT))
			return g_strdup(run->person);
		g_propagate_error(error, g_steal_pointer(&cause));
		return NULL;
	}
	if (!is_there(db, run->person, &is_known, error))
		return NULL;
	if (is_known)
		return g_strdup(run->person);
	g_auto(RollstatHome) home = {0};
	rollstat_home_find(run, &home);
	g_autoptr(RollstatPeople) people = rollstat_home_load_people(&home, error);
	const RollstatPerson *person =
		people != NULL ? rollstat_people_require(people, run->person, error) : NULL;
	return person != NULL ? g_strdup(person->name) : NULL;
}
