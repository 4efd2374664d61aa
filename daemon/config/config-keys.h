/* SPDX-License-Identifier: MIT
 *
 * The keys of the configuration: one table of section, key, kind, range and the words that say what is
 * allowed. What reads the file, what checks the example and what tells of a mistake all go by it.
 */
#pragma once

#include "daemon/track/spine.h"
#include "protocol/config-file.h"

/* The sensor's axes as "axis" names them; 0: not said. */
typedef enum {
	ROLL_AXIS_UNSAID,
	ROLL_AXIS_PLUS_X,
	ROLL_AXIS_MINUS_X,
	ROLL_AXIS_PLUS_Y,
	ROLL_AXIS_MINUS_Y,
	ROLL_AXIS_PLUS_Z,
	ROLL_AXIS_MINUS_Z,
} RollAxis;

typedef enum {
	ROLL_MOUNT_UNSAID,
	ROLL_MOUNT_RIGHT,
	ROLL_MOUNT_LEFT,
} RollMount;

/* What the sensor's marker button and a double tap say. */
typedef enum {
	ROLL_MARKER_UNSAID,
	ROLL_MARKER_NECK, /* contact is at the base of the neck */
	ROLL_MARKER_NOTE, /* remember this place */
} RollMarker;

/* How a sensor is used: [roller] or a [sensor ADDRESS]. NaN or ..._UNSAID: the file does not say. */
typedef struct {
	RollBody kind;
	double radius_m;
	int start_level; /* 0..ROLL_LEVELS - 1; -1: not said as a level */
	double start_m;	 /* not said as centimetres: NaN */
	RollMount mount;
	RollAxis axis;
	RollMarker marker;
	double head_end_m;
	double loaded_n;
} RollSensorUse;

/* [person] and [session]. */
typedef struct {
	char *name; /* owned, never NULL */
	double stature_m;
	double spine_m;
	double weight_kg; /* for rollstat, which reads it there: it changes nothing here */
	double gap_s;
} RollPersonKeys;

/* [bluetooth]. */
typedef struct {
	gboolean is_known_only; /* hear=known */
} RollBluetoothKeys;

typedef enum {
	ROLL_SECTION_PERSON,
	ROLL_SECTION_SESSION,
	ROLL_SECTION_BLUETOOTH,
	ROLL_SECTION_SENSOR, /* [roller] and [sensor ADDRESS] */
} RollConfigSection;

typedef struct RollConfigKey RollConfigKey;

struct RollConfigKey {
	RollConfigSection section;
	const char *name;
	const char *allowed; /* in words */
	/* Reads text into the field of a RollPersonKeys, RollBluetoothKeys or RollSensorUse. FALSE: it is not allowed. */
	gboolean (*read)(const RollConfigKey *key, const char *text, void *ret_field);
	double min, max; /* of a number, in the unit of the file */
	double si;	 /* what one of that unit is in SI units */
	size_t offset;	 /* of the field */
};

/* The table; *ret_n_keys: its length. Static. */
const RollConfigKey *roll_config_keys_get(guint *ret_n_keys);

/* All unsaid. */
void roll_sensor_use_init(RollSensorUse *use);

/* "+x" .. "-z"; static. */
const char *roll_axis_get_name(RollAxis axis);

/* Reads entry (with a key) into fields: the RollPersonKeys, RollBluetoothKeys or RollSensorUse of its section. path: named in
 * errors. FALSE and ROLL_CONFIG_ERROR_INVALID where there is no such key or the value is not allowed. */
gboolean roll_config_keys_take(const char *path, const RollConfigEntry *entry,
			       RollConfigSection section, void *fields, GError **error);

/* A decimal number with a point, from min to max; whole text. FALSE: it is not. */
gboolean roll_config_read_number(const char *text, double min, double max, double *ret_number);
