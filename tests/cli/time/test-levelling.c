/* SPDX-License-Identifier: MIT
 *
 * What makes judging quick changes nothing of what is judged: medians that are selected are those of sorting, sessions that
 * were prepared are judged as those that were not, and the speeds of one session alone need no levels.
 */
#include "cli/history/levelling.h"
#include "cli/history/median.h"
#include "cli/history/tight.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int
compare_doubles(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;
	return (first > second) - (first < second);
}

static double
get_median_by_sorting(const double *values)
{
	double known[ROLLSTAT_SLICES];
	guint n = 0;
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		if (!isnan(values[i]))
			known[n++] = values[i];
	qsort(known, n, sizeof *known, compare_doubles);
	return (known[(n - 1) / 2] + known[n / 2]) / 2;
}

/* Few values and many, equal ones and different ones. */
static void
test_median(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(11);
	for (guint i = 0; i < 5000; i++) {
		double values[ROLLSTAT_SLICES];
		guint n = (guint)g_rand_int_range(rand, 1, ROLLSTAT_SLICES + 1);
		int kinds = g_rand_int_range(rand, 1, 1000);
		for (guint k = 0; k < ROLLSTAT_SLICES; k++)
			values[k] = k < n ? g_rand_int_range(rand, 0, kinds) / 7.0 : NAN;
		g_assert_cmpfloat(rollstat_levelling_get_median(values, 1), ==,
				  get_median_by_sorting(values));
		g_assert_true(isnan(rollstat_levelling_get_median(values, n + 1)));
	}
	double none[ROLLSTAT_SLICES];
	for (guint k = 0; k < ROLLSTAT_SLICES; k++)
		none[k] = NAN;
	g_assert_true(isnan(rollstat_levelling_get_median(none, 0)));
}

/* The same of any number of values. */
static void
test_any_median(void)
{
	enum { MOST = 2000 };
	g_autoptr(GRand) rand = g_rand_new_with_seed(13);
	for (guint i = 0; i < 2000; i++) {
		double values[MOST], sorted[MOST];
		guint n = (guint)g_rand_int_range(rand, 1, i < 1900 ? 12 : MOST + 1);
		int kinds = g_rand_int_range(rand, 1, 4000);
		for (guint k = 0; k < n; k++)
			sorted[k] = values[k] = g_rand_int_range(rand, -kinds, kinds) / 7.0;
		qsort(sorted, n, sizeof *sorted, compare_doubles);
		double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
		g_assert_cmpfloat(rollstat_median_find(values, n), ==, median);
		qsort(values, n, sizeof *values, compare_doubles);
		g_assert_cmpmem(values, n * sizeof *values, sorted, n * sizeof *sorted);
		g_assert_cmpfloat(rollstat_median_find(sorted, n), ==, median);
	}
	g_assert_true(isnan(rollstat_median_find(NULL, 0)));
}

/* A session somewhere on the back, in any force, here and there untouched. */
static void
make_profile(GRand *rand, RollstatProfile *profile)
{
	guint first = (guint)g_rand_int_range(rand, 40, 90),
	      n = (guint)g_rand_int_range(rand, 1, 90);
	*profile = (RollstatProfile){.has_force = g_rand_int_range(rand, 0, 4) > 0};
	double force_n = g_rand_double_range(rand, 50, 400);
	for (guint i = first; i < first + n; i++) {
		if (g_rand_int_range(rand, 0, 9) == 0)
			continue;
		profile->seconds[i] = g_rand_double_range(rand, 0.1, 8);
		profile->moving_s[i] = profile->seconds[i] * g_rand_double(rand);
		profile->travel_cm[i] = profile->moving_s[i] * g_rand_double_range(rand, 1, 15);
		if (profile->has_force)
			profile->force[i] =
				profile->seconds[i] * force_n * g_rand_double_range(rand, 0.8, 1.4);
	}
	rollstat_profile_add_hold(profile, g_rand_double_range(rand, -10, 40), 12);
}

