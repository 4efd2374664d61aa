/* SPDX-License-Identifier: MIT
 *
 * What was done besides rolling, in a report.
 */
#pragma once

#include "cli/history/summary.h"
#include "cli/style.h"

/* "Also: Chair twist 1:00, Cat-cow 2:00 (2 times)." nothing without any. */
void rollstat_render_also(const RollstatStyle *style, const RollstatSummary *summary, GString *out);
