/* SPDX-License-Identifier: MIT
 *
 * Sensors, recordings and their values: what was received.
 */
#include "daemon/store/store-parts.h"
#include "daemon/store/store-session.h"

gboolean
roll_store_each_sensor(RollStore *store, void (*each)(gpointer user, const RollSensorRow *row),
		       gpointer user, GError **error)
{
	gboolean has_row = FALSE;
	sqlite3_stmt *statement = roll_store_bind(store, ROLL_SQL_GET_SENSORS, NULL, 0, error);

	if (!statement || !roll_store_step(store, statement, &has_row, error))
		return FALSE;
	while (has_row) {
		RollSensorRow row = {
			.id = sqlite3_column_int64(statement, 0),
			.battery_pct = -1,
			.first_us = sqlite3_column_int64(statement, 8),
			.last_us = sqlite3_column_int64(statement, 9),
		};

		g_strlcpy(row.address, (const char *)sqlite3_column_text(statement, 1),
			  sizeof row.address);
		/* The columns stand in the order of RollSensorText. */
		for (int i = 0; i < ROLL_SENSOR_TEXTS; i++)
			row.texts[i] = (char *)sqlite3_column_text(statement, 2 + i);
		if (sqlite3_column_type(statement, 7) != SQLITE_NULL)
			row.battery_pct = sqlite3_column_int(statement, 7);
		each(user, &row);
		if (!roll_store_step(store, statement, &has_row, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
roll_store_put_sensor(RollStore *store, const RollSensorRow *row, GError **error)
{
	RollCell battery = row->battery_pct < 0 ? (RollCell){.kind = ROLL_CELL_NULL}
						: roll_cell_integer(row->battery_pct);

	return ROLL_STORE_RUN(store, ROLL_SQL_PUT_SENSOR, error, roll_cell_integer(row->id),
			      roll_cell_text(row->address),
			      roll_cell_text(row->texts[ROLL_SENSOR_CODEC]),
			      roll_cell_text(row->texts[ROLL_SENSOR_NAME]),
			      roll_cell_text(row->texts[ROLL_SENSOR_MANUFACTURER]),
			      roll_cell_text(row->texts[ROLL_SENSOR_MODEL]),
			      roll_cell_text(row->texts[ROLL_SENSOR_FIRMWARE]), battery,
			      roll_cell_integer(row->first_us), roll_cell_integer(row->last_us));
}

gboolean
roll_store_each_recording(RollStore *store,
			  void (*each)(gpointer user, const RollRecordingRow *row), gpointer user,
			  GError **error)
{
	gboolean has_row = FALSE;
	sqlite3_stmt *statement = roll_store_bind(store, ROLL_SQL_GET_RECORDINGS, NULL, 0, error);

	if (!statement || !roll_store_step(store, statement, &has_row, error))
		return FALSE;
	while (has_row) {
		RollRecordingRow row = {
			.id = sqlite3_column_int64(statement, 0),
			.sensor = sqlite3_column_int64(statement, 1),
			.is_open = sqlite3_column_int(statement, 2) != 0,
			.first_us = sqlite3_column_int64(statement, 3),
			.last_us = sqlite3_column_int64(statement, 4),
			.n_carried = sqlite3_column_int64(statement, 5),
			.n_values = sqlite3_column_int64(statement, 6),
			.session = sqlite3_column_int64(statement, 7), /* NULL is 0 */
			.person = roll_store_intern(statement, 8),
			.amended = roll_store_intern(statement, 9),
			.is_deleted = sqlite3_column_type(statement, 10) != SQLITE_NULL,
		};

		each(user, &row);
		if (!roll_store_step(store, statement, &has_row, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
roll_store_put_recording(RollStore *store, const RollRecordingRow *row, GError **error)
{
	return ROLL_STORE_RUN(store, ROLL_SQL_PUT_RECORDING, error, roll_cell_integer(row->id),
			      roll_cell_integer(row->sensor), roll_cell_integer(row->is_open),
			      roll_cell_integer(row->first_us), roll_cell_integer(row->last_us),
			      roll_cell_integer(row->n_carried), roll_cell_text(row->person));
}

/* NULL and error: no such characteristic, which foreign keys forbid. */
static const RollCharacteristic *
find_characteristic(const RollStore *store, gint64 id, GError **error)
{
	if (id >= 1 && id <= (gint64)store->characteristics->len)
		return store->characteristics->pdata[id - 1];
	g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_DAMAGED,
		    "%s is damaged: a value is of characteristic %" G_GINT64_FORMAT
		    ", which is not there",
		    store->path, id);
	return NULL;
}

gboolean
roll_store_each_value(RollStore *store, const RollRecordingRow *recording,
		      void (*each)(gpointer user, gint64 n, const RollKept *kept), gpointer user,
		      GError **error)
{
	const RollCell cells[] = {roll_cell_integer(recording->id),
				  roll_cell_integer(recording->n_values)};
	gboolean has_row = FALSE;
	sqlite3_stmt *statement =
		roll_store_bind(store, ROLL_SQL_GET_VALUES, cells, G_N_ELEMENTS(cells), error);

	if (!statement || !roll_store_step(store, statement, &has_row, error))
		return FALSE;
	while (has_row) {
		gint64 id = sqlite3_column_int64(statement, 2);
		RollKept kept = {
			.characteristic = find_characteristic(store, id, error),
			.arrival_us = sqlite3_column_int64(statement, 1),
			.bytes = sqlite3_column_blob(statement, 3),
			.n_bytes = (gsize)sqlite3_column_bytes(statement, 3),
		};

		if (!kept.characteristic) {
			sqlite3_reset(statement);
			return FALSE;
		}
		each(user, sqlite3_column_int64(statement, 0), &kept);
		if (!roll_store_step(store, statement, &has_row, error))
			return FALSE;
	}
	return TRUE;
}

/* All up to this one, so that their numbers have no holes. */
static gboolean
put_characteristics(RollStore *store, gint64 id, GError **error)
{
	while (store->n_characteristics_put < id) {
		const RollCharacteristic *next =
			store->characteristics->pdata[store->n_characteristics_put];

		if (!ROLL_STORE_RUN(store, ROLL_SQL_PUT_CHARACTERISTIC, error,
				    roll_cell_integer(next->id), roll_cell_text(next->uuid)))
			return FALSE;
		store->n_characteristics_put++;
	}
	return TRUE;
}

gboolean
roll_store_put_value(RollStore *store, gint64 recording, gint64 n, const RollKept *kept,
		     GError **error)
{
	return put_characteristics(store, kept->characteristic->id, error) &&
	       ROLL_STORE_RUN(store, ROLL_SQL_PUT_VALUE, error, roll_cell_integer(recording),
			      roll_cell_integer(n), roll_cell_integer(kept->arrival_us),
			      roll_cell_integer(kept->characteristic->id),
			      roll_cell_blob(kept->bytes, kept->n_bytes));
}

/* *ret_session: 0 where it holds none. */
static gboolean
find_session(RollStore *store, gint64 recording, gint64 *ret_session, GError **error)
{
	const RollCell cell = roll_cell_integer(recording);
	gboolean has_row = FALSE;
	sqlite3_stmt *statement = roll_store_bind(store, ROLL_SQL_GET_SESSION_OF, &cell, 1, error);

	if (!statement || !roll_store_step(store, statement, &has_row, error))
		return FALSE;
	*ret_session = has_row ? sqlite3_column_int64(statement, 0) : 0;
	sqlite3_reset(statement);
	return TRUE;
}

gboolean
roll_store_delete_recording(RollStore *store, gint64 recording, GError **error)
{
	gint64 session = 0;

	if (!find_session(store, recording, &session, error))
		return FALSE;
	if (session != 0 && !roll_store_delete_session(store, session, error))
		return FALSE;
	/* What only would have been a session may have been put right meanwhile. */
	return ROLL_STORE_RUN(store, ROLL_SQL_DELETE_AMENDMENT, error,
			      roll_cell_integer(recording)) &&
	       ROLL_STORE_RUN(store, ROLL_SQL_DELETE_VALUES, error, roll_cell_integer(recording)) &&
	       ROLL_STORE_RUN(store, ROLL_SQL_DELETE_RECORDING, error,
			      roll_cell_integer(recording));
}
