/* SPDX-License-Identifier: MIT
 *
 * The running program: joins source, tracker, store, bus and capture, and ends in good order.
 *
 *     source --value--> capture (if asked for) --> tracker --> store
 *                                                     +------> bus (not for a replay)
 *
 * SIGTERM, SIGINT and SIGHUP (unless it is ignored already) end it: the source leaves its sensors, what waits is
 * committed. The configuration is read at the start only.
 */
#pragma once

#include "daemon/options.h"

/* Takes values (ROLLERD_MODE_BLUEZ, _SIM, _REPLAY) until the source or a signal ends it. FALSE and error: it could
 * not begin, could not go on, or could not store the last values. Needs the default main context. */
gboolean rollerd_program_run(const RollerdOptions *options, GError **error);

/* ROLLERD_MODE_REBUILD, with its progress on a terminal. */
gboolean rollerd_program_rebuild(const RollerdOptions *options, GError **error);
