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

/* The names of the fields, or their values. */
static void
append_line(GString *out, json_object *row, gboolean is_names)
{
	struct json_object_iterator at = json_object_iter_begin(row);
	struct json_object_iterator end = json_object_iter_end(row);
	const char *comma = "";
	for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at)) {
		json_object *value = json_object_iter_peek_value(&at);
		gboolean is_text = is_names || json_object_is_type(value, json_type_string);
		if (!is_field(value))
			continue;
		g_string_append(out, comma);
		if (is_names)
			append_field(out, json_object_iter_peek_name(&at), !is_text);
		else if (value != NULL)
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
			append_line(table->out, row, TRUE);
		append_line(table->out, row, FALSE);
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
