/* SPDX-License-Identifier: MIT
 *
 * export
 */
#include "cli/carry/carry.h"
#include "cli/carry/export.h"
#include "cli/dates.h"
#include "cli/usage.h"
#include "cli/verbs.h"

#include <errno.h>
#include <glib/gstdio.h>

typedef struct {
	char *format, *session, *output;
	gboolean is_replacing;
} ExportOptions;

static const RollstatOption export_options[] = {
	{"format", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(ExportOptions, format), "FORMAT",
	 N_("json (usual), csv, fit or rollcap")},
	{"output", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(ExportOptions, output), "PATH",
	 N_("the file or folder to write; -: the standard output")},
	{"session", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(ExportOptions, session), "N",
	 N_("of one session, by the number that sessions tells")},
	{"replace", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(ExportOptions, is_replacing), NULL,
	 N_("instead of files that are there already")},
	{0},
};

typedef struct {
	const char *name;
	gboolean is_one_file, is_one_file_a_session;
	gboolean (*write)(RollstatExport *export, GError **error);
} Format;

static const Format formats[] = {
	{"json", TRUE, TRUE, rollstat_export_json},
	{"csv", FALSE, FALSE, rollstat_export_csv},
	{"fit", FALSE, TRUE, rollstat_export_fit},
	{"rollcap", FALSE, TRUE, rollstat_export_captures},
};

/* --json and --csv say the same as --format. */
static const Format *
find_format(const RollstatRun *run, GError **error)
{
	const ExportOptions *options = run->options;
	const char *name = run->is_csv ? "csv" : "json";
	if (options->format != NULL && (run->is_csv || run->is_json)) {
		rollstat_run_refuse(run, error);
		return NULL;
	}
	if (options->format != NULL)
		name = options->format;
	for (guint i = 0; i < G_N_ELEMENTS(formats); i++)
		if (g_str_equal(formats[i].name, name))
			return &formats[i];
	rollstat_usage_fail(error, _("--format is json, csv, fit or rollcap"));
	return NULL;
}

static gboolean
read_query(const RollstatRun *run, RollstatExport *export, GError **error)
{
	const ExportOptions *options = run->options;
	RollstatQuery *query = &export->query;
	RollstatDates dates;
	*query = (RollstatQuery){.from_us = G_MININT64,
				 .to_us = G_MAXINT64,
				 .passes_from_us = G_MININT64,
				 .person = run->person};
	if (options->session != NULL &&
	    !g_ascii_string_to_signed(options->session, 10, 1, G_MAXINT64, &query->session, NULL))
		return rollstat_usage_fail(error, _("--session takes the number of a session, as "
						    "rollstat sessions tells it"));
	if (run->words[0] != NULL) {
		if (!rollstat_dates_parse_range((const char *const *)run->words, run->view.today,
						&dates, error))
			return FALSE;
		query->from_us = rollstat_day_get_begin_us(dates.first, run->view.zone);
		query->to_us = rollstat_day_get_begin_us(dates.last + 1, run->view.zone);
	}
	export->is_whole = run->words[0] == NULL && query->session == 0 && query->person == NULL;
	return TRUE;
}

/* Where it goes: what was named, or a name with the day in the present folder; given. */
static char *
dup_path(const RollstatRun *run, const Format *format, gboolean is_folder, GError **error)
{
	const ExportOptions *options = run->options;
	g_autofree char *day = rollstat_day_dup_iso(run->view.today);
	g_autofree char *number = options->session != NULL
					  ? g_strdup_printf("-session-%s", options->session)
					  : g_strdup("");
	g_autofree char *name =
		is_folder ? g_strdup_printf("rollstat-%s-%s%s", day, format->name, number)
			  : g_strdup_printf("rollstat-%s%s.%s", day, number, format->name);
	if (options->output == NULL)
		return g_steal_pointer(&name);
	if (is_folder && g_str_equal(options->output, "-")) {
		rollstat_usage_fail(error, _("several files go into a folder: --output FOLDER"));
		return NULL;
	}
	if (!is_folder && g_file_test(options->output, G_FILE_TEST_IS_DIR))
		return g_build_filename(options->output, name, NULL);
	return g_strdup(options->output);
}

