/* SPDX-License-Identifier: MIT
 *
 * today, day, week, month, range.
 */
#include "cli/dates.h"
#include "cli/history/summarise.h"
#include "cli/people/weight.h"
#include "cli/people/whose.h"
#include "cli/report/json.h"
#include "cli/time/goals.h"
#include "cli/verbs.h"

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

/* The zones of the day, or of each day of a range with sessions. */
static void
append_csv(const RollstatReport *report, GString *out)
{
	RollstatTable table = rollstat_table_begin(out, TRUE);
	if (report->title == NULL)
		rollstat_json_add_zones(report->summary, &table);
	for (guint i = 0; i < report->days->len; i++) {
		const RollstatSummary *day = g_ptr_array_index(report->days, i);
		if (day->sessions > 0)
			rollstat_json_add_zones(day, &table);
	}
	rollstat_table_end(&table);
}

static void
append_json(const RollstatReport *report, const RollstatWhose *whose, GString *out)
{
	json_object *object = report->title == NULL
				      ? rollstat_json_new_day(report->summary)
				      : rollstat_json_new_range(report->summary, report->days);
	rollstat_whose_add_json(whose, object);
	rollstat_weight_add_json(report->summary, object);
	rollstat_json_append(object, out);
}

static void
append_report(const RollstatRun *run, const RollstatReport *report, const RollstatWhose *whose)
{
	if (run->is_csv)
		append_csv(report, run->out);
	else if (run->is_json)
		append_json(report, whose, run->out);
	else if (report->title == NULL)
		rollstat_render_day(&run->view, report, run->out);
	else
		rollstat_render_range(&run->view, report, run->out);
}

static void
free_summary(gpointer summary)
{
	rollstat_summary_free(summary);
}

/* Goals are of the day and week that run: where those are told, for people. */
static gboolean
load_goals(const RollstatRun *run, sqlite3 *db, const char *person, char **ret_goals,
	   GError **error)
{
	*ret_goals = NULL;
	gboolean is_now = run->verb == &rollstat_verb_today || run->verb == &rollstat_verb_week;
	if (!is_now || run->is_json || run->is_csv)
		return TRUE;
	return rollstat_goals_dup_line(run, db, person, ret_goals, error);
}

static gboolean
report(RollstatRun *run, const char *title, RollstatDates dates, GError **error)
{
	RollstatDay first = dates.first, last = dates.last;
	RollstatDay history_first =
		first > ROLLSTAT_HISTORY_DAYS ? first - ROLLSTAT_HISTORY_DAYS : 1;
	RollstatSpine spine = {0};
	RollstatQuery query = {
		.from_us = rollstat_day_get_begin_us(history_first, run->view.zone),
		.to_us = rollstat_day_get_begin_us(last + 1, run->view.zone),
		.passes_from_us = rollstat_day_get_begin_us(first, run->view.zone),
		.rows = ROLLSTAT_ROWS_ALL | ROLLSTAT_ROWS_EXERCISES,
	};
	RollstatReport report = {.title = title};
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autoptr(RollstatWhose) whose =
		rollstat_whose_find(run, db, &(RollstatWhoseAsk){&dates, 1, TRUE}, error);
	if (whose == NULL)
		return FALSE;
	query.person = whose->person;
	if (!rollstat_history_find_last(db, query.to_us, query.person, &report.last_us, error))
		return FALSE;
	g_autofree char *goals = NULL;
	g_autoptr(RollstatHistory) history = rollstat_history_load(db, &query, error);
	if (history == NULL || !load_latest_spine(db, history, &spine, error) ||
	    !load_goals(run, db, whose->person, &goals, error))
		return FALSE;
	g_autofree char *line = rollstat_whose_dup_line(whose, &run->view.style);
	report.goals = goals;
	report.whose = line;
	g_autoptr(RollstatSource) source = rollstat_source_new(history, &spine, run->view.zone);
	g_autoptr(RollstatSummary) summary = rollstat_summary_new(source, first, last);
	g_autoptr(GPtrArray) days = g_ptr_array_new_with_free_func(free_summary);
	for (RollstatDay day = first; report.title != NULL && day <= last; day++)
		g_ptr_array_add(days, run->is_json || run->is_csv
					      ? rollstat_summary_new(source, day, day)
					      : rollstat_summary_new_sums(source, day, day));
	if (!rollstat_weight_load(run, db, whose->person, &summary->weight_kg, error))
		return FALSE;
	report.summary = summary;
	report.days = days;
	report.history = history;
	report.sessions = rollstat_source_find(source, first, last);
	append_report(run, &report, whose);
	return TRUE;
}

static gboolean
run_today(RollstatRun *run, GError **error)
{
	return report(run, NULL, (RollstatDates){run->view.today, run->view.today}, error);
}

static gboolean
run_day(RollstatRun *run, GError **error)
{
	RollstatDay day;
	return rollstat_dates_parse_day(run->words[0], run->view.today, &day, error) &&
	       report(run, NULL, (RollstatDates){day, day}, error);
}

static gboolean
run_week(RollstatRun *run, GError **error)
{
	RollstatDay today = run->view.today;
	return report(run, _("Week"), (RollstatDates){rollstat_day_get_monday(today), today},
		      error);
}

static gboolean
run_month(RollstatRun *run, GError **error)
{
	RollstatDay today = run->view.today;
	return report(run, _("Month"),
		      (RollstatDates){rollstat_day_get_first_of_month(today), today}, error);
}

static gboolean
run_range(RollstatRun *run, GError **error)
{
	RollstatDates dates;
	return rollstat_dates_parse_range((const char *const *)run->words, run->view.today, &dates,
					  error) &&
	       report(run, _("Range"), dates, error);
}

#define TAKES (ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV | ROLLSTAT_TAKES_PERSON)

const RollstatVerb rollstat_verb_today = {
	.name = "today",
	.usage = "today",
	.what = N_("This day: zones, dose, tight spots"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = TAKES,
	.run = run_today,
};

const RollstatVerb rollstat_verb_day = {
	.name = "day",
	.usage = "day DAY",
	.what = N_("The same of another day"),
	.help = N_("DAY is 2026-03-14, 14.3. (the last one), yesterday, monday (the last one), or\n"
		   "3d (three days ago).\n"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = TAKES,
	.least_words = 1,
	.most_words = 1,
	.run = run_day,
};

const RollstatVerb rollstat_verb_week = {
	.name = "week",
	.usage = "week",
	.what = N_("From Monday until today, day by day and in sum"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = TAKES,
	.run = run_week,
};

const RollstatVerb rollstat_verb_month = {
	.name = "month",
	.usage = "month",
	.what = N_("From the first of the month until today, day by day and in sum"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = TAKES,
	.run = run_month,
};

const RollstatVerb rollstat_verb_range = {
	.name = "range",
	.usage = "range FROM [TO]",
	.what = N_("From one day to another, both included"),
	.help = N_(
		"Each is a day (2026-03-14, 14.3., yesterday, monday, 3d), a month (2026-03, or\n"
		"march: the last one that has begun), a year (2026), or week, month, year,\n"
		"last-week, last-month, last-year. One alone is enough: rollstat range march.\n"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = TAKES,
	.least_words = 1,
	.most_words = 2,
	.run = run_range,
};
