/* SPDX-License-Identifier: MIT
 *
 * trend: a zone or a level over weeks.
 */
#include "cli/history/summary-zones.h"
#include "cli/time/json-time.h"
#include "cli/time/render-time.h"
#include "cli/time/subject.h"
#include "cli/usage.h"
#include "cli/verbs.h"

/* What was asked for: words are borrowed. */
typedef struct {
	const char *place; /* NULL: all zones */
	RollstatDates range;
} Asked;

/* A first word that is no day is a place. A zone that is called like a day is a place, too. */
static gboolean
read_words(const RollstatRun *run, const RollstatSubject *subject, Asked *asked, GError **error)
{
	const char *const *words = (const char *const *)run->words;
	RollstatDates dates;
	asked->range = rollstat_periods_get_usual(run->view.today);
	if (words[0] != NULL && (rollstat_place_is_zone(subject->zones, words[0]) ||
				 !rollstat_dates_parse(words[0], run->view.today, &dates, NULL)))
		asked->place = *words++;
	if (words[0] != NULL &&
	    !rollstat_dates_parse_range(words, run->view.today, &asked->range, error))
		return FALSE;
	if (words[0] != NULL && words[1] != NULL && words[2] != NULL)
		return rollstat_run_refuse(run, error);
	return TRUE;
}

static void
free_course(gpointer course)
{
	rollstat_course_free(course);
}

static void
append(const RollstatRun *run, const RollstatTrend *trend)
{
	if (run->is_json)
		rollstat_json_append_trend(trend, run->out);
	else if (run->is_csv)
		rollstat_csv_append_trend(trend, run->out);
	else
		rollstat_render_trend(&run->view, trend, run->out);
}

/* The courses of the place asked for, or of each zone. */
static gboolean
follow(const RollstatRun *run, const Asked *asked, const RollstatHistory *history,
       const RollstatSubject *subject, GError **error)
{
	RollstatDay last = MIN(asked->range.last, run->view.today);
	g_autoptr(RollstatSource) source =
		rollstat_source_new(history, &subject->spine, run->view.zone);
	g_autoptr(RollstatSummary) summary =
		rollstat_summary_new_sums(source, asked->range.first, last);
	RollstatStep step = rollstat_periods_choose((RollstatDates){asked->range.first, last});
	g_autoptr(GArray) periods = rollstat_periods_new(asked->range, step, run->view.today);
	g_autoptr(GPtrArray) courses = g_ptr_array_new_with_free_func(free_course);
	g_autoptr(RollstatPlace) place = NULL;
	summary->spine = subject->spine;
	rollstat_zones_name_levels(summary);
	const RollstatSummary *zones = summary->zones->len > 0 ? summary : subject->zones;
	if (asked->place != NULL &&
	    (place = rollstat_place_find(zones, &subject->spine, asked->place, error)) == NULL)
		return FALSE;
	g_autoptr(GArray) stretches = rollstat_stretches_new(history, source, periods);
	for (guint i = 0; place == NULL && i < zones->zones->len; i++)
		g_ptr_array_add(courses,
				rollstat_course_new(history, stretches,
						    rollstat_place_new(&g_array_index(
							    zones->zones, RollstatZoneSum, i))));
	if (place != NULL)
		g_ptr_array_add(courses,
				rollstat_course_new(history, stretches, g_steal_pointer(&place)));
	g_autofree char *whose = rollstat_subject_dup_line(subject, &run->view.style);
	append(run, &(RollstatTrend){.person = subject->person,
				     .whose = whose,
				     .range = {asked->range.first, last},
				     .step = step,
				     .stretches = stretches,
				     .courses = courses,
				     .is_one = asked->place != NULL,
				     .sessions = summary->sessions,
				     .days = summary->days});
	return TRUE;
}

/* The days asked for, before it is known whose zones there are: as read_words has them, unless a zone is called like a day. */
static RollstatDates
guess_range(const RollstatRun *run)
{
	const char *const *words = (const char *const *)run->words;
	RollstatDates range = rollstat_periods_get_usual(run->view.today), dates;
	if (words[0] != NULL && !rollstat_dates_parse(words[0], run->view.today, &dates, NULL))
		words++;
	if (words[0] != NULL && rollstat_dates_parse_range(words, run->view.today, &dates, NULL))
		range = dates;
	return range;
}

static gboolean
run_trend(RollstatRun *run, GError **error)
{
	Asked asked = {0};
	RollstatDates guess = guess_range(run);
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autoptr(RollstatSubject) subject =
		rollstat_subject_load(run, db, &(RollstatWhoseAsk){&guess, 1, FALSE}, error);
	if (subject == NULL || !read_words(run, subject, &asked, error))
		return FALSE;
	if (asked.range.first > run->view.today)
		return rollstat_usage_fail(error, _("these days are still to come"));
	g_autoptr(RollstatHistory) history =
		rollstat_subject_load_range(subject, db, asked.range, run->view.zone, TRUE, error);
	return history != NULL &&
	       rollstat_subject_clip(db, history, run->view.zone, &asked.range, error) &&
	       follow(run, &asked, history, subject, error);
}

const RollstatVerb rollstat_verb_trend = {
	.name = "trend",
	.usage = "trend [ZONE] [FROM [TO]]",
	.what = N_("Seconds, force and tightness of a zone, week by week"),
	.help = N_(
		"ZONE is a zone, its first letters, or a level like T8; without it a line for\n"
		"each zone. FROM and TO are days or stretches, as range takes them; without\n"
		"them the last 12 weeks. Up to 31 days go by the day, more than 53 weeks by the\n"
		"month. More or less is said where chance alone seldom does it (the test of\n"
		"Mann and Kendall, one in ten), of 4 or more whole weeks.\n"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV | ROLLSTAT_TAKES_PERSON,
	.most_words = 3,
	.run = run_trend,
};
