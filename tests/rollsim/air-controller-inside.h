/* SPDX-License-Identifier: MIT
 *
 * Inside the controller: what its commands (hci-commands.c) and its radio (air-radio.c) share.
 */
#pragma once

#include "tests/rollsim/air-controller.h"

enum {
	/* Packet types on a UART (Vol 4, Part A). */
	HCI_COMMAND = 0x01,
	HCI_DATA = 0x02,
	HCI_EVENT = 0x04,

	HCI_HANDLE_FIRST = 0x0040,
	HCI_EVENT_MAX = 255, /* parameters */
	HCI_DATA_MAX = 251,  /* payload of one fragment, with the data length extension */
	HCI_DATA_BUFFERS = 8,

	/* Events (Vol 4, Part E, 7.7); those of LE stand in HCI_LE_META. */
	HCI_DISCONNECTED = 0x05,
	HCI_ENCRYPTION_CHANGED = 0x08,
	HCI_REMOTE_VERSION = 0x0c,
	HCI_COMMAND_COMPLETE = 0x0e,
	HCI_COMMAND_STATUS = 0x0f,
	HCI_COMPLETED_PACKETS = 0x13,
	HCI_LE_META = 0x3e,
	HCI_LE_CONNECTED = 0x01,
	HCI_LE_REPORT = 0x02,
	HCI_LE_PARAMETERS = 0x03,
	HCI_LE_FEATURES = 0x04,

	/* Error codes (Vol 1, Part F). */
	HCI_OK = 0x00,
	HCI_UNKNOWN_COMMAND = 0x01,
	HCI_UNKNOWN_CONNECTION = 0x02,
	HCI_NO_KEY = 0x06,
	HCI_DISALLOWED = 0x0c,
	HCI_INVALID_PARAMETERS = 0x12,
	HCI_NOT_ESTABLISHED = 0x3e,

	ADDRESS_RANDOM = 0x01,
	ACCEPT_LIST_MAX = 16,
};

/* When a receiver listens: units of 0.625 ms, from since_us on. */
typedef struct {
	gboolean is_on;
	guint16 interval, window;
	gint64 since_us;
} AirWindow;

struct AirController {
	void (*send)(gpointer user, const guint8 *packet, gsize n_bytes);
	gpointer user;
	GPtrArray *links; /* of AirLink */
	gint64 now_us;	  /* of the call that is going on */
	gint64 reported_us
		[AIR_LINKS_MAX]; /* when each was reported last; G_MININT64: not in this scan */
	guint64 n_reports;

	AirWindow scan;
	gboolean is_active, is_for_listed, is_without_duplicates;

	AirWindow connecting;
	gboolean is_to_listed; /* whoever of the accept list advertises; else to target */
	AirPeer target;
	AirParameters parameters;

	AirPeer own; /* as which it connects */
	guint8 random_address[AIR_ADDRESS_LEN];

	guint n_accepted;
	AirPeer accepted[ACCEPT_LIST_MAX];
};

/* Does a command of the host and answers it. parameters: n_bytes long. */
void hci_commands_take(AirController *controller, guint16 opcode, const guint8 *parameters,
		       gsize n_bytes);

/* Sends an event. bytes: its parameters. */
void air_controller_send_event(AirController *controller, guint8 code, const guint8 *bytes,
			       gsize n_bytes);

/* Tells the host how a connection attempt ended. link: NULL on failure. */
void air_controller_tell_connected(AirController *controller, const AirLink *link, guint8 status);

/* Its connection handle; and the one of a handle that the host holds, NULL: there is none. */
guint16 air_controller_find_handle(const AirController *controller, const AirLink *link);
AirLink *air_controller_find_link(const AirController *controller, guint16 handle);
