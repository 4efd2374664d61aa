/* SPDX-License-Identifier: MIT */
#include "tests/protocol/scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>

void
scratch_init(Scratch *scratch)
{
	g_autoptr(GError) error = NULL;

	scratch->folder = g_dir_make_tmp("rollerd-test-XXXXXX", &error);
	g_assert_no_error(error);
	scratch->path = g_build_filename(scratch->folder, "rollerd.db", NULL);
}

static void
remove_all(const char *path)
{
	g_autoptr(GDir) dir = NULL;
	const char *name;

	if (!g_file_test(path, G_FILE_TEST_IS_SYMLINK))
		dir = g_dir_open(path, 0, NULL);
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *inner = g_build_filename(path, name, NULL);

		remove_all(inner);
	}
	g_assert_cmpint(g_remove(path), ==, 0);
}

void
scratch_clear(Scratch *scratch)
{
	remove_all(scratch->folder);
	g_free(scratch->folder);
	g_free(scratch->path);
}

char *
scratch_dup_beside(const Scratch *scratch, const char *suffix)
{
	return g_strconcat(scratch->path, suffix, NULL);
}

sqlite3 *
scratch_open(const char *path, RollDatabaseMode mode)
{
	g_autoptr(GError) error = NULL;
	sqlite3 *db = roll_database_open(path, mode, &error);

	g_assert_no_error(error);
	g_assert_nonnull(db);
	return db;
}

void
scratch_make(const char *path, unsigned n_values)
{
	g_autoptr(sqlite3) db = scratch_open(path, ROLL_DATABASE_WRITER);
	g_autofree char *fill =
		g_strdup_printf("INSERT INTO sensor (id, address, first_us, last_us) VALUES (1, "
				"'C0:FF:EE:00:00:01', 1, 2);"
				"INSERT INTO characteristic (id, uuid) VALUES (1, 'a');"
				"INSERT INTO recording (id, sensor, is_open, first_us, last_us) "
				"VALUES (1, 1, 1, 1, 2);"
				"WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM "
				"count WHERE n < %u) "
				"INSERT INTO value SELECT 1, n, n, 1, zeroblob(500) FROM count",
				MAX(n_values, 1));

	scratch_run(db, fill);
}

void
scratch_assert_refused(const char *path, RollDatabaseMode mode, RollDatabaseError code,
		       const char *told)
{
	g_autoptr(GError) error = NULL;
	sqlite3 *db = roll_database_open(path, mode, &error);

	g_assert_null(db);
	g_assert_error(error, ROLL_DATABASE_ERROR, (int)code);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, told));
	/* Whoever reads the message must know which file is meant. */
	g_assert_nonnull(strstr(error->message, path));
}

void
scratch_run_raw(const char *path, const char *sql)
{
	g_autoptr(sqlite3) db = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	scratch_run(db, sql);
}

void
scratch_run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
}

gint64
scratch_ask(sqlite3 *db, const char *sql)
{
	g_autoptr(sqlite3_stmt) statement = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK ||
	    sqlite3_step(statement) != SQLITE_ROW)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	return sqlite3_column_int64(statement, 0);
}

GBytes *
scratch_read(const char *path)
{
	g_autoptr(GError) error = NULL;
	char *bytes = NULL;
	gsize n_bytes = 0;

	g_file_get_contents(path, &bytes, &n_bytes, &error);
	g_assert_no_error(error);
	return g_bytes_new_take(bytes, n_bytes);
}
