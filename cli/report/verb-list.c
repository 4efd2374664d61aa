/* SPDX-License-Identifier: MIT
 *
 * sessions, passes, holds: rows as they stand in the database.
 */
#include "cli/dates.h"
#include "cli/report/json.h"
#include "cli/usage.h"
#include "cli/verbs.h"

typedef struct {
	char *day, *session;
	gboolean is_deleted;
} ListOptions;

#define DAY_OPTION                                                                                 \
	{                                                                                          \
		"day", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(ListOptions, day), "DAY",            \
			N_("of one day, or of another stretch as range takes it")                  \
	}
#define SESSION_OPTION                                                                             \
	{                                                                                          \
		"session", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(ListOptions, session), "N",      \
			N_("of one session, by the number that sessions tells")                    \
	}

static const RollstatOption sessions_options[] = {
	DAY_OPTION,
	{"deleted", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(ListOptions, is_deleted), NULL,
	 N_("those that were deleted, and no others")},
	{0},
};
static const RollstatOption rows_options[] = {DAY_OPTION, SESSION_OPTION, {0}};

typedef struct {
	RollstatRows rows;
	gboolean needs_zones;
	void (*render)(const RollstatView *view, const RollstatHistory *history, GString *out);
	void (*add_rows)(const RollstatHistory *history, RollstatTable *table);
} List;

static gboolean
parse_session(const char *text, gint64 *ret_session, GError **error)
{
	if (g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, ret_session, NULL))
		return TRUE;
	return rollstat_usage_fail(
		error, _("--session takes the number of a session, as rollstat sessions tells it"));
}

static gboolean
list_rows(RollstatRun *run, const List *list, GError **error)
{
	const ListOptions *options = run->options;
	gboolean is_day = options->day != NULL;
	RollstatDates dates = {0};
	gint64 session = 0;
	if ((is_day && !rollstat_dates_parse(options->day, run->view.today, &dates, error)) ||
	    (options->session != NULL && !parse_session(options->session, &session, error)))
		return FALSE;
	RollstatQuery query = {
		.from_us = is_day ? rollstat_day_get_begin_us(dates.first, run->view.zone)
				  : G_MININT64,
		.to_us = is_day ? rollstat_day_get_begin_us(dates.last + 1, run->view.zone)
				: G_MAXINT64,
		.passes_from_us = G_MININT64,
		.person = run->person,
		.session = session,
		.rows = list->rows,
		.has_no_zones = !list->needs_zones,
		.is_deleted = options->is_deleted,
	};
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, error);
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
	if (!run->is_json && !run->is_csv) {
		list->render(&run->view, history, run->out);
		return TRUE;
	}
	RollstatTable table = rollstat_table_begin(run->out, run->is_csv);
	list->add_rows(history, &table);
	rollstat_table_end(&table);
	return TRUE;
}

static gboolean
run_sessions(RollstatRun *run, GError **error)
{
	static const List sessions = {0, FALSE, rollstat_render_sessions,
				      rollstat_json_add_sessions};
	return list_rows(run, &sessions, error);
}

static gboolean
run_passes(RollstatRun *run, GError **error)
{
	static const List passes = {ROLLSTAT_ROWS_PASSES, FALSE, rollstat_render_passes,
				    rollstat_json_add_passes};
	return list_rows(run, &passes, error);
}

static gboolean
run_holds(RollstatRun *run, GError **error)
{
	static const List holds = {ROLLSTAT_ROWS_HOLDS, TRUE, rollstat_render_holds,
				   rollstat_json_add_holds};
	return list_rows(run, &holds, error);
}

#define TAKES (ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV | ROLLSTAT_TAKES_PERSON)

const RollstatVerb rollstat_verb_sessions = {
	.name = "sessions",
	.usage = "sessions [--day DAY] [--deleted]",
	.what = N_("A line for each session, all or of a day"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = TAKES,
	.options = sessions_options,
	.options_size = sizeof(ListOptions),
	.run = run_sessions,
};

const RollstatVerb rollstat_verb_passes = {
	.name = "passes",
	.usage = "passes [--day DAY] [--session N]",
	.what = N_("A line for each pass: where, how long, how hard"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = TAKES,
	.options = rows_options,
	.options_size = sizeof(ListOptions),
	.run = run_passes,
};

const RollstatVerb rollstat_verb_holds = {
	.name = "holds",
	.usage = "holds [--day DAY] [--session N]",
	.what = N_("The same for holds"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = TAKES,
	.options = rows_options,
	.options_size = sizeof(ListOptions),
	.run = run_holds,
};
