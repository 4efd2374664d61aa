/* SPDX-License-Identifier: MIT
 *
 * An ATT server over a GattTable: requests in, answers out, bytes both; no I/O, no clock. It takes any bytes
 * at all. Served: Exchange MTU, Find Information, Find By Type Value, Read By Type, Read, Read Blob, Read By
 * Group Type, Write Request and Command, Confirmation. Any other request is answered with "not supported", any
 * other command is passed over, as the specification (Vol 3, Part F) wants it.
 */
#pragma once

#include "tests/rollsim/gatt-table.h"

enum {
	ATT_MTU_LEAST = 23,
	ATT_MTU_MOST = 517,
	ATT_HEADER_LEN =
		3, /* of a notification or indication: so much less than the MTU its value may be */
	GATT_VALUE_MAX = 512,
};

/* Error codes of Vol 3, Part F, 3.4.1.1. */
typedef enum {
	ATT_OK = 0x00,
	ATT_INVALID_HANDLE = 0x01,
	ATT_READ_NOT_PERMITTED = 0x02,
	ATT_WRITE_NOT_PERMITTED = 0x03,
	ATT_INVALID_PDU = 0x04,
	ATT_NO_AUTHENTICATION = 0x05,
	ATT_NOT_SUPPORTED = 0x06,
	ATT_INVALID_OFFSET = 0x07,
	ATT_NOT_FOUND = 0x0a,
	ATT_INVALID_LENGTH = 0x0d,
	ATT_NO_ENCRYPTION = 0x0f,
	ATT_UNSUPPORTED_GROUP = 0x10,
} AttError;

/* Who has the values. */
typedef struct {
	/* The value of a key as it is now. ret_bytes: GATT_VALUE_MAX long. Returns the length. */
	gsize (*read)(gpointer user, GattKey key, guint8 *ret_bytes);
	/* A write to a value. Whatever it makes the sensor send must follow the answer. */
	AttError (*write)(gpointer user, GattKey key, const guint8 *bytes, gsize n_bytes);
	/* The client has subscribed, or no longer. Told when it changes, before the answer. */
	void (*subscribed)(gpointer user, GattKey key, gboolean is_subscribed);
	gpointer user;
} GattHost;

/* One client's view. Plain data; the fields are for reading, but for those that are said to be set. */
typedef struct {
	const GattTable *table; /* borrowed */
	GattHost host;
	guint mtu_offered; /* what we grant at most; 0: the exchange is refused */
	guint mtu;	   /* agreed */
	gboolean
		has_key; /* to be set: a key for this client is there, though the link may be open */
	gboolean is_encrypted; /* to be set: the link is */
	guint16 ccc[GATT_N_KEYS];
	gboolean is_unconfirmed; /* an indication is out and not yet confirmed */
} GattServer;

/* Begins anew, as at each connection. table: borrowed; host: copied. mtu_offered: 0 or
 * ATT_MTU_LEAST..ATT_MTU_MOST. */
void gatt_server_init(GattServer *server, const GattTable *table, const GattHost *host,
		      guint mtu_offered);

/* Takes a PDU of the client. ret_answer: ATT_MTU_MOST long. Returns the answer's length; 0: none is due. */
gsize gatt_server_take(GattServer *server, const guint8 *pdu, gsize n_pdu, guint8 *ret_answer);

/* Whether the client wants to be told of this value. */
gboolean gatt_server_is_subscribed(const GattServer *server, GattKey key);

/* How long a value of a notification may be. */
gsize gatt_server_get_room(const GattServer *server);

/* Builds the notification or indication (as the characteristic has it) of a value; what does not fit is cut.
 * ret_pdu: ATT_MTU_MOST long. Returns the length; 0: not subscribed, or an indication is unconfirmed. */
gsize gatt_server_build_value(GattServer *server, GattKey key, const guint8 *bytes, gsize n_bytes,
			      guint8 *ret_pdu);
