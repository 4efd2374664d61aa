/* SPDX-License-Identifier: MIT */
#include "cli/usage.h"

#include <gio/gio.h>
#include <string.h>

G_DEFINE_QUARK(rollstat - usage - error - quark, rollstat_usage_error)

char *
rollstat_usage_dup_word(const char *name)
{
	gboolean is_plain = *name != '\0';
	for (const char *at = name; *at != '\0'; at++)
		is_plain = is_plain && (g_ascii_isalnum(*at) || (guchar)*at >= 0x80 ||
					strchr("._-+@:/", *at) != NULL);
	return is_plain ? g_strdup(name) : g_shell_quote(name);
}

gboolean
rollstat_usage_fail(GError **error, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error_literal(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG, message);
	return FALSE;
}

gboolean
rollstat_fail(GError **error, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, message);
	return FALSE;
}
