/* SPDX-License-Identifier: MIT */
#include "cli/history/median.h"

#include <math.h>
#include <stdlib.h>

static int
compare(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;
	return (first > second) - (first < second);
}

double
rollstat_median_find(double *values, gsize n)
{
	if (n == 0)
		return NAN;
	qsort(values, n, sizeof *values, compare);
	return (values[(n - 1) / 2] + values[n / 2]) / 2;
}
