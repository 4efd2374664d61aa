/* SPDX-License-Identifier: MIT */
#include "daemon/config/config-keys.h"

#include <math.h>
#include <string.h>

enum {
	PERSON_NAME_MAX = 63, /* bytes */
};

static const char *const axis_names[] = {"", "+x", "-x", "+y", "-y", "+z", "-z", NULL};

const char *
roll_axis_get_name(RollAxis axis)
{
	return axis_names[axis];
}

void
roll_sensor_use_init(RollSensorUse *use)
{
	*use = (RollSensorUse){
		.kind = ROLL_BODY_UNSAID,
		.radius_m = NAN,
		.start_level = -1,
		.start_m = NAN,
		.head_end_m = NAN,
		.loaded_n = NAN,
	};
}

gboolean
roll_config_read_number(const char *text, double min, double max, double *ret_number)
{
	char *end = NULL;
	double number = 0;

	if (!*text || strspn(text, "+-.0123456789") != strlen(text))
		return FALSE;
	number = g_ascii_strtod(text, &end);
	if (*end || !(number >= min && number <= max))
		return FALSE;
	*ret_number = number;
	return TRUE;
}

/* As strtod rounds it when the file says it in SI units: 44.0 cm is the double 0.44, not 44 * 0.01. */
static double
to_si(double number, double si)
{
	return si < 1 ? number / round(1 / si) : number * si;
}

static gboolean
read_scaled(const RollConfigKey *key, const char *text, void *ret_field)
{
	double *field = ret_field;
	double number = 0;

	if (!roll_config_read_number(text, key->min, key->max, &number))
		return FALSE;
	*field = to_si(number, key->si);
	return TRUE;
}

static gboolean
read_name(const RollConfigKey *key, const char *text, void *ret_field)
{
	char **field = ret_field;

	(void)key; /* a name has no range */
	if (!*text || strlen(text) > PERSON_NAME_MAX)
		return FALSE;
	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		if (!g_unichar_isprint(g_utf8_get_char(at)))
			return FALSE;
	}
	g_free(*field);
	*field = g_strdup(text);
	return TRUE;
}

static gboolean
read_body(const RollConfigKey *key, const char *text, void *ret_field)
{
	RollBody *field = ret_field;

	(void)key; /* words have no range */
	if (g_str_equal(text, "roller"))
		*field = ROLL_BODY_ROLLER;
	else if (g_str_equal(text, "bar"))
		*field = ROLL_BODY_BAR;
	else
		return FALSE;
	return TRUE;
}

static gboolean
read_mount(const RollConfigKey *key, const char *text, void *ret_field)
{
	RollMount *field = ret_field;

	(void)key;
	if (g_str_equal(text, "right"))
		*field = ROLL_MOUNT_RIGHT;
	else if (g_str_equal(text, "left"))
		*field = ROLL_MOUNT_LEFT;
	else
		return FALSE;
	return TRUE;
}

static gboolean
read_marker(const RollConfigKey *key, const char *text, void *ret_field)
{
	RollMarker *field = ret_field;

	(void)key;
	if (g_str_equal(text, "neck"))
		*field = ROLL_MARKER_NECK;
	else if (g_str_equal(text, "note"))
		*field = ROLL_MARKER_NOTE;
	else
		return FALSE;
	return TRUE;
}

static gboolean
read_hear(const RollConfigKey *key, const char *text, void *ret_field)
{
	gboolean *field = ret_field;

	(void)key;
	*field = g_str_equal(text, "known");
	return *field || g_str_equal(text, "all");
}

static gboolean
read_axis(const RollConfigKey *key, const char *text, void *ret_field)
{
	RollAxis *field = ret_field;

	(void)key;
	for (guint i = ROLL_AXIS_PLUS_X; axis_names[i]; i++) {
		if (g_str_equal(text, axis_names[i])) {
			*field = (RollAxis)i;
			return TRUE;
		}
	}
	return FALSE;
}

