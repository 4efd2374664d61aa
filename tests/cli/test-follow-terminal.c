/* SPDX-License-Identifier: MIT
 *
 * follow as a program with a quick clock: on a terminal of its own, with keys, Ctrl-C and signals, against a played rollerd;
 * and over pipes.
 */
#include "cli/movement/movement.h"
#include "tests/cli/answer.h"
#include "tests/cli/dialogue.h"
#include "tests/cli/fake-rollerd.h"

#include <glib-unix.h>
#include <pty.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define QUICKNESS "20"

enum {
	PATIENCE_S = 30,
};

typedef struct {
	FakeRollerd fake;
	AnswerFixture database;
	GPid process;
	int fd;
	guint watch;
	GString *out;
	gsize heard; /* of out, what was expected so far */
	gboolean has_ended;
} Terminal;

static gboolean
hear(gint fd, GIOCondition condition, gpointer data)
{
	Terminal *terminal = data;
	char bytes[4096];
	(void)condition;
	gssize n = read(fd, bytes, sizeof bytes);
	if (n <= 0) { /* the last one that had it open has gone */
		terminal->has_ended = TRUE;
		terminal->watch = 0;
		return G_SOURCE_REMOVE;
	}
	g_string_append_len(terminal->out, bytes, n);
	return G_SOURCE_CONTINUE;
}

/* In 80 columns and 24 lines. words: after the verb, parted by blanks. */
static void
terminal_begin(Terminal *terminal, const char *words)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	const char *address = g_test_dbus_get_bus_address(terminal->fake.bus);
	g_autofree char *line = g_strdup_printf("%s " QUICKNESS " --db %s follow %s", ROLLSTAT,
						terminal->database.path, words);
	g_auto(GStrv) arguments = g_strsplit(line, " ", -1);
	g_auto(GStrv) environment = g_get_environ();
	environment = g_environ_setenv(environment, "DBUS_SESSION_BUS_ADDRESS", address, TRUE);
	environment = g_environ_setenv(environment, "DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
	environment = g_environ_setenv(environment, "TERM", "xterm", TRUE);
	environment = g_environ_unsetenv(environment, "COLUMNS");
	terminal->out = g_string_new(NULL);
	terminal->process = forkpty(&terminal->fd, NULL, NULL, &size);
	if (terminal->process == 0) {
		execve(arguments[0], arguments, environment);
		_exit(127);
	}
	g_assert_cmpint(terminal->process, >, 0);
	terminal->watch =
		g_unix_fd_add(terminal->fd, G_IO_IN | G_IO_HUP | G_IO_ERR, hear, terminal);
}

static void
terminal_init(Terminal *terminal)
{
	*terminal = (Terminal){.fd = -1};
	answer_fixture_init(&terminal->database);
	fake_rollerd_init(&terminal->fake, NULL);
}

static void
terminal_clear(Terminal *terminal)
{
	if (terminal->watch != 0)
		g_source_remove(terminal->watch);
	if (terminal->fd >= 0)
		close(terminal->fd);
	if (terminal->out != NULL)
		g_string_free(terminal->out, TRUE);
	fake_rollerd_clear(&terminal->fake);
	answer_fixture_clear(&terminal->database);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Terminal, terminal_clear)

static gboolean
run_out(gpointer data)
{
	const Terminal *terminal = data;
	g_error("waited %d s in vain; it said: %s", PATIENCE_S, terminal->out->str);
	return G_SOURCE_REMOVE;
}

static void
expect(Terminal *terminal, const char *text)
{
	guint patience = g_timeout_add_seconds(PATIENCE_S, run_out, terminal);
	const char *found = NULL;
	while ((found = strstr(terminal->out->str + terminal->heard, text)) == NULL) {
		if (terminal->has_ended)
			g_error("ended without \"%s\"; it said: %s", text, terminal->out->str);
		g_main_context_iteration(NULL, TRUE);
	}
	terminal->heard = (gsize)(found - terminal->out->str) + strlen(text);
	g_source_remove(patience);
}

/* So many times the line of the moment, which is written once a second: enough to be kept. */
static void
expect_seconds(Terminal *terminal)
{
	for (guint i = 0; i < 5; i++)
		expect(terminal, " left");
}

static void
press(const Terminal *terminal, const char *keys)
{
	g_assert_cmpint(write(terminal->fd, keys, strlen(keys)), ==, strlen(keys));
}

