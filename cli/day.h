/* SPDX-License-Identifier: MIT
 *
 * Local days. A day is a whole number (as g_date_get_julian counts), so that the days of a range are
 * plain arithmetic; where it begins and ends on the clock is asked of the time zone: a day has 23 or
 * 25 hours where the clock is changed. The zone and the present moment are arguments, never read here.
 */
#pragma once

#include <glib.h>

/* Days since 31 December of the year 0; 0 is no day. */
typedef guint32 RollstatDay;

/* Reads "YYYY-MM-DD", strictly: four, two and two digits and a day that exists. Returns FALSE else. */
gboolean rollstat_day_parse(const char *text, RollstatDay *ret_day);

/* The local day that holds a moment. t_us: Unix microseconds. */
RollstatDay rollstat_day_of(gint64 t_us, GTimeZone *zone);

/* The first moment of a local day, Unix microseconds. */
gint64 rollstat_day_get_begin_us(RollstatDay day, GTimeZone *zone);

/* The Monday of its week; the first of its month. */
RollstatDay rollstat_day_get_monday(RollstatDay day);
RollstatDay rollstat_day_get_first_of_month(RollstatDay day);

/* "2026-03-14"; "Saturday 14 March 2026"; "Sat 14 Mar": given, in the language of the locale. */
char *rollstat_day_dup_iso(RollstatDay day);
char *rollstat_day_dup_long(RollstatDay day);
char *rollstat_day_dup_short(RollstatDay day);

/* "07:12" on the local clock; given. */
char *rollstat_day_dup_clock(gint64 t_us, GTimeZone *zone);
