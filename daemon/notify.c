/* SPDX-License-Identifier: MIT */
#include "daemon/notify.h"

#include <systemd/sd-daemon.h>

/* sd_notify() does nothing without a manager, and where it fails nobody is left to be told. */
static void
notify(const char *state)
{
	(void)sd_notify(0, state);
}

void
rollerd_notify_ready(void)
{
	notify("READY=1");
}

void
rollerd_notify_status(const char *text)
{
	g_autofree char *state = g_strdup_printf("STATUS=%s", text);

	notify(state);
}

void
rollerd_notify_stopping(void)
{
	notify("STOPPING=1");
}

static gboolean
ping(gpointer data)
{
	(void)data;
	notify("WATCHDOG=1");
	return G_SOURCE_CONTINUE;
}

guint
rollerd_notify_watch(void)
{
	guint64 limit_us = 0;
	guint64 half_ms = 0;

	if (sd_watchdog_enabled(0, &limit_us) <= 0)
		return 0;
	notify("WATCHDOG=1");
	half_ms = limit_us / 2000;
	if (half_ms >= 10000) /* whole seconds come together with other timers: fewer wake-ups */
		return g_timeout_add_seconds((guint)(half_ms / 1000), ping, NULL);
	return g_timeout_add(MAX(1, (guint)half_ms), ping, NULL);
}
