/* SPDX-License-Identifier: MIT
 *
 * Databases as older versions of rollerd left them (schema-vN.sql, never changed): a reader sees them as if they
 * were of this version, a writer makes them so.
 */
#include "tests/protocol/scratch-folder.h"

#include <string.h>
#include <unistd.h>

/* One session with a row of each kind. */
static const char rows_v1[] =
	"INSERT INTO sensor (id, address, first_us, last_us) VALUES (1, 'C0:FF:EE:00:00:01', 1, 9);"
	"INSERT INTO characteristic VALUES (1, '526f6c6c-0002-4265-a173-746965426172');"
	"INSERT INTO recording VALUES (1, 1, 0, 1, 9, 0);"
	"INSERT INTO value VALUES (1, 0, 1, 1, x'0102');"
	"INSERT INTO spine VALUES (1, 44.0, 0);"
	"INSERT INTO level VALUES (1, 0, 'C7', -99, 0.9);"
	"INSERT INTO session VALUES (1, 1, 1, 'me', 'roller', 1, 1, '', 1, 9, 5.5, 0, 0, 0, 0, 1, "
	"1, 1, 1, "
	"NULL, NULL, NULL);"
	"INSERT INTO pass VALUES (1, 0, 1, 2, 4.0, 28.0, 200, 250, 1);"
	"INSERT INTO hold VALUES (1, 0, 3, 4, 14.5, 210, 220, 0);"
	"INSERT INTO gap VALUES (1, 0, 4, 5);"
	"INSERT INTO mark VALUES (1, 0, 6, 0.5);"
	"INSERT INTO zone VALUES (1, 0, 'all', -99, 99, 5.5, 1100, 250);"
	"INSERT INTO slice VALUES (1, 88, 14.25, 5.5, 1100, 250, 2, 24)";

static const char *const tables[] = {"sensor", "characteristic", "recording", "value",	  "spine",
				     "level",  "session",	 "pass",      "hold",	  "gap",
				     "mark",   "zone",		 "slice",     "pairing",  "person",
				     "choice", "amendment",	 "nickname",  "exercise", "goal"};
enum {
	TABLES_OF_V1 = 13,
};

/* What the reader of a version 1 must see, and what must be there once it is of this version. */
static const char seen_v1[] =
	"SELECT (SELECT count(*) FROM session WHERE unsure_s = 0 AND unplaced_s = 0 AND loaded_s = "
	"5.5"
	" AND passes = 1 AND right_s IS NULL)"
	" + (SELECT count(*) FROM pass WHERE uncertainty_cm IS NULL AND to_cm = 28 AND is_cut = 1)"
	" + (SELECT count(*) FROM hold WHERE uncertainty_cm IS NULL AND at_cm = 14.5)"
	" + (SELECT count(*) FROM mark WHERE uncertainty_cm IS NULL AND at_cm = 0.5)"
	" + (SELECT count(*) FROM session CROSS JOIN pass ON pass.session = session.id)";

static void
make_by_schema(const char *path, const char *name)
{
	g_autofree char *schema_path =
		g_build_filename(g_getenv("ROLLERD_OLD_SCHEMAS"), name, NULL);
	g_autoptr(GBytes) schema = scratch_read(schema_path);
	g_autofree char *sql = g_strndup(g_bytes_get_data(schema, NULL), g_bytes_get_size(schema));

	scratch_run_raw(path, "PRAGMA journal_mode = WAL");
	scratch_run_raw(path, sql);
}

static void
make_v1(const char *path)
{
	make_by_schema(path, "schema-v1.sql");
	scratch_run_raw(path, rows_v1);
}

/* Name, type, default and key of each column of each table, in order; given. */
static char *
dup_columns(sqlite3 *db)
{
	GString *columns = g_string_new(NULL);

	for (unsigned i = 0; i < G_N_ELEMENTS(tables); i++) {
		g_autofree char *sql = g_strdup_printf(
			"SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || "
			"coalesce(dflt_value, '-') || ' ' || pk FROM pragma_table_info('%s')",
			tables[i]);
		g_autoptr(sqlite3_stmt) row = NULL;

		g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &row, NULL), ==, SQLITE_OK);
		while (sqlite3_step(row) == SQLITE_ROW)
			g_string_append_printf(columns, "%s.%s\n", tables[i],
					       (const char *)sqlite3_column_text(row, 0));
	}
	return g_string_free(columns, FALSE);
}

