/* SPDX-License-Identifier: MIT */
#include "cli/sensor/device-edit.h"

#include "cli/history/query.h"

#include <glib/gi18n-lib.h>

static gboolean
is_called(const RollstatDevice *device, const char *wanted)
{
	return g_strcmp0(device->nickname, wanted) == 0 ||
	       g_ascii_strcasecmp(device->address, wanted) == 0;
}

static const char *
get_name(const RollstatDevice *device)
{
	return device->nickname != NULL ? device->nickname
	       : device->name != NULL	? device->name
					: "";
}

const RollstatDevice *
rollstat_devices_find(const RollstatDevices *devices, const char *wanted, GError **error)
{
	const RollstatDevice *found = NULL;
	guint n_found = 0;
	g_autoptr(GString) known = g_string_new(NULL);
	for (guint i = 0; i < devices->devices->len; i++) {
		const RollstatDevice *device = &g_array_index(devices->devices, RollstatDevice, i);
		if (is_called(device, wanted))
			return device;
		if (g_strcmp0(device->name, wanted) == 0) {
			found = device;
			n_found++;
		}
		g_string_append_printf(known, "%s%s %s", i > 0 ? "; " : "", get_name(device),
				       device->address);
	}
	if (n_found == 1)
		return found;
	if (n_found > 1)
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
			    _("more than one sensor is called \"%s\": name its address"), wanted);
	else
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
			    _("no sensor \"%s\" was ever heard; there are: %s"), wanted,
			    known->len > 0 ? known->str : _("none"));
	return NULL;
}

/* ?1 the address, ?2 what is written. */
static gboolean
run(sqlite3_stmt *statement, const char *address, GError **error)
{
	gboolean failed;
	sqlite3_bind_text(statement, 1, address, -1, SQLITE_STATIC);
	(void)rollstat_query_step(statement, &failed, error); /* it gives no rows */
	return !failed;
}

gboolean
rollstat_devices_rename(sqlite3 *db, const char *address, const char *name, GError **error)
{
	g_autofree char *other = name != NULL ? rollstat_devices_dup_address(db, name) : NULL;
	if (other != NULL && !g_str_equal(other, address)) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("%s is called \"%s\" already"),
			    other, name);
		return FALSE;
	}
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db,
		"INSERT INTO nickname (sensor, name) SELECT id, ?2 FROM sensor WHERE address = ?1"
		" ON CONFLICT (sensor) DO UPDATE SET name = excluded.name",
		error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_text(statement, 2, name, -1, SQLITE_STATIC);
	return run(statement, address, error);
}

gboolean
rollstat_devices_forget(sqlite3 *db, const char *address, gint64 now_us, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db,
		"INSERT INTO nickname (sensor, forgotten_us)"
		" SELECT id, ?2 FROM sensor WHERE address = ?1"
		" ON CONFLICT (sensor) DO UPDATE SET forgotten_us = excluded.forgotten_us",
		error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_int64(statement, 2, now_us);
	return run(statement, address, error);
}
