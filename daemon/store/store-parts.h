/* SPDX-License-Identifier: MIT
 *
 * What store-connection.c, store-pairing.c, store-past.c, store-person.c, store-raw.c and store-session.c share: the connection, its prepared
 * statements and one way to run them. Nothing else includes this.
 */
#pragma once

#include "daemon/store/store.h"

#include <math.h>

/* The statements, in the order of their texts in store-sql.c. */
typedef enum {
	ROLL_SQL_BEGIN,
	ROLL_SQL_COMMIT,
	ROLL_SQL_ROLL_BACK,
	ROLL_SQL_GET_CHARACTERISTICS,
	ROLL_SQL_PUT_CHARACTERISTIC,
	ROLL_SQL_GET_SENSORS,
	ROLL_SQL_PUT_SENSOR,
	ROLL_SQL_GET_RECORDINGS,
	ROLL_SQL_PUT_RECORDING,
	ROLL_SQL_GET_VALUES,
	ROLL_SQL_PUT_VALUE,
	ROLL_SQL_GET_SPINE,
	ROLL_SQL_PUT_SPINE,
	ROLL_SQL_PUT_LEVEL,
	ROLL_SQL_PUT_SESSION,
	ROLL_SQL_PUT_PASS,
	ROLL_SQL_PUT_HOLD,
	ROLL_SQL_PUT_GAP,
	ROLL_SQL_PUT_MARK,
	ROLL_SQL_PUT_ZONE,
	ROLL_SQL_PUT_SLICE,
	ROLL_SQL_CUT_PASSES,
	ROLL_SQL_CUT_HOLDS,
	ROLL_SQL_CUT_GAPS,
	ROLL_SQL_CUT_MARKS,
	ROLL_SQL_DELETE_ZONES,
	ROLL_SQL_DELETE_SLICES,
	ROLL_SQL_DELETE_SESSION,
	ROLL_SQL_GET_SESSION_OF,
	ROLL_SQL_GET_PAST,
	ROLL_SQL_DELETE_AMENDMENT,
	ROLL_SQL_DELETE_VALUES,
	ROLL_SQL_DELETE_RECORDING,
	ROLL_SQL_GET_PAIRINGS,
	ROLL_SQL_PUT_PAIRING,
	ROLL_SQL_DELETE_PAIRING,
	ROLL_SQL_GET_CHOICE,
	ROLL_SQL_GET_PERSON,
	ROLL_SQL_GET_AMENDMENT,
	ROLL_SQL_STATEMENTS,
} RollSql;

extern const char *const roll_store_sql[ROLL_SQL_STATEMENTS];

struct RollStore {
	char *path;
	sqlite3 *db;
	sqlite3_stmt *statements[ROLL_SQL_STATEMENTS];
	GPtrArray *characteristics;	/* of RollCharacteristic, by id, which counts from 1 */
	guint n_characteristics_stored; /* the first so many have rows */
	guint n_characteristics_put;	/* the same, in the open transaction */
};

/* One value of one column. */
typedef struct {
	enum {
		ROLL_CELL_NULL,
		ROLL_CELL_INTEGER,
		ROLL_CELL_REAL,
		ROLL_CELL_TEXT,
		ROLL_CELL_BLOB
	} kind;
	union {
		gint64 integer;
		double real;
		const char *text;
		const guint8 *blob;
	};
	gsize n_bytes;
} RollCell;

static inline RollCell
roll_cell_integer(gint64 integer)
{
	return (RollCell){.kind = ROLL_CELL_INTEGER, .integer = integer};
}

/* NaN is NULL. */
static inline RollCell
roll_cell_real(double real)
{
	return (RollCell){.kind = isnan(real) ? ROLL_CELL_NULL : ROLL_CELL_REAL, .real = real};
}

/* NULL is NULL. */
static inline RollCell
roll_cell_text(const char *text)
{
	return (RollCell){.kind = text ? ROLL_CELL_TEXT : ROLL_CELL_NULL, .text = text};
}

static inline RollCell
roll_cell_blob(const guint8 *blob, gsize n_bytes)
{
	return (RollCell){.kind = ROLL_CELL_BLOB, .blob = blob, .n_bytes = n_bytes};
}

/* The prepared statement with cells bound to ?1, ?2, ...; borrowed, ready to step, to be reset. NULL and error. */
sqlite3_stmt *roll_store_bind(RollStore *store, RollSql which, const RollCell *cells, guint n_cells,
			      GError **error);

/* Runs a statement that gives no rows. */
gboolean roll_store_run(RollStore *store, RollSql which, const RollCell *cells, guint n_cells,
			GError **error);

/* A text of the row, interned; NULL for NULL. For names alone, of which there are few. */
const char *roll_store_intern(sqlite3_stmt *statement, int column);

/* Steps a bound statement; *ret_has_row: there is one more row. After the last one, and after a failure, the
 * statement is reset. */
gboolean roll_store_step(RollStore *store, sqlite3_stmt *statement, gboolean *ret_has_row,
			 GError **error);

/* Runs WHICH with the given cells: RUN(store, ROLL_SQL_X, error, roll_cell_integer(1), ...). */
#define ROLL_STORE_RUN(store, which, error, ...)                                                   \
	roll_store_run(store, which, (const RollCell[]){__VA_ARGS__},                              \
		       G_N_ELEMENTS(((const RollCell[]){__VA_ARGS__})), error)
