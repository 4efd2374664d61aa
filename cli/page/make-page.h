/* SPDX-License-Identifier: MIT
 *
 * Makes a page out of what was read. Pure: structs in, structs out.
 */
#pragma once

#include "cli/page/page.h"

/* The first day of the trend of a range: so that it shows twelve weeks at least, and all of a longer one. */
RollstatDay rollstat_page_find_trend(RollstatDay first, RollstatDay last);

/* Returns a given page. */
RollstatPage *rollstat_page_new(const RollstatPageInput *input);
void rollstat_page_free(RollstatPage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatPage, rollstat_page_free)
