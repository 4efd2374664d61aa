/* SPDX-License-Identifier: MIT
 *
 * The configuration file (a GLib key file in form; config-file.h): who the person is, how each sensor is used, the zones. It
 * is read once, whole, strictly: an unknown section or key, a value of the wrong kind or out of range is
 * an error that names file, section, key and what is allowed. Nothing is repaired in silence.
 */
#pragma once

#include "daemon/track/settings.h"
#include "protocol/config-file.h" /* its errors */

#include <gio/gio.h>

typedef struct RollConfig RollConfig;

/* Reads path. path NULL: all defaults. Returns a given RollConfig, or NULL and error. */
RollConfig *roll_config_load(const char *path, GError **error);
void roll_config_free(RollConfig *config);

/* $XDG_CONFIG_HOME/rollerd/rollerd.conf, or with is_system /etc/rollerd/rollerd.conf; given. */
char *roll_config_dup_default_path(gboolean is_system);

/* Borrowed: the person's name, default "me". */
const char *roll_config_get_person(const RollConfig *config);

/* Whether only sensors are to be heard that were paired or have a section of their own: hear=known. */
gboolean roll_config_hears_known_only(const RollConfig *config);

/* Whether there is a [sensor ADDRESS] for it, with or without keys. address: upper case. */
gboolean roll_config_has_sensor(const RollConfig *config, const char *address);

/* C7 to L5, metres; *ret_is_guess: it was derived from stature, or neither is known. */
double roll_config_get_spine_m(const RollConfig *config, gboolean *ret_is_guess);

/* What the core is to be told of the sensor of this address: its own section over [roller] over what the
 * sensor says of itself over the defaults. feature NULL: it says nothing. */
void roll_config_resolve(const RollConfig *config, const char *address,
			 const RollSensorFeature *feature, RollTrackSettings *ret_settings);

/* The same as "key=value" lines, for the session's row and for people; given. */
char *roll_config_dup_settings_text(const RollTrackSettings *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollConfig, roll_config_free)
