/* SPDX-License-Identifier: MIT
 *
 * From the configuration to what the core is told of one sensor.
 */
#include "daemon/config/config-parts.h"
#include "daemon/config/config.h"

#include <math.h>
#include <string.h>

/* What a sensor may say of its radius and be believed: the range of RollTrackSettings.radius_m. */
#define RADIUS_MIN_M 0.01
#define RADIUS_MAX_M 0.30

/* What the file says of one sensor, its own section over [roller]. */
static RollSensorUse
merge_use(const RollConfig *config, const char *address)
{
	g_autofree char *upper = g_ascii_strup(address, -1);
	const RollSensorUse *own = g_hash_table_lookup(config->sensors, upper);
	RollSensorUse use = config->roller;

	if (!own)
		return use;
	if (own->kind != ROLL_BODY_UNSAID)
		use.kind = own->kind;
	if (!isnan(own->radius_m))
		use.radius_m = own->radius_m;
	if (own->start_level >= 0 || !isnan(own->start_m)) {
		use.start_level = own->start_level;
		use.start_m = own->start_m;
	}
	if (own->mount != ROLL_MOUNT_UNSAID)
		use.mount = own->mount;
	if (own->axis != ROLL_AXIS_UNSAID)
		use.axis = own->axis;
	if (own->marker != ROLL_MARKER_UNSAID)
		use.marker = own->marker;
	if (!isnan(own->head_end_m))
		use.head_end_m = own->head_end_m;
	if (!isnan(own->loaded_n))
		use.loaded_n = own->loaded_n;
	return use;
}

static RollSensorVec
get_axis(RollAxis axis)
{
	switch (axis) {
	case ROLL_AXIS_PLUS_X:
		return (RollSensorVec){.x = 1};
	case ROLL_AXIS_MINUS_X:
		return (RollSensorVec){.x = -1};
	case ROLL_AXIS_PLUS_Y:
		return (RollSensorVec){.y = 1};
	case ROLL_AXIS_MINUS_Y:
		return (RollSensorVec){.y = -1};
	case ROLL_AXIS_MINUS_Z:
		return (RollSensorVec){.z = -1};
	case ROLL_AXIS_PLUS_Z:
	case ROLL_AXIS_UNSAID:
		break;
	}
	return (RollSensorVec){.z = 1};
}

static void
apply_person(const RollConfig *config, double spine_m, RollTrackSettings *settings)
{
	settings->min_m = -ROLL_CONFIG_BEYOND_SPINE_M;
	settings->max_m = spine_m + ROLL_CONFIG_BEYOND_SPINE_M;
	if (!isnan(config->person.gap_s))
		settings->session_gap_us = llround(config->person.gap_s * G_USEC_PER_SEC);
	if (config->zones.n_zones > 0) {
		settings->n_zones = config->zones.n_zones;
		memcpy(settings->zones, config->zones.zones, sizeof settings->zones);
	} else {
		settings->n_zones = roll_spine_get_default_zones(spine_m, settings->zones);
	}
}

static void
apply_feature(const RollSensorFeature *feature, RollTrackSettings *settings)
{
	settings->is_bar = feature->body == ROLL_BODY_BAR;
	if (feature->radius_m >= RADIUS_MIN_M && feature->radius_m <= RADIUS_MAX_M)
		settings->radius_m = feature->radius_m;
	if (feature->pitch_m > 0)
		settings->pitch_m = feature->pitch_m;
}

static void
apply_use(const RollSensorUse *use, double spine_m, RollTrackSettings *settings)
{
	unsigned start_level = 0;

	if (use->kind != ROLL_BODY_UNSAID)
		settings->is_bar = use->kind == ROLL_BODY_BAR;
	if (!isnan(use->radius_m))
		settings->radius_m = use->radius_m;
	if (use->start_level >= 0)
		settings->start_m = roll_spine_get_level_m((unsigned)use->start_level, spine_m);
	else if (!isnan(use->start_m))
		settings->start_m = use->start_m;
	else if (roll_spine_find_level("T8",
				       &start_level)) /* of this spine, not of the default one */
		settings->start_m = roll_spine_get_level_m(start_level, spine_m);
	/* It was checked against the configuration's spine; another person's may be shorter. */
	settings->start_m = MIN(settings->start_m, settings->max_m);
	if (use->marker == ROLL_MARKER_NOTE)
		settings->neck_m = NAN;
	if (use->mount != ROLL_MOUNT_UNSAID)
		settings->travel_sign = use->mount == ROLL_MOUNT_LEFT ? -1 : 1;
	if (use->axis != ROLL_AXIS_UNSAID)
		settings->axis = get_axis(use->axis);
	else
		settings->axis = get_axis(settings->is_bar ? ROLL_AXIS_PLUS_Y : ROLL_AXIS_PLUS_Z);
	if (!isnan(use->head_end_m))
		settings->head_end_m = use->head_end_m;
	if (!isnan(use->loaded_n))
		settings->loaded_n = use->loaded_n;
}

void
roll_config_resolve(const RollConfig *config, const RollPerson *person, const char *address,
		    const RollSensorFeature *feature, RollTrackSettings *ret_settings)
{
	RollSensorUse use = merge_use(config, address);
	double spine_m = person ? person->spine_m : roll_config_get_person(config).spine_m;

	roll_track_settings_init(ret_settings);
	apply_person(config, spine_m, ret_settings);
	if (feature)
		apply_feature(feature, ret_settings);
	apply_use(&use, spine_m, ret_settings);
}

static RollAxis
find_axis(const RollSensorVec *axis)
{
	for (guint i = ROLL_AXIS_PLUS_X; i <= ROLL_AXIS_MINUS_Z; i++) {
		RollSensorVec other = get_axis((RollAxis)i);

		if (other.x * axis->x + other.y * axis->y + other.z * axis->z > 0.5F)
			return (RollAxis)i;
	}
	return ROLL_AXIS_UNSAID;
}

/* In any locale the same, so that it may be compared from session to session. */
static void
append_number(GString *text, const char *key, double number)
{
	char digits[G_ASCII_DTOSTR_BUF_SIZE];

	g_string_append_printf(text, "%s=%s\n", key,
			       g_ascii_formatd(digits, sizeof digits, "%.6g", number));
}

char *
roll_config_dup_settings_text(const RollTrackSettings *settings)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_append_printf(text, "kind=%s\naxis=%s\n", settings->is_bar ? "bar" : "roller",
			       roll_axis_get_name(find_axis(&settings->axis)));
	if (settings->is_bar) {
		append_number(text, "head_end_cm", settings->head_end_m * 100);
		append_number(text, "pitch_cm", settings->pitch_m * 100);
	} else {
		append_number(text, "radius_cm", settings->radius_m * 100);
		append_number(text, "start_cm", settings->start_m * 100);
		g_string_append_printf(text, "mount=%s\n",
				       settings->travel_sign < 0 ? "left" : "right");
		if (isnan(settings->neck_m))
			g_string_append(text, "marker=note\n");
		else
			append_number(text, "neck_cm", settings->neck_m * 100);
	}
	append_number(text, "loaded_n", settings->loaded_n);
	append_number(text, "from_cm", settings->min_m * 100);
	append_number(text, "to_cm", settings->max_m * 100);
	append_number(text, "gap_min", (double)settings->session_gap_us / (60.0 * G_USEC_PER_SEC));
	return g_string_free(g_steal_pointer(&text), FALSE);
}
