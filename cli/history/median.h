/* SPDX-License-Identifier: MIT
 *
 * The middle of numbers.
 */
#pragma once

#include <glib.h>

/* The median of n numbers, which it brings into another order: the mean of the two in the middle where n is even; NaN without any. */
double rollstat_median_find(double *values, gsize n);
