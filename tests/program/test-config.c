/* SPDX-License-Identifier: MIT
 *
 * The configuration: what it takes and what comes of it.
 */
#include "daemon/config/config-keys.h"
#include "daemon/config/config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#define SENSOR "C0:FF:EE:00:00:01"

static RollConfig *
load_good(const char *text)
{
	g_autofree char *folder = g_dir_make_tmp("rollerd-config-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "rollerd.conf", NULL);
	g_autoptr(GError) error = NULL;
	RollConfig *config = NULL;

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	config = roll_config_load(path, &error);
	g_assert_no_error(error);
	g_unlink(path);
	g_rmdir(folder);
	return config;
}

static void
test_defaults(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(RollConfig) config = roll_config_load(NULL, &error);
	RollTrackSettings settings, expected;

	g_assert_no_error(error);
	roll_config_resolve(config, NULL, SENSOR, NULL, &settings);
	roll_track_settings_init(&expected);
	g_assert_cmpfloat(roll_config_get_person(config).spine_m, ==, 0.44);
	g_assert_true(roll_config_get_person(config).is_guess);
	g_assert_cmpstr(roll_config_get_person(config).name, ==, "me");
	g_assert_false(settings.is_bar);
	g_assert_cmpfloat(settings.radius_m, ==, expected.radius_m);
	g_assert_cmpfloat_with_epsilon(settings.start_m, expected.start_m, 1e-12);
	g_assert_cmpfloat(settings.travel_sign, ==, 1);
	g_assert_cmpfloat(settings.axis.z, ==, 1);
	g_assert_cmpfloat(settings.loaded_n, ==, 20);
	g_assert_cmpfloat_with_epsilon(settings.min_m, -0.05, 1e-12);
	g_assert_cmpfloat_with_epsilon(settings.max_m, 0.49, 1e-12);
	g_assert_cmpint(settings.session_gap_us, ==, 5 * 60 * G_USEC_PER_SEC);
	g_assert_cmpuint(settings.n_zones, ==, 5);
}

static void
test_spine_from_stature(void)
{
	g_autoptr(RollConfig) config = load_good("[person]\nstature_cm=180\nname=Zoë # her\n");
	RollTrackSettings settings;

	g_assert_cmpfloat_with_epsilon(roll_config_get_person(config).spine_m, 0.4734, 1e-9);
	g_assert_true(roll_config_get_person(config).is_guess);
	g_assert_cmpstr(roll_config_get_person(config).name, ==, "Zoë");
	roll_config_resolve(config, NULL, SENSOR, NULL, &settings);
	g_assert_cmpfloat_with_epsilon(settings.max_m, 0.5234, 1e-9);
	g_assert_cmpfloat_with_epsilon(settings.start_m, 0.389 * 0.4734, 1e-9);
}

/* Beside the configuration: lengths of her own, or its own told as a guess; a start beyond a short spine is its end. */
static void
test_other_person(void)
{
	g_autoptr(RollConfig) config =
		load_good("[person]\nname=me\nspine_cm=44\n[roller]\nstart=40\n");
	RollPerson measured = roll_config_get_other_person(config, "anna", 0.30, 1.8);
	RollPerson guessed = roll_config_get_other_person(config, "anna", NAN, 1.8);
	RollPerson unknown = roll_config_get_other_person(config, "anna", NAN, NAN);
	RollPerson own = roll_config_get_other_person(config, "me", NAN, NAN);
	RollTrackSettings settings;

	g_assert_cmpstr(measured.name, ==, "anna");
	g_assert_cmpfloat(measured.spine_m, ==, 0.30);
	g_assert_false(measured.is_guess);
	g_assert_cmpfloat_with_epsilon(guessed.spine_m, 0.4734, 1e-9);
	g_assert_true(guessed.is_guess);
	g_assert_cmpfloat(unknown.spine_m, ==, 0.44);
	g_assert_true(unknown.is_guess);
	g_assert_false(own.is_guess);
	roll_config_resolve(config, &measured, SENSOR, NULL, &settings);
	g_assert_cmpfloat_with_epsilon(settings.max_m, 0.35, 1e-9);
	g_assert_cmpfloat_with_epsilon(settings.start_m, 0.35, 1e-9);
	roll_config_resolve(config, NULL, SENSOR, NULL, &settings);
	g_assert_cmpfloat_with_epsilon(settings.start_m, 0.40, 1e-9);
}

static void
test_own_section_first(void)
{
	g_autoptr(RollConfig) config =
		load_good("[sensor c0:ff:ee:00:00:01]\r\nradius_cm=5\r\nstart=12\r\n"
			  "[roller]\r\nradius_cm=6\nstart=T8\nmount=left\nloaded_n=30\n"
			  "[person]\nspine_cm=50.5\n[session]\ngap_min=2\n");
	const RollSensorFeature feature = {.body = ROLL_BODY_ROLLER, .radius_m = 0.09};
	RollTrackSettings own, other;

	roll_config_resolve(config, NULL, SENSOR, &feature, &own);
	roll_config_resolve(config, NULL, "C0:FF:EE:00:00:02", &feature, &other);
	g_assert_cmpfloat(own.radius_m, ==, 0.05);
	g_assert_cmpfloat(own.start_m, ==, 0.12);
	g_assert_cmpfloat(own.travel_sign, ==, -1);
	g_assert_cmpfloat(own.loaded_n, ==, 30);
	g_assert_cmpint(own.session_gap_us, ==, 2 * 60 * G_USEC_PER_SEC);
	g_assert_cmpfloat(other.radius_m, ==, 0.06);
	g_assert_cmpfloat_with_epsilon(other.start_m, 0.389 * 0.505, 1e-9);
	g_assert_cmpfloat(roll_config_get_person(config).spine_m, ==, 0.505);
	g_assert_false(roll_config_get_person(config).is_guess);
}

static void
test_level_over_number(void)
{
	g_autoptr(RollConfig) config =
		load_good("[sensor " SENSOR "]\nstart=l1\n[roller]\nstart=10\n");
	RollTrackSettings settings;

	roll_config_resolve(config, NULL, SENSOR, NULL, &settings);
	g_assert_cmpfloat_with_epsilon(settings.start_m, 0.696 * 0.44, 1e-9);
}

static void
test_feature(void)
{
	g_autoptr(RollConfig) config = load_good("");
	g_autoptr(RollConfig) roller = load_good("[roller]\nkind=roller\n");
	const RollSensorFeature bar = {
		.body = ROLL_BODY_BAR, .pitch_m = 0.04, .n_cells = 8, .radius_m = 2};
	RollTrackSettings settings;

	roll_config_resolve(config, NULL, SENSOR, &bar, &settings);
	g_assert_true(settings.is_bar);
	g_assert_cmpfloat(settings.pitch_m, ==, 0.04);
	g_assert_cmpfloat(settings.axis.y, ==, 1);
	g_assert_cmpfloat(settings.axis.z, ==, 0);
	g_assert_cmpfloat(settings.radius_m, ==, 0.075); /* nothing rolls on a radius of 2 m */
	roll_config_resolve(roller, NULL, SENSOR, &bar, &settings);
	g_assert_false(settings.is_bar);
	g_assert_cmpfloat(settings.axis.z, ==, 1);
}

static void
test_axes(void)
{
	const float signs[] = {1, -1};
	const char *const names[] = {"+x", "-x", "+y", "-y", "+z", "-z"};

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *text = g_strdup_printf("[roller]\naxis=%s\n", names[i]);
		g_autoptr(RollConfig) config = load_good(text);
		RollTrackSettings settings;
		float parts[3];

		roll_config_resolve(config, NULL, SENSOR, NULL, &settings);
		memcpy(parts, &settings.axis, sizeof parts);
		for (guint part = 0; part < 3; part++)
			g_assert_cmpfloat(parts[part], ==, part == i / 2 ? signs[i % 2] : 0);
	}
}

