/* SPDX-License-Identifier: MIT
 *
 * A folder of tables for spreadsheets: sessions.csv, zones.csv, passes.csv, holds.csv, joined by the number of the session, and
 * exercises.csv.
 */
#include "cli/carry/export.h"
#include "cli/carry/rows.h"
#include "cli/report/json.h"

static gboolean
put_file(RollstatExport *export, const char *name, const GString *text, GError **error)
{
	g_autofree char *path = g_build_filename(export->path, name, NULL);
	if (!rollstat_progress_step(export->run->context->progress, _("Exporting"), 0, 0, error))
		return FALSE;
	g_autoptr(RollstatOutput) output = rollstat_output_open(path, export->is_replacing, error);
	return output != NULL && rollstat_output_write(output, text->str, text->len, error) &&
	       rollstat_export_finish(export, output, error);
}

static void
add_zones(const RollstatHistory *history, RollstatTable *table)
{
	for (guint i = 0; i < history->sessions->len; i++) {
		const RollstatSession *session =
			&g_array_index(history->sessions, RollstatSession, i);
		for (guint k = 0; k < session->zone_rows.n; k++) {
			const RollstatZone *zone = &g_array_index(history->zones, RollstatZone,
								  session->zone_rows.first + k);
			gboolean has_force = session->has_newtons && zone->seconds > 0;
			json_object *row = json_object_new_object();
			json_object_object_add(row, "session", json_object_new_int64(session->id));
			json_object_object_add(row, "zone", rollstat_json_new_text(zone->name));
			json_object_object_add(row, "from_cm",
					       rollstat_json_new_number(zone->from_cm, 2));
			json_object_object_add(row, "to_cm",
					       rollstat_json_new_number(zone->to_cm, 2));
			json_object_object_add(row, "seconds",
					       rollstat_json_new_number(zone->seconds, 3));
			json_object_object_add(row, "mean_n",
					       has_force
						       ? rollstat_json_new_number(
								 zone->force_ns / zone->seconds, 1)
						       : NULL);
			json_object_object_add(row, "peak_n",
					       has_force ? rollstat_json_new_number(zone->peak_n, 1)
							 : NULL);
			rollstat_table_add(table, row);
		}
	}
}

static gboolean
put_table(RollstatExport *export, const RollstatHistory *history, const char *name,
	  void (*add)(const RollstatHistory *history, RollstatTable *table), GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);
	RollstatTable table = rollstat_table_begin(text, TRUE);
	add(history, &table);
	rollstat_table_end(&table);
	return put_file(export, name, text, error);
}

static void
add_exercise(const RollstatExport *export, json_object *from, RollstatTable *table)
{
	const RollstatTableId id = ROLLSTAT_TABLE_EXERCISE;
	const RollstatQuery *query = &export->query;
	gint64 start_us = rollstat_rows_get_number(from, id, "start_us");
	const char *person = rollstat_rows_get_text(from, id, "person");
	if (start_us < query->from_us || start_us >= query->to_us ||
	    (query->person != NULL && g_strcmp0(person, query->person) != 0))
		return;
	json_object *row = json_object_new_object();
	json_object *seconds = json_object_array_get_idx(from, rollstat_rows_find(id, "seconds"));
	json_object_object_add(row, "person", rollstat_json_new_text(person));
	json_object_object_add(
		row, "movement",
		rollstat_json_new_text(rollstat_rows_get_text(from, id, "movement")));
	json_object_object_add(row, "start", rollstat_json_new_time(start_us));
	json_object_object_add(row, "seconds",
			       rollstat_json_new_number(json_object_get_double(seconds), 3));
	rollstat_table_add(table, row);
}

static gboolean
put_exercises(RollstatExport *export, GError **error)
{
	g_auto(RollstatRowsPort) port = {.db = export->db};
	g_autoptr(json_object) rows = rollstat_rows_read(&port, ROLLSTAT_TABLE_EXERCISE, 0, error);
	g_autoptr(GString) text = g_string_new(NULL);
	RollstatTable table = rollstat_table_begin(text, TRUE);
	if (rows == NULL)
		return FALSE;
	for (gsize i = 0; i < json_object_array_length(rows); i++)
		add_exercise(export, json_object_array_get_idx(rows, i), &table);
	rollstat_table_end(&table);
	return put_file(export, "exercises.csv", text, error);
}

gboolean
rollstat_export_csv(RollstatExport *export, GError **error)
{
	RollstatQuery query = export->query;
	query.rows = ROLLSTAT_ROWS_PASSES | ROLLSTAT_ROWS_HOLDS;
	g_autoptr(RollstatHistory) history = rollstat_history_load(export->db, &query, error);
	if (history == NULL)
		return FALSE;
	export->sessions = history->sessions->len;
	return put_table(export, history, "sessions.csv", rollstat_json_add_sessions, error) &&
	       put_table(export, history, "zones.csv", add_zones, error) &&
	       put_table(export, history, "passes.csv", rollstat_json_add_passes, error) &&
	       put_table(export, history, "holds.csv", rollstat_json_add_holds, error) &&
	       put_exercises(export, error);
}
