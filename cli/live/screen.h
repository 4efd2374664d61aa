/* SPDX-License-Identifier: MIT
 *
 * The terminal as a whole, by ncurses: a canvas is put on it, keys and sizes come from it, and it is given back as it was,
 * however the program ends: by a key, a signal, or a stop (Ctrl-Z) from which it comes back. This file alone drives it.
 *
 * Signals are blocked and read as values, in all threads that begin later: so open it before any other begins.
 */
#pragma once

#include "cli/live/canvas.h"

typedef struct RollstatScreen RollstatScreen;

/* What comes from it, in the main context. None may be NULL. */
typedef struct {
	void (*key)(void *user, int key); /* a letter */
	void (*redraw)(void *user);	  /* another size, or back from a stop */
	void (*end)(void *user);	  /* Ctrl-C, SIGTERM, or the terminal went */
	void *user;
} RollstatScreenListener;

/* Whether a terminal is there, at standard output, on which a picture can be put. */
gboolean rollstat_screen_is_there(void);

/* Takes the terminal. style: whether there is colour. listener: copied. NULL: this kind of terminal cannot be drawn on; it
 * is untouched. */
RollstatScreen *rollstat_screen_open(const RollstatStyle *style,
				     const RollstatScreenListener *listener);

/* Gives it back. NULL is taken. */
void rollstat_screen_close(RollstatScreen *screen);

/* Both 1 or more. */
void rollstat_screen_get_size(const RollstatScreen *screen, guint *ret_columns, guint *ret_rows);

/* Shows a canvas of the screen's size; only what changed is sent. */
void rollstat_screen_show(RollstatScreen *screen, const RollstatCanvas *canvas);

/* The terminal's bell. */
void rollstat_screen_ring(RollstatScreen *screen);

/* Only the signals: tells listener->end of SIGINT, SIGTERM and SIGHUP, for whoever puts out lines; and of an output whose
 * reader has left. Closed by rollstat_screen_close. */
RollstatScreen *rollstat_screen_open_lines(const RollstatScreenListener *listener);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatScreen, rollstat_screen_close)
