/* SPDX-License-Identifier: MIT */
#include "cli/history/exercises.h"
#include "cli/history/query.h"

#include <math.h>

enum {
	ZONE_PARAMETER = 6, /* of the statement for zones alone */
};

/* Sessions are found by their start (index session_by_start), their rows by the primary keys: the order of
 * the answer is that of the index, nothing is sorted. CROSS JOIN keeps SQLite to that order. */
#define CHOSEN                                                                                     \
	" WHERE session.start_us >= ?1 AND session.start_us < ?2"                                  \
	" AND (?3 IS NULL OR" ROLLSTAT_QUERY_PERSON "= ?3) AND (?4 = 0 OR session.id = ?4)"        \
	" AND (" ROLLSTAT_QUERY_STANDS ") <> ?5"
#define IN_ORDER " ORDER BY session.start_us, session.id"

static const char sessions_sql[] =
	"SELECT session.id, session.spine, sensor.address, sensor.name," ROLLSTAT_QUERY_PERSON
	", kind, start_us, end_us,"
	" loaded_s, lost_s, passes, holds, has_force, has_newtons, left_s, centre_s, right_s,"
	" unsure_s, unplaced_s, session.person, nickname.name"
	" FROM" ROLLSTAT_QUERY_SESSIONS "CROSS JOIN sensor ON sensor.id = session.sensor"
	" LEFT JOIN nickname ON nickname.sensor = sensor.id" CHOSEN IN_ORDER;
static const char zones_sql[] =
	"SELECT session.id, zone.name, from_cm, to_cm, seconds, force_ns, peak_n"
	" FROM" ROLLSTAT_QUERY_SESSIONS "CROSS JOIN zone ON zone.session = session.id" CHOSEN
	" AND (?6 IS NULL OR zone.name = ?6)" IN_ORDER ", zone.n";
static const char passes_sql[] =
	"SELECT session.id, pass.start_us, pass.end_us, from_cm, to_cm, mean_n, peak_n, is_cut,"
	" uncertainty_cm"
	" FROM" ROLLSTAT_QUERY_SESSIONS
	"CROSS JOIN pass ON pass.session = session.id" CHOSEN IN_ORDER ", pass.n";
static const char bare_passes_sql[] =
	"SELECT session.id, 0, 0, from_cm, to_cm, NULL, NULL, 0, NULL"
	" FROM" ROLLSTAT_QUERY_SESSIONS
	"CROSS JOIN pass ON pass.session = session.id" CHOSEN IN_ORDER ", pass.n";
static const char holds_sql[] =
	"SELECT session.id, hold.start_us, hold.end_us, at_cm, mean_n, peak_n, is_cut,"
	" uncertainty_cm"
	" FROM" ROLLSTAT_QUERY_SESSIONS
	"CROSS JOIN hold ON hold.session = session.id" CHOSEN IN_ORDER ", hold.n";
static const char slices_sql[] =
	"SELECT session.id, at_cm, seconds, force_ns, moving_s, travel_cm"
	" FROM" ROLLSTAT_QUERY_SESSIONS
	"CROSS JOIN slice ON slice.session = session.id" CHOSEN IN_ORDER ", slice.n";

gboolean
rollstat_history_begin(sqlite3 *db, GError **error)
{
	if (sqlite3_exec(db, "BEGIN; SELECT 1 FROM session LIMIT 1", NULL, NULL, NULL) != SQLITE_OK)
		return roll_database_fail(db, error, "reading");
	return TRUE;
}

static double
get_seconds(sqlite3_stmt *row, int column)
{
	double seconds = rollstat_query_get_number(row, column);
	return isnan(seconds) ? 0 : seconds;
}

