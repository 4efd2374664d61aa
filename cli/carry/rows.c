/* SPDX-License-Identifier: MIT */
#include "cli/carry/rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum {
	SCHEMA_WITH_WEIGHT = 5,
};

const RollstatCarried rollstat_carried[ROLLSTAT_TABLES] = {
	[ROLLSTAT_TABLE_SENSOR] = {"sensor",
				   "id",
				   {NULL},
				   {"address", "codec", "name", "manufacturer", "model", "firmware",
				    "battery_pct", "first_us", "last_us"}},
	[ROLLSTAT_TABLE_NICKNAME] = {"nickname", "sensor", {"sensor"}, {"name", "forgotten_us"}},
	/* An open one is carried as it would be if its stream ended there: is_open is 0 where it arrives. */
	[ROLLSTAT_TABLE_RECORDING] = {"recording",
				      "id",
				      {"id", "sensor", "is_open"},
				      {"first_us", "last_us", "n_carried", "person"}},
	[ROLLSTAT_TABLE_AMENDMENT] = {"amendment",
				      "recording",
				      {"recording"},
				      {"person", "deleted_us"}},
	[ROLLSTAT_TABLE_SESSION] = {"session",
				    "recording",
				    {"id", "recording", "sensor", "spine"},
				    {"person",	     "kind",	  "algorithm",	 "settings",
				     "start_us",     "end_us",	  "loaded_s",	 "lost_s",
				     "lost_packets", "restarts",  "refused",	 "passes",
				     "holds",	     "has_force", "has_newtons", "left_s",
				     "centre_s",     "right_s",	  "unsure_s",	 "unplaced_s"}},
	[ROLLSTAT_TABLE_SPINE] = {"spine", "id", {"id"}, {"length_cm", "is_guess"}},
	[ROLLSTAT_TABLE_LEVEL] = {"level", "spine", {"spine"}, {"n", "name", "from_cm", "to_cm"}},
	[ROLLSTAT_TABLE_PASS] = {"pass",
				 "session",
				 {"session"},
				 {"n", "start_us", "end_us", "from_cm", "to_cm", "mean_n", "peak_n",
				  "is_cut", "uncertainty_cm"}},
	[ROLLSTAT_TABLE_HOLD] = {"hold",
				 "session",
				 {"session"},
				 {"n", "start_us", "end_us", "at_cm", "mean_n", "peak_n", "is_cut",
				  "uncertainty_cm"}},
	[ROLLSTAT_TABLE_GAP] = {"gap", "session", {"session"}, {"n", "start_us", "end_us"}},
	[ROLLSTAT_TABLE_MARK] = {"mark",
				 "session",
				 {"session"},
				 {"n", "t_us", "at_cm", "uncertainty_cm"}},
	[ROLLSTAT_TABLE_ZONE] = {"zone",
				 "session",
				 {"session"},
				 {"n", "name", "from_cm", "to_cm", "seconds", "force_ns",
				  "peak_n"}},
	[ROLLSTAT_TABLE_SLICE] = {"slice",
				  "session",
				  {"session"},
				  {"n", "at_cm", "seconds", "force_ns", "peak_n", "moving_s",
				   "travel_cm"}},
	[ROLLSTAT_TABLE_PERSON] = {"person",
				   NULL,
				   {NULL},
				   {"name", "spine_cm", "stature_cm", "added_us", "weight_kg"}},
	[ROLLSTAT_TABLE_EXERCISE] = {"exercise",
				     NULL,
				     {NULL},
				     {"start_us", "person", "movement", "seconds"}},
	[ROLLSTAT_TABLE_GOAL] = {"goal",
				 NULL,
				 {NULL},
				 {"since_us", "person", "zone", "unit", "amount", "period"}},
};

static guint
count(const char *const *names)
{
	return g_strv_length((char **)names);
}

/* How many of its columns a table had in a version of the schema: what came later stands last. */
static guint
count_columns(RollstatTableId table, gint64 schema)
{
	guint n = count(rollstat_carried[table].columns);
	return table == ROLLSTAT_TABLE_PERSON && schema < SCHEMA_WITH_WEIGHT ? n - 1 : n;
}

