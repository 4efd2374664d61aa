/* SPDX-License-Identifier: MIT
 *
 * The sensor: found, tried, what it sits on; and its calibration.
 */
#include "cli/sensor/calibrate.h"
#include "cli/sensor/config-store.h"
#include "cli/setup/setup-parts.h"

#include <math.h>

enum {
	LOOKS = 40, /* of half a second */
};

/* More force than a hand that rests, less than one that presses, N. */
#define PRESS_LEAST_N 10

static const RollstatSensor *
find_streaming(const RollstatStatus *status)
{
	for (guint i = 0; status != NULL && i < status->sensors->len; i++) {
		const RollstatSensor *sensor = g_ptr_array_index(status->sensors, i);
		if (g_str_equal(sensor->link, "streaming"))
			return sensor;
	}
	return NULL;
}

/* Says it of each sensor once, and again where it changed. */
static void
say_links(const RollstatSetup *setup, GHashTable *said)
{
	for (guint i = 0; setup->status != NULL && i < setup->status->sensors->len; i++) {
		const RollstatSensor *sensor = g_ptr_array_index(setup->status->sensors, i);
		g_autofree char *label = rollstat_status_dup_label(sensor);
		g_autofree char *line = g_strdup_printf(
			"  %s: %s%s%s", label, rollstat_status_get_link_words(sensor->link),
			*sensor->detail != '\0' ? ", " : "", sensor->detail);
		if (g_hash_table_add(said, g_strdup(line)))
			rollstat_talk_say(setup->talk, "%s", line);
	}
}

static const char *
find_asking(const RollstatStatus *status)
{
	for (guint i = 0; i < status->sensors->len; i++) {
		const RollstatSensor *sensor = g_ptr_array_index(status->sensors, i);
		if (sensor->asks_pairing)
			return sensor->address;
	}
	return NULL;
}

/* NULL: none came to stream; setup->status is as of now. */
static const RollstatSensor *
look_for_it(RollstatSetup *setup)
{
	g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < LOOKS; i++) {
		rollstat_setup_look(setup, 0);
		say_links(setup, said);
		if (find_streaming(setup->status) != NULL)
			return find_streaming(setup->status);
		/* It will not change by itself. */
		if (setup->status == NULL || *setup->status->trouble != '\0' ||
		    find_asking(setup->status) != NULL)
			return NULL;
		rollstat_setup_wait();
	}
	return NULL;
}

static void
say_advice(const RollstatSetup *setup)
{
	const RollstatStatus *status = setup->status;
	if (status == NULL)
		rollstat_talk_say(setup->talk, _("rollerd does not answer any more."));
	else if (*status->trouble != '\0')
		rollstat_talk_say(setup->talk, "%s", status->trouble);
	else if (find_asking(status) != NULL)
		rollstat_talk_say(setup->talk,
				  _("It wants to be paired. In another terminal: rollstat pair %s"),
				  find_asking(status));
	else if (status->sensors->len > 0)
		rollstat_talk_say(
			setup->talk,
			_("It was heard, but sends nothing: switch it off and on, and leave "
			  "other programs\nthat hold it, also on your phone."));
	else
		rollstat_talk_say(setup->talk,
				  _("None is heard. Is it switched on and charged? Within a few "
				    "metres? Is no\nphone connected to it?"));
}

/* Whether it is a roller: as the sensor says, if the person agrees. */
static RollstatAnswer
ask_body(RollstatSetup *setup, const RollstatSensor *sensor, gboolean is_bar)
{
	for (;;) {
		g_autofree char *text = NULL;
		g_autoptr(GError) error = NULL;
		g_autofree char *section = g_strdup_printf("sensor %s", sensor->address);
		RollstatAnswer answer = rollstat_talk_ask(
			setup->talk,
			is_bar ? _("It is used as a bar. Enter: so it is; roller: no, a roller.")
			       : _("It is used as a roller. Enter: so it is; bar: no, a bar."),
			&text);
		if (answer != ROLLSTAT_ANSWER_TEXT)
			return answer;
		if (g_ascii_strcasecmp(text, "roller") != 0 && g_ascii_strcasecmp(text, "bar") != 0)
			continue;
		g_autofree char *kind = g_ascii_strdown(text, -1);
		if (!rollstat_config_store(setup->status->configuration, setup->status,
					   &(RollstatValue){section, "kind", kind}, &error))
			rollstat_setup_tell_failure(setup, error);
		return answer;
	}
}

