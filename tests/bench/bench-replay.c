/* SPDX-License-Identifier: MIT
 *
 * The whole way: a capture of an hour into a new database by the program itself, beside SQLite alone that is
 * given the same values as rows, with the same schema, durability and size of a transaction.
 */
#include "tests/bench/bench.h"

#include "protocol/database.h"

#include <glib/gstdio.h>
#include <math.h>

enum { ROUNDS = 3, VALUES_A_TRANSACTION = 16384 };

static gboolean
replay(const Bench *bench, const char *capture, guint round, double *ret_s, GError **error)
{
	g_autofree char *name = g_strdup_printf("replay-%u.db", round);
	g_autofree char *path = bench_dup_path(bench, name);
	const char *const argv[] = {
		BUILD_FOLDER "/daemon/rollerd", "--db", path, "--replay", capture, NULL};

	return bench_run(bench, argv, ret_s, error);
}

static double
insert_rows(const Bench *bench, guint round)
{
	g_autofree char *name = g_strdup_printf("rows-%u.db", round);
	g_autofree char *path = bench_dup_path(bench, name);
	gint64 began_us = g_get_monotonic_time();
	sqlite3_stmt *insert;
	sqlite3 *db = bench_open_raw(path, &insert);

	bench_execute(db, "BEGIN");
	for (guint i = 0; i < bench->values->len; i++) {
		bench_insert_raw(insert, i, &g_array_index(bench->values, RollValue, i));
		if (i % VALUES_A_TRANSACTION == VALUES_A_TRANSACTION - 1)
			bench_execute(db, "COMMIT; BEGIN");
	}
	bench_execute(db, "COMMIT");
	sqlite3_finalize(insert);
	sqlite3_close(db);
	return (double)(g_get_monotonic_time() - began_us) / G_USEC_PER_SEC;
}

gboolean
bench_replay(Bench *bench, GError **error)
{
	g_autofree char *capture = bench_dup_path(bench, "hour.rollcap");
	double replay_s = INFINITY, rows_s = INFINITY, samples = (double)bench->n_samples;

	if (!bench_write_capture(bench, capture, error))
		return FALSE;
	/* In turn, so that a busy moment of the machine falls on both. */
	for (guint i = 0; i < ROUNDS; i++) {
		double took_s;

		if (!replay(bench, capture, i, &took_s, error))
			return FALSE;
		replay_s = fmin(replay_s, took_s);
		rows_s = fmin(rows_s, insert_rows(bench, i));
	}
	const BenchRow row = {"rollerd --replay of an hour",
			      "samples/s",
			      samples / replay_s,
			      "SQLite alone, same rows",
			      samples / rows_s,
			      0.1,
			      INFINITY,
			      "500,000"};

	g_array_append_val(bench->rows, row);
	return TRUE;
}
