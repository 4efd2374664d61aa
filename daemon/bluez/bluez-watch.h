/* SPDX-License-Identifier: MIT
 *
 * Keeps a RollBluezTree true to a running bluetoothd: waits for it on the bus (and has the bus start
 * it, with a back-off, when it is not there), asks once for all objects, then follows its signals.
 *
 * Everything is subscribed to by bluetoothd's unique name and by interface, never "all that comes from
 * org.bluez": a GATT notification costs only who asked for its path, nobody else can forge a signal,
 * and nothing is left over from a bluetoothd that died.
 */
#pragma once

#include "daemon/bluez/bluez-object.h"
#include "daemon/bluez/bluez-timing.h"

/* Called in the main context of the creator. None of them may free the watch. */
typedef struct {
	void (*appeared)(void *user); /* the tree is filled */
	/* The tree is empty; why: in words. Also called when bluetoothd is not there at the beginning. */
	void (*vanished)(void *user, const char *why);
	void (*refused)(void *user); /* it does not tell its objects; it is asked again */
	void (*changed)(void *user, const char *path); /* this object changed, came or went */
	void *user;
} RollBluezWatchListener;

typedef struct RollBluezWatch RollBluezWatch;

/* bus: shared. tree, timing: borrowed, must outlive the watch. listener: copied; not called from within
 * new. */
RollBluezWatch *roll_bluez_watch_new(GDBusConnection *bus, RollBluezTree *tree,
				     const RollBluezTiming *timing,
				     const RollBluezWatchListener *listener);

/* Calls nobody any more. NULL is taken. */
void roll_bluez_watch_free(RollBluezWatch *watch);

/* The unique name of the bluetoothd that the tree shows, borrowed; NULL: there is none. */
const char *roll_bluez_watch_get_owner(const RollBluezWatch *watch);
