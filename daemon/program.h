/* SPDX-License-Identifier: MIT
 *
 * The running program: joins source, tracker, store, bus and capture, and ends in good order.
 *
 *     source --value--> capture (if asked for) --> tracker --> store
 *                                                     +------> bus (not for a replay)
 *
 * SIGTERM and SIGINT end it: the source leaves its sensors, what waits is committed. SIGHUP, and Reload on the bus,
 * read the configuration anew; but SIGHUP ends a replay, and what was started in a terminal that is gone. One that
 * is ignored at the start stays ignored.
 */
#pragma once

#include "daemon/options.h"

/* Takes values (ROLLERD_MODE_BLUEZ, _SIM, _REPLAY) until the source or a signal ends it. FALSE and error: it could
 * not begin, could not go on, or could not store the last values. Needs the default main context. */
gboolean rollerd_program_run(const RollerdOptions *options, GError **error);

/* ROLLERD_MODE_CHECK: a line that says what was read; given. NULL and error: it cannot be taken. */
char *rollerd_program_check_config(const RollerdOptions *options, GError **error);

/* ROLLERD_MODE_REBUILD, with its progress on a terminal. */
gboolean rollerd_program_rebuild(const RollerdOptions *options, GError **error);
