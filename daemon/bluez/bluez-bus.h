/* SPDX-License-Identifier: MIT
 *
 * The bus on which bluetoothd lives: one that was given, or the system bus, connected to again whenever
 * it is lost, with a back-off.
 */
#pragma once

#include "daemon/bluez/bluez-timing.h"

#include <gio/gio.h>

typedef struct RollBluezBus RollBluezBus;

/* Called in the main context; none of them may free the bus. */
typedef struct {
	void (*opened)(void *user, GDBusConnection *bus); /* bus: borrowed until closed */
	void (*failed)(void *user); /* an attempt to reach it; another one is due */
	/* error: borrowed. is_final: it was given, and will not come again. */
	void (*closed)(void *user, const GError *error, gboolean is_final);
	void *user;
} RollBluezBusListener;

/* given: shared; NULL: the system bus. timing: borrowed, must outlive it. listener: copied. */
RollBluezBus *roll_bluez_bus_new(GDBusConnection *given, const RollBluezTiming *timing,
				 const RollBluezBusListener *listener);

/* Begins. A given bus is opened before this returns, or FALSE and error: it is closed already. */
gboolean roll_bluez_bus_open(RollBluezBus *bus, GError **error);

/* Calls nobody any more. NULL is taken. */
void roll_bluez_bus_free(RollBluezBus *bus);
