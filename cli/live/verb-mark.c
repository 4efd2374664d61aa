/* SPDX-License-Identifier: MIT
 *
 * mark: notes the place in the session that is open; marks: tells them.
 */
#include "cli/dates.h"
#include "cli/history/query.h"
#include "cli/report/json.h"
#include "cli/sensor/status.h"
#include "cli/verbs.h"

#include <math.h>

enum {
	ANSWER_WITHIN_MS = 3000,
	BEFORE_ZONE = 39, /* columns of a line of marks */
};

/* ---- mark ---- */

/* The one that is meant where none is named: with an open session, if only one has. */
static const RollstatSensor *
find_open(const RollstatStatus *status, GError **error)
{
	const RollstatSensor *found = NULL;
	for (guint i = 0; i < status->sensors->len; i++) {
		const RollstatSensor *sensor = g_ptr_array_index(status->sensors, i);
		if (sensor->session == 0)
			continue;
		if (found != NULL) {
			g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
				    _("more than one sensor has an open session: name one"));
			return NULL;
		}
		found = sensor;
	}
	if (found == NULL)
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
			    _("no session is open: there is no place to mark"));
	return found;
}

static gboolean
call_mark(const RollstatStatus *status, const RollstatSensor *sensor, GError **error)
{
	g_autoptr(GVariant) reply = g_dbus_connection_call_sync(
		status->bus, "org.rollerd1", sensor->path, "org.rollerd1.Sensor", "Mark", NULL,
		NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_WITHIN_MS, NULL, error);
	if (reply != NULL)
		return TRUE;
	if (error != NULL)
		g_dbus_error_strip_remote_error(*error);
	g_prefix_error(error, _("marking the place: "));
	return FALSE;
}

static void
append_marked(RollstatRun *run, const RollstatSensor *sensor, const RollstatMotion *motion)
{
	if (run->is_json) {
		json_object *object = json_object_new_object();
		json_object_object_add(object, "sensor", rollstat_json_new_text(sensor->address));
		json_object_object_add(object, "session", json_object_new_int64(sensor->session));
		json_object_object_add(object, "at_cm",
				       rollstat_json_new_number(motion->contact_cm, 2));
		json_object_object_add(object, "uncertainty_cm",
				       rollstat_json_new_number(motion->uncertainty_cm, 2));
		rollstat_json_append(object, run->out);
		return;
	}
	if (!isfinite(motion->contact_cm)) {
		g_string_append(run->out, _("Marked. Where that is is not known yet.\n"));
		return;
	}
	if (!isfinite(motion->uncertainty_cm)) {
		g_string_append_printf(
			run->out,
			_("Marked: %.1f cm below C7; how sure that is is not known yet.\n"),
			motion->contact_cm);
		return;
	}
	g_string_append_printf(
		run->out, _("Marked: %.1f cm below C7 (%s%.1f cm).\n"), motion->contact_cm,
		rollstat_style_get_give_or_take(&run->view.style), motion->uncertainty_cm);
}

static gboolean
run_mark(RollstatRun *run, GError **error)
{
	g_autofree char *wanted = rollstat_run_dup_sensor(run, run->words[0]);
	g_autoptr(RollstatStatus) status = rollstat_status_fetch(run->is_system, error);
	if (status == NULL)
		return FALSE;
	const RollstatSensor *sensor = wanted != NULL ? rollstat_status_find(status, wanted, error)
						      : find_open(status, error);
	RollstatMotion motion;
	if (sensor == NULL || !call_mark(status, sensor, error) ||
	    !rollstat_motion_fetch(status->bus, sensor->path, &motion, error))
		return FALSE;
	append_marked(run, sensor, &motion);
	return TRUE;
}

const RollstatVerb rollstat_verb_mark = {
	.name = "mark",
	.usage = "mark [SENSOR]",
	.what = N_("Notes that the place where you are is worth finding again"),
	.help = N_("SENSOR is an address or a name; without it the one with an open session. The\n"
		   "sensor's button and two knocks do the same; rollstat marks tells them all.\n"),
	.group = ROLLSTAT_GROUP_NOW,
	.takes = ROLLSTAT_TAKES_JSON,
	.most_words = 1,
	.run = run_mark,
};

/* ---- marks ---- */

typedef struct {
	gint64 t_us;
	double at_cm, uncertainty_cm;
	const RollstatSession *session;
} Mark;

typedef struct {
	char *day;
} MarksOptions;

static const RollstatOption marks_options[] = {
	{"day", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(MarksOptions, day), "DAY",
	 N_("of one day, or of another stretch as range takes it")},
	{0},
};

/* Those of the sessions of a history, in order of time; given, NULL and error. */
static GArray *
load_marks(sqlite3 *db, const RollstatHistory *history, GError **error)
{
	gboolean failed;
	g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(Mark));
	g_autoptr(sqlite3_stmt) rows = rollstat_query_prepare(
		db, "SELECT t_us, at_cm, uncertainty_cm FROM mark WHERE session = ? ORDER BY n",
		error);
	if (rows == NULL)
		return NULL;
	for (guint i = 0; i < history->sessions->len; i++) {
		const RollstatSession *session =
			&g_array_index(history->sessions, RollstatSession, i);
		sqlite3_reset(rows);
		sqlite3_bind_int64(rows, 1, session->id);
		while (rollstat_query_step(rows, &failed, error)) {
			Mark mark = {sqlite3_column_int64(rows, 0), sqlite3_column_double(rows, 1),
				     rollstat_query_get_number(rows, 2), session};
			g_array_append_val(marks, mark);
		}
		if (failed)
			return NULL;
	}
	return g_steal_pointer(&marks);
}