static void
test_read_as_it_is(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	make_v1(scratch.path);
	g_autoptr(GBytes) before = scratch_read(scratch.path);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_READER);

	g_assert_cmpint(scratch_ask(db, seen_v1), ==, 5);
	g_assert_cmpint(scratch_ask(db, "PRAGMA user_version"), ==, 1);
	g_assert_cmpint(sqlite3_exec(db, "DELETE FROM value", NULL, NULL, NULL), ==,
			SQLITE_READONLY);
	g_clear_pointer(&db, sqlite3_close);
	g_autoptr(GBytes) after = scratch_read(scratch.path);
	g_assert_true(g_bytes_equal(before, after));
}

/* SQLite's shared memory file cannot be made, as in a folder that may only be read; holds for root, too. */
static void
test_read_where_nothing_can_be_written(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	make_v1(scratch.path);
	g_autofree char *shared_path = scratch_dup_beside(&scratch, "-shm");
	g_assert_cmpint(symlink("/proc/no/such/place", shared_path), ==, 0);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_READER);

	g_assert_cmpint(scratch_ask(db, seen_v1), ==, 5);
}

static void
test_written_to(void)
{
	g_auto(Scratch) scratch, fresh;
	scratch_init(&scratch);
	scratch_init(&fresh);
	make_v1(scratch.path);
	g_autofree char *backup_path = scratch_dup_beside(&scratch, ".v1.bak");
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(sqlite3) wanted = scratch_open(fresh.path, ROLL_DATABASE_WRITER);
	g_autofree char *columns = dup_columns(db);
	g_autofree char *wanted_columns = dup_columns(wanted);

	g_assert_cmpint(scratch_ask(db, "PRAGMA user_version"), ==, ROLL_DATABASE_VERSION);
	g_assert_cmpint(scratch_ask(db, "PRAGMA foreign_keys"), ==, 1);
	g_assert_cmpstr(columns, ==, wanted_columns);
	g_assert_nonnull(strstr(columns, "mark.uncertainty_cm REAL 0 - 0\n"));
	g_assert_cmpint(scratch_ask(db, seen_v1), ==, 5);
	for (unsigned i = 0; i < G_N_ELEMENTS(tables); i++) {
		g_autofree char *count = g_strdup_printf("SELECT count(*) FROM %s", tables[i]);

		g_assert_cmpint(scratch_ask(db, count), ==, i < TABLES_OF_V1 ? 1 : 0);
	}

	g_autoptr(sqlite3) backup = NULL;
	g_assert_cmpint(sqlite3_open(backup_path, &backup), ==, SQLITE_OK);
	g_assert_cmpint(scratch_ask(backup, "PRAGMA user_version"), ==, 1);
	g_assert_cmpint(scratch_ask(backup, "SELECT count(*) FROM pass"), ==, 1);
}

/* The daemon starts, migrates and tells more while somebody reads: after that the reader sees what is there. */
static void
test_written_to_beside_a_reader(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	make_v1(scratch.path);
	g_autoptr(sqlite3) reader = scratch_open(scratch.path, ROLL_DATABASE_READER);

	g_assert_cmpint(scratch_ask(reader, seen_v1), ==, 5);
	g_autoptr(sqlite3) writer = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_assert_cmpint(scratch_ask(reader, seen_v1), ==, 5);
	scratch_run(writer, "UPDATE pass SET uncertainty_cm = 3; UPDATE session SET unsure_s = 4");
	g_assert_cmpint(scratch_ask(reader, "SELECT uncertainty_cm FROM pass"), ==, 3);
	g_assert_cmpint(scratch_ask(reader, "SELECT unsure_s FROM session"), ==, 4);
}

/* Version 2 knew of no pairing: to a reader there is none, to a writer there is room for one. */
static void
test_of_version_2(void)
{
	g_auto(Scratch) scratch, fresh;
	scratch_init(&scratch);
	scratch_init(&fresh);
	make_by_schema(scratch.path, "schema-v2.sql");
	scratch_run_raw(scratch.path, "INSERT INTO spine VALUES (1, 44.0, 0)");
	g_autoptr(sqlite3) reader = scratch_open(scratch.path, ROLL_DATABASE_READER);

	g_assert_cmpint(scratch_ask(reader, "SELECT count(address) FROM pairing"), ==, 0);
	g_assert_cmpint(scratch_ask(reader, "SELECT count(*) FROM spine"), ==, 1);
	g_assert_cmpint(scratch_ask(reader, "PRAGMA user_version"), ==, 2);
	g_clear_pointer(&reader, sqlite3_close);

	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(sqlite3) wanted = scratch_open(fresh.path, ROLL_DATABASE_WRITER);
	g_autofree char *columns = dup_columns(db);
	g_autofree char *wanted_columns = dup_columns(wanted);
	g_autofree char *backup_path = scratch_dup_beside(&scratch, ".v2.bak");

	g_assert_cmpstr(columns, ==, wanted_columns);
	g_assert_nonnull(strstr(columns, "pairing.since_us INTEGER 1 - 0\n"));
	scratch_run(db, "INSERT INTO pairing VALUES ('C0:FF:EE:00:00:01', NULL, 5)");
	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM spine"), ==, 1);
	g_assert_true(g_file_test(backup_path, G_FILE_TEST_EXISTS));
}

