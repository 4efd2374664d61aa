/* SPDX-License-Identifier: MIT */
#include "cli/sensor/calibrate.h"
#include "cli/sensor/calibrate-parts.h"
#include "cli/usage.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
is_streaming(const RollstatSensor *sensor)
{
	return g_str_equal(sensor->link, "streaming");
}

/* One of several. NULL: none was chosen; *ret_answer says how that came. */
static const RollstatSensor *
ask_sensor(const RollstatTalk *talk, const GPtrArray *streaming, RollstatAnswer *ret_answer)
{
	RollstatNumber number = {N_("Which one? Its number:"), 1, streaming->len, ""};
	double chosen = 0;
	rollstat_talk_say(talk, _("Several sensors are streaming:"));
	for (guint i = 0; i < streaming->len; i++) {
		g_autofree char *label = rollstat_status_dup_label(g_ptr_array_index(streaming, i));
		rollstat_talk_say(talk, "  %u  %s", i + 1, label);
	}
	do
		*ret_answer = rollstat_talk_ask_number(talk, &number, &chosen);
	while (*ret_answer == ROLLSTAT_ANSWER_ENTER ||
	       (*ret_answer == ROLLSTAT_ANSWER_TEXT && chosen != floor(chosen)));
	return *ret_answer == ROLLSTAT_ANSWER_TEXT ? g_ptr_array_index(streaming, (guint)chosen - 1)
						   : NULL;
}

/* The sensor that is to be calibrated. NULL and no error: the person has left. */
static const RollstatSensor *
choose_sensor(const RollstatTalk *talk, const RollstatStatus *status, const char *wanted,
	      GError **error)
{
	g_autoptr(GPtrArray) streaming = g_ptr_array_new();
	RollstatAnswer answer = ROLLSTAT_ANSWER_TEXT;
	const RollstatSensor *sensor = NULL;
	for (guint i = 0; i < status->sensors->len; i++) {
		if (is_streaming(g_ptr_array_index(status->sensors, i)))
			g_ptr_array_add(streaming, g_ptr_array_index(status->sensors, i));
	}
	if (wanted != NULL)
		sensor = rollstat_status_find(status, wanted, error);
	else if (streaming->len == 0)
		rollstat_fail(error, _("no sensor is streaming: switch it on and bring it near.\n"
				       "rollstat status says what rollerd hears."));
	else if (streaming->len == 1)
		sensor = g_ptr_array_index(streaming, 0);
	else
		sensor = ask_sensor(talk, streaming, &answer);
	if (answer == ROLLSTAT_ANSWER_END)
		rollstat_fail(error, _("the input ended before a sensor was chosen"));
	if (sensor != NULL && !is_streaming(sensor)) {
		g_autofree char *label = rollstat_status_dup_label(sensor);
		rollstat_fail(error, _("%s is %s%s%s: switch it on and bring it near."), label,
			      rollstat_status_get_link_words(sensor->link),
			      *sensor->detail == '\0' ? "" : ", ", sensor->detail);
		return NULL;
	}
	return sensor;
}

static RollstatAnswer
tell_marker(RollstatWalk *walk)
{
	rollstat_talk_say(
		walk->talk,
		_("\nMarker: with contact at the base of the neck, press the sensor's button, or\n"
		  "tap the roller twice, and the place is set to C7. Do it whenever a session may\n"
		  "have begun elsewhere than where you usually begin."));
	return ROLLSTAT_ANSWER_TEXT;
}

typedef RollstatAnswer Step(RollstatWalk *walk);

/* Ends with how the last step ended. */
static RollstatAnswer
run_steps(RollstatWalk *walk, Step *const *steps)
{
	for (guint i = 0; steps[i] != NULL; i++) {
		RollstatAnswer answer = steps[i](walk);
		if (rollstat_calibrate_is_end(answer))
			return answer;
	}
	return ROLLSTAT_ANSWER_TEXT;
}

