/* SPDX-License-Identifier: MIT */
#include "cli/report/json.h"

#include <math.h>

json_object *
rollstat_json_new_number(double value, int decimals)
{
	if (!isfinite(value))
		return NULL;
	double least = 0.5 * pow(10, -decimals);
	g_autofree char *text = g_strdup_printf("%.*f", decimals, fabs(value) < least ? 0 : value);
	return json_object_new_double_s(value, text);
}

json_object *
rollstat_json_new_time(gint64 t_us)
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT ".%06d", t_us / G_USEC_PER_SEC,
						(int)(t_us % G_USEC_PER_SEC));
	return json_object_new_double_s((double)t_us / G_USEC_PER_SEC, text);
}

json_object *
rollstat_json_new_text(const char *text)
{
	return text != NULL ? json_object_new_string(text) : NULL;
}

void
rollstat_json_append(json_object *object, GString *out)
{
	g_string_append(out,
			json_object_to_json_string_ext(
				object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
	g_string_append_c(out, '\n');
	json_object_put(object);
}

static json_object *
new_seconds(double seconds)
{
	return rollstat_json_new_number(seconds, 3);
}

static json_object *
new_cm(double cm)
{
	return rollstat_json_new_number(cm, 2);
}

static json_object *
new_newtons(double newtons, gboolean has_newtons)
{
	return has_newtons ? rollstat_json_new_number(newtons, 1) : NULL;
}

static void
add(json_object *object, const char *key, json_object *value)
{
	json_object_object_add(object, key, value);
}

void
rollstat_json_add_sessions(const RollstatHistory *history, RollstatTable *table)
{
	for (guint i = 0; i < history->sessions->len; i++) {
		const RollstatSession *session =
			&g_array_index(history->sessions, RollstatSession, i);
		json_object *row = json_object_new_object();
		add(row, "session", json_object_new_int64(session->id));
		add(row, "sensor", rollstat_json_new_text(session->address));
		add(row, "sensor_name", rollstat_json_new_text(session->sensor_name));
		add(row, "person", rollstat_json_new_text(session->person));
		add(row, "kind", rollstat_json_new_text(session->kind));
		add(row, "start", rollstat_json_new_time(session->start_us));
		add(row, "end", rollstat_json_new_time(session->end_us));
		add(row, "loaded_s", new_seconds(session->loaded_s));
		add(row, "passes", json_object_new_int64(session->passes));
		add(row, "holds", json_object_new_int64(session->holds));
		add(row, "lost_s", new_seconds(session->lost_s));
		add(row, "unsure_s", new_seconds(session->unsure_s));
		add(row, "unplaced_s", new_seconds(session->unplaced_s));
		rollstat_table_add(table, row);
	}
}

static json_object *
new_pass(const RollstatSession *session, const RollstatPass *pass)
{
	json_object *row = json_object_new_object();
	add(row, "session", json_object_new_int64(session->id));
	add(row, "start", rollstat_json_new_time(pass->start_us));
	add(row, "end", rollstat_json_new_time(pass->end_us));
	add(row, "from_cm", new_cm(pass->from_cm));
	add(row, "to_cm", new_cm(pass->to_cm));
	add(row, "direction", json_object_new_string(pass->to_cm > pass->from_cm ? "down" : "up"));
	add(row, "mean_n", new_newtons(pass->mean_n, session->has_newtons));
	add(row, "peak_n", new_newtons(pass->peak_n, session->has_newtons));
	add(row, "cut", json_object_new_boolean(pass->is_cut));
	add(row, "uncertainty_cm", new_cm(pass->uncertainty_cm));
	return row;
}

void
rollstat_json_add_passes(const RollstatHistory *history, RollstatTable *table)
{
	for (guint i = 0; i < history->sessions->len; i++) {
		const RollstatSession *session =
			&g_array_index(history->sessions, RollstatSession, i);
		for (guint k = 0; k < session->pass_rows.n; k++)
			rollstat_table_add(
				table,
				new_pass(session, &g_array_index(history->passes, RollstatPass,
								 session->pass_rows.first + k)));
	}
}

static json_object *
new_hold(const RollstatHistory *history, const RollstatSession *session, const RollstatHold *hold)
{
	const char *zone = rollstat_history_find_zone(history, session, hold->at_cm);
	json_object *row = json_object_new_object();
	add(row, "session", json_object_new_int64(session->id));
	add(row, "start", rollstat_json_new_time(hold->start_us));
	add(row, "end", rollstat_json_new_time(hold->end_us));
	add(row, "at_cm", new_cm(hold->at_cm));
	add(row, "zone", rollstat_json_new_text(zone));
	add(row, "mean_n", new_newtons(hold->mean_n, session->has_newtons));
	add(row, "peak_n", new_newtons(hold->peak_n, session->has_newtons));
	add(row, "cut", json_object_new_boolean(hold->is_cut));
	add(row, "uncertainty_cm", new_cm(hold->uncertainty_cm));
	return row;
}

void
rollstat_json_add_holds(const RollstatHistory *history, RollstatTable *table)
{
	for (guint i = 0; i < history->sessions->len; i++) {
		const RollstatSession *session =
			&g_array_index(history->sessions, RollstatSession, i);
		for (guint k = 0; k < session->hold_rows.n; k++)
			rollstat_table_add(table,
					   new_hold(history, session,
						    &g_array_index(history->holds, RollstatHold,
								   session->hold_rows.first + k)));
	}
}

void
rollstat_json_add_devices(const RollstatDevices *devices, RollstatTable *table)
{
	for (guint i = 0; i < devices->devices->len; i++) {
		const RollstatDevice *device = &g_array_index(devices->devices, RollstatDevice, i);
		json_object *row = json_object_new_object();
		add(row, "address", rollstat_json_new_text(device->address));
		add(row, "name", rollstat_json_new_text(device->name));
		add(row, "manufacturer", rollstat_json_new_text(device->manufacturer));
		add(row, "model", rollstat_json_new_text(device->model));
		add(row, "firmware", rollstat_json_new_text(device->firmware));
		add(row, "decoder", rollstat_json_new_text(device->codec));
		add(row, "battery_pct",
		    device->battery_pct >= 0 ? json_object_new_int(device->battery_pct) : NULL);
		add(row, "sessions", json_object_new_int64(device->sessions));
		add(row, "first", rollstat_json_new_time(device->first_us));
		add(row, "last", rollstat_json_new_time(device->last_us));
		add(row, "nickname", rollstat_json_new_text(device->nickname));
		add(row, "paired", json_object_new_boolean(device->is_paired));
		rollstat_table_add(table, row);
	}
}
