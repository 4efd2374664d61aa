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

/* Whose back it is. name: interned, so valid as long as the program. */
typedef struct {
	const char *name;
	double spine_m;	   /* C7 to L5 */
	gboolean is_guess; /* nobody measured it: from the stature, or another person's */
} RollPerson;

/* Reads path. path NULL: all defaults. Returns a given RollConfig, or NULL and error. */
RollConfig *roll_config_load(const char *path, GError **error);
void roll_config_free(RollConfig *config);

/* $XDG_CONFIG_HOME/rollerd/rollerd.conf, or with is_system /etc/rollerd/rollerd.conf; given. */
char *roll_config_dup_default_path(gboolean is_system);

/* The person of the configuration, by default "me". */
RollPerson roll_config_get_person(const RollConfig *config);

/* Another person, by what is known of them beside the configuration; NaN where a length is not. Without both it is the
 * configuration's spine, told as a guess unless the name is the configuration's. name: copied. */
RollPerson roll_config_get_other_person(const RollConfig *config, const char *name, double spine_m,
					double stature_m);

/* Whether only sensors are to be heard that were paired or have a section of their own: hear=known. */
gboolean roll_config_hears_known_only(const RollConfig *config);

/* Whether there is a [sensor ADDRESS] for it, with or without keys. address: upper case. */
gboolean roll_config_has_sensor(const RollConfig *config, const char *address);

/* What the core is to be told of the sensor of this address under a person (NULL: the configuration's): its own section
 * over [roller] over what the sensor says of itself over the defaults. Levels are those of the person's spine; zones of the
 * configuration are the same cm for everybody, and a start below this spine's end is at that end. feature NULL: it says
 * nothing. */
void roll_config_resolve(const RollConfig *config, const RollPerson *person, const char *address,
			 const RollSensorFeature *feature, RollTrackSettings *ret_settings);

/* The same as "key=value" lines, for the session's row and for people; given. */
char *roll_config_dup_settings_text(const RollTrackSettings *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollConfig, roll_config_free)