static void
add_session(RollstatHistory *history, sqlite3_stmt *row)
{
	RollstatSession session = {
		.id = sqlite3_column_int64(row, 0),
		.spine = sqlite3_column_int64(row, 1),
		.address = rollstat_query_get_text(row, 2, history->strings),
		.sensor_name = rollstat_query_get_text(row, 3, history->strings),
		.person = rollstat_query_get_text(row, 4, history->strings),
		.kind = rollstat_query_get_text(row, 5, history->strings),
		.start_us = sqlite3_column_int64(row, 6),
		.end_us = sqlite3_column_int64(row, 7),
		.loaded_s = sqlite3_column_double(row, 8),
		.lost_s = sqlite3_column_double(row, 9),
		.passes = (guint)sqlite3_column_int(row, 10),
		.holds = (guint)sqlite3_column_int(row, 11),
		.has_force = sqlite3_column_int(row, 12) != 0,
		.has_newtons = sqlite3_column_int(row, 13) != 0,
		.has_sides = sqlite3_column_type(row, 14) != SQLITE_NULL,
		.left_s = get_seconds(row, 14),
		.centre_s = get_seconds(row, 15),
		.right_s = get_seconds(row, 16),
		.unsure_s = sqlite3_column_double(row, 17),
		.unplaced_s = sqlite3_column_double(row, 18),
		.told_as = rollstat_query_get_text(row, 19, history->strings),
		.nickname = rollstat_query_get_text(row, 20, history->strings),
	};
	g_array_append_val(history->sessions, session);
}

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
add_pass(RollstatHistory *history, sqlite3_stmt *row)
{
	RollstatPass pass = {
		.start_us = sqlite3_column_int64(row, 1),
		.end_us = sqlite3_column_int64(row, 2),
		.from_cm = sqlite3_column_double(row, 3),
		.to_cm = sqlite3_column_double(row, 4),
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
	const char *sql;
	void (*add)(RollstatHistory *history, sqlite3_stmt *row);
	gsize span; /* offset in RollstatSession; of no meaning for the sessions themselves */
	gboolean is_wanted;
} Table;

static sqlite3_stmt *
prepare_chosen(sqlite3 *db, const char *sql, const RollstatQuery *query, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(db, sql, error);
	if (statement == NULL)
		return NULL;
	sqlite3_bind_int64(statement, 1, query->from_us);
	sqlite3_bind_int64(statement, 2, query->to_us);
	sqlite3_bind_text(statement, 3, query->person, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 4, query->session);
	if (sqlite3_bind_parameter_count(statement) >= ZONE_PARAMETER)
		sqlite3_bind_text(statement, ZONE_PARAMETER, query->zone, -1, SQLITE_STATIC);
	sqlite3_bind_int(statement, 5, query->is_deleted != FALSE);
	return g_steal_pointer(&statement);
}

/* Both sessions and rows come in the same order: one walk along them. */
static gboolean
load_rows(RollstatHistory *history, sqlite3_stmt *statement, const Table *table, GError **error)
{
	gboolean failed;
	guint s = 0, n = 0;
	while (rollstat_query_step(statement, &failed, error)) {
		gint64 id = sqlite3_column_int64(statement, 0);
		while (s < history->sessions->len &&
		       g_array_index(history->sessions, RollstatSession, s).id != id)
			s++;
		if (s == history->sessions->len)
			break;
		RollstatSession *session = &g_array_index(history->sessions, RollstatSession, s);
		RollstatSpan *span = G_STRUCT_MEMBER_P(session, table->span);
		span->first = span->n == 0 ? n : span->first;
		span->n++;
		n++;
		table->add(history, statement);
	}
	return !failed;
}

static gboolean
load_sessions(RollstatHistory *history, sqlite3 *db, const RollstatQuery *query, GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) statement = prepare_chosen(db, sessions_sql, query, error);
	if (statement == NULL)
		return FALSE;
	while (rollstat_query_step(statement, &failed, error))
		add_session(history, statement);
	return !failed;
}

RollstatHistory *
rollstat_history_load(sqlite3 *db, const RollstatQuery *query, GError **error)
{
	const Table tables[] = {
		{zones_sql, add_zone, G_STRUCT_OFFSET(RollstatSession, zone_rows),
		 !query->has_no_zones},
		{query->has_bare_passes ? bare_passes_sql : passes_sql, add_pass,
		 G_STRUCT_OFFSET(RollstatSession, pass_rows),
		 (query->rows & ROLLSTAT_ROWS_PASSES) != 0},
		{holds_sql, add_hold, G_STRUCT_OFFSET(RollstatSession, hold_rows),
		 (query->rows & ROLLSTAT_ROWS_HOLDS) != 0},
		{slices_sql, add_slice, G_STRUCT_OFFSET(RollstatSession, slice_rows),
		 (query->rows & ROLLSTAT_ROWS_SLICES) != 0},
	};
	g_autoptr(RollstatHistory) history = g_new0(RollstatHistory, 1);
	history->strings = g_string_chunk_new(1024);
	history->sessions = g_array_new(FALSE, TRUE, sizeof(RollstatSession));
	history->zones = g_array_new(FALSE, TRUE, sizeof(RollstatZone));
	history->passes = g_array_new(FALSE, TRUE, sizeof(RollstatPass));
	history->holds = g_array_new(FALSE, TRUE, sizeof(RollstatHold));
	history->slices = g_array_new(FALSE, TRUE, sizeof(RollstatSlice));
	history->exercises = g_array_new(FALSE, TRUE, sizeof(RollstatExercise));
	if (!load_sessions(history, db, query, error))
		return NULL;
	if ((query->rows & ROLLSTAT_ROWS_EXERCISES) != 0 &&
	    !rollstat_exercises_load(db, query, history, error))
		return NULL;
	for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
		if (!tables[i].is_wanted)
			continue;
		g_autoptr(sqlite3_stmt) statement = prepare_chosen(db, tables[i].sql, query, error);
		if (statement != NULL && tables[i].add == add_pass)
			sqlite3_bind_int64(statement, 1,
					   MAX(query->from_us, query->passes_from_us));
		if (statement == NULL || !load_rows(history, statement, &tables[i], error))
			return NULL;
	}
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
