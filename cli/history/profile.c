/* SPDX-License-Identifier: MIT */
#include "cli/history/profile.h"

#include <math.h>

enum {
	REACH = 2,	 /* neighbours on each side: 2.5 cm in all */
	HOLD_SLICES = 3, /* a hold's window: 1.5 cm */
	TURN_REACH = 6,	 /* slices: 3 cm */
};

#define TURN_SHARE 0.25

guint
rollstat_slice_find(double at_cm)
{
	double slice = floor((at_cm - ROLLSTAT_SLICE_FIRST_CM) / ROLLSTAT_SLICE_CM);
	return (guint)CLAMP(slice, 0, ROLLSTAT_SLICES - 1);
}

double
rollstat_slice_get_middle_cm(guint slice)
{
	return ROLLSTAT_SLICE_FIRST_CM + (slice + 0.5) * ROLLSTAT_SLICE_CM;
}

static gboolean
is_touched(const RollstatProfile *profile, guint i)
{
	return profile->seconds[i] > 0 || profile->moving_s[i] > 0 || profile->hold_s[i] > 0;
}

RollstatTouched
rollstat_profile_find_touched(const RollstatProfile *profiles, guint n)
{
	RollstatTouched touched = {.first = ROLLSTAT_SLICES};
	for (guint k = 0; k < n; k++) {
		if (profiles[k].is_prepared) {
			touched.first = MIN(touched.first, profiles[k].touched.first);
			touched.end = MAX(touched.end, profiles[k].touched.end);
			continue;
		}
		for (guint i = 0; i < touched.first; i++)
			if (is_touched(&profiles[k], i))
				touched.first = i;
		for (guint i = ROLLSTAT_SLICES; i > touched.end; i--)
			if (is_touched(&profiles[k], i - 1))
				touched.end = i;
	}
	return touched;
}

RollstatTouched
rollstat_slices_widen(RollstatTouched touched)
{
	return (RollstatTouched){
		.first = touched.first > REACH ? touched.first - REACH : 0,
		.end = touched.end > 0 ? MIN(touched.end + REACH, ROLLSTAT_SLICES) : 0,
	};
}

void
rollstat_profile_add_hold(RollstatProfile *profile, double at_cm, double seconds)
{
	guint middle = rollstat_slice_find(at_cm);
	for (guint i = 0; i < HOLD_SLICES; i++) {
		guint slice = middle + i;
		if (slice >= 1 && slice <= ROLLSTAT_SLICES)
			profile->hold_s[slice - 1] += seconds / HOLD_SLICES;
	}
}

void
rollstat_profile_add_pass(RollstatProfile *profile, double from_cm, double to_cm)
{
	guint from = rollstat_slice_find(from_cm), to = rollstat_slice_find(to_cm);
	profile->turns[from]++;
	profile->turns[to]++;
	for (guint i = MIN(from, to); i <= MAX(from, to); i++)
		profile->passes[i]++;
}

gboolean
rollstat_profile_is_turning_place(const RollstatProfile *profiles, guint n, guint slice)
{
	guint passes = 0, turns = 0;
	guint first = slice > TURN_REACH ? slice - TURN_REACH : 0;
	guint last = MIN(slice + TURN_REACH, ROLLSTAT_SLICES - 1);
	for (guint k = 0; k < n; k++) {
		passes += profiles[k].passes[slice];
		for (guint i = first; i <= last; i++)
			turns += profiles[k].turns[i];
	}
	return turns > 0 && turns >= TURN_SHARE * passes;
}

double
rollstat_slice_sum_around(const double *values, guint slice)
{
	guint first = slice > REACH ? slice - REACH : 0;
	guint last = MIN(slice + REACH, ROLLSTAT_SLICES - 1);
	double sum = 0;
	for (guint i = first; i <= last; i++)
		sum += values[i];
	return sum;
}
