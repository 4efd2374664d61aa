/* SPDX-License-Identifier: MIT
 *
 * Who rolls. The first one on a machine becomes the person of the configuration; all others go into table person.
 */
#include "cli/setup/setup-parts.h"

#include <math.h>

static void
say_known(const RollstatSetup *setup, const RollstatPeople *people)
{
	g_autoptr(GString) names = g_string_new(NULL);
	for (guint i = 0; i < people->persons->len; i++) {
		const RollstatPerson *person = &g_array_index(people->persons, RollstatPerson, i);
		g_autofree char *name =
			rollstat_style_dup_clean(&setup->run->view.style, person->name);
		g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", name);
	}
	if (people->persons->len > 1)
		rollstat_talk_say(setup->talk, _("There are: %s. Another name adds somebody."),
				  names->str);
}

/* Whether nobody has said yet who the configuration's person is, nor rolled as that one. */
static gboolean
is_nameless(const RollstatSetup *setup, const RollstatPeople *people)
{
	g_autoptr(RollstatConfig) config = rollstat_config_load(setup->home.configuration, NULL);
	return config != NULL && rollstat_config_get(config, "person", "name") == NULL &&
	       g_array_index(people->persons, RollstatPerson, 0).records == 0;
}

/* Makes one of that name where there is none, who rolls from now on. */
static gboolean
take_name(const RollstatSetup *setup, const RollstatPeople *people, const char *name,
	  GError **error)
{
	const RollstatPerson *known = rollstat_people_find(people, name);
	const RollstatPerson added = {
		.name = name, .spine_cm = NAN, .stature_cm = NAN, .weight_kg = NAN};
	if (known == NULL && is_nameless(setup, people))
		return rollstat_home_store(&setup->home, "name", name, error);
	if (known == NULL &&
	    !rollstat_home_put_person(&setup->home, &added, setup->run->context->now_us, error))
		return FALSE;
	g_autoptr(sqlite3) db = rollstat_home_edit(&setup->home, error);
	return db != NULL && rollstat_people_choose(db,
						    known != NULL && known->is_config ? NULL
						    : known != NULL		      ? known->name
										      : name,
						    error);
}

/* ..._TEXT: whoever is chosen in *people, which is read anew where somebody was added. */
static RollstatAnswer
ask_name(RollstatSetup *setup, RollstatPeople **people)
{
	for (;;) {
		g_autoptr(GError) error = NULL;
		g_autofree char *text = NULL;
		g_autofree char *chosen = rollstat_style_dup_clean(
			&setup->run->view.style, rollstat_people_get_chosen(*people)->name);
		g_autofree char *question = g_strdup_printf(_("Your name (Enter: %s):"), chosen);
		RollstatAnswer answer = rollstat_talk_ask(setup->talk, question, &text);
		if (answer == ROLLSTAT_ANSWER_ENTER)
			return ROLLSTAT_ANSWER_TEXT;
		if (answer != ROLLSTAT_ANSWER_TEXT)
			return answer;
		if (!rollstat_people_check_name(text, &error)) {
			rollstat_talk_say(setup->talk, _("That cannot be: %s."), error->message);
			continue;
		}
		if (!take_name(setup, *people, text, &error)) {
			rollstat_setup_tell_failure(setup, error);
			return ROLLSTAT_ANSWER_SKIP;
		}
		g_clear_pointer(people, rollstat_people_free);
		*people = rollstat_home_load_people(&setup->home, &error);
		if (*people != NULL)
			return ROLLSTAT_ANSWER_TEXT;
		rollstat_setup_tell_failure(setup, error);
		return ROLLSTAT_ANSWER_SKIP;
	}
}

/* *ret_value changes only by a number that is within bounds. */
static RollstatAnswer
ask_number(const RollstatSetup *setup, const RollstatNumber *number, double *ret_value)
{
	double value = NAN;
	RollstatAnswer answer = rollstat_talk_ask_number(setup->talk, number, &value);
	if (answer == ROLLSTAT_ANSWER_TEXT)
		*ret_value = value;
	return answer;
}

