/* SPDX-License-Identifier: MIT
 *
 * The command line as a function: arguments in, text and exit status out.
 */
#pragma once

#include "cli/context.h"

/* arguments: as main has them, ended by NULL; borrowed, not changed. Appends to out what belongs on the
 * standard output and to err what belongs on standard error. */
RollstatExit rollstat_command_run(const RollstatContext *context, char **arguments, GString *out,
				  GString *err);
