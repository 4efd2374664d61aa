/* SPDX-License-Identifier: MIT
 *
 * The attributes of a simulated sensor, with their handles: the Roller Sensor Profile, Battery, Device
 * Information, GAP and GATT. Values that change are not in the table, only the keys by which they are asked for.
 *
 *     handle  service
 *     0x0001  GAP: name, appearance
 *     0x0006  GATT: Service Changed
 *     0x000a  Battery: level
 *     0x000e  Device Information: manufacturer, model, serial, firmware
 *     0x0020  Roller Sensor: Feature, Measurement, Control Point; 16 further for each firmware
 */
#pragma once

#include <glib.h>

enum {
	GATT_ATTRIBUTES_MAX = 40,
	GATT_DECLARATION_MAX = 19, /* properties, handle, 128-bit UUID */
	GATT_UUID_LEN = 16,
	GATT_FIRMWARES_MAX = 4000, /* so that the highest handle still fits in 16 bit */
};

/* What a value is. */
typedef enum {
	GATT_NAME,
	GATT_APPEARANCE,
	GATT_SERVICE_CHANGED,
	GATT_BATTERY,
	GATT_MANUFACTURER,
	GATT_MODEL,
	GATT_SERIAL,
	GATT_FIRMWARE,
	GATT_FEATURE,
	GATT_MEASUREMENT,
	GATT_CONTROL,
	GATT_N_KEYS,
} GattKey;

typedef enum {
	GATT_KIND_SERVICE,
	GATT_KIND_CHARACTERISTIC, /* its declaration */
	GATT_KIND_VALUE,
	GATT_KIND_CCC, /* Client Characteristic Configuration: whether the client is told of changes */
} GattKind;

/* As in a characteristic's declaration. */
typedef enum {
	GATT_CAN_READ = 0x02,
	GATT_CAN_WRITE_COMMAND = 0x04,
	GATT_CAN_WRITE = 0x08,
	GATT_CAN_NOTIFY = 0x10,
	GATT_CAN_INDICATE = 0x20,
} GattProperty;

/* An attribute type: 2 bytes (of the Bluetooth SIG) or 16, little-endian. */
typedef struct {
	gsize n_bytes;
	guint8 bytes[GATT_UUID_LEN];
} GattUuid;

typedef struct {
	guint16 handle;
	guint16 last_handle; /* of a service: where it ends; else the handle itself */
	GattKind kind;
	GattUuid type;
	GattKey key;	  /* of all but services */
	guint properties; /* GattProperty, of the characteristic */
	gboolean
		is_guarded; /* for encrypted links only: reading and writing the value, writing its CCC */
	gsize n_declared; /* services and declarations: their whole value */
	guint8 declared[GATT_DECLARATION_MAX];
} GattAttribute;

typedef struct {
	guint n_attributes;
	GattAttribute attributes[GATT_ATTRIBUTES_MAX]; /* handles rise */
} GattTable;

/* firmware: 0..GATT_FIRMWARES_MAX. is_guarded: the profile's characteristics want an encrypted link. */
void gatt_table_build(GattTable *table, guint firmware, gboolean is_guarded);

/* The attribute of a handle; NULL: none. */
const GattAttribute *gatt_table_find(const GattTable *table, guint16 handle);

/* The value (GATT_KIND_VALUE) of a key; never NULL. */
const GattAttribute *gatt_table_find_value(const GattTable *table, GattKey key);

/* bytes: a UUID of 2 or 16 bytes, little-endian; a long form of a short one equals it. */
gboolean gatt_uuid_equals(const GattUuid *uuid, const guint8 *bytes, gsize n_bytes);

/* text: "526f6c6c-0001-4265-a173-746965426172"; ret_bytes: GATT_UUID_LEN long, little-endian. */
void gatt_uuid_parse(const char *text, guint8 *ret_bytes);
