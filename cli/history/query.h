/* SPDX-License-Identifier: MIT
 *
 * Small helpers for reading rows, shared by the query files.
 */
#pragma once

#include "cli/history/history.h"

/* Prepares a statement; returns it given, or NULL and error. */
sqlite3_stmt *rollstat_query_prepare(sqlite3 *db, const char *sql, GError **error);

/* Steps to the next row: TRUE with a row. At the end, or on failure, FALSE; the two differ in *failed
 * (and error). */
gboolean rollstat_query_step(sqlite3_stmt *statement, gboolean *failed, GError **error);

/* A text of the row kept in strings, valid UTF-8; NULL for NULL. */
const char *rollstat_query_get_text(sqlite3_stmt *statement, int column, GStringChunk *strings);

/* A number of the row; NaN for NULL. */
double rollstat_query_get_number(sqlite3_stmt *statement, int column);
