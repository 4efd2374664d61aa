/* SPDX-License-Identifier: MIT */
#include "daemon/store/store-person.h"

#include "daemon/store/store-parts.h"

#define CM_PER_M 100.0

/* The row with this key, ready to be read and to be reset; *ret_has_row: there is one. */
static sqlite3_stmt *
find_row(RollStore *store, RollSql which, RollCell key, gboolean *ret_has_row, GError **error)
{
	sqlite3_stmt *statement = roll_store_bind(store, which, &key, 1, error);

	if (!statement || !roll_store_step(store, statement, ret_has_row, error))
		return NULL;
	return statement;
}

gboolean
roll_store_get_choice(RollStore *store, const char **ret_name, GError **error)
{
	gboolean has_row = FALSE;
	sqlite3_stmt *statement =
		find_row(store, ROLL_SQL_GET_CHOICE, roll_cell_text("person"), &has_row, error);

	if (!statement)
		return FALSE;
	*ret_name = has_row ? roll_store_intern(statement, 0) : NULL;
	sqlite3_reset(statement);
	return TRUE;
}

static double
get_m(sqlite3_stmt *statement, int column)
{
	return sqlite3_column_type(statement, column) == SQLITE_NULL
		       ? NAN
		       : sqlite3_column_double(statement, column) / CM_PER_M;
}

gboolean
roll_store_get_person(RollStore *store, const char *name, double *ret_spine_m,
		      double *ret_stature_m, GError **error)
{
	gboolean has_row = FALSE;
	sqlite3_stmt *statement =
		find_row(store, ROLL_SQL_GET_PERSON, roll_cell_text(name), &has_row, error);

	if (!statement)
		return FALSE;
	*ret_spine_m = has_row ? get_m(statement, 0) : NAN;
	*ret_stature_m = has_row ? get_m(statement, 1) : NAN;
	sqlite3_reset(statement);
	return TRUE;
}

gboolean
roll_store_get_amendment(RollStore *store, RollRecordingRow *row, GError **error)
{
	gboolean has_row = FALSE;
	sqlite3_stmt *statement = find_row(store, ROLL_SQL_GET_AMENDMENT,
					   roll_cell_integer(row->id), &has_row, error);

	if (!statement)
		return FALSE;
	row->amended = has_row ? roll_store_intern(statement, 0) : NULL;
	row->is_deleted = has_row && sqlite3_column_type(statement, 1) != SQLITE_NULL;
	sqlite3_reset(statement);
	return TRUE;
}
