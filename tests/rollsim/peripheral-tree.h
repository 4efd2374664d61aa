/* SPDX-License-Identifier: MIT
 *
 * A simulated sensor as bluetoothd wants to see it: its services, characteristics and advertisement as objects with
 * properties. Values out of values; no bus here.
 *
 *     /rollsim                        what GetManagedObjects answers for
 *     /rollsim/service000e            Device Information, Battery, Roller Sensor (GAP and GATT are bluetoothd's own)
 *     /rollsim/service000e/char0010   its characteristics, numbered by their value
 *     /rollsim/advertisement
 */
#pragma once

#include "tests/rollsim/gatt-table.h"

#define PERIPHERAL_ROOT "/rollsim"
#define PERIPHERAL_ADVERTISEMENT PERIPHERAL_ROOT "/advertisement"
#define PERIPHERAL_SERVICE_INTERFACE "org.bluez.GattService1"
#define PERIPHERAL_VALUE_INTERFACE "org.bluez.GattCharacteristic1"
#define PERIPHERAL_ADVERTISEMENT_INTERFACE "org.bluez.LEAdvertisement1"

/* One object. */
typedef struct {
	char *path;
	const char *interface; /* static */
	GattKey key;	       /* of a characteristic */
	GVariant *properties;  /* a{sv} */
} PeripheralObject;

/* All of them but the advertisement, each service before its characteristics: an array of PeripheralObject, the
 * caller's. */
GPtrArray *peripheral_tree_new(const GattTable *table);

/* The answer of GetManagedObjects: floating. */
GVariant *peripheral_tree_build_answer(const GPtrArray *tree);

/* The object of a characteristic; never NULL. */
const PeripheralObject *peripheral_tree_find(const GPtrArray *tree, GattKey key);

/* The properties of the advertisement (a{sv}): floating. with_uuid: the service is in it. */
GVariant *peripheral_tree_build_advertisement(const char *name, gboolean with_uuid);
