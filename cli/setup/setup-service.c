/* SPDX-License-Identifier: MIT
 *
 * Whether rollerd runs and is started by itself. What has to be done is done by systemctl, which is run where that needs no
 * other rights, and told where it does.
 */
#include "cli/setup/setup-parts.h"

#include <unistd.h>

enum {
	START_WITHIN_MS = 10000,
};

/* "systemctl --user VERB rollerd" as words, ended by NULL; given, the words borrowed. */
static GPtrArray *
make_command(const RollstatSetup *setup, const char *const *verb)
{
	GPtrArray *words = g_ptr_array_new();
	g_ptr_array_add(words, (gpointer) "systemctl");
	if (!rollstat_setup_is_system(setup))
		g_ptr_array_add(words, (gpointer) "--user");
	for (; *verb != NULL; verb++)
		g_ptr_array_add(words, (gpointer)*verb);
	g_ptr_array_add(words, (gpointer) "rollerd");
	g_ptr_array_add(words, NULL);
	return words;
}

/* What it says, both streams; given. *ret_is_well: it says that it is so, or done. NULL and error: it cannot be run. */
static char *
run_command(const GPtrArray *words, gboolean *ret_is_well, GError **error)
{
	g_autofree char *out = NULL;
	g_autoptr(GSubprocess) process = g_subprocess_newv(
		(const char *const *)words->pdata,
		G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, error);
	if (process == NULL ||
	    !g_subprocess_communicate_utf8(process, NULL, NULL, &out, NULL, error))
		return NULL;
	*ret_is_well = g_subprocess_get_successful(process);
	return g_strstrip(g_steal_pointer(&out));
}

typedef enum {
	UNIT_ENABLED,
	UNIT_OFF,    /* it could be */
	UNIT_ABSENT, /* systemd knows none, or there is no systemd */
} Unit;

static Unit
find_unit(const RollstatSetup *setup)
{
	static const char *const verb[] = {"is-enabled", NULL};
	g_autoptr(GPtrArray) words = make_command(setup, verb);
	gboolean is_enabled = FALSE;
	g_autofree char *said = run_command(words, &is_enabled, NULL);
	if (said == NULL)
		return UNIT_ABSENT;
	if (is_enabled)
		return UNIT_ENABLED;
	return g_str_has_suffix(said, "disabled") ? UNIT_OFF : UNIT_ABSENT;
}

static RollstatAnswer
tell_running(RollstatSetup *setup)
{
	rollstat_talk_say(setup->talk, setup->status->is_system
					       ? _("rollerd runs, for the whole machine.")
					       : _("rollerd runs, as your own."));
	if (setup->home.status == NULL && *setup->status->database != '\0') {
		setup->n_undone++;
		rollstat_talk_say(setup->talk,
				  _("But it records into %s,\nand what you look at is %s."),
				  setup->status->database, setup->home.database);
	}
	return ROLLSTAT_ANSWER_TEXT;
}

/* A person's own ends with the last login, unless they said otherwise to logind, which keeps a file of it. */
static void
say_linger(const RollstatSetup *setup)
{
	g_autofree char *said =
		g_build_filename("/var/lib/systemd/linger", g_get_user_name(), NULL);
	if (setup->status->is_system || g_file_test(said, G_FILE_TEST_EXISTS))
		return;
	rollstat_talk_say(setup->talk,
			  _("It ends as you log out. To have it hear you then, too, in another "
			    "terminal:\n%s"),
			  "sudo loginctl enable-linger \"$USER\"");
}

/* Runs what enables and starts it, or asks for it. TRUE: it was done. */
static gboolean
enable(RollstatSetup *setup, const GPtrArray *words)
{
	gboolean is_done = FALSE;
	g_autoptr(GError) error = NULL;
	if (rollstat_setup_is_system(setup) && geteuid() != 0)
		return TRUE; /* the person has, by Enter, said so */
	g_autofree char *said = run_command(words, &is_done, &error);
	if (said == NULL)
		rollstat_talk_say(setup->talk, _("systemctl cannot be run: %s"), error->message);
	else if (!is_done)
		rollstat_talk_say(setup->talk, _("systemctl refused: %s"), said);
	return is_done;
}

static RollstatAnswer
ask_to_enable(RollstatSetup *setup)
{
	static const char *const verb[] = {"enable", "--now", NULL};
	g_autoptr(GPtrArray) words = make_command(setup, verb);
	g_autofree char *command = g_strjoinv(" ", (char **)words->pdata);
	gboolean is_barred = rollstat_setup_is_system(setup) && geteuid() != 0;
	g_autofree char *question =
		is_barred ? g_strdup_printf(_("In another terminal: sudo %s\nEnter: it is done."),
					    command)
			  : g_strdup_printf(_("Enter: start it, now and always: %s"), command);
	for (;;) {
		RollstatAnswer answer = rollstat_talk_wait(setup->talk, question);
		if (answer != ROLLSTAT_ANSWER_ENTER) {
			setup->n_undone += answer == ROLLSTAT_ANSWER_SKIP && setup->status == NULL;
			return answer;
		}
		if (enable(setup, words) && rollstat_setup_look(setup, START_WITHIN_MS)) {
			answer = tell_running(setup);
			say_linger(setup);
			return answer;
		}
		rollstat_talk_say(setup->talk,
				  _("rollerd does not answer. What it says of itself: journalctl "
				    "%s-u rollerd\nOnce more, or s to skip."),
				  rollstat_setup_is_system(setup) ? "" : "--user ");
	}
}

static RollstatAnswer
ask_to_start(RollstatSetup *setup)
{
	for (;;) {
		RollstatAnswer answer =
			rollstat_talk_wait(setup->talk, _("systemd knows no service rollerd here. "
							  "Start rollerd by hand, in another\n"
							  "terminal: rollerd\nEnter: it runs."));
		if (answer != ROLLSTAT_ANSWER_ENTER) {
			setup->n_undone += answer == ROLLSTAT_ANSWER_SKIP;
			return answer;
		}
		if (rollstat_setup_look(setup, 0))
			return tell_running(setup);
		rollstat_talk_say(setup->talk, _("rollerd does not answer."));
	}
}

RollstatAnswer
rollstat_setup_service(RollstatSetup *setup)
{
	rollstat_talk_say(setup->talk, _("\nThe service: rollerd hears the sensor and keeps what "
					 "it sends."));
	Unit unit = find_unit(setup);
	gboolean is_running = setup->status != NULL;
	if (is_running)
		tell_running(setup);
	if (is_running && unit == UNIT_ENABLED) {
		rollstat_talk_say(setup->talk, _("It starts by itself."));
		say_linger(setup);
	}
	if (is_running && unit != UNIT_OFF)
		return ROLLSTAT_ANSWER_TEXT;
	if (is_running)
		rollstat_talk_say(setup->talk, _("But it is not started by itself."));
	return unit == UNIT_ABSENT ? ask_to_start(setup) : ask_to_enable(setup);
}
