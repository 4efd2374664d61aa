/* SPDX-License-Identifier: MIT
 *
 * compare: two stretches of days.
 */
#include "cli/time/compare.h"
#include "cli/time/subject.h"
#include "cli/usage.h"
#include "cli/verbs.h"

/* A stretch until today. */
static gboolean
read_stretch(const RollstatRun *run, guint n, RollstatDates *ret_dates, GError **error)
{
	RollstatDay today = run->view.today;
	if (!rollstat_dates_parse(run->words[n], today, ret_dates, error))
		return FALSE;
	if (ret_dates->first > today)
		return rollstat_usage_fail(error, _("%s is still to come"), run->words[n]);
	ret_dates->last = MIN(ret_dates->last, today);
	return TRUE;
}

/* One stretch: names in its summary are borrowed from its history. */
typedef struct {
	RollstatHistory *history;
	RollstatSummary *summary;
} Stretch;

static void
clear_stretch(Stretch *stretch)
{
	g_clear_pointer(&stretch->summary, rollstat_summary_free);
	g_clear_pointer(&stretch->history, rollstat_history_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stretch, clear_stretch)

static void
append(const RollstatRun *run, const RollstatCompared *compared)
{
	if (run->is_json)
		rollstat_json_append_compared(compared, run->out);
	else if (run->is_csv)
		rollstat_csv_append_compared(compared, run->out);
	else
		rollstat_render_compared(&run->view, compared, run->out);
}

static gboolean
sum_up(const RollstatRun *run, sqlite3 *db, const RollstatSubject *subject, RollstatDates dates,
       Stretch *ret_stretch, GError **error)
{
	ret_stretch->history =
		rollstat_subject_load_range(subject, db, dates, run->view.zone, FALSE, error);
	if (ret_stretch->history == NULL)
		return FALSE;
	g_autoptr(RollstatSource) source =
		rollstat_source_new(ret_stretch->history, &subject->spine, run->view.zone);
	ret_stretch->summary = rollstat_summary_new(source, dates.first, dates.last);
	return TRUE;
}

static gboolean
run_compare(RollstatRun *run, GError **error)
{
	RollstatDates dates[2];
	g_auto(Stretch) first = {0}, second = {0};
	if (!read_stretch(run, 0, &dates[0], error) || !read_stretch(run, 1, &dates[1], error))
		return FALSE;
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autoptr(RollstatSubject) subject =
		rollstat_subject_load(run, db, &(RollstatWhoseAsk){dates, 2, FALSE}, error);
	if (subject == NULL)
		return FALSE;
	if (!sum_up(run, db, subject, dates[0], &first, error) ||
	    !sum_up(run, db, subject, dates[1], &second, error))
		return FALSE;
	const RollstatSummary *const summaries[] = {first.summary, second.summary};
	g_autoptr(RollstatComparison) comparison = rollstat_comparison_new(dates, summaries);
	g_autofree char *whose = rollstat_subject_dup_line(subject, &run->view.style);
	append(run, &(RollstatCompared){.person = subject->person,
					.whose = whose,
					.names = {run->words[0], run->words[1]},
					.comparison = comparison});
	return TRUE;
}

const RollstatVerb rollstat_verb_compare = {
	.name = "compare",
	.usage = "compare A B",
	.what = N_("Two stretches of days beside each other, by the day"),
	.help = N_(
		"Each is a day or a stretch, as range takes it: rollstat compare last-week week;\n"
		"rollstat compare 2026-02 2026-03. Stretches of different length are compared\n"
		"by the day with rolling; how many of their days had some stands beside it.\n"
		"What differs by less than 10 % (force 5 %, tightness 0.05) is alike.\n"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV | ROLLSTAT_TAKES_PERSON,
	.least_words = 2,
	.most_words = 2,
	.run = run_compare,
};
