/* SPDX-License-Identifier: MIT
 *
 * The firmware of one simulated sensor, whichever way it goes on the air: its stream, what goes wrong with its
 * packets, its battery and what it says of itself. No I/O but the event lines, no clock: times are arguments.
 */
#pragma once

#include "tests/rollsim/gatt-table.h"
#include "tests/rollsim/packet-trouble.h"
#include "tests/rollsim/sim-bond.h"
#include "tests/rollsim/sim-stream.h"

typedef struct {
	guint number;	  /* of the sensor, from 1 */
	const char *name; /* copied */
	SimStreamSettings stream;
	const char
		*keys_path; /* the file of sim-bond.h, copied; NULL: bonds end with the program */
} SimDeviceSettings;

/* Fields are for reading, but for trouble's that are said to be set. */
typedef struct {
	guint number;
	char *name;
	SimStream *stream;
	PacketTrouble trouble;
	guint battery_pct;
	guint firmware; /* 0 at first, raised by updates */
	/* A stranger has taken its place and address: it has none of the keys. To be set. */
	gboolean is_clone;
	SimBond bond, clone_bond; /* of the sensor, of the stranger */
	char *keys_path;
} SimDevice;

/* settings: copied; its capture is borrowed. */
SimDevice *sim_device_new(const SimDeviceSettings *settings);

/* Reads its bond, if there is a file for it. */
gboolean sim_device_load_bond(SimDevice *device, GError **error);

/* The bond of whoever is there: sensor or stranger. Borrowed. */
const SimBond *sim_device_get_bond(const SimDevice *device);

/* A new bond for whoever is there, or (all zero) none any more. The sensor's goes into the file; where that fails it
 * is said on standard error. */
void sim_device_set_bond(SimDevice *device, const SimBond *bond);

/* NULL is taken. */
void sim_device_free(SimDevice *device);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SimDevice, sim_device_free)

/* The value of a key as it is read. ret_bytes: GATT_VALUE_MAX long. Returns its length; 0 for what only tells. */
gsize sim_device_read(const SimDevice *device, GattKey key, guint8 *ret_bytes);

/* A write to the Control Point, and the value to indicate; tells "started" and "stopped". ret_reply: 3 long. */
void sim_device_control(SimDevice *device, gint64 now_us, const guint8 *bytes, gsize n_bytes,
			guint8 *ret_reply);

/* Streaming ends, as when the link is lost. */
void sim_device_lose_link(SimDevice *device);

/* Its battery was pulled and put back: it does not stream, clock and sequence begin anew. */
void sim_device_power_cycle(SimDevice *device);

/* Makes the packet that is due (sim_stream_get_due_us) and puts it through the troubles. ret_values:
 * PACKET_TROUBLE_MOST long. Returns how many are to be sent. */
guint sim_device_make(SimDevice *device, gint64 now_us, SimValue *ret_values);
