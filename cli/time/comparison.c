/* SPDX-License-Identifier: MIT */
#include "cli/time/comparison.h"

#include <math.h>

enum {
	DAYS_PER_WEEK = 7,
};

/* least: how far the two must be apart. */
static RollstatDifference
differ(double first, double second, double least)
{
	RollstatDifference difference = {.first = first, .second = second};
	if (isnan(first) || isnan(second))
		return difference;
	if (fabs(second - first) < least || first == second)
		difference.kind = ROLLSTAT_DIFFERENCE_ALIKE;
	else
		difference.kind =
			second > first ? ROLLSTAT_DIFFERENCE_MORE : ROLLSTAT_DIFFERENCE_LESS;
	return difference;
}

static RollstatDifference
differ_by_share(double first, double second, double share)
{
	return differ(first, second, share * fmax(first, second));
}

/* value over n; NaN where there is nothing to divide by. */
static double
divide(double value, guint n)
{
	return n > 0 ? value / n : NAN;
}

static guint
count_days(RollstatDates dates)
{
	return dates.last - dates.first + 1;
}

static const RollstatZoneSum *
find_zone(const RollstatSummary *summary, const char *name)
{
	for (guint i = 0; i < summary->zones->len; i++) {
		const RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
		if (g_str_equal(zone->name, name))
			return zone;
	}
	return NULL;
}

/* A zone that a stretch does not have was not rolled in it. */
static double
get_per_day(const RollstatSummary *summary, const RollstatZoneSum *zone, gboolean is_passes)
{
	double value = 0;
	if (zone != NULL)
		value = is_passes ? zone->passes : zone->seconds;
	return divide(value, summary->days);
}

static RollstatZoneDifference
compare_zone(const RollstatComparison *comparison, const RollstatZoneSum *first,
	     const RollstatZoneSum *second)
{
	const RollstatSummary *const *summaries = comparison->summaries;
	const RollstatZoneSum *named = second != NULL ? second : first;
	RollstatZoneDifference zone = {.zone = named->name, .from_cm = named->from_cm};
	zone.is_rolled =
		(first != NULL && first->seconds >= 1) || (second != NULL && second->seconds >= 1);
	zone.seconds = differ_by_share(get_per_day(summaries[0], first, FALSE),
				       get_per_day(summaries[1], second, FALSE),
				       ROLLSTAT_COMPARISON_SHARE);
	zone.passes =
		differ_by_share(get_per_day(summaries[0], first, TRUE),
				get_per_day(summaries[1], second, TRUE), ROLLSTAT_COMPARISON_SHARE);
	zone.mean_n = differ_by_share(first != NULL ? first->mean_n : NAN,
				      second != NULL ? second->mean_n : NAN,
				      ROLLSTAT_COMPARISON_FORCE_SHARE);
	zone.tightness =
		differ(first != NULL ? first->tightness : NAN,
		       second != NULL ? second->tightness : NAN, ROLLSTAT_COMPARISON_TIGHTNESS);
	return zone;
}

static int
compare_places(gconstpointer a, gconstpointer b)
{
	const RollstatZoneDifference *first = a, *second = b;
	if (first->from_cm != second->from_cm)
		return first->from_cm < second->from_cm ? -1 : 1;
	return g_strcmp0(first->zone, second->zone);
}

static void
compare_zones(RollstatComparison *comparison)
{
	const RollstatSummary *const *summaries = comparison->summaries;
	for (guint i = 0; i < summaries[0]->zones->len; i++) {
		const RollstatZoneSum *first =
			&g_array_index(summaries[0]->zones, RollstatZoneSum, i);
		RollstatZoneDifference zone =
			compare_zone(comparison, first, find_zone(summaries[1], first->name));
		g_array_append_val(comparison->zones, zone);
	}
	for (guint i = 0; i < summaries[1]->zones->len; i++) {
		const RollstatZoneSum *second =
			&g_array_index(summaries[1]->zones, RollstatZoneSum, i);
		if (find_zone(summaries[0], second->name) != NULL)
			continue;
		RollstatZoneDifference zone = compare_zone(comparison, NULL, second);
		g_array_append_val(comparison->zones, zone);
	}
	g_array_sort(comparison->zones, compare_places);
}

RollstatComparison *
rollstat_comparison_new(const RollstatDates dates[2], const RollstatSummary *const summaries[2])
{
	RollstatComparison *comparison = g_new0(RollstatComparison, 1);
	const RollstatSummary *first = summaries[0], *second = summaries[1];
	guint days[] = {count_days(dates[0]), count_days(dates[1])};
	for (guint i = 0; i < 2; i++) {
		comparison->dates[i] = dates[i];
		comparison->summaries[i] = summaries[i];
	}
	comparison->zones = g_array_new(FALSE, TRUE, sizeof(RollstatZoneDifference));
	comparison->days_share =
		differ_by_share(divide(first->days, days[0]), divide(second->days, days[1]),
				ROLLSTAT_COMPARISON_SHARE);
	comparison->sessions = differ_by_share(divide(first->sessions * DAYS_PER_WEEK, days[0]),
					       divide(second->sessions * DAYS_PER_WEEK, days[1]),
					       ROLLSTAT_COMPARISON_SHARE);
	comparison->seconds =
		differ_by_share(divide(first->loaded_s, first->days),
				divide(second->loaded_s, second->days), ROLLSTAT_COMPARISON_SHARE);
	comparison->seconds_all =
		differ_by_share(divide(first->loaded_s, days[0]), divide(second->loaded_s, days[1]),
				ROLLSTAT_COMPARISON_SHARE);
	compare_zones(comparison);
	return comparison;
}

void
rollstat_comparison_free(RollstatComparison *comparison)
{
	if (comparison == NULL)
		return;
	g_array_unref(comparison->zones);
	g_free(comparison);
}

const char *
rollstat_difference_get_key(RollstatDifferenceKind kind)
{
	static const char *const keys[] = {"unknown", "alike", "less", "more"};
	return keys[kind];
}
