/* SPDX-License-Identifier: MIT
 *
 * What a RollConfig is made of, shared by the files config*.c that fill and resolve it; no one else
 * includes this.
 */
#pragma once

#include "daemon/config/config-keys.h"
#include "daemon/config/config-zones.h"

/* Contact is possible this far beyond both ends of the spine: half a roller's contact patch, and the
 * error of a spine that was measured badly. Chosen by reasoning, not from captures. */
#define ROLL_CONFIG_BEYOND_SPINE_M 0.05

struct RollConfig {
	RollPersonKeys person;
	RollBluetoothKeys bluetooth;
	RollSensorUse roller;
	GHashTable *sensors; /* address, upper case -> RollSensorUse, both owned */
	RollConfigZones zones;
};
