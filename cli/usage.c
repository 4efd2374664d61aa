/* SPDX-License-Identifier: MIT */
#include "cli/usage.h"

#include <gio/gio.h>

G_DEFINE_QUARK(rollstat - usage - error - quark, rollstat_usage_error)

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
