/* SPDX-License-Identifier: MIT
 *
 * Captures as they are written: new, gone on with, refused, cut, and onto a disk that is full.
 */
#include "daemon/capture-writer.h"
#include "tests/program/loop.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define LINE "1700000000000000 C0:FF:EE:00:00:01 " ROLL_UUID_BATTERY_LEVEL " 57\n"

typedef struct {
	char *folder;
	char *path;
	guint n_failures;
} Fixture;

static const RollValue value = {
	.arrival_us = 1700000000000000,
	.address = "C0:FF:EE:00:00:01",
	.uuid = ROLL_UUID_BATTERY_LEVEL,
	.n_bytes = 1,
	.bytes = {0x57},
};

static void
set_up(Fixture *fixture, gconstpointer data)
{
	(void)data;
	fixture->folder = g_dir_make_tmp("rollerd-capture-XXXXXX", NULL);
	fixture->path = g_build_filename(fixture->folder, "a.rollcap", NULL);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_unlink(fixture->path);
	g_rmdir(fixture->folder);
	g_free(fixture->path);
	g_free(fixture->folder);
}

static void
take_failure(void *user, const GError *error)
{
	Fixture *fixture = user;

	g_assert_error(error, ROLL_CAPTURE_WRITER_ERROR, ROLL_CAPTURE_WRITER_ERROR_FAILED);
	fixture->n_failures++;
}

static RollCaptureWriter *
open_good(Fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	RollCaptureWriter *writer =
		roll_capture_writer_new(fixture->path, take_failure, fixture, &error);

	g_assert_no_error(error);
	return writer;
}

static void
write_one(Fixture *fixture)
{
	g_autoptr(RollCaptureWriter) writer = open_good(fixture);

	roll_capture_writer_add(writer, &value);
}

static void
check_file(Fixture *fixture, const char *expected)
{
	g_autofree char *text = NULL;

	g_assert_true(g_file_get_contents(fixture->path, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, expected);
}

static void
test_new(Fixture *fixture, gconstpointer data)
{
	(void)data;
	write_one(fixture);
	check_file(fixture, ROLL_CAPTURE_HEAD LINE);
}

static void
test_gone_on_with(Fixture *fixture, gconstpointer data)
{
	(void)data;
	write_one(fixture);
	write_one(fixture);
	check_file(fixture, ROLL_CAPTURE_HEAD LINE LINE);
}

static void
test_after_cut_line(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_assert_true(g_file_set_contents(fixture->path, ROLL_CAPTURE_HEAD "17000", -1, NULL));
	write_one(fixture);
	check_file(fixture, ROLL_CAPTURE_HEAD "17000\n" LINE);
}

static void
test_other_file(Fixture *fixture, gconstpointer data)
{
	const char *const others[] = {"# rollcap 2\n", "# rollca", "my only copy\n"};

	(void)data;
	for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_true(g_file_set_contents(fixture->path, others[i], -1, NULL));
		g_assert_null(
			roll_capture_writer_new(fixture->path, take_failure, fixture, &error));
		g_assert_error(error, ROLL_CAPTURE_WRITER_ERROR,
			       ROLL_CAPTURE_WRITER_ERROR_NOT_CAPTURE);
		g_assert_nonnull(strstr(error->message, fixture->path));
		check_file(fixture, others[i]);
	}
}

static void
test_no_folder(Fixture *fixture, gconstpointer data)
{
	g_autofree char *path = g_build_filename(fixture->folder, "none", "a.rollcap", NULL);
	g_autoptr(GError) error = NULL;

	(void)data;
	g_assert_null(roll_capture_writer_new(path, take_failure, fixture, &error));
	g_assert_error(error, ROLL_CAPTURE_WRITER_ERROR, ROLL_CAPTURE_WRITER_ERROR_FAILED);
	g_assert_nonnull(strstr(error->message, path));
}

static gboolean
is_written(gpointer data)
{
	Fixture *fixture = data;
	g_autofree char *text = NULL;

	g_assert_true(g_file_get_contents(fixture->path, &text, NULL, NULL));
	return g_str_equal(text, ROLL_CAPTURE_HEAD LINE);
}

static void
test_in_time(Fixture *fixture, gconstpointer data)
{
	g_autoptr(RollCaptureWriter) writer = open_good(fixture);
	gint64 begin_us = g_get_monotonic_time();

	(void)data;
	roll_capture_writer_add(writer, &value);
	loop_until_true(is_written, fixture);
	g_assert_cmpint(g_get_monotonic_time() - begin_us, <, 20 * G_USEC_PER_SEC);
	g_assert_cmpuint(fixture->n_failures, ==, 0);
}

/* RLIMIT_FSIZE stands for the full disk: a write beyond it is cut short, the next one fails. */
static void
test_full(Fixture *fixture, gconstpointer data)
{
	const rlim_t n_bytes = sizeof ROLL_CAPTURE_HEAD LINE - 1 + 10;
	g_autoptr(RollCaptureWriter) writer = open_good(fixture);
	struct rlimit before, limit;

	(void)data;
	signal(SIGXFSZ, SIG_IGN);
	g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
	limit = (struct rlimit){.rlim_cur = n_bytes, .rlim_max = before.rlim_max};
	roll_capture_writer_add(writer, &value);
	loop_until_true(is_written, fixture);
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
	roll_capture_writer_add(writer, &value);
	loop_until(&fixture->n_failures);
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
	roll_capture_writer_add(writer, &value);
	g_clear_pointer(&writer, roll_capture_writer_free);
	g_assert_cmpuint(fixture->n_failures, ==, 1);
	check_file(fixture, ROLL_CAPTURE_HEAD LINE); /* whole lines only */
}

#define ADD(name, test) g_test_add("/capture-writer/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("new", test_new);
	ADD("gone-on-with", test_gone_on_with);
	ADD("after-cut-line", test_after_cut_line);
	ADD("other-file", test_other_file);
	ADD("no-folder", test_no_folder);
	ADD("in-time", test_in_time);
	ADD("full", test_full);
	return g_test_run();
}