static void
test_zones(void)
{
	g_autoptr(RollConfig) config = load_good(
		"[zones]   # mine\nupper=3.0;11.0\n  Nacken-unten = -99 ; 3.0 # a\nlow.er=11;99\n");
	RollTrackSettings settings;

	roll_config_resolve(config, NULL, SENSOR, NULL, &settings);
	g_assert_cmpuint(settings.n_zones, ==, 3);
	g_assert_cmpstr(settings.zones[0].name, ==, "Nacken-unten");
	g_assert_cmpfloat(settings.zones[0].from_m, ==, -0.99);
	g_assert_cmpfloat(settings.zones[0].to_m, ==, 0.03);
	g_assert_cmpstr(settings.zones[1].name, ==, "upper");
	g_assert_cmpstr(settings.zones[2].name, ==, "low.er");
	g_assert_cmpfloat(settings.zones[2].to_m, ==, 0.99);
}

static void
test_settings_text(void)
{
	g_autoptr(RollConfig) config =
		load_good("[roller]\nstart=17.1\nmount=left\naxis=-x\n"
			  "[sensor " SENSOR "]\nkind=bar\nhead_end_cm=1.5\n");
	const RollSensorFeature feature = {.pitch_m = 0.04};
	RollTrackSettings settings;
	g_autofree char *roller = NULL;
	g_autofree char *bar = NULL;

	roll_config_resolve(config, NULL, "C0:FF:EE:00:00:02", NULL, &settings);
	roller = roll_config_dup_settings_text(&settings);
	g_assert_cmpstr(
		roller, ==,
		"kind=roller\naxis=-x\nradius_cm=7.5\nstart_cm=17.1\nmount=left\nneck_cm=0\n"
		"loaded_n=20\nfrom_cm=-5\nto_cm=49\ngap_min=5\n");
	roll_config_resolve(config, NULL, SENSOR, &feature, &settings);
	bar = roll_config_dup_settings_text(&settings);
	g_assert_cmpstr(bar, ==,
			"kind=bar\naxis=-x\nhead_end_cm=1.5\npitch_cm=4\n"
			"loaded_n=20\nfrom_cm=-5\nto_cm=49\ngap_min=5\n");
}

