/* SPDX-License-Identifier: MIT
 *
 * A session over the back, in slices of half a centimetre: what tight.h judges. Pure.
 */
#pragma once

#include <glib.h>

enum {
	ROLLSTAT_SLICES = 256,
};

/* Slice i covers [ROLLSTAT_SLICE_FIRST_CM + i * ROLLSTAT_SLICE_CM, + ROLLSTAT_SLICE_CM). */
#define ROLLSTAT_SLICE_CM 0.5
#define ROLLSTAT_SLICE_FIRST_CM (-30.0)

/* Half the stretch over which a slice or spot is judged: the slice and two on each side. */
#define ROLLSTAT_SPOT_REACH_CM 1.25

/* Slices [first, end); end 0: none. */
typedef struct {
	guint first, end;
} RollstatTouched;

/* One session: sums, as the table slice has them. force: newton seconds or count seconds; hold_s: seconds
 * of holds. Zero where untouched. */
typedef struct {
	gboolean has_force;
	double seconds[ROLLSTAT_SLICES], force[ROLLSTAT_SLICES];
	double moving_s[ROLLSTAT_SLICES], travel_cm[ROLLSTAT_SLICES];
	double hold_s[ROLLSTAT_SLICES];
	guint passes[ROLLSTAT_SLICES], turns[ROLLSTAT_SLICES]; /* that go over it; that end in it */
	/* By rollstat_levelling_prepare, for whoever judges a session again and again: its level beside a flat profile, and
	 * where it was. */
	gboolean is_prepared;
	double force_level, speed_level;
	RollstatTouched touched;
} RollstatProfile;

/* Those outside which no session spent any time, nor held: nothing is to be summed there. */
RollstatTouched rollstat_profile_find_touched(const RollstatProfile *profiles, guint n);

/* The same with the neighbours that rollstat_slice_sum_around reaches. */
RollstatTouched rollstat_slices_widen(RollstatTouched touched);

/* The slice that holds a place; the outermost ones take all beyond. */
guint rollstat_slice_find(double at_cm);

/* The middle of a slice, cm from C7. */
double rollstat_slice_get_middle_cm(guint slice);

/* The sum of values (ROLLSTAT_SLICES long) over a slice and the two on each side. */
double rollstat_slice_sum_around(const double *values, guint slice);

/* Adds a hold of so many seconds, spread over the 1.5 cm around its place. */
void rollstat_profile_add_hold(RollstatProfile *profile, double at_cm, double seconds);

/* Adds a pass, which turns at both its ends. Of use for the sessions that are judged, not for the history. */
void rollstat_profile_add_pass(RollstatProfile *profile, double from_cm, double to_cm);

/* Whether, of the passes of n sessions over a slice, a quarter or more turn within 3 cm of it. */
gboolean rollstat_profile_is_turning_place(const RollstatProfile *profiles, guint n, guint slice);
