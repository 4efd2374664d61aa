/* SPDX-License-Identifier: MIT
 *
 * The sections of the file, each with its heading, its picture and the table behind it.
 */
#pragma once

#include "cli/page/markup.h"
#include "cli/page/page.h"

#include <glib/gi18n-lib.h>

/* The spine with time, heat, force and tight spots; where no place was told it says so. */
void rollstat_html_add_spine(const RollstatPage *page, GString *out);

/* Each zone's mean day against the dose. */
void rollstat_html_add_doses(const RollstatPage *page, GString *out);

/* The table behind that, open: what each zone got. */
void rollstat_html_add_zones(const RollstatPage *page, GString *out);

/* A small picture a zone, all on one scale. */
void rollstat_html_add_trend(const RollstatPage *page, GString *out);

/* The days of the range, a row of bars a zone; nothing for a range of one day, or of many. */
void rollstat_html_add_days(const RollstatPage *page, GString *out);

/* A table of periods, folded away: RollstatPagePeriod of page. caption: what a screen reader calls it. */
void rollstat_html_add_periods(const RollstatPage *page, const GArray *periods, const char *caption,
			       GString *out);

/* How many passes went at each speed; without whole passes it says so. */
void rollstat_html_add_speeds(const RollstatPage *page, GString *out);

/* Nothing where no session told sides. */
void rollstat_html_add_sides(const RollstatPage *page, GString *out);

/* A row a session, or a row a period where there are more than ROLLSTAT_PAGE_SESSIONS_MOST. */
void rollstat_html_add_sessions(const RollstatPage *page, GString *out);

/* What folds the table behind a picture away: with its summary; "</details>\n" ends it. */
void rollstat_html_begin_details(GString *out);
