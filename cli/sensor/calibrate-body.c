/* SPDX-License-Identifier: MIT */
#include "cli/people/home.h"
#include "cli/sensor/calibrate-parts.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What may be left on the cells after a tare, N: less than a hand weighs. */
#define REST_MOST_N 5

static void
say_stored(RollstatWalk *walk, double present_cm)
{
	if (isnan(present_cm))
		rollstat_talk_say(walk->talk, _("Stored: nothing. Enter leaves it so."));
	else
		rollstat_talk_say(walk->talk, _("Stored: %g cm. Enter keeps it."), present_cm);
}

/* Asks for a number of cm and stores it; Enter keeps the present one. */
static RollstatAnswer
ask_and_store(RollstatWalk *walk, const RollstatNumber *number, const char *section,
	      const char *key)
{
	double present = rollstat_calibrate_get_stored(walk, section, key), value = NAN;
	say_stored(walk, present);
	RollstatAnswer answer = rollstat_talk_ask_number(walk->talk, number, &value);
	if (answer != ROLLSTAT_ANSWER_TEXT)
		return answer;
	g_autofree char *text = g_strdup_printf("%.1f", value);
	(void)rollstat_calibrate_store(walk, &(RollstatValue){section, key, text}); /* it says so */
	return walk->error != NULL ? ROLLSTAT_ANSWER_QUIT : answer;
}

/* The same of somebody who is chosen beside the configuration. */
static RollstatAnswer
ask_for_person(RollstatWalk *walk, const RollstatHome *home, const RollstatPerson *chosen,
	       const RollstatNumber *number)
{
	RollstatPerson person = *chosen;
	g_autoptr(GError) error = NULL;
	rollstat_talk_say(walk->talk, _("It is %s who rolls now."), person.name);
	double spine_cm = NAN;
	say_stored(walk, person.spine_cm);
	RollstatAnswer answer = rollstat_talk_ask_number(walk->talk, number, &spine_cm);
	if (answer != ROLLSTAT_ANSWER_TEXT)
		return answer;
	person.spine_cm = spine_cm;
	person.weight_kg = NAN; /* stays as it is */
	if (!rollstat_home_put_person(home, &person, g_get_real_time(), &error)) {
		rollstat_talk_say(walk->talk, _("It could not be stored: %s."), error->message);
		return answer;
	}
	walk->n_stored++;
	rollstat_talk_say(walk->talk, _("Stored: spine of %s, %.1f cm"), person.name,
			  person.spine_cm);
	return answer;
}

RollstatAnswer
rollstat_calibrate_spine(RollstatWalk *walk)
{
	static const RollstatNumber number = {N_("Length in cm, 20 to 70:"), 20, 70, "cm"};
	rollstat_talk_say(
		walk->talk,
		_("\nSpine: its length from C7, the bone that stands out at the base of the\n"
		  "neck, to L5, with a tape along the back. With it the right vertebral level is\n"
		  "found in 90 %% of cases (2.4 mm mean error); without it the length is a guess\n"
		  "(14.6 mm)."));
	const RollstatHome home = {.database = walk->status->database,
				   .configuration = walk->status->configuration,
				   .status = (RollstatStatus *)walk->status};
	g_autoptr(RollstatPeople) people =
		*home.database != '\0' ? rollstat_home_load_people(&home, NULL) : NULL;
	const RollstatPerson *chosen = people != NULL ? rollstat_people_get_chosen(people) : NULL;
	if (chosen != NULL && (chosen->is_stored || !chosen->is_config))
		return ask_for_person(walk, &home, chosen, &number);
	return ask_and_store(walk, &number, "person", "spine_cm");
}

RollstatAnswer
rollstat_calibrate_head_end(RollstatWalk *walk)
{
	static const RollstatNumber number = {N_("Place of the first cell in cm, -20 to 70:"), -20,
					      70, "cm"};
	rollstat_talk_say(
		walk->talk,
		_("\nHead end: how far below C7 the first cell of the bar comes to lie, the one\n"
		  "nearest to your head; negative: above C7."));
	return ask_and_store(walk, &number, walk->section, "head_end_cm");
}

/* TRUE: done. FALSE: it was said why not; *ret_is_hopeless: trying again is of no use. */
static gboolean
give_tare(RollstatWalk *walk, gboolean *ret_is_hopeless)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply = g_dbus_connection_call_sync(
		walk->status->bus, "org.rollerd1", walk->sensor->path, "org.rollerd1.Sensor",
		"Tare", NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, &error);
	*ret_is_hopeless = FALSE;
	if (reply != NULL)
		return TRUE;
	g_autofree char *name = g_dbus_error_get_remote_error(error);
	if (name == NULL || !g_str_has_prefix(name, "org.rollerd1.Error.")) {
		rollstat_calibrate_lose(walk, g_steal_pointer(&error));
		return FALSE;
	}
	*ret_is_hopeless = g_str_equal(name, "org.rollerd1.Error.NotSupported");
	g_dbus_error_strip_remote_error(error);
	rollstat_talk_say(walk->talk,
			  *ret_is_hopeless ? _("This sensor has no tare: %s.")
					   : _("The tare failed: %s."),
			  error->message);
	return FALSE;
}

/* Says the force before and after. TRUE: nothing is left on the cells, as far as can be known. */
static gboolean
compare_forces(const RollstatWalk *walk, double before_n, double after_n)
{
	if (isnan(before_n) || isnan(after_n)) {
		rollstat_talk_say(walk->talk, _("Done. This sensor tells no newtons to compare."));
		return TRUE;
	}
	rollstat_talk_say(walk->talk, _("Force before: %.1f N, after: %.1f N."), before_n, after_n);
	if (fabs(after_n) <= REST_MOST_N)
		return TRUE;
	rollstat_talk_say(walk->talk, _("That is more than %d N: something rests on it still."),
			  REST_MOST_N);
	return FALSE;
}

RollstatAnswer
rollstat_calibrate_tare(RollstatWalk *walk)
{
	rollstat_talk_say(walk->talk,
			  _("\nTare: sets the force cells to zero. Lay it down with nothing on "
			    "it, hands off."));
	for (;;) {
		RollstatMotion before, after;
		gboolean is_hopeless = FALSE;
		RollstatAnswer answer = rollstat_talk_wait(walk->talk, _("Enter: tare it now."));
		if (answer != ROLLSTAT_ANSWER_ENTER)
			return answer;
		gboolean is_done = rollstat_calibrate_look(walk, &before) &&
				   give_tare(walk, &is_hopeless) &&
				   rollstat_calibrate_look(walk, &after) &&
				   compare_forces(walk, before.force_n, after.force_n);
		if (walk->error != NULL)
			return ROLLSTAT_ANSWER_QUIT;
		if (is_done || is_hopeless)
			return answer;
		rollstat_talk_say(walk->talk, _("Once more, or s to skip."));
	}
}
