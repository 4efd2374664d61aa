/* SPDX-License-Identifier: MIT
 *
 * "rollstat today" on ten years of history, beside a bare program that opens the same database and reads the
 * same day's rows.
 */
#include "tests/bench/bench.h"

#include "protocol/database.h"

#include <math.h>

enum {
	ROUNDS = 21,
	DAYS = 3653, /* with a session each */
	MORNING_S = 7 * 3600,
};

/* ---- The bare program ---- */

/* Reads all rows that sql gives; its two parameters are the day's bounds. Returns how many. */
static guint
read_rows(sqlite3 *db, const char *sql, gint64 from_us, gint64 to_us)
{
	sqlite3_stmt *rows = NULL;
	guint n_rows = 0;

	if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_bind_int64(rows, 1, from_us);
	sqlite3_bind_int64(rows, 2, to_us);
	while (sqlite3_step(rows) == SQLITE_ROW) {
		n_rows++;
		for (int i = 0; i < sqlite3_column_count(rows); i++)
			(void)sqlite3_column_text(rows, i); /* as text, since reports print them */
	}
	sqlite3_finalize(rows);
	return n_rows;
}

/* Midnight of today, UTC, in seconds. */
static gint64
find_today_s(void)
{
	return g_get_real_time() / G_TIME_SPAN_DAY * (G_TIME_SPAN_DAY / G_USEC_PER_SEC);
}

int
bench_read_day(const char *path)
{
	static const char *const queries[] = {
		"SELECT * FROM session WHERE start_us >= ? AND start_us < ?",
		"SELECT zone.* FROM session JOIN zone ON zone.session = session.id"
		" WHERE start_us >= ? AND start_us < ?",
		"SELECT slice.* FROM session JOIN slice ON slice.session = session.id"
		" WHERE start_us >= ? AND start_us < ?",
		"SELECT level.* FROM session JOIN level ON level.spine = session.spine"
		" WHERE start_us >= ? AND start_us < ?",
	};
	g_autoptr(GError) error = NULL;
	g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_READER, &error);
	gint64 from_us = find_today_s() * G_USEC_PER_SEC;

	if (!db)
		g_error("%s", error->message);
	for (guint i = 0; i < G_N_ELEMENTS(queries); i++)
		if (read_rows(db, queries[i], from_us, from_us + G_TIME_SPAN_DAY) == 0)
			g_error("%s: no row today: %s", path, queries[i]);
	return 0;
}

/* ---- Both, timed ---- */

static int
compare_times(gconstpointer a, gconstpointer b)
{
	double a_s = *(const double *)a, b_s = *(const double *)b;

	return (a_s > b_s) - (a_s < b_s);
}

static double
find_median_ms(double *times_s)
{
	qsort(times_s, ROUNDS, sizeof times_s[0], compare_times);
	return times_s[ROUNDS / 2] * 1000;
}

/* From the start of each program to its end; in turn, so that a busy moment of the machine falls on both. */
static gboolean
time_both(const Bench *bench, const char *path, double *ret_today_ms, double *ret_bare_ms,
	  GError **error)
{
	const char *const today[] = {
		BUILD_FOLDER "/cli/rollstat", "--db", path, "--json", "today", NULL};
	const char *const bare[] = {BUILD_FOLDER "/tests/bench/bench", "--read-day", path, NULL};
	double today_s[ROUNDS], bare_s[ROUNDS];

	for (guint i = 0; i < ROUNDS; i++)
		if (!bench_run(bench, bare, &bare_s[i], error) ||
		    !bench_run(bench, today, &today_s[i], error))
			return FALSE;
	*ret_today_ms = find_median_ms(today_s);
	*ret_bare_ms = find_median_ms(bare_s);
	return TRUE;
}

gboolean
bench_history(Bench *bench, GError **error)
{
	g_autofree char *path = bench_dup_path(bench, "history.db");
	g_autofree char *n_sessions = g_strdup_printf("%d", DAYS);
	g_autofree char *last_s = g_strdup_printf("%" G_GINT64_FORMAT, find_today_s() + MORNING_S);
	const char *const make[] = {BUILD_FOLDER "/tests/cli/make-history", path, n_sessions,
				    last_s, NULL};
	double made_s, today_ms, bare_ms;

	if (!bench_run(bench, make, &made_s, error) ||
	    !time_both(bench, path, &today_ms, &bare_ms, error))
		return FALSE;
	const BenchRow row = {.what = "rollstat today, of ten years",
			      .unit = "ms",
			      .figure = today_ms,
			      .yardstick = "a program that reads the same rows",
			      .measure = bare_ms,
			      .most = 4,
			      .goal = "10"};

	g_array_append_val(bench->rows, row);
	return bench_verbs(bench, path, error);
}
