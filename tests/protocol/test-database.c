/* SPDX-License-Identifier: MIT
 *
 * A database of our own: made, read beside its writer, locked against a second one, full.
 */
#include "protocol/database-migrate.h"
#include "tests/protocol/scratch-folder.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
test_makes_a_new_one(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autofree char *folder = g_build_filename(scratch.folder, "a", "b", NULL);
	g_autofree char *path = g_build_filename(folder, "new.db", NULL);
	g_autoptr(sqlite3) db = scratch_open(path, ROLL_DATABASE_WRITER);
	GStatBuf about;

	g_assert_cmpint(scratch_ask(db, "PRAGMA application_id"), ==, 0x526f6c6c);
	g_assert_cmpint(scratch_ask(db, "PRAGMA user_version"), ==, ROLL_DATABASE_VERSION);
	g_assert_cmpint(scratch_ask(db, "PRAGMA foreign_keys"), ==, 1);
	g_assert_cmpint(scratch_ask(db, "PRAGMA synchronous"), ==, 2);
	g_assert_cmpint(scratch_ask(db, "PRAGMA busy_timeout"), ==, 5000);
	g_assert_cmpint(scratch_ask(db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==,
			1);
	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM session"), ==, 0);

	g_assert_cmpint(g_stat(folder, &about), ==, 0);
	g_assert_cmpint(about.st_mode & 0777, ==, 0700);
}

static void
test_schema_is_embedded(void)
{
	g_autoptr(GBytes) schema = scratch_read(g_getenv("ROLLERD_SCHEMA"));

	g_assert_cmpmem(roll_schema_sql, strlen(roll_schema_sql), g_bytes_get_data(schema, NULL),
			g_bytes_get_size(schema));
}

static void
test_makes_of_an_empty_file(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autoptr(GError) error = NULL;

	g_file_set_contents(scratch.path, "", 0, &error);
	g_assert_no_error(error);
	scratch_assert_refused(scratch.path, ROLL_DATABASE_READER, ROLL_DATABASE_ERROR_ABSENT,
			       "empty");
	scratch_make(scratch.path, 1);
	g_clear_pointer(&scratch.path, g_free);
	scratch.path = g_build_filename(scratch.folder, "killed.db", NULL);

	/* As a writer leaves it that was killed before its tables were there. */
	scratch_run_raw(scratch.path, "PRAGMA journal_mode = WAL");
	scratch_assert_refused(scratch.path, ROLL_DATABASE_READER, ROLL_DATABASE_ERROR_ABSENT,
			       "empty");
	scratch_make(scratch.path, 1);
}

static void
test_opens_again(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);

	scratch_make(scratch.path, 7);
	for (unsigned i = 0; i < 2; i++) {
		g_autoptr(sqlite3) writer = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
		g_assert_cmpint(scratch_ask(writer, "SELECT count(*) FROM value"), ==, 7);
	}
	g_autoptr(sqlite3) reader = scratch_open(scratch.path, ROLL_DATABASE_READER);
	g_assert_cmpint(scratch_ask(reader, "SELECT count(*) FROM value"), ==, 7);
}

static void
test_keeps_references(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(sqlite3_exec(db,
				     "INSERT INTO recording (sensor, is_open, first_us, last_us) "
				     "VALUES (77, 1, 1, 1)",
				     NULL, NULL, NULL),
			==, SQLITE_CONSTRAINT);
	g_assert_false(roll_database_fail(db, &error, "cannot add to"));
	g_assert_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED);
	g_assert_true(g_str_has_prefix(error->message, "cannot add to "));
	g_assert_nonnull(strstr(error->message, scratch.path));
	g_assert_nonnull(strstr(error->message, "FOREIGN KEY"));
}

static void
test_reads_beside_a_writer(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 3);
	g_autoptr(sqlite3) writer = scratch_open(scratch.path, ROLL_DATABASE_WRITER);

	scratch_run(writer, "BEGIN EXCLUSIVE; DELETE FROM value");
	g_autoptr(sqlite3) reader = scratch_open(scratch.path, ROLL_DATABASE_READER);
	g_assert_cmpint(scratch_ask(reader, "SELECT count(*) FROM value"), ==, 3);
	scratch_run(writer, "COMMIT");
	g_assert_cmpint(scratch_ask(reader, "SELECT count(*) FROM value"), ==, 0);
}

static void
test_reader_cannot_write(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 3);
	g_autoptr(sqlite3) reader = scratch_open(scratch.path, ROLL_DATABASE_READER);

	g_assert_cmpint(sqlite3_exec(reader, "DELETE FROM value", NULL, NULL, NULL), ==,
			SQLITE_READONLY);
}

static void
test_second_writer(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autofree char *other_name = scratch_dup_beside(&scratch, "-link");
	g_autoptr(sqlite3) first = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(GError) error = NULL;

	scratch_assert_refused(scratch.path, ROLL_DATABASE_WRITER, ROLL_DATABASE_ERROR_LOCKED,
			       "another rollerd");
	g_assert_cmpint(symlink(scratch.path, other_name), ==, 0);
	g_assert_null(roll_database_open(other_name, ROLL_DATABASE_WRITER, &error));
	g_assert_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_LOCKED);

	g_clear_pointer(&first, sqlite3_close);
	first = scratch_open(other_name, ROLL_DATABASE_WRITER);
}

/* A refused opening must not keep the lock. */
static void
test_lock_of_a_refused_one(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autofree char *log_path = scratch_dup_beside(&scratch, "-journal");
	g_autoptr(GError) error = NULL;

	/* A folder where SQLite puts its journal: it cannot make the database. */
	g_assert_cmpint(g_mkdir(log_path, 0700), ==, 0);
	g_assert_null(roll_database_open(scratch.path, ROLL_DATABASE_WRITER, &error));
	g_assert_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED);
	g_assert_cmpint(g_rmdir(log_path), ==, 0);
	scratch_make(scratch.path, 1);
}

