/* SPDX-License-Identifier: MIT
 *
 * The daemon's configuration file, for whoever writes a value into it: what a person wrote there, comments and
 * all, stays as it is. Its form is protocol/config-file.h; what the keys mean the daemon alone knows.
 */
#pragma once

#include "protocol/config-file.h"

typedef struct {
	char *text;	    /* NULL: there is no such file */
	GPtrArray *entries; /* RollConfigEntry */
} RollstatConfig;

/* Reads path; a file that is not there is empty. Returns a given one, or NULL and error. */
RollstatConfig *rollstat_config_load(const char *path, GError **error);
void rollstat_config_free(RollstatConfig *config);

/* The value of a key, NULL where it is not said; borrowed. Sections are the same in either case. */
const char *rollstat_config_get(const RollstatConfig *config, const char *section, const char *key);

/* The text with another value in it: in the key's own line, before its comment; else behind the last line of the
 * section; else in a section of its own at the end. Given. */
char *rollstat_config_dup_with(const RollstatConfig *config, const char *section, const char *key,
			       const char *value);

/* The text with an empty section at its end, unless it has one already. Given. */
char *rollstat_config_dup_with_section(const RollstatConfig *config, const char *section);

/* Puts text into the place of the file at path, at once and wholly, with the owner and mode that it has; through a
 * link, into the file that it points to. Makes its folder. text NULL: the file is removed. FALSE and error, which
 * says why. */
gboolean rollstat_config_write(const char *path, const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatConfig, rollstat_config_free)
