/* SPDX-License-Identifier: MIT
 *
 * Spots of several days as places that recur.
 */
#include "cli/time/recurring.h"

#include <math.h>

enum {
	FIRST_DAY = 738998, /* a Monday */
	SESSIONS_A_DAY = 2,
};

typedef struct {
	GArray *days, *periods;
} Weeks;

static void
weeks_clear(Weeks *weeks)
{
	g_array_unref(weeks->days);
	g_array_unref(weeks->periods);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Weeks, weeks_clear)

/* So many days, all judged as 0 everywhere from 0 to 40 cm, without spots. */
static Weeks
make_weeks(guint n)
{
	RollstatDates range = {FIRST_DAY, FIRST_DAY + n - 1};
	RollstatDay later = FIRST_DAY + n;
	g_autoptr(GArray) dates = rollstat_periods_new(range, ROLLSTAT_STEP_DAY, later);
	Weeks weeks = {
		.days = g_array_new(FALSE, TRUE, sizeof(RollstatStretch)),
		.periods = rollstat_periods_new(range, ROLLSTAT_STEP_WEEK, later),
	};
	for (guint i = 0; i < n; i++) {
		RollstatStretch day = {.period = g_array_index(dates, RollstatPeriod, i),
				       .sessions = {i * SESSIONS_A_DAY, SESSIONS_A_DAY}};
		for (guint k = 0; k < ROLLSTAT_SLICES; k++) {
			double at_cm = rollstat_slice_get_middle_cm(k);
			day.tight.tightness[k] = at_cm > 0 && at_cm < 40 ? 0 : NAN;
		}
		g_array_append_val(weeks.days, day);
	}
	return weeks;
}

static void
add_spot(Weeks *weeks, guint n, double at_cm, double tightness)
{
	RollstatTight *tight = &g_array_index(weeks->days, RollstatStretch, n).tight;
	tight->spots[tight->n_spots++] =
		(RollstatTightSpot){.at_cm = at_cm, .tightness = tightness};
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		if (fabs(rollstat_slice_get_middle_cm(i) - at_cm) < 2)
			tight->tightness[i] = tightness;
}

static const RollstatRecurring *
get_place(const RollstatRecurrings *recurrings, guint n)
{
	return &g_array_index(recurrings->places, RollstatRecurring, n);
}

static void
test_one_place(void)
{
	g_auto(Weeks) weeks = make_weeks(42);
	for (guint i = 0; i < 42; i++)
		if (i % 7 % 2 == 1)
			add_spot(&weeks, i, 14 + (i % 5) * 0.5 - 1, 0.5 - i * 0.01);
	g_autoptr(RollstatRecurrings) found = rollstat_recurrings_find(weeks.days, weeks.periods);
	g_assert_cmpuint(found->places->len, ==, 1);
	g_assert_cmpuint(found->n_once, ==, 0);
	const RollstatRecurring *place = get_place(found, 0);
	g_assert_cmpfloat_with_epsilon(place->at_cm, 14, 0.3);
	g_assert_cmpuint(place->found, ==, 18);
	g_assert_cmpuint(place->judged, ==, 42);
	g_assert_cmpuint(place->sessions, ==, 18 * SESSIONS_A_DAY);
	g_assert_cmpuint(place->first, ==, FIRST_DAY + 1);
	g_assert_cmpuint(place->last, ==, FIRST_DAY + 40);
	g_assert_cmpfloat_with_epsilon(place->highest, 0.49, 1e-9);
	g_assert_cmpint(place->tightness_way.kind, ==, ROLLSTAT_DIRECTION_LESS);
	double sum = 0;
	for (guint i = 0; i < place->n_counts; i++)
		sum += place->counts[i];
	g_assert_cmpfloat(sum, ==, 18);
}

