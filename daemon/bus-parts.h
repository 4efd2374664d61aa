/* SPDX-License-Identifier: MIT
 *
 * What the files of the bus share; nothing else includes this.
 *
 *     bus-connection.c   the connection, the name, the daemon's own object
 *     bus-sensor.c       the sensors' objects
 *     bus-watch.c        who is told each moment
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
	GHashTable *sensors;  /* address -> RollSensor, both owned */
	GHashTable *watchers; /* unique name -> number of its watch, where it asked for moments */
};

/* Handles Watch and Unwatch of bus->daemon; nobody watches yet. */
void roll_bus_watch_begin(RollBus *bus);

/* Nobody watches from here on: the connection goes. */
void roll_bus_watch_forget(RollBus *bus);

/* Frees what roll_bus_watch_begin made. */
void roll_bus_watch_end(RollBus *bus);

/* Signals the moment of the sensor's object to each who watches. */
void roll_bus_watch_tell(const RollBus *bus, RollSensor *sensor, const RollBusMoment *moment);
