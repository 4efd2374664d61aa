/* SPDX-License-Identifier: MIT
 *
 * Brings sessions to one level, so that a harder or quicker one can be compared with the others: a quantity is
 * taken as level(session) x profile(slice). The method is told in tight.h, 1. Pure.
 */
#pragma once

#include "cli/history/profile.h"

/* Amounts that follow from weights: force from seconds, or travel from seconds moving. */
typedef struct {
	gboolean is_speed;
	double least_cm;    /* of speed: travel below which it is not known */
	double past_most_s; /* what earlier sessions weigh, at most, beside those judged */
	const RollstatProfile *profiles; /* borrowed */
	guint n;
	RollstatTouched touched; /* by any of them: rollstat_profile_find_touched */
} RollstatQuantity;

/* Works out once what is the same whatever the session is judged with. Nothing may be added to the profile then. */
void rollstat_levelling_prepare(RollstatProfile *profile);

/* ret_levels: one a session; 0 for those without the quantity. */
void rollstat_levelling_get_levels(const RollstatQuantity *quantity, double *ret_levels);

/* ret_profile (ROLLSTAT_SLICES long): amount over weight x level, of the sessions from first on, over each
 * slice and its neighbours; those before first weigh past_most_s there at most. NaN where too little is known. */
void rollstat_levelling_get_profile(const RollstatQuantity *quantity, const double *levels,
				    guint first, double *ret_profile);

/* The median of what is known of ROLLSTAT_SLICES values, where those are least or more; else NaN. */
double rollstat_levelling_get_median(const double *values, guint least);
