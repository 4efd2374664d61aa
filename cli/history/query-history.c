/* SPDX-License-Identifier: MIT */
#include "cli/history/exercises.h"
#include "cli/history/query.h"

#include <math.h>

/* Sessions are found by their start (index session_by_start): the order of the answer is that of the index, nothing is
 * sorted. */
#define CHOSEN                                                                                     \
	" FROM" ROLLSTAT_QUERY_SESSIONS "WHERE session.start_us >= ?1 AND session.start_us < ?2"   \
	" AND (?3 IS NULL OR" ROLLSTAT_QUERY_PERSON "= ?3) AND (?4 = 0 OR session.id = ?4)"        \
	" AND (" ROLLSTAT_QUERY_STANDS ") <> ?5 ORDER BY session.start_us, session.id"

static const char sessions_sql[] =
	"SELECT session.id, start_us, loaded_s, session.sensor, session.spine,"
	" session.person, amendment.person, kind, end_us, lost_s, passes, holds,"
	" has_force, has_newtons, left_s, centre_s, right_s, unsure_s, unplaced_s" CHOSEN;
static const char bare_sessions_sql[] = "SELECT session.id, start_us, loaded_s" CHOSEN;

gboolean
rollstat_history_begin(sqlite3 *db, GError **error)
{
	if (sqlite3_exec(db, "BEGIN; SELECT 1 FROM session LIMIT 1", NULL, NULL, NULL) != SQLITE_OK)
		return roll_database_fail(db, error, "reading");
	return TRUE;
}

/* What sessions tell of their sensors, which are few. */
typedef struct {
	gint64 id;
	const char *address, *name, *nickname;
} Sensor;

static GArray *
load_sensors(RollstatHistory *history, sqlite3 *db, GError **error)
{
	gboolean failed;
	g_autoptr(GArray) sensors = g_array_new(FALSE, FALSE, sizeof(Sensor));
	g_autoptr(sqlite3_stmt) row =
		rollstat_query_prepare(db,
				       "SELECT id, address, sensor.name, nickname.name FROM sensor"
				       " LEFT JOIN nickname ON nickname.sensor = sensor.id",
				       error);
	if (row == NULL)
		return NULL;
	while (rollstat_query_step(row, &failed, error)) {
		Sensor sensor = {
			.id = sqlite3_column_int64(row, 0),
			.address = rollstat_query_get_text(row, 1, history->strings),
			.name = rollstat_query_get_text(row, 2, history->strings),
			.nickname = rollstat_query_get_text(row, 3, history->strings),
		};
		g_array_append_val(sensors, sensor);
	}
	return failed ? NULL : g_steal_pointer(&sensors);
}

static const Sensor *
find_sensor(const GArray *sensors, gint64 id)
{
	for (guint i = 0; i < sensors->len; i++)
		if (g_array_index(sensors, Sensor, i).id == id)
			return &g_array_index(sensors, Sensor, i);
	return NULL;
}

static double
get_seconds(sqlite3_stmt *row, int column)
{
	double seconds = rollstat_query_get_number(row, column);
	return isnan(seconds) ? 0 : seconds;
}

/* What bare ones lack. */
static void
fill_session(RollstatSession *session, const Sensor *sensor, GStringChunk *strings,
	     sqlite3_stmt *row)
{
	session->address = sensor->address;
	session->sensor_name = sensor->name;
	session->nickname = sensor->nickname;
	session->spine = sqlite3_column_int64(row, 4);
	session->told_as = rollstat_query_get_text(row, 5, strings);
	session->person = rollstat_query_get_text(row, 6, strings);
	if (session->person == NULL)
		session->person = session->told_as; /* as nearly all are */
	session->kind = rollstat_query_get_text(row, 7, strings);
	session->end_us = sqlite3_column_int64(row, 8);
	session->lost_s = sqlite3_column_double(row, 9);
	session->passes = (guint)sqlite3_column_int(row, 10);
	session->holds = (guint)sqlite3_column_int(row, 11);
	session->has_force = sqlite3_column_int(row, 12) != 0;
	session->has_newtons = sqlite3_column_int(row, 13) != 0;
	session->has_sides = sqlite3_column_type(row, 14) != SQLITE_NULL;
	session->left_s = get_seconds(row, 14);
	session->centre_s = get_seconds(row, 15);
	session->right_s = get_seconds(row, 16);
	session->unsure_s = sqlite3_column_double(row, 17);
	session->unplaced_s = sqlite3_column_double(row, 18);
}

