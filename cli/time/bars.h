/* SPDX-License-Identifier: MIT
 *
 * Bars of any quantity, in Unicode blocks or ASCII. The number always stands beside them.
 */
#pragma once

#include "cli/style.h"

/* A bar to the right: share (0..1) of so many cells, filled up with blanks; what is not nothing shows. */
void rollstat_bar_append(const RollstatStyle *style, GString *out, double share, guint cells);

/* A row of upright bars, each value a share of the highest; where there are more values than cells, means of as many
 * as fall on one. NaN and 0 are dots. Filled up with blanks to cells. */
void rollstat_bar_append_row(const RollstatStyle *style, GString *out, const double *values,
			     guint n, guint cells);
