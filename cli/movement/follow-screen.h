/* SPDX-License-Identifier: MIT
 *
 * What is said while a plan is followed: lines that stay, and on a terminal one line below them that is written over each
 * second. Where lines are asked for (or there is no terminal) that one is left out: a screen reader, or a file, gets whole
 * lines alone.
 */
#pragma once

#include "cli/style.h"
#include "cli/tempo.h"

typedef struct {
	const RollstatTempo *tempo; /* borrowed */
	RollstatStyle style;
	gboolean is_lines, has_bell;
	guint open_columns; /* of the line that is written over; 0: there is none */
} RollstatFollowScreen;

/* A paragraph; lead: what begins it. Cleaned on its way. */
void rollstat_follow_screen_say(RollstatFollowScreen *screen, RollstatInk ink, const char *lead,
				const char *text);

/* An empty line. */
void rollstat_follow_screen_part(RollstatFollowScreen *screen);

/* Writes the line over, cut to the width; nothing where lines are asked for. */
void rollstat_follow_screen_show(RollstatFollowScreen *screen, const char *text);

/* Takes it away. */
void rollstat_follow_screen_close(RollstatFollowScreen *screen);

/* Rings, where that was asked for. */
void rollstat_follow_screen_ring(RollstatFollowScreen *screen);
