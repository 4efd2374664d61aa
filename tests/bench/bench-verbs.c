/* SPDX-License-Identifier: MIT
 *
 * Each verb of rollstat that tells history, on ten years of daily sessions: the processor time of the whole program, from its start
 * to its end, beside that of a bare program that opens the same database and reads one day. Processor time, since that of the
 * clock doubles where others use the machine; where nobody does, the two are the same: all is in memory.
 */
#include "tests/bench/bench.h"

#include "protocol/database.h"

#include <math.h>

enum {
	ROUNDS = 21,
	ROUNDS_OF_ALL = 3, /* of what takes a second */
	WORDS_MOST = 8,
};

/* What is measured. most: of the ratio; goal: milliseconds. */
typedef struct {
	const char *what, *words; /* words: separated by blanks */
	double most;
	const char *goal;
} Verb;

/* As people type them. */
static const Verb verbs[] = {
	{"rollstat today", "today", 2.5, "20"},
	{"rollstat day yesterday", "day yesterday", 2.5, "20"},
	{"rollstat week", "week", 2.5, "20"},
	{"rollstat month", "month", 3.5, "20"},
	{"rollstat range last-month", "range last-month", 3.5, "20"},
	{"rollstat sessions", "sessions", 5, "20"},
	{"rollstat passes --day yesterday", "passes --day yesterday", 2.5, "20"},
	{"rollstat holds --day yesterday", "holds --day yesterday", 2.5, "20"},
	{"rollstat devices", "devices", 2.5, "20"},
	{"rollstat trend", "trend", 4.5, "20"},
	{"rollstat trend mid-thoracic", "trend mid-thoracic", 4.5, "20"},
	{"rollstat trend T8 last-month", "trend T8 last-month", 4, "20"},
	{"rollstat spots", "spots", 5.5, "20"},
	{"rollstat goals", "goals", 4.5, "20"},
	{"rollstat compare last-week week", "compare last-week week", 3.5, "20"},
};

/* All ten years at once. */
static const Verb wholes[] = {
	{"rollstat range, all ten years", "range 2000 today", 130, "-"},
	{"rollstat trend, all ten years", "trend 2000 today", 85, "-"},
	{"rollstat spots, all ten years", "spots 2000 today", 150, "-"},
	{"rollstat compare, years", "compare last-year year", 26, "-"},
};

/* Listings of all rows there are. */
static const struct {
	const char *what, *verb, *table;
	double least; /* of the ratio */
} lists[] = {
	{"rollstat passes, all", "passes", "pass", 0.45},
	{"rollstat holds, all", "holds", "hold", 0.35},
};

static int
compare_times(gconstpointer a, gconstpointer b)
{
	double a_s = *(const double *)a, b_s = *(const double *)b;

	return (a_s > b_s) - (a_s < b_s);
}

static double
find_median(double *times_s, guint n)
{
	qsort(times_s, n, sizeof times_s[0], compare_times);
	return times_s[n / 2];
}

/* Both programs in turn, so that a busy moment of the machine falls on both. argv: of rollstat and of the bare program. */
static gboolean
time_in_turn(const Bench *bench, const char *const *const argv[2], guint n, double ret_s[2],
	     GError **error)
{
	double times_s[2][ROUNDS];

	for (guint i = 0; i < n; i++)
		for (guint k = 0; k < 2; k++)
			if (!bench_run_for_cpu(bench, argv[k], &times_s[k][i], error))
				return FALSE;
	for (guint k = 0; k < 2; k++)
		ret_s[k] = find_median(times_s[k], n);
	return TRUE;
}

