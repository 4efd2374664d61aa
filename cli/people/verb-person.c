/* SPDX-License-Identifier: MIT
 *
 * person: who there is, who rolls now.
 */
#include "cli/people/home.h"
#include "cli/people/rename.h"
#include "cli/people/render-people.h"
#include "cli/people/session-amend.h"
#include "cli/usage.h"
#include "cli/verbs.h"

#include <math.h>

typedef struct {
	char *spine, *stature, *weight;
} PersonOptions;

static const RollstatOption person_options[] = {
	{"spine", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(PersonOptions, spine), N_("CM"),
	 N_("C7, the bone that stands out at the neck, to L5")},
	{"stature", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(PersonOptions, stature), N_("CM"),
	 N_("to guess it from where it was not measured")},
	{"weight", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(PersonOptions, weight), "KG",
	 N_("of the body, against which force is told")},
	{0},
};

/* What a word of person does. people: all that there are. */
typedef struct {
	RollstatRun *run;
	RollstatHome home;
	RollstatPeople *people;
} Ground;

static void
clear_ground(Ground *ground)
{
	rollstat_home_clear(&ground->home);
	g_clear_pointer(&ground->people, rollstat_people_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ground, clear_ground)

static gboolean
list(Ground *ground, GError **error)
{
	RollstatRun *run = ground->run;
	(void)error; /* all of it was read */
	if (!run->is_json && !run->is_csv) {
		rollstat_render_people(&run->view, ground->people, run->out);
		return TRUE;
	}
	RollstatTable table = rollstat_table_begin(run->out, run->is_csv);
	rollstat_json_add_people(ground->people, &table);
	rollstat_table_end(&table);
	return TRUE;
}

/* The measures that were named, into person; others stay. */
static gboolean
take_measures(const RollstatRun *run, RollstatPerson *person, GError **error)
{
	const PersonOptions *options = run->options;
	return (options->spine == NULL ||
		rollstat_people_read_cm(options->spine, "--spine", ROLLSTAT_SPINE_LEAST_CM,
					ROLLSTAT_SPINE_MOST_CM, &person->spine_cm, error)) &&
	       (options->stature == NULL ||
		rollstat_people_read_cm(options->stature, "--stature", ROLLSTAT_STATURE_LEAST_CM,
					ROLLSTAT_STATURE_MOST_CM, &person->stature_cm, error)) &&
	       (options->weight == NULL ||
		rollstat_people_read_kg(options->weight, "--weight", &person->weight_kg, error));
}

static void
tell_person(const Ground *ground, const RollstatPerson *person)
{
	RollstatRun *run = ground->run;
	g_autofree char *name = rollstat_style_dup_clean(&run->view.style, person->name);
	g_autofree char *spine =
		rollstat_people_dup_spine(person, rollstat_style_get_dash(&run->view.style));
	if (isnan(person->weight_kg))
		g_string_append_printf(run->out, _("%s: spine %s.\n"), name, spine);
	else
		g_string_append_printf(run->out, _("%s: spine %s, weight %g kg.\n"), name, spine,
				       person->weight_kg);
}

static gboolean
add(Ground *ground, GError **error)
{
	const char *name = ground->run->words[1];
	const RollstatPerson *known = rollstat_people_find(ground->people, name);
	RollstatPerson person = {
		.name = name, .spine_cm = NAN, .stature_cm = NAN, .weight_kg = NAN};
	if (!rollstat_people_check_name(name, error) || !take_measures(ground->run, &person, error))
		return FALSE;
	if (known != NULL && (known->is_config || known->is_stored))
		return rollstat_fail(
			error,
			_("%s is there already; to change measures: rollstat person set NAME"),
			known->name);
	if (!rollstat_home_put_person(&ground->home, &person, ground->run->context->now_us, error))
		return FALSE;
	tell_person(ground, &person);
	g_autofree char *clean = rollstat_style_dup_clean(&ground->run->view.style, name);
	g_autofree char *word = rollstat_usage_dup_word(clean);
	g_string_append_printf(ground->run->out, _("To roll as %s: rollstat person use %s\n"),
			       clean, word);
	return TRUE;
}

static gboolean
set(Ground *ground, GError **error)
{
	RollstatRun *run = ground->run;
	const PersonOptions *options = run->options;
	const RollstatPerson *known = rollstat_people_require(ground->people, run->words[1], error);
	if (known == NULL)
		return FALSE;
	gboolean has_lengths = options->spine != NULL || options->stature != NULL;
	if (!has_lengths && options->weight == NULL)
		return rollstat_usage_fail(
			error, _("say what to set: --spine CM or --stature CM or --weight KG"));
	RollstatPerson person = *known;
	if (!take_measures(run, &person, error))
		return FALSE;
	/* Only what was named: a length of the configuration shall not stand in the table, too. The two lengths go together. */
	RollstatPerson named = person;
	if (!has_lengths)
		named.spine_cm = named.stature_cm = NAN;
	if (options->weight == NULL)
		named.weight_kg = NAN;
	if (!rollstat_home_put_person(&ground->home, &named, run->context->now_us, error))
		return FALSE;
	tell_person(ground, &person);
	if (has_lengths && person.sessions > 0)
		rollstat_style_append_note(
			&run->view.style, run->out, ROLLSTAT_INK_PLAIN, "",
			_("Sessions that are over keep the levels that they were told by, until "
			  "rollerd is stopped and rollerd --rebuild has derived them anew."));
	return TRUE;
}

/* What began already stays whose it is. */
static gboolean
tell_open(const Ground *ground, sqlite3 *db, const char *name, GError **error)
{
	RollstatRun *run = ground->run;
	RollstatAmended open = {0};
	if (!rollstat_session_find_open(db, &open, error))
		return FALSE;
	if (open.session != 0 && !g_str_equal(open.person, name)) {
		g_string_append_printf(run->out, _("Session %s is still open and stays %s's.\n"),
				       open.number, open.person);
		g_string_append_printf(run->out, _("To move it: rollstat session %s --person %s\n"),
				       open.number, name);
	}
	rollstat_amended_clear(&open);
	return TRUE;
}

static gboolean
use(Ground *ground, GError **error)
{
	RollstatRun *run = ground->run;
	const RollstatPerson *person =
		rollstat_people_require(ground->people, run->words[1], error);
	if (person == NULL)
		return FALSE;
	g_autoptr(sqlite3) db = rollstat_home_edit(&ground->home, error);
	if (db == NULL ||
	    !rollstat_people_choose(db, person->is_config ? NULL : person->name, error))
		return FALSE;
	g_autofree char *name = rollstat_style_dup_clean(&run->view.style, person->name);
	g_string_append_printf(run->out,
			       _("%s rolls now: sessions that begin from now on are "
				 "theirs.\n"),
			       name);
	g_autofree char *word = rollstat_usage_dup_word(name);
	if (isnan(person->spine_cm) && isnan(person->stature_cm))
		g_string_append_printf(run->out,
				       _("Their spine is not known: rollstat person set %s "
					 "--spine 44\n"),
				       word);
	return tell_open(ground, db, person->name, error);
}

static gboolean
drop(Ground *ground, GError **error)
{
	RollstatRun *run = ground->run;
	const RollstatPerson *person =
		rollstat_people_require(ground->people, run->words[1], error);
	if (person == NULL)
		return FALSE;
	if (person->is_config && !person->is_stored)
		return rollstat_fail(
			error,
			_("whom the configuration names cannot be removed; another name goes "
			  "into [person] of %s"),
			ground->home.configuration);
	if (person->records > 0)
		return rollstat_fail(
			error,
			_("sessions or movements are %s's: give them to somebody else first "
			  "(rollstat sessions --person NAME; rollstat session N --person "
			  "OTHER)"),
			person->name);
	g_autoptr(sqlite3) db = rollstat_home_edit(&ground->home, error);
	if (db == NULL || !rollstat_people_remove(db, person->name, error))
		return FALSE;
	g_autofree char *name = rollstat_style_dup_clean(&run->view.style, person->name);
	g_string_append_printf(run->out, _("%s is removed.\n"), name);
	if (person->is_chosen)
		g_string_append(run->out, _("Whom the configuration names rolls now.\n"));
	return TRUE;
}

/* "12 sessions, 3 movements, 2 goals"; without what is none. */
static char *
dup_renamed(const RollstatRenamed *renamed)
{
	g_autoptr(GString) list = g_string_new(NULL);
	g_string_append_printf(list, ngettext("%u session", "%u sessions", renamed->sessions),
			       renamed->sessions);
	if (renamed->movements > 0)
		g_string_append_printf(
			list, ngettext(", %u movement", ", %u movements", renamed->movements),
			renamed->movements);
	if (renamed->goals > 0)
		g_string_append_printf(list, ngettext(", %u goal", ", %u goals", renamed->goals),
				       renamed->goals);
	return g_string_free(g_steal_pointer(&list), FALSE);
}

static gboolean
rename_one(Ground *ground, GError **error)
{
	RollstatRun *run = ground->run;
	const char *name = run->words[2];
	RollstatRenamed renamed;
	const RollstatPerson *person =
		rollstat_people_require(ground->people, run->words[1], error);
	if (person == NULL ||
	    !rollstat_rename_check(&ground->home, ground->people, person, name, error) ||
	    !rollstat_rename(&ground->home, person, name, &renamed, error))
		return FALSE;
	g_autofree char *before = rollstat_style_dup_clean(&run->view.style, person->name);
	g_autofree char *now = rollstat_style_dup_clean(&run->view.style, name);
	g_autofree char *what = dup_renamed(&renamed);
	g_autofree char *note = g_strdup_printf(
		_("%s is called %s now: %s, with what they taught."), before, now, what);
	rollstat_style_append_note(&run->view.style, run->out, ROLLSTAT_INK_PLAIN, "", note);
	if (person->is_config && rollstat_home_has_config(&ground->home))
		g_string_append_printf(run->out, _("So it stands in %s, too.\n"),
				       ground->home.configuration);
	return TRUE;
}

static gboolean
run_person(RollstatRun *run, GError **error)
{
	static const struct {
		const char *word;
		guint n_words;
		gboolean takes_measures, takes_table;
		gboolean (*act)(Ground *ground, GError **error);
	} acts[] = {
		{"list", 1, FALSE, TRUE, list},	   {"add", 2, TRUE, FALSE, add},
		{"set", 2, TRUE, FALSE, set},	   {"use", 2, FALSE, FALSE, use},
		{"remove", 2, FALSE, FALSE, drop}, {"rename", 3, FALSE, FALSE, rename_one},
	};
	const PersonOptions *options = run->options;
	const char *word = run->words[0] != NULL ? run->words[0] : "list";
	guint n_words = MAX(g_strv_length(run->words), 1);
	gboolean has_measures =
		options->spine != NULL || options->stature != NULL || options->weight != NULL;
	for (gsize i = 0; i < G_N_ELEMENTS(acts); i++) {
		if (!g_str_equal(word, acts[i].word) || n_words != acts[i].n_words ||
		    (has_measures && !acts[i].takes_measures) ||
		    ((run->is_json || run->is_csv) && !acts[i].takes_table))
			continue;
		g_auto(Ground) ground = {.run = run};
		rollstat_home_find(run, &ground.home);
		ground.people = rollstat_home_load_people(&ground.home, error);
		return ground.people != NULL && acts[i].act(&ground, error);
	}
	return rollstat_run_refuse(run, error);
}

const RollstatVerb rollstat_verb_person = {
	.name = "person",
	.usage = "person [add NAME|use NAME|set NAME|rename NAME NEW|remove NAME]",
	.what = N_("Who uses the roller: whose sessions are whose, and by which spine"),
	.help = N_(
		"Without more, or with list, it tells all. add and set take --spine, --stature\n"
		"and --weight; use says who rolls now, so that sessions that begin from then on\n"
		"are theirs. rename keeps all that is theirs, under another name. A person can\n"
		"be removed as long as nothing is theirs. A session of the wrong one:\n"
		"rollstat session N --person NAME.\n"),
	.group = ROLLSTAT_GROUP_THING,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV,
	.most_words = 3,
	.options = person_options,
	.options_size = sizeof(PersonOptions),
	.run = run_person,
};
