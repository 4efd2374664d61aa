/* SPDX-License-Identifier: MIT
 *
 * The values of a recording: those that are here already must be the same, the others are added.
 */
#include "cli/carry/import-parts.h"
#include "protocol/capture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Strictly: GLib passes over what is none. *ret_bytes: given, NULL where it is no base64. */
static guint8 *
decode(const char *text, gsize *ret_n_bytes)
{
	gsize n_chars = strlen(text);
	gsize n_letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				       "0123456789+/");
	gsize n_filling = strspn(text + n_letters, "=");
	if (n_chars % 4 != 0 || n_filling > 2 || n_letters + n_filling != n_chars)
		return NULL;
	return g_base64_decode(text, ret_n_bytes);
}

typedef struct {
	gint64 arrival_us, characteristic;
	guint8 *bytes; /* given */
	gsize n_bytes;
} Value;

static void
clear_value(Value *value)
{
	g_free(value->bytes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Value, clear_value)

static gboolean
read_value(const RollstatImport *import, json_object *item, Value *ret_value, GError **error)
{
	const RollstatIncoming *incoming = &import->incoming;
	gboolean is_list =
		json_object_is_type(item, json_type_array) && json_object_array_length(item) == 3;
	json_object *arrival = is_list ? json_object_array_get_idx(item, 0) : NULL;
	json_object *characteristic = is_list ? json_object_array_get_idx(item, 1) : NULL;
	json_object *bytes = is_list ? json_object_array_get_idx(item, 2) : NULL;
	if (!json_object_is_type(arrival, json_type_int) ||
	    !json_object_is_type(characteristic, json_type_int) ||
	    !json_object_is_type(bytes, json_type_string))
		return rollstat_import_refuse(
			error, _("a value is a list of arrival, characteristic and base64"));
	gint64 index = json_object_get_int64(characteristic);
	if (index < 0 || index >= (gint64)import->characteristics->len)
		return rollstat_import_refuse(
			error, _("a value is of a characteristic that is not listed"));
	ret_value->arrival_us = json_object_get_int64(arrival);
	ret_value->characteristic = g_array_index(import->characteristics, gint64, index);
	ret_value->bytes = decode(json_object_get_string(bytes), &ret_value->n_bytes);
	if (ret_value->bytes == NULL || ret_value->n_bytes > ROLL_VALUE_MAX)
		return rollstat_import_refuse(error, _("a value is no base64 of up to %d bytes"),
					      ROLL_VALUE_MAX);
	if (incoming->n_next >= incoming->n_carried &&
	    (ret_value->arrival_us < incoming->first_us ||
	     ret_value->arrival_us > incoming->last_us))
		return rollstat_import_refuse(
			error, _("a value arrived outside of the time of its recording"));
	return TRUE;
}

/* The next one that is here, which this must be. */
static gboolean
compare_value(RollstatImport *import, const Value *value, GError **error)
{
	sqlite3_stmt *here = import->here;
	int result = sqlite3_step(here);
	if (result != SQLITE_ROW)
		return roll_database_fail(import->db, error, "cannot read");
	gsize n_bytes = (gsize)sqlite3_column_bytes(here, 2);
	import->incoming.is_differing =
		sqlite3_column_int64(here, 0) != value->arrival_us ||
		sqlite3_column_int64(here, 1) != value->characteristic ||
		n_bytes != value->n_bytes ||
		(n_bytes > 0 && memcmp(sqlite3_column_blob(here, 2), value->bytes, n_bytes) != 0);
	return TRUE;
}

static gboolean
put_value(RollstatImport *import, const Value *value, GError **error)
{
	if (import->put_value == NULL &&
	    sqlite3_prepare_v2(
		    import->db,
		    "INSERT INTO value (recording, n, arrival_us, characteristic, bytes) "
		    "VALUES (?1, ?2, ?3, ?4, ?5)",
		    -1, &import->put_value, NULL) != SQLITE_OK)
		return roll_database_fail(import->db, error, "cannot write to");
	sqlite3_stmt *put = import->put_value;
	sqlite3_reset(put);
	sqlite3_bind_int64(put, 1, import->incoming.id);
	sqlite3_bind_int64(put, 2, import->incoming.n_next);
	sqlite3_bind_int64(put, 3, value->arrival_us);
	sqlite3_bind_int64(put, 4, value->characteristic);
	if (value->n_bytes == 0)
		sqlite3_bind_zeroblob(put, 5, 0);
	else
		sqlite3_bind_blob(put, 5, value->bytes, (int)value->n_bytes, SQLITE_STATIC);
	if (sqlite3_step(put) != SQLITE_DONE)
		return roll_database_fail(import->db, error, "cannot write to");
	import->counts.values++;
	return TRUE;
}

static gboolean
take_value(RollstatImport *import, json_object *item, GError **error)
{
	RollstatIncoming *incoming = &import->incoming;
	g_auto(Value) value = {0};
	if (!read_value(import, item, &value, error))
		return FALSE;
	if (!incoming->is_differing &&
	    !(incoming->n_next < incoming->n_here ? compare_value(import, &value, error)
						  : put_value(import, &value, error)))
		return FALSE;
	incoming->n_next++;
	return TRUE;
}

gboolean
rollstat_import_take_values(RollstatImport *import, json_object *record, GError **error)
{
	RollstatIncoming *incoming = &import->incoming;
	json_object *values = rollstat_import_get(record, "values", json_type_array);
	gint64 n = rollstat_import_get_count(record, "n");
	if (values == NULL || incoming->number == 0 ||
	    rollstat_import_get_count(record, "recording") != incoming->number)
		return rollstat_import_refuse(error,
					      _("values without their recording before them"));
	if (n != incoming->n_next)
		return rollstat_import_refuse(
			error, _("values are missing, or stand twice, before these"));
	for (gsize i = 0; i < json_object_array_length(values); i++)
		if (!take_value(import, json_object_array_get_idx(values, i), error))
			return FALSE;
	return TRUE;
}