static gboolean
measure_verb(Bench *bench, const char *path, const Verb *verb, guint rounds, GError **error)
{
	g_auto(GStrv) words = g_strsplit(verb->words, " ", -1);
	const char *rollstat[WORDS_MOST] = {BUILD_FOLDER "/cli/rollstat", "--db", path};
	const char *const bare[] = {BUILD_FOLDER "/tests/bench/bench", "--read-day", path, NULL};
	double times_s[2];

	for (guint i = 0; words[i]; i++)
		rollstat[3 + i] = words[i];
	if (!time_in_turn(bench, (const char *const *const[]){rollstat, bare}, rounds, times_s,
			  error))
		return FALSE;
	const BenchRow row = {.what = verb->what,
			      .unit = "ms",
			      .figure = times_s[0] * 1000,
			      .yardstick = "a program that reads one day",
			      .measure = times_s[1] * 1000,
			      .most = verb->most,
			      .goal = verb->goal};

	g_array_append_val(bench->rows, row);
	return TRUE;
}

/* How many rows a table has. Exits where it cannot be read. */
static gint64
count_rows(const char *path, const char *table)
{
	g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s", table);
	g_autoptr(GError) error = NULL;
	g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_READER, &error);
	g_autoptr(sqlite3_stmt) count = NULL;

	if (!db || sqlite3_prepare_v2(db, sql, -1, &count, NULL) != SQLITE_OK ||
	    sqlite3_step(count) != SQLITE_ROW)
		g_error("%s: %s", path, sql);
	return sqlite3_column_int64(count, 0);
}

static gboolean
measure_list(Bench *bench, const char *path, guint n, GError **error)
{
	const char *const rollstat[] = {BUILD_FOLDER "/cli/rollstat", "--db", path, lists[n].verb,
					NULL};
	const char *const bare[] = {BUILD_FOLDER "/tests/bench/bench", "--read-table", path,
				    lists[n].table, NULL};
	double n_rows = (double)count_rows(path, lists[n].table), times_s[2];

	if (!time_in_turn(bench, (const char *const *const[]){rollstat, bare}, ROUNDS_OF_ALL,
			  times_s, error))
		return FALSE;
	const BenchRow row = {.what = lists[n].what,
			      .unit = "rows/s",
			      .figure = n_rows / times_s[0],
			      .yardstick = "a program that reads them",
			      .measure = n_rows / times_s[1],
			      .least = lists[n].least,
			      .most = INFINITY,
			      .goal = "-"};

	g_array_append_val(bench->rows, row);
	return TRUE;
}

/* Goals that stand since the first session, and settings as long as those of a real session. */
static gboolean
add_what_history_lacks(const char *path, GError **error)
{
	g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_EDITOR, error);

	if (!db)
		return FALSE;
	bench_execute(db, "UPDATE session SET settings = printf('%.400c', 'x')");
	bench_execute(db, "INSERT INTO goal (person, zone, unit, amount, period, since_us)"
			  " SELECT 'me', 'mid-thoracic', 'seconds', 40, 'day', min(start_us)"
			  " FROM session UNION ALL"
			  " SELECT 'me', NULL, 'sessions', 5, 'week', min(start_us) FROM session");
	return TRUE;
}

int
bench_read_table(const char *path, const char *table)
{
	g_autofree char *sql = g_strdup_printf("SELECT * FROM %s", table);
	g_autoptr(GError) error = NULL;
	g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_READER, &error);
	g_autoptr(sqlite3_stmt) rows = NULL;

	if (!db || sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK)
		g_error("%s: %s", path, sql);
	while (sqlite3_step(rows) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(rows); i++)
			(void)sqlite3_column_text(rows, i);
	return 0;
}

gboolean
bench_verbs(Bench *bench, const char *path, GError **error)
{
	if (!add_what_history_lacks(path, error))
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(verbs); i++)
		if (!measure_verb(bench, path, &verbs[i], ROUNDS, error))
			return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(wholes); i++)
		if (!measure_verb(bench, path, &wholes[i], ROUNDS_OF_ALL, error))
			return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
		if (!measure_list(bench, path, i, error))
			return FALSE;
	return TRUE;
}
