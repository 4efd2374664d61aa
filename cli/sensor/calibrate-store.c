/* SPDX-License-Identifier: MIT */
#include "cli/sensor/calibrate-parts.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
	RELOAD_WITHIN_MS = 60000, /* it reads the open sessions anew */
};

void
rollstat_calibrate_lose(RollstatWalk *walk, GError *error)
{
	g_dbus_error_strip_remote_error(error);
	g_clear_error(&walk->error);
	g_set_error(&walk->error, ROLLSTAT_STATUS_ERROR, ROLLSTAT_STATUS_ERROR_ABSENT,
		    _("rollerd does not answer any more: %s"), error->message);
	g_error_free(error);
}

/* An error of the daemon's own, not one of the way to it. */
static gboolean
is_answer(const GError *error)
{
	g_autofree char *name = g_dbus_error_get_remote_error(error);
	return name != NULL && g_str_has_prefix(name, "org.rollerd1.Error.");
}

gboolean
rollstat_calibrate_reload(const RollstatStatus *status, GError **error)
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

/* Adds a line to those that the person has to write. */
static void
keep_for_hand(RollstatWalk *walk, const RollstatValue *value, const char *why)
{
	RollstatConfig config = {.text = walk->by_hand};
	config.entries =
		roll_config_file_parse("", walk->by_hand != NULL ? walk->by_hand : "", NULL);
	char *lines = rollstat_config_dup_with(&config, value->section, value->key, value->value);
	g_ptr_array_unref(config.entries);
	g_free(walk->by_hand);
	walk->by_hand = lines;
	if (walk->why_by_hand == NULL)
		walk->why_by_hand = g_strdup(why);
	rollstat_talk_say(walk->talk, _("It could not be stored: %s."), why);
}

/* Writes it and has it read; the text before it is put back where it is not taken. */
static gboolean
write_and_reload(const RollstatStatus *status, const RollstatValue *value, GError **error)
{
	const char *path = status->configuration;
	g_autoptr(GError) refusal = NULL;
	g_autoptr(GError) trouble = NULL;
	g_autoptr(RollstatConfig) before = rollstat_config_load(path, error);
	if (before == NULL)
		return FALSE;
	g_autofree char *text =
		rollstat_config_dup_with(before, value->section, value->key, value->value);
	if (!rollstat_config_write(path, text, error))
		return FALSE;
	if (rollstat_calibrate_reload(status, &refusal))
		return TRUE;
	if (!rollstat_config_write(path, before->text, &trouble))
		g_prefix_error(&refusal, _("the file could not be put back (%s): "),
			       trouble->message);
	g_propagate_error(error, g_steal_pointer(&refusal));
	return FALSE;
}

gboolean
rollstat_calibrate_store(RollstatWalk *walk, const RollstatValue *value)
{
	g_autoptr(GError) error = NULL;
	if (write_and_reload(walk->status, value, &error)) {
		walk->n_stored++;
		rollstat_talk_say(walk->talk, _("Stored: [%s] %s=%s"), value->section, value->key,
				  value->value);
		return TRUE;
	}
	if (error->domain == ROLLSTAT_STATUS_ERROR) {
		g_propagate_error(&walk->error, g_steal_pointer(&error));
	} else if (error->domain == ROLL_CONFIG_ERROR) {
		walk->n_refused++;
		rollstat_talk_say(walk->talk, _("Not stored, since rollerd would refuse it: %s"),
				  error->message);
	} else {
		keep_for_hand(walk, value, error->message);
	}
	return FALSE;
}

double
rollstat_calibrate_get_stored(const RollstatWalk *walk, const char *section, const char *key)
{
	g_autoptr(RollstatConfig) config = rollstat_config_load(walk->status->configuration, NULL);
	const char *text = config != NULL ? rollstat_config_get(config, section, key) : NULL;
	double number = NAN;
	return text != NULL && rollstat_talk_read_number(text, "", &number) ? number : NAN;
}

gboolean
rollstat_calibrate_look(RollstatWalk *walk, RollstatMotion *ret_motion)
{
	GError *error = NULL;
	if (rollstat_motion_fetch_settled(walk->status->bus, walk->sensor->path, ret_motion,
					  &error))
		return TRUE;
	if (error->domain == ROLLSTAT_MOTION_ERROR) {
		rollstat_talk_say(walk->talk, _("%s: is it switched on, and near?"),
				  error->message);
		g_error_free(error);
	} else {
		rollstat_calibrate_lose(walk, error);
	}
	return FALSE;
}

gboolean
rollstat_calibrate_is_end(RollstatAnswer answer)
{
	return answer == ROLLSTAT_ANSWER_QUIT || answer == ROLLSTAT_ANSWER_END;
}
