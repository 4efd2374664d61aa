/* SPDX-License-Identifier: MIT */
#include "cli/sensor/pair.h"

#include "cli/usage.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
	ANSWER_WITHIN_MS = 90000, /* rollerd looks for it for 20 s and pairs within 60 */
};

/* An error of the way to rollerd is told apart from one of its own. */
static gboolean
fail_as_told(GError *cause, GError **error)
{
	g_autofree char *name = g_dbus_error_get_remote_error(cause);
	gboolean is_answer = name != NULL && g_str_has_prefix(name, "org.rollerd1.Error.");
	gboolean is_old = g_error_matches(cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD);
	g_dbus_error_strip_remote_error(cause);
	if (is_answer)
		return rollstat_fail(error, "%s", cause->message);
	if (is_old)
		return rollstat_fail(
			error, _("this rollerd knows nothing of pairing: update and restart it"));
	g_set_error(error, ROLLSTAT_STATUS_ERROR, ROLLSTAT_STATUS_ERROR_ABSENT,
		    _("rollerd does not answer any more: %s"), cause->message);
	return FALSE;
}

/* FALSE and error; error NULL: it was paired already. */
static gboolean
call(const RollstatStatus *status, const RollstatSensor *sensor, const char *method, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autoptr(GVariant) reply = g_dbus_connection_call_sync(
		status->bus, "org.rollerd1", sensor->path, "org.rollerd1.Sensor", method, NULL,
		NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_WITHIN_MS, NULL, &cause);
	if (reply != NULL)
		return TRUE;
	g_autofree char *name = g_dbus_error_get_remote_error(cause);
	if (g_strcmp0(name, "org.rollerd1.Error.AlreadyPaired") == 0)
		return FALSE;
	return fail_as_told(cause, error);
}

/* Those that ask for it, borrowed, in a given array. */
static GPtrArray *
find_asking(const RollstatStatus *status)
{
	GPtrArray *asking = g_ptr_array_new();
	for (guint i = 0; i < status->sensors->len; i++) {
		const RollstatSensor *sensor = g_ptr_array_index(status->sensors, i);
		if (sensor->asks_pairing)
			g_ptr_array_add(asking, (gpointer)sensor);
	}
	return asking;
}

/* One of several. NULL: none was chosen. */
static const RollstatSensor *
ask_which(const RollstatTalk *talk, const GPtrArray *asking)
{
	RollstatNumber number = {N_("Which one? Its number, or q:"), 1, asking->len, ""};
	RollstatAnswer answer = ROLLSTAT_ANSWER_TEXT;
	double chosen = 0;
	rollstat_talk_say(talk, _("Several sensors ask to be paired:"));
	for (guint i = 0; i < asking->len; i++) {
		g_autofree char *label = rollstat_status_dup_label(g_ptr_array_index(asking, i));
		rollstat_talk_say(talk, "  %u  %s", i + 1, label);
	}
	do
		answer = rollstat_talk_ask_number(talk, &number, &chosen);
	while (answer == ROLLSTAT_ANSWER_ENTER ||
	       (answer == ROLLSTAT_ANSWER_TEXT && chosen != floor(chosen)));
	return answer == ROLLSTAT_ANSWER_TEXT ? g_ptr_array_index(asking, (guint)chosen - 1) : NULL;
}

static gboolean
fail_by_number(const GPtrArray *asking, GError **error)
{
	g_autoptr(GString) list = g_string_new(NULL);
	for (guint i = 0; i < asking->len; i++) {
		g_autofree char *label = rollstat_status_dup_label(g_ptr_array_index(asking, i));
		g_string_append_printf(list, "\n  %s", label);
	}
	if (asking->len == 0)
		return rollstat_fail(
			error, _("no sensor asks to be paired; rollstat status tells which there "
				 "are, and rollstat pair ADDRESS pairs any"));
	return rollstat_fail(
		error, _("several sensors ask to be paired: name one by its address%s"), list->str);
}

/* NULL and no error: the person has left. */
static const RollstatSensor *
choose(const RollstatPairing *pairing, const RollstatStatus *status, GError **error)
{
	if (pairing->wanted != NULL)
		return rollstat_status_find(status, pairing->wanted, error);
	g_autoptr(GPtrArray) asking = find_asking(status);
	if (asking->len == 1)
		return g_ptr_array_index(asking, 0);
	if (asking->len > 1 && pairing->talk != NULL)
		return ask_which(pairing->talk, asking);
	fail_by_number(asking, error);
	return NULL;
}

/* TRUE: yes. Anything but a plain yes is none. */
static gboolean
ask_consent(const RollstatTalk *talk, const char *label)
{
	g_autofree char *text = NULL;
	rollstat_talk_say(
		talk,
		_("Pairing with %s.\n"
		  "This machine and the sensor exchange a key, without a code: make sure that it "
		  "is\n"
		  "yours, and that nobody is near who might answer in its place. From then on "
		  "what\n"
		  "it sends is encrypted, it comes back by itself, and another device with its\n"
		  "address or its name is not heard. rollstat unpair takes it back."),
		label);
	return rollstat_talk_ask(talk, _("Pair with it? [y/N]"), &text) == ROLLSTAT_ANSWER_TEXT &&
	       rollstat_talk_is_yes(text);
}

gboolean
rollstat_pair(const RollstatPairing *pairing, const RollstatStatus *status, GError **error)
{
	if (pairing->talk == NULL && !pairing->is_yes) {
		g_set_error_literal(
			error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG,
			_("pairing needs your word, and there is no terminal to ask on: "
			  "rollstat pair --yes SENSOR"));
		return FALSE;
	}
	g_autoptr(GError) cause = NULL;
	const RollstatSensor *sensor = choose(pairing, status, &cause);
	if (cause != NULL) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return FALSE;
	}
	g_autofree char *label = sensor != NULL ? rollstat_status_dup_label(sensor) : NULL;
	if (sensor == NULL || (!pairing->is_yes && !ask_consent(pairing->talk, label))) {
		g_string_append(pairing->out, _("Nothing was paired.\n"));
		return TRUE;
	}
	if (pairing->talk != NULL)
		rollstat_talk_say(pairing->talk, _("Pairing; this may take a minute ..."));
	if (call(status, sensor, "Pair", &cause)) {
		g_string_append_printf(pairing->out, _("%s is paired, and is heard from now on.\n"),
				       label);
		return TRUE;
	}
	if (cause == NULL) {
		g_string_append_printf(
			pairing->out,
			_("%s was paired already. If it was reset since: rollstat unpair "
			  "%s, and pair again.\n"),
			label, sensor->address);
		return TRUE;
	}
	g_propagate_prefixed_error(error, g_steal_pointer(&cause), _("pairing with %s: "), label);
	return FALSE;
}

gboolean
rollstat_unpair(const RollstatPairing *pairing, const RollstatStatus *status, GError **error)
{
	const RollstatSensor *sensor = rollstat_status_find(status, pairing->wanted, error);
	if (sensor == NULL)
		return FALSE;
	g_autofree char *label = rollstat_status_dup_label(sensor);
	if (!call(status, sensor, "Unpair", error)) {
		g_prefix_error(error, _("taking the pairing with %s back: "), label);
		return FALSE;
	}
	g_string_append_printf(
		pairing->out,
		_("%s is not paired any more. Let it forget this machine, too, before it "
		  "is paired anew.\n"),
		label);
	return TRUE;
}
