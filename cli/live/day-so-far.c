/* SPDX-License-Identifier: MIT */
#include "cli/live/day-so-far.h"

#include "cli/history/query.h"
#include "cli/history/summarise.h"
#include "cli/history/summary-zones.h"
#include "cli/people/weight.h"

struct RollstatDaySoFar {
	char *path, *person, *usual;
	double usual_kg, weight_kg;
	GTimeZone *zone;
	sqlite3 *db;		  /* NULL: not open */
	gint64 version;		  /* of what was read last, as SQLite counts; -1: nothing */
	gint64 session;		  /* that was open then */
	RollstatDay today;	  /* likewise */
	RollstatHistory *history; /* of the last summary */
};

RollstatDaySoFar *
rollstat_day_so_far_new(const char *path, const RollstatDayOf *of, GTimeZone *zone)
{
	RollstatDaySoFar *day = g_new0(RollstatDaySoFar, 1);
	day->path = g_strdup(path);
	day->person = g_strdup(of->person);
	day->usual = g_strdup(of->usual);
	day->usual_kg = of->usual_kg;
	day->zone = zone;
	day->version = -1;
	return day;
}

void
rollstat_day_so_far_free(RollstatDaySoFar *day)
{
	if (day == NULL)
		return;
	g_clear_pointer(&day->history, rollstat_history_free);
	g_clear_pointer(&day->db, sqlite3_close_v2);
	g_free(day->path);
	g_free(day->person);
	g_free(day->usual);
	g_free(day);
}

/* One row of two columns; FALSE where there is none, or on failure (and error). */
static gboolean
look_up(RollstatDaySoFar *day, const char *sql, gint64 key, char **ret_text, gint64 *ret_number,
	GError **error)
{
	g_autoptr(sqlite3_stmt) row = rollstat_query_prepare(day->db, sql, error);
	gboolean has_failed = FALSE;
	if (row == NULL)
		return FALSE;
	if (sqlite3_bind_parameter_count(row) > 0)
		sqlite3_bind_int64(row, 1, key);
	if (!rollstat_query_step(row, &has_failed, error))
		return FALSE;
	*ret_text = g_strdup((const char *)sqlite3_column_text(row, 0));
	*ret_number = sqlite3_column_int64(row, 1);
	return TRUE;
}

/* Whose sessions of a stretch are, and of how many persons they are; the last one in *ret_person (given, if any). */
static gboolean
count_persons(RollstatDaySoFar *day, gint64 from_us, gint64 to_us, guint *ret_n, char **ret_person,
	      GError **error)
{
	gboolean has_failed = FALSE;
	g_autoptr(sqlite3_stmt) row = rollstat_query_prepare(
		day->db,
		"SELECT DISTINCT" ROLLSTAT_QUERY_PERSON "FROM" ROLLSTAT_QUERY_SESSIONS
		"WHERE start_us >= ?1 AND start_us < ?2 AND" ROLLSTAT_QUERY_STANDS,
		error);
	if (row == NULL)
		return FALSE;
	sqlite3_bind_int64(row, 1, from_us);
	sqlite3_bind_int64(row, 2, to_us);
	for (*ret_n = 0; rollstat_query_step(row, &has_failed, error); (*ret_n)++) {
		g_free(*ret_person);
		*ret_person = g_strdup((const char *)sqlite3_column_text(row, 0));
	}
	return !has_failed;
}

/* Whose all of a day is, or all there is where it has nothing; else whom the configuration names. */
static char *
dup_only(RollstatDaySoFar *day, RollstatDay date, GError **error)
{
	g_autofree char *person = NULL;
	guint n = 0;
	if (!count_persons(day, rollstat_day_get_begin_us(date, day->zone),
			   rollstat_day_get_begin_us(date + 1, day->zone), &n, &person, error) ||
	    (n == 0 && !count_persons(day, G_MININT64, G_MAXINT64, &n, &person, error)))
		return NULL;
	return n == 1 ? g_steal_pointer(&person) : g_strdup(day->usual);
}

/* Whose day it is, and which. */
typedef struct {
	char *person;
	RollstatDay date;
} Whose;

