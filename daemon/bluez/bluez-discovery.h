/* SPDX-License-Identifier: MIT
 *
 * When to look for sensors. Discovery costs power and disturbs links, so it comes in bursts:
 *
 *     adapter there     connecting        30 s in all      5 min      10 s     10, 20, 30, 30 ... min
 *     |=================|      |==========|----------------|==========|------- ...
 *     long burst        paused resumed    (only while no sensor is connected)
 *
 * A burst ends early when nothing is needed any more; its rest waits while a sensor is being connected,
 * since many controllers cannot do both. A long burst begins anew with every adapter that comes, and the
 * pauses with it and with every sensor that was connected.
 *
 * The pauses grow, because a burst wakes the program 9 times even in a place without any other device (two
 * timers, two changes of Discovering, and GDBus's thread for each), more where there are strangers:
 * 9 in half an hour, together with the watchdog's 20, stay below one a minute. What is waited for longer
 * is only a sensor never met before: a known one comes back by itself (bluez-profile), and whoever else
 * discovers (bluetoothctl scan on, a desktop's settings) lets us find a new one at once.
 */
#pragma once

#include "daemon/bluez/bluez-object.h"
#include "daemon/bluez/bluez-timing.h"

typedef enum {
	ROLL_NEED_NONE, /* every sensor wanted is connected */
	ROLL_NEED_SOME, /* one is connected, more may be wanted: the long burst is finished, no other begun */
	ROLL_NEED_ALL, /* none is connected */
} RollNeed;

typedef struct RollBluezDiscovery RollBluezDiscovery;

/* bus: shared. timing: borrowed, must outlive it. */
RollBluezDiscovery *roll_bluez_discovery_new(GDBusConnection *bus, const RollBluezTiming *timing);

/* Stops what runs. NULL is taken. */
void roll_bluez_discovery_free(RollBluezDiscovery *discovery);

/* Takes how things stand. owner: bluetoothd's unique name, NULL: gone. is_busy: a sensor is being
 * connected: what runs is stopped before this returns (the call is sent, its answer not awaited, so
 * that a Connect sent next follows it at once). */
void roll_bluez_discovery_update(RollBluezDiscovery *discovery, const char *owner,
				 const RollBluezTree *tree, RollNeed need, gboolean is_busy);

/* A long burst is due again, from the next update on. */
void roll_bluez_discovery_begin(RollBluezDiscovery *discovery);
