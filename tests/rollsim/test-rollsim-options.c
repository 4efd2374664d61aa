/* SPDX-License-Identifier: MIT
 *
 * The command line of rollsim, right and wrong.
 */
#include "tests/rollsim/gatt-server.h"
#include "tests/rollsim/rollsim-options.h"

#include <string.h>

/* line: words with one space between. */
static gboolean
parse(const char *line, RollsimOptions *ret_options, GError **error)
{
	g_autofree char *whole = g_strconcat("rollsim ", line, NULL);
	g_auto(GStrv) words = g_strsplit(g_strstrip(whole), " ", -1);
	/* What is parsed is taken out of it. */
	g_autofree char **argv = g_memdup2(words, (g_strv_length(words) + 1) * sizeof *words);

	return rollsim_options_parse((int)g_strv_length(words), argv, ret_options, error);
}

static RollsimOptions
parse_right(const char *line)
{
	g_autoptr(GError) error = NULL;
	RollsimOptions options;

	g_assert_true(parse(line, &options, &error));
	g_assert_no_error(error);
	return options;
}

static guint
count_cells(const RollsimOptions *options)
{
	g_autoptr(SimDevice) device = rollsim_options_make_device(options, 1, NULL);
	guint8 feature[GATT_VALUE_MAX];

	g_assert_cmpuint(sim_device_read(device, GATT_FEATURE, feature), ==,
			 ROLL_ROLLER_FEATURE_LEN);
	return feature[10];
}

static void
test_usual(void)
{
	g_auto(RollsimOptions) options = parse_right("");
	g_autoptr(SimDevice) device = rollsim_options_make_device(&options, 3, NULL);

	g_assert_false(options.is_over_bluez);
	g_assert_cmpuint(options.n_sensors, ==, 1);
	g_assert_cmpuint(options.period_us, ==, 10000);
	g_assert_cmpuint(options.n_batch, ==, 10);
	g_assert_cmpuint(options.link.mtu_offered, ==, 247);
	g_assert_cmpint(options.link.advertise, ==, AIR_ADVERTISE_UUID);
	g_assert_cmpstr(device->name, ==, "Roller 3");
	g_assert_cmpuint(count_cells(&options), ==, 1);
}

static void
test_all(void)
{
	g_auto(RollsimOptions) options = parse_right(
		"--sensors 16 --name Mine --seed 0 --bar --rate 400 --batch 4 --truth t --mtu 517 "
		"--advertise name-only --encrypt");
	g_autoptr(SimDevice) device = rollsim_options_make_device(&options, 16, NULL);

	g_assert_cmpuint(options.n_sensors, ==, 16);
	g_assert_cmpuint(options.period_us, ==, 2500);
	g_assert_cmpuint(options.n_batch, ==, 4);
	g_assert_cmpstr(options.truth_path, ==, "t");
	g_assert_cmpint(options.link.advertise, ==, AIR_ADVERTISE_NAME_ONLY);
	g_assert_true(options.link.is_guarded);
	g_assert_cmpstr(device->name, ==, "Mine");
	g_assert_cmpuint(count_cells(&options), ==, 8);
}

/* A bar whose cells would not fit in the least MTU has fewer of them. */
static void
test_bar_at_least_mtu(void)
{
	g_auto(RollsimOptions) least = parse_right("--bar --mtu 23");
	g_auto(RollsimOptions) refused = parse_right("--bar --mtu 0");

	g_assert_cmpuint(count_cells(&least), ==, 6);
	g_assert_cmpuint(count_cells(&refused), ==, 6);
}

static void
test_wrong(void)
{
	static const struct {
		const char *line, *said;
	} cases[] = {
		{"--way sea", "air, bluez"},
		{"--sensors 17", "1 to 16"},
		{"--sensors 0", "1 to 16"},
		{"--mtu 22", "23 to 517"},
		{"--mtu 518", "0 to 517"},
		{"--rate 15", "16 to 1000"},
		{"--batch 41", "1 to 40"},
		{"--seed x", "whole number"},
		{"--advertise loudly", "adv, scan-response, name-only"},
		{"--capture c --seed 1", "does not go with"},
		{"--capture c --truth t", "does not go with"},
		{"--capture /does/not/exist", "exist"},
		{"--keys k", "--encrypt"},
		{"--adapter hci1", "--way=bluez"},
		{"--way bluez --sensors 2", "one sensor"},
		{"--way bluez --mtu 23", "bluetoothd's"},
		{"--way bluez --advertise scan-response", "bluetoothd's"},
		{"left over", "options only"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		RollsimOptions options;

		g_assert_false(parse(cases[i].line, &options, &error));
		g_assert_nonnull(error);
		if (!strstr(error->message, cases[i].said))
			g_error("\"%s\" gives \"%s\", not \"%s\"", cases[i].line, error->message,
				cases[i].said);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rollsim-options/usual", test_usual);
	g_test_add_func("/rollsim-options/all", test_all);
	g_test_add_func("/rollsim-options/bar-at-least-mtu", test_bar_at_least_mtu);
	g_test_add_func("/rollsim-options/wrong", test_wrong);
	return g_test_run();
}
