/* SPDX-License-Identifier: MIT
 *
 * What one would write first: the gyroscope about the configured axis, less what it showed in the first second,
 * integrated while there is force. The yardstick for the drift.
 */
#pragma once

#include "daemon/track/settings.h"
#include "tests/accuracy/world.h"

/* Seconds that it tells in each of settings' zones. ret_zones_s: settings->n_zones long. Returns false where the sensor has
 * no gyroscope or no force, or is a bar. */
bool plain_integrate(const WorldRecording *recording, const RollTrackSettings *settings,
		     double *ret_zones_s);