/* In a process of its own: commits one row, leaves another uncommitted, tells and waits for its end. */
static void
write_until_killed(const char *path, int tell_fd)
{
	sqlite3 *db = scratch_open(path, ROLL_DATABASE_WRITER);

	scratch_run(db, "INSERT INTO characteristic (uuid) VALUES ('committed')");
	scratch_run(db, "BEGIN; INSERT INTO characteristic (uuid) VALUES ('not committed')");
	if (write(tell_fd, "", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

static void
test_writer_killed(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	int told[2], status = 0;
	char byte;

	g_assert_cmpint(pipe(told), ==, 0);
	pid_t child = fork();
	g_assert_cmpint(child, >=, 0);
	if (child == 0)
		write_until_killed(scratch.path, told[1]);
	close(told[1]);
	g_assert_cmpint(read(told[0], &byte, 1), ==, 1);
	close(told[0]);

	scratch_assert_refused(scratch.path, ROLL_DATABASE_WRITER, ROLL_DATABASE_ERROR_LOCKED,
			       "another rollerd");
	g_autoptr(sqlite3) reader = scratch_open(scratch.path, ROLL_DATABASE_READER);
	g_assert_cmpint(scratch_ask(reader, "SELECT count(*) FROM characteristic"), ==, 1);
	g_clear_pointer(&reader, sqlite3_close);

	g_assert_cmpint(kill(child, SIGKILL), ==, 0);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFSIGNALED(status));

	g_autoptr(sqlite3) next = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_assert_cmpint(scratch_ask(next, "SELECT count(*) FROM characteristic"), ==, 1);
}

static void
test_full_disk(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 3);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(GError) error = NULL;

	scratch_run(db,
		    "PRAGMA max_page_count = 1"); /* SQLite takes the least it can: what there is */
	g_assert_cmpint(
		sqlite3_exec(db, "UPDATE value SET bytes = zeroblob(100000)", NULL, NULL, NULL), ==,
		SQLITE_FULL);
	g_assert_false(roll_database_fail(db, &error, "cannot keep values in"));
	g_assert_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FULL);
	g_assert_true(g_str_has_prefix(error->message, "cannot keep values in /"));
	g_assert_cmpint(scratch_ask(db, "SELECT sum(length(bytes)) FROM value"), ==, 1500);
}

static void
test_default_paths(void)
{
	g_autofree char *system_path = roll_database_dup_default_path(TRUE);
	g_autofree char *own_path = roll_database_dup_default_path(FALSE);

	g_assert_cmpstr(system_path, ==, "/var/lib/rollerd/rollerd.db");
	g_assert_cmpstr(own_path, ==, "/somewhere/data/rollerd/rollerd.db");
}

/* Beside the writer, which stays the only one; both see what the other wrote. */
static void
test_editor(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autoptr(sqlite3) first = scratch_open(scratch.path, ROLL_DATABASE_EDITOR);
	scratch_run(first, "INSERT INTO choice VALUES ('person', 'anna')");
	g_autoptr(sqlite3) writer = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_autoptr(sqlite3) second = scratch_open(scratch.path, ROLL_DATABASE_EDITOR);

	scratch_run(writer, "INSERT INTO spine VALUES (1, 44.0, 0)");
	scratch_run(second, "UPDATE choice SET value = 'bert'");
	g_assert_cmpint(scratch_ask(second, "SELECT count(*) FROM spine"), ==, 1);
	g_assert_cmpint(scratch_ask(second, "PRAGMA foreign_keys"), ==, 1);
	g_assert_cmpint(scratch_ask(writer, "SELECT count(*) FROM choice WHERE value = 'bert'"), ==,
			1);
	g_assert_cmpint(scratch_ask(first, "SELECT count(*) FROM choice"), ==, 1);
}

/* A daemon from before an update still writes an older schema: it is told, and nothing is changed. */
static void
test_editor_beside_an_older_writer(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autoptr(sqlite3) writer = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	scratch_run(writer, "PRAGMA user_version = 3");
	scratch_assert_refused(scratch.path, ROLL_DATABASE_EDITOR, ROLL_DATABASE_ERROR_LOCKED,
			       "another rollerd does");
	g_assert_cmpint(scratch_ask(writer, "PRAGMA user_version"), ==, 3);
}

int
main(int argc, char **argv)
{
	g_setenv("XDG_DATA_HOME", "/somewhere/data", TRUE);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/database/makes a new one", test_makes_a_new_one);
	g_test_add_func("/database/schema is embedded", test_schema_is_embedded);
	g_test_add_func("/database/makes of an empty file", test_makes_of_an_empty_file);
	g_test_add_func("/database/opens again", test_opens_again);
	g_test_add_func("/database/keeps references", test_keeps_references);
	g_test_add_func("/database/reads beside a writer", test_reads_beside_a_writer);
	g_test_add_func("/database/reader cannot write", test_reader_cannot_write);
	g_test_add_func("/database/second writer", test_second_writer);
	g_test_add_func("/database/lock of a refused one", test_lock_of_a_refused_one);
	g_test_add_func("/database/writer killed", test_writer_killed);
	g_test_add_func("/database/full disk", test_full_disk);
	g_test_add_func("/database/default paths", test_default_paths);
	g_test_add_func("/database/editor", test_editor);
	g_test_add_func("/database/editor beside an older writer",
			test_editor_beside_an_older_writer);
	return g_test_run();
}
