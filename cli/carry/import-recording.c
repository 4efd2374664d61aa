/* SPDX-License-Identifier: MIT
 *
 * Recordings with their sessions.
 */
#include "cli/carry/import-parts.h"

#include <glib/gi18n-lib.h>

/* ---- Its beginning ---- */

static gboolean
read_incoming(RollstatIncoming *incoming, json_object *record, json_object *row, GError **error)
{
	const RollstatTableId table = ROLLSTAT_TABLE_RECORDING;
	json_object *number = rollstat_import_get(record, "recording", json_type_int);
	*incoming = (RollstatIncoming){
		.number = number != NULL ? json_object_get_int64(number) : 0,
		.first_us = rollstat_rows_get_number(row, table, "first_us"),
		.last_us = rollstat_rows_get_number(row, table, "last_us"),
		.n_carried = rollstat_rows_get_number(row, table, "n_carried"),
		.n_values = rollstat_import_get_count(record, "n_values"),
		.session =
			json_object_get(rollstat_import_get(record, "session", json_type_object)),
		.amendment =
			json_object_get(rollstat_import_get(record, "amendment", json_type_array)),
	};
	if (incoming->number < 1 || incoming->n_values < 0 || incoming->n_carried < 0 ||
	    incoming->n_carried > incoming->n_values || incoming->first_us > incoming->last_us)
		return rollstat_import_refuse(error,
					      _("the figures of this recording are impossible"));
	return TRUE;
}

/* Its number and how many values it has here. */
static gboolean
find_here(RollstatImport *import, gint64 *ret_id, gint64 *ret_n_here, GError **error)
{
	const RollstatIncoming *incoming = &import->incoming;
	g_autofree char *find =
		g_strdup_printf("SELECT id FROM recording WHERE sensor = %" G_GINT64_FORMAT
				" AND first_us = %" G_GINT64_FORMAT " ORDER BY id LIMIT 1",
				incoming->sensor, incoming->first_us);
	if (!rollstat_import_find(import, find, NULL, ret_id, error))
		return FALSE;
	g_autofree char *count = g_strdup_printf(
		"SELECT coalesce(max(n) + 1, 0) FROM value WHERE recording = %" G_GINT64_FORMAT,
		*ret_id);
	return rollstat_import_find(import, count, NULL, ret_n_here, error);
}

static gboolean
add_recording(RollstatImport *import, json_object *row, GError **error)
{
	RollstatIncoming *incoming = &import->incoming;
	incoming->is_new = TRUE;
	incoming->id = incoming->number;
	if (!import->keeps_numbers &&
	    !rollstat_import_find(import, "SELECT coalesce(max(id), 0) + 1 FROM recording", NULL,
				  &incoming->id, error))
		return FALSE;
	gint64 links[] = {incoming->id, incoming->sensor, 0};
	return rollstat_rows_add(&import->port, ROLLSTAT_TABLE_RECORDING, links, row, error);
}

/* Its values here come in step with those of the file. */
static gboolean
look_at_known(RollstatImport *import, GError **error)
{
	RollstatIncoming *incoming = &import->incoming;
	gint64 n_carried = 0;
	g_autofree char *sql = g_strdup_printf(
		"SELECT n_carried FROM recording WHERE id = %" G_GINT64_FORMAT, incoming->id);
	if (!rollstat_import_find(import, sql, NULL, &n_carried, error))
		return FALSE;
	incoming->is_differing = n_carried != incoming->n_carried;
	if (import->here == NULL &&
	    sqlite3_prepare_v2(import->db,
			       "SELECT arrival_us, characteristic, bytes FROM value "
			       "WHERE recording = ?1 ORDER BY n",
			       -1, &import->here, NULL) != SQLITE_OK)
		return roll_database_fail(import->db, error, "cannot read");
	sqlite3_reset(import->here);
	sqlite3_bind_int64(import->here, 1, incoming->id);
	return TRUE;
}

gboolean
rollstat_import_take_recording(RollstatImport *import, json_object *record, GError **error)
{
	RollstatIncoming *incoming = &import->incoming;
	json_object *row = rollstat_import_get(record, "row", json_type_array);
	json_object *sensor = rollstat_import_get(record, "sensor", json_type_string);
	const gint64 *id = sensor != NULL ? g_hash_table_lookup(import->sensors,
								json_object_get_string(sensor))
					  : NULL;
	if (!read_incoming(incoming, record, row, error))
		return FALSE;
	if (id == NULL)
		return rollstat_import_refuse(error,
					      _("no sensor of this address stands before it"));
	incoming->sensor = *id;
	if (!find_here(import, &incoming->id, &incoming->n_here, error))
		return FALSE;
	return incoming->id == 0 ? add_recording(import, row, error) : look_at_known(import, error);
}

/* ---- Its session ---- */

static gboolean
ensure_spine(RollstatImport *import, json_object *session, gint64 *ret_spine, GError **error)
{
	json_object *row = rollstat_import_get(session, "spine", json_type_array);
	json_object *levels = rollstat_import_get(session, "level", json_type_array);
	if (row == NULL || levels == NULL)
		return rollstat_import_refuse(error, _("a session has a spine with levels"));
	if (!rollstat_import_find(import,
				  "SELECT id FROM spine WHERE length_cm = ?1 AND is_guess = ?2",
				  row, ret_spine, error))
		return FALSE;
	if (*ret_spine != 0)
		return TRUE;
	if (!rollstat_import_find(import, "SELECT coalesce(max(id), 0) + 1 FROM spine", NULL,
				  ret_spine, error) ||
	    !rollstat_rows_add(&import->port, ROLLSTAT_TABLE_SPINE, ret_spine, row, error))
		return FALSE;
	for (gsize i = 0; i < json_object_array_length(levels); i++)
		if (!rollstat_rows_add(&import->port, ROLLSTAT_TABLE_LEVEL, ret_spine,
				       json_object_array_get_idx(levels, i), error))
			return FALSE;
	return TRUE;
}

