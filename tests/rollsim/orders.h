/* SPDX-License-Identifier: MIT
 *
 * The orders that rollsim takes on standard input, one a line: words in, values out. What each does stands in
 * rollsim.c.
 */
#pragma once

#include <glib.h>

typedef enum {
	/* Of a sensor. */
	ORDER_AWAY,
	ORDER_BACK,
	ORDER_DROP, /* number: the reason */
	ORDER_OFF,
	ORDER_ON,
	ORDER_RESTART,
	ORDER_STOP,
	ORDER_MUTE,
	ORDER_UNMUTE,
	ORDER_DEAF,
	ORDER_HEAR,
	ORDER_REFUSE, /* number: how often, and so the next */
	ORDER_ABORT,
	ORDER_LOSS, /* number: percent, and so the next three */
	ORDER_DOUBLE,
	ORDER_SWAP,
	ORDER_DAMAGE,
	ORDER_SILENCE, /* number: seconds */
	ORDER_DELAY,   /* number: milliseconds */
	ORDER_ONE,     /* number: 0 or 1, and so the next */
	ORDER_ADVERTISE,
	ORDER_RSSI,    /* number: dBm */
	ORDER_BATTERY, /* number: percent */
	ORDER_BUTTON,
	ORDER_TABLE, /* number: of the firmware */
	ORDER_CLONE, /* number: 0 or 1 */
	ORDER_FORGET,
	/* Of all. */
	ORDER_UNPLUG,
	ORDER_PLUG,
	ORDER_PLUG_OTHER,
	ORDER_TRUTH,
	ORDER_QUIT,
} OrderVerb;

typedef struct {
	OrderVerb verb;
	guint sensor;  /* from 1; 0: all of them, or none is meant */
	double number; /* as the verb says */
} Order;

/* Reads a line. n_sensors: how many there are. FALSE and error: it is no order; the message says what would be
 * right. */
gboolean order_parse(const char *line, guint n_sensors, Order *ret_order, GError **error);
