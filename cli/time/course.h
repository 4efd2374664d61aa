/* SPDX-License-Identifier: MIT
 *
 * How places of the back fared over the periods of a range: what the verb trend tells. Pure.
 */
#pragma once

#include "cli/time/direction.h"
#include "cli/time/stretches.h"

/* How far the line must change for a direction to be told (direction.h): seconds by a share of their mean, force by a share of
 * its mean, tightness by as much as 5 % more force makes. */
#define ROLLSTAT_COURSE_SECONDS_SHARE 0.1
#define ROLLSTAT_COURSE_FORCE_SHARE 0.05
#define ROLLSTAT_COURSE_TIGHTNESS_LEAST 0.05

/* A place over all periods. Seconds go by whole periods alone; force and tightness by all that have them, also by one
 * that still runs. */
typedef struct {
	RollstatPlace *place;
	RollstatStretchSum *steps; /* one a stretch */
	guint n_steps, sessions;
	double seconds;
	RollstatDirection seconds_way, force_way, tightness_way;
} RollstatCourse;

/* Returns a given course; takes place. */
RollstatCourse *rollstat_course_new(const RollstatHistory *history, const GArray *stretches,
				    RollstatPlace *place);
void rollstat_course_free(RollstatCourse *course);

/* What the verb trend tells. all borrowed. */
typedef struct {
	const char *person;
	const char *whose;   /* the line below the title; NULL: none */
	RollstatDates range; /* until today, where it reaches further */
	RollstatStep step;
	const GArray *stretches;  /* RollstatStretch */
	const GPtrArray *courses; /* RollstatCourse, from head to feet */
	gboolean is_one;	  /* a place was asked for: it is told period by period */
	guint sessions, days;	  /* in the range; days with sessions */
} RollstatTrend;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatCourse, rollstat_course_free)
