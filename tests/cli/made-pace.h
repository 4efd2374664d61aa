/* SPDX-License-Identifier: MIT
 *
 * A pace without waiting: its clock jumps to where it is waited for, keys come at set times, and what was put is kept.
 */
#pragma once

#include "cli/pace.h"

/* No key: the program is stopped then, for a minute. */
#define MADE_PRESS_STOPPED ROLLSTAT_PRESS_NONE
#define MADE_STOPPED_S 60

typedef struct {
	double at_s; /* after the beginning */
	RollstatPress press;
} MadePress;

typedef struct {
	RollstatPace pace;
	gint64 began_us, now_us;
	const MadePress *presses; /* borrowed, in order of time, ended by one of 0 s */
	guint columns;
	GString *out;
	gboolean is_begun, has_ended;
	guint n_waits; /* a walk that turns without pause fails the test */
} MadePace;

/* In so many columns, from a moment on. presses: NULL: nobody presses anything. Ended by made_pace_clear. */
void made_pace_init(MadePace *made, gint64 now_us, guint columns, const MadePress *presses);
void made_pace_clear(MadePace *made);

/* Seconds since it began. */
double made_pace_get_s(const MadePace *made);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MadePace, made_pace_clear)