static const char *
find_level(const RollstatSpine *spine, double at_cm)
{
	for (guint i = 0; i < spine->n_levels; i++)
		if (at_cm >= spine->levels[i].from_cm && at_cm < spine->levels[i].to_cm)
			return spine->levels[i].name;
	return NULL;
}

static void
add_mark(RollstatTable *table, const RollstatHistory *history, const Mark *mark, const char *level)
{
	json_object *row = json_object_new_object();
	const char *zone = rollstat_history_find_zone(history, mark->session, mark->at_cm);
	json_object_object_add(row, "session", json_object_new_int64(mark->session->id));
	json_object_object_add(row, "time", rollstat_json_new_time(mark->t_us));
	json_object_object_add(row, "at_cm", rollstat_json_new_number(mark->at_cm, 2));
	json_object_object_add(row, "uncertainty_cm",
			       rollstat_json_new_number(mark->uncertainty_cm, 2));
	json_object_object_add(row, "level", rollstat_json_new_text(level));
	json_object_object_add(row, "zone", rollstat_json_new_text(zone));
	rollstat_table_add(table, row);
}

static void
append_mark(const RollstatRun *run, const RollstatHistory *history, const Mark *mark,
	    const char *level)
{
	const RollstatStyle *style = &run->view.style;
	const char *zone = rollstat_history_find_zone(history, mark->session, mark->at_cm);
	g_autofree char *date = rollstat_day_dup_iso(rollstat_day_of(mark->t_us, run->view.zone));
	g_autofree char *clock = rollstat_day_dup_clock(mark->t_us, run->view.zone);
	g_autofree char *number = rollstat_style_dup_number(style, mark->uncertainty_cm, 1);
	g_autofree char *doubt = g_strconcat(
		isnan(mark->uncertainty_cm) ? "" : rollstat_style_get_give_or_take(style), number,
		NULL);
	g_autofree char *name = rollstat_style_dup_clean(style, zone != NULL ? zone : "");
	g_string_append_printf(run->out, "  %s %s %5.1f cm ", date, clock, mark->at_cm);
	rollstat_style_append_cell(style, run->out, &(RollstatCell){.text = doubt, .columns = 6});
	g_string_append_printf(run->out, " %-4s", level != NULL ? level : "");
	rollstat_style_append_cell(
		style, run->out,
		&(RollstatCell){.text = name, .columns = MAX(style->width, 60) - BEFORE_ZONE});
	while (run->out->str[run->out->len - 1] == ' ')
		g_string_truncate(run->out, run->out->len - 1);
	g_string_append_c(run->out, '\n');
}

static gboolean
append_marks(RollstatRun *run, sqlite3 *db, const RollstatHistory *history, GError **error)
{
	g_autoptr(GArray) marks = load_marks(db, history, error);
	gboolean is_table = run->is_json || run->is_csv;
	RollstatSpine spine = {0};
	gint64 loaded = 0;
	if (marks == NULL)
		return FALSE;
	if (!is_table && marks->len == 0)
		g_string_append(run->out, _("No place was marked.\n"));
	RollstatTable table = {0};
	if (is_table)
		table = rollstat_table_begin(run->out, run->is_csv);
	for (guint i = 0; i < marks->len; i++) {
		const Mark *mark = &g_array_index(marks, Mark, i);
		if (mark->session->spine != loaded &&
		    !rollstat_history_load_spine(db, mark->session->spine, &spine, error))
			return FALSE;
		loaded = mark->session->spine;
		const char *level = find_level(&spine, mark->at_cm);
		if (is_table)
			add_mark(&table, history, mark, level);
		else
			append_mark(run, history, mark, level);
	}
	if (is_table)
		rollstat_table_end(&table);
	return TRUE;
}

static gboolean
run_marks(RollstatRun *run, GError **error)
{
	const MarksOptions *options = run->options;
	gboolean is_day = options->day != NULL;
	RollstatDates dates = {0};
	if (is_day && !rollstat_dates_parse(options->day, run->view.today, &dates, error))
		return FALSE;
	RollstatQuery query = {
		.from_us = is_day ? rollstat_day_get_begin_us(dates.first, run->view.zone)
				  : G_MININT64,
		.to_us = is_day ? rollstat_day_get_begin_us(dates.last + 1, run->view.zone)
				: G_MAXINT64,
		.person = run->person,
	};
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autoptr(RollstatHistory) history = rollstat_history_load(db, &query, error);
	return history != NULL && append_marks(run, db, history, error);
}

const RollstatVerb rollstat_verb_marks = {
	.name = "marks",
	.usage = "marks [--day DAY]",
	.what = N_("The places that were marked"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV | ROLLSTAT_TAKES_PERSON,
	.options = marks_options,
	.options_size = sizeof(MarksOptions),
	.run = run_marks,
};
