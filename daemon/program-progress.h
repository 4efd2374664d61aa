/* SPDX-License-Identifier: MIT
 *
 * How far long work is, for a person at a terminal: one line on standard error, drawn anew ten times a second at most, in
 * none of the first half second; a log is no place for it.
 */
#pragma once

#include "daemon/source.h"

#include <signal.h>

typedef struct {
	gboolean is_terminal, is_drawn;
	gint64 first_us, drawn_us; /* of the steady clock; 0: not yet */
	guint n_asked;
} RollerdProgress;

/* ret_progress: nothing is drawn yet. */
void rollerd_progress_init(RollerdProgress *ret_progress);

/* done of all (0: not known): drawn as "rollerd: session 3 of 365", where text is "session". */
void rollerd_progress_show(RollerdProgress *progress, const char *text, guint64 done, guint64 all);

/* How much of its captures a replay has read, in per cent; to be called with each value; the first call
 * initialises one that is all zero. */
void rollerd_progress_show_replay(RollerdProgress *progress, const RollSource *source);

/* Takes the line away. May be called at any time. */
void rollerd_progress_end(RollerdProgress *progress);

/* From here on SIGINT, SIGTERM and SIGHUP wait to be asked for, but for those that are ignored; ret_before: as
 * rollerd_progress_let_signals wants it. */
void rollerd_progress_hold_signals(sigset_t *ret_before);

/* Whether one of them came. It is not due any more then. */
gboolean rollerd_progress_is_stopped(void);

/* As it was before. */
void rollerd_progress_let_signals(const sigset_t *before);
