/* SPDX-License-Identifier: MIT
 *
 * The export that import takes: one JSON document, a list of objects, each on a line of its own.
 *
 *     [
 *     {"rollstat":"export","version":1,"schema":5,"made_us":..,"columns":{"pass":["n",..],..},"characteristics":["uuid",..]},
 *     {"sensor":[..],"nickname":[..]|null},                     rows are lists in the order of the columns above
 *     {"person":[..]},  {"exercise":[..]},  {"goal":[..]},
 *     {"recording":12,"sensor":"C0:FF:EE:00:00:01","row":[..],"n_values":6021,"amendment":[..]|null,"session":null|
 *         {"session":9,"row":[..],"spine":[..],"level":[[..],..],"pass":[..],"hold":..,"gap":..,"mark":..,"zone":..,"slice":..}},
 *     {"recording":12,"n":0,"values":[[arrival in Unix microseconds, number in characteristics from 0, "base64"],..]},
 *     {"end":true,"lines":4711,"sha256":".."}
 *     ]
 *
 * A sensor stands before its recordings, a recording before its values, and those of one in order. sha256 is that of all
 * bytes before the line that tells it, lines the number of lines before it. Tables and columns are those of schema.sql.
 */
#include "cli/carry/export.h"
#include "cli/carry/rows.h"

enum {
	VERSION = 1,
	VALUES_A_LINE = 64,
};

typedef struct {
	RollstatExport *export;
	RollstatRowsPort port;
	RollstatOutput *output;
	guint64 lines;
	gint64 all_values;
	GString *line;
	sqlite3_stmt *values;
} JsonExport;

