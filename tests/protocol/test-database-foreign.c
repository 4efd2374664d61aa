/* SPDX-License-Identifier: MIT
 *
 * What is not to be touched: no file, files of others, a newer schema, places where nothing can be written.
 */
#include "tests/protocol/scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const RollDatabaseMode modes[] = {ROLL_DATABASE_READER, ROLL_DATABASE_WRITER};

/* In both modes, and afterwards the file is the same to the byte. */
static void
assert_refused_and_kept(const char *path, RollDatabaseError code, const char *told)
{
	g_autoptr(GBytes) before = scratch_read(path);

	for (unsigned i = 0; i < G_N_ELEMENTS(modes); i++) {
		scratch_assert_refused(path, modes[i], code, told);
		g_autoptr(GBytes) after = scratch_read(path);
		g_assert_true(g_bytes_equal(before, after));
	}
}

static void
test_absent(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autofree char *deep = g_build_filename(scratch.folder, "no", "such", "rollerd.db", NULL);

	scratch_assert_refused(scratch.path, ROLL_DATABASE_READER, ROLL_DATABASE_ERROR_ABSENT,
			       "there is no database");
	scratch_assert_refused(deep, ROLL_DATABASE_READER, ROLL_DATABASE_ERROR_ABSENT,
			       "there is no database");
	/* Looking made nothing. */
	g_assert_false(g_file_test(scratch.path, G_FILE_TEST_EXISTS));
}

static void
test_text_files(void)
{
	const char *texts[] = {"x", "hello\n", "SQLite format 3",
			       "# rollcap 1\n1 C0:FF:EE:00:00:01 "};
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_autofree char *lock_path = scratch_dup_beside(&scratch, "-lock");

	for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_assert_true(g_file_set_contents(scratch.path, texts[i], -1, NULL));
		assert_refused_and_kept(scratch.path, ROLL_DATABASE_ERROR_NOT_OURS,
					"is not a rollerd database");
	}
	g_autofree char *text = g_strnfill(20000, 'x');
	g_assert_true(g_file_set_contents(scratch.path, text, -1, NULL));
	assert_refused_and_kept(scratch.path, ROLL_DATABASE_ERROR_NOT_OURS,
				"is not a rollerd database");
	g_assert_false(g_file_test(lock_path, G_FILE_TEST_EXISTS));
}

static void
test_other_programs(void)
{
	const char *makers[] = {
		"CREATE TABLE photo (id INTEGER); INSERT INTO photo VALUES (1)",
		"PRAGMA application_id = 4660; PRAGMA user_version = 1; CREATE TABLE session (n)",
		"PRAGMA application_id = 4660; CREATE TABLE a (b); DROP TABLE a",
		"PRAGMA user_version = 3",
		"PRAGMA journal_mode = WAL; CREATE TABLE photo (id INTEGER)",
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(makers); i++) {
		g_auto(Scratch) scratch;
		scratch_init(&scratch);

		scratch_run_raw(scratch.path, makers[i]);
		assert_refused_and_kept(scratch.path, ROLL_DATABASE_ERROR_NOT_OURS,
					"another program");
	}
}

static void
test_not_a_file(void)
{
	scratch_assert_refused("/", ROLL_DATABASE_READER, ROLL_DATABASE_ERROR_NOT_OURS,
			       "not a file");
	scratch_assert_refused("/", ROLL_DATABASE_WRITER, ROLL_DATABASE_ERROR_NOT_OURS,
			       "not a file");
	scratch_assert_refused("/dev/null", ROLL_DATABASE_WRITER, ROLL_DATABASE_ERROR_NOT_OURS,
			       "not a file");
}

static void
test_newer(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 10);
	scratch_run_raw(scratch.path, "PRAGMA user_version = 739");

	assert_refused_and_kept(scratch.path, ROLL_DATABASE_ERROR_TOO_NEW,
				"schema version 739, this program knows none above " G_STRINGIFY(
					ROLL_DATABASE_VERSION));
}

static void
copy_file(const char *from, const char *to)
{
	g_autoptr(GBytes) bytes = scratch_read(from);
	gsize n_bytes;
	const char *data = g_bytes_get_data(bytes, &n_bytes);

	g_assert_true(g_file_set_contents(to, data, (gssize)n_bytes, NULL));
}