static gboolean
find_whose(RollstatDaySoFar *day, gint64 session, Whose *ret_whose, GError **error)
{
	g_autofree char *person = NULL;
	g_autofree char *chosen = NULL;
	g_autoptr(GError) failed = NULL;
	gint64 start_us = 0, none = 0;
	gboolean has_session =
		session != 0 &&
		look_up(day,
			"SELECT COALESCE(amendment.person, session.person), start_us FROM session "
			"LEFT JOIN amendment ON amendment.recording = session.recording "
			"WHERE session.id = ?",
			session, &person, &start_us, &failed);
	if (failed == NULL && !has_session)
		look_up(day, "SELECT value, 0 FROM choice WHERE name = 'person'", 0, &chosen, &none,
			&failed);
	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return FALSE;
	}
	ret_whose->date = has_session ? rollstat_day_of(start_us, day->zone) : day->today;
	ret_whose->person = day->person != NULL ? g_strdup(day->person)
			    : has_session	? g_steal_pointer(&person)
			    : chosen != NULL	? g_steal_pointer(&chosen)
						: dup_only(day, ret_whose->date, error);
	return ret_whose->person != NULL;
}

/* A day that has not begun to be rolled: the zones of the one before, untouched. */
static void
clear_sums(RollstatSummary *summary)
{
	for (guint i = 0; i < summary->zones->len; i++)
		g_array_index(summary->zones, RollstatZoneSum, i).seconds = 0;
	summary->loaded_s = 0;
	summary->passes = summary->holds = 0;
}

static RollstatSummary *
summarise(RollstatDaySoFar *day, RollstatDay date, GError **error)
{
	GArray *sessions = day->history->sessions;
	const RollstatSession *latest =
		&g_array_index(sessions, RollstatSession, sessions->len - 1);
	RollstatDay latest_date = rollstat_day_of(latest->start_us, day->zone);
	RollstatDay shown = latest_date < date ? latest_date : date;
	RollstatSpine spine = {0};
	if (!rollstat_history_load_spine(day->db, latest->spine, &spine, error))
		return NULL;
	g_autoptr(RollstatSource) source = rollstat_source_new(day->history, &spine, day->zone);
	RollstatSummary *summary = rollstat_summary_new_sums(source, shown, shown);
	summary->spine = spine;
	rollstat_zones_name_levels(summary);
	if (shown != date)
		clear_sums(summary);
	return summary;
}

static gboolean
load(RollstatDaySoFar *day, const Whose *whose, RollstatSummary **ret_summary, GError **error)
{
	RollstatQuery query = {.from_us = rollstat_day_get_begin_us(whose->date, day->zone),
			       .to_us = rollstat_day_get_begin_us(whose->date + 1, day->zone),
			       .person = whose->person};
	gint64 last_us = 0;
	if (!rollstat_history_find_last(day->db, query.to_us, query.person, &last_us, error))
		return FALSE;
	if (last_us == 0)
		return TRUE; /* nothing was ever rolled */
	query.from_us = MIN(query.from_us, last_us);
	g_clear_pointer(&day->history, rollstat_history_free);
	day->history = rollstat_history_load(day->db, &query, error);
	if (day->history == NULL)
		return FALSE;
	if (day->history->sessions->len > 0)
		*ret_summary = summarise(day, whose->date, error);
	return day->history->sessions->len == 0 || *ret_summary != NULL;
}

static gboolean
find_weight(RollstatDaySoFar *day, const char *person, GError **error)
{
	day->weight_kg = g_strcmp0(person, day->usual) == 0 ? day->usual_kg : 0;
	return rollstat_weight_find(day->db, person, &day->weight_kg, error);
}

/* Within a reading of the database's one state. */
static gboolean
read_once(RollstatDaySoFar *day, gint64 session, RollstatSummary **ret_summary, GError **error)
{
	Whose whose = {0};
	gboolean is_read =
		rollstat_history_begin(day->db, error) && find_whose(day, session, &whose, error) &&
		find_weight(day, whose.person, error) && load(day, &whose, ret_summary, error);
	g_free(whose.person);
	sqlite3_exec(day->db, "ROLLBACK", NULL, NULL, NULL); /* where it did not begin, nothing */
	return is_read;
}

gboolean
rollstat_day_so_far_read(RollstatDaySoFar *day, gint64 session, gint64 now_us,
			 RollstatSummary **ret_summary, GError **error)
{
	g_autofree char *version_text = NULL;
	gint64 version = 0, none = 0;
	RollstatDay today = rollstat_day_of(now_us, day->zone);
	*ret_summary = NULL;
	if (day->db == NULL)
		day->db = roll_database_open(day->path, ROLL_DATABASE_READER, error);
	if (day->db == NULL || !look_up(day, "PRAGMA data_version", 0, &version_text, &none, error))
		return FALSE;
	version = g_ascii_strtoll(version_text, NULL, 10);
	if (version == day->version && session == day->session && today == day->today)
		return TRUE;
	day->session = session;
	day->today = today;
	if (!read_once(day, session, ret_summary, error))
		return FALSE;
	day->version = version;
	return TRUE;
}

double
rollstat_day_so_far_get_weight_kg(const RollstatDaySoFar *day)
{
	return day->weight_kg;
}
