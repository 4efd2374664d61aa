/* SPDX-License-Identifier: MIT */
#include "cli/time/subject.h"

#include "cli/history/summary-zones.h"

/* The last session of a person. */
static RollstatHistory *
load_latest(sqlite3 *db, const char *person, GError **error)
{
	gint64 start_us = 0;
	if (!rollstat_history_find_last(db, G_MAXINT64, person, &start_us, error))
		return NULL;
	RollstatQuery query = {
		.from_us = start_us,
		.to_us = start_us + 1,
		.passes_from_us = start_us,
		.person = person,
	};
	return rollstat_history_load(db, &query, error);
}

static const RollstatSession *
get_latest(const RollstatHistory *history)
{
	guint n = history->sessions->len;
	return n > 0 ? &g_array_index(history->sessions, RollstatSession, n - 1) : NULL;
}

static gboolean
choose_person(RollstatSubject *subject, const RollstatRun *run, sqlite3 *db,
	      const RollstatWhoseAsk *ask, GError **error)
{
	subject->whose = rollstat_whose_find(run, db, ask, error);
	if (subject->whose == NULL)
		return FALSE;
	subject->person = subject->whose->person;
	subject->latest = load_latest(db, subject->person, error);
	return subject->latest != NULL;
}

RollstatSubject *
rollstat_subject_load(const RollstatRun *run, sqlite3 *db, const RollstatWhoseAsk *ask,
		      GError **error)
{
	g_autoptr(RollstatSubject) subject = g_new0(RollstatSubject, 1);
	GTimeZone *zone = run->view.zone;
	if (!choose_person(subject, run, db, ask, error))
		return NULL;
	const RollstatSession *latest = get_latest(subject->latest);
	if (latest != NULL &&
	    !rollstat_history_load_spine(db, latest->spine, &subject->spine, error))
		return NULL;
	RollstatDay day = latest != NULL ? rollstat_day_of(latest->start_us, zone) : 1;
	g_autoptr(RollstatSource) source =
		rollstat_source_new(subject->latest, &subject->spine, zone);
	subject->zones = rollstat_summary_new_sums(source, day, day);
	subject->zones->spine = subject->spine;
	rollstat_zones_name_levels(subject->zones);
	return g_steal_pointer(&subject);
}

void
rollstat_subject_free(RollstatSubject *subject)
{
	if (subject == NULL)
		return;
	rollstat_summary_free(subject->zones);
	rollstat_history_free(subject->latest);
	rollstat_whose_free(subject->whose);
	g_free(subject);
}

char *
rollstat_subject_dup_line(const RollstatSubject *subject, const RollstatStyle *style)
{
	char *line = rollstat_whose_dup_line(subject->whose, style);
	if (line != NULL || g_str_equal(subject->person, "me"))
		return line;
	g_autofree char *clean = rollstat_style_dup_clean(style, subject->person);
	return g_strdup_printf(_("Of %s alone."), clean);
}

RollstatHistory *
rollstat_subject_load_range(const RollstatSubject *subject, sqlite3 *db, RollstatDates range,
			    GTimeZone *zone, gboolean is_bare, GError **error)
{
	RollstatDay first =
		range.first > ROLLSTAT_HISTORY_DAYS ? range.first - ROLLSTAT_HISTORY_DAYS : 1;
	RollstatQuery query = {
		.from_us = rollstat_day_get_begin_us(first, zone),
		.to_us = rollstat_day_get_begin_us(range.last + 1, zone),
		.passes_from_us = rollstat_day_get_begin_us(range.first, zone),
		.person = subject->person,
		.rows = ROLLSTAT_ROWS_ALL,
		.has_bare_passes = is_bare,
	};
	return rollstat_history_load(db, &query, error);
}

gboolean
rollstat_subject_clip(sqlite3 *db, const RollstatHistory *history, GTimeZone *zone,
		      RollstatDates *range, GError **error)
{
	gint64 before_us = rollstat_day_get_begin_us(range->first, zone), last_us = 0;
	if (history->sessions->len == 0)
		return TRUE;
	const RollstatSession *first = &g_array_index(history->sessions, RollstatSession, 0);
	if (!rollstat_history_find_last(db, before_us, first->person, &last_us, error))
		return FALSE;
	if (last_us == 0)
		range->first = MAX(range->first, rollstat_day_of(first->start_us, zone));
	return TRUE;
}
