/* SPDX-License-Identifier: MIT
 *
 * Capture files as a source: each good line arrives, each bad one is told by its number, and neither of them stops
 * it.
 */
#include "daemon/source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE "1790000000000000 C0:FF:EE:00:00:01 00002a19-0000-1000-8000-00805f9b34fb 57"

typedef struct {
	char *folder;
	GPtrArray *paths; /* of files made in it, NULL-terminated by start */
	GArray *values;
	GPtrArray *warnings; /* of main: where the log goes */
	guint n_ended;
	GError *error;
} Fixture;

static GLogWriterOutput
note_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user)
{
	GPtrArray *warnings = user;

	for (gsize i = 0; level == G_LOG_LEVEL_WARNING && i < n_fields; i++) {
		if (g_str_equal(fields[i].key, "MESSAGE"))
			g_ptr_array_add(warnings, g_strdup(fields[i].value));
	}
	return G_LOG_WRITER_HANDLED;
}

static void
note_value(void *user, const RollValue *value)
{
	Fixture *fixture = user;

	g_array_append_val(fixture->values, *value);
}

static void
note_ended(void *user, const GError *error)
{
	Fixture *fixture = user;

	fixture->n_ended++;
	fixture->error = error ? g_error_copy(error) : NULL;
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	fixture->folder = g_dir_make_tmp("rollerd-replay-XXXXXX", &error);
	g_assert_no_error(error);
	fixture->paths = g_ptr_array_new_with_free_func(g_free);
	fixture->values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	fixture->warnings = (GPtrArray *)data;
	g_ptr_array_set_size(fixture->warnings, 0);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data; /* GTest's */
	for (guint i = 0; i < fixture->paths->len; i++) {
		if (fixture->paths->pdata[i])
			g_remove(fixture->paths->pdata[i]);
	}
	g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
	g_free(fixture->folder);
	g_ptr_array_unref(fixture->paths);
	g_array_unref(fixture->values);
	g_clear_error(&fixture->error);
}

static const char *
add_path(Fixture *fixture)
{
	g_ptr_array_add(fixture->paths,
			g_strdup_printf("%s/%u.rollcap", fixture->folder, fixture->paths->len));
	return fixture->paths->pdata[fixture->paths->len - 1];
}

static void
add_file(Fixture *fixture, const char *contents, gssize n_bytes)
{
	g_autoptr(GError) error = NULL;

	g_file_set_contents(add_path(fixture), contents, n_bytes, &error);
	g_assert_no_error(error);
}

static RollSource *
new_source(Fixture *fixture)
{
	g_ptr_array_add(fixture->paths, NULL);
	return roll_source_replay_new((const char *const *)fixture->paths->pdata);
}

static RollSource *
start(Fixture *fixture)
{
	const RollSink sink = {.value = note_value, .ended = note_ended, .user = fixture};
	g_autoptr(GError) error = NULL;
	RollSource *source = new_source(fixture);

	g_assert_true(source->start(source, &sink, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(fixture->n_ended, ==, 0);
	g_assert_cmpuint(fixture->values->len, ==, 0);
	return source;
}

static void
run(Fixture *fixture)
{
	RollSource *source = start(fixture);

	while (fixture->n_ended == 0)
		g_main_context_iteration(NULL, TRUE);
	g_assert_cmpuint(fixture->n_ended, ==, 1);
	g_assert_no_error(fixture->error);
	roll_source_free(source);
}

static void
test_lines(Fixture *fixture, gconstpointer data)
{
	(void)data; /* GTest's */
	add_file(fixture,
		 "# rollcap 1\n" LINE "\n\nrubbish\n" LINE "00\r\n"
		 "1790000000000000 C0:FF:EE:00:00:01 00002a19-0000-1000-8000-00805f9b34fb 5\n" LINE,
		 -1);
	run(fixture);
	g_assert_cmpuint(fixture->values->len, ==, 3);
	g_assert_cmpuint(g_array_index(fixture->values, RollValue, 1).n_bytes, ==, 2);
	g_assert_cmpuint(fixture->warnings->len, ==, 2);
	g_assert_nonnull(strstr(fixture->warnings->pdata[0], "0.rollcap:4: "));
	g_assert_nonnull(strstr(fixture->warnings->pdata[1], "0.rollcap:6: "));
}

static void
test_empty(Fixture *fixture, gconstpointer data)
{
	(void)data; /* GTest's */
	add_file(fixture, "", 0);
	run(fixture);
	g_assert_cmpuint(fixture->values->len, ==, 0);
	g_assert_cmpuint(fixture->warnings->len, ==, 0);
}

/* In turn, each with numbers of its own; a line does not run on into the next file. */
static void
test_several(Fixture *fixture, gconstpointer data)
{
	(void)data; /* GTest's */
	add_file(fixture, LINE "\n" LINE, -1);
	add_file(fixture, "", 0);
	add_file(fixture, "1\n" LINE "\n", -1);
	run(fixture);
	g_assert_cmpuint(fixture->values->len, ==, 3);
	g_assert_cmpuint(fixture->warnings->len, ==, 1);
	g_assert_nonnull(strstr(fixture->warnings->pdata[0], "2.rollcap:1: "));
}

/* 20 are told one by one, the rest by their count. */
static void
test_many_bad(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GString) text = g_string_new(NULL);

	(void)data; /* GTest's */
	for (guint i = 0; i < 50; i++)
		g_string_append(text, "bad\n" LINE "\n");
	add_file(fixture, text->str, (gssize)text->len);
	run(fixture);
	g_assert_cmpuint(fixture->values->len, ==, 50);
	g_assert_cmpuint(fixture->warnings->len, ==, 21);
	g_assert_nonnull(strstr(fixture->warnings->pdata[20], "50 bad lines in all"));
	g_assert_nonnull(strstr(fixture->warnings->pdata[20], "the last 30 "));
}

/* Lines that lie over the edge of what is read at once, lines without end, bytes of all kinds. */
static void
test_rubbish(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);

	(void)data; /* GTest's */
	for (guint i = 0; i < 3 * 1024 * 1024; i++)
		g_string_append_c(text, (char)g_rand_int_range(rand, 0, 256));
	g_string_append(text, "\n" LINE "\n");
	for (guint i = 0; i < 1024 * 1024; i++)
		g_string_append_c(text, '0');
	g_string_append(text, "\n" LINE "\n");
	for (guint i = 0; i < 20000; i++)
		g_string_append(text, LINE "\n");
	for (guint i = 0; i < 70000; i++)
		g_string_append_c(text, 'x');
	add_file(fixture, text->str, (gssize)text->len);
	run(fixture);
	g_assert_cmpuint(fixture->values->len, ==, 20002);
	g_assert_cmpuint(fixture->warnings->len, ==, 21);
}

