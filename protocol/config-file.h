/* SPDX-License-Identifier: MIT
 *
 * The text of the configuration as entries: sections, keys and values with the lines they stand in. It
 * knows the form of the file and none of its keys. The form is that of a GLib key file with three
 * strictnesses and one ease: a section or key that comes twice is an error, as is a backslash escape or
 * a localised key; and a comment may also follow a section or a value, after a blank.
 */
#pragma once

#include <gio/gio.h>

typedef enum {
	ROLL_CONFIG_ERROR_ABSENT,  /* a file that was asked for is not there */
	ROLL_CONFIG_ERROR_INVALID, /* it breaks the rules above */
} RollConfigError;

#define ROLL_CONFIG_ERROR (roll_config_error_quark())
GQuark roll_config_error_quark(void);

/* key NULL: the line that begins a section. All strings are owned by the entry. */
typedef struct {
	char *section; /* as written, without brackets, blanks folded into one */
	char *key;
	char *value; /* without comment and surrounding blanks; may be empty */
	guint line;  /* from 1 */
} RollConfigEntry;

/* Takes text (NUL-ended UTF-8) apart. path: named in errors. Returns a given array of RollConfigEntry *, in
 * order of the file, that frees its entries; or NULL and ROLL_CONFIG_ERROR_INVALID. */
GPtrArray *roll_config_file_parse(const char *path, const char *text, GError **error);

/* Where the comment of a line begins (at a "#" that stands first or after a blank: "me#2" is a name, "me # two" is
 * not), or where the line ends, counted in bytes from its beginning. */
gsize roll_config_file_find_comment(const char *line);

/* Sets ROLL_CONFIG_ERROR_INVALID: "PATH:LINE: [section] key=value: PROBLEM". Returns FALSE, for tail calls. */
gboolean roll_config_file_fail(const char *path, const RollConfigEntry *entry, GError **error,
			       const char *format, ...) G_GNUC_PRINTF(4, 5);
