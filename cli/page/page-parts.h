/* SPDX-License-Identifier: MIT
 *
 * How a page is made, part by part: each fills its fields of a page whose zones stand already.
 */
#pragma once

#include "cli/page/page.h"

/* slices, longest_s, most_n, above_s, below_s, levels. */
void rollstat_page_add_spine(RollstatPage *page);

/* step, periods, most_s, what zones tell of periods, and days. */
void rollstat_page_add_trend(RollstatPage *page);
