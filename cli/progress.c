/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define QUIET_US (G_USEC_PER_SEC / 2)
#define DRAW_US (G_USEC_PER_SEC / 10)

/* Back to the beginning of the line, and rubbed out to its end. */
#define LINE_CLEAR "\r\033[K"

gboolean
rollstat_progress_step(const RollstatProgress *progress, const char *what, gint64 done, gint64 all,
		       GError **error)
{
	if (progress == NULL || progress->step(progress->user, what, done, all))
		return TRUE;
	g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
			    _("interrupted: what was begun is undone"));
	return FALSE;
}

void
rollstat_progress_rest(const RollstatProgress *progress)
{
	if (progress != NULL)
		progress->rest(progress->user);
}

void
rollstat_onlooker_init(RollstatOnlooker *onlooker, int fd)
{
	*onlooker = (RollstatOnlooker){.fd = fd, .is_terminal = isatty(fd)};
}

/* What is shown is of no weight: a terminal that is gone does not stop the work, its SIGHUP does. */
static void
draw(const RollstatOnlooker *onlooker, const char *text)
{
	gsize left = strlen(text);
	while (left > 0) {
		gssize written = write(onlooker->fd, text, left);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return;
		text += written;
		left -= (gsize)written;
	}
}

/* Held back, not handled: the work asks for them when it can stop. One that is ignored (nohup) stays so. */
static void
begin(RollstatOnlooker *onlooker)
{
	static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
	sigset_t held;
	sigemptyset(&held);
	for (guint i = 0; i < G_N_ELEMENTS(ending); i++) {
		struct sigaction action;
		if (sigaction(ending[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&held, ending[i]);
	}
	sigprocmask(SIG_BLOCK, &held, &onlooker->before);
	onlooker->first_us = g_get_monotonic_time();
	onlooker->has_begun = TRUE;
}

/* Takes one that came: afterwards it is not due any more, and the program may say why it ends. */
static gboolean
is_stopping(void)
{
	static const struct timespec at_once = {0};
	sigset_t ending;
	sigemptyset(&ending);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGTERM);
	sigaddset(&ending, SIGHUP);
	return sigtimedwait(&ending, NULL, &at_once) > 0;
}

static gboolean
step(void *user, const char *what, gint64 done, gint64 all)
{
	RollstatOnlooker *onlooker = user;
	if (!onlooker->has_begun)
		begin(onlooker);
	if (!onlooker->is_stopped)
		onlooker->is_stopped = is_stopping();
	gint64 now_us = g_get_monotonic_time();
	if (!onlooker->is_terminal || now_us - onlooker->first_us < QUIET_US ||
	    now_us - onlooker->drawn_us < DRAW_US)
		return !onlooker->is_stopped;
	g_autofree char *line =
		all > 0 ? g_strdup_printf(LINE_CLEAR "%s %d %%", what,
					  (int)(100 * MIN(done, all) / all))
			: g_strdup_printf(LINE_CLEAR "%s %" G_GINT64_FORMAT, what, done);
	draw(onlooker, line);
	onlooker->drawn_us = now_us;
	onlooker->is_drawn = TRUE;
	return !onlooker->is_stopped;
}

static void
rest(void *user)
{
	RollstatOnlooker *onlooker = user;
	if (onlooker->is_drawn)
		draw(onlooker, LINE_CLEAR);
	if (onlooker->has_begun)
		sigprocmask(SIG_SETMASK, &onlooker->before, NULL);
	onlooker->is_drawn = onlooker->has_begun = FALSE;
}

RollstatProgress
rollstat_onlooker_get_progress(RollstatOnlooker *onlooker)
{
	return (RollstatProgress){.step = step, .rest = rest, .user = onlooker};
}