/* The spine, or where that is not measured the stature, into person. ..._TEXT: there is something new. */
static RollstatAnswer
ask_lengths(const RollstatSetup *setup, RollstatPerson *person)
{
	static const RollstatNumber spine = {N_("Length in cm, 20 to 70 (s: not measured):"),
					     ROLLSTAT_SPINE_LEAST_CM, ROLLSTAT_SPINE_MOST_CM, "cm"};
	static const RollstatNumber stature = {
		N_("Your height in cm, 50 to 250, to guess it from:"), ROLLSTAT_STATURE_LEAST_CM,
		ROLLSTAT_STATURE_MOST_CM, "cm"};
	rollstat_talk_say(
		setup->talk,
		_("Your spine, from C7, the bone that stands out at the base of the neck, to L5,\n"
		  "the lowest: with a tape along the back, best held by somebody else.\n"
		  "With it the right vertebral level is found in 90 %% of cases."));
	if (!isnan(person->spine_cm))
		rollstat_talk_say(setup->talk, _("Stored: %g cm. Enter keeps it."),
				  person->spine_cm);
	RollstatAnswer answer = ask_number(setup, &spine, &person->spine_cm);
	if (answer != ROLLSTAT_ANSWER_SKIP &&
	    (answer != ROLLSTAT_ANSWER_ENTER || !isnan(person->spine_cm)))
		return answer;
	if (!isnan(person->stature_cm))
		rollstat_talk_say(setup->talk, _("Stored: %g cm. Enter keeps it."),
				  person->stature_cm);
	return ask_number(setup, &stature, &person->stature_cm);
}

/* The weight, which nobody has to say. ..._TEXT: there is something new. */
static RollstatAnswer
ask_weight(const RollstatSetup *setup, RollstatPerson *person)
{
	static const RollstatNumber weight = {
		N_("Your weight in kg, 20 to 400, against which force is told (s: not said):"),
		ROLLSTAT_WEIGHT_LEAST_KG, ROLLSTAT_WEIGHT_MOST_KG, "kg"};
	if (!isnan(person->weight_kg))
		rollstat_talk_say(setup->talk, _("Stored: %g kg. Enter keeps it."),
				  person->weight_kg);
	return ask_number(setup, &weight, &person->weight_kg);
}

static void
say_person(const RollstatSetup *setup, const RollstatPerson *person)
{
	g_autofree char *name = rollstat_style_dup_clean(&setup->run->view.style, person->name);
	g_autofree char *spine =
		rollstat_people_dup_spine(person, rollstat_style_get_dash(&setup->run->view.style));
	rollstat_talk_say(setup->talk, _("%s rolls, with a spine of %s."), name, spine);
}

RollstatAnswer
rollstat_setup_person(RollstatSetup *setup)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(RollstatPeople) people = rollstat_home_load_people(&setup->home, &error);
	rollstat_talk_say(setup->talk, _("\nWho rolls: sessions are yours by your name, levels by "
					 "your spine."));
	if (people == NULL) {
		rollstat_setup_tell_failure(setup, error);
		return ROLLSTAT_ANSWER_SKIP;
	}
	say_known(setup, people);
	RollstatAnswer answer = ask_name(setup, &people);
	if (answer != ROLLSTAT_ANSWER_TEXT)
		return answer;
	RollstatPerson person = *rollstat_people_get_chosen(people);
	answer = ask_lengths(setup, &person);
	if (rollstat_setup_is_end(answer))
		return answer;
	RollstatAnswer weight = ask_weight(setup, &person);
	gboolean is_new = answer == ROLLSTAT_ANSWER_TEXT || weight == ROLLSTAT_ANSWER_TEXT;
	RollstatPerson said = person;
	if (answer != ROLLSTAT_ANSWER_TEXT)
		said.spine_cm = said.stature_cm = NAN;
	if (weight != ROLLSTAT_ANSWER_TEXT)
		said.weight_kg = NAN;
	/* What was said before it was left stays. */
	if (is_new &&
	    !rollstat_home_put_person(&setup->home, &said, setup->run->context->now_us, &error))
		rollstat_setup_tell_failure(setup, error);
	else if (!rollstat_setup_is_end(weight))
		say_person(setup, &person);
	return rollstat_setup_is_end(weight) ? weight : answer;
}