static gboolean
check_path(const RollstatRun *run, const char *path, gboolean is_folder, GError **error)
{
	g_autofree char *database = rollstat_run_dup_database_path(run);
	if (rollstat_carry_is_same(path, database))
		return rollstat_usage_fail(error, _("%s is the database itself: name another file"),
					   path);
	if (!is_folder || g_mkdir_with_parents(path, 0777) == 0)
		return TRUE;
	int why = errno;
	g_set_error(error, G_IO_ERROR, g_io_error_from_errno(why),
		    _("cannot make the folder %s: %s"), path, g_strerror(why));
	return FALSE;
}

static void
tell(const RollstatExport *export, const Format *format)
{
	GString *out = export->run->out;
	g_autofree char *size = rollstat_output_dup_size(export->n_bytes);
	if (g_str_equal(export->path, "-"))
		return;
	g_string_append_printf(out,
			       ngettext("Exported %u session to %s", "Exported %u sessions to %s",
					export->sessions),
			       export->sessions, export->path);
	if (export->is_folder)
		g_string_append_printf(
			out, ngettext(" (%u file, %s).\n", " (%u files, %s).\n", export->files),
			export->files, size);
	else
		g_string_append_printf(out, " (%s).\n", size);
	if (format->write == rollstat_export_json)
		g_string_append_printf(out, _("Another machine takes it by: rollstat import %s\n"),
				       export->path);
	if (format->write == rollstat_export_captures)
		g_string_append(out, _("They are taken by: rollerd --replay FILE\n"));
}

static gboolean
check_found(const RollstatExport *export, GError **error)
{
	gint64 session = export->query.session;
	if (session == 0 || export->sessions > 0)
		return TRUE;
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("there is no session %s in %s"),
		    ((const ExportOptions *)export->run->options)->session,
		    sqlite3_db_filename(export->db, "main"));
	return FALSE;
}

/* Before a file is made of one that is not there. */
static gboolean
find_session(const RollstatExport *export, GError **error)
{
	if (export->query.session == 0)
		return TRUE;
	g_autoptr(sqlite3_stmt) wanted = rollstat_export_select(export, error);
	if (wanted == NULL)
		return FALSE;
	return sqlite3_step(wanted) == SQLITE_ROW || check_found(export, error);
}

static gboolean
run_export(RollstatRun *run, GError **error)
{
	const ExportOptions *options = run->options;
	const Format *format = find_format(run, error);
	RollstatExport export = {.run = run, .is_replacing = options->is_replacing};
	if (format == NULL || !read_query(run, &export, error))
		return FALSE;
	export.is_folder =
		options->session != NULL ? !format->is_one_file_a_session : !format->is_one_file;
	g_autofree char *path = dup_path(run, format, export.is_folder, error);
	if (path == NULL)
		return FALSE;
	export.path = path;
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, error);
	if (db == NULL)
		return FALSE;
	export.db = db;
	if (!find_session(&export, error) || !check_path(run, path, export.is_folder, error) ||
	    !format->write(&export, error) || !check_found(&export, error))
		return FALSE;
	tell(&export, format);
	return TRUE;
}

const RollstatVerb rollstat_verb_export = {
	.name = "export",
	.usage = "export [FROM [TO]] [--format FORMAT] [--output PATH]",
	.what = N_("Exports history: for another machine, a spreadsheet, a training log"),
	.help = N_(
		"json     one file that rollstat import takes, with all that was received\n"
		"csv      a folder of tables: sessions, zones, passes, holds, exercises\n"
		"fit      a FIT activity for each session, for training logs\n"
		"rollcap  a capture for each session, for rollerd to replay\n"
		"\n"
		"FROM and TO are days as range takes them; without them it is everything.\n"
		"Without --output it goes into the present folder, under a name with the day.\n"),
	.group = ROLLSTAT_GROUP_CARE,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV | ROLLSTAT_TAKES_PERSON,
	.most_words = 2,
	.options = export_options,
	.options_size = sizeof(ExportOptions),
	.run = run_export,
};
