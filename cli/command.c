/* SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/arguments.h"
#include "cli/history/summarise.h"
#include "cli/report/json.h"
#include "cli/report/render.h"
#include "cli/sensor/calibrate.h"
#include "cli/sensor/pair.h"
#include "cli/sensor/status.h"

#include <unistd.h>

/* A run: what it was told, what it has to say. */
typedef struct {
	const RollstatContext *context;
	const RollstatArguments *arguments;
	RollstatView view;
	GString *out;
} Run;

/* Your own database; where you have none, the system's if it may be read. */
static char *
dup_database_path(const RollstatArguments *arguments)
{
	if (arguments->database != NULL)
		return g_strdup(arguments->database);
	g_autofree char *own = roll_database_dup_default_path(arguments->is_system);
	g_autofree char *system = roll_database_dup_default_path(TRUE);
	gboolean is_there = g_file_test(own, G_FILE_TEST_EXISTS);
	return is_there || access(system, R_OK) != 0 ? g_steal_pointer(&own)
						     : g_steal_pointer(&system);
}

static sqlite3 *
open_database(const Run *run, GError **error)
{
	g_autofree char *path = dup_database_path(run->arguments);
	g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_READER, error);
	if (db == NULL || !rollstat_history_begin(db, error))
		return NULL;
	return g_steal_pointer(&db);
}

/* The spine by which the levels are named: that of the latest session. */
static gboolean
load_latest_spine(sqlite3 *db, const RollstatHistory *history, RollstatSpine *ret_spine,
		  GError **error)
{
	GArray *sessions = history->sessions;
	if (sessions->len == 0)
		return TRUE;
	const RollstatSession *latest =
		&g_array_index(sessions, RollstatSession, sessions->len - 1);
	return rollstat_history_load_spine(db, latest->spine, ret_spine, error);
}

static const char *
get_title(RollstatVerb verb)
{
	if (verb == ROLLSTAT_VERB_WEEK)
		return "Week";
	if (verb == ROLLSTAT_VERB_MONTH)
		return "Month";
	return verb == ROLLSTAT_VERB_RANGE ? "Range" : NULL;
}

static void
append_report(const Run *run, const RollstatReport *report)
{
	if (report->title == NULL && run->arguments->is_json)
		rollstat_json_append_day(report->summary, run->out);
	else if (report->title == NULL)
		rollstat_render_day(&run->view, report, run->out);
	else if (run->arguments->is_json)
		rollstat_json_append_range(report->summary, report->days, run->out);
	else
		rollstat_render_range(&run->view, report, run->out);
}

static void
free_summary(gpointer summary)
{
	rollstat_summary_free(summary);
}

static gboolean
run_report(Run *run, GError **error)
{
	const RollstatArguments *arguments = run->arguments;
	RollstatDay first = arguments->first, last = arguments->last;
	RollstatDay history_first =
		first > ROLLSTAT_HISTORY_DAYS ? first - ROLLSTAT_HISTORY_DAYS : 1;
	RollstatSpine spine = {0};
	RollstatQuery query = {
		.from_us = rollstat_day_get_begin_us(history_first, run->view.zone),
		.to_us = rollstat_day_get_begin_us(last + 1, run->view.zone),
		.passes_from_us = rollstat_day_get_begin_us(first, run->view.zone),
		.person = arguments->person,
		.rows = ROLLSTAT_ROWS_ALL,
	};
	RollstatReport report = {.title = get_title(arguments->verb)};
	g_autoptr(sqlite3) db = open_database(run, error);
	if (db == NULL ||
	    !rollstat_history_find_last(db, query.to_us, query.person, &report.last_us, error))
		return FALSE;
	g_autoptr(RollstatHistory) history = rollstat_history_load(db, &query, error);
	if (history == NULL || !load_latest_spine(db, history, &spine, error))
		return FALSE;
	g_autoptr(RollstatSource) source = rollstat_source_new(history, &spine, run->view.zone);
	g_autoptr(RollstatSummary) summary = rollstat_summary_new(source, first, last);
	g_autoptr(GPtrArray) days = g_ptr_array_new_with_free_func(free_summary);
	for (RollstatDay day = first; report.title != NULL && day <= last; day++)
		g_ptr_array_add(days, arguments->is_json
					      ? rollstat_summary_new(source, day, day)
					      : rollstat_summary_new_sums(source, day, day));
	report.summary = summary;
	report.days = days;
	report.history = history;
	report.sessions = rollstat_source_find(source, first, last);
	append_report(run, &report);
	return TRUE;
}

typedef struct {
	RollstatRows rows;
	void (*render)(const RollstatView *view, const RollstatHistory *history, GString *out);
	void (*append_json)(const RollstatHistory *history, GString *out);
} List;

static const List *
get_list(RollstatVerb verb)
{
	static const List sessions = {0, rollstat_render_sessions, rollstat_json_append_sessions};
	static const List passes = {ROLLSTAT_ROWS_PASSES, rollstat_render_passes,
				    rollstat_json_append_passes};
	static const List holds = {ROLLSTAT_ROWS_HOLDS, rollstat_render_holds,
				   rollstat_json_append_holds};
	if (verb == ROLLSTAT_VERB_SESSIONS)
		return &sessions;
	return verb == ROLLSTAT_VERB_PASSES ? &passes : &holds;
}

