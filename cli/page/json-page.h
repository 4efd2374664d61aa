/* SPDX-License-Identifier: MIT
 *
 * A page for scripts, by the rules of cli/report/json.h: what its pictures show.
 */
#pragma once

#include "cli/page/page.h"

/* Appends one JSON object and a line feed. */
void rollstat_page_append_json(const RollstatPage *page, GString *out);
