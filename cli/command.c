/* SPDX-License-Identifier: MIT */
#include "cli/command.h"

#include "cli/arguments.h"
#include "cli/complete.h"
#include "cli/help.h"
#include "cli/people/named.h"
#include "cli/sensor/status.h"
#include "cli/usage.h"

#include <glib/gi18n-lib.h>

/* What to do about it, where the message alone does not say. */
static const char *
get_advice(const GError *error)
{
	if (g_error_matches(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_ABSENT))
		return _(
			"Nothing was recorded yet: start rollerd and roll, or name a database with "
			"--db.\nWhat stands in the way: rollstat doctor\n");
	if (g_error_matches(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_TOO_NEW))
		return _("It was written by a newer rollerd: update rollstat.\n");
	if (error->domain == G_OPTION_ERROR)
		return _("What a verb takes: rollstat VERB --help\n");
	return "";
}

static RollstatExit
fail(const GError *error, GString *err)
{
	RollstatStyle plain = {.has_utf8 = TRUE};
	g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++) {
		g_autofree char *clean = rollstat_style_dup_clean(&plain, lines[i]);
		g_string_append_printf(err, "%s%s\n", i == 0 ? "rollstat: " : "", clean);
	}
	g_string_append(err, get_advice(error));
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return ROLLSTAT_EXIT_INTERRUPTED;
	if (error->domain == ROLLSTAT_USAGE_ERROR || error->domain == G_OPTION_ERROR)
		return ROLLSTAT_EXIT_USAGE;
	return error->domain == ROLLSTAT_STATUS_ERROR ? ROLLSTAT_EXIT_NO_DAEMON
						      : ROLLSTAT_EXIT_FAILED;
}

/* TRUE: help or version was all that was asked for. */
static gboolean
tell_of_itself(const RollstatArguments *parsed, GString *out)
{
	if (parsed->is_help && parsed->verb != NULL)
		rollstat_help_append_verb(parsed->verb, out);
	else if (parsed->is_help)
		rollstat_help_append(out);
	else if (parsed->is_version)
		g_string_append(out, "rollstat " ROLLSTAT_VERSION "\n");
	return parsed->is_help || parsed->is_version;
}

/* By the name as it is known, where the verb looks somebody up. */
static gboolean
run_verb(RollstatRun *run, GError **error)
{
	g_autofree char *named = NULL;
	if (run->person != NULL && run->verb->takes & ROLLSTAT_TAKES_PERSON) {
		named = rollstat_named_dup_person(run, error);
		if (named == NULL)
			return FALSE;
		run->person = named;
	}
	return run->verb->run(run, error);
}

RollstatExit
rollstat_command_run(const RollstatContext *context, char **arguments, GString *out, GString *err)
{
	g_autoptr(GError) error = NULL;
	/* No verb: what follows is not for us, but half of a command line. */
	if (arguments[0] != NULL && g_strcmp0(arguments[1], "complete") == 0) {
		rollstat_complete(context, arguments + 2, out);
		return ROLLSTAT_EXIT_DONE;
	}
	g_autoptr(RollstatArguments) parsed = rollstat_arguments_parse(arguments, &error);
	if (parsed == NULL)
		return fail(error, err);
	if (tell_of_itself(parsed, out))
		return ROLLSTAT_EXIT_DONE;
	RollstatRun run = {
		.context = context,
		.verb = parsed->verb,
		.words = parsed->words,
		.options = parsed->options,
		.database = parsed->database,
		.person = parsed->person,
		.is_system = parsed->is_system,
		.is_json = parsed->is_json,
		.is_csv = parsed->is_csv,
		.view = {.style = context->style,
			 .zone = context->zone,
			 .today = rollstat_day_of(context->now_us, context->zone)},
		.out = out,
	};
	if (g_strcmp0(parsed->colour, "always") == 0)
		run.view.style.has_colour = TRUE;
	else if (g_strcmp0(parsed->colour, "never") == 0)
		run.view.style.has_colour = FALSE;
	return run_verb(&run, &error) ? run.exit : fail(error, err);
}