/* The force before and while it is pressed. FALSE: no samples come, which was said. */
static gboolean
look_at(RollstatSetup *setup, const RollstatSensor *sensor, RollstatMotion *ret_motion)
{
	g_autoptr(GError) error = NULL;
	if (rollstat_motion_fetch_settled(setup->status->bus, sensor->path, ret_motion, &error))
		return TRUE;
	g_dbus_error_strip_remote_error(error);
	rollstat_setup_tell_failure(setup, error);
	return FALSE;
}

static RollstatAnswer
try_it(RollstatSetup *setup, const RollstatSensor *sensor)
{
	RollstatMotion rest, pressed;
	if (!look_at(setup, sensor, &rest))
		return ROLLSTAT_ANSWER_SKIP;
	RollstatAnswer answer = ask_body(setup, sensor, rest.is_bar);
	if (rollstat_setup_is_end(answer))
		return answer;
	if (isnan(rest.force_n)) {
		rollstat_talk_say(setup->talk, _("It has no force cell: contact is guessed from "
						 "how it turns."));
		return answer;
	}
	for (;;) {
		answer =
			rollstat_talk_wait(setup->talk, _("Press on it with your weight, and Enter "
							  "while you press."));
		if (answer != ROLLSTAT_ANSWER_ENTER)
			return answer;
		if (!look_at(setup, sensor, &pressed))
			return ROLLSTAT_ANSWER_SKIP;
		rollstat_talk_say(setup->talk, _("Force before: %.0f N, pressed: %.0f N."),
				  rest.force_n, pressed.force_n);
		if (pressed.force_n - rest.force_n >= PRESS_LEAST_N)
			break;
		rollstat_talk_say(setup->talk, _("That is hardly more. Once more, or s to skip."));
	}
	rollstat_talk_say(setup->talk, _("It feels you."));
	return answer;
}

RollstatAnswer
rollstat_setup_sensor(RollstatSetup *setup)
{
	rollstat_talk_say(setup->talk, _("\nThe sensor: switch it on and bring it near."));
	if (setup->status == NULL) {
		rollstat_talk_say(setup->talk, _("Without rollerd it cannot be heard: skipped."));
		return ROLLSTAT_ANSWER_SKIP;
	}
	for (;;) {
		RollstatAnswer answer =
			rollstat_talk_wait(setup->talk, _("Enter: look for it, for 20 s."));
		if (answer != ROLLSTAT_ANSWER_ENTER) {
			setup->n_undone += answer == ROLLSTAT_ANSWER_SKIP;
			return answer;
		}
		const RollstatSensor *sensor = look_for_it(setup);
		if (sensor != NULL) {
			g_autofree char *label = rollstat_status_dup_label(sensor);
			rollstat_talk_say(setup->talk, _("Found: %s."), label);
			return try_it(setup, sensor);
		}
		say_advice(setup);
		if (setup->status == NULL)
			return ROLLSTAT_ANSWER_SKIP;
	}
}

RollstatAnswer
rollstat_setup_calibration(RollstatSetup *setup)
{
	g_autoptr(GError) error = NULL;
	if (setup->status == NULL || find_streaming(setup->status) == NULL)
		return ROLLSTAT_ANSWER_SKIP;
	rollstat_talk_say(
		setup->talk,
		_("\nThe calibration: zero of the force cells, which way is toward the feet, "
		  "the\nradius. It takes two minutes and a tape; later it is rollstat "
		  "calibrate."));
	RollstatAnswer answer =
		rollstat_talk_wait(setup->talk, _("Enter: calibrate now, s: later."));
	if (answer != ROLLSTAT_ANSWER_ENTER)
		return answer;
	/* What is in use may have changed by what was stored. */
	rollstat_setup_look(setup, 0);
	const RollstatSensor *sensor = find_streaming(setup->status);
	if (sensor == NULL)
		say_advice(setup);
	else if (!rollstat_calibrate(setup->talk, setup->status, sensor->address, &error))
		rollstat_setup_tell_failure(setup, error);
	return answer;
}
