/* SPDX-License-Identifier: MIT */
#include "cli/time/course.h"

#include <math.h>

typedef double (*GetValue)(const RollstatStretch *stretch, const RollstatStretchSum *sum);

static double
get_seconds(const RollstatStretch *stretch, const RollstatStretchSum *sum)
{
	return stretch->period.is_whole ? sum->seconds : NAN;
}

static double
get_force(const RollstatStretch *stretch, const RollstatStretchSum *sum)
{
	(void)stretch;
	return sum->mean_n;
}

static double
get_tightness(const RollstatStretch *stretch, const RollstatStretchSum *sum)
{
	(void)stretch;
	return sum->tightness;
}

/* least_change: of the values' mean where share is named, else by itself. */
static RollstatDirection
find_way(const RollstatCourse *course, const GArray *stretches, GetValue get, double share)
{
	g_autofree double *values = g_new(double, course->n_steps + 1);
	double sum = 0;
	guint known = 0;
	for (guint i = 0; i < course->n_steps; i++) {
		values[i] = get(&g_array_index(stretches, RollstatStretch, i), &course->steps[i]);
		sum += isnan(values[i]) ? 0 : values[i];
		known += !isnan(values[i]);
	}
	double least = share > 0 ? share * sum / MAX(known, 1) : ROLLSTAT_COURSE_TIGHTNESS_LEAST;
	return rollstat_direction_find(values, course->n_steps, least);
}

RollstatCourse *
rollstat_course_new(const RollstatHistory *history, const GArray *stretches, RollstatPlace *place)
{
	RollstatCourse *course = g_new0(RollstatCourse, 1);
	course->place = place;
	course->n_steps = stretches->len;
	course->steps = g_new0(RollstatStretchSum, stretches->len + 1);
	for (guint i = 0; i < stretches->len; i++) {
		course->steps[i] = rollstat_stretch_sum(
			history, &g_array_index(stretches, RollstatStretch, i), place);
		course->seconds += course->steps[i].seconds;
		course->sessions += course->steps[i].sessions;
	}
	course->seconds_way =
		find_way(course, stretches, get_seconds, ROLLSTAT_COURSE_SECONDS_SHARE);
	course->force_way = find_way(course, stretches, get_force, ROLLSTAT_COURSE_FORCE_SHARE);
	course->tightness_way = find_way(course, stretches, get_tightness, 0);
	return course;
}

void
rollstat_course_free(RollstatCourse *course)
{
	if (course == NULL)
		return;
	rollstat_place_free(course->place);
	g_free(course->steps);
	g_free(course);
}
