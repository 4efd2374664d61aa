/* SPDX-License-Identifier: MIT
 *
 * The sensors that the database knows, as plain structs. Strings belong to the devices and live as long as they do.
 */
#pragma once

#include "protocol/database.h"

#include <glib.h>

/* A sensor ever heard of, and not forgotten since. Texts are NULL where it told none; battery_pct -1. nickname: what the
 * person calls it, NULL: nothing. */
typedef struct {
	const char *nickname, *address, *name, *codec, *manufacturer, *model, *firmware;
	int battery_pct;
	gint64 first_us, last_us;
	guint sessions;
	gboolean is_paired;
} RollstatDevice;

typedef struct {
	GStringChunk *strings;
	GArray *devices; /* RollstatDevice, the one heard last first */
} RollstatDevices;

/* Returns given devices, or NULL and error. */
RollstatDevices *rollstat_devices_load(sqlite3 *db, GError **error);
/* NULL is taken. */
void rollstat_devices_free(RollstatDevices *devices);

/* Address of the sensor that is called so (rollstat devices name); given, NULL: none is, or it cannot be read. */
char *rollstat_devices_dup_address(sqlite3 *db, const char *nickname);

/* The other way round: what the sensor of an address is called; given, likewise. */
char *rollstat_devices_dup_nickname(sqlite3 *db, const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatDevices, rollstat_devices_free)
