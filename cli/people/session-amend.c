/* SPDX-License-Identifier: MIT */
#include "cli/people/session-amend.h"

#include "cli/history/query.h"

#include <glib/gi18n-lib.h>

#define AMENDED                                                                                    \
	"SELECT session.id, session.recording," ROLLSTAT_QUERY_PERSON                              \
	", session.person, start_us, deleted_us, loaded_s, is_open FROM" ROLLSTAT_QUERY_SESSIONS   \
	"JOIN recording ON recording.id = session.recording "

static char *
dup_text(sqlite3_stmt *row, int column)
{
	return g_strdup((const char *)sqlite3_column_text(row, column));
}

/* The first row, if there is one. */
static gboolean
read_one(sqlite3_stmt *statement, RollstatAmended *ret_amended, GError **error)
{
	gboolean failed;
	if (rollstat_query_step(statement, &failed, error))
		*ret_amended = (RollstatAmended){
			.session = sqlite3_column_int64(statement, 0),
			.recording = sqlite3_column_int64(statement, 1),
			.number = dup_text(statement, 0),
			.person = dup_text(statement, 2),
			.told_as = dup_text(statement, 3),
			.start_us = sqlite3_column_int64(statement, 4),
			.deleted_us = sqlite3_column_int64(statement, 5), /* NULL is 0 */
			.loaded_s = sqlite3_column_double(statement, 6),
			.is_open = sqlite3_column_int(statement, 7) != 0,
		};
	return !failed;
}

gboolean
rollstat_session_find(sqlite3 *db, gint64 session, RollstatAmended *ret_amended, GError **error)
{
	g_autoptr(sqlite3_stmt) statement =
		rollstat_query_prepare(db, AMENDED "WHERE session.id = ?", error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_int64(statement, 1, session);
	if (!read_one(statement, ret_amended, error))
		return FALSE;
	if (ret_amended->session != 0)
		return TRUE;
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, session);
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("there is no session %s in %s"),
		    number, sqlite3_db_filename(db, "main"));
	return FALSE;
}

gboolean
rollstat_session_find_open(sqlite3 *db, RollstatAmended *ret_amended, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db,
		AMENDED "WHERE is_open AND" ROLLSTAT_QUERY_STANDS "ORDER BY start_us DESC LIMIT 1",
		error);
	return statement != NULL && read_one(statement, ret_amended, error);
}

void
rollstat_amended_clear(RollstatAmended *amended)
{
	g_clear_pointer(&amended->number, g_free);
	g_clear_pointer(&amended->person, g_free);
	g_clear_pointer(&amended->told_as, g_free);
}

gboolean
rollstat_session_give(sqlite3 *db, const RollstatAmended *amended, const char *person,
		      GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db,
		"INSERT INTO amendment (recording, person) VALUES (?1, ?2)"
		" ON CONFLICT (recording) DO UPDATE SET person = excluded.person",
		error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_int64(statement, 1, amended->recording);
	sqlite3_bind_text(statement, 2, person, -1, SQLITE_STATIC);
	(void)rollstat_query_step(statement, &failed, error); /* it gives no rows */
	return !failed;
}

gboolean
rollstat_session_delete(sqlite3 *db, const RollstatAmended *amended, gint64 now_us, GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db,
		"INSERT INTO amendment (recording, deleted_us) VALUES (?1, nullif(?2, 0))"
		" ON CONFLICT (recording) DO UPDATE SET deleted_us = excluded.deleted_us",
		error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_int64(statement, 1, amended->recording);
	sqlite3_bind_int64(statement, 2, now_us);
	(void)rollstat_query_step(statement, &failed, error); /* it gives no rows */
	return !failed;
}
