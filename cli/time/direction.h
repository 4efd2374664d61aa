/* SPDX-License-Identifier: MIT
 *
 * Whether values in order of time go up or down, and how far: neutrally, and only where there are enough of them.
 *
 * A direction is told where two things hold. Of all pairs of values so many more go up than down (or down than up) that chance
 * brings it in one series of ten at most: the test of Mann and Kendall, two-sided, |z| of 1.645 or more, z = (|S| - 1) / s, S the
 * pairs that go up less those that go down, s squared = (n (n - 1) (2 n + 5) - the same of each group of equal values) / 18. And
 * the line of Theil and Sen (its slope: the median of the slopes of all pairs; through the medians of the values and of their
 * places) changes by least_change or more from the first value to the last. A single odd week moves neither. Four values are
 * the least, and then all must go one way. Pure.
 */
#pragma once

#include <glib.h>

enum {
	ROLLSTAT_DIRECTION_LEAST = 4, /* values */
};

typedef enum {
	ROLLSTAT_DIRECTION_UNKNOWN, /* too few values */
	ROLLSTAT_DIRECTION_UNCLEAR, /* what changed may be chance, or is little */
	ROLLSTAT_DIRECTION_LESS,
	ROLLSTAT_DIRECTION_MORE,
} RollstatDirectionKind;

typedef struct {
	RollstatDirectionKind kind;
	guint n;	 /* values known */
	double from, to; /* the line at the first and at the last of them; NaN where unknown */
} RollstatDirection;

/* values: one a step of time; NaN: not known. Takes time by the square of n. */
RollstatDirection rollstat_direction_find(const double *values, guint n, double least_change);

/* For scripts: "unknown", "unclear", "less", "more"; static. */
const char *rollstat_direction_get_key(RollstatDirectionKind kind);
