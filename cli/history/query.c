/* SPDX-License-Identifier: MIT */
#include "cli/history/query.h"

#include <math.h>

sqlite3_stmt *
rollstat_query_prepare(sqlite3 *db, const char *sql, GError **error)
{
	sqlite3_stmt *statement = NULL;
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
		roll_database_fail(db, error, "reading");
		return NULL;
	}
	return statement;
}

gboolean
rollstat_query_step(sqlite3_stmt *statement, gboolean *failed, GError **error)
{
	int result = sqlite3_step(statement);
	*failed = result != SQLITE_ROW && result != SQLITE_DONE;
	if (*failed)
		roll_database_fail(sqlite3_db_handle(statement), error, "reading");
	return result == SQLITE_ROW;
}

const char *
rollstat_query_get_text(sqlite3_stmt *statement, int column, GStringChunk *strings)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);
	if (text == NULL)
		return NULL;
	int length = sqlite3_column_bytes(statement, column);
	/* Nearly all is valid, and then nothing is copied. */
	if (g_utf8_validate(text, length, NULL))
		return g_string_chunk_insert_const(strings, text);
	g_autofree char *valid = g_utf8_make_valid(text, length);
	return g_string_chunk_insert_const(strings, valid);
}

double
rollstat_query_get_number(sqlite3_stmt *statement, int column)
{
	/* NULL reads as 0, and few numbers are 0. */
	double number = sqlite3_column_double(statement, column);
	return number == 0 && sqlite3_column_type(statement, column) == SQLITE_NULL ? NAN : number;
}
