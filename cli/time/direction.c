/* SPDX-License-Identifier: MIT */
#include "cli/time/direction.h"

#include "cli/history/median.h"

#include <math.h>
#include <stdlib.h>

/* Two-sided, one in ten. */
#define LEAST_Z 1.645

/* The values that are known, and at which step each stands. */
typedef struct {
	double *values, *steps;
	guint n;
} Series;

static double
get_spread(double n)
{
	return n * (n - 1) * (2 * n + 5);
}

static int
compare_values(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;
	return (first > second) - (first < second);
}

/* sorted: the values. */
static double
get_variance(const double *sorted, guint n)
{
	double sum = get_spread(n);
	for (guint i = 0, equal; i < n; i += equal) {
		for (equal = 1; i + equal < n && sorted[i + equal] == sorted[i];)
			equal++;
		sum -= get_spread(equal);
	}
	return sum / 18;
}

/* Pairs that go up less those that go down. */
static gint64
count_pairs(const Series *series)
{
	gint64 sum = 0;
	for (guint i = 0; i < series->n; i++)
		for (guint k = i + 1; k < series->n; k++)
			sum += (series->values[k] > series->values[i]) -
			       (series->values[k] < series->values[i]);
	return sum;
}

static double
find_slope(const Series *series)
{
	guint n = 0;
	g_autofree double *slopes = g_new(double, (gsize)series->n *(series->n - 1) / 2);
	for (guint i = 0; i < series->n; i++)
		for (guint k = i + 1; k < series->n; k++)
			slopes[n++] = (series->values[k] - series->values[i]) /
				      (series->steps[k] - series->steps[i]);
	return rollstat_median_find(slopes, n);
}

/* Of ROLLSTAT_DIRECTION_LEAST values or more. */
static RollstatDirection
judge(const Series *series, double least_change)
{
	double slope = find_slope(series);
	double first = series->steps[0], last = series->steps[series->n - 1];
	double middle = (series->steps[(series->n - 1) / 2] + series->steps[series->n / 2]) / 2;
	gint64 pairs = count_pairs(series);
	double median = rollstat_median_find(series->values, series->n);
	qsort(series->values, series->n, sizeof *series->values, compare_values);
	double deviation = sqrt(get_variance(series->values, series->n));
	RollstatDirection direction = {
		.kind = ROLLSTAT_DIRECTION_UNCLEAR,
		.n = series->n,
		.from = median + slope * (first - middle),
		.to = median + slope * (last - middle),
	};
	gboolean is_chance = !(deviation > 0) || (llabs(pairs) - 1) / deviation < LEAST_Z;
	if (!is_chance && fabs(direction.to - direction.from) >= least_change)
		direction.kind = pairs > 0 ? ROLLSTAT_DIRECTION_MORE : ROLLSTAT_DIRECTION_LESS;
	return direction;
}

RollstatDirection
rollstat_direction_find(const double *values, guint n, double least_change)
{
	g_autofree double *known = g_new(double, n + 1);
	g_autofree double *steps = g_new(double, n + 1);
	Series series = {.values = known, .steps = steps};
	for (guint i = 0; i < n; i++) {
		if (isnan(values[i]))
			continue;
		known[series.n] = values[i];
		steps[series.n++] = i;
	}
	if (series.n < ROLLSTAT_DIRECTION_LEAST)
		return (RollstatDirection){.n = series.n, .from = NAN, .to = NAN};
	return judge(&series, least_change);
}

const char *
rollstat_direction_get_key(RollstatDirectionKind kind)
{
	static const char *const keys[] = {"unknown", "unclear", "less", "more"};
	return keys[kind];
}
