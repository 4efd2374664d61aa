/* SPDX-License-Identifier: MIT
 *
 * A way on which simulated sensors reach the world: by a controller of their own (air-way.h), or as
 * peripheral of a real adapter over BlueZ. What both have.
 */
#pragma once

#include "tests/rollsim/orders.h"
#include "tests/rollsim/sim-device.h"

typedef struct SimWay SimWay;

struct SimWay {
	/* Does an order other than ORDER_TRUTH and ORDER_QUIT. FALSE and error: it makes no sense there, or
	 * failed. */
	gboolean (*obey)(SimWay *way, const Order *order, GError **error);
	/* Sensor n, from 1. */
	SimDevice *(*get_device)(SimWay *way, guint number);
	/* Leaves, and frees it. */
	void (*free)(SimWay *way);
};

/* Does an order that is the same on every way: those of packets, of the button. FALSE: it is none of these. */
gboolean sim_way_obey_common(SimDevice *device, const Order *order, gint64 now_us);
