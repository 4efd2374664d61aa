/* SPDX-License-Identifier: MIT
 *
 * setup: from nothing to the first session, step by step.
 */
#include "cli/setup/setup-parts.h"
#include "cli/verbs.h"

#include <unistd.h>

enum {
	LOOK_MS = 500,
};

static gboolean
end_wait(gpointer data)
{
	*(gboolean *)data = TRUE;
	return G_SOURCE_REMOVE;
}

void
rollstat_setup_wait(void)
{
	gboolean is_over = FALSE;
	g_timeout_add(LOOK_MS, end_wait, &is_over);
	while (!is_over)
		g_main_context_iteration(NULL, TRUE);
}

static void
look_once(RollstatSetup *setup)
{
	rollstat_home_clear(&setup->home);
	rollstat_home_find(setup->run, &setup->home);
	setup->status = setup->home.status != NULL ? setup->home.status : setup->home.other;
}

gboolean
rollstat_setup_look(RollstatSetup *setup, guint within_ms)
{
	look_once(setup);
	for (guint waited_ms = 0; setup->status == NULL && waited_ms < within_ms;
	     waited_ms += LOOK_MS) {
		rollstat_setup_wait();
		look_once(setup);
	}
	return setup->status != NULL;
}

gboolean
rollstat_setup_is_end(RollstatAnswer answer)
{
	return answer == ROLLSTAT_ANSWER_QUIT || answer == ROLLSTAT_ANSWER_END;
}

gboolean
rollstat_setup_is_system(const RollstatSetup *setup)
{
	g_autofree char *system = roll_database_dup_default_path(TRUE);
	return setup->run->is_system || g_str_equal(setup->home.database, system);
}

void
rollstat_setup_tell_failure(RollstatSetup *setup, const GError *error)
{
	setup->n_undone++;
	rollstat_talk_say(setup->talk, _("That could not be done: %s"), error->message);
}

static void
clear_setup(RollstatSetup *setup)
{
	rollstat_home_clear(&setup->home);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RollstatSetup, clear_setup)

typedef RollstatAnswer Step(RollstatSetup *setup);

static RollstatAnswer
run_steps(RollstatSetup *setup)
{
	static Step *const steps[] = {rollstat_setup_person, rollstat_setup_service,
				      rollstat_setup_sensor, rollstat_setup_calibration, NULL};
	for (guint i = 0; steps[i] != NULL; i++) {
		RollstatAnswer answer = steps[i](setup);
		if (rollstat_setup_is_end(answer))
			return answer;
	}
	return ROLLSTAT_ANSWER_TEXT;
}

static void
tell_end(const RollstatSetup *setup, RollstatAnswer answer)
{
	if (answer == ROLLSTAT_ANSWER_QUIT)
		rollstat_talk_say(setup->talk,
				  _("\nWhat was set up so far stays; rollstat setup goes on."));
	else if (setup->n_undone > 0)
		rollstat_talk_say(setup->talk,
				  _("\nNot all of it is done; rollstat setup can be run again, and "
				    "rollstat status\nsays what rollerd is doing."));
	else
		rollstat_talk_say(setup->talk, _("\nThat is all. Roll, and then: rollstat today"));
}

static gboolean
fail(GError **error, const char *text)
{
	g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, text);
	return FALSE;
}

static gboolean
run_setup(RollstatRun *run, GError **error)
{
	g_auto(RollstatSetup) setup = {.run = run, .talk = run->context->talk};
	if (setup.talk == NULL)
		return fail(error, _("there is nobody to ask"));
	rollstat_talk_say(setup.talk, _("Enter goes on, s skips a step, q quits; what was done "
					"stays."));
	rollstat_setup_look(&setup, 0);
	if (rollstat_setup_is_system(&setup) && geteuid() != 0)
		rollstat_talk_say(setup.talk,
				  _("What is said of the system's rollerd only root can "
				    "store:\nsudo rollstat --system setup"));
	RollstatAnswer answer = run_steps(&setup);
	if (answer == ROLLSTAT_ANSWER_END)
		return fail(error, _("the input ended before the setup did; what was done stays"));
	tell_end(&setup, answer);
	return TRUE;
}

const RollstatVerb rollstat_verb_setup = {
	.name = "setup",
	.usage = "setup",
	.what = N_("The first steps: who you are, the service, the sensor, calibration"),
	.help = N_(
		"It asks step by step; each can be skipped, and all of it can be run again later\n"
		"without harm. With --system it is the system's rollerd that is set up.\n"),
	.group = ROLLSTAT_GROUP_THING,
	.run = run_setup,
};
