/* SPDX-License-Identifier: MIT
 *
 * The definition of tight by its properties. A back is rolled evenly between 3 and 28 cm.
 */
#include "cli/history/tight.h"

#include <math.h>

#define TOP_CM 3.0
#define BOTTOM_CM 28.0

/* Passes whose speed rises and falls, as everybody's do, with some noise. */
static void
roll(RollstatProfile *profile, double force_n, guint32 seed)
{
	*profile = (RollstatProfile){.has_force = force_n > 0};
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	guint last = rollstat_slice_find(BOTTOM_CM);
	for (guint i = rollstat_slice_find(TOP_CM); i < last; i++) {
		double part = (rollstat_slice_get_middle_cm(i) - TOP_CM) / (BOTTOM_CM - TOP_CM);
		double speed_cmps = 2 + 10 * sin(part * G_PI);
		double travel_cm = 25;
		profile->travel_cm[i] = travel_cm;
		profile->moving_s[i] =
			travel_cm / speed_cmps * g_rand_double_range(rand, 0.97, 1.03);
		profile->seconds[i] = profile->moving_s[i] + 0.2;
		profile->force[i] =
			profile->seconds[i] * force_n * g_rand_double_range(rand, 0.95, 1.05);
	}
}

/* Stiff: force grows and speed falls around a place. */
static void
stiffen(RollstatProfile *profile, double at_cm, double by)
{
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		double away = (rollstat_slice_get_middle_cm(i) - at_cm) / 1.5;
		double more = 1 + by * exp(-away * away / 2);
		profile->force[i] *= more * sqrt(more);
		profile->seconds[i] *= sqrt(more);
		profile->moving_s[i] *= sqrt(more);
	}
}

static void
test_even(void)
{
	for (guint32 seed = 1; seed <= 50; seed++) {
		RollstatProfile profiles[5];
		RollstatTight tight;
		for (guint k = 0; k < G_N_ELEMENTS(profiles); k++)
			roll(&profiles[k], 150 + 40 * k, seed * 10 + k);
		rollstat_tight_judge(profiles, 5, 4, &tight);
		g_assert_cmpuint(tight.n_spots, ==, 0);
		g_assert_false(rollstat_tight_is_zone(&tight, 3, 10, 100));
		g_assert_false(rollstat_tight_is_zone(&tight, 10, 20, 100));
		g_assert_false(rollstat_tight_is_zone(&tight, 20, 30, 100));
	}
}

/* Holding evenly here and there is a habit, not tightness. */
static void
test_even_with_holds(void)
{
	RollstatProfile profile;
	RollstatTight tight;
	roll(&profile, 200, 3);
	for (double at_cm = 6; at_cm < 28; at_cm += 7) {
		rollstat_profile_add_hold(&profile, at_cm, 30);
		guint slice = rollstat_slice_find(at_cm);
		profile.seconds[slice] += 30;
		profile.force[slice] += 30 * 200;
	}
	rollstat_tight_judge(&profile, 1, 0, &tight);
	g_assert_cmpuint(tight.n_spots, ==, 0);
	g_assert_false(rollstat_tight_is_zone(&tight, 10, 20, 100));
}

static void
test_stiff_is_found(void)
{
	for (double at_cm = 7; at_cm <= 24; at_cm += 0.7) {
		RollstatProfile profiles[3];
		RollstatTight tight;
		for (guint k = 0; k < G_N_ELEMENTS(profiles); k++)
			roll(&profiles[k], 200, 77 + k);
		stiffen(&profiles[2], at_cm, 0.4);
		rollstat_tight_judge(profiles, 3, 2, &tight);
		g_assert_cmpuint(tight.n_spots, ==, 1);
		g_assert_cmpfloat_with_epsilon(tight.spots[0].at_cm, at_cm, 1.0);
		g_assert_true(rollstat_tight_is_zone(&tight, at_cm - 5, at_cm + 5, 60));
	}
}

static void
test_two_are_found(void)
{
	RollstatProfile profile;
	RollstatTight tight;
	roll(&profile, 200, 5);
	stiffen(&profile, 9, 0.4);
	stiffen(&profile, 21, 0.6);
	rollstat_tight_judge(&profile, 1, 0, &tight);
	g_assert_cmpuint(tight.n_spots, ==, 2);
	g_assert_cmpfloat_with_epsilon(tight.spots[0].at_cm, 21, 1.0);
	g_assert_cmpfloat_with_epsilon(tight.spots[1].at_cm, 9, 1.0);
	g_assert_cmpfloat(tight.spots[0].tightness, >, tight.spots[1].tightness);
}

