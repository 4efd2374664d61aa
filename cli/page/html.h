/* SPDX-License-Identifier: MIT
 *
 * A page as one HTML file that is XML as well: it loads nothing, runs nothing, and says so to the browser.
 */
#pragma once

#include "cli/page/page.h"

/* What stands near the beginning of every such file, and tells ours from others. */
#define ROLLSTAT_HTML_SIGN "<meta name=\"generator\" content=\"rollstat"

/* Appends the whole file. */
void rollstat_html_append(const RollstatPage *page, GString *out);
