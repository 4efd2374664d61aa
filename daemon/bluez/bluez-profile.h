/* SPDX-License-Identifier: MIT
 *
 * Tells bluetoothd which services we are a client of, by an object with org.bluez.GattProfile1. Known
 * sensors then come back by themselves: the kernel connects to them when they advertise, with no
 * discovery running and next to no power.
 */
#pragma once

#include "daemon/bluez/bluez-object.h"
#include "daemon/bluez/bluez-timing.h"

typedef struct RollBluezProfile RollBluezProfile;

/* Exports the object. bus: shared. timing: borrowed, must outlive it. refused: called when an adapter
 * refused; must not free it. */
RollBluezProfile *roll_bluez_profile_new(GDBusConnection *bus, const RollBluezTiming *timing,
					 void (*refused)(void *user), void *user);

/* Withdraws it (bluetoothd forgets the registration when we leave the bus, or by this). NULL is taken. */
void roll_bluez_profile_free(RollBluezProfile *profile);

/* Registers with every adapter of the tree that does not have it yet. owner: bluetoothd's unique name;
 * NULL: it is gone, and all registrations with it. Call it at every change. */
void roll_bluez_profile_update(RollBluezProfile *profile, const char *owner,
			       const RollBluezTree *tree);

/* Whether sensors of this adapter come back by themselves. TRUE also while the answer is awaited. */
gboolean roll_bluez_profile_is_registered(const RollBluezProfile *profile, const char *adapter);
