/* SPDX-License-Identifier: MIT
 *
 * A picture of bluetoothd's objects: adapters, devices, batteries and GATT characteristics, as the
 * signals of ObjectManager and Properties tell it. It holds levels, not events: whoever asks sees how
 * things stand now, in whatever order they came to stand so. No I/O.
 */
#pragma once

#include "protocol/sensor/codec.h"

#include <gio/gio.h>

#define ROLL_BLUEZ_NAME "org.bluez"
#define ROLL_BLUEZ_ADAPTER "org.bluez.Adapter1"
#define ROLL_BLUEZ_GATT_MANAGER "org.bluez.GattManager1"
#define ROLL_BLUEZ_DEVICE "org.bluez.Device1"
#define ROLL_BLUEZ_BATTERY "org.bluez.Battery1"
#define ROLL_BLUEZ_CHARACTERISTIC "org.bluez.GattCharacteristic1"

/* One object. Which fields mean anything follows from the interfaces it has. */
typedef struct {
	char *path;

	gboolean is_adapter;
	gboolean has_gatt_manager; /* an adapter that takes RegisterApplication */
	gboolean is_powered;

	gboolean is_device;
	char *address; /* adapter or device; upper case; NULL: not told yet */
	char *name;    /* advertised; NULL: not told */
	char *adapter; /* the device's adapter: an object path */
	gboolean is_connected, is_resolved, is_trusted, is_paired;
	int rssi_dbm; /* 0: not being received now */
	char **uuids; /* advertised or resolved services, lower case; NULL: not told */
	const RollCodec
		*codec; /* the codec for it by service, else by name; NULL: no sensor of ours */
	gboolean is_by_service; /* codec follows from a service, not from a name alone */
	int battery_pct;	/* -1: it has no Battery1 */

	gboolean is_characteristic;
	char *uuid; /* lower case */
} RollBluezObject;

typedef struct RollBluezTree RollBluezTree;

/* An empty picture; and its end, which takes NULL. */
RollBluezTree *roll_bluez_tree_new(void);
void roll_bluez_tree_free(RollBluezTree *tree);

/* Takes interfaces with their properties (a{sa{sv}}) of an object, as InterfacesAdded tells them. */
void roll_bluez_tree_add(RollBluezTree *tree, const char *path, GVariant *interfaces);

/* Takes changed properties (a{sv}) and the names of those that ceased to be (as). FALSE: the object or
 * the interface is not in the picture, nothing was done. */
gboolean roll_bluez_tree_change(RollBluezTree *tree, const char *path, const char *interface,
				GVariant *changed, const char *const *invalidated);

/* Takes interfaces away. When an adapter or device goes, all below its path goes too, whether or not
 * that is told separately. */
void roll_bluez_tree_remove(RollBluezTree *tree, const char *path, const char *const *interfaces);

/* Takes everything away. */
void roll_bluez_tree_clear(RollBluezTree *tree);

/* All below are borrowed until the next change of the tree; NULL: there is none. */
const RollBluezObject *roll_bluez_tree_get(const RollBluezTree *tree, const char *path);

/* The device of this address to talk to: the one on a powered adapter that has its key, else the connected one, else one
 * that is received, else one on a powered adapter, else any (several adapters may know it). */
const RollBluezObject *roll_bluez_tree_find_device(const RollBluezTree *tree, const char *address);

/* The characteristic of a device; of several with the same UUID the one with the lowest path. */
const RollBluezObject *roll_bluez_tree_find_characteristic(const RollBluezTree *tree,
							   const char *device_path,
							   const char *uuid);

/* Whether there is an adapter; must_be_powered: one that is switched on. */
gboolean roll_bluez_tree_has_adapter(const RollBluezTree *tree, gboolean must_be_powered);

/* Borrowed pointers to every object, in no order; the array is given, free with g_ptr_array_unref. */
GPtrArray *roll_bluez_tree_dup_objects(const RollBluezTree *tree);

/* Whether path lies below parent ("/org/bluez/hci10/..." does not lie below "/org/bluez/hci1"). */
gboolean roll_bluez_path_is_below(const char *path, const char *parent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollBluezTree, roll_bluez_tree_free)