static void
test_stiffer_is_tighter(void)
{
	double before = -1;
	for (double by = 0; by <= 0.9; by += 0.1) {
		RollstatProfile profiles[2];
		RollstatTight tight;
		roll(&profiles[0], 200, 8);
		roll(&profiles[1], 200, 9);
		stiffen(&profiles[1], 15, by);
		rollstat_tight_judge(profiles, 2, 1, &tight);
		double zone = rollstat_tight_get_zone(&tight, 12, 18);
		g_assert_cmpfloat(zone, >, before);
		before = zone;
	}
}

/* Another sensor, another unit, a harder day: nothing changes. */
static void
test_scale(void)
{
	RollstatProfile profiles[3];
	RollstatTight tight, scaled;
	for (guint k = 0; k < G_N_ELEMENTS(profiles); k++) {
		roll(&profiles[k], 200, 20 + k);
		stiffen(&profiles[k], 15, 0.4);
	}
	rollstat_tight_judge(profiles, 3, 2, &tight);
	for (guint k = 0; k < G_N_ELEMENTS(profiles); k++)
		for (guint i = 0; i < ROLLSTAT_SLICES; i++)
			profiles[k].force[i] *= 1000 * (k + 1);
	rollstat_tight_judge(profiles, 3, 2, &scaled);
	g_assert_cmpuint(tight.n_spots, ==, scaled.n_spots);
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		g_assert_cmpint(isnan(tight.tightness[i]), ==, isnan(scaled.tightness[i]));
		if (!isnan(tight.tightness[i]))
			g_assert_cmpfloat_with_epsilon(tight.tightness[i], scaled.tightness[i],
						       1e-6);
	}
}

/* The spot alone is rolled today: by the history it is known to be one. */
static void
test_history(void)
{
	RollstatProfile profiles[4];
	RollstatTight tight;
	for (guint k = 0; k < G_N_ELEMENTS(profiles); k++) {
		roll(&profiles[k], 200, 40 + k);
		stiffen(&profiles[k], 15, 0.5);
	}
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		double at_cm = rollstat_slice_get_middle_cm(i);
		gboolean is_kept = at_cm > 10 && at_cm < 20;
		profiles[3].seconds[i] *= is_kept;
		profiles[3].force[i] *= is_kept;
		profiles[3].moving_s[i] *= is_kept;
		profiles[3].travel_cm[i] *= is_kept;
	}
	rollstat_tight_judge(profiles, 4, 3, &tight);
	g_assert_cmpuint(tight.n_spots, ==, 1);
	g_assert_cmpfloat_with_epsilon(tight.spots[0].at_cm, 15, 1.0);
	g_assert_cmpfloat(rollstat_tight_get_zone(&tight, 14, 16), >, 0.25);
}

/* Two ways of rolling, short and long: slow where the short one turns, which is no tightness. */
static void
test_turning_places(void)
{
	RollstatProfile profiles[2];
	RollstatTight tight;
	roll(&profiles[0], 0, 60);
	roll(&profiles[1], 0, 61);
	for (guint i = rollstat_slice_find(15); i < ROLLSTAT_SLICES; i++) {
		double slower = i < rollstat_slice_find(18) ? 2 : 1;
		profiles[1].seconds[i] *= slower;
		profiles[1].moving_s[i] *= slower;
	}
	rollstat_tight_judge(profiles, 2, 0, &tight);
	g_assert_cmpuint(tight.n_spots, ==, 1);
	for (guint i = 0; i < 20; i++) {
		rollstat_profile_add_pass(&profiles[0], 3, 28);
		rollstat_profile_add_pass(&profiles[1], 28, i % 2 == 0 ? 16.5 : 3);
	}
	rollstat_tight_judge(profiles, 2, 0, &tight);
	g_assert_cmpuint(tight.n_spots, ==, 0);
}