/* A level stays a level until the spine's length is known. ret_field: the whole RollSensorUse. */
static gboolean
read_start(const RollConfigKey *key, const char *text, void *ret_field)
{
	RollSensorUse *use = ret_field;
	double number = 0;
	unsigned level = 0;

	if (roll_spine_find_level(text, &level)) {
		use->start_level = (int)level;
		return TRUE;
	}
	if (!roll_config_read_number(text, key->min, key->max, &number))
		return FALSE;
	use->start_m = to_si(number, key->si);
	return TRUE;
}

#define PERSON(field) .section = ROLL_SECTION_PERSON, .offset = offsetof(RollPersonKeys, field)
#define SESSION(field) .section = ROLL_SECTION_SESSION, .offset = offsetof(RollPersonKeys, field)
#define BLUETOOTH(field)                                                                           \
	.section = ROLL_SECTION_BLUETOOTH, .offset = offsetof(RollBluetoothKeys, field)
#define SENSOR(field) .section = ROLL_SECTION_SENSOR, .offset = offsetof(RollSensorUse, field)
#define NUMBER(least, most, unit) .read = read_scaled, .min = (least), .max = (most), .si = (unit)

static const RollConfigKey keys[] = {
	{PERSON(name), .name = "name", .read = read_name,
	 .allowed = "1 to 63 bytes of printable text"},
	{PERSON(stature_m), .name = "stature_cm", NUMBER(50, 250, 0.01),
	 .allowed = "50 to 250 (centimetres)"},
	{PERSON(spine_m), .name = "spine_cm", NUMBER(20, 70, 0.01),
	 .allowed = "20 to 70 (centimetres from C7 to L5)"},
	{PERSON(weight_kg), .name = "weight_kg", NUMBER(20, 400, 1),
	 .allowed = "20 to 400 (kilograms)"},
	{SESSION(gap_s), .name = "gap_min", NUMBER(1, 60, 60), .allowed = "1 to 60 (minutes)"},
	{BLUETOOTH(is_known_only), .name = "hear", .read = read_hear, .allowed = "all or known"},
	{SENSOR(kind), .name = "kind", .read = read_body, .allowed = "roller or bar"},
	{SENSOR(radius_m), .name = "radius_cm", NUMBER(1, 30, 0.01),
	 .allowed = "1 to 30 (centimetres)"},
	{.section = ROLL_SECTION_SENSOR,
	 .name = "start",
	 .read = read_start,
	 .min = -5,
	 .max = 75,
	 .si = 0.01,
	 .allowed = "a level (C7, T1 to T12, L1 to L5) or -5 to 75 (centimetres from C7)"},
	{SENSOR(mount), .name = "mount", .read = read_mount, .allowed = "right or left"},
	{SENSOR(axis), .name = "axis", .read = read_axis, .allowed = "+x, -x, +y, -y, +z or -z"},
	{SENSOR(marker), .name = "marker", .read = read_marker, .allowed = "neck or note"},
	{SENSOR(head_end_m), .name = "head_end_cm", NUMBER(-20, 70, 0.01),
	 .allowed = "-20 to 70 (centimetres from C7)"},
	{SENSOR(loaded_n), .name = "loaded_n", NUMBER(1, 500, 1), .allowed = "1 to 500 (newtons)"},
};

const RollConfigKey *
roll_config_keys_get(guint *ret_n_keys)
{
	*ret_n_keys = G_N_ELEMENTS(keys);
	return keys;
}

static char *
list_keys(RollConfigSection section)
{
	g_autoptr(GString) list = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		if (keys[i].section == section)
			g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "",
					       keys[i].name);
	}
	return g_string_free(g_steal_pointer(&list), FALSE);
}

gboolean
roll_config_keys_take(const char *path, const RollConfigEntry *entry, RollConfigSection section,
		      void *fields, GError **error)
{
	g_autofree char *list = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		if (keys[i].section != section || !g_str_equal(keys[i].name, entry->key))
			continue;
		if (keys[i].read(&keys[i], entry->value, (char *)fields + keys[i].offset))
			return TRUE;
		return roll_config_file_fail(path, entry, error, "allowed is %s", keys[i].allowed);
	}
	list = list_keys(section);
	return roll_config_file_fail(path, entry, error, "no such key; allowed are %s", list);
}