static gboolean
add_rows(RollstatImport *import, json_object *session, gint64 id, GError **error)
{
	for (RollstatTableId table = ROLLSTAT_TABLE_PASS; table <= ROLLSTAT_TABLE_SLICE; table++) {
		const char *name = rollstat_carried[table].name;
		json_object *rows = rollstat_import_get(session, name, json_type_array);
		if (rows == NULL)
			return rollstat_import_refuse(error, _("a session has a list %s"), name);
		for (gsize i = 0; i < json_object_array_length(rows); i++)
			if (!rollstat_rows_add(&import->port, table, &id,
					       json_object_array_get_idx(rows, i), error))
				return FALSE;
	}
	return TRUE;
}

/* id: 0: it gets one. */
static gboolean
add_session(RollstatImport *import, gint64 id, GError **error)
{
	RollstatIncoming *incoming = &import->incoming;
	json_object *session = incoming->session;
	gint64 spine = 0;
	if (id == 0 && import->keeps_numbers)
		id = rollstat_import_get_count(session, "session");
	else if (id == 0 &&
		 !rollstat_import_find(import, "SELECT coalesce(max(id), 0) + 1 FROM session", NULL,
				       &id, error))
		return FALSE;
	if (id < 1)
		return rollstat_import_refuse(error, _("a session has a number from 1 on"));
	if (!ensure_spine(import, session, &spine, error))
		return FALSE;
	gint64 links[] = {id, incoming->id, incoming->sensor, spine};
	return rollstat_rows_add(&import->port, ROLLSTAT_TABLE_SESSION, links,
				 rollstat_import_get(session, "row", json_type_array), error) &&
	       add_rows(import, session, id, error);
}

static gboolean run(RollstatImport *import, GError **error, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

static gboolean
run(RollstatImport *import, GError **error, const char *format, ...)
{
	va_list values;
	gint64 nothing = 0;
	va_start(values, format);
	g_autofree char *sql = g_strdup_vprintf(format, values);
	va_end(values);
	return rollstat_import_find(import, sql, NULL, &nothing, error);
}

static gboolean
delete_session(RollstatImport *import, gint64 id, GError **error)
{
	for (RollstatTableId table = ROLLSTAT_TABLE_PASS; table <= ROLLSTAT_TABLE_SLICE; table++)
		if (!run(import, error, "DELETE FROM %s WHERE session = %" G_GINT64_FORMAT,
			 rollstat_carried[table].name, id))
			return FALSE;
	return run(import, error, "DELETE FROM session WHERE id = %" G_GINT64_FORMAT, id);
}

/* It goes on where it stopped here: what follows from its values does, too. */
static gboolean
continue_here(RollstatImport *import, gint64 session, GError **error)
{
	const RollstatIncoming *incoming = &import->incoming;
	import->counts.continued++;
	return run(import, error,
		   "UPDATE recording SET is_open = 0, last_us = max(last_us, %" G_GINT64_FORMAT
		   ") WHERE id = %" G_GINT64_FORMAT,
		   incoming->last_us, incoming->id) &&
	       (session == 0 || delete_session(import, session, error)) &&
	       (incoming->session == NULL || add_session(import, session, error));
}

static gboolean
settle_session(RollstatImport *import, GError **error)
{
	RollstatIncoming *incoming = &import->incoming;
	gint64 session = 0;
	g_autofree char *find = g_strdup_printf(
		"SELECT id FROM session WHERE recording = %" G_GINT64_FORMAT, incoming->id);
	if (!rollstat_import_find(import, find, NULL, &session, error))
		return FALSE;
	if (!incoming->is_new && incoming->n_values > incoming->n_here)
		return continue_here(import, session, error);
	import->counts.known += !incoming->is_new;
	if (incoming->session == NULL || session != 0)
		return TRUE;
	import->counts.sessions++;
	return add_session(import, 0, error);
}

static gboolean
settle_amendment(RollstatImport *import, GError **error)
{
	RollstatIncoming *incoming = &import->incoming;
	gint64 there = 0;
	g_autofree char *find = g_strdup_printf(
		"SELECT 1 FROM amendment WHERE recording = %" G_GINT64_FORMAT, incoming->id);
	if (incoming->amendment == NULL)
		return TRUE;
	if (!rollstat_import_find(import, find, NULL, &there, error))
		return FALSE;
	if (there != 0)
		return TRUE;
	import->counts.amendments++;
	return rollstat_rows_add(&import->port, ROLLSTAT_TABLE_AMENDMENT, &incoming->id,
				 incoming->amendment, error);
}

gboolean
rollstat_import_finish_recording(RollstatImport *import, GError **error)
{
	RollstatIncoming *incoming = &import->incoming;
	if (incoming->number == 0)
		return TRUE;
	if (import->here != NULL)
		sqlite3_reset(import->here);
	if (incoming->n_next != incoming->n_values)
		return rollstat_import_refuse(
			error, _("values are missing, or too many, in the recording before"));
	import->counts.differing += incoming->is_differing != FALSE;
	if (!incoming->is_differing &&
	    (!settle_session(import, error) || !settle_amendment(import, error)))
		return FALSE;
	g_clear_pointer(&incoming->session, json_object_put);
	g_clear_pointer(&incoming->amendment, json_object_put);
	incoming->number = 0;
	return TRUE;
}
