/* SPDX-License-Identifier: MIT
 *
 * What the daemon tells while it happens, over D-Bus (protocol/org.rollerd1.xml), from either bus, through all its
 * comings and goings. Asking never starts it.
 */
#pragma once

#include "cli/live/feed-listener.h"

#include <gio/gio.h>

typedef struct RollstatFeed RollstatFeed;

/* Begins at once, and tells from the main context: within a second that there is no daemon, if so. is_system: the system
 * bus alone, else the session bus and then that. wanted: address or name of a sensor, copied; NULL: the one that
 * streams. listener: copied. */
RollstatFeed *rollstat_feed_new(gboolean is_system, const char *wanted,
				const RollstatFeedListener *listener);
void rollstat_feed_free(RollstatFeed *feed);

/* Path of the daemon's database; NULL: there is none, or it did not say yet. Borrowed. */
const char *rollstat_feed_get_database(const RollstatFeed *feed);

/* Likewise of its configuration. */
const char *rollstat_feed_get_configuration(const RollstatFeed *feed);

/* Sets a mark where contact is now; ready: as for g_dbus_connection_call. FALSE: there is no sensor. */
gboolean rollstat_feed_mark(RollstatFeed *feed, GAsyncReadyCallback ready, gpointer user);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatFeed, rollstat_feed_free)
