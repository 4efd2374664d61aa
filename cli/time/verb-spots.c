/* SPDX-License-Identifier: MIT
 *
 * spots: tight places that are found again and again.
 */
#include "cli/time/spots.h"
#include "cli/time/subject.h"
#include "cli/usage.h"
#include "cli/verbs.h"

static void
append(const RollstatRun *run, const RollstatSpots *spots)
{
	if (run->is_json)
		rollstat_json_append_spots(spots, run->out);
	else if (run->is_csv)
		rollstat_csv_append_spots(spots, run->out);
	else
		rollstat_render_spots(&run->view, spots, run->out);
}

static gboolean
read_range(const RollstatRun *run, RollstatDates *ret_range, GError **error)
{
	RollstatDay today = run->view.today;
	*ret_range = rollstat_periods_get_usual(today);
	if (run->words[0] != NULL &&
	    !rollstat_dates_parse_range((const char *const *)run->words, today, ret_range, error))
		return FALSE;
	if (ret_range->first > today)
		return rollstat_usage_fail(error, _("these days are still to come"));
	ret_range->last = MIN(ret_range->last, today);
	return TRUE;
}

static void
find(const RollstatRun *run, RollstatDates range, const RollstatHistory *history,
     const RollstatSubject *subject)
{
	RollstatDay today = run->view.today;
	g_autoptr(RollstatSource) source =
		rollstat_source_new(history, &subject->spine, run->view.zone);
	g_autoptr(RollstatSummary) zones =
		rollstat_summary_new_sums(source, range.first, range.last);
	RollstatStep step = rollstat_periods_choose(range);
	g_autoptr(GArray) dates = rollstat_periods_new(range, ROLLSTAT_STEP_DAY, today);
	g_autoptr(GArray) periods = rollstat_periods_new(range, step, today);
	g_autoptr(GArray) days = rollstat_stretches_new(history, source, dates);
	g_autoptr(RollstatRecurrings) recurrings = rollstat_recurrings_find(days, periods);
	g_autofree char *whose = rollstat_subject_dup_line(subject, &run->view.style);
	append(run, &(RollstatSpots){.person = subject->person,
				     .whose = whose,
				     .range = range,
				     .step = step,
				     .sessions = zones->sessions,
				     .days = zones->days,
				     .recurrings = recurrings,
				     .spine = &subject->spine,
				     .zones = zones});
}

static gboolean
run_spots(RollstatRun *run, GError **error)
{
	RollstatDates range;
	if (!read_range(run, &range, error))
		return FALSE;
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autoptr(RollstatSubject) subject =
		rollstat_subject_load(run, db, &(RollstatWhoseAsk){&range, 1, FALSE}, error);
	if (subject == NULL)
		return FALSE;
	g_autoptr(RollstatHistory) history =
		rollstat_subject_load_range(subject, db, range, run->view.zone, TRUE, error);
	if (history == NULL || !rollstat_subject_clip(db, history, run->view.zone, &range, error))
		return FALSE;
	find(run, range, history, subject);
	return TRUE;
}

const RollstatVerb rollstat_verb_spots = {
	.name = "spots",
	.usage = "spots [FROM [TO]]",
	.what = N_("Tight spots found again and again: where, how often, better or worse"),
	.help = N_(
		"FROM and TO are days or stretches, as range takes them; without them the last\n"
		"12 weeks. Each day is judged as its report tells it. Spots of several days\n"
		"within 3 cm are one place; it is told from two days on. Better or worse is said\n"
		"where tightness changed by 0.05 or more and by more than chance often does.\n"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV | ROLLSTAT_TAKES_PERSON,
	.most_words = 2,
	.run = run_spots,
};
