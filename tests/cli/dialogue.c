/* SPDX-License-Identifier: MIT */
#include "tests/cli/dialogue.h"

#include <gio/gunixoutputstream.h>
#include <pty.h>
#include <string.h>

enum {
	PATIENCE_S = 30,
};

static gboolean
run_out(gpointer data)
{
	const Dialogue *dialogue = data;
	g_error("waited %d s in vain; it said: %s", PATIENCE_S, dialogue->out->str);
	return G_SOURCE_REMOVE;
}

static void hear_more(Dialogue *dialogue);

static void
take_bytes(GObject *source, GAsyncResult *result, gpointer data)
{
	Dialogue *dialogue = data;
	gssize n = g_input_stream_read_finish(G_INPUT_STREAM(source), result, NULL);
	if (n <= 0) {
		dialogue->has_ended = TRUE;
		return;
	}
	g_string_append_len(dialogue->out, dialogue->bytes, n);
	hear_more(dialogue);
}

static void
hear_more(Dialogue *dialogue)
{
	g_input_stream_read_async(g_subprocess_get_stdout_pipe(dialogue->process), dialogue->bytes,
				  sizeof dialogue->bytes, G_PRIORITY_DEFAULT, NULL, take_bytes,
				  dialogue);
}

/* terminal_fd: taken, to be read from; -1: a pipe is. */
static void
begin(Dialogue *dialogue, const char *address, const char *system_address, const char *line,
      int terminal_fd)
{
	g_autofree char *whole = g_strdup_printf("%s %s", ROLLSTAT, line);
	g_auto(GStrv) words = g_strsplit(whole, " ", -1);
	g_autoptr(GError) error = NULL;
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
		G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE |
		(terminal_fd < 0 ? G_SUBPROCESS_FLAGS_STDIN_PIPE : G_SUBPROCESS_FLAGS_NONE));
	if (terminal_fd >= 0)
		g_subprocess_launcher_take_stdin_fd(launcher, terminal_fd);
	g_subprocess_launcher_setenv(launcher, "DBUS_SESSION_BUS_ADDRESS", address, TRUE);
	g_subprocess_launcher_setenv(launcher, "DBUS_SYSTEM_BUS_ADDRESS", system_address, TRUE);
	*dialogue = (Dialogue){.out = g_string_new(NULL)};
	dialogue->process =
		g_subprocess_launcher_spawnv(launcher, (const char *const *)words, &error);
	g_assert_no_error(error);
	if (terminal_fd < 0)
		dialogue->keyboard = g_object_ref(g_subprocess_get_stdin_pipe(dialogue->process));
	hear_more(dialogue);
}

void
dialogue_begin(Dialogue *dialogue, const char *address, const char *line)
{
	begin(dialogue, address, address, line, -1);
}

void
dialogue_begin_in_session(Dialogue *dialogue, const char *address, const char *line)
{
	begin(dialogue, address, "unix:path=/nonexistent/bus", line, -1);
}

void
dialogue_begin_on_terminal(Dialogue *dialogue, const char *address, const char *line)
{
	int person_fd = -1, program_fd = -1;
	g_assert_cmpint(openpty(&person_fd, &program_fd, NULL, NULL, NULL), ==, 0);
	begin(dialogue, address, address, line, program_fd);
	dialogue->keyboard = g_unix_output_stream_new(person_fd, TRUE);
}

void
dialogue_expect(Dialogue *dialogue, const char *text)
{
	guint patience = g_timeout_add_seconds(PATIENCE_S, run_out, dialogue);
	const char *found = NULL;
	while ((found = strstr(dialogue->out->str + dialogue->heard, text)) == NULL) {
		if (dialogue->has_ended)
			g_error("ended without \"%s\"; it said: %s", text, dialogue->out->str);
		g_main_context_iteration(NULL, TRUE);
	}
	dialogue->heard = (gsize)(found - dialogue->out->str) + strlen(text);
	g_source_remove(patience);
}

void
dialogue_type(Dialogue *dialogue, const char *line)
{
	g_autofree char *typed = g_strdup_printf("%s\n", line);
	g_autoptr(GError) error = NULL;
	g_output_stream_write_all(dialogue->keyboard, typed, strlen(typed), NULL, NULL, &error);
	g_assert_no_error(error);
}

void
dialogue_answer(Dialogue *dialogue, const char *text, const char *line)
{
	dialogue_expect(dialogue, text);
	dialogue_type(dialogue, line);
}

void
dialogue_end(Dialogue *dialogue, int status, const char *text)
{
	guint patience = g_timeout_add_seconds(PATIENCE_S, run_out, dialogue);
	g_autoptr(GError) error = NULL;
	gsize n = 0;
	char err[4096];
	g_output_stream_close(dialogue->keyboard, NULL, NULL);
	while (!dialogue->has_ended)
		g_main_context_iteration(NULL, TRUE);
	g_input_stream_read_all(g_subprocess_get_stderr_pipe(dialogue->process), err,
				sizeof err - 1, &n, NULL, &error);
	g_assert_no_error(error);
	dialogue->err = g_strndup(err, n);
	g_assert_true(g_subprocess_wait(dialogue->process, NULL, NULL));
	g_source_remove(patience);
	dialogue->status = g_subprocess_get_if_exited(dialogue->process)
				   ? g_subprocess_get_exit_status(dialogue->process)
				   : -1;
	if (dialogue->status != status || (text != NULL && strstr(dialogue->err, text) == NULL))
		g_error("status %d, not %d with \"%s\"; it said: %s; and: %s", dialogue->status,
			status, text != NULL ? text : "", dialogue->out->str, dialogue->err);
}

void
dialogue_clear(Dialogue *dialogue)
{
	g_clear_object(&dialogue->process);
	g_clear_object(&dialogue->keyboard);
	g_string_free(dialogue->out, TRUE);
	g_clear_pointer(&dialogue->err, g_free);
}
