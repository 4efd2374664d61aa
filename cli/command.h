/* SPDX-License-Identifier: MIT
 *
 * The command line as a function: arguments in, text and exit status out. The present moment, the time
 * zone and the style are arguments, so that a test may choose them.
 */
#pragma once

#include "cli/style.h"
#include "cli/talk.h"

#include <gio/gio.h>

typedef enum {
	ROLLSTAT_EXIT_DONE = 0,
	ROLLSTAT_EXIT_FAILED = 1,
	ROLLSTAT_EXIT_USAGE = 2,
	ROLLSTAT_EXIT_NO_DAEMON = 3,
} RollstatExit;

typedef struct {
	gint64 now_us;	 /* Unix microseconds */
	GTimeZone *zone; /* borrowed */
	RollstatStyle style;
	const RollstatTalk *talk; /* borrowed; NULL: there is nobody to ask */
} RollstatContext;

/* arguments: as main has them, ended by NULL; borrowed, not changed. Appends to out what belongs on the
 * standard output and to err what belongs on standard error. */
RollstatExit rollstat_command_run(const RollstatContext *context, char **arguments, GString *out,
				  GString *err);
