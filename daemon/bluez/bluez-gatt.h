/* SPDX-License-Identifier: MIT
 *
 * The GATT operations of one connection, one at a time and in order: bluetoothd refuses a second one on
 * a characteristic with InProgress, and sensors have been seen to fail on overlapping ones. InProgress
 * is tried again after 10, 20, 40 ... 320 ms, for some 3 s; any other failure is the caller's.
 */
#pragma once

#include "daemon/bluez/bluez-object.h"
#include "daemon/bluez/bluez-timing.h"

typedef enum {
	ROLL_GATT_READ,
	ROLL_GATT_WRITE,
	ROLL_GATT_START_NOTIFY,
	ROLL_GATT_STOP_NOTIFY,
} RollGattKind;

/* One operation. Plain data. */
typedef struct {
	RollGattKind kind;
	char *path; /* of the characteristic; given to the queue */
	char uuid[ROLL_UUID_LEN + 1];
	RollWrite write;    /* ROLL_GATT_WRITE: bytes, n_bytes and with_response count */
	gboolean is_needed; /* for the caller: whether failing ends the connection */
	gpointer tag;	    /* for the caller */
} RollGattOperation;

/* Called when an operation was answered. bytes: what was read ("ay"), borrowed, else NULL. error: NULL on
 * success. May push operations, and may free the queue. */
typedef void (*RollGattDone)(gpointer user, const RollGattOperation *operation, GVariant *bytes,
			     const GError *error);
/* Called for each operation that is dropped unanswered. */
typedef void (*RollGattDropped)(gpointer user, const RollGattOperation *operation);

typedef struct RollGatt RollGatt;

/* bus: shared. owner: bluetoothd's unique name, copied. timing: borrowed. */
RollGatt *roll_gatt_new(GDBusConnection *bus, const char *owner, const RollBluezTiming *timing);
void roll_gatt_listen(RollGatt *gatt, RollGattDone done, RollGattDropped dropped, gpointer user);

/* Drops all operations; an answer still to come is passed over. NULL is taken. */
void roll_gatt_free(RollGatt *gatt);

/* operation: taken with its path. Never calls back from within. */
void roll_gatt_push(RollGatt *gatt, const RollGattOperation *operation);

/* Whether an operation failed since the sensor wants an encrypted link, and there is no key for one. error: as
 * RollGattDone has it. */
gboolean roll_gatt_is_unpaired(const GError *error);

/* How many operations are under way or waiting; and whether there is none. */
guint roll_gatt_get_length(const RollGatt *gatt);
gboolean roll_gatt_is_idle(const RollGatt *gatt);

/* The arguments of a WriteValue: floating. */
GVariant *roll_gatt_build_write(const RollWrite *write);