static RollstatAnswer
run_walk(RollstatWalk *walk)
{
	static Step *const bar[] = {rollstat_calibrate_spine, rollstat_calibrate_tare,
				    rollstat_calibrate_head_end, tell_marker, NULL};
	static Step *const roller[] = {rollstat_calibrate_spine,
				       rollstat_calibrate_tare,
				       rollstat_calibrate_side,
				       rollstat_calibrate_radius,
				       tell_marker,
				       NULL};
	static Step *const still[] = {rollstat_calibrate_spine, rollstat_calibrate_tare,
				      tell_marker, NULL};
	RollstatMotion motion;
	if (!rollstat_calibrate_look(walk, &motion)) {
		if (walk->error == NULL)
			rollstat_fail(&walk->error, _("no samples come from the sensor"));
		return ROLLSTAT_ANSWER_QUIT;
	}
	if (motion.is_bar)
		return run_steps(walk, bar);
	if (!isnan(motion.turned_deg))
		return run_steps(walk, roller);
	rollstat_talk_say(walk->talk,
			  _("This sensor has neither gyroscope nor accelerometer: its side and "
			    "radius\ncannot be measured."));
	return run_steps(walk, still);
}

static void
tell_end(const RollstatWalk *walk)
{
	if (walk->n_stored == 0) {
		rollstat_talk_say(walk->talk, _("\nNothing was changed."));
		return;
	}
	rollstat_talk_say(
		walk->talk,
		_("\nStored in %s, and in use.\n"
		  "Sessions that are over keep what they were told; to derive them anew, stop\n"
		  "rollerd, run rollerd%s --rebuild, and start it again."),
		walk->status->configuration, walk->status->is_system ? " --system" : "");
}

/* How the walk ended, as an error where there was one. */
static gboolean
end_walk(RollstatWalk *walk, RollstatAnswer answer, GError **error)
{
	if (walk->error != NULL) {
		g_propagate_error(error, g_steal_pointer(&walk->error));
		return FALSE;
	}
	tell_end(walk);
	if (walk->by_hand != NULL)
		return rollstat_fail(error,
				     _("not all could be stored: %s\n"
				       "Add these lines to %s by hand%s, then: systemctl %sreload "
				       "rollerd\n\n%s"),
				     walk->why_by_hand, walk->status->configuration,
				     walk->status->is_system ? _(" (with sudo)") : "",
				     walk->status->is_system ? "" : "--user ", walk->by_hand);
	if (walk->n_refused > 0)
		return rollstat_fail(error, _("not all was taken: see above"));
	if (answer == ROLLSTAT_ANSWER_END)
		return rollstat_fail(
			error, _("the input ended before the calibration did; what was stored "
				 "stays"));
	return TRUE;
}

/* A rollerd and a configuration that a calibration can build upon. */
static gboolean
check_ground(const RollstatTalk *talk, const RollstatStatus *status, GError **error)
{
	g_autoptr(GError) cause = NULL;
	if (talk == NULL)
		return rollstat_fail(error, _("there is nobody to ask"));
	if (*status->configuration == '\0')
		return rollstat_fail(
			error, _("rollerd %s knows nothing of calibration: update and restart it"),
			status->version);
	if (rollstat_config_reload(status, &cause))
		return TRUE;
	if (cause->domain == ROLLSTAT_STATUS_ERROR) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return FALSE;
	}
	return rollstat_fail(error,
			     _("rollerd cannot take its configuration as it is: %s\n"
			       "Correct that first."),
			     cause->message);
}

static void
clear_walk(RollstatWalk *walk)
{
	g_free(walk->section);
	g_free(walk->by_hand);
	g_free(walk->why_by_hand);
	g_clear_error(&walk->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RollstatWalk, clear_walk)

gboolean
rollstat_calibrate(const RollstatTalk *talk, const RollstatStatus *status, const char *wanted,
		   GError **error)
{
	g_auto(RollstatWalk) walk = {.talk = talk, .status = status};
	g_autoptr(GError) cause = NULL;
	if (!check_ground(talk, status, error))
		return FALSE;
	walk.sensor = choose_sensor(talk, status, wanted, &cause);
	if (walk.sensor == NULL) {
		gboolean has_left = cause == NULL;
		g_propagate_error(error, g_steal_pointer(&cause));
		return has_left;
	}
	g_autofree char *label = rollstat_status_dup_label(walk.sensor);
	walk.section = g_strdup_printf("sensor %s", walk.sensor->address);
	rollstat_talk_say(talk,
			  _("Calibrating %s.\n"
			    "What is found goes into %s.\n"
			    "Enter goes on, s skips a step, q quits; what was stored stays."),
			  label, status->configuration);
	RollstatAnswer answer = run_walk(&walk);
	return end_walk(&walk, answer, error);
}
