/* SPDX-License-Identifier: MIT */
#include "daemon/program-progress.h"

#include <unistd.h>

#define QUIET_US (G_USEC_PER_SEC / 2)
#define DRAW_US (G_USEC_PER_SEC / 10)

/* Back to the beginning of the line, and rubbed out to its end. */
#define LINE_CLEAR "\r\033[K"

enum {
	VALUES_BETWEEN = 256, /* two looks at the clock */
};

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};

void
rollerd_progress_init(RollerdProgress *ret_progress)
{
	*ret_progress = (RollerdProgress){.is_terminal = isatty(STDERR_FILENO)};
}

static gboolean
is_due(RollerdProgress *progress)
{
	gint64 now_us = g_get_monotonic_time();

	if (progress->first_us == 0)
		progress->first_us = now_us;
	if (now_us - progress->first_us < QUIET_US || now_us - progress->drawn_us < DRAW_US)
		return FALSE;
	progress->drawn_us = now_us;
	progress->is_drawn = TRUE;
	return TRUE;
}

void
rollerd_progress_show(RollerdProgress *progress, const char *text, guint64 done, guint64 all)
{
	if (progress->is_terminal && is_due(progress))
		g_printerr(LINE_CLEAR "rollerd: %s %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT,
			   text, done, all);
}

void
rollerd_progress_show_replay(RollerdProgress *progress, const RollSource *source)
{
	guint64 done = 0, all = 0;

	if (progress->n_asked == 0)
		rollerd_progress_init(progress);
	if (++progress->n_asked % VALUES_BETWEEN != 0 || !progress->is_terminal)
		return;
	roll_source_replay_get_progress(source, &done, &all);
	if (all > 0 && is_due(progress))
		g_printerr(LINE_CLEAR "rollerd: %u %% read", (guint)(100 * MIN(done, all) / all));
}

void
rollerd_progress_end(RollerdProgress *progress)
{
	if (progress->is_drawn)
		g_printerr(LINE_CLEAR);
	progress->is_drawn = FALSE;
}

void
rollerd_progress_hold_signals(sigset_t *ret_before)
{
	sigset_t held;

	sigemptyset(&held);
	for (guint i = 0; i < G_N_ELEMENTS(ending); i++) {
		struct sigaction action;

		if (sigaction(ending[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(&held, ending[i]);
	}
	sigprocmask(SIG_BLOCK, &held, ret_before);
}

gboolean
rollerd_progress_is_stopped(void)
{
	static const struct timespec at_once = {0};
	sigset_t wanted;

	sigemptyset(&wanted);
	for (guint i = 0; i < G_N_ELEMENTS(ending); i++)
		sigaddset(&wanted, ending[i]);
	return sigtimedwait(&wanted, NULL, &at_once) > 0;
}

void
rollerd_progress_let_signals(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}
