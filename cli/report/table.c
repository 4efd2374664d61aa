/* SPDX-License-Identifier: MIT */
#include "cli/report/table.h"

#include "cli/style.h"

#include <string.h>

RollstatTable
rollstat_table_begin(GString *out, gboolean is_csv)
{
	if (!is_csv)
		g_string_append_c(out, '[');
	return (RollstatTable){.out = out, .is_csv = is_csv};
}

/* A name of a sensor may hold anything; in JSON it is escaped. */
static void
append_field(GString *out, const char *raw, gboolean is_number)
{
	const RollstatStyle style = {.has_utf8 = TRUE};
	g_autofree char *text = rollstat_style_dup_clean(&style, raw);
	/* Spreadsheets run what begins so; a number may have its minus. */
	gboolean is_formula = !is_number && *text != '\0' && strchr("=+-@", *text) != NULL;
	gboolean is_quoted = strpbrk(text, ",\"") != NULL;
	if (is_quoted)
		g_string_append_c(out, '"');
	if (is_formula)
		g_string_append_c(out, '\'');
	for (const char *letter = text; *letter != '\0'; letter++) {
		if (*letter == '"')
			g_string_append_c(out, '"');
		g_string_append_c(out, *letter);
	}
	if (is_quoted)
		g_string_append_c(out, '"');
}

static gboolean
is_field(json_object *value)
{
	return !json_object_is_type(value, json_type_object) &&
	       !json_object_is_type(value, json_type_array);
}

static void
append_names(GString *out, json_object *row)
{
	const char *comma = "";
	json_object_object_foreach(row, name, value)
	{
		if (!is_field(value))
			continue;
		g_string_append(out, comma);
		append_field(out, name, FALSE);
		comma = ",";
	}
	g_string_append_c(out, '\n');
}

static void
append_values(GString *out, json_object *row)
{
	const char *comma = "";
	json_object_object_foreach(row, name, value)
	{
		(void)name; /* stands in the first line */
		if (!is_field(value))
			continue;
		gboolean is_text = json_object_is_type(value, json_type_string);
		g_string_append(out, comma);
		if (value != NULL)
			append_field(out, json_object_get_string(value), !is_text);
		comma = ",";
	}
	g_string_append_c(out, '\n');
}

static void
append_json(RollstatTable *table, json_object *row)
{
	g_string_append(table->out, table->has_rows ? ",\n " : "\n ");
	g_string_append(table->out,
			json_object_to_json_string_ext(
				row, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}

void
rollstat_table_add(RollstatTable *table, json_object *row)
{
	if (!table->is_csv) {
		append_json(table, row);
	} else {
		if (!table->has_rows)
			append_names(table->out, row);
		append_values(table->out, row);
	}
	table->has_rows = TRUE;
	json_object_put(row);
}

void
rollstat_table_end(RollstatTable *table)
{
	if (!table->is_csv)
		g_string_append(table->out, table->has_rows ? "\n]\n" : "]\n");
}
