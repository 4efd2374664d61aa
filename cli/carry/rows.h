/* SPDX-License-Identifier: MIT
 *
 * Rows of the database as lists of JSON values in the order of named columns, out and in. An export file names the
 * columns of each table once, at its head. Numbers keep every bit.
 */
#pragma once

#include "protocol/database.h"

#include <json-c/json.h>

typedef enum {
	ROLLSTAT_TABLE_SENSOR,
	ROLLSTAT_TABLE_NICKNAME,
	ROLLSTAT_TABLE_RECORDING,
	ROLLSTAT_TABLE_AMENDMENT,
	ROLLSTAT_TABLE_SESSION,
	ROLLSTAT_TABLE_SPINE,
	ROLLSTAT_TABLE_LEVEL,
	ROLLSTAT_TABLE_PASS,
	ROLLSTAT_TABLE_HOLD,
	ROLLSTAT_TABLE_GAP,
	ROLLSTAT_TABLE_MARK,
	ROLLSTAT_TABLE_ZONE,
	ROLLSTAT_TABLE_SLICE,
	ROLLSTAT_TABLE_PERSON,
	ROLLSTAT_TABLE_EXERCISE,
	ROLLSTAT_TABLE_GOAL,
	ROLLSTAT_TABLES,
} RollstatTableId;

enum {
	ROLLSTAT_LINKS_MAX = 4,
	ROLLSTAT_COLUMNS_MAX = 24,
};

/* A table of schema.sql and those of its columns that are carried: all but its links, numbers that each database gives by
 * itself. */
typedef struct {
	const char *name;
	const char *key; /* whose rows are read: WHERE key = number; NULL: all */
	const char *links[ROLLSTAT_LINKS_MAX + 1]; /* ended by NULL */
	const char *
		columns[ROLLSTAT_COLUMNS_MAX + 1]; /* ended by NULL; the first two make the order */
} RollstatCarried;

extern const RollstatCarried rollstat_carried[ROLLSTAT_TABLES];

/* Statements, each prepared once. */
typedef struct {
	sqlite3 *db;   /* borrowed */
	gint64 schema; /* version of the schema by which the rows that are added were exported */
	sqlite3_stmt *reads[ROLLSTAT_TABLES], *writes[ROLLSTAT_TABLES];
} RollstatRowsPort;

/* May be called on one that is all zero. */
void rollstat_rows_clear(RollstatRowsPort *port);

/* All rows of a table whose key is number (of no weight without a key), in order: a list of lists; given. NULL and error. */
json_object *rollstat_rows_read(RollstatRowsPort *port, RollstatTableId table, gint64 number,
				GError **error);

/* The first of them; given. *ret_row NULL: there is none. */
gboolean rollstat_rows_read_one(RollstatRowsPort *port, RollstatTableId table, gint64 number,
				json_object **ret_row, GError **error);

/* Adds a row. links: as many as the table has, in order; NULL where it has none. FALSE and error: the row does not fit the
 * table (G_IO_ERROR_INVALID_DATA, what is wrong with it), or it cannot be written. */
gboolean rollstat_rows_add(RollstatRowsPort *port, RollstatTableId table, const gint64 *links,
			   json_object *row, GError **error);

/* Binds a cell to a place (from 1) of a statement. FALSE: it is nothing that a column can hold. A place that the statement does
 * not have is passed over. */
gboolean rollstat_rows_bind(sqlite3_stmt *statement, int place, json_object *cell);

/* The names of the columns of all tables, as an export of that version of the schema (4 or more) tells them; given. */
json_object *rollstat_rows_new_columns(gint64 schema);

/* The place of a column in the rows of a table, which has it. */
guint rollstat_rows_find(RollstatTableId table, const char *column);

/* A cell of a row: a whole number, 0 where it is none; a text, NULL where it is none, borrowed. */
gint64 rollstat_rows_get_number(json_object *row, RollstatTableId table, const char *column);
const char *rollstat_rows_get_text(json_object *row, RollstatTableId table, const char *column);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RollstatRowsPort, rollstat_rows_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_object, json_object_put)
