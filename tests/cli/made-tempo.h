/* SPDX-License-Identifier: MIT
 *
 * A tempo without waiting: its clock jumps to where it is waited for, keys come at set times, and what was put is kept.
 */
#pragma once

#include "cli/tempo.h"

/* No key: the program is stopped then, for a minute. */
#define MADE_PRESS_STOPPED ROLLSTAT_PRESS_NONE
#define MADE_STOPPED_S 60

typedef struct {
	double at_s; /* after the beginning */
	RollstatPress press;
} MadePress;

typedef struct {
	RollstatTempo tempo;
	gint64 began_us, now_us;
	const MadePress *presses; /* borrowed, in order of time, ended by one of 0 s */
	guint columns;
	GString *out;
	gboolean is_begun, has_ended;
	guint n_waits; /* a walk that turns without pause fails the test */
} MadeTempo;

/* In so many columns, from a moment on. presses: NULL: nobody presses anything. Ended by made_tempo_clear. */
void made_tempo_init(MadeTempo *made, gint64 now_us, guint columns, const MadePress *presses);
void made_tempo_clear(MadeTempo *made);

/* Seconds since it began. */
double made_tempo_get_s(const MadeTempo *made);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MadeTempo, made_tempo_clear)
