/* SPDX-License-Identifier: MIT
 *
 * The BlueZ source with its durations given: for tests, which have no minutes to wait. Everybody else
 * uses roll_source_bluez_new of daemon/source.h.
 */
#pragma once

#include "daemon/bluez/bluez-timing.h"
#include "daemon/source.h"

/* timing: copied. The rest as in roll_source_bluez_new. */
RollSource *roll_source_bluez_new_with(GDBusConnection *bus, const char *const *only,
				       const RollBluezTiming *timing);
