/* SPDX-License-Identifier: MIT */
#include "cli/carry/import.h"

#include "cli/carry/import-parts.h"
#include "protocol/capture.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

enum {
	VERSION = 1,
};

gboolean
rollstat_import_refuse(GError **error, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	g_autofree char *message = g_strdup_vprintf(format, values);
	va_end(values);
	g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, message);
	return FALSE;
}

json_object *
rollstat_import_get(json_object *object, const char *name, json_type type)
{
	json_object *member = NULL;
	json_object_object_get_ex(object, name, &member);
	return json_object_is_type(member, type) ? member : NULL;
}

gint64
rollstat_import_get_count(json_object *object, const char *name)
{
	json_object *member = rollstat_import_get(object, name, json_type_int);
	return member != NULL ? MAX(json_object_get_int64(member), -1) : -1;
}

gboolean
rollstat_import_find(RollstatImport *import, const char *sql, json_object *row, gint64 *ret_number,
		     GError **error)
{
	g_autoptr(sqlite3_stmt) statement = NULL;
	*ret_number = 0;
	if (sqlite3_prepare_v2(import->db, sql, -1, &statement, NULL) != SQLITE_OK)
		return roll_database_fail(import->db, error, "cannot use");
	for (gsize i = 0; row != NULL && i < json_object_array_length(row); i++)
		if (!rollstat_rows_bind(statement, (int)i + 1, json_object_array_get_idx(row, i)))
			return rollstat_import_refuse(error,
						      _("a row holds no number and no text"));
	int result = sqlite3_step(statement);
	if (result == SQLITE_ROW)
		*ret_number = sqlite3_column_int64(statement, 0);
	return result == SQLITE_ROW || result == SQLITE_DONE ||
	       roll_database_fail(import->db, error, "cannot use");
}

RollstatImport *
rollstat_import_new(sqlite3 *db)
{
	RollstatImport *import = g_new0(RollstatImport, 1);
	import->db = db;
	import->port.db = db;
	import->sensors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	import->characteristics = g_array_new(FALSE, FALSE, sizeof(gint64));
	return import;
}

/* One that is not known is added: without holes in the numbers, as the daemon wants it. */
static gboolean
take_characteristic(RollstatImport *import, json_object *uuid, GError **error)
{
	RollValue value;
	const char *fault = NULL;
	g_autofree char *line =
		g_strdup_printf("0 C0:FF:EE:00:00:01 %s 00", json_object_get_string(uuid));
	g_autoptr(json_object) row = json_object_new_array();
	gint64 id = 0;
	if (roll_capture_parse_line(line, strlen(line), &value, &fault) != ROLL_LINE_VALUE ||
	    g_strcmp0(value.uuid, json_object_get_string(uuid)) != 0)
		return rollstat_import_refuse(error, _("a characteristic is a UUID in lower case"));
	json_object_array_add(row, json_object_get(uuid));
	if (!rollstat_import_find(import, "SELECT id FROM characteristic WHERE uuid = ?1", row, &id,
				  error))
		return FALSE;
	if (id == 0 &&
	    !rollstat_import_find(import,
				  "INSERT INTO characteristic (id, uuid) "
				  "SELECT coalesce(max(id), 0) + 1, ?1 FROM characteristic "
				  "RETURNING id",
				  row, &id, error))
		return FALSE;
	g_array_append_val(import->characteristics, id);
	return TRUE;
}

static gboolean
check_form(RollstatImport *import, json_object *head, GError **error)
{
	json_object *kind = rollstat_import_get(head, "rollstat", json_type_string);
	gint64 version = rollstat_import_get_count(head, "version");
	gint64 schema = rollstat_import_get_count(head, "schema");
	json_object *columns = rollstat_import_get(head, "columns", json_type_object);
	g_autoptr(json_object) ours = rollstat_rows_new_columns(schema);
	if (kind == NULL || g_strcmp0(json_object_get_string(kind), "export") != 0 || version < 1)
		return rollstat_import_refuse(
			error, _("this is no export of rollstat: its second line would say so"));
	if (version > VERSION || schema > ROLL_DATABASE_VERSION)
		return rollstat_import_refuse(
			error, _("this was exported by a newer rollstat: update this one"));
	if (columns == NULL || !json_object_equal(columns, ours))
		return rollstat_import_refuse(error,
					      _("its tables have other columns than those here"));
	import->port.schema = schema;
	return TRUE;
}

gboolean
rollstat_import_begin(RollstatImport *import, json_object *head, GError **error)
{
	json_object *uuids = rollstat_import_get(head, "characteristics", json_type_array);
	gint64 recordings = 0;
	if (!check_form(import, head, error))
		return FALSE;
	g_hash_table_remove_all(import->sensors);
	g_array_set_size(import->characteristics, 0);
	if (uuids == NULL)
		return rollstat_import_refuse(error, _("the list of characteristics is missing"));
	for (gsize i = 0; i < json_object_array_length(uuids); i++)
		if (!take_characteristic(import, json_object_array_get_idx(uuids, i), error))
			return FALSE;
	if (!rollstat_import_find(import, "SELECT count(*) FROM recording", NULL, &recordings,
				  error))
		return FALSE;
	import->keeps_numbers = recordings == 0;
	return TRUE;
}

static gboolean
take_other(RollstatImport *import, json_object *record, GError **error)
{
	if (json_object_object_get_ex(record, "sensor", NULL))
		return rollstat_import_take_sensor(import, record, error);
	for (RollstatTableId table = ROLLSTAT_TABLE_PERSON; table < ROLLSTAT_TABLES; table++) {
		json_object *row = NULL;
		if (json_object_object_get_ex(record, rollstat_carried[table].name, &row))
			return rollstat_import_take_said(import, table, row, error);
	}
	return rollstat_import_refuse(error, _("this is no record of an export"));
}

gboolean
rollstat_import_take(RollstatImport *import, json_object *record, GError **error)
{
	gboolean is_recording = json_object_object_get_ex(record, "recording", NULL);
	if (is_recording && json_object_object_get_ex(record, "values", NULL))
		return rollstat_import_take_values(import, record, error);
	if (!rollstat_import_finish_recording(import, error))
		return FALSE;
	return is_recording ? rollstat_import_take_recording(import, record, error)
			    : take_other(import, record, error);
}

gboolean
rollstat_import_end(RollstatImport *import, GError **error)
{
	return rollstat_import_finish_recording(import, error);
}

const RollstatImported *
rollstat_import_get_counts(const RollstatImport *import)
{
	return &import->counts;
}

void
rollstat_import_free(RollstatImport *import)
{
	if (import == NULL)
		return;
	json_object_put(import->incoming.session);
	json_object_put(import->incoming.amendment);
	sqlite3_finalize(import->put_value);
	sqlite3_finalize(import->here);
	rollstat_rows_clear(&import->port);
	g_hash_table_unref(import->sensors);
	g_array_unref(import->characteristics);
	g_free(import);
}
