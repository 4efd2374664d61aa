/* SPDX-License-Identifier: MIT
 *
 * Walking with a person through time: a clock, a screen that takes text at once, and keys. A test brings its own.
 */
#pragma once

#include <glib.h>

typedef enum {
	ROLLSTAT_PRESS_NONE, /* the moment has come */
	ROLLSTAT_PRESS_ENTER,
	ROLLSTAT_PRESS_SKIP,
	ROLLSTAT_PRESS_PAUSE,
	ROLLSTAT_PRESS_QUIT,
	ROLLSTAT_PRESS_INTERRUPT, /* Ctrl-C, or whatever else ends the program */
} RollstatPress;

typedef struct {
	/* Takes the keys, and what interrupts; before threads begin. Gives them back. */
	void (*begin)(void *user);
	void (*end)(void *user);
	gint64 (*get_now_us)(void *user); /* Unix microseconds, that never go back */
	/* Until that moment, or the first key. */
	RollstatPress (*wait)(void *user, gint64 until_us);
	void (*put)(void *user, const char *text);
	guint (*get_columns)(void *user); /* of a line now: a window may be made narrower */
	void *user;
	gboolean is_terminal; /* a line may be written over by a carriage return */
} RollstatTempo;