/* Two that are 4 cm apart stay two, whatever the order of days; one that was found once is counted. */
static void
test_two_places(void)
{
	g_auto(Weeks) weeks = make_weeks(28);
	for (guint i = 0; i < 28; i++) {
		if (i % 2 == 0)
			add_spot(&weeks, i, 10 + ((int)(i % 3) - 1) * 0.7, 0.1);
		if (i % 7 == 1 || i % 7 == 4)
			add_spot(&weeks, i, 14 + ((int)(i % 3) - 1) * 0.7, 0.2 + i * 0.03);
	}
	add_spot(&weeks, 5, 30, 0.4);
	g_autoptr(RollstatRecurrings) found = rollstat_recurrings_find(weeks.days, weeks.periods);
	g_assert_cmpuint(found->places->len, ==, 2);
	g_assert_cmpuint(found->n_once, ==, 1);
	g_assert_cmpuint(get_place(found, 0)->found, ==, 14);
	g_assert_cmpfloat_with_epsilon(get_place(found, 0)->at_cm, 10, 0.3);
	g_assert_cmpuint(get_place(found, 1)->found, ==, 8);
	g_assert_cmpfloat_with_epsilon(get_place(found, 1)->at_cm, 14, 0.3);
	g_assert_cmpint(get_place(found, 1)->tightness_way.kind, ==, ROLLSTAT_DIRECTION_MORE);
	g_assert_cmpint(get_place(found, 0)->tightness_way.kind, ==, ROLLSTAT_DIRECTION_UNCLEAR);
}

/* What lies outside the densest 3 cm, but nearer to it than 2 cm, is of the same place. */
static void
test_stragglers(void)
{
	g_auto(Weeks) weeks = make_weeks(14);
	for (guint i = 0; i < 10; i++)
		add_spot(&weeks, i, i < 5 ? 12 : 14.9, 0.3);
	add_spot(&weeks, 10, 15.2, 0.3);
	add_spot(&weeks, 11, 11.6, 0.3);
	g_autoptr(RollstatRecurrings) found = rollstat_recurrings_find(weeks.days, weeks.periods);
	g_assert_cmpuint(found->places->len, ==, 1);
	g_assert_cmpuint(get_place(found, 0)->found, ==, 12);
}

/* Two spots of one day in one place are one finding of that day. */
static void
test_same_day(void)
{
	g_auto(Weeks) weeks = make_weeks(7);
	add_spot(&weeks, 2, 12, 0.3);
	add_spot(&weeks, 2, 14, 0.2);
	g_autoptr(RollstatRecurrings) once = rollstat_recurrings_find(weeks.days, weeks.periods);
	g_assert_cmpuint(once->places->len, ==, 0);
	g_assert_cmpuint(once->n_once, ==, 1);
	add_spot(&weeks, 3, 13, 0.3);
	g_autoptr(RollstatRecurrings) found = rollstat_recurrings_find(weeks.days, weeks.periods);
	g_assert_cmpuint(found->places->len, ==, 1);
	g_assert_cmpuint(get_place(found, 0)->found, ==, 2);
	g_assert_cmpuint(get_place(found, 0)->sessions, ==, 2 * SESSIONS_A_DAY);
	g_assert_cmpint(get_place(found, 0)->tightness_way.kind, ==, ROLLSTAT_DIRECTION_UNKNOWN);
}

static void
test_nothing(void)
{
	g_auto(Weeks) weeks = make_weeks(1);
	g_autoptr(RollstatRecurrings) found = rollstat_recurrings_find(weeks.days, weeks.periods);
	g_assert_cmpuint(found->places->len, ==, 0);
	g_assert_cmpuint(found->n_once, ==, 0);
	g_array_set_size(weeks.days, 0);
	g_array_set_size(weeks.periods, 0);
	g_autoptr(RollstatRecurrings) none = rollstat_recurrings_find(weeks.days, weeks.periods);
	g_assert_cmpuint(none->places->len, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/recurring/one-place", test_one_place);
	g_test_add_func("/recurring/two-places", test_two_places);
	g_test_add_func("/recurring/stragglers", test_stragglers);
	g_test_add_func("/recurring/same-day", test_same_day);
	g_test_add_func("/recurring/nothing", test_nothing);
	return g_test_run();
}
