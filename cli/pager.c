/* SPDX-License-Identifier: MIT */
#include "cli/pager.h"

#include <gio/gio.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Lines of the terminal; 0: it is none. */
static guint
find_rows(int fd)
{
	struct winsize size;
	if (!isatty(fd) || ioctl(fd, TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_row;
}

static guint
count_lines(const GString *text)
{
	guint n_lines = 0;
	for (gsize i = 0; i < text->len; i++)
		n_lines += text->str[i] == '\n';
	return n_lines;
}

/* NULL: none is wished. */
static GStrv
dup_command(void)
{
	const char *named = g_getenv("ROLLSTAT_PAGER");
	g_auto(GStrv) words = NULL;
	if (named == NULL)
		named = g_getenv("PAGER");
	if (named == NULL)
		named = "less";
	if (!g_shell_parse_argv(named, NULL, &words, NULL) || g_str_equal(words[0], "cat"))
		return NULL;
	return g_steal_pointer(&words);
}

static GSubprocess *
start(void)
{
	g_auto(GStrv) command = dup_command();
	g_autoptr(GSubprocessLauncher) launcher =
		g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDIN_PIPE);
	if (command == NULL)
		return NULL;
	/* Colours as they are, and what was read stays on the screen. */
	g_subprocess_launcher_setenv(launcher, "LESS", "FRX", FALSE);
	return g_subprocess_launcher_spawnv(launcher, (const char *const *)command, NULL);
}

gboolean
rollstat_pager_show(const GString *text, int fd)
{
	guint n_rows = find_rows(fd);
	if (n_rows == 0 || count_lines(text) < n_rows)
		return FALSE;
	g_autoptr(GSubprocess) pager = start();
	if (pager == NULL)
		return FALSE;
	/* Ctrl-C is the pager's, and one that leaves early is no fault. */
	signal(SIGINT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	GOutputStream *input = g_subprocess_get_stdin_pipe(pager);
	g_output_stream_write_all(input, text->str, text->len, NULL, NULL, NULL);
	g_output_stream_close(input, NULL, NULL);
	g_subprocess_wait(pager, NULL, NULL);
	return TRUE;
}