void
rollstat_rows_clear(RollstatRowsPort *port)
{
	for (guint i = 0; i < ROLLSTAT_TABLES; i++) {
		g_clear_pointer(&port->reads[i], sqlite3_finalize);
		g_clear_pointer(&port->writes[i], sqlite3_finalize);
	}
}

static gboolean
prepare(sqlite3 *db, const char *sql, sqlite3_stmt **statement, GError **error)
{
	return sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL) ==
		       SQLITE_OK ||
	       roll_database_fail(db, error, "cannot prepare to use");
}

static gboolean
prepare_read(RollstatRowsPort *port, RollstatTableId table, GError **error)
{
	const RollstatCarried *carried = &rollstat_carried[table];
	if (port->reads[table] != NULL)
		return TRUE;
	g_autofree char *columns = g_strjoinv(", ", (char **)carried->columns);
	g_autofree char *where = carried->key != NULL
					 ? g_strdup_printf("WHERE %s = ?1", carried->key)
					 : g_strdup("");
	g_autofree char *sql = g_strdup_printf("SELECT %s FROM %s %s ORDER BY 1, 2", columns,
					       carried->name, where);
	return prepare(port->db, sql, &port->reads[table], error);
}

static json_object *
new_cell(sqlite3_stmt *statement, int column)
{
	switch (sqlite3_column_type(statement, column)) {
	case SQLITE_INTEGER:
		return json_object_new_int64(sqlite3_column_int64(statement, column));
	case SQLITE_FLOAT:
		return json_object_new_double(sqlite3_column_double(statement, column));
	case SQLITE_TEXT:
		return json_object_new_string((const char *)sqlite3_column_text(statement, column));
	default:
		return NULL;
	}
}

static json_object *
new_row(sqlite3_stmt *statement)
{
	int n_columns = sqlite3_column_count(statement);
	json_object *row = json_object_new_array_ext(n_columns);
	for (int i = 0; i < n_columns; i++)
		json_object_array_add(row, new_cell(statement, i));
	return row;
}

json_object *
rollstat_rows_read(RollstatRowsPort *port, RollstatTableId table, gint64 number, GError **error)
{
	if (!prepare_read(port, table, error))
		return NULL;
	g_autoptr(json_object) rows = json_object_new_array();
	sqlite3_stmt *statement = port->reads[table];
	int result;
	if (rollstat_carried[table].key != NULL)
		sqlite3_bind_int64(statement, 1, number);
	while ((result = sqlite3_step(statement)) == SQLITE_ROW)
		json_object_array_add(rows, new_row(statement));
	if (result != SQLITE_DONE)
		roll_database_fail(port->db, error, "cannot read");
	sqlite3_reset(statement);
	return result == SQLITE_DONE ? g_steal_pointer(&rows) : NULL;
}

gboolean
rollstat_rows_read_one(RollstatRowsPort *port, RollstatTableId table, gint64 number,
		       json_object **ret_row, GError **error)
{
	g_autoptr(json_object) rows = rollstat_rows_read(port, table, number, error);
	if (rows == NULL)
		return FALSE;
	*ret_row = json_object_array_length(rows) > 0
			   ? json_object_get(json_object_array_get_idx(rows, 0))
			   : NULL;
	return TRUE;
}

static gboolean
prepare_write(RollstatRowsPort *port, RollstatTableId table, GError **error)
{
	const RollstatCarried *carried = &rollstat_carried[table];
	if (port->writes[table] != NULL)
		return TRUE;
	g_autoptr(GString) names = g_string_new(NULL);
	g_autoptr(GString) places = g_string_new(NULL);
	for (guint i = 0; carried->links[i] != NULL; i++)
		g_string_append_printf(names, ", %s", carried->links[i]);
	for (guint i = 0; carried->columns[i] != NULL; i++)
		g_string_append_printf(names, ", %s", carried->columns[i]);
	for (guint i = 0; i < count(carried->links) + count(carried->columns); i++)
		g_string_append_printf(places, ", ?%u", i + 1);
	g_autofree char *sql = g_strdup_printf("INSERT INTO %s (%s) VALUES (%s)", carried->name,
					       names->str + 2, places->str + 2);
	return prepare(port->db, sql, &port->writes[table], error);
}

