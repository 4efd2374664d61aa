/* SPDX-License-Identifier: MIT
 *
 * The way from an older schema to a newer one, with steps made up here that follow on this version; the real ones
 * are tested in test-database-upgrade.c.
 */
#include "protocol/database-migrate.h"
#include "tests/protocol/scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>

/* This version, whatever it is, and the two after it; the steps to them, and where the first one's copy goes. */
enum {
	THIS = ROLL_DATABASE_VERSION,
	NEXT = THIS + 1,
	LAST = THIS + 2,
	TO_NEXT = THIS - 1,
	TO_LAST = THIS,
};
#define BACKUP ".v" G_STRINGIFY(ROLL_DATABASE_VERSION) ".bak"

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
	const char *const steps[] = {[TO_NEXT] = ADD_NOTE, [TO_LAST] = ADD_BAND};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 9);
	g_autofree char *backup_path = scratch_dup_beside(&scratch, BACKUP);
	g_autofree char *half_path = scratch_dup_beside(&scratch, BACKUP ".half");
	g_autoptr(GError) error = NULL;
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);

	g_assert_true(roll_database_migrate(db, steps, LAST, &error));
	g_assert_no_error(error);
	g_assert_cmpint(scratch_ask(db, "PRAGMA user_version"), ==, LAST);
	g_assert_cmpint(scratch_ask(db, "SELECT count(note) FROM session"), ==, 0);
	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM band"), ==, 2);
	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM value"), ==, 9);

	/* The copy is a database of the version before with all that was in it. */
	g_autoptr(sqlite3) backup = scratch_open(backup_path, ROLL_DATABASE_READER);
	g_assert_cmpint(scratch_ask(backup, "PRAGMA user_version"), ==, THIS);
	g_assert_cmpint(scratch_ask(backup, "SELECT count(*) FROM value"), ==, 9);
	g_assert_false(g_file_test(half_path, G_FILE_TEST_EXISTS));
}

static void
test_nothing_to_do(void)
{
	const char *const steps[NEXT] = {NULL};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autofree char *backup_path = scratch_dup_beside(&scratch, BACKUP);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(GError) error = NULL;

	g_assert_true(roll_database_migrate(db, steps, THIS, &error));
	g_assert_false(g_file_test(backup_path, G_FILE_TEST_EXISTS));
}

/* From the version found on, not from the first. */
static void
test_from_the_middle(void)
{
	const char *const steps[] = {[TO_NEXT] = "this is not to be run", [TO_LAST] = ADD_BAND};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autofree char *suffix = g_strdup_printf(".v%d.bak", NEXT);
	g_autofree char *backup_path = scratch_dup_beside(&scratch, suffix);
	g_autofree char *stamp = g_strdup_printf("PRAGMA user_version = %d", NEXT);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(GError) error = NULL;

	scratch_run(db, stamp);
	g_assert_true(roll_database_migrate(db, steps, LAST, &error));
	g_assert_no_error(error);
	g_assert_cmpint(scratch_ask(db, "PRAGMA user_version"), ==, LAST);
	g_assert_true(g_file_test(backup_path, G_FILE_TEST_EXISTS));
}

static void
test_first_step_fails(void)
{
	const char *const steps[] = {[TO_NEXT] = ADD_NOTE
				     "; DELETE FROM value; INSERT INTO nowhere VALUES (1)"};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 9);
	g_autoptr(GBytes) before = scratch_read(scratch.path);

	assert_fails(scratch.path, steps, NEXT, "to schema version ");
	g_autoptr(GBytes) after = scratch_read(scratch.path);
	g_assert_true(g_bytes_equal(before, after));
	/* It still opens, and a second attempt replaces the copy. */
	assert_fails(scratch.path, steps, NEXT, "nowhere");
}

static void
test_second_step_fails(void)
{
	const char *const steps[] = {
		[TO_NEXT] = ADD_NOTE, [TO_LAST] = "DELETE FROM value; nonsense"};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 9);

	assert_fails(scratch.path, steps, LAST, "to schema version ");
	g_autoptr(sqlite3) raw = NULL;
	g_assert_cmpint(sqlite3_open(scratch.path, &raw), ==, SQLITE_OK);
	g_assert_cmpint(scratch_ask(raw, "PRAGMA user_version"), ==, NEXT);
	g_assert_cmpint(scratch_ask(raw, "SELECT count(*) FROM value"), ==, 9);
	g_assert_cmpint(scratch_ask(raw, "SELECT count(note) FROM session"), ==, 0);
}

static void
test_broken_references(void)
{
	const char *const steps[] = {[TO_NEXT] = "DELETE FROM sensor"};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 9);
	g_autoptr(GBytes) before = scratch_read(scratch.path);

	assert_fails(scratch.path, steps, NEXT, "1 rows would refer to nothing");
	g_autoptr(GBytes) after = scratch_read(scratch.path);
	g_assert_true(g_bytes_equal(before, after));
}

/* Rows that are referred to go and come back: only the end of a step counts. */
static void
test_rebuilt_table(void)
{
	const char *const steps[] = {
		[TO_NEXT] = "CREATE TABLE kept AS SELECT * FROM sensor; DELETE FROM sensor; "
			    "INSERT INTO sensor SELECT * FROM kept; DROP TABLE kept"};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 9);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(GError) error = NULL;

	g_assert_true(roll_database_migrate(db, steps, NEXT, &error));
	g_assert_no_error(error);
	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM sensor"), ==, 1);
}

/* Without a copy no step is begun. */
static void
test_no_backup(void)
{
	const char *const steps[] = {[TO_NEXT] = ADD_NOTE};
	const char *const places[] = {BACKUP, BACKUP ".half"};

	for (unsigned i = 0; i < G_N_ELEMENTS(places); i++) {
		g_auto(Scratch) scratch;
		scratch_init(&scratch);
		scratch_make(scratch.path, 9);
		g_autofree char *place = scratch_dup_beside(&scratch, places[i]);
		g_autoptr(GBytes) before = scratch_read(scratch.path);

		g_assert_cmpint(g_mkdir(place, 0700), ==, 0);
		assert_fails(scratch.path, steps, NEXT, "the backup");
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
