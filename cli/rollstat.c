/* SPDX-License-Identifier: MIT
 *
 * rollstat: what was rolled, told from the database. This file, and for a walk tempo-terminal.c, alone read the clock, the
 * time zone and the terminal, and print.
 */
#include "cli/command.h"
#include "cli/pager.h"
#include "cli/tempo-terminal.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Returns FALSE where it could not all be written: a full disk, a reader that left. */
static gboolean
put(const GString *text, FILE *stream)
{
	gboolean is_written = fwrite(text->str, 1, text->len, stream) == text->len;
	return fflush(stream) == 0 && is_written;
}

static void
say(void *user, const char *line)
{
	(void)user; /* there is one terminal */
	puts(line);
	fflush(stdout);
}

static char *
hear(void *user)
{
	(void)user;
	char *line = NULL;
	size_t size = 0;
	ssize_t length = getline(&line, &size, stdin);
	char *heard = length > 0 ? g_strndup(line, (gsize)length) : NULL;
	free(line);
	return heard;
}

int
main(int argc, char **argv)
{
	(void)argc; /* argv ends with NULL */
	/* A file that may not grow (ulimit -f) is told as a full disk is. */
	signal(SIGXFSZ, SIG_IGN);
	/* Letters and language by the locale, but numbers always with a point. */
	setlocale(LC_CTYPE, "");
	g_autoptr(GTimeZone) zone = g_time_zone_new_local();
	RollstatStyle style = rollstat_style_detect(STDOUT_FILENO);
	/* English is ASCII; other languages are not. */
	if (style.has_utf8) {
		setlocale(LC_MESSAGES, "");
		bindtextdomain(GETTEXT_PACKAGE, LOCALE_FOLDER);
		bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
		textdomain(GETTEXT_PACKAGE);
	}
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) err = g_string_new(NULL);
	RollstatTalk talk = {.say = say, .hear = hear, .is_terminal = isatty(STDIN_FILENO)};
	g_autoptr(RollstatTempoTerminal) terminal =
		rollstat_tempo_terminal_new(STDIN_FILENO, STDOUT_FILENO, 1);
	RollstatOnlooker onlooker;
	rollstat_onlooker_init(&onlooker, STDERR_FILENO);
	RollstatProgress progress = rollstat_onlooker_get_progress(&onlooker);
	RollstatContext context = {
		.now_us = g_get_real_time(),
		.zone = zone,
		.style = style,
		.talk = &talk,
		.tempo = rollstat_tempo_terminal_get(terminal),
		.progress = &progress,
	};
	RollstatExit status = rollstat_command_run(&context, argv, out, err);
	rollstat_progress_rest(&progress);
	put(err, stderr);
	if (!rollstat_pager_show(out, STDOUT_FILENO) && !put(out, stdout)) {
		fprintf(stderr, "rollstat: writing the answer: %s\n", g_strerror(errno));
		return ROLLSTAT_EXIT_FAILED;
	}
	return (int)status;
}
