/* SPDX-License-Identifier: MIT */
#include "daemon/store/store-parts.h"

#include <string.h>

/* While a writer holds the file, the main loop stands still: so not for long. What could not be written is
 * tried again. */
enum { BUSY_MS = 1000 };

sqlite3_stmt *
roll_store_bind(RollStore *store, RollSql which, const RollCell *cells, guint n_cells,
		GError **error)
{
	sqlite3_stmt **statement = &store->statements[which];

	if (!*statement &&
	    sqlite3_prepare_v3(store->db, roll_store_sql[which], -1, SQLITE_PREPARE_PERSISTENT,
			       statement, NULL) != SQLITE_OK) {
		roll_database_fail(store->db, error, "cannot prepare to use");
		return NULL;
	}
	g_assert(sqlite3_bind_parameter_count(*statement) == (int)n_cells);
	for (guint i = 0; i < n_cells; i++) {
		const RollCell *cell = &cells[i];
		int column = (int)i + 1, result = SQLITE_OK;

		if (cell->kind == ROLL_CELL_INTEGER)
			result = sqlite3_bind_int64(*statement, column, cell->integer);
		else if (cell->kind == ROLL_CELL_REAL)
			result = sqlite3_bind_double(*statement, column, cell->real);
		else if (cell->kind == ROLL_CELL_TEXT)
			result = sqlite3_bind_text(*statement, column, cell->text, -1,
						   SQLITE_STATIC);
		else if (cell->kind == ROLL_CELL_BLOB && cell->n_bytes == 0)
			result = sqlite3_bind_zeroblob(*statement, column, 0);
		else if (cell->kind == ROLL_CELL_BLOB)
			result = sqlite3_bind_blob(*statement, column, cell->blob,
						   (int)cell->n_bytes, SQLITE_STATIC);
		else
			result = sqlite3_bind_null(*statement, column);
		if (result != SQLITE_OK) {
			roll_database_fail(store->db, error, "cannot fill a row of");
			return NULL;
		}
	}
	return *statement;
}

gboolean
roll_store_step(RollStore *store, sqlite3_stmt *statement, gboolean *ret_has_row, GError **error)
{
	int result = sqlite3_step(statement);

	if (result == SQLITE_ROW) {
		*ret_has_row = TRUE;
		return TRUE;
	}
	if (result == SQLITE_DONE) {
		*ret_has_row = FALSE;
		sqlite3_reset(statement);
		return TRUE;
	}
	/* SQLite counts COMMIT, which writes most of all, among those that only read. */
	roll_database_fail(store->db, error,
			   sqlite3_column_count(statement) > 0 ? "cannot read" : "cannot write to");
	sqlite3_reset(statement);
	return FALSE;
}

const char *
roll_store_intern(sqlite3_stmt *statement, int column)
{
	return g_intern_string((const char *)sqlite3_column_text(statement, column));
}

gboolean
roll_store_run(RollStore *store, RollSql which, const RollCell *cells, guint n_cells,
	       GError **error)
{
	gboolean has_row = FALSE;
	sqlite3_stmt *statement = roll_store_bind(store, which, cells, n_cells, error);

	return statement && roll_store_step(store, statement, &has_row, error);
}

static RollMeaning
find_meaning(const RollCharacteristic *characteristic)
{
	static const struct {
		const char *uuid;
		RollMeaning meaning;
	} known[] = {
		{ROLL_UUID_BATTERY_LEVEL, ROLL_MEANS_BATTERY},
		{ROLL_UUID_MANUFACTURER, ROLL_MEANS_MANUFACTURER},
		{ROLL_UUID_MODEL, ROLL_MEANS_MODEL},
		{ROLL_UUID_FIRMWARE, ROLL_MEANS_FIRMWARE},
		{ROLL_UUID_MARK, ROLL_MEANS_MARK},
	};

	if (characteristic->codec)
		return ROLL_MEANS_CODEC;
	for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
		if (g_str_equal(characteristic->uuid, known[i].uuid))
			return known[i].meaning;
	}
	return ROLL_MEANS_NOTHING;
}

