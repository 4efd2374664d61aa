/* SPDX-License-Identifier: MIT
 *
 * The values of one sensor on their way to the sink: each gets its arrival time, and those that come
 * before the sensor has described itself wait until it has.
 *
 * Arrival is when the signal is handled, by the wall clock as it stood when the link came to be, plus
 * what the monotonic clock has counted since: within a connection it never runs back or jumps, however
 * the wall clock is set. bluetoothd tells no time of its own. The delay from the radio is the
 * connection interval (7.5 to 50 ms) and some 0.5 ms for the bus.
 *
 * bluetoothd subscribes a known sensor again by itself as soon as the link is up, so samples may come
 * before the Sensor Feature was read. They are held, and the values read bear the arrival time of the
 * first one held: so the Feature stands before the samples, and the order of arrival remains an order.
 */
#pragma once

#include "daemon/source.h"

enum {
	ROLL_INBOX_MAX = 256
}; /* values held; then the oldest are dropped (2.5 s at 100 a second) */

typedef struct {
	char address[ROLL_ADDRESS_LEN + 1];
	const RollSink *sink; /* borrowed */
	gint64 base_us;	      /* add this to the monotonic time */
	gboolean is_held;
	GQueue held;	 /* of RollValue */
	guint n_dropped; /* since the link came to be */
} RollInbox;

/* address: copied, upper case. sink: borrowed. */
void roll_inbox_init(RollInbox *inbox, const char *address, const RollSink *sink);
void roll_inbox_clear(RollInbox *inbox);

/* A link has come to be: fixes the clock, drops what was held, and holds. */
void roll_inbox_begin(RollInbox *inbox);

/* A notified value. n_bytes > ROLL_VALUE_MAX: dropped. Returns its arrival, Unix microseconds, or 0. */
gint64 roll_inbox_take(RollInbox *inbox, const char *uuid, const guint8 *bytes, gsize n_bytes);

/* A value that was read: delivered at once, also while others are held. */
void roll_inbox_take_read(RollInbox *inbox, const char *uuid, const guint8 *bytes, gsize n_bytes);

/* The sensor has described itself: delivers what is held, and from now on all at once. */
void roll_inbox_release(RollInbox *inbox);
