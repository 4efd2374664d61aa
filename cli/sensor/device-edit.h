/* SPDX-License-Identifier: MIT
 *
 * What a person says of a sensor (table nickname).
 */
#pragma once

#include "cli/history/devices.h"
#include "cli/history/history.h"

/* One of those that are listed: by nickname, address or the name that it advertises. NULL and error: none, or more than one. */
const RollstatDevice *rollstat_devices_find(const RollstatDevices *devices, const char *wanted,
					    GError **error);

/* Calls the sensor of this address so from then on; name NULL: as it calls itself. db: an editor's. FALSE and error, also
 * where another one is called so. */
gboolean rollstat_devices_rename(sqlite3 *db, const char *address, const char *name,
				 GError **error);

/* It is listed no more, until it is heard after now_us. */
gboolean rollstat_devices_forget(sqlite3 *db, const char *address, gint64 now_us, GError **error);
