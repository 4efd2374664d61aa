/* SPDX-License-Identifier: MIT
 *
 * The parts of a page on a terminal.
 */
#pragma once

#include "cli/page/page.h"
#include "cli/style.h"

/* A heading with a blank line before it. */
void rollstat_text_append_head(const RollstatStyle *style, const char *text, GString *out);

/* The spine, head on top: a line a level, with bars of its time and force. */
void rollstat_text_append_spine(const RollstatPage *page, const RollstatStyle *style, GString *out);

/* A line a zone: a column a period. */
void rollstat_text_append_trend(const RollstatPage *page, const RollstatStyle *style, GString *out);

/* The same of each day; nothing for a range of one day, or of many. */
void rollstat_text_append_days(const RollstatPage *page, const RollstatStyle *style, GString *out);

/* A column each cm/s. */
void rollstat_text_append_speeds(const RollstatPage *page, const RollstatStyle *style,
				 GString *out);

/* A bar of three parts; nothing where no session told sides. */
void rollstat_text_append_sides(const RollstatPage *page, const RollstatStyle *style, GString *out);
