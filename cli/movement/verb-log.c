/* SPDX-License-Identifier: MIT
 *
 * log: a movement that was done without a sensor.
 */
#include "cli/history/exercises.h"
#include "cli/movement/movement.h"
#include "cli/movement/spoken-time.h"
#include "cli/people/whose.h"
#include "cli/report/json.h"
#include "cli/verbs.h"

typedef struct {
	char *length, *at;
	gboolean is_undo;
} LogOptions;

static const RollstatOption log_options[] = {
	{"for", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(LogOptions, length), "LENGTH",
	 N_("60s, 2min or 1:30; without it the movement's dose")},
	{"at", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(LogOptions, at), "TIME",
	 N_("07:30, yesterday, or \"monday 07:30\"; else just now")},
	{"undo", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(LogOptions, is_undo), NULL,
	 N_("takes back what was logged last")},
	{0},
};

/* A movement that a newer library has is told by its key. */
static const char *
get_name(const char *key)
{
	const RollstatMovement *movement = rollstat_movement_find(key);
	return movement != NULL ? _(movement->name) : key;
}

/* ---- What is told of it ---- */

static void
append_json(const RollstatRun *run, const RollstatExercise *exercise, gboolean is_undone)
{
	json_object *object = json_object_new_object();
	json_object_object_add(object, "movement", json_object_new_string(exercise->movement));
	json_object_object_add(object, "person", json_object_new_string(exercise->person));
	json_object_object_add(object, "start", rollstat_json_new_time(exercise->start_us));
	json_object_object_add(object, "seconds", rollstat_json_new_number(exercise->seconds, 3));
	json_object_object_add(object, "undone", json_object_new_boolean(is_undone));
	rollstat_json_append(object, run->out);
}

static void
append_text(const RollstatRun *run, const RollstatExercise *exercise, gboolean is_undone)
{
	const RollstatStyle *style = &run->view.style;
	RollstatDay day = rollstat_day_of(exercise->start_us, run->view.zone);
	g_autofree char *date = rollstat_day_dup_long(day);
	g_autofree char *clock = rollstat_day_dup_clock(exercise->start_us, run->view.zone);
	g_autofree char *duration = rollstat_style_dup_duration(exercise->seconds);
	g_autofree char *text =
		is_undone ? g_strdup_printf(_("Taken back: %s, %s, on %s at %s, of %s."),
					    get_name(exercise->movement), duration, date, clock,
					    exercise->person)
			  : g_strdup_printf(_("Logged: %s, %s, on %s at %s, for %s. Taken back by: "
					      "rollstat log --undo."),
					    get_name(exercise->movement), duration, date, clock,
					    exercise->person);
	g_autofree char *clean = rollstat_style_dup_clean(style, text);
	rollstat_style_append_note(style, run->out, ROLLSTAT_INK_PLAIN, "", clean);
}

static void
tell(const RollstatRun *run, const RollstatExercise *exercise, gboolean is_undone)
{
	if (run->is_json)
		append_json(run, exercise, is_undone);
	else
		append_text(run, exercise, is_undone);
}

/* ---- What is done ---- */

static gboolean
undo(RollstatRun *run, GError **error)
{
	RollstatExercise exercise = {0};
	g_autofree char *movement = NULL;
	g_autoptr(sqlite3) db = rollstat_run_edit_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autofree char *person = rollstat_whose_dup_person(run, db, error);
	if (person == NULL || !rollstat_exercises_undo(db, person, &movement, &exercise, error))
		return FALSE;
	if (movement == NULL) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
			    _("nothing is logged of %s that could be taken back"), person);
		return FALSE;
	}
	exercise.movement = movement;
	exercise.person = person;
	tell(run, &exercise, TRUE);
	return TRUE;
}

/* Reads the command line into an exercise; its person is not set. */
static gboolean
read_exercise(const RollstatRun *run, RollstatExercise *exercise, GError **error)
{
	const LogOptions *options = run->options;
	g_autofree char *name = g_strjoinv(" ", run->words);
	const RollstatMovement *movement = rollstat_movement_require(name, error);
	if (movement == NULL)
		return FALSE;
	exercise->movement = movement->key;
	exercise->seconds = rollstat_movement_get_dose_s(movement);
	if (options->length != NULL &&
	    !rollstat_duration_parse(options->length, &exercise->seconds, error))
		return FALSE;
	/* Without a time it was done just now. */
	exercise->start_us =
		run->context->now_us - (gint64)(exercise->seconds * (double)G_USEC_PER_SEC);
	return options->at == NULL ||
	       rollstat_moment_parse(options->at, run->context->now_us, run->view.zone,
				     &exercise->start_us, error);
}

static gboolean
run_log(RollstatRun *run, GError **error)
{
	const LogOptions *options = run->options;
	gboolean is_named = run->words[0] != NULL;
	RollstatExercise exercise = {0};
	if (options->is_undo == is_named ||
	    (options->is_undo && (options->length != NULL || options->at != NULL)))
		return rollstat_run_refuse(run, error);
	if (options->is_undo)
		return undo(run, error);
	if (!read_exercise(run, &exercise, error))
		return FALSE;
	g_autoptr(sqlite3) db = rollstat_run_edit_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autofree char *person = rollstat_whose_dup_person(run, db, error);
	exercise.person = person;
	if (person == NULL || !rollstat_exercises_add(db, &exercise, error))
		return FALSE;
	tell(run, &exercise, FALSE);
	return TRUE;
}

const RollstatVerb rollstat_verb_log = {
	.name = "log",
	.usage = "log MOVEMENT [--for LENGTH] [--at TIME], or log --undo",
	.what = N_("Notes a movement that was done without a sensor"),
	.help = N_(
		"MOVEMENT is one of rollstat guide, or a beginning that fits one alone. It counts\n"
		"in rollstat today, and in the next plan.\n"
		"    rollstat log chair twist --for 60s\n"),
	.group = ROLLSTAT_GROUP_MOVEMENT,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_PERSON,
	.most_words = 6,
	.options = log_options,
	.options_size = sizeof(LogOptions),
	.run = run_log,
};
