/* SPDX-License-Identifier: MIT
 *
 * What a sensor has to send, in order, and when it may: frames leave at connection events only, which come
 * every connection interval from the moment of connecting. No clock: times are arguments, microseconds.
 *
 *     events   |         |         |         |         |
 *     pushed     a  b      c
 *     leaves             a,b       c
 */
#pragma once

#include <glib.h>

enum {
	/* Notifications that a sensor buffers. Real ones have 3 to some 20; more here, so that it is the
	 * orders and not the emulation's slowness that lose packets. */
	AIR_QUEUE_NOTIFICATIONS = 64,
};

typedef struct AirQueue AirQueue;

/* Begins empty, with no delay between push and event. */
AirQueue *air_queue_new(void);
void air_queue_free(AirQueue *queue);

/* Empties it, as for a new link, whose events begin now. */
void air_queue_begin(AirQueue *queue, gint64 now_us, gint64 interval_us);

/* A new connection interval, from the next event on. */
void air_queue_set_interval(AirQueue *queue, gint64 now_us, gint64 interval_us);

/* At most one notification in each event. */
void air_queue_set_one_each(AirQueue *queue, gboolean is_one_each);

/* Adds a frame, which leaves no sooner than after delay_us. FALSE: a notification for which the buffer has no room.
 * Those that only wait for delay_us do not count. */
gboolean air_queue_push(AirQueue *queue, gint64 now_us, gint64 delay_us, gboolean is_notification,
			GBytes *frame);

/* When the first frame may leave; G_MAXINT64: there is none. */
gint64 air_queue_get_due_us(const AirQueue *queue);

/* Takes the first frame, where it may leave; NULL: none may. The caller's. */
GBytes *air_queue_pop(AirQueue *queue, gint64 now_us);