/* Opens a database of an older version to write: all its columns are those of a new one, with this line among them. */
static sqlite3 *
upgrade(const char *path, const char *column)
{
	g_auto(Scratch) fresh;
	scratch_init(&fresh);
	sqlite3 *db = scratch_open(path, ROLL_DATABASE_EDITOR);
	g_autoptr(sqlite3) wanted = scratch_open(fresh.path, ROLL_DATABASE_WRITER);
	g_autofree char *columns = dup_columns(db);
	g_autofree char *wanted_columns = dup_columns(wanted);

	g_assert_cmpstr(columns, ==, wanted_columns);
	g_assert_nonnull(strstr(columns, column));
	return db;
}

/* Version 3 knew nothing of what a person says beside rolling. */
static void
test_of_version_3(void)
{
	static const char nothing[] =
		"SELECT (SELECT count(name) FROM person) + (SELECT count(name) FROM choice)"
		" + (SELECT count(recording) FROM amendment) + (SELECT count(sensor) FROM nickname)"
		" + (SELECT count(id) FROM exercise) + (SELECT count(id) FROM goal)"
		" + (SELECT count(weight_kg) FROM person)"
		" + (SELECT count(person) FROM recording)";
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	make_by_schema(scratch.path, "schema-v3.sql");
	g_autoptr(sqlite3) reader = scratch_open(scratch.path, ROLL_DATABASE_READER);

	g_assert_cmpint(scratch_ask(reader, nothing), ==, 0);
	g_assert_cmpint(scratch_ask(reader, "PRAGMA user_version"), ==, 3);
	g_clear_pointer(&reader, sqlite3_close);

	sqlite3_close(upgrade(scratch.path, "recording.person TEXT 0 - 0\n"));
}

/* Version 4 knew persons, but not their weight. */
static void
test_of_version_4(void)
{
	static const char known[] =
		"SELECT count(*) FROM person WHERE name = 'anna' AND spine_cm = "
		"46 AND stature_cm IS NULL AND added_us = 7 AND weight_kg IS NULL";
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	make_by_schema(scratch.path, "schema-v4.sql");
	scratch_run_raw(scratch.path, "INSERT INTO person VALUES ('anna', 46.0, NULL, 7)");
	g_autoptr(sqlite3) reader = scratch_open(scratch.path, ROLL_DATABASE_READER);

	g_assert_cmpint(scratch_ask(reader, known), ==, 1);
	g_assert_cmpint(scratch_ask(reader, "PRAGMA user_version"), ==, 4);
	g_clear_pointer(&reader, sqlite3_close);

	g_autoptr(sqlite3) db = upgrade(scratch.path, "person.weight_kg REAL 0 - 0\n");
	g_assert_cmpint(scratch_ask(db, known), ==, 1);
	scratch_run(db, "UPDATE person SET weight_kg = 61.5");
	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM person WHERE weight_kg = 61.5"), ==,
			1);
}

static void
test_damaged(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	make_v1(scratch.path);
	scratch_run_raw(scratch.path, "DROP TABLE value");
	g_autoptr(GBytes) before = scratch_read(scratch.path);

	scratch_assert_refused(scratch.path, ROLL_DATABASE_READER, ROLL_DATABASE_ERROR_DAMAGED, "");
	scratch_assert_refused(scratch.path, ROLL_DATABASE_WRITER, ROLL_DATABASE_ERROR_DAMAGED, "");
	g_autoptr(GBytes) after = scratch_read(scratch.path);
	g_assert_true(g_bytes_equal(before, after));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/database-upgrade/read as it is", test_read_as_it_is);
	g_test_add_func("/database-upgrade/read where nothing can be written",
			test_read_where_nothing_can_be_written);
	g_test_add_func("/database-upgrade/written to", test_written_to);
	g_test_add_func("/database-upgrade/written to beside a reader",
			test_written_to_beside_a_reader);
	g_test_add_func("/database-upgrade/of version 2", test_of_version_2);
	g_test_add_func("/database-upgrade/of version 3", test_of_version_3);
	g_test_add_func("/database-upgrade/of version 4", test_of_version_4);
	g_test_add_func("/database-upgrade/damaged", test_damaged);
	return g_test_run();
}