static void
assert_same(const RollstatTight *a, const RollstatTight *b)
{
	g_assert_cmpuint(a->n_spots, ==, b->n_spots);
	for (guint i = 0; i < a->n_spots; i++) {
		g_assert_cmpfloat(a->spots[i].at_cm, ==, b->spots[i].at_cm);
		g_assert_cmpfloat(a->spots[i].tightness, ==, b->spots[i].tightness);
	}
	g_assert_cmpmem(a->seconds, sizeof a->seconds, b->seconds, sizeof b->seconds);
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		g_assert_true(a->tightness[i] == b->tightness[i] ||
			      (isnan(a->tightness[i]) && isnan(b->tightness[i])));
}

static void
test_prepared(void)
{
	enum { SESSIONS = 12 };
	g_autoptr(GRand) rand = g_rand_new_with_seed(12);
	g_autofree RollstatProfile *plain = g_new0(RollstatProfile, SESSIONS);
	g_autofree RollstatProfile *prepared = g_new0(RollstatProfile, SESSIONS);
	guint spots = 0;
	for (guint i = 0; i < 200; i++) {
		guint n = (guint)g_rand_int_range(rand, 1, SESSIONS + 1);
		guint n_history = (guint)g_rand_int_range(rand, 0, (gint32)n);
		RollstatTight first, second;
		for (guint k = 0; k < n; k++) {
			make_profile(rand, &plain[k]);
			prepared[k] = plain[k];
			rollstat_levelling_prepare(&prepared[k]);
		}
		rollstat_tight_judge(plain, n, n_history, &first);
		rollstat_tight_judge(prepared, n, n_history, &second);
		assert_same(&first, &second);
		spots += first.n_spots;
	}
	g_assert_cmpuint(spots, >, 20); /* so that there was something to compare */
}

/* Beside others a session has a level, and it divides all its speeds: what they are to each other stays. */
static void
test_alone(void)
{
	enum { SESSIONS = 6 };
	g_autoptr(GRand) rand = g_rand_new_with_seed(14);
	RollstatProfile profiles[SESSIONS];
	guint known = 0;
	for (guint i = 0; i < 100; i++) {
		double levels[SESSIONS], one = 1;
		double beside[ROLLSTAT_SLICES], alone[ROLLSTAT_SLICES];
		for (guint k = 0; k < SESSIONS; k++)
			make_profile(rand, &profiles[k]);
		RollstatQuantity all = {
			.is_speed = TRUE, .least_cm = 5, .profiles = profiles, .n = SESSIONS};
		all.touched = rollstat_profile_find_touched(profiles, SESSIONS);
		RollstatQuantity last = all;
		last.profiles = &profiles[SESSIONS - 1];
		last.n = 1;
		rollstat_levelling_get_levels(&all, levels);
		rollstat_levelling_get_profile(&all, levels, SESSIONS - 1, beside);
		rollstat_levelling_get_profile(&last, &one, 0, alone);
		for (guint k = 0; k < ROLLSTAT_SLICES; k++) {
			g_assert_cmpint(isnan(beside[k]), ==, isnan(alone[k]));
			if (isnan(alone[k]))
				continue;
			g_assert_cmpfloat_with_epsilon(beside[k] * levels[SESSIONS - 1] / alone[k],
						       1, 1e-9);
			known++;
		}
	}
	g_assert_cmpuint(known, >, 100);
}

static void
test_touched(void)
{
	RollstatProfile profiles[2] = {0};
	RollstatTouched none = rollstat_profile_find_touched(profiles, 2);
	g_assert_cmpuint(none.end, ==, 0);
	g_assert_cmpuint(rollstat_slices_widen(none).end, ==, 0);
	profiles[0].seconds[70] = 1;
	profiles[1].hold_s[255] = 1;
	RollstatTouched touched = rollstat_profile_find_touched(profiles, 2);
	g_assert_cmpuint(touched.first, ==, 70);
	g_assert_cmpuint(touched.end, ==, 256);
	RollstatTouched wide = rollstat_slices_widen(touched);
	g_assert_cmpuint(wide.first, ==, 68);
	g_assert_cmpuint(wide.end, ==, 256);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/levelling/median", test_median);
	g_test_add_func("/levelling/any-median", test_any_median);
	g_test_add_func("/levelling/prepared", test_prepared);
	g_test_add_func("/levelling/alone", test_alone);
	g_test_add_func("/levelling/touched", test_touched);
	return g_test_run();
}
