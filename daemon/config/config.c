/* SPDX-License-Identifier: MIT */
#include "daemon/config/config.h"

#include "daemon/config/config-parts.h"
#include "protocol/capture.h"

#include <math.h>
#include <string.h>

/* C7 to L5 of a person of 167 cm, for one who gives neither length. */
#define SPINE_UNKNOWN_M 0.44

static RollConfig *
make_defaults(void)
{
	RollConfig *config = g_new0(RollConfig, 1);

	config->person.name = g_strdup("me");
	config->person.stature_m = NAN;
	config->person.spine_m = NAN;
	config->person.weight_kg = NAN;
	config->person.gap_s = NAN;
	roll_sensor_use_init(&config->roller);
	config->sensors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return config;
}

void
roll_config_free(RollConfig *config)
{
	if (!config)
		return;
	g_free(config->person.name);
	g_hash_table_unref(config->sensors);
	g_free(config);
}

static gboolean
is_address(const char *text)
{
	if (strlen(text) != ROLL_ADDRESS_LEN)
		return FALSE;
	for (guint i = 0; i < ROLL_ADDRESS_LEN; i++) {
		if (i % 3 == 2 ? text[i] != ':' : !g_ascii_isxdigit(text[i]))
			return FALSE;
	}
	return TRUE;
}

/* The use that a [sensor ADDRESS] fills. NULL and error: what stands there is no address. */
static RollSensorUse *
find_sensor(RollConfig *config, const char *path, const RollConfigEntry *entry, GError **error)
{
	g_autofree char *address = g_ascii_strup(entry->section + strlen("sensor "), -1);
	RollSensorUse *use = g_hash_table_lookup(config->sensors, address);

	if (use)
		return use;
	if (!is_address(address)) {
		roll_config_file_fail(path, entry, error,
				      "allowed is an address like [sensor C0:FF:EE:00:00:01]");
		return NULL;
	}
	use = g_new(RollSensorUse, 1);
	roll_sensor_use_init(use);
	g_hash_table_insert(config->sensors, g_steal_pointer(&address), use);
	return use;
}

static gboolean
take_entry(RollConfig *config, const char *path, const RollConfigEntry *entry, GError **error)
{
	RollSensorUse *use = NULL;

	if (g_str_equal(entry->section, "person"))
		return !entry->key || roll_config_keys_take(path, entry, ROLL_SECTION_PERSON,
							    &config->person, error);
	if (g_str_equal(entry->section, "session"))
		return !entry->key || roll_config_keys_take(path, entry, ROLL_SECTION_SESSION,
							    &config->person, error);
	if (g_str_equal(entry->section, "bluetooth"))
		return !entry->key || roll_config_keys_take(path, entry, ROLL_SECTION_BLUETOOTH,
							    &config->bluetooth, error);
	if (g_str_equal(entry->section, "zones"))
		return !entry->key || roll_config_zones_take(path, entry, &config->zones, error);
	if (g_str_equal(entry->section, "roller"))
		use = &config->roller;
	else if (g_str_has_prefix(entry->section, "sensor "))
		use = find_sensor(config, path, entry, error);
	else
		return roll_config_file_fail(path, entry, error,
					     "no such section; allowed are [person], [session], "
					     "[bluetooth], [roller], [sensor ADDRESS] and [zones]");
	if (!use)
		return FALSE;
	return !entry->key || roll_config_keys_take(path, entry, ROLL_SECTION_SENSOR, use, error);
}

RollPerson
roll_config_get_person(const RollConfig *config)
{
	RollPerson person = {
		.name = g_intern_string(config->person.name),
		.spine_m = config->person.spine_m,
		.is_guess = isnan(config->person.spine_m),
	};

	if (person.is_guess)
		person.spine_m = isnan(config->person.stature_m)
					 ? SPINE_UNKNOWN_M
					 : ROLL_SPINE_PER_STATURE * config->person.stature_m;
	return person;
}