/* Whether the terminal shows what is typed, line by line. */
static gboolean
is_usual(const Terminal *terminal)
{
	struct termios now;
	g_assert_cmpint(tcgetattr(terminal->fd, &now), ==, 0);
	return (now.c_lflag & ICANON) != 0 && (now.c_lflag & ECHO) != 0;
}

/* Waits for its end; the exit status. */
static int
end(Terminal *terminal)
{
	int status = -1;
	guint patience = g_timeout_add_seconds(PATIENCE_S, run_out, terminal);
	while (!terminal->has_ended)
		g_main_context_iteration(NULL, TRUE);
	g_source_remove(patience);
	g_assert_cmpint(waitpid(terminal->process, &status, 0), ==, terminal->process);
	g_assert_true(is_usual(terminal)); /* as it was before */
	g_assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* "cat-cow chair-twist": what stands in the database, in order. */
static void
check_kept(const Terminal *terminal, const char *wanted)
{
	sqlite3_stmt *row = NULL;
	g_autoptr(GString) kept = g_string_new(NULL);
	g_assert_cmpint(sqlite3_prepare_v2(terminal->database.db,
					   "SELECT movement, seconds FROM exercise ORDER BY id", -1,
					   &row, NULL),
			==, SQLITE_OK);
	while (sqlite3_step(row) == SQLITE_ROW) {
		g_string_append_printf(kept, "%s%s", kept->len > 0 ? " " : "",
				       (const char *)sqlite3_column_text(row, 0));
		g_assert_cmpfloat(sqlite3_column_double(row, 1), >=, 3);
	}
	sqlite3_finalize(row);
	g_assert_cmpstr(kept->str, ==, wanted);
}

/* ---- On a terminal ---- */

static void
test_keys(void)
{
	g_auto(Terminal) terminal = {0};
	terminal_init(&terminal);
	terminal_begin(&terminal, "--minutes 5 --without roller");
	expect(&terminal, "Step 1 of 4: Cat-cow, 1:00.");
	expect(&terminal, "\r   Begins in 0:10");
	g_assert_false(is_usual(&terminal));
	press(&terminal, "\n");
	expect(&terminal, "\r   1:00 left, 1 of 10");
	press(&terminal, "p");
	expect(&terminal, "(paused: p goes on)");
	press(&terminal, " ");
	expect_seconds(&terminal);
	press(&terminal, "\n");
	expect(&terminal, "Done: 0:");
	expect(&terminal, "Step 2 of 4: ");
	press(&terminal, "s");
	expect(&terminal, "Left out.");
	expect(&terminal, "Step 3 of 4: ");
	press(&terminal, "\nq");
	expect(&terminal, "of 4 steps done; logged: 0:");
	g_assert_cmpint(end(&terminal), ==, 0);
	check_kept(&terminal, "cat-cow");
}

/* What is typed is not shown; after Ctrl-C what was done is kept. */
static void
test_interrupt(void)
{
	g_auto(Terminal) terminal = {0};
	terminal_init(&terminal);
	terminal_begin(&terminal, "chair twist");
	expect(&terminal, "\r   Begins in 0:10");
	press(&terminal, "xyz\n");
	expect_seconds(&terminal);
	press(&terminal, "\003");
	expect(&terminal, "Interrupted. 0 of 1 steps done; logged: 0:");
	expect(&terminal, "See it with: rollstat today");
	g_assert_cmpint(end(&terminal), ==, 1);
	g_assert_null(strstr(terminal.out->str, "xyz"));
	check_kept(&terminal, "chair-twist");
}

static void
test_signal(void)
{
	g_auto(Terminal) terminal = {0};
	terminal_init(&terminal);
	terminal_begin(&terminal, "chin tuck");
	expect_seconds(&terminal);
	g_assert_cmpint(kill(terminal.process, SIGTERM), ==, 0);
	expect(&terminal, "Interrupted.");
	g_assert_cmpint(end(&terminal), ==, 1);
	check_kept(&terminal, "chin-tuck");
}

/* ---- By the sensor ---- */

static void
test_sensor(void)
{
	g_auto(Terminal) terminal = {0};
	terminal_init(&terminal);
	fake_rollerd_begin(&terminal.fake);
	terminal_begin(&terminal, "foam roller");
	expect(&terminal, "Counted by Roller " FAKE_FIRST ".");
	expect(&terminal, "\r   1:30 to go, by the sensor: waiting for you to lie on it");
	terminal.fake.sensors[0].is_loaded = TRUE;
	terminal.fake.sensors[0].contact_cm = 12;
	expect(&terminal, " to go, by the sensor: it counts");
	terminal.fake.sensors[0].is_loaded = FALSE;
	expect(&terminal, "waiting for you to lie on it");
	terminal.fake.sensors[0].is_loaded = TRUE;
	expect(&terminal, "Done: 1:30.");
	expect(&terminal, "Counted by the sensor, and in its session: 1:30.");
	g_assert_cmpint(end(&terminal), ==, 0);
	check_kept(&terminal, "");
}

static void
test_leaves(void)
{
	g_auto(Terminal) terminal = {0};
	terminal_init(&terminal);
	fake_rollerd_begin(&terminal.fake);
	terminal.fake.sensors[0].is_loaded = TRUE;
	terminal_begin(&terminal, "foam roller");
	expect(&terminal, " to go, by the sensor: it counts");
	fake_rollerd_leave(&terminal.fake);
	expect(&terminal, "rollerd does not answer any more: by the clock from here.");
	expect(&terminal, "1 of 1 steps done; logged: ");
	g_assert_cmpint(end(&terminal), ==, 0);
	check_kept(&terminal, "foam-roller");
}

/* A bar that streams is no roller; without a daemon it is said, too. */
static void
test_other_sensor(void)
{
	g_auto(Terminal) terminal = {0};
	terminal_init(&terminal);
	terminal.fake.sensors[0].is_bar = TRUE;
	fake_rollerd_begin(&terminal.fake);
	terminal_begin(&terminal, "foam roller");
	expect(&terminal, "By the clock: no roller is streaming.");
	press(&terminal, "q");
	g_assert_cmpint(end(&terminal), ==, 0);
}

/* ---- Over pipes ---- */

static void
begin_on_pipe(const Terminal *terminal, Dialogue *dialogue, const char *words)
{
	g_autofree char *line =
		g_strdup_printf(QUICKNESS " --db %s follow %s", terminal->database.path, words);
	dialogue_begin(dialogue, g_test_dbus_get_bus_address(terminal->fake.bus), line);
}

static void
test_pipe(void)
{
	g_auto(Terminal) terminal = {0};
	g_auto(Dialogue) dialogue = {0};
	terminal_init(&terminal);
	begin_on_pipe(&terminal, &dialogue, "cat cow");
	dialogue_answer(&dialogue, "It begins in 10 s.", "");
	dialogue_answer(&dialogue, "Go.", "pause");
	dialogue_answer(&dialogue, "Paused: p goes on.", "P");
	dialogue_expect(&dialogue, "On.");
	dialogue_expect(&dialogue, " left.");
	dialogue_answer(&dialogue, " left.", "");
	dialogue_expect(&dialogue, "1 of 1 steps done; logged: 0:");
	dialogue_end(&dialogue, 0, "");
	g_assert_null(strchr(dialogue.out->str, '\r'));
	check_kept(&terminal, "cat-cow");
}

/* Where the input has ended, the clock goes on. */
static void
test_end_of_input(void)
{
	g_auto(Terminal) terminal = {0};
	g_auto(Dialogue) dialogue = {0};
	terminal_init(&terminal);
	begin_on_pipe(&terminal, &dialogue, "chin tuck");
	dialogue_end(&dialogue, 0, "");
	g_assert_nonnull(strstr(dialogue.out->str, "1 of 1 steps done; logged: 1:00."));
	check_kept(&terminal, "chin-tuck");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/follow-terminal/keys", test_keys);
	g_test_add_func("/follow-terminal/interrupt", test_interrupt);
	g_test_add_func("/follow-terminal/signal", test_signal);
	g_test_add_func("/follow-terminal/sensor", test_sensor);
	g_test_add_func("/follow-terminal/leaves", test_leaves);
	g_test_add_func("/follow-terminal/other-sensor", test_other_sensor);
	g_test_add_func("/follow-terminal/pipe", test_pipe);
	g_test_add_func("/follow-terminal/end-of-input", test_end_of_input);
	return g_test_run();
}