static void
test_marker(void)
{
	g_autoptr(RollConfig) config =
		load_good("[roller]\nmarker=note\n[sensor " SENSOR "]\nmarker=neck\n");
	RollTrackSettings settings;
	g_autofree char *note = NULL;

	roll_config_resolve(config, NULL, SENSOR, NULL, &settings);
	g_assert_cmpfloat(settings.neck_m, ==, 0.0);
	roll_config_resolve(config, NULL, "C0:FF:EE:00:00:02", NULL, &settings);
	g_assert_true(isnan(settings.neck_m));
	note = roll_config_dup_settings_text(&settings);
	g_assert_nonnull(strstr(note, "\nmarker=note\n"));
}

/* hear=known, and who is known by a section of their own, also by an empty one. */
static void
test_hear(void)
{
	g_autoptr(RollConfig) nothing = load_good("");
	g_autoptr(RollConfig) all = load_good("[bluetooth]\nhear=all\n[sensor " SENSOR "]\n");
	g_autoptr(RollConfig) known =
		load_good("[bluetooth]\nhear=known # mine\n[sensor c0:ff:ee:00:00:0a]\n");

	g_assert_false(roll_config_hears_known_only(nothing));
	g_assert_false(roll_config_has_sensor(nothing, SENSOR));
	g_assert_false(roll_config_hears_known_only(all));
	g_assert_true(roll_config_has_sensor(all, SENSOR));
	g_assert_true(roll_config_hears_known_only(known));
	g_assert_true(roll_config_has_sensor(known, "C0:FF:EE:00:00:0A"));
	g_assert_false(roll_config_has_sensor(known, SENSOR));
}

/* Whether a line of text begins with "KEY=". */
static gboolean
has_key(const char *text, const char *key)
{
	g_autofree char *begin = g_strdup_printf("\n%s=", key);

	return strstr(text, begin) != NULL;
}

static void
test_example(void)
{
	const char *path = g_getenv("ROLLERD_EXAMPLE");
	g_autoptr(GError) error = NULL;
	g_autoptr(RollConfig) config = roll_config_load(path, &error);
	g_autofree char *text = NULL;
	const RollConfigKey *keys = NULL;
	guint n_keys = 0;

	g_assert_no_error(error);
	g_assert_nonnull(config);
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	keys = roll_config_keys_get(&n_keys);
	for (guint i = 0; i < n_keys; i++) {
		if (!has_key(text, keys[i].name))
			g_error("%s lacks %s", path, keys[i].name);
	}
}

/* A check of two texts from the interface's promise, as they stand there. */
static void
test_promised_text(void)
{
	g_autoptr(RollConfig) config = load_good(
		"[person]\nname=me\nstature_cm=175\nweight_kg=70.5\n"
		"spine_cm=44.0            # C7 to L5 along the back; without it 0.263 x stature\n\n"
		"[roller]                 # how a sensor is used; [sensor C0:FF:EE:00:00:01] "
		"overrides\n"
		"kind=roller              # roller or bar; else what the sensor says of itself\n"
		"axis=+z                  # roller: the sensor's axis that points out\n"
		"                         # bar (default +y): the one that points to the head\n"
		"head_end_cm=1.0          # bar: the position of cell 0\nloaded_n=20\n\n"
		"[zones]                  # "
		"optional\nneck-base=-99;3.0\nupper-thoracic=3.0;11.0\n");

	g_assert_cmpfloat(roll_config_get_person(config).spine_m, ==, 0.44);
	g_assert_false(roll_config_get_person(config).is_guess);
}

static void
test_default_path(void)
{
	g_autofree char *system_path = roll_config_dup_default_path(TRUE);
	g_autofree char *own_path = roll_config_dup_default_path(FALSE);

	g_assert_cmpstr(system_path, ==, "/etc/rollerd/rollerd.conf");
	g_assert_cmpstr(own_path, ==, "/somewhere/config/rollerd/rollerd.conf");
}

int
main(int argc, char **argv)
{
	g_setenv("XDG_CONFIG_HOME", "/somewhere/config", TRUE);
	setlocale(LC_ALL, "");
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/config/defaults", test_defaults);
	g_test_add_func("/config/spine-from-stature", test_spine_from_stature);
	g_test_add_func("/config/other-person", test_other_person);
	g_test_add_func("/config/own-section-first", test_own_section_first);
	g_test_add_func("/config/level-over-number", test_level_over_number);
	g_test_add_func("/config/feature", test_feature);
	g_test_add_func("/config/axes", test_axes);
	g_test_add_func("/config/zones", test_zones);
	g_test_add_func("/config/settings-text", test_settings_text);
	g_test_add_func("/config/marker", test_marker);
	g_test_add_func("/config/hear", test_hear);
	g_test_add_func("/config/example", test_example);
	g_test_add_func("/config/promised-text", test_promised_text);
	g_test_add_func("/config/default-path", test_default_path);
	return g_test_run();
}
