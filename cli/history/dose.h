/* SPDX-License-Identifier: MIT
 *
 * How much is enough, by the literature: never a medical verdict. Pure.
 */
#pragma once

#include <glib.h>

/* Least time on a muscle group against soreness (review of 2019), seconds a day. */
#define ROLLSTAT_DOSE_LEAST_S 90.0

/* Most time of one set; 1 to 3 sets of 30 to 120 s are advised (Behm 2020, J Strength Cond Res 34:3301). */
#define ROLLSTAT_DOSE_MOST_S 120.0

/* "10 minutes on one knot bruises" (clinic guidance): seconds on one spot in a day. */
#define ROLLSTAT_DOSE_BRUISE_S 600.0

/* Body weight is a force, too. On a roller (legs) it was 32 to 34 % of body weight in the mean, 51 to 55 % at most (Baumgart 2019,
 * Sports 7:27). On the upper back nothing is published. */
#define ROLLSTAT_DOSE_NEWTONS_PER_KG 9.80665

/* Speed of a pass, cm/s: a thoracic spine of 28 cm in 2 to 4 s, which is what is advised for one movement in
 * one direction (Behm 2020; BHK 11(1) 2019). By speed, so that a short pass is not taken for a quick one. */
#define ROLLSTAT_DOSE_SPEED_LEAST_CMPS 7.0
#define ROLLSTAT_DOSE_SPEED_MOST_CMPS 14.0

typedef enum {
	ROLLSTAT_DOSE_NONE,   /* not rolled: less than a second */
	ROLLSTAT_DOSE_LITTLE, /* less than ROLLSTAT_DOSE_LEAST_S */
	ROLLSTAT_DOSE_ENOUGH, /* from there to ROLLSTAT_DOSE_MOST_S */
	ROLLSTAT_DOSE_OVER,   /* more */
} RollstatDose;

/* The seconds that are shown and judged: those that are full (a thousandth is forgiven to sums). */
gint64 rollstat_dose_get_whole_s(double seconds);

/* Judges the seconds of one zone on one day. */
RollstatDose rollstat_dose_judge(double seconds);

/* Whole seconds that are missing to ROLLSTAT_DOSE_LEAST_S; 0 where none are. */
guint rollstat_dose_get_missing_s(double seconds);

/* For people: "not rolled", "too little", "enough", "above dose"; for scripts: "none", "too-little",
 * "enough", "above". Static. */
const char *rollstat_dose_get_words(RollstatDose dose);
const char *rollstat_dose_get_key(RollstatDose dose);
