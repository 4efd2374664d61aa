/* SPDX-License-Identifier: MIT
 *
 * usage: bench [--check] [--history]
 *
 * Measures, and prints a table; with --history that of rollstat alone. Exit status 1: a run failed; with --check also: a ratio is out of its
 * bounds. The bounds are wide: they hold on a loaded machine, and are there to tell a change for the worse
 * by a factor, not by a per cent.
 */
#include "tests/bench/bench.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>

static gboolean
is_within_bounds(const BenchRow *row)
{
	double ratio = row->figure / row->measure;

	return ratio >= row->least && ratio <= row->most;
}

static void
print_row(const BenchRow *row)
{
	int digits = row->figure < 100 ? 2 : 0;

	printf("%-32s %14.*f %-12s %-36s %14.*f %8.2f  %-10s %s\n", row->what, digits, row->figure,
	       row->unit, row->yardstick, digits, row->measure, row->figure / row->measure,
	       row->goal, is_within_bounds(row) ? "" : "OUT OF BOUNDS");
}

/* Returns how many are out of their bounds. */
static guint
print_table(const Bench *bench)
{
	guint n_out = 0;

	printf("%-32s %14s %-12s %-36s %14s %8s  %-10s\n", "what", "figure", "", "yardstick",
	       "its figure", "ratio", "goal");
	for (guint i = 0; i < bench->rows->len; i++) {
		const BenchRow *row = &g_array_index(bench->rows, BenchRow, i);

		print_row(row);
		n_out += !is_within_bounds(row);
	}
	return n_out;
}

/* The temporary folder holds files and, where the programs made them, folders of files. */
static void
remove_folder(const char *path)
{
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);

	for (const char *name = folder ? g_dir_read_name(folder) : NULL; name;
	     name = g_dir_read_name(folder)) {
		g_autofree char *inner = g_build_filename(path, name, NULL);

		if (g_file_test(inner, G_FILE_TEST_IS_DIR))
			remove_folder(inner);
		else
			g_unlink(inner);
	}
	g_rmdir(path);
}

static gboolean
measure_all(Bench *bench, gboolean is_history_alone, GError **error)
{
	bench->folder = g_dir_make_tmp("roll-bench-XXXXXX", error);
	if (!bench->folder)
		return FALSE;
	if (is_history_alone)
		return bench_history(bench, error);
	bench_make_work(bench);
	return bench_pure(bench, error) && bench_replay(bench, error) &&
	       bench_history(bench, error) && bench_daemon(bench, error) &&
	       bench_live(bench, error);
}

static void
print_failure(const Bench *bench, const GError *error)
{
	g_autofree char *path = bench->folder ? bench_dup_path(bench, "log") : NULL;
	g_autofree char *log = NULL;

	if (path && g_file_get_contents(path, &log, NULL, NULL))
		fputs(log, stderr);
	fprintf(stderr, "bench: %s\n", error->message);
}

static int
measure_and_print(gboolean is_checking, gboolean is_history_alone)
{
	Bench bench = {.rows = g_array_new(FALSE, FALSE, sizeof(BenchRow)),
		       .values = g_array_new(FALSE, FALSE, sizeof(RollValue))};
	g_autoptr(GError) error = NULL;
	gboolean is_done = measure_all(&bench, is_history_alone, &error);
	guint n_out = print_table(&bench);

	if (!is_done)
		print_failure(&bench, error);
	if (bench.folder)
		remove_folder(bench.folder);
	g_free(bench.folder);
	g_array_unref(bench.rows);
	g_array_unref(bench.values);
	return !is_done || (is_checking && n_out > 0);
}

int
main(int argc, char **argv)
{
	if (argc == 3 && g_str_equal(argv[1], "--bare"))
		return bench_be_bare(argv[2]);
	if (argc == 3 && g_str_equal(argv[1], "--read-day"))
		return bench_read_day(argv[2]);
	if (argc == 4 && g_str_equal(argv[1], "--read-table"))
		return bench_read_table(argv[2], argv[3]);
	const char *const *words = (const char *const *)argv + 1;
	gboolean is_checking = g_strv_contains(words, "--check");
	gboolean is_history_alone = g_strv_contains(words, "--history");
	if (argc == 1 + is_checking + is_history_alone)
		return measure_and_print(is_checking, is_history_alone);
	fprintf(stderr, "usage: bench [--check] [--history]\n");
	return 2;
}
