/* SPDX-License-Identifier: MIT */
#include "cli/history/whose.h"

#include "cli/history/query.h"

static const char person_sql[] =
	"SELECT value FROM choice WHERE name = 'person'"
	" UNION ALL SELECT * FROM (SELECT" ROLLSTAT_QUERY_PERSON "FROM" ROLLSTAT_QUERY_SESSIONS
	"WHERE" ROLLSTAT_QUERY_STANDS "ORDER BY start_us DESC, id DESC LIMIT 1)"
	" LIMIT 1";

char *
rollstat_whose_dup_person(sqlite3 *db, const char *named, GError **error)
{
	gboolean failed;
	if (named != NULL)
		return g_strdup(named);
	g_autoptr(sqlite3_stmt) row = rollstat_query_prepare(db, person_sql, error);
	if (row == NULL)
		return NULL;
	g_autofree char *person = NULL;
	if (rollstat_query_step(row, &failed, error))
		person = g_utf8_make_valid((const char *)sqlite3_column_text(row, 0), -1);
	if (failed)
		return NULL;
	return person != NULL ? g_steal_pointer(&person) : g_strdup("me");
}
