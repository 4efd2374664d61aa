/* SPDX-License-Identifier: MIT */
#include "cli/history/devices.h"
#include "cli/history/query.h"

gboolean
rollstat_history_load_spine(sqlite3 *db, gint64 spine, RollstatSpine *ret_spine, GError **error)
{
	gboolean failed;
	RollstatSpine read = {0};
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db,
		"SELECT length_cm, is_guess, level.name, from_cm, to_cm FROM spine"
		" LEFT JOIN level ON level.spine = spine.id WHERE spine.id = ? ORDER BY level.n",
		error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_int64(statement, 1, spine);
	while (rollstat_query_step(statement, &failed, error)) {
		read.length_cm = sqlite3_column_double(statement, 0);
		read.is_guess = sqlite3_column_int(statement, 1) != 0;
		const char *name = (const char *)sqlite3_column_text(statement, 2);
		if (name == NULL || read.n_levels == ROLLSTAT_LEVELS_MAX)
			continue;
		RollstatLevel *level = &read.levels[read.n_levels++];
		g_strlcpy(level->name, name, sizeof level->name);
		level->from_cm = sqlite3_column_double(statement, 3);
		level->to_cm = sqlite3_column_double(statement, 4);
	}
	if (failed)
		return FALSE;
	*ret_spine = read;
	return TRUE;
}

gboolean
rollstat_history_find_last(sqlite3 *db, gint64 before_us, const char *person, gint64 *ret_start_us,
			   GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db,
		"SELECT start_us FROM" ROLLSTAT_QUERY_SESSIONS "WHERE start_us < ?1"
		" AND (?2 IS NULL OR" ROLLSTAT_QUERY_PERSON "= ?2) AND" ROLLSTAT_QUERY_STANDS
		"ORDER BY start_us DESC LIMIT 1",
		error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_int64(statement, 1, before_us);
	sqlite3_bind_text(statement, 2, person, -1, SQLITE_STATIC);
	gboolean is_found = rollstat_query_step(statement, &failed, error);
	if (failed)
		return FALSE;
	*ret_start_us = is_found ? sqlite3_column_int64(statement, 0) : 0;
	return TRUE;
}

static void
add_device(RollstatDevices *devices, sqlite3_stmt *row)
{
	gboolean has_battery = sqlite3_column_type(row, 6) != SQLITE_NULL;
	RollstatDevice device = {
		.address = rollstat_query_get_text(row, 0, devices->strings),
		.name = rollstat_query_get_text(row, 1, devices->strings),
		.codec = rollstat_query_get_text(row, 2, devices->strings),
		.manufacturer = rollstat_query_get_text(row, 3, devices->strings),
		.model = rollstat_query_get_text(row, 4, devices->strings),
		.firmware = rollstat_query_get_text(row, 5, devices->strings),
		.battery_pct = has_battery ? sqlite3_column_int(row, 6) : -1,
		.first_us = sqlite3_column_int64(row, 7),
		.last_us = sqlite3_column_int64(row, 8),
		.sessions = (guint)sqlite3_column_int(row, 9),
		.nickname = rollstat_query_get_text(row, 10, devices->strings),
		.is_paired = sqlite3_column_int(row, 11) != 0,
	};
	g_array_append_val(devices->devices, device);
}

RollstatDevices *
rollstat_devices_load(sqlite3 *db, GError **error)
{
	gboolean failed;
	g_autoptr(RollstatDevices) devices = g_new0(RollstatDevices, 1);
	devices->strings = g_string_chunk_new(256);
	devices->devices = g_array_new(FALSE, TRUE, sizeof(RollstatDevice));
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db,
		"SELECT address, sensor.name, codec, manufacturer, model, firmware, battery_pct,"
		" first_us, last_us,"
		" (SELECT count(*) FROM" ROLLSTAT_QUERY_SESSIONS
		"WHERE session.sensor = sensor.id AND" ROLLSTAT_QUERY_STANDS "), nickname.name,"
		" EXISTS (SELECT 1 FROM pairing WHERE pairing.address = sensor.address)"
		" FROM sensor LEFT JOIN nickname ON nickname.sensor = sensor.id"
		" WHERE forgotten_us IS NULL OR last_us > forgotten_us"
		" ORDER BY last_us DESC, id",
		error);
	if (statement == NULL)
		return NULL;
	while (rollstat_query_step(statement, &failed, error))
		add_device(devices, statement);
	return failed ? NULL : g_steal_pointer(&devices);
}

/* The only column of the row for key; NULL: there is none, or it cannot be read. */
static char *
dup_for(sqlite3 *db, const char *sql, const char *key)
{
	gboolean failed;
	g_autoptr(GStringChunk) strings = g_string_chunk_new(32);
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(db, sql, NULL);
	if (statement == NULL)
		return NULL;
	sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
	return rollstat_query_step(statement, &failed, NULL)
		       ? g_strdup(rollstat_query_get_text(statement, 0, strings))
		       : NULL;
}

#define NICKNAMES " FROM nickname JOIN sensor ON sensor.id = nickname.sensor"

char *
rollstat_devices_dup_address(sqlite3 *db, const char *nickname)
{
	return dup_for(db, "SELECT address" NICKNAMES " WHERE nickname.name = ?", nickname);
}

char *
rollstat_devices_dup_nickname(sqlite3 *db, const char *address)
{
	return dup_for(db, "SELECT nickname.name" NICKNAMES " WHERE address = ?", address);
}

void
rollstat_devices_free(RollstatDevices *devices)
{
	if (devices == NULL)
		return;
	g_clear_pointer(&devices->devices, g_array_unref);
	g_clear_pointer(&devices->strings, g_string_chunk_free);
	g_free(devices);
}
