/* SPDX-License-Identifier: MIT
 *
 * Small helpers for reading rows, shared by the query files.
 */
#pragma once

#include "cli/history/history.h"

/* For statements about sessions: the table with what the person said of it, whose each is then, and whether it stands
 * (a deleted one is told nowhere but where deleted ones are asked for). */
#define ROLLSTAT_QUERY_SESSIONS                                                                    \
	" session LEFT JOIN amendment ON amendment.recording = session.recording "
#define ROLLSTAT_QUERY_PERSON " coalesce(amendment.person, session.person) "
#define ROLLSTAT_QUERY_STANDS " amendment.deleted_us IS NULL "

/* Prepares a statement; returns it given, or NULL and error. */
sqlite3_stmt *rollstat_query_prepare(sqlite3 *db, const char *sql, GError **error);

/* Steps to the next row: TRUE with a row. At the end, or on failure, FALSE; the two differ in *failed
 * (and error). */
gboolean rollstat_query_step(sqlite3_stmt *statement, gboolean *failed, GError **error);

/* A text of the row kept in strings, valid UTF-8; NULL for NULL. */
const char *rollstat_query_get_text(sqlite3_stmt *statement, int column, GStringChunk *strings);

/* A number of the row; NaN for NULL. */
double rollstat_query_get_number(sqlite3_stmt *statement, int column);
