/* SPDX-License-Identifier: MIT
 *
 * The terminal as a whole, in a child on a pseudo-terminal: what signals become while it is drawn on. How it looks, and
 * stops and comes back, is tested in tests/terminal.
 */
#include "cli/live/screen.h"

#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void
take_key(void *user, int key)
{
	(void)user, (void)key;
}

static void
take_nothing(void *user)
{
	(void)user;
}

/* In the child. 0: well. */
typedef int (*Act)(RollstatScreen *screen, const RollstatCanvas *canvas);

static int
run_child(Act act)
{
	const RollstatScreenListener listener = {take_key, take_nothing, take_nothing, NULL};
	const RollstatStyle style = {0};
	g_setenv("TERM", "xterm", TRUE);
	RollstatScreen *screen = rollstat_screen_open(&style, &listener);
	if (screen == NULL)
		return 100;
	RollstatCanvas *canvas = rollstat_canvas_new(&style, 80, 24);
	rollstat_canvas_put(canvas, 0, 0, ROLLSTAT_INK_PLAIN, "first");
	rollstat_screen_show(screen, canvas);
	return act(screen, canvas);
}

/* Its exit status. */
static int
play(Act act)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	int terminal = -1, status = 0;
	char bytes[4096];
	pid_t child = forkpty(&terminal, NULL, NULL, &size);
	if (child == 0)
		_exit(run_child(act));
	g_assert_cmpint(child, >, 0);
	while (read(terminal, bytes, sizeof bytes) > 0) /* until it has gone */
		;
	close(terminal);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
draw_before_signals_are_read(RollstatScreen *screen, const RollstatCanvas *canvas)
{
	static const int numbers[] = {SIGTSTP, SIGINT, SIGTERM, SIGHUP, SIGWINCH};
	sigset_t waiting;
	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		kill(getpid(), numbers[i]);
	rollstat_screen_show(screen, canvas);
	sigpending(&waiting);
	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		if (!sigismember(&waiting, numbers[i]))
			return numbers[i];
	return 0;
}

/* A picture that is due before a signal is read does not swallow it. */
static void
test_drawing_loses_no_signal(void)
{
	g_assert_cmpint(play(draw_before_signals_are_read), ==, 0);
}

static int
compare_disposition(RollstatScreen *screen, const RollstatCanvas *canvas)
{
	struct sigaction now;
	rollstat_screen_show(screen, canvas);
	sigaction(SIGTSTP, NULL, &now);
	return now.sa_handler == SIG_IGN ? 0 : 1;
}

/* Whoever started it with Ctrl-Z off wants it off. */
static void
test_ignored_stays_ignored(void)
{
	signal(SIGTSTP, SIG_IGN);
	g_assert_cmpint(play(compare_disposition), ==, 0);
	signal(SIGTSTP, SIG_DFL);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/screen/drawing-loses-no-signal", test_drawing_loses_no_signal);
	g_test_add_func("/screen/ignored-stays-ignored", test_ignored_stays_ignored);
	return g_test_run();
}
