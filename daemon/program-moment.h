/* SPDX-License-Identifier: MIT
 *
 * What the tracker knows of a sensor now, in the units of the bus. For program*.c only.
 */
#pragma once

#include "daemon/bus.h"
#include "daemon/tracker/tracker.h"

/* Puts counts and moment of the sensor of this address on the bus; signals nothing. */
void rollerd_moment_show(RollBus *bus, const RollTracker *tracker, const char *address);