/* sensors: NULL for bare ones. */
static void
add_session(RollstatHistory *history, const GArray *sensors, sqlite3_stmt *row)
{
	RollstatSession session = {
		.id = sqlite3_column_int64(row, 0),
		.start_us = sqlite3_column_int64(row, 1),
		.loaded_s = sqlite3_column_double(row, 2),
	};
	if (sensors != NULL) {
		const Sensor *sensor = find_sensor(sensors, sqlite3_column_int64(row, 3));
		if (sensor == NULL)
			return;
		fill_session(&session, sensor, history->strings, row);
	}
	g_array_append_val(history->sessions, session);
}

static gboolean
load_sessions(RollstatHistory *history, sqlite3 *db, const RollstatQuery *query, GError **error)
{
	gboolean failed;
	g_autoptr(GArray) sensors = NULL;
	if (!query->has_bare_sessions && (sensors = load_sensors(history, db, error)) == NULL)
		return FALSE;
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(
		db, query->has_bare_sessions ? bare_sessions_sql : sessions_sql, error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_int64(statement, 1, query->from_us);
	sqlite3_bind_int64(statement, 2, query->to_us);
	sqlite3_bind_text(statement, 3, query->person, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 4, query->session);
	sqlite3_bind_int(statement, 5, query->is_deleted != FALSE);
	while (rollstat_query_step(statement, &failed, error))
		add_session(history, sensors, statement);
	return !failed;
}

/* The statements for rows: from session ?1 on, by their primary keys. Of zones, ?2 is the name of the one that is asked for. */
#define FROM_SESSION " WHERE session >= ?1"
#define IN_ORDER " ORDER BY session, n"

static const char zones_sql[] =
	"SELECT session, name, from_cm, to_cm, seconds, force_ns, peak_n FROM zone" FROM_SESSION
	" AND (?2 IS NULL OR name = ?2)" IN_ORDER;
static const char passes_sql[] =
	"SELECT session, from_cm, to_cm, start_us, end_us, mean_n, peak_n, is_cut, uncertainty_cm"
	" FROM pass" FROM_SESSION IN_ORDER;
static const char bare_passes_sql[] =
	"SELECT session, from_cm, to_cm FROM pass" FROM_SESSION IN_ORDER;
static const char holds_sql[] =
	"SELECT session, start_us, end_us, at_cm, mean_n, peak_n, is_cut, uncertainty_cm"
	" FROM hold" FROM_SESSION IN_ORDER;
static const char slices_sql[] = "SELECT session, at_cm, seconds, force_ns, moving_s, travel_cm"
				 " FROM slice" FROM_SESSION IN_ORDER;

static void
add_zone(RollstatHistory *history, sqlite3_stmt *row)
{
	RollstatZone zone = {
		.name = rollstat_query_get_text(row, 1, history->strings),
		.from_cm = sqlite3_column_double(row, 2),
		.to_cm = sqlite3_column_double(row, 3),
		.seconds = sqlite3_column_double(row, 4),
		.force_ns = rollstat_query_get_number(row, 5),
		.peak_n = rollstat_query_get_number(row, 6),
	};
	g_array_append_val(history->zones, zone);
}

static void
add_bare_pass(RollstatHistory *history, sqlite3_stmt *row)
{
	RollstatPass pass = {
		.from_cm = sqlite3_column_double(row, 1),
		.to_cm = sqlite3_column_double(row, 2),
		.mean_n = NAN,
		.peak_n = NAN,
		.uncertainty_cm = NAN,
	};
	g_array_append_val(history->passes, pass);
}

static void
add_pass(RollstatHistory *history, sqlite3_stmt *row)
{
	RollstatPass pass = {
		.from_cm = sqlite3_column_double(row, 1),
		.to_cm = sqlite3_column_double(row, 2),
		.start_us = sqlite3_column_int64(row, 3),
		.end_us = sqlite3_column_int64(row, 4),
		.mean_n = rollstat_query_get_number(row, 5),
		.peak_n = rollstat_query_get_number(row, 6),
		.is_cut = sqlite3_column_int(row, 7) != 0,
		.uncertainty_cm = rollstat_query_get_number(row, 8),
	};
	g_array_append_val(history->passes, pass);
}

static void
add_hold(RollstatHistory *history, sqlite3_stmt *row)
{
	RollstatHold hold = {
		.start_us = sqlite3_column_int64(row, 1),
		.end_us = sqlite3_column_int64(row, 2),
		.at_cm = sqlite3_column_double(row, 3),
		.mean_n = rollstat_query_get_number(row, 4),
		.peak_n = rollstat_query_get_number(row, 5),
		.is_cut = sqlite3_column_int(row, 6) != 0,
		.uncertainty_cm = rollstat_query_get_number(row, 7),
	};
	g_array_append_val(history->holds, hold);
}

static void
add_slice(RollstatHistory *history, sqlite3_stmt *row)
{
	RollstatSlice slice = {
		.at_cm = sqlite3_column_double(row, 1),
		.seconds = sqlite3_column_double(row, 2),
		.force_ns = rollstat_query_get_number(row, 3),
		.moving_s = sqlite3_column_double(row, 4),
		.travel_cm = sqlite3_column_double(row, 5),
	};
	g_array_append_val(history->slices, slice);
}

/* One table: its statement, what makes a row into a struct, and where a session keeps its span of them. */
typedef struct {
	gboolean is_wanted;
	const char *sql;
	void (*add)(RollstatHistory *history, sqlite3_stmt *row);
	gsize span;	/* offset in RollstatSession */
	GArray *rows;	/* to which add appends */
	gint64 from_us; /* of the sessions that start then or later */
} Table;

static RollstatSession *
get_session(const RollstatHistory *history, guint n)
{
	return &g_array_index(history->sessions, RollstatSession, n);
}

/* The end of those from first on whose numbers follow each other, as they mostly do: their rows stand side by side. */
static guint
find_run_end(const RollstatHistory *history, guint first)
{
	guint end = first + 1;
	while (end < history->sessions->len &&
	       get_session(history, end)->id == get_session(history, end - 1)->id + 1)
		end++;
	return end;
}

static gboolean
load_run(RollstatHistory *history, sqlite3_stmt *statement, const Table *table, RollstatSpan run,
	 GError **error)
{
	gboolean failed;
	gint64 first_id = get_session(history, run.first)->id;
	sqlite3_bind_int64(statement, 1, first_id);
	while (rollstat_query_step(statement, &failed, error)) {
		gint64 n = sqlite3_column_int64(statement, 0) - first_id;
		if (n >= run.n)
			break;
		RollstatSession *session = get_session(history, run.first + (guint)n);
		RollstatSpan *span = G_STRUCT_MEMBER_P(session, table->span);
		span->first = span->n == 0 ? table->rows->len : span->first;
		span->n++;
		table->add(history, statement);
	}
	sqlite3_reset(statement);
	return !failed;
}

static gboolean
load_rows(RollstatHistory *history, sqlite3_stmt *statement, const Table *table, GError **error)
{
	guint first = 0, end, n = history->sessions->len;
	while (first < n && get_session(history, first)->start_us < table->from_us)
		first++;
	for (; first < n; first = end) {
		end = find_run_end(history, first);
		if (!load_run(history, statement, table, (RollstatSpan){first, end - first}, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
load_table(RollstatHistory *history, sqlite3 *db, const RollstatQuery *query, const Table *table,
	   GError **error)
{
	if (!table->is_wanted)
		return TRUE;
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(db, table->sql, error);
	if (statement == NULL)
		return FALSE;
	if (table->rows == history->zones)
		sqlite3_bind_text(statement, 2, query->zone, -1, SQLITE_STATIC);
	return load_rows(history, statement, table, error);
}

static RollstatHistory *
make_empty(void)
{
	RollstatHistory *history = g_new0(RollstatHistory, 1);
	history->strings = g_string_chunk_new(1024);
	history->sessions = g_array_new(FALSE, TRUE, sizeof(RollstatSession));
	history->zones = g_array_new(FALSE, TRUE, sizeof(RollstatZone));
	history->passes = g_array_new(FALSE, TRUE, sizeof(RollstatPass));
	history->holds = g_array_new(FALSE, TRUE, sizeof(RollstatHold));
	history->slices = g_array_new(FALSE, TRUE, sizeof(RollstatSlice));
	history->exercises = g_array_new(FALSE, TRUE, sizeof(RollstatExercise));
	return history;
}

RollstatHistory *
rollstat_history_load(sqlite3 *db, const RollstatQuery *query, GError **error)
{
	g_autoptr(RollstatHistory) history = make_empty();
	gboolean is_bare = query->has_bare_passes;
	const Table tables[] = {
		{!query->has_no_zones, zones_sql, add_zone,
		 G_STRUCT_OFFSET(RollstatSession, zone_rows), history->zones, G_MININT64},
		{(query->rows & ROLLSTAT_ROWS_PASSES) != 0, is_bare ? bare_passes_sql : passes_sql,
		 is_bare ? add_bare_pass : add_pass, G_STRUCT_OFFSET(RollstatSession, pass_rows),
		 history->passes, query->passes_from_us},
		{(query->rows & ROLLSTAT_ROWS_HOLDS) != 0, holds_sql, add_hold,
		 G_STRUCT_OFFSET(RollstatSession, hold_rows), history->holds, G_MININT64},
		{(query->rows & ROLLSTAT_ROWS_SLICES) != 0, slices_sql, add_slice,
		 G_STRUCT_OFFSET(RollstatSession, slice_rows), history->slices, G_MININT64},
	};
	if (!load_sessions(history, db, query, error))
		return NULL;
	if ((query->rows & ROLLSTAT_ROWS_EXERCISES) != 0 &&
	    !rollstat_exercises_load(db, query, history, error))
		return NULL;
	for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
		if (!load_table(history, db, query, &tables[i], error))
			return NULL;
	return g_steal_pointer(&history);
}

const char *
rollstat_history_find_zone(const RollstatHistory *history, const RollstatSession *session,
			   double at_cm)
{
	for (guint i = 0; i < session->zone_rows.n; i++) {
		const RollstatZone *zone =
			&g_array_index(history->zones, RollstatZone, session->zone_rows.first + i);
		if (at_cm >= zone->from_cm && at_cm < zone->to_cm)
			return zone->name;
	}
	return NULL;
}

static void
clear_array(GArray **array)
{
	g_clear_pointer(array, g_array_unref);
}

void
rollstat_history_free(RollstatHistory *history)
{
	if (history == NULL)
		return;
	clear_array(&history->sessions);
	clear_array(&history->zones);
	clear_array(&history->passes);
	clear_array(&history->holds);
	clear_array(&history->slices);
	clear_array(&history->exercises);
	g_clear_pointer(&history->strings, g_string_chunk_free);
	g_free(history);
}