/* Without force: slowing and holds alone, and the slow ends of passes are no spots. */
static void
test_without_force(void)
{
	RollstatProfile profile;
	RollstatTight tight;
	for (guint32 seed = 1; seed <= 50; seed++) {
		roll(&profile, 0, seed);
		rollstat_tight_judge(&profile, 1, 0, &tight);
		g_assert_cmpuint(tight.n_spots, ==, 0);
	}
	stiffen(&profile, 15, 1.6);
	rollstat_profile_add_hold(&profile, 15, 40);
	rollstat_tight_judge(&profile, 1, 0, &tight);
	g_assert_cmpuint(tight.n_spots, ==, 1);
	g_assert_cmpfloat_with_epsilon(tight.spots[0].at_cm, 15, 1.5);
}

/* A few centimetres have no whole back to be compared with. */
static void
test_too_little(void)
{
	RollstatProfile profile = {.has_force = TRUE};
	RollstatTight tight;
	for (guint i = 90; i < 96; i++) {
		profile.seconds[i] = 20;
		profile.force[i] = i == 93 ? 9000 : 4000;
	}
	rollstat_tight_judge(&profile, 1, 0, &tight);
	g_assert_cmpuint(tight.n_spots, ==, 0);
	g_assert_true(isnan(rollstat_tight_get_zone(&tight, -30, 90)));
	rollstat_tight_judge(&profile, 0, 0, &tight);
	g_assert_cmpuint(tight.n_spots, ==, 0);
}

/* One session by hand: 20 slices of 200 N, one stretch of 2.5 cm of 260 N: F = 1.3, tightness = ln 1.3. */
static void
test_by_hand(void)
{
	RollstatProfile profile = {.has_force = TRUE};
	RollstatTight tight;
	for (guint i = 80; i < 120; i++) {
		profile.seconds[i] = 2;
		profile.force[i] = 2 * (i >= 98 && i < 103 ? 260 : 200);
	}
	rollstat_tight_judge(&profile, 1, 0, &tight);
	g_assert_cmpfloat_with_epsilon(tight.tightness[100], log(1.3), 1e-9);
	g_assert_cmpfloat_with_epsilon(tight.tightness[85], 0, 1e-9);
	g_assert_cmpuint(tight.n_spots, ==, 1);
	g_assert_cmpfloat_with_epsilon(tight.spots[0].at_cm, 20.25, 1e-6);
	g_assert_cmpfloat_with_epsilon(tight.spots[0].tightness, log(1.3), 1e-9);
}

static void
test_slices(void)
{
	g_assert_cmpuint(rollstat_slice_find(-30), ==, 0);
	g_assert_cmpuint(rollstat_slice_find(-99), ==, 0);
	g_assert_cmpuint(rollstat_slice_find(0.25), ==, 60);
	g_assert_cmpuint(rollstat_slice_find(500), ==, ROLLSTAT_SLICES - 1);
	g_assert_cmpfloat(rollstat_slice_get_middle_cm(60), ==, 0.25);
	RollstatProfile profile = {0};
	rollstat_profile_add_hold(&profile, 10.2, 30);
	guint slice = rollstat_slice_find(10.2);
	g_assert_cmpfloat(profile.hold_s[slice - 1], ==, 10);
	g_assert_cmpfloat(profile.hold_s[slice], ==, 10);
	g_assert_cmpfloat(profile.hold_s[slice + 1], ==, 10);
	rollstat_profile_add_hold(&profile, -99, 30);
	rollstat_profile_add_hold(&profile, 500, 30);
	g_assert_cmpfloat(profile.hold_s[0], ==, 10);
	g_assert_cmpfloat(profile.hold_s[ROLLSTAT_SLICES - 1], ==, 10);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tight/even", test_even);
	g_test_add_func("/tight/even-with-holds", test_even_with_holds);
	g_test_add_func("/tight/stiff-is-found", test_stiff_is_found);
	g_test_add_func("/tight/two-are-found", test_two_are_found);
	g_test_add_func("/tight/stiffer-is-tighter", test_stiffer_is_tighter);
	g_test_add_func("/tight/scale", test_scale);
	g_test_add_func("/tight/history", test_history);
	g_test_add_func("/tight/turning-places", test_turning_places);
	g_test_add_func("/tight/without-force", test_without_force);
	g_test_add_func("/tight/too-little", test_too_little);
	g_test_add_func("/tight/by-hand", test_by_hand);
	g_test_add_func("/tight/slices", test_slices);
	return g_test_run();
}
