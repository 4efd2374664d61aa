/* SPDX-License-Identifier: MIT
 *
 * What both forms of a report say in words.
 */
#pragma once

#include "cli/page/page.h"

/* A fact that holds for everybody, and where it comes from; source NULL: it needs none. Both N_(). */
typedef struct {
	const char *text, *source;
} RollstatCaution;

/* Ended by one without text. */
extern const RollstatCaution rollstat_words_cautions[];

/* "Monday 9 March 2026 to Saturday 14 March 2026", or the one day; given. */
char *rollstat_words_dup_range(const RollstatPage *page);

/* The person, with what there is of others and how to see it; given. Empty: nothing was recorded of anybody. */
char *rollstat_words_dup_person(const RollstatPage *page);

/* The name of a period: "2026-03-09" (a day, or a week's first day), "2026-03", "2026"; given. */
char *rollstat_words_dup_period(const RollstatPagePeriod *period);

/* "Day by day", "Time a week", "Time a month", "Time a year"; static. */
const char *rollstat_words_get_step(RollstatPageStep step);

/* "3 of 5": on how many of the days with sessions a zone had its dose; given. NULL where it had none and is one that nobody is
 * told to roll. */
char *rollstat_words_dup_kept(const RollstatPage *page, const RollstatPageZone *zone);

/* What a mean day was for a zone: "too little", "enough", "above dose", "with care"; static. */
const char *rollstat_words_get_dose(const RollstatPageZone *zone);

/* "412 of 500 passes (82 %) went at 7 to 14 cm/s, ..."; given. Without whole passes it says so. */
char *rollstat_words_dup_speeds(const RollstatPage *page);

/* "Nothing was recorded ... The last session before was ..."; given. */
char *rollstat_words_dup_nothing(const RollstatPage *page);

/* A share in whole per cent. */
guint rollstat_words_get_percent(double part, double whole);
