/* SPDX-License-Identifier: MIT
 *
 * Tight spots that are found again and again.
 *
 * 1. Each day with sessions is judged as tight.h tells, against the 28 days before it: its spots are those that the report of
 *    that day tells.
 * 2. Findings that lie in 3 cm (each is told within 1.5 cm) are of one place: the 3 cm in which spots were found on most days
 *    first (then those with most tightness in sum, then the higher ones), then what is left, and so on. The place is the mean of its
 *    findings. One that is less than 2 cm from a place found before, nearer than two spots of one day can be, is the same place.
 * 3. A place with findings on two days or more recurs. The others are only counted.
 * 4. It was judged on the days on which enough time was spent there for tightness to be known (tight.h: 1 s in 2.5 cm): it is told
 *    how often it was found of those days.
 * 5. Better or worse is the direction (direction.h) of the tightness in the 2.5 cm around the place over the periods of the range
 *    (periods.h), each the mean of its days, on which it was found or not; by 0.05 or more. "Then" and "now" are the two ends of
 *    that line. Without a direction it is about the same.
 *
 * Pure.
 */
#pragma once

#include "cli/time/direction.h"
#include "cli/time/stretches.h"

/* By how much the tightness of a place must change to be better or worse. */
#define ROLLSTAT_RECURRING_CHANGE 0.05

typedef struct {
	double at_cm;
	guint found, judged;		 /* days */
	guint sessions;			 /* on the days on which it was found */
	RollstatDay first, last;	 /* on which it was found */
	double highest;			 /* tightness of the tightest finding */
	RollstatDirection tightness_way; /* less is better */
	guint n_counts;			 /* periods */
	double *counts;			 /* in each of them, on how many days it was found */
} RollstatRecurring;

typedef struct {
	GArray *places; /* RollstatRecurring, the one found on most days first */
	guint n_once;	/* places found on one day alone */
} RollstatRecurrings;

/* days: RollstatStretch of single days, in order of time. periods: RollstatPeriod that cover them. Returns it given. */
RollstatRecurrings *rollstat_recurrings_find(const GArray *days, const GArray *periods);
void rollstat_recurrings_free(RollstatRecurrings *recurrings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatRecurrings, rollstat_recurrings_free)
