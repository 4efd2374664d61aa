/* SPDX-License-Identifier: MIT
 *
 * One pairing with one device, begun because the person said so: Just Works, so that nobody types anything.
 *
 *     new             RegisterAgent     Pair                     its answer       UnregisterAgent, done
 *     |---------------|-----------------|------------------------|----------------|
 *     the agent is there, for this device alone                  (or --| pair_ms: CancelPairing)
 *
 * An agent is who bluetoothd asks whether it may pair. Ours is there from new to done, never the default one, and says
 * yes to one question alone: whether this device may pair without a code. Whoever else asks, or asks for a code, is
 * refused. Without an agent, and without one of another program, bluetoothd refuses every pairing that a sensor, or a
 * read of an encrypted value, begins.
 */
#pragma once

#include "daemon/bluez/bluez-host.h"

typedef struct RollBluezPairing RollBluezPairing;

/* Called once; error: borrowed, in words for the person; NULL: it is paired. May free the pairing. */
typedef void (*RollBluezPaired)(void *user, const GError *error);

/* Begins. host: with an owner, borrowed for the call. device_path: copied. */
RollBluezPairing *roll_bluez_pairing_new(const RollBluezHost *host, const char *device_path,
					 RollBluezPaired done, void *user);

/* Breaks it off, if it is under way; done is not called any more. NULL is taken. */
void roll_bluez_pairing_free(RollBluezPairing *pairing);
