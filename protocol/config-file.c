/* SPDX-License-Identifier: MIT */
#include "protocol/config-file.h"

#include <string.h>

GQuark
roll_config_error_quark(void)
{
	return g_quark_from_static_string("roll-config-error-quark");
}

static void
free_entry(gpointer data)
{
	RollConfigEntry *entry = data;

	g_free(entry->section);
	g_free(entry->key);
	g_free(entry->value);
	g_free(entry);
}

/* What the file holds does not reach the terminal as it is. */
static void
hide_controls(char *text)
{
	for (char *at = text; *at; at++) {
		if (g_ascii_iscntrl(*at))
			*at = '?';
	}
}

gboolean
roll_config_file_fail(const char *path, const RollConfigEntry *entry, GError **error,
		      const char *format, ...)
{
	g_autofree char *problem = NULL;
	g_autoptr(GString) where = g_string_new(path);
	va_list args;

	va_start(args, format);
	problem = g_strdup_vprintf(format, args);
	va_end(args);
	g_string_append_printf(where, ":%u", entry->line);
	if (entry->section)
		g_string_append_printf(where, ": [%s]", entry->section);
	if (entry->key)
		g_string_append_printf(where, " %s=%s", entry->key, entry->value);
	g_string_append_printf(where, ": %s", problem);
	hide_controls(where->str);
	g_set_error_literal(error, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_INVALID, where->str);
	return FALSE;
}

gsize
roll_config_file_find_comment(const char *line)
{
	gsize at = 0;

	while (line[at] && !(line[at] == '#' && (at == 0 || g_ascii_isspace(line[at - 1]))))
		at++;
	return at;
}

static char *
fold_blanks(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
	g_autoptr(GString) folded = g_string_new(NULL);

	for (guint i = 0; words[i]; i++) {
		if (*words[i])
			g_string_append_printf(folded, "%s%s", folded->len > 0 ? " " : "",
					       words[i]);
	}
	return g_string_free(g_steal_pointer(&folded), FALSE);
}

/* Sensors' addresses may be written in either case; so is a section the same in either case. */
static const RollConfigEntry *
find_twin(const GPtrArray *entries, const RollConfigEntry *entry)
{
	for (guint i = 0; i < entries->len; i++) {
		const RollConfigEntry *other = entries->pdata[i];

		if (g_ascii_strcasecmp(other->section, entry->section) == 0 &&
		    g_strcmp0(other->key, entry->key) == 0)
			return other;
	}
	return NULL;
}

static gboolean
read_section(const char *path, const char *line, RollConfigEntry *entry, GError **error)
{
	size_t n_chars = strlen(line);
	g_autofree char *inside = NULL;

	if (line[n_chars - 1] != ']')
		return roll_config_file_fail(path, entry, error,
					     "\"%s\" has no closing bracket: allowed is [section]",
					     line);
	inside = g_strndup(line + 1, n_chars - 2);
	entry->section = fold_blanks(inside);
	return TRUE;
}

static gboolean
read_pair(const char *path, const char *line, RollConfigEntry *entry, GError **error)
{
	const char *equals = strchr(line, '=');
	g_autofree char *key = NULL;

	if (!equals)
		return roll_config_file_fail(path, entry, error,
					     "\"%s\" is none of [section], key=value and # comment",
					     line);
	if (!entry->section)
		return roll_config_file_fail(path, entry, error,
					     "\"%s\" stands before the first [section]", line);
	key = g_strndup(line, (gsize)(equals - line));
	entry->key = g_strdup(g_strstrip(key));
	entry->value = g_strstrip(g_strdup(equals + 1));
	if (!*entry->key)
		return roll_config_file_fail(path, entry, error,
					     "there is no key before the \"=\"");
	if (strchr(entry->value, '\\'))
		return roll_config_file_fail(path, entry, error,
					     "a backslash is not allowed, there are no escapes");
	return TRUE;
}

/* entry->section: of the lines above, NULL in front of the first one. */
static gboolean
read_line(const char *path, char *line, RollConfigEntry *entry, GError **error)
{
	if (*line == '[') {
		g_clear_pointer(&entry->section, g_free);
		return read_section(path, line, entry, error);
	}
	return read_pair(path, line, entry, error);
}

GPtrArray *
roll_config_file_parse(const char *path, const char *text, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(free_entry);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	const char *section = NULL;

	for (guint i = 0; lines[i]; i++) {
		RollConfigEntry *entry = NULL;
		const RollConfigEntry *twin = NULL;

		lines[i][roll_config_file_find_comment(lines[i])] = '\0';
		if (!*g_strstrip(lines[i]))
			continue;
		entry = g_new0(RollConfigEntry, 1);
		entry->line = i + 1;
		entry->section = g_strdup(section);
		if (!read_line(path, lines[i], entry, error)) {
			free_entry(entry);
			return NULL;
		}
		twin = find_twin(entries, entry);
		if (twin)
			roll_config_file_fail(path, entry, error, "stands already in line %u",
					      twin->line);
		g_ptr_array_add(entries, entry);
		if (twin)
			return NULL;
		section = entry->section;
	}
	return g_steal_pointer(&entries);
}
