/* SPDX-License-Identifier: MIT
 *
 * A page on a terminal: the same pictures in blocks, or in ASCII.
 */
#pragma once

#include "cli/page/page.h"
#include "cli/report/render.h"

/* Appends the whole of it. */
void rollstat_text_append(const RollstatPage *page, const RollstatView *view, GString *out);
