/* SPDX-License-Identifier: MIT */
#include "cli/sensor/config-edit.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

RollstatConfig *
rollstat_config_load(const char *path, GError **error)
{
	g_autoptr(RollstatConfig) config = g_new0(RollstatConfig, 1);
	g_autoptr(GError) cause = NULL;
	if (!g_file_get_contents(path, &config->text, NULL, &cause) &&
	    !g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
		g_propagate_prefixed_error(error, g_steal_pointer(&cause),
					   _("reading the configuration: "));
		return NULL;
	}
	config->entries =
		roll_config_file_parse(path, config->text != NULL ? config->text : "", error);
	return config->entries != NULL ? g_steal_pointer(&config) : NULL;
}

void
rollstat_config_free(RollstatConfig *config)
{
	if (config == NULL)
		return;
	g_free(config->text);
	g_clear_pointer(&config->entries, g_ptr_array_unref);
	g_free(config);
}

/* The entry of a key, or with key NULL the last one of the section; NULL where there is none. */
static const RollConfigEntry *
find_entry(const RollstatConfig *config, const char *section, const char *key)
{
	const RollConfigEntry *found = NULL;
	for (guint i = 0; i < config->entries->len; i++) {
		const RollConfigEntry *entry = g_ptr_array_index(config->entries, i);
		if (g_ascii_strcasecmp(entry->section, section) == 0 &&
		    (key == NULL || g_strcmp0(entry->key, key) == 0))
			found = entry;
	}
	return found;
}

const char *
rollstat_config_get(const RollstatConfig *config, const char *section, const char *key)
{
	const RollConfigEntry *entry = find_entry(config, section, key);
	return entry != NULL ? entry->value : NULL;
}

/* A line "key = value   # comment" with another value; the comment stays in its column where there is room. */
static char *
dup_line_with(const char *line, const char *value)
{
	gsize comment = roll_config_file_find_comment(line);
	gsize begin = (gsize)(strchr(line, '=') - line) + 1;
	while (begin < comment && g_ascii_isspace(line[begin]))
		begin++;
	gsize end = comment;
	while (end > begin && g_ascii_isspace(line[end - 1]))
		end--;
	g_autoptr(GString) changed = g_string_new_len(line, (gssize)begin);
	g_string_append(changed, value);
	if (line[comment] == '\0')
		g_string_append(changed, line + end);
	else
		do
			g_string_append_c(changed, ' ');
		while (changed->len < comment);
	g_string_append(changed, line + comment);
	return g_string_free(g_steal_pointer(&changed), FALSE);
}

char *
rollstat_config_dup_with(const RollstatConfig *config, const char *section, const char *key,
			 const char *value)
{
	const char *text = config->text != NULL ? config->text : "";
	const RollConfigEntry *entry = find_entry(config, section, key);
	const RollConfigEntry *last = find_entry(config, section, NULL);
	if (last == NULL)
		return g_strdup_printf("%s%s%s[%s]\n%s=%s\n", text,
				       *text == '\0' || g_str_has_suffix(text, "\n") ? "" : "\n",
				       *text == '\0' ? "" : "\n", section, key, value);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	guint at = (entry != NULL ? entry : last)->line - 1;
	char *changed = entry != NULL ? dup_line_with(lines[at], value)
				      : g_strdup_printf("%s\n%s=%s", lines[at], key, value);
	g_free(lines[at]);
	lines[at] = changed;
	return g_strjoinv("\n", lines);
}

char *
rollstat_config_dup_with_section(const RollstatConfig *config, const char *section)
{
	const char *text = config->text != NULL ? config->text : "";
	if (find_entry(config, section, NULL) != NULL)
		return g_strdup(text);
	return g_strdup_printf("%s%s%s[%s]\n", text,
			       *text == '\0' || g_str_has_suffix(text, "\n") ? "" : "\n",
			       *text == '\0' ? "" : "\n", section);
}

static gboolean
fail(const char *path, const char *why, GError **error)
{
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("writing %s: %s"), path, why);
	return FALSE;
}

gboolean
rollstat_config_write(const char *path, const char *text, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *resolved = realpath(path, NULL);
	const char *target = resolved != NULL ? resolved : path;
	g_autofree char *folder = g_path_get_dirname(target);
	if (text == NULL)
		return g_unlink(target) == 0 || fail(path, g_strerror(errno), error);
	/* In a folder that may not be written, GIO would write into the file itself, which may end half-way. */
	if (g_mkdir_with_parents(folder, 0755) != 0 || access(folder, W_OK) != 0)
		return fail(path, g_strerror(errno), error);
	g_autoptr(GFile) file = g_file_new_for_path(target);
	return g_file_replace_contents(file, text, strlen(text), NULL, FALSE, G_FILE_CREATE_NONE,
				       NULL, NULL, &cause) ||
	       fail(path, cause->message, error);
}
