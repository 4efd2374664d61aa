/* SPDX-License-Identifier: MIT
 *
 * What the files of the bus share; nothing else includes this.
 *
 *     bus-connection.c   the connection, the name, the daemon's own object
 *     bus-sensor.c       the sensors' objects
 */
#pragma once

#include "daemon/bus.h"
#include "protocol/org.rollerd1.h"

#define ROLL_BUS_NAME "org.rollerd1"
#define ROLL_BUS_PATH "/org/rollerd1"

struct RollBus {
	RollBusListener listener;
	char *address; /* NULL: the one of the session or the system */
	char *tried;   /* address of the last try */
	gboolean is_system;
	gboolean has_told; /* the first state was told */
	RollBusState state;
	guint retry;
	guint retry_s; /* from the last try to the one that is due; 0: none failed yet */
	GCancellable *cancellable;
	GDBusConnection *connection; /* NULL: none, or not yet ours */
	RollDaemon *daemon;
	GDBusObjectManagerServer *manager;
	GHashTable *sensors; /* address -> RollSensor, both owned */
};
