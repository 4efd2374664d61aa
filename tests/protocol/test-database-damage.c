/* SPDX-License-Identifier: MIT
 *
 * A damaged database is told as such, and left as it is.
 */
#include "tests/protocol/scratch-folder.h"

#include <string.h>

enum {
	PAGE_LEN = 4096,
	N_VALUES = 200, /* some 30 pages */
};

static void
overwrite(const char *path, gsize from, gsize n_bytes, gsize n_kept)
{
	g_autoptr(GBytes) before = scratch_read(path);
	gsize size = 0;
	char *bytes = g_bytes_unref_to_data(g_steal_pointer(&before), &size);

	g_assert_cmpuint(from + n_bytes, <=, size);
	memset(bytes + from, 0xa5, n_bytes);
	g_assert_true(g_file_set_contents(path, bytes, (gssize)MIN(n_kept, size), NULL));
	g_free(bytes);
}

static gsize
size_of(const char *path)
{
	g_autoptr(GBytes) bytes = scratch_read(path);

	return g_bytes_get_size(bytes);
}

static void
assert_damaged(const char *path)
{
	g_autoptr(GBytes) before = scratch_read(path);

	scratch_assert_refused(path, ROLL_DATABASE_READER, ROLL_DATABASE_ERROR_DAMAGED, "");
	scratch_assert_refused(path, ROLL_DATABASE_WRITER, ROLL_DATABASE_ERROR_DAMAGED, "");
	g_autoptr(GBytes) after = scratch_read(path);
	g_assert_true(g_bytes_equal(before, after));
}

static void
test_cut(void)
{
	for (unsigned n_pages = 1; n_pages < 6; n_pages++) {
		g_auto(Scratch) scratch;
		scratch_init(&scratch);

		scratch_make(scratch.path, N_VALUES);
		overwrite(scratch.path, 0, 0, n_pages * PAGE_LEN);
		assert_damaged(scratch.path);
	}
}

static void
test_first_page(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);

	scratch_make(scratch.path, N_VALUES);
	overwrite(scratch.path, 100, 200, G_MAXSIZE);
	assert_damaged(scratch.path);
}

static void
test_missing_tables(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);

	scratch_make(scratch.path, 1);
	scratch_run_raw(scratch.path, "DROP TABLE value");
	assert_damaged(scratch.path);
}

static void
test_impossible_versions(void)
{
	const char *stamps[] = {"PRAGMA user_version = 0", "PRAGMA user_version = -1"};

	for (unsigned i = 0; i < G_N_ELEMENTS(stamps); i++) {
		g_auto(Scratch) scratch;
		scratch_init(&scratch);

		scratch_make(scratch.path, 1);
		scratch_run_raw(scratch.path, stamps[i]);
		assert_damaged(scratch.path);
	}
}

/* Opening does not read all of a large file, so some damage is met later only. */
static void
test_met_later(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, N_VALUES);
	overwrite(scratch.path, size_of(scratch.path) - PAGE_LEN, PAGE_LEN, G_MAXSIZE);
	g_autoptr(sqlite3) db = scratch_open(scratch.path, ROLL_DATABASE_READER);
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(sqlite3_exec(db, "SELECT sum(length(bytes)) FROM value", NULL, NULL, NULL),
			==, SQLITE_CORRUPT);
	g_assert_false(roll_database_fail(db, &error, "cannot read values of"));
	g_assert_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_DAMAGED);
	g_assert_nonnull(strstr(error->message, scratch.path));
}

/* A log that was left tells of a crash: then a writer reads the whole file first. */
static void
test_after_a_crash(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, N_VALUES);
	g_autofree char *log_path = scratch_dup_beside(&scratch, "-wal");

	g_assert_true(g_file_set_contents(log_path, "of a crash", -1, NULL));
	g_autoptr(sqlite3) whole = scratch_open(scratch.path, ROLL_DATABASE_WRITER);
	g_assert_cmpint(scratch_ask(whole, "SELECT count(*) FROM value"), ==, N_VALUES);
	g_clear_pointer(&whole, sqlite3_close);

	overwrite(scratch.path, size_of(scratch.path) - PAGE_LEN, PAGE_LEN, G_MAXSIZE);
	g_assert_true(g_file_set_contents(log_path, "of a crash", -1, NULL));
	scratch_assert_refused(scratch.path, ROLL_DATABASE_WRITER, ROLL_DATABASE_ERROR_DAMAGED,
			       ".recover");
}

/* Anything at all in the file: an answer, never a crash. */
static void
test_random_damage(void)
{
	g_auto(Scratch) scratch;
	scratch_init(&scratch);
	scratch_make(scratch.path, 20);
	g_autoptr(GBytes) good = scratch_read(scratch.path);
	g_autoptr(GRand) rand = g_rand_new_with_seed(6);
	g_autofree char *path = scratch_dup_beside(&scratch, "-damaged");

	for (unsigned round = 0; round < 200; round++) {
		gsize size = 0;
		g_autofree char *bytes =
			g_memdup2(g_bytes_get_data(good, &size), g_bytes_get_size(good));
		g_autoptr(GError) error = NULL;

		/* Mostly in the first page, which is what opening reads. */
		for (unsigned change = 0; change < 3; change++)
			bytes[g_rand_int_range(rand, 0, round % 2 ? (int)size : 400)] =
				(char)g_rand_int(rand);
		g_assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
		g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_READER, &error);
		g_assert_true((db != NULL) == (error == NULL));
		if (error)
			g_assert_nonnull(strstr(error->message, path));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/database-damage/cut", test_cut);
	g_test_add_func("/database-damage/first page", test_first_page);
	g_test_add_func("/database-damage/missing tables", test_missing_tables);
	g_test_add_func("/database-damage/impossible versions", test_impossible_versions);
	g_test_add_func("/database-damage/met later", test_met_later);
	g_test_add_func("/database-damage/after a crash", test_after_a_crash);
	g_test_add_func("/database-damage/random damage", test_random_damage);
	return g_test_run();
}
