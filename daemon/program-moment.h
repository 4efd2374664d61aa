/* SPDX-License-Identifier: MIT
 *
 * What the tracker knows of a sensor now, in the units of the bus. For program*.c only.
 */
#pragma once

#include "daemon/bus.h"
#include "daemon/tracker/tracker.h"

/* Puts counts, session and moment of the sensor of this address on the bus; signals a moment to those who watch, and a
 * session that is another one. */
void rollerd_moment_show(RollBus *bus, const RollTracker *tracker, const char *address);
