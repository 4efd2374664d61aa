/* SPDX-License-Identifier: MIT
 *
 * The section [zones] of the configuration: "name=from;to" in centimetres, in any order.
 */
#pragma once

#include "daemon/track/spine.h"
#include "protocol/config-file.h"

/* By from_m, not overlapping. */
typedef struct {
	unsigned n_zones; /* 0: the default zones hold */
	RollZone zones[ROLL_ZONES_MAX];
} RollConfigZones;

/* Adds the zone of entry (with a key). FALSE and ROLL_CONFIG_ERROR_INVALID, naming path and what is allowed,
 * where its name or stretch is bad, it overlaps another one, or there are too many. */
gboolean roll_config_zones_take(const char *path, const RollConfigEntry *entry,
				RollConfigZones *zones, GError **error);
