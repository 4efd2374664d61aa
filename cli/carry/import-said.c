/* SPDX-License-Identifier: MIT
 *
 * Sensors, and what persons said.
 */
#include "cli/carry/import-parts.h"
#include "protocol/capture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the newer of the two knows counts, where it knows it. */
#define NEWER(column, n)                                                                           \
#column " = CASE WHEN ?9 > last_us THEN coalesce(" #n ", " #column ") "                    \
		"ELSE coalesce(" #column ", " #n ") END, "

static const char renew_sensor[] =
	"UPDATE sensor SET " NEWER(codec, ?2) NEWER(name, ?3) NEWER(manufacturer, ?4) NEWER(model, ?5)
		NEWER(firmware, ?6) NEWER(battery_pct, ?7) "first_us = min(first_us, ?8), "
							   "last_us = max(last_us, ?9) "
							   "WHERE address = ?1";

static gboolean
is_address(const char *text)
{
	RollValue value;
	const char *fault = NULL;
	g_autofree char *line =
		g_strdup_printf("0 %s 526f6c6c-0002-4265-a173-746965426172 00", text);
	return roll_capture_parse_line(line, strlen(line), &value, &fault) == ROLL_LINE_VALUE &&
	       g_str_equal(value.address, text);
}

static gboolean
take_nickname(RollstatImport *import, gint64 sensor, json_object *nickname, GError **error)
{
	gint64 there = 0;
	g_autofree char *sql = g_strdup_printf("SELECT 1 FROM nickname WHERE name = ?1 "
					       "OR sensor = %" G_GINT64_FORMAT,
					       sensor);
	if (!json_object_is_type(nickname, json_type_array))
		return rollstat_import_refuse(error, _("nickname is a list"));
	/* A name that another sensor has here stays with it. */
	if (!rollstat_import_find(import, sql, nickname, &there, error))
		return FALSE;
	if (there != 0)
		return TRUE;
	import->counts.nicknames++;
	return rollstat_rows_add(&import->port, ROLLSTAT_TABLE_NICKNAME, &sensor, nickname, error);
}

static gboolean
put_sensor(RollstatImport *import, json_object *row, gint64 *ret_id, GError **error)
{
	static const char find[] = "SELECT id FROM sensor WHERE address = ?1";
	gint64 nothing = 0;
	if (!rollstat_import_find(import, find, row, ret_id, error))
		return FALSE;
	if (*ret_id != 0)
		return rollstat_import_find(import, renew_sensor, row, &nothing, error);
	import->counts.sensors++;
	return rollstat_rows_add(&import->port, ROLLSTAT_TABLE_SENSOR, NULL, row, error) &&
	       rollstat_import_find(import, find, row, ret_id, error);
}

gboolean
rollstat_import_take_sensor(RollstatImport *import, json_object *record, GError **error)
{
	json_object *row = rollstat_import_get(record, "sensor", json_type_array);
	json_object *nickname = NULL;
	const char *address = rollstat_rows_get_text(row, ROLLSTAT_TABLE_SENSOR, "address");
	gint64 *id = NULL;
	if (address == NULL || !is_address(address))
		return rollstat_import_refuse(error, _("a sensor begins with its address"));
	id = g_new0(gint64, 1);
	g_hash_table_replace(import->sensors, g_strdup(address), id);
	if (!put_sensor(import, row, id, error))
		return FALSE;
	json_object_object_get_ex(record, "nickname", &nickname);
	return nickname == NULL || take_nickname(import, *id, nickname, error);
}

#define FIND_PERSON "SELECT 1 FROM person WHERE name = ?1"
#define FIND_EXERCISE "SELECT 1 FROM exercise WHERE start_us = ?1 AND person = ?2 AND movement = ?3"
#define FIND_GOAL                                                                                  \
	"SELECT 1 FROM goal WHERE person = ?2 AND zone IS ?3 AND unit = ?4 AND period = ?6"

gboolean
rollstat_import_take_said(RollstatImport *import, RollstatTableId table, json_object *row,
			  GError **error)
{
	/* By the columns of rows.c. What is there with other figures was changed here: that counts. */
	static const char *const finds[ROLLSTAT_TABLES] = {
		[ROLLSTAT_TABLE_PERSON] = FIND_PERSON,
		[ROLLSTAT_TABLE_EXERCISE] = FIND_EXERCISE,
		[ROLLSTAT_TABLE_GOAL] = FIND_GOAL,
	};
	gint64 there = 0;
	if (!json_object_is_type(row, json_type_array))
		return rollstat_import_refuse(error, _("%s is a list"),
					      rollstat_carried[table].name);
	if (!rollstat_import_find(import, finds[table], row, &there, error))
		return FALSE;
	if (there != 0)
		return TRUE;
	if (!rollstat_rows_add(&import->port, table, NULL, row, error))
		return FALSE;
	import->counts.persons += table == ROLLSTAT_TABLE_PERSON;
	import->counts.exercises += table == ROLLSTAT_TABLE_EXERCISE;
	import->counts.goals += table == ROLLSTAT_TABLE_GOAL;
	return TRUE;
}
