/* SPDX-License-Identifier: MIT
 *
 * An LE controller with simulated sensors behind it: HCI packets of the host in, HCI packets for the host out
 * (with the packet type first, as on a UART). No I/O and no clock. It has the legacy commands of LE 4.2 as a
 * central: scanning, the accept list, connecting, parameters; it never advertises itself.
 *
 *     host --command--> controller --event--> host          AirLink n = connection handle 0x0040 + n
 *     host --data-----> AirLink    --data---> host
 *
 * A scanner hears an advertisement only while its window is open (the same share of each scan interval), so the cost
 * of scanning and the time to find somebody hang together as they do on a radio. Where duplicates are to be
 * filtered, a sensor is reported once a second, as controllers do whose memory for that is short.
 *
 * Tells as events of sensor 0: "scanning active|passive|off interval MS window MS reports N" (reports so far, of
 * advertisements and scan responses), "connecting interval MS window MS",
 * "cancelled" (the connecting), "unknown OPCODE".
 */
#pragma once

#include "tests/rollsim/air-link.h"

typedef struct AirController AirController;

/* send: a packet for the host; must not call back. */
AirController *air_controller_new(void (*send)(gpointer user, const guint8 *packet, gsize n_bytes),
				  gpointer user);

/* Frees it and its links. */
void air_controller_free(AirController *controller);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AirController, air_controller_free)

enum { AIR_LINKS_MAX = 16 };

/* Puts a sensor behind it; device: given. */
AirLink *air_controller_add(AirController *controller, SimDevice *device,
			    const AirLinkSettings *settings);

/* How many sensors are behind it. */
guint air_controller_count(const AirController *controller);

/* i: 0.. */
AirLink *air_controller_get_link(const AirController *controller, guint i);

/* A packet of the host. Whatever bytes it has. */
void air_controller_take(AirController *controller, gint64 now_us, const guint8 *packet,
			 gsize n_bytes);

/* The host is gone, or wants to begin anew: no scanning, no links of its own any more. */
void air_controller_reset(AirController *controller, gint64 now_us);

/* Does all that is due, and returns when it wants to be called again; G_MAXINT64: when something changes. */
gint64 air_controller_turn(AirController *controller, gint64 now_us);
