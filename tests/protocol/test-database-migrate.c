/* SPDX-License-Identifier: MIT
 *
 * The way from an older schema to a newer one, with steps made up here: version 1 is the first, so there are
 * no real ones yet.
 */
#include "protocol/database-migrate.h"
#include "tests/protocol/scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>

#define ADD_NOTE "ALTER TABLE session ADD COLUMN note TEXT"
#define ADD_BAND "CREATE TABLE band (id INTEGER PRIMARY KEY); INSERT INTO band VALUES (1), (2)"

static void
assert_fails(const char *path, const char *const *steps, int version, const char *told)
{
	g_autoptr(sqlite3) db = scratch_open(path, ROLL_DATABASE_WRITER);
	g_autoptr(GError) error = NULL;

	g_assert_false(roll_database_migrate(db, steps, version, &error));
	g_assert_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, told));
	g_assert_nonnull(strstr(error->message, path));
}

static void
test_two_steps(void)
{
	const char *const steps[] = {ADD_NOTE, ADD_BAND, NULL};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 9);
	g_autofree char *backup_path = scratch_dup_beside(&scratch, ".v1.bak");
	g_autofree char *half_path = scratch_dup_beside(&scratch, ".v1.bak.half");
	g_autoptr(GError) error = NULL;
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);

	g_assert_true(roll_database_migrate(db, steps, 3, &error));
	g_assert_no_error(error);
	g_assert_cmpint(scratch_ask(db, "PRAGMA user_version"), ==, 3);
	g_assert_cmpint(scratch_ask(db, "SELECT count(note) FROM session"), ==, 0);
	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM band"), ==, 2);
	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM value"), ==, 9);

	/* The copy is a database of version 1 with all that was in it. */
	g_autoptr(sqlite3) backup = scratch_open(backup_path, ROLL_DATABASE_READER);
	g_assert_cmpint(scratch_ask(backup, "PRAGMA user_version"), ==, 1);
	g_assert_cmpint(scratch_ask(backup, "SELECT count(*) FROM value"), ==, 9);
	g_assert_false(g_file_test(half_path, G_FILE_TEST_EXISTS));
}

static void
test_nothing_to_do(void)
{
	const char *const steps[] = {NULL};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autofree char *backup_path = scratch_dup_beside(&scratch, ".v1.bak");
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(GError) error = NULL;

	g_assert_true(roll_database_migrate(db, steps, 1, &error));
	g_assert_false(g_file_test(backup_path, G_FILE_TEST_EXISTS));
}

/* From the version found on, not from the first. */
static void
test_from_the_middle(void)
{
	const char *const steps[] = {"this is not to be run", ADD_BAND, NULL};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autofree char *backup_path = scratch_dup_beside(&scratch, ".v2.bak");
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(GError) error = NULL;

	scratch_run(db, "PRAGMA user_version = 2");
	g_assert_true(roll_database_migrate(db, steps, 3, &error));
	g_assert_no_error(error);
	g_assert_cmpint(scratch_ask(db, "PRAGMA user_version"), ==, 3);
	g_assert_true(g_file_test(backup_path, G_FILE_TEST_EXISTS));
}

static void
test_first_step_fails(void)
{
	const char *const steps[] = {ADD_NOTE "; DELETE FROM value; INSERT INTO nowhere VALUES (1)",
				     NULL};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 9);
	g_autoptr(GBytes) before = scratch_read(scratch.path);

	assert_fails(scratch.path, steps, 2, "to schema version 2");
	g_autoptr(GBytes) after = scratch_read(scratch.path);
	g_assert_true(g_bytes_equal(before, after));
	/* It still opens, and a second attempt replaces the copy. */
	assert_fails(scratch.path, steps, 2, "nowhere");
}

static void
test_second_step_fails(void)
{
	const char *const steps[] = {ADD_NOTE, "DELETE FROM value; nonsense", NULL};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 9);

	assert_fails(scratch.path, steps, 3, "to schema version 3");
	g_autoptr(sqlite3) raw = NULL;
	g_assert_cmpint(sqlite3_open(scratch.path, &raw), ==, SQLITE_OK);
	g_assert_cmpint(scratch_ask(raw, "PRAGMA user_version"), ==, 2);
	g_assert_cmpint(scratch_ask(raw, "SELECT count(*) FROM value"), ==, 9);
	g_assert_cmpint(scratch_ask(raw, "SELECT count(note) FROM session"), ==, 0);
}

static void
test_broken_references(void)
{
	const char *const steps[] = {"DELETE FROM sensor", NULL};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 9);
	g_autoptr(GBytes) before = scratch_read(scratch.path);

	assert_fails(scratch.path, steps, 2, "1 rows would refer to nothing");
	g_autoptr(GBytes) after = scratch_read(scratch.path);
	g_assert_true(g_bytes_equal(before, after));
}

/* Rows that are referred to go and come back: only the end of a step counts. */
static void
test_rebuilt_table(void)
{
	const char *const steps[] = {
		"CREATE TABLE kept AS SELECT * FROM sensor; DELETE FROM sensor; "
		"INSERT INTO sensor SELECT * FROM kept; DROP TABLE kept",
		NULL};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 9);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(GError) error = NULL;

	g_assert_true(roll_database_migrate(db, steps, 2, &error));
	g_assert_no_error(error);
	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM sensor"), ==, 1);
}

/* Without a copy no step is begun. */
static void
test_no_backup(void)
{
	const char *const steps[] = {ADD_NOTE, NULL};
	const char *const places[] = {".v1.bak", ".v1.bak.half"};

	for (unsigned i = 0; i < G_N_ELEMENTS(places); i++) {
		g_auto(Scratch) scratch;
		scratch_init(&scratch);
		scratch_make(scratch.path, 9);
		g_autofree char *place = scratch_dup_beside(&scratch, places[i]);
		g_autoptr(GBytes) before = scratch_read(scratch.path);

		g_assert_cmpint(g_mkdir(place, 0700), ==, 0);
		assert_fails(scratch.path, steps, 2, "the backup");
		g_autoptr(GBytes) after = scratch_read(scratch.path);
		g_assert_true(g_bytes_equal(before, after));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/database-migrate/two steps", test_two_steps);
	g_test_add_func("/database-migrate/nothing to do", test_nothing_to_do);
	g_test_add_func("/database-migrate/from the middle", test_from_the_middle);
	g_test_add_func("/database-migrate/first step fails", test_first_step_fails);
	g_test_add_func("/database-migrate/second step fails", test_second_step_fails);
	g_test_add_func("/database-migrate/broken references", test_broken_references);
	g_test_add_func("/database-migrate/rebuilt table", test_rebuilt_table);
	g_test_add_func("/database-migrate/no backup", test_no_backup);
	return g_test_run();
}
