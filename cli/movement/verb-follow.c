/* SPDX-License-Identifier: MIT
 *
 * follow: walks through a plan.
 */
#include "cli/history/exercises.h"
#include "cli/movement/follow.h"
#include "cli/movement/guide.h"
#include "cli/movement/render-plan.h"
#include "cli/verbs.h"

typedef struct {
	char *minutes, *with, *without;
	gboolean has_bell, is_lines;
} FollowOptions;

static const RollstatOption follow_options[] = {
	{"minutes", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(FollowOptions, minutes), "5|10|15",
	 N_("how long it may take; 10 without it")},
	{"with", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(FollowOptions, with), "TOOLS",
	 N_("that are there, too, as for rollstat plan")},
	{"without", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(FollowOptions, without), "TOOLS",
	 N_("that are not")},
	{"bell", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(FollowOptions, has_bell), NULL,
	 N_("rings at begin, end and change of side")},
	{"lines", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(FollowOptions, is_lines), NULL,
	 N_("whole lines alone, for a screen reader")},
	{0},
};

/* What the walk needs of the program. */
typedef struct {
	const RollstatRun *run;
	const char *path, *person;
	RollstatDaemonSensor *sensor; /* of the last step that had one */
} Ground;

static gboolean
find_sensor(void *user, const RollstatMovement *movement, RollstatFollowSensor *ret_sensor,
	    char **ret_label, GError **error)
{
	Ground *ground = user;
	gboolean is_bar = (movement->tools & ROLLSTAT_TOOL_BAR) != 0;
	g_clear_pointer(&ground->sensor, rollstat_daemon_sensor_free);
	ground->sensor = rollstat_daemon_sensor_new(ground->run->is_system, is_bar, error);
	if (ground->sensor == NULL)
		return FALSE;
	*ret_sensor = rollstat_daemon_sensor_get(ground->sensor);
	*ret_label = g_strdup(rollstat_daemon_sensor_get_label(ground->sensor));
	return TRUE;
}

/* The database is open for the moment alone: the walk takes minutes, and nobody shall wait for it. */
static gboolean
keep(void *user, const RollstatMovement *movement, gint64 start_us, double seconds, GError **error)
{
	const Ground *ground = user;
	RollstatExercise exercise = {.movement = movement->key,
				     .person = ground->person,
				     .start_us = start_us,
				     .seconds = seconds};
	g_autoptr(sqlite3) db = roll_database_open(ground->path, ROLL_DATABASE_EDITOR, error);
	return db != NULL && rollstat_exercises_add(db, &exercise, error);
}

/* One movement alone, in place of a plan. */
static gboolean
plan_one(const RollstatRun *run, RollstatPlan *ret_plan, GError **error)
{
	g_autofree char *name = g_strjoinv(" ", run->words);
	const RollstatMovement *movement = rollstat_movement_require(name, error);
	if (movement == NULL)
		return FALSE;
	guint seconds = rollstat_movement_get_dose_s(movement);
	*ret_plan = (RollstatPlan){.n_steps = 1, .seconds = seconds + ROLLSTAT_PLAN_CHANGE_S};
	ret_plan->steps[0] = (RollstatPlanStep){
		.movement = movement, .seconds = seconds, .reason = ROLLSTAT_REASON_WHOLE};
	return TRUE;
}

static void
greet(RollstatFollowScreen *screen, const RollstatPlan *plan, const char *person)
{
	g_autofree char *duration = rollstat_style_dup_duration(plan->seconds);
	g_autofree char *text = g_strdup_printf(
		ngettext("%u step, %s, for %s.", "%u steps, %s, for %s.", plan->n_steps),
		plan->n_steps, duration, person);
	rollstat_follow_screen_say(screen, ROLLSTAT_INK_BOLD, "", text);
	rollstat_follow_screen_say(
		screen, ROLLSTAT_INK_PLAIN, "",
		_("It goes on by itself. Enter goes on at once, s leaves a step out, p pauses, q "
		  "quits."));
	rollstat_follow_screen_say(screen, ROLLSTAT_INK_YELLOW, "! ",
				   _(rollstat_movement_get_caution()));
}

static gboolean
walk(RollstatRun *run, const RollstatPlan *plan, Ground *ground, GError **error)
{
	const FollowOptions *options = run->options;
	const RollstatTempo *tempo = run->context->tempo;
	RollstatFollowScreen screen = {.tempo = tempo,
				       .style = run->view.style,
				       .is_lines = options->is_lines || !tempo->is_terminal,
				       .has_bell = options->has_bell};
	const RollstatFollowGround follow_ground = {
		.find_sensor = find_sensor, .keep = keep, .user = ground};
	tempo->begin(tempo->user);
	greet(&screen, plan, ground->person);
	RollstatFollowed followed = rollstat_follow(&screen, plan, &follow_ground);
	tempo->end(tempo->user);
	g_clear_pointer(&ground->sensor, rollstat_daemon_sensor_free);
	if (followed.has_failed) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED,
				    _("not all that was done could be logged"));
		return FALSE;
	}
	run->exit = followed.is_interrupted ? ROLLSTAT_EXIT_FAILED : ROLLSTAT_EXIT_DONE;
	return TRUE;
}

static gboolean
run_follow(RollstatRun *run, GError **error)
{
	const FollowOptions *options = run->options;
	RollstatPlanWishes wishes = {
		.minutes = options->minutes, .with = options->with, .without = options->without};
	gboolean has_wishes =
		options->minutes != NULL || options->with != NULL || options->without != NULL;
	RollstatPlan plan;
	if (run->context->tempo == NULL || (run->words[0] != NULL && has_wishes))
		return rollstat_run_refuse(run, error);
	g_autoptr(RollstatPlanQuestion) question = rollstat_plan_question_load(run, &wishes, error);
	if (question == NULL || (run->words[0] != NULL && !plan_one(run, &plan, error)))
		return FALSE;
	if (run->words[0] == NULL)
		rollstat_plan_make(&question->ask, &plan);
	g_autofree char *path = rollstat_run_dup_database_path(run);
	/* Said before the first step, not after it. */
	g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_EDITOR, error);
	if (db == NULL)
		return FALSE;
	g_clear_pointer(&db, sqlite3_close_v2);
	Ground ground = {.run = run, .path = path, .person = question->person};
	return walk(run, &plan, &ground, error);
}

const RollstatVerb rollstat_verb_follow = {
	.name = "follow",
	.usage = "follow [--minutes 5|10|15], or follow MOVEMENT",
	.what = N_("Walks through a plan, or one movement, step by step"),
	.help = N_("Enter goes on at once, s leaves a step out, p pauses, q quits; what was done\n"
		   "is logged as each step ends. Steps on the roller or bar are counted by its\n"
		   "sensor, where rollerd hears it, else by the clock.\n"),
	.group = ROLLSTAT_GROUP_MOVEMENT,
	.takes = ROLLSTAT_TAKES_PERSON,
	.most_words = 6,
	.options = follow_options,
	.options_size = sizeof(FollowOptions),
	.run = run_follow,
};
