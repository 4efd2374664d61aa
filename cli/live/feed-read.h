/* SPDX-License-Identifier: MIT
 *
 * From the daemon's D-Bus values to what a scene takes. For feed.c only.
 */
#pragma once

#include "cli/live/feed-listener.h"
#include "cli/sensor/status.h"

#define ROLLSTAT_FEED_NAME "org.rollerd1"
#define ROLLSTAT_FEED_PATH "/org/rollerd1"

/* The sensor to look at: the wanted one (address or name) where one is, else one that streams, rather the one at path
 * current (may be NULL), else one that has an open session, else any. A given proxy; NULL: there is none. */
GDBusProxy *rollstat_feed_choose(GDBusObjectManager *sensors, const char *wanted,
				 const char *current);

/* Tells listener->sensor what the proxy has. */
void rollstat_feed_tell_state(GDBusProxy *sensor, const RollstatFeedListener *listener);

/* Tells listener->moment or ->event; other signals, and those of another form, are passed over. */
void rollstat_feed_tell_signal(const char *name, GVariant *parameters,
			       const RollstatFeedListener *listener);
