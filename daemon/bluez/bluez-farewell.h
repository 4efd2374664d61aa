/* SPDX-License-Identifier: MIT
 *
 * The end of the program: every sensor is told to stop, every link is left, and all of it is seen off
 * before the bus connection goes. This is the one place that waits, and no longer than twice stop_ms.
 */
#pragma once

#include "daemon/bluez/bluez-sensor.h"

/* Stops the sensors (a table of address -> RollBluezSensor) and sends Disconnect for each that has a link.
 * host: with a bus and an owner. Answers come in a context of this function's own: nothing else is run. */
void roll_bluez_farewell_to_sensors(const RollBluezHost *host, GHashTable *sensors);

/* Waits until all that was sent has gone out. */
void roll_bluez_farewell_to_bus(const RollBluezHost *host);
