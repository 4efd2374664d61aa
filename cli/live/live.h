/* SPDX-License-Identifier: MIT
 *
 * rollstat live: what the daemon tells goes into the scene, the scene onto the screen or out as lines, cues to the ears,
 * until a key, a signal or an output without reader ends it.
 */
#pragma once

#include "cli/verb.h"

typedef struct {
	const char *sensor; /* NULL: the one that streams */
	double weight_kg;   /* 0: what is stored of the person */
	gboolean is_lines;  /* a line an event, also on a terminal */
	gboolean is_bell, is_spoken, is_notified;
} RollstatLiveOptions;

/* Runs until it is ended. FALSE and error: there is no daemon, and no terminal on which to wait for one. */
gboolean rollstat_live(RollstatRun *run, const RollstatLiveOptions *options, GError **error);
