/* SPDX-License-Identifier: MIT */
#include "cli/history/median.h"

#include <math.h>

/* Numbers [first, last]. */
typedef struct {
	gssize first, last;
} Part;

/* Brings those below a number in the part's middle before those above it. Returns where n-th is then looked for; of
 * one number or none: there it is. */
static Part
divide(double *values, Part part, gssize nth)
{
	double pivot = values[part.first + (part.last - part.first) / 2];
	gssize low = part.first, high = part.last;
	while (low <= high) {
		while (values[low] < pivot)
			low++;
		while (values[high] > pivot)
			high--;
		if (low > high)
			break;
		double kept = values[low];
		values[low++] = values[high];
		values[high--] = kept;
	}
	return nth <= high  ? (Part){part.first, high}
	       : nth >= low ? (Part){low, part.last}
			    : (Part){nth, nth};
}

double
rollstat_median_find(double *values, gsize n)
{
	if (n == 0)
		return NAN;
	gssize nth = (gssize)(n - 1) / 2;
	Part part = {0, (gssize)n - 1};
	while (part.first < part.last)
		part = divide(values, part, nth);
	double above = n % 2 == 0 ? G_MAXDOUBLE : values[nth];
	for (gsize i = (gsize)nth + 1; n % 2 == 0 && i < n; i++)
		above = MIN(above, values[i]);
	return (values[nth] + above) / 2;
}
