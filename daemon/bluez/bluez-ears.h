/* SPDX-License-Identifier: MIT
 *
 * Hears the notifications of one device: a match on each characteristic's own path, so that nothing else
 * wakes us. The value is taken from the signal itself, never from a cached property: bluetoothd sends
 * each one, also when the bytes are those of the last.
 *
 * A notification that bluetoothd itself sends twice (it does where another client subscribes, too) is
 * passed on twice: nothing here can tell it from a sensor that repeats itself; the core can, by sequence
 * and clock.
 */
#pragma once

#include "daemon/bluez/bluez-object.h"

/* One notified value. uuid: as given to roll_bluez_ears_follow. bytes: borrowed, n_bytes long. Must not
 * free the ears. */
typedef void (*RollBluezHeard)(gpointer user, const char *uuid, const guint8 *bytes, gsize n_bytes);

typedef struct RollBluezEars RollBluezEars;

/* bus: shared. owner: bluetoothd's unique name, copied. */
RollBluezEars *roll_bluez_ears_new(GDBusConnection *bus, const char *owner, RollBluezHeard heard,
				   gpointer user);

/* NULL is taken. */
void roll_bluez_ears_free(RollBluezEars *ears);

/* Listens to this characteristic at path, and no longer where it was before; path NULL: it is not there.
 * uuid: borrowed, must outlive the ears. */
void roll_bluez_ears_follow(RollBluezEars *ears, const char *uuid, const char *path);
