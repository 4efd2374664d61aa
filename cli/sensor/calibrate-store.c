/* SPDX-License-Identifier: MIT */
#include "cli/sensor/calibrate-parts.h"

#include <glib/gi18n-lib.h>
#include <math.h>

void
rollstat_calibrate_lose(RollstatWalk *walk, GError *error)
{
	g_dbus_error_strip_remote_error(error);
	g_clear_error(&walk->error);
	g_set_error(&walk->error, ROLLSTAT_STATUS_ERROR, ROLLSTAT_STATUS_ERROR_ABSENT,
		    _("rollerd does not answer any more: %s"), error->message);
	g_error_free(error);
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

gboolean
rollstat_calibrate_store(RollstatWalk *walk, const RollstatValue *value)
{
	g_autoptr(GError) error = NULL;
	if (rollstat_config_store(walk->status->configuration, walk->status, value, &error)) {
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