static void
clear_json_export(JsonExport *self)
{
	rollstat_rows_clear(&self->port);
	rollstat_output_free(self->output);
	sqlite3_finalize(self->values);
	g_string_free(self->line, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(JsonExport, clear_json_export)

static gboolean
put_line(JsonExport *self, const char *text, gsize n_bytes, GError **error)
{
	self->lines++;
	return rollstat_output_write(self->output, text, n_bytes, error);
}

/* Takes the object. */
static gboolean
put(JsonExport *self, json_object *taken, GError **error)
{
	g_autoptr(json_object) object = taken;
	const char *text = json_object_to_json_string_ext(
		object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
	g_string_assign(self->line, text);
	g_string_append(self->line, ",\n");
	return put_line(self, self->line->str, self->line->len, error);
}

/* Adds under a name what was read. FALSE: it could not be. */
static gboolean
add_rows(JsonExport *self, json_object *object, RollstatTableId table, gint64 number,
	 GError **error)
{
	json_object *rows = rollstat_rows_read(&self->port, table, number, error);
	json_object_object_add(object, rollstat_carried[table].name, rows);
	return rows != NULL;
}

static gboolean
add_row(JsonExport *self, json_object *object, const char *name, RollstatTableId table,
	gint64 number, GError **error)
{
	json_object *row = NULL;
	gboolean is_read = rollstat_rows_read_one(&self->port, table, number, &row, error);
	json_object_object_add(object, name, row);
	return is_read;
}

static json_object *
new_characteristics(sqlite3 *db, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = NULL;
	g_autoptr(json_object) list = json_object_new_array();
	int result = sqlite3_prepare_v2(db, "SELECT id, uuid FROM characteristic ORDER BY id", -1,
					&statement, NULL);
	while (result == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
		/* Their numbers have no holes: the daemon gives them so. */
		json_object *uuid =
			json_object_new_string((const char *)sqlite3_column_text(statement, 1));
		json_object_array_put_idx(list, (gsize)sqlite3_column_int64(statement, 0) - 1,
					  uuid);
	}
	if (sqlite3_errcode(db) != SQLITE_DONE && sqlite3_errcode(db) != SQLITE_OK) {
		roll_database_fail(db, error, "cannot read");
		return NULL;
	}
	return g_steal_pointer(&list);
}

static gboolean
put_head(JsonExport *self, GError **error)
{
	json_object *characteristics = new_characteristics(self->export->db, error);
	if (characteristics == NULL)
		return FALSE;
	json_object *head = json_object_new_object();
	json_object_object_add(head, "rollstat", json_object_new_string("export"));
	json_object_object_add(head, "version", json_object_new_int(VERSION));
	json_object_object_add(head, "schema", json_object_new_int(ROLL_DATABASE_VERSION));
	json_object_object_add(head, "made_us",
			       json_object_new_int64(self->export->run->context->now_us));
	json_object_object_add(head, "columns", rollstat_rows_new_columns(ROLL_DATABASE_VERSION));
	json_object_object_add(head, "characteristics", characteristics);
	return put_line(self, "[\n", 2, error) && put(self, head, error);
}

static gboolean
put_sensor(JsonExport *self, gint64 sensor, GError **error)
{
	json_object *object = json_object_new_object();
	if (add_row(self, object, "sensor", ROLLSTAT_TABLE_SENSOR, sensor, error) &&
	    add_row(self, object, "nickname", ROLLSTAT_TABLE_NICKNAME, sensor, error))
		return put(self, object, error);
	json_object_put(object);
	return FALSE;
}

/* All, or where a part is wanted those that its recordings are of. */
static gboolean
put_sensors(JsonExport *self, GError **error)
{
	RollstatExport *export = self->export;
	g_autoptr(sqlite3_stmt) all = NULL;
	g_autoptr(sqlite3_stmt) wanted = rollstat_export_select(export, error);
	g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	int result = SQLITE_DONE;
	if (wanted == NULL)
		return FALSE;
	while (!export->is_whole && (result = sqlite3_step(wanted)) == SQLITE_ROW)
		g_hash_table_add(used, g_strdup((const char *)sqlite3_column_text(wanted, 1)));
	if (result != SQLITE_DONE ||
	    sqlite3_prepare_v2(export->db, "SELECT id, address FROM sensor ORDER BY id", -1, &all,
			       NULL) != SQLITE_OK)
		return roll_database_fail(export->db, error, "cannot read");
	while ((result = sqlite3_step(all)) == SQLITE_ROW)
		if ((export->is_whole ||
		     g_hash_table_contains(used, (const char *)sqlite3_column_text(all, 1))) &&
		    !put_sensor(self, sqlite3_column_int64(all, 0), error))
			return FALSE;
	return result == SQLITE_DONE || roll_database_fail(export->db, error, "cannot read");
}

static gboolean
is_wanted(const JsonExport *self, RollstatTableId table, json_object *row)
{
	const RollstatQuery *query = &self->export->query;
	const char *whose = table == ROLLSTAT_TABLE_PERSON ? "name" : "person";
	if (query->person != NULL &&
	    g_strcmp0(rollstat_rows_get_text(row, table, whose), query->person) != 0)
		return FALSE;
	gint64 at_us = table == ROLLSTAT_TABLE_EXERCISE
			       ? rollstat_rows_get_number(row, table, "start_us")
			       : query->from_us;
	return at_us >= query->from_us && at_us < query->to_us;
}

static gboolean
put_said(JsonExport *self, RollstatTableId table, GError **error)
{
	g_autoptr(json_object) rows = rollstat_rows_read(&self->port, table, 0, error);
	if (rows == NULL)
		return FALSE;
	for (gsize i = 0; i < json_object_array_length(rows); i++) {
		json_object *row = json_object_array_get_idx(rows, i);
		if (!is_wanted(self, table, row))
			continue;
		json_object *object = json_object_new_object();
		json_object_object_add(object, rollstat_carried[table].name, json_object_get(row));
		if (!put(self, object, error))
			return FALSE;
	}
	return TRUE;
}

/* Fills the object of a session. */
static gboolean
fill_session(JsonExport *self, sqlite3_stmt *wanted, json_object *object, GError **error)
{
	gint64 recording = sqlite3_column_int64(wanted, 0),
	       session = sqlite3_column_int64(wanted, 2), spine = sqlite3_column_int64(wanted, 3);
	json_object_object_add(object, "session", json_object_new_int64(session));
	if (!add_row(self, object, "row", ROLLSTAT_TABLE_SESSION, recording, error) ||
	    !add_row(self, object, "spine", ROLLSTAT_TABLE_SPINE, spine, error) ||
	    !add_rows(self, object, ROLLSTAT_TABLE_LEVEL, spine, error))
		return FALSE;
	for (RollstatTableId table = ROLLSTAT_TABLE_PASS; table <= ROLLSTAT_TABLE_SLICE; table++)
		if (!add_rows(self, object, table, session, error))
			return FALSE;
	return TRUE;
}

static gboolean
put_recording(JsonExport *self, sqlite3_stmt *wanted, GError **error)
{
	gint64 recording = sqlite3_column_int64(wanted, 0);
	gboolean has_session = sqlite3_column_type(wanted, 2) != SQLITE_NULL;
	json_object *object = json_object_new_object(), *session = NULL;
	gboolean is_read;
	json_object_object_add(object, "recording", json_object_new_int64(recording));
	json_object_object_add(
		object, "sensor",
		json_object_new_string((const char *)sqlite3_column_text(wanted, 1)));
	is_read = add_row(self, object, "row", ROLLSTAT_TABLE_RECORDING, recording, error);
	json_object_object_add(object, "n_values",
			       json_object_new_int64(sqlite3_column_int64(wanted, 5)));
	is_read = is_read &&
		  add_row(self, object, "amendment", ROLLSTAT_TABLE_AMENDMENT, recording, error);
	if (has_session)
		session = json_object_new_object();
	json_object_object_add(object, "session", session);
	if (is_read && (!has_session || fill_session(self, wanted, session, error))) {
		self->export->sessions += has_session != FALSE;
		return put(self, object, error);
	}
	json_object_put(object);
	return FALSE;
}

static void
append_value(GString *line, sqlite3_stmt *values)
{
	g_autofree char *text = g_base64_encode(sqlite3_column_blob(values, 3),
						(gsize)sqlite3_column_bytes(values, 3));
	g_string_append_printf(line, "[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",\"%s\"]",
			       (gint64)sqlite3_column_int64(values, 1),
			       (gint64)sqlite3_column_int64(values, 2) - 1, text);
}

static gboolean
put_values(JsonExport *self, gint64 recording, GError **error)
{
	RollstatExport *export = self->export;
	sqlite3_stmt *values = self->values;
	sqlite3_reset(values);
	sqlite3_bind_int64(values, 1, recording);
	int result = sqlite3_step(values);
	while (result == SQLITE_ROW) {
		guint n = 0;
		g_string_printf(self->line,
				"{\"recording\":%" G_GINT64_FORMAT ",\"n\":%" G_GINT64_FORMAT
				",\"values\":[",
				recording, (gint64)sqlite3_column_int64(values, 0));
		for (; result == SQLITE_ROW && n < VALUES_A_LINE; n++) {
			if (n > 0)
				g_string_append_c(self->line, ',');
			append_value(self->line, values);
			result = sqlite3_step(values);
		}
		g_string_append(self->line, "]},\n");
		export->values += n;
		if (!put_line(self, self->line->str, self->line->len, error) ||
		    !rollstat_progress_step(export->run->context->progress, _("Exporting"),
					    export->values, self->all_values, error))
			return FALSE;
	}
	return result == SQLITE_DONE || roll_database_fail(export->db, error, "cannot read");
}

static gboolean
put_recordings(JsonExport *self, GError **error)
{
	RollstatExport *export = self->export;
	g_autoptr(sqlite3_stmt) wanted = rollstat_export_select(export, error);
	int result = SQLITE_DONE;
	if (wanted == NULL || !rollstat_export_count(export, &self->all_values, error))
		return FALSE;
	if (sqlite3_prepare_v2(export->db,
			       "SELECT n, arrival_us, characteristic, bytes FROM value "
			       "WHERE recording = ?1 ORDER BY n",
			       -1, &self->values, NULL) != SQLITE_OK)
		return roll_database_fail(export->db, error, "cannot read");
	while ((result = sqlite3_step(wanted)) == SQLITE_ROW)
		if (!put_recording(self, wanted, error) ||
		    !put_values(self, sqlite3_column_int64(wanted, 0), error) ||
		    !rollstat_progress_step(export->run->context->progress, _("Exporting"),
					    export->values, self->all_values, error))
			return FALSE;
	return result == SQLITE_DONE || roll_database_fail(export->db, error, "cannot read");
}

static gboolean
put_end(JsonExport *self, GError **error)
{
	g_autofree char *sum = rollstat_output_dup_sum(self->output);
	g_string_printf(self->line,
			"{\"end\":true,\"lines\":%" G_GUINT64_FORMAT ",\"sha256\":\"%s\"}\n]\n",
			self->lines, sum);
	return put_line(self, self->line->str, self->line->len, error);
}

gboolean
rollstat_export_json(RollstatExport *export, GError **error)
{
	g_auto(JsonExport) self = {
		.export = export,
		.port = {.db = export->db},
		.line = g_string_new(NULL),
	};
	/* Signals are held back before there is anything to clear away. */
	if (!rollstat_progress_step(export->run->context->progress, _("Exporting"), 0, 0, error))
		return FALSE;
	self.output = rollstat_export_open(export, 0, 0, "json", error);
	if (self.output == NULL || !put_head(&self, error) || !put_sensors(&self, error))
		return FALSE;
	if (export->query.session == 0)
		for (RollstatTableId table = ROLLSTAT_TABLE_PERSON; table < ROLLSTAT_TABLES;
		     table++)
			if (!put_said(&self, table, error))
				return FALSE;
	return put_recordings(&self, error) && put_end(&self, error) &&
	       rollstat_export_finish(export, self.output, error);
}
