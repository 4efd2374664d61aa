/* SPDX-License-Identifier: MIT
 *
 * A peripheral's dealings with bluetoothd on the system bus: exports the objects of peripheral-tree.h, registers them
 * whenever bluetoothd or the adapter comes, and passes on what is asked of them.
 */
#pragma once

#include "tests/rollsim/gatt-table.h"

#include <gio/gio.h>

typedef struct {
	const char *name;
	const char *adapter; /* "hci0" */
	gboolean has_uuid;   /* in the advertisement */
	gboolean
		is_guarded; /* the profile's characteristics want an encrypted link; whoever wants to pair is let */
} PeripheralBusSettings;

typedef struct {
	/* A method of a characteristic (GattCharacteristic1), to be answered. */
	void (*call)(gpointer user, GattKey key, const char *method, GVariant *parameters,
		     GDBusMethodInvocation *call);
	/* A device on the adapter has connected, or is gone. */
	void (*link)(gpointer user, gboolean is_up);
	gpointer user;
} PeripheralBusListener;

typedef struct PeripheralBus PeripheralBus;

/* settings, listener: copied. NULL and error: there is no system bus. */
PeripheralBus *peripheral_bus_new(const PeripheralBusSettings *settings,
				  const PeripheralBusListener *listener, GError **error);

/* Leaves the bus, and with it bluetoothd's books. NULL is taken. */
void peripheral_bus_free(PeripheralBus *bus);

/* Tells a value to whoever subscribed. */
void peripheral_bus_tell(PeripheralBus *bus, GattKey key, const guint8 *bytes, gsize n_bytes);

/* Disconnects whoever is connected to the adapter. */
void peripheral_bus_hang_up(PeripheralBus *bus);

/* Begins to advertise, or ends it. */
void peripheral_bus_advertise(PeripheralBus *bus, gboolean is_on);
