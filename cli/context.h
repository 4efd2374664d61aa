/* SPDX-License-Identifier: MIT
 *
 * Where rollstat runs: the present moment, the time zone, the style and who can be asked are arguments, so that a test may
 * choose them.
 */
#pragma once

#include "cli/progress.h"
#include "cli/style.h"
#include "cli/talk.h"
#include "cli/tempo.h"

typedef enum {
	ROLLSTAT_EXIT_DONE = 0,
	ROLLSTAT_EXIT_FAILED = 1,
	ROLLSTAT_EXIT_USAGE = 2,
	ROLLSTAT_EXIT_NO_DAEMON = 3,
	ROLLSTAT_EXIT_INTERRUPTED = 130, /* as shells tell a program that Ctrl-C ended */
} RollstatExit;

typedef struct {
	gint64 now_us;	 /* Unix microseconds */
	GTimeZone *zone; /* borrowed */
	RollstatStyle style;
	const RollstatTalk *talk;	  /* borrowed; NULL: there is nobody to ask */
	const RollstatTempo *tempo;	  /* borrowed; NULL: there is nobody to walk with */
	const RollstatProgress *progress; /* borrowed; NULL: nobody looks on */
} RollstatContext;
