/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench.h"

#include "daemon/source.h"
#include "protocol/database.h"
#include "protocol/sensor/codec-roller.h"

#include <string.h>

/* An hour that began on 2026-09-21 at 13:33:20 UTC. */
#define BEGIN_US G_GINT64_CONSTANT(1790000000000000)

typedef struct {
	Bench *bench;
	gboolean is_over;
} Collection;

static void
collect_value(void *user, const RollValue *value)
{
	Collection *collection = user;

	g_array_append_vals(collection->bench->values, value, 1);
	if (strcmp(value->uuid, ROLL_UUID_ROLLER_MEASUREMENT) == 0)
		collection->bench->n_samples += value->bytes[1];
}

static void
note_end(void *user, const GError *error)
{
	Collection *collection = user;

	g_assert_no_error(error);
	collection->is_over = TRUE;
}

void
bench_make_work(Bench *bench)
{
	RollSimOptions options = {.seed = 1, .duration_s = 3600, .begin_us = BEGIN_US};
	Collection collection = {.bench = bench};
	RollSink sink = {.value = collect_value, .ended = note_end, .user = &collection};
	g_autoptr(RollSource) source = roll_source_sim_new(&options);

	if (!source->start(source, &sink, NULL))
		g_error("the simulated sensor does not start");
	while (!collection.is_over)
		g_main_context_iteration(NULL, TRUE);
}

gboolean
bench_write_capture(const Bench *bench, const char *path, GError **error)
{
	g_autoptr(GString) text = g_string_new(ROLL_CAPTURE_HEAD);
	char line[ROLL_CAPTURE_LINE_MAX];

	for (guint i = 0; i < bench->values->len; i++) {
		const RollValue *value = &g_array_index(bench->values, RollValue, i);

		g_string_append_len(text, line, (gssize)roll_capture_format_line(value, line));
	}
	return g_file_set_contents(path, text->str, (gssize)text->len, error);
}

char *
bench_dup_path(const Bench *bench, const char *name)
{
	return g_build_filename(bench->folder, name, NULL);
}

void
bench_execute(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
}

sqlite3 *
bench_open_raw(const char *path, sqlite3_stmt **ret_insert)
{
	g_autoptr(GError) error = NULL;
	sqlite3 *db = roll_database_open(path, ROLL_DATABASE_WRITER, &error);

	if (!db)
		g_error("%s", error->message);
	bench_execute(db, "INSERT INTO sensor (id, address, first_us, last_us)"
			  " VALUES (1, 'C0:FF:EE:51:00:01', 0, 0)");
	bench_execute(db, "INSERT INTO characteristic (id, uuid)"
			  " VALUES (1, '" ROLL_UUID_ROLLER_MEASUREMENT "')");
	bench_execute(db, "INSERT INTO recording (id, sensor, is_open, first_us, last_us)"
			  " VALUES (1, 1, 1, 0, 0)");
	if (sqlite3_prepare_v2(db, "INSERT INTO value VALUES (1, ?, ?, 1, ?)", -1, ret_insert,
			       NULL) != SQLITE_OK)
		g_error("%s", sqlite3_errmsg(db));
	return db;
}

void
bench_insert_raw(sqlite3_stmt *insert, gint64 n, const RollValue *value)
{
	sqlite3_bind_int64(insert, 1, n);
	sqlite3_bind_int64(insert, 2, value->arrival_us);
	sqlite3_bind_blob(insert, 3, value->bytes, (int)value->n_bytes, SQLITE_STATIC);
	if (sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK)
		g_error("inserting value %" G_GINT64_FORMAT ": %s", n,
			sqlite3_errmsg(sqlite3_db_handle(insert)));
}