static gboolean
run_list(Run *run, GError **error)
{
	const RollstatArguments *arguments = run->arguments;
	const List *list = get_list(arguments->verb);
	gboolean is_day = arguments->first != 0;
	RollstatQuery query = {
		.from_us = is_day ? rollstat_day_get_begin_us(arguments->first, run->view.zone)
				  : G_MININT64,
		.to_us = is_day ? rollstat_day_get_begin_us(arguments->last + 1, run->view.zone)
				: G_MAXINT64,
		.passes_from_us = G_MININT64,
		.person = arguments->person,
		.session = arguments->session,
		.rows = list->rows,
	};
	g_autoptr(sqlite3) db = open_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autoptr(RollstatHistory) history = rollstat_history_load(db, &query, error);
	if (history == NULL)
		return FALSE;
	if (query.session != 0 && !is_day && history->sessions->len == 0) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
			    "there is no session %" G_GINT64_FORMAT " in %s", query.session,
			    sqlite3_db_filename(db, "main"));
		return FALSE;
	}
	if (arguments->is_json)
		list->append_json(history, run->out);
	else
		list->render(&run->view, history, run->out);
	return TRUE;
}

static gboolean
run_devices(Run *run, GError **error)
{
	g_autoptr(sqlite3) db = open_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autoptr(RollstatDevices) devices = rollstat_devices_load(db, error);
	if (devices == NULL)
		return FALSE;
	if (run->arguments->is_json)
		rollstat_json_append_devices(devices, run->out);
	else
		rollstat_render_devices(&run->view, devices, run->out);
	return TRUE;
}

static gboolean
run_status(Run *run, GError **error)
{
	g_autoptr(RollstatStatus) status = rollstat_status_fetch(run->arguments->is_system, error);
	if (status == NULL)
		return FALSE;
	if (run->arguments->is_json)
		rollstat_json_append_status(status, run->out);
	else
		rollstat_render_status(&run->view, status, run->context->now_us, run->out);
	return TRUE;
}

static gboolean
run_calibrate(Run *run, GError **error)
{
	const RollstatArguments *arguments = run->arguments;
	g_autoptr(RollstatStatus) status = rollstat_status_fetch(arguments->is_system, error);
	if (status == NULL)
		return FALSE;
	if (!arguments->is_show)
		return rollstat_calibrate(run->context->talk, status, arguments->sensor, error);
	if (arguments->is_json)
		return rollstat_json_append_calibration(status, arguments->sensor, run->out, error);
	return rollstat_render_calibration(&run->view, status, arguments->sensor, run->out, error);
}

static gboolean
run_pair(Run *run, GError **error)
{
	const RollstatArguments *arguments = run->arguments;
	const RollstatTalk *talk = run->context->talk;
	gboolean has_person = talk != NULL && talk->is_terminal;
	RollstatPairing pairing = {.talk = has_person ? talk : NULL,
				   .out = run->out,
				   .wanted = arguments->sensor,
				   .is_yes = arguments->is_yes};
	g_autoptr(RollstatStatus) status = rollstat_status_fetch(arguments->is_system, error);
	if (status == NULL)
		return FALSE;
	return arguments->verb == ROLLSTAT_VERB_PAIR ? rollstat_pair(&pairing, status, error)
						     : rollstat_unpair(&pairing, status, error);
}

static gboolean
run_verb(Run *run, GError **error)
{
	switch (run->arguments->verb) {
	case ROLLSTAT_VERB_TODAY:
	case ROLLSTAT_VERB_DAY:
	case ROLLSTAT_VERB_WEEK:
	case ROLLSTAT_VERB_MONTH:
	case ROLLSTAT_VERB_RANGE:
		return run_report(run, error);
	case ROLLSTAT_VERB_SESSIONS:
	case ROLLSTAT_VERB_PASSES:
	case ROLLSTAT_VERB_HOLDS:
		return run_list(run, error);
	case ROLLSTAT_VERB_DEVICES:
		return run_devices(run, error);
	case ROLLSTAT_VERB_STATUS:
		return run_status(run, error);
	case ROLLSTAT_VERB_CALIBRATE:
		return run_calibrate(run, error);
	case ROLLSTAT_VERB_PAIR:
	case ROLLSTAT_VERB_UNPAIR:
		return run_pair(run, error);
	case ROLLSTAT_VERB_HELP:
		g_string_append(run->out, rollstat_arguments_get_help());
		return TRUE;
	case ROLLSTAT_VERB_VERSION:
		g_string_append(run->out, "rollstat " ROLLSTAT_VERSION "\n");
		return TRUE;
	}
	g_assert_not_reached();
}

/* What to do about it, where the message alone does not say. */
static const char *
get_advice(const GError *error)
{
	if (g_error_matches(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_ABSENT))
		return "Nothing was recorded yet: start rollerd and roll, or name a database with "
		       "--db.\n";
	if (g_error_matches(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_TOO_NEW))
		return "It was written by a newer rollerd: update rollstat.\n";
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
	if (error->domain == ROLLSTAT_USAGE_ERROR || error->domain == G_OPTION_ERROR)
		return ROLLSTAT_EXIT_USAGE;
	return error->domain == ROLLSTAT_STATUS_ERROR ? ROLLSTAT_EXIT_NO_DAEMON
						      : ROLLSTAT_EXIT_FAILED;
}

RollstatExit
rollstat_command_run(const RollstatContext *context, char **arguments, GString *out, GString *err)
{
	g_autoptr(GError) error = NULL;
	RollstatDay today = rollstat_day_of(context->now_us, context->zone);
	g_autoptr(RollstatArguments) parsed = rollstat_arguments_parse(arguments, today, &error);
	if (parsed == NULL)
		return fail(error, err);
	Run run = {
		.context = context,
		.arguments = parsed,
		.view = {.style = context->style, .zone = context->zone, .today = today},
		.out = out,
	};
	if (g_strcmp0(parsed->colour, "always") == 0)
		run.view.style.has_colour = TRUE;
	else if (g_strcmp0(parsed->colour, "never") == 0)
		run.view.style.has_colour = FALSE;
	return run_verb(&run, &error) ? ROLLSTAT_EXIT_DONE : fail(error, err);
}
