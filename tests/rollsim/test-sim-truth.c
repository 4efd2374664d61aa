/* SPDX-License-Identifier: MIT
 *
 * The truth file: a movement drawn by hand, and what stands of it in the JSON.
 */
#include "tests/rollsim/sim-truth.h"

#include <json-c/json.h>
#include <math.h>

static const gint64 begin_us = INT64_C(1790000000000000);

enum { STEP_US = 10000 };

/* Time goes on by a sample. */
static void
add(SimTruth *truth, double at_m, gboolean is_loaded)
{
	RollSimTruth is_true = {
		.contact = {.value = at_m},
		.force_n = is_loaded ? 300 : 0,
		.is_loaded = is_loaded,
	};

	sim_truth_add(truth, begin_us + sim_truth_get_length(truth) * (gint64)STEP_US, &is_true);
}

static void
move(SimTruth *truth, double from_m, double to_m, double seconds)
{
	guint n = (guint)lround(seconds * G_USEC_PER_SEC / STEP_US);

	for (guint i = 0; i < n; i++)
		add(truth, from_m + (to_m - from_m) * i / n, TRUE);
}

static json_object *
get(json_object *object, const char *name)
{
	json_object *found = NULL;

	g_assert_true(json_object_object_get_ex(object, name, &found));
	return found;
}

static double
get_number(json_object *object, const char *name)
{
	return json_object_get_double(get(object, name));
}

/* 1 s in the air, 5 to 15 cm in 1 s, 3 s hold there, back in 1 s. */
static json_object *
make_json(void)
{
	g_autoptr(SimTruth) truth = sim_truth_new();
	g_autofree char *text = NULL;
	json_object *root;

	for (guint i = 0; i < 100; i++)
		add(truth, 0.05, FALSE);
	move(truth, 0.05, 0.15, 1);
	move(truth, 0.15, 0.15, 3);
	move(truth, 0.15, 0.05, 1);
	add(truth, 0.05, TRUE);
	add(truth, 0.05, FALSE);
	text = sim_truth_dup_json(truth, 77, "by hand");
	root = json_tokener_parse(text);
	g_assert_nonnull(root);
	return root;
}

static void
test_passes(void)
{
	json_object *root = make_json(), *passes = get(root, "passes"), *pass;

	g_assert_cmpuint(json_object_array_length(passes), ==, 2);
	pass = json_object_array_get_idx(passes, 0);
	/* It ends where the hold begins; it starts at the last instant within 0.5 cm of where it began. */
	g_assert_cmpfloat(get_number(pass, "from_cm"), ==, 5.0);
	g_assert_cmpfloat_with_epsilon(get_number(pass, "to_cm"), 13.5, 0.2);
	g_assert_cmpfloat_with_epsilon(get_number(pass, "start"), 1790000001.05, 0.011);
	pass = json_object_array_get_idx(passes, 1);
	g_assert_cmpfloat(get_number(pass, "from_cm"), >, get_number(pass, "to_cm"));
	json_object_put(root);
}

static void
test_hold(void)
{
	json_object *root = make_json(), *holds = get(root, "holds"), *hold;

	g_assert_cmpuint(json_object_array_length(holds), ==, 1);
	hold = json_object_array_get_idx(holds, 0);
	g_assert_cmpfloat_with_epsilon(get_number(hold, "at_cm"), 14.9, 0.1);
	g_assert_cmpfloat_with_epsilon(get_number(hold, "end") - get_number(hold, "start"), 3.3,
				       0.02);
	json_object_put(root);
}

static void
test_seconds(void)
{
	json_object *root = make_json(), *zones = get(root, "zones");

	g_assert_cmpfloat_with_epsilon(get_number(root, "loaded_s"), 5.01, 1e-9);
	g_assert_cmpfloat_with_epsilon(get_number(zones, "upper-thoracic"), 1.21, 0.011);
	g_assert_cmpfloat_with_epsilon(get_number(zones, "mid-thoracic"), 3.8, 0.011);
	g_assert_cmpfloat(get_number(zones, "lumbar"), ==, 0);
	g_assert_cmpfloat(get_number(root, "seed"), ==, 77);
	g_assert_cmpuint(json_object_array_length(get(root, "position")), ==, 61);
	g_assert_cmpuint(json_object_array_length(get(root, "gaps")), ==, 0);
	json_object_put(root);
}

static void
test_empty(void)
{
	g_autoptr(SimTruth) truth = sim_truth_new();
	g_autofree char *text = sim_truth_dup_json(truth, 1, "nothing");
	json_object *root = json_tokener_parse(text);

	g_assert_cmpuint(json_object_array_length(get(root, "passes")), ==, 0);
	g_assert_cmpfloat(get_number(root, "loaded_s"), ==, 0);
	json_object_put(root);
}

static void
test_file(void)
{
	g_autoptr(SimTruth) truth = sim_truth_new();
	g_autoptr(GError) error = NULL;

	g_assert_false(sim_truth_write(truth, "/does/not/exist/truth.json", 1, "", &error));
	g_assert_nonnull(error);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim-truth/passes", test_passes);
	g_test_add_func("/sim-truth/hold", test_hold);
	g_test_add_func("/sim-truth/seconds", test_seconds);
	g_test_add_func("/sim-truth/empty", test_empty);
	g_test_add_func("/sim-truth/file", test_file);
	return g_test_run();
}
