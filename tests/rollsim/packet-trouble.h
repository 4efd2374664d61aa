/* SPDX-License-Identifier: MIT
 *
 * What goes wrong with Measurement packets between the sensor's making and the air: lost, doubled, swapped
 * with the next one, damaged, or held back altogether. By orders; nothing at first. Plain data; no clock.
 */
#pragma once

#include "daemon/sim/sim-random.h"
#include "protocol/sensor/codec.h"

#include <glib.h>

enum {
	PACKET_TROUBLE_MOST = 4, /* packets out for one in: it and one held back, both doubled */
};

typedef struct {
	gsize n_bytes;
	guint8 bytes[ROLL_VALUE_MAX];
} SimValue;

typedef struct {
	guint loss_pct, double_pct, swap_pct, damage_pct; /* of packets, 0..100; to be set */
	gboolean is_mute;				  /* to be set: nothing leaves */
	gint64 silent_until_us;				  /* to be set: nothing leaves until then */
	RollSimRandom random;
	gboolean has_held; /* one waits to be sent after the next */
	SimValue held;
} PacketTrouble;

/* seed: the same troubles for the same orders. */
void packet_trouble_init(PacketTrouble *trouble, guint64 seed);

/* Puts a packet through. packet: of 1 byte or more. ret_values: PACKET_TROUBLE_MOST long. Returns how many are to
 * be sent, in order. */
guint packet_trouble_take(PacketTrouble *trouble, gint64 now_us, const SimValue *packet,
			  SimValue *ret_values);