gboolean
rollstat_rows_bind(sqlite3_stmt *statement, int place, json_object *cell)
{
	const char *text = NULL;
	int result = SQLITE_ERROR;
	switch (json_object_get_type(cell)) {
	case json_type_null:
		result = sqlite3_bind_null(statement, place);
		break;
	case json_type_int:
		result = sqlite3_bind_int64(statement, place, json_object_get_int64(cell));
		break;
	case json_type_double:
		result = sqlite3_bind_double(statement, place, json_object_get_double(cell));
		break;
	case json_type_string:
		text = json_object_get_string(cell);
		/* A text that holds a NUL is none of ours. */
		if (strlen(text) == (gsize)json_object_get_string_len(cell))
			result = sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
		break;
	case json_type_boolean:
	case json_type_object:
	case json_type_array:
		break;
	}
	return result == SQLITE_OK || result == SQLITE_RANGE;
}

static gboolean
bind_row(const RollstatRowsPort *port, RollstatTableId table, const gint64 *links, json_object *row,
	 GError **error)
{
	const RollstatCarried *carried = &rollstat_carried[table];
	sqlite3_stmt *statement = port->writes[table];
	guint n_links = count(carried->links), n_columns = count_columns(table, port->schema);
	sqlite3_clear_bindings(statement); /* NULL in what the row lacks */
	if (!json_object_is_type(row, json_type_array) ||
	    json_object_array_length(row) != n_columns) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
			    _("a row of %s is a list of %u values"), carried->name, n_columns);
		return FALSE;
	}
	for (guint i = 0; i < n_links; i++)
		sqlite3_bind_int64(statement, (int)i + 1, links[i]);
	for (guint i = 0; i < n_columns; i++) {
		if (rollstat_rows_bind(statement, (int)(n_links + i) + 1,
				       json_object_array_get_idx(row, i)))
			continue;
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
			    _("%s of %s is no number and no text"), carried->columns[i],
			    carried->name);
		return FALSE;
	}
	return TRUE;
}

gboolean
rollstat_rows_add(RollstatRowsPort *port, RollstatTableId table, const gint64 *links,
		  json_object *row, GError **error)
{
	const RollstatCarried *carried = &rollstat_carried[table];
	if (!prepare_write(port, table, error))
		return FALSE;
	sqlite3_stmt *statement = port->writes[table];
	if (!bind_row(port, table, links, row, error))
		return FALSE;
	int result = sqlite3_step(statement);
	if (result == SQLITE_CONSTRAINT)
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
			    _("a row of %s does not fit: %s"), carried->name,
			    sqlite3_errmsg(port->db));
	else if (result != SQLITE_DONE)
		roll_database_fail(port->db, error, "cannot write to");
	sqlite3_reset(statement);
	return result == SQLITE_DONE;
}

json_object *
rollstat_rows_new_columns(gint64 schema)
{
	json_object *tables = json_object_new_object();
	for (guint i = 0; i < ROLLSTAT_TABLES; i++) {
		json_object *columns = json_object_new_array();
		for (guint k = 0; k < count_columns((RollstatTableId)i, schema); k++)
			json_object_array_add(
				columns, json_object_new_string(rollstat_carried[i].columns[k]));
		json_object_object_add(tables, rollstat_carried[i].name, columns);
	}
	return tables;
}

guint
rollstat_rows_find(RollstatTableId table, const char *column)
{
	guint at = 0;
	while (!g_str_equal(rollstat_carried[table].columns[at], column))
		at++;
	return at;
}

static json_object *
get_cell(json_object *row, RollstatTableId table, const char *column)
{
	if (!json_object_is_type(row, json_type_array))
		return NULL;
	return json_object_array_get_idx(row, rollstat_rows_find(table, column));
}

gint64
rollstat_rows_get_number(json_object *row, RollstatTableId table, const char *column)
{
	json_object *cell = get_cell(row, table, column);
	return json_object_is_type(cell, json_type_int) ? json_object_get_int64(cell) : 0;
}

const char *
rollstat_rows_get_text(json_object *row, RollstatTableId table, const char *column)
{
	json_object *cell = get_cell(row, table, column);
	return json_object_is_type(cell, json_type_string) ? json_object_get_string(cell) : NULL;
}