/* A newer program crashed: its version stands in the log of changes only, and the log stays, too. */
static void
test_newer_in_the_log(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 10);
	g_autofree char *log_path = scratch_dup_beside(&scratch, "-wal");
	g_autofree char *crashed = scratch_dup_beside(&scratch, "-crashed");
	g_autofree char *crashed_log = scratch_dup_beside(&scratch, "-crashed-wal");
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_WRITER);

	scratch_run(db, "PRAGMA user_version = 739");
	copy_file(scratch.path, crashed);
	copy_file(log_path, crashed_log);
	g_autoptr(GBytes) log_before = scratch_read(crashed_log);
	assert_refused_and_kept(crashed, ROLL_DATABASE_ERROR_TOO_NEW, "739");
	g_autoptr(GBytes) log_after = scratch_read(crashed_log);
	g_assert_true(g_bytes_equal(log_before, log_after));
}

static void
test_unwritable(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 1);
	g_autofree char *below_file = g_build_filename(scratch.path, "rollerd.db", NULL);

	/* Places that not even root can write. */
	scratch_assert_refused(below_file, ROLL_DATABASE_WRITER, ROLL_DATABASE_ERROR_FAILED,
			       "cannot make the folder");
	scratch_assert_refused("/proc/rollerd/rollerd.db", ROLL_DATABASE_WRITER,
			       ROLL_DATABASE_ERROR_FAILED, "cannot make the folder");
	scratch_assert_refused("/proc/rollerd.db", ROLL_DATABASE_WRITER, ROLL_DATABASE_ERROR_FAILED,
			       "/proc/rollerd.db-lock");
	scratch_assert_refused(below_file, ROLL_DATABASE_READER, ROLL_DATABASE_ERROR_ABSENT,
			       "there is no database");
}

/* SQLite's shared memory file cannot be made, as in a folder that may only be read; holds for root, too. */
static void
bar(const Scratch *scratch)
{
	g_autofree char *shared_path = scratch_dup_beside(scratch, "-shm");

	g_assert_cmpint(symlink("/proc/no/such/place", shared_path), ==, 0);
}

static void
test_reads_where_nothing_can_be_written(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 5);
	bar(&scratch);
	g_autoptr(GBytes) before = scratch_read(scratch.path);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_READER);

	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM value"), ==, 5);
	g_clear_pointer(&db, sqlite3_close);
	g_autoptr(GBytes) after = scratch_read(scratch.path);
	g_assert_true(g_bytes_equal(before, after));
}

static void
test_odd_names(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	g_free(scratch.path);
	scratch.path = g_build_filename(scratch.folder, "100%25 mine? #1&mode=rw.db", NULL);
	scratch_make(scratch.path, 5);
	bar(&scratch);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_READER);

	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM value"), ==, 5);
}

static void
test_read_only_folder(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 5);
	g_assert_cmpint(g_chmod(scratch.path, 0444), ==, 0);
	g_assert_cmpint(g_chmod(scratch.folder, 0555), ==, 0);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_READER);

	g_assert_cmpint(scratch_ask(db, "SELECT count(*) FROM value"), ==, 5);
	g_assert_cmpint(g_chmod(scratch.folder, 0755), ==, 0);
}

/* The last changes stand in the log: without it the reader would tell what is no longer so. */
static void
test_unreadable_log(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 5);
	g_autofree char *log_path = scratch_dup_beside(&scratch, "-wal");

	g_assert_true(g_file_set_contents(log_path, "changes", -1, NULL));
	bar(&scratch);
	scratch_assert_refused(scratch.path, ROLL_DATABASE_READER, ROLL_DATABASE_ERROR_FAILED,
			       "-wal");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/database-foreign/absent", test_absent);
	g_test_add_func("/database-foreign/text files", test_text_files);
	g_test_add_func("/database-foreign/other programs", test_other_programs);
	g_test_add_func("/database-foreign/not a file", test_not_a_file);
	g_test_add_func("/database-foreign/newer", test_newer);
	g_test_add_func("/database-foreign/newer in the log", test_newer_in_the_log);
	g_test_add_func("/database-foreign/unwritable", test_unwritable);
	g_test_add_func("/database-foreign/reads where nothing can be written",
			test_reads_where_nothing_can_be_written);
	g_test_add_func("/database-foreign/odd names", test_odd_names);
	g_test_add_func("/database-foreign/read-only folder", test_read_only_folder);
	g_test_add_func("/database-foreign/unreadable log", test_unreadable_log);
	return g_test_run();
}