RollPerson
roll_config_get_other_person(const RollConfig *config, const char *name, double spine_m,
			     double stature_m)
{
	RollPerson person = roll_config_get_person(config);

	if (!g_str_equal(name, person.name)) {
		person.name = g_intern_string(name);
		person.is_guess = TRUE;
	}
	if (!isnan(spine_m)) {
		person.spine_m = spine_m;
		person.is_guess = FALSE;
	} else if (!isnan(stature_m)) {
		person.spine_m = ROLL_SPINE_PER_STATURE * stature_m;
		person.is_guess = TRUE;
	}
	return person;
}

/* What is right or wrong only in sight of the whole file. */
static gboolean
check_whole(const RollConfig *config, const char *path, const GPtrArray *entries, GError **error)
{
	double max_m = roll_config_get_person(config).spine_m + ROLL_CONFIG_BEYOND_SPINE_M;

	for (guint i = 0; i < entries->len; i++) {
		const RollConfigEntry *entry = entries->pdata[i];
		double start_cm = 0;

		if (!entry->key && g_str_equal(entry->section, "zones") &&
		    config->zones.n_zones == 0)
			return roll_config_file_fail(path, entry, error,
						     "holds no zone: without the section, the "
						     "default zones hold");
		if (g_strcmp0(entry->key, "start") == 0 && !g_str_equal(entry->section, "zones") &&
		    roll_config_read_number(entry->value, -HUGE_VAL, HUGE_VAL, &start_cm) &&
		    start_cm / 100 > max_m)
			return roll_config_file_fail(path, entry, error,
						     "lies beyond the spine: allowed is at most "
						     "%.1f, 5 cm below L5",
						     max_m * 100);
	}
	return TRUE;
}

static gboolean
load_text(const char *path, char **ret_text, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autofree char *text = NULL;
	gsize n_chars = 0;

	if (!g_file_get_contents(path, &text, &n_chars, &cause)) {
		if (g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
			g_set_error(error, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_ABSENT,
				    "reading configuration %s: there is no such file", path);
		else
			g_propagate_prefixed_error(error, g_steal_pointer(&cause),
						   "reading configuration: ");
		return FALSE;
	}
	if (!g_utf8_validate(text, (gssize)n_chars, NULL)) {
		g_set_error(error, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_INVALID,
			    "reading configuration %s: it is not UTF-8 text", path);
		return FALSE;
	}
	if (g_str_has_prefix(text, "\xef\xbb\xbf")) {
		g_set_error(error, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_INVALID,
			    "reading configuration %s: it begins with a byte order mark; save it "
			    "without one",
			    path);
		return FALSE;
	}
	*ret_text = g_steal_pointer(&text);
	return TRUE;
}

RollConfig *
roll_config_load(const char *path, GError **error)
{
	g_autoptr(RollConfig) config = make_defaults();
	g_autoptr(GPtrArray) entries = NULL;
	g_autofree char *text = NULL;

	if (!path)
		return g_steal_pointer(&config);
	if (!load_text(path, &text, error))
		return NULL;
	entries = roll_config_file_parse(path, text, error);
	if (!entries)
		return NULL;
	for (guint i = 0; i < entries->len; i++) {
		if (!take_entry(config, path, entries->pdata[i], error))
			return NULL;
	}
	if (!check_whole(config, path, entries, error))
		return NULL;
	return g_steal_pointer(&config);
}

char *
roll_config_dup_default_path(gboolean is_system)
{
	return is_system
		       ? g_strdup("/etc/rollerd/rollerd.conf")
		       : g_build_filename(g_get_user_config_dir(), "rollerd", "rollerd.conf", NULL);
}

gboolean
roll_config_hears_known_only(const RollConfig *config)
{
	return config->bluetooth.is_known_only;
}

gboolean
roll_config_has_sensor(const RollConfig *config, const char *address)
{
	return g_hash_table_contains(config->sensors, address);
}
