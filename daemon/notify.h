/* SPDX-License-Identifier: MIT
 *
 * What the service manager is told (sd_notify), and the watchdog. Outside systemd each does nothing.
 */
#pragma once

#include <glib.h>

/* Begun, and able to take values. */
void rollerd_notify_ready(void);

/* One line for "systemctl status". */
void rollerd_notify_status(const char *text);

/* Ending in good order. */
void rollerd_notify_stopping(void);

/* Pings the watchdog from the main context at half its time, so only while the main loop turns. Returns the
 * timer's id (g_source_remove), 0 where no watchdog waits for it. */
guint rollerd_notify_watch(void);
