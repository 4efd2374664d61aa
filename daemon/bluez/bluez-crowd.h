/* SPDX-License-Identifier: MIT
 *
 * All sensors that a source knows, by their addresses, and what they do together: who may connect, and who is
 * paired, one at a time.
 */
#pragma once

#include "daemon/bluez/bluez-sensor.h"

typedef struct RollBluezCrowd RollBluezCrowd;

/* Nobody. host: borrowed, must outlive it. */
RollBluezCrowd *roll_bluez_crowd_new(const RollBluezHost *host);

/* Drops all of them, tells nobody. NULL is taken. */
void roll_bluez_crowd_free(RollBluezCrowd *crowd);

/* Finds the sensor of this address, or makes it; borrowed. is_wanted: as in roll_bluez_sensor_new. */
RollBluezSensor *roll_bluez_crowd_add(RollBluezCrowd *crowd, const char *address,
				      gboolean is_wanted);

/* The table of address -> RollBluezSensor; borrowed. */
GHashTable *roll_bluez_crowd_get_all(const RollBluezCrowd *crowd);

/* Has each look at the tree anew. */
void roll_bluez_crowd_update(RollBluezCrowd *crowd);

/* bluetoothd or the bus is gone, see roll_bluez_sensor_forget. */
void roll_bluez_crowd_forget(RollBluezCrowd *crowd, const char *why);

/* Whether one is being connected, or paired, on this adapter. */
gboolean roll_bluez_crowd_is_connecting(const RollBluezCrowd *crowd, const char *adapter);

/* How many have a link that runs; *ret_is_busy: one is on its way to that. */
guint roll_bluez_crowd_count_running(const RollBluezCrowd *crowd, gboolean *ret_is_busy);

/* Answer a task, given: see RollSource. */
void roll_bluez_crowd_command(RollBluezCrowd *crowd, const char *address, RollCommand command,
			      GTask *task);
void roll_bluez_crowd_pair(RollBluezCrowd *crowd, const char *address, gboolean is_on, GTask *task);
