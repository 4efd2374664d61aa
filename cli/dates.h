/* SPDX-License-Identifier: MIT
 *
 * Days as people write them.
 *
 *     2026-03-14  2026-03  2026        a day, a month, a year
 *     14.3.2026  14.3.                 day and month in this order; without a year the last such day
 *     today  yesterday  3d             3d: three days ago
 *     monday .. sunday  mon .. sun     the last one; today where it is that day
 *     january .. december  jan .. dec  the last one that has begun, whole
 *     week  month  year                the one that runs: from its first day until today
 *     last-week  last-month  last-year the whole one before it
 *
 * Letters are taken in either case, and for the words also those of the language that the locale asks for.
 */
#pragma once

#include "cli/day.h"

/* A stretch of days, both included. */
typedef struct {
	RollstatDay first, last;
} RollstatDates;

/* Reads one such word. FALSE and error (ROLLSTAT_USAGE_ERROR) that says what is right; *ret_dates is untouched then. */
gboolean rollstat_dates_parse(const char *text, RollstatDay today, RollstatDates *ret_dates,
			      GError **error);

/* The same, but a single day: a month is refused. */
gboolean rollstat_dates_parse_day(const char *text, RollstatDay today, RollstatDay *ret_day,
				  GError **error);

/* A range of one word or two: from the first day of the one to the last day of the other; at most a hundred years, not turned
 * round. words: ended by NULL. */
gboolean rollstat_dates_parse_range(const char *const *words, RollstatDay today,
				    RollstatDates *ret_dates, GError **error);