static RollCharacteristic *
add_characteristic(RollStore *store, const char *uuid)
{
	RollCharacteristic *characteristic = g_new0(RollCharacteristic, 1);

	characteristic->id = (gint64)store->characteristics->len + 1;
	g_strlcpy(characteristic->uuid, uuid, sizeof characteristic->uuid);
	characteristic->codec = roll_codec_find_by_characteristic(uuid);
	characteristic->meaning = find_meaning(characteristic);
	g_ptr_array_add(store->characteristics, characteristic);
	return characteristic;
}

const RollCharacteristic *
roll_store_get_characteristic(RollStore *store, const char *uuid)
{
	for (guint i = 0; i < store->characteristics->len; i++) {
		const RollCharacteristic *characteristic = store->characteristics->pdata[i];

		if (memcmp(characteristic->uuid, uuid, ROLL_UUID_LEN) == 0)
			return characteristic;
	}
	return add_characteristic(store, uuid);
}

static gboolean
load_characteristics(RollStore *store, GError **error)
{
	gboolean has_row = FALSE;
	sqlite3_stmt *statement =
		roll_store_bind(store, ROLL_SQL_GET_CHARACTERISTICS, NULL, 0, error);

	if (!statement || !roll_store_step(store, statement, &has_row, error))
		return FALSE;
	while (has_row) {
		const char *uuid = (const char *)sqlite3_column_text(statement, 1);
		gint64 id = sqlite3_column_int64(statement, 0);

		if (id != (gint64)store->characteristics->len + 1) {
			g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_DAMAGED,
				    "%s is damaged: characteristic %" G_GINT64_FORMAT
				    " is out of order",
				    store->path, id);
			sqlite3_reset(statement);
			return FALSE;
		}
		add_characteristic(store, uuid);
		if (!roll_store_step(store, statement, &has_row, error))
			return FALSE;
	}
	store->n_characteristics_stored = store->characteristics->len;
	return TRUE;
}

RollStore *
roll_store_open(const char *path, GError **error)
{
	g_autoptr(RollStore) store = g_new0(RollStore, 1);

	store->path = g_strdup(path);
	store->characteristics = g_ptr_array_new_with_free_func(g_free);
	store->db = roll_database_open(path, ROLL_DATABASE_WRITER, error);
	if (!store->db || !load_characteristics(store, error))
		return NULL;
	sqlite3_busy_timeout(store->db, BUSY_MS);
	return g_steal_pointer(&store);
}

void
roll_store_free(RollStore *store)
{
	if (!store)
		return;
	for (guint i = 0; i < ROLL_SQL_STATEMENTS; i++)
		sqlite3_finalize(store->statements[i]);
	sqlite3_close_v2(store->db);
	g_ptr_array_unref(store->characteristics);
	g_free(store->path);
	g_free(store);
}

const char *
roll_store_get_path(const RollStore *store)
{
	return store->path;
}

gboolean
roll_store_begin(RollStore *store, GError **error)
{
	store->n_characteristics_put = store->n_characteristics_stored;
	return roll_store_run(store, ROLL_SQL_BEGIN, NULL, 0, error);
}

gboolean
roll_store_commit(RollStore *store, GError **error)
{
	if (!roll_store_run(store, ROLL_SQL_COMMIT, NULL, 0, error))
		return FALSE;
	store->n_characteristics_stored = store->n_characteristics_put;
	return TRUE;
}

void
roll_store_roll_back(RollStore *store)
{
	/* SQLite may have done it by itself (full disk): then there is none. */
	if (!sqlite3_get_autocommit(store->db))
		(void)roll_store_run(store, ROLL_SQL_ROLL_BACK, NULL, 0, NULL);
}
