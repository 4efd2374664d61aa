/* SPDX-License-Identifier: MIT
 *
 * A value into the daemon's configuration, and the daemon that takes it.
 */
#pragma once

#include "cli/sensor/status.h"

/* A value on its way into the configuration. */
typedef struct {
	const char *section, *key, *value; /* key NULL: the section alone */
} RollstatValue;

/* Makes the daemon read its configuration anew. FALSE and error: it does not take it (ROLL_CONFIG_ERROR), or does
 * not answer (ROLLSTAT_STATUS_ERROR). */
gboolean rollstat_config_reload(const RollstatStatus *status, GError **error);

/* Writes a value into the configuration at path and lets the daemon take it (status NULL: none runs by it). Where that
 * refuses, the file is put back as it was. FALSE and error, as above, or since the file cannot be written. */
gboolean rollstat_config_store(const char *path, const RollstatStatus *status,
			       const RollstatValue *value, GError **error);
