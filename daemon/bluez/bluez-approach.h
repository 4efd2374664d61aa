/* SPDX-License-Identifier: MIT
 *
 * The first half of a sensor's phases: when to connect, connecting, and waiting until all is there.
 */
#pragma once

#include "daemon/bluez/bluez-phase.h"

/* ROLL_PHASE_IDLE, at every change: takes a link that is there, or connects, where that is worth it. */
void roll_bluez_approach_begin(RollBluezSensor *sensor);

/* ROLL_PHASE_CONNECTING, at every change: goes on once it is connected. */
void roll_bluez_approach_connected(RollBluezSensor *sensor);

/* Begins ROLL_PHASE_RESOLVING, with the link that there is, or a new one. device: connected. */
void roll_bluez_approach_resolve(RollBluezSensor *sensor, const RollBluezObject *device);

/* ROLL_PHASE_RESOLVING, at every change: starts when all is there, or when what is needed is there and
 * the rest was waited for. */
void roll_bluez_approach_look(RollBluezSensor *sensor, const RollBluezObject *device);

/* ROLL_PHASE_RESOLVING: its limit has come. */
void roll_bluez_approach_end(RollBluezSensor *sensor);
