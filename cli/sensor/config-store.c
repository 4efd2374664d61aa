/* SPDX-License-Identifier: MIT */
#include "cli/sensor/config-store.h"

#include "cli/sensor/config-edit.h"

#include <glib/gi18n-lib.h>

enum {
	RELOAD_WITHIN_MS = 60000, /* it reads the open sessions anew */
};

/* An error of the daemon's own, not one of the way to it. */
static gboolean
is_answer(const GError *error)
{
	g_autofree char *name = g_dbus_error_get_remote_error(error);
	return name != NULL && g_str_has_prefix(name, "org.rollerd1.Error.");
}

gboolean
rollstat_config_reload(const RollstatStatus *status, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autoptr(GVariant) reply = g_dbus_connection_call_sync(
		status->bus, "org.rollerd1", "/org/rollerd1", "org.rollerd1", "Reload", NULL, NULL,
		G_DBUS_CALL_FLAGS_NO_AUTO_START, RELOAD_WITHIN_MS, NULL, &cause);
	if (reply != NULL)
		return TRUE;
	gboolean is_refusal = is_answer(cause);
	g_dbus_error_strip_remote_error(cause);
	if (is_refusal)
		g_set_error_literal(error, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_INVALID,
				    cause->message);
	else
		g_set_error(error, ROLLSTAT_STATUS_ERROR, ROLLSTAT_STATUS_ERROR_ABSENT,
			    _("rollerd does not answer any more: %s"), cause->message);
	return FALSE;
}

gboolean
rollstat_config_store(const char *path, const RollstatStatus *status, const RollstatValue *value,
		      GError **error)
{
	g_autoptr(GError) refusal = NULL;
	g_autoptr(GError) trouble = NULL;
	g_autoptr(RollstatConfig) before = rollstat_config_load(path, error);
	if (before == NULL)
		return FALSE;
	g_autofree char *text = value->key == NULL
					? rollstat_config_dup_with_section(before, value->section)
					: rollstat_config_dup_with(before, value->section,
								   value->key, value->value);
	if (!rollstat_config_write(path, text, error))
		return FALSE;
	if (status == NULL || rollstat_config_reload(status, &refusal))
		return TRUE;
	if (!rollstat_config_write(path, before->text, &trouble))
		g_prefix_error(&refusal, _("the file could not be put back (%s): "),
			       trouble->message);
	g_propagate_error(error, g_steal_pointer(&refusal));
	return FALSE;
}