/* Whatever pieces a pipe gives: the end comes with its writer's. */
static void
test_pipe(Fixture *fixture, gconstpointer data)
{
	const char *path = add_path(fixture);
	const char text[] = LINE "\n" LINE "\n";

	(void)data; /* GTest's */
	g_assert_cmpint(mkfifo(path, 0600), ==, 0);

	int writer = g_open(path, O_RDWR | O_CLOEXEC, 0);

	g_assert_cmpint(writer, >=, 0);

	RollSource *source = start(fixture);

	for (gsize i = 0; i < strlen(text); i++) {
		g_assert_cmpint(write(writer, text + i, 1), ==, 1);
		g_main_context_iteration(NULL, FALSE);
	}
	while (fixture->values->len < 2)
		g_main_context_iteration(NULL, TRUE);
	g_assert_cmpuint(fixture->n_ended, ==, 0);
	close(writer);
	while (fixture->n_ended == 0)
		g_main_context_iteration(NULL, TRUE);
	g_assert_cmpuint(fixture->values->len, ==, 2);
	roll_source_free(source);
}

static void
assert_refused(Fixture *fixture, int code)
{
	const RollSink sink = {.value = note_value, .ended = note_ended, .user = fixture};
	g_autoptr(GError) error = NULL;
	g_autoptr(RollSource) source = new_source(fixture);

	g_assert_false(source->start(source, &sink, &error));
	g_assert_error(error, G_IO_ERROR, (int)g_io_error_from_errno(code));
	g_assert_nonnull(strstr(error->message, fixture->folder));
	g_assert_cmpuint(fixture->n_ended, ==, 0);
}

static void
test_absent(Fixture *fixture, gconstpointer data)
{
	(void)data; /* GTest's */
	add_file(fixture, LINE "\n", -1);
	add_path(fixture);
	assert_refused(fixture, ENOENT);
	g_assert_cmpuint(fixture->values->len, ==, 0);
}

static void
test_directory(Fixture *fixture, gconstpointer data)
{
	(void)data; /* GTest's */
	g_assert_cmpint(g_mkdir(add_path(fixture), 0700), ==, 0);
	assert_refused(fixture, EISDIR);
}

/* A name that no file can be opened by, whoever asks. */
static void
test_unreadable(Fixture *fixture, gconstpointer data)
{
	const char *path = add_path(fixture);

	(void)data; /* GTest's */
	g_assert_cmpint(symlink(path, path), ==, 0);
	assert_refused(fixture, ELOOP);
}

/* Freed in the middle: nothing comes any more. */
static void
test_freed(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GString) text = g_string_new(NULL);

	(void)data; /* GTest's */
	for (guint i = 0; i < 20000; i++)
		g_string_append(text, LINE "\n");
	add_file(fixture, text->str, (gssize)text->len);

	RollSource *source = start(fixture);

	while (fixture->values->len == 0)
		g_main_context_iteration(NULL, TRUE);

	guint n_values = fixture->values->len;

	roll_source_free(source);
	while (g_main_context_iteration(NULL, FALSE)) {
	}
	g_assert_cmpuint(n_values, <, 20000);
	g_assert_cmpuint(fixture->values->len, ==, n_values);
	g_assert_cmpuint(fixture->n_ended, ==, 0);
}

#define ADD(name, test)                                                                            \
	g_test_add("/source-replay/" name, Fixture, warnings, set_up, test, tear_down)

int
main(int argc, char **argv)
{
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);

	g_test_init(&argc, &argv, NULL);
	g_log_set_always_fatal(G_LOG_LEVEL_ERROR); /* warnings are what is tested */
	g_log_set_writer_func(note_log, warnings, NULL);
	ADD("lines", test_lines);
	ADD("empty", test_empty);
	ADD("several", test_several);
	ADD("many-bad", test_many_bad);
	ADD("rubbish", test_rubbish);
	ADD("pipe", test_pipe);
	ADD("absent", test_absent);
	ADD("directory", test_directory);
	ADD("unreadable", test_unreadable);
	ADD("freed", test_freed);
	return g_test_run();
}
