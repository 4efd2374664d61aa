/* SPDX-License-Identifier: MIT
 *
 * Long work that somebody waits for: how far it is, and whether it shall go on. Who does the work tells often; what is
 * shown of it, and how often, is for the other side to know.
 */
#pragma once

#include <glib.h>
#include <signal.h>

/* The other side. */
typedef struct {
	/* done of all (both in the same unit, all may be 0: not known). what: "Exporting", borrowed for the call. FALSE: stop. */
	gboolean (*step)(void *user, const char *what, gint64 done, gint64 all);
	/* The work rests, to ask something: what is shown of it goes away. */
	void (*rest)(void *user);
	void *user;
} RollstatProgress;

/* Tells it. progress NULL: nobody looks on. FALSE and error (G_IO_ERROR_CANCELLED): stop, and undo what was begun. */
gboolean rollstat_progress_step(const RollstatProgress *progress, const char *what, gint64 done,
				gint64 all, GError **error);

/* The work rests until the next step, and leaves nothing half done meanwhile. progress NULL: nobody looks on. */
void rollstat_progress_rest(const RollstatProgress *progress);

/* A person at a terminal: one line that is drawn anew, at most ten times a second, and taken away at the end; nothing
 * in the first half second, and nothing where it is no terminal. From the first step on, SIGINT, SIGTERM and SIGHUP
 * no longer end the program, but the work. */
typedef struct {
	int fd; /* where it is drawn */
	gboolean is_terminal, has_begun, is_drawn, is_stopped;
	gint64 first_us, drawn_us; /* of the steady clock */
	sigset_t before;	   /* the signals that were held back before has_begun */
} RollstatOnlooker;

/* fd: borrowed. */
void rollstat_onlooker_init(RollstatOnlooker *onlooker, int fd);

/* onlooker: borrowed. rest takes the line away and lets the signals through again; it is due at the end, too. */
RollstatProgress rollstat_onlooker_get_progress(RollstatOnlooker *onlooker);
