/* SPDX-License-Identifier: MIT
 *
 * Errors in words: of a command line that cannot be taken (rollstat ends with ROLLSTAT_EXIT_USAGE), and any other.
 */
#pragma once

#include <glib.h>

typedef enum {
	ROLLSTAT_USAGE_ERROR_WRONG, /* the message says what is right */
} RollstatUsageError;

#define ROLLSTAT_USAGE_ERROR (rollstat_usage_error_quark())
GQuark rollstat_usage_error_quark(void);

/* A name or path as it has to be typed in a command: in quotes where a shell would not take it as one word; given. */
char *rollstat_usage_dup_word(const char *name);

/* Sets it. Returns FALSE, for tail calls. */
gboolean rollstat_usage_fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The same for what failed otherwise (G_IO_ERROR_FAILED). */
gboolean rollstat_fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
