/* SPDX-License-Identifier: MIT */
#include "cli/day.h"

#include <glib/gi18n-lib.h>

enum {
	ISO_LENGTH = 10,
};

static const char *const weekdays[] = {
	N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
	N_("Friday"), N_("Saturday"), N_("Sunday"),
};

static const char *const short_weekdays[] = {
	N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
};

static const char *const months[] = {
	N_("January"),	 N_("February"), N_("March"),	 N_("April"),
	N_("May"),	 N_("June"),	 N_("July"),	 N_("August"),
	N_("September"), N_("October"),	 N_("November"), N_("December"),
};

static const char *const short_months[] = {
	N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
	N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
};

static guint
digits(const char *text, guint n)
{
	guint value = 0;
	for (guint i = 0; i < n; i++)
		value = value * 10 + (guint)g_ascii_digit_value(text[i]);
	return value;
}

gboolean
rollstat_day_parse(const char *text, RollstatDay *ret_day)
{
	if (strlen(text) != ISO_LENGTH)
		return FALSE;
	for (guint i = 0; i < ISO_LENGTH; i++) {
		gboolean is_dash = i == 4 || i == 7;
		if (is_dash ? text[i] != '-' : !g_ascii_isdigit(text[i]))
			return FALSE;
	}
	GDateYear year = (GDateYear)digits(text, 4);
	GDateMonth month = (GDateMonth)digits(text + 5, 2);
	GDateDay day = (GDateDay)digits(text + 8, 2);
	if (!g_date_valid_dmy(day, month, year))
		return FALSE;
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, day, month, year);
	*ret_day = g_date_get_julian(&date);
	return TRUE;
}

static GDate
date_of(RollstatDay day)
{
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_julian(&date, day);
	return date;
}

static GDateTime *
local_time(gint64 t_us, GTimeZone *zone)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(t_us / G_USEC_PER_SEC);
	return utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;
}

RollstatDay
rollstat_day_of(gint64 t_us, GTimeZone *zone)
{
	g_autoptr(GDateTime) local = local_time(t_us, zone);
	if (local == NULL)
		return 1;
	int year, month, day;
	g_date_time_get_ymd(local, &year, &month, &day);
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
	return g_date_get_julian(&date);
}

gint64
rollstat_day_get_begin_us(RollstatDay day, GTimeZone *zone)
{
	GDate date = date_of(day);
	g_autoptr(GDateTime) midnight =
		g_date_time_new(zone, g_date_get_year(&date), (int)g_date_get_month(&date),
				g_date_get_day(&date), 0, 0, 0);
	if (midnight == NULL) /* beyond the year 9999 */
		return G_MAXINT64;
	gint64 begin_us = g_date_time_to_unix(midnight) * G_USEC_PER_SEC;
	/* Where clocks go back at midnight, midnight comes twice: the day begins with the first. */
	gint64 hour_us = 3600 * (gint64)G_USEC_PER_SEC;
	return rollstat_day_of(begin_us - hour_us, zone) == day ? begin_us - hour_us : begin_us;
}

RollstatDay
rollstat_day_get_monday(RollstatDay day)
{
	GDate date = date_of(day);
	RollstatDay back = (RollstatDay)g_date_get_weekday(&date) - G_DATE_MONDAY;
	return day > back ? day - back : 1;
}

RollstatDay
rollstat_day_get_first_of_month(RollstatDay day)
{
	GDate date = date_of(day);
	return day - (RollstatDay)(g_date_get_day(&date) - 1);
}

char *
rollstat_day_dup_iso(RollstatDay day)
{
	GDate date = date_of(day);
	return g_strdup_printf("%04d-%02d-%02d", g_date_get_year(&date),
			       (int)g_date_get_month(&date), g_date_get_day(&date));
}

char *
rollstat_day_dup_long(RollstatDay day)
{
	GDate date = date_of(day);
	/* Translators: weekday, day of the month, month, year. */
	return g_strdup_printf(_("%s %d %s %d"), _(weekdays[g_date_get_weekday(&date) - 1]),
			       g_date_get_day(&date), _(months[g_date_get_month(&date) - 1]),
			       g_date_get_year(&date));
}

char *
rollstat_day_dup_short(RollstatDay day)
{
	GDate date = date_of(day);
	/* Translators: 10 columns in all. */
	return g_strdup_printf(_("%s %2d %s"), _(short_weekdays[g_date_get_weekday(&date) - 1]),
			       g_date_get_day(&date), _(short_months[g_date_get_month(&date) - 1]));
}

char *
rollstat_day_dup_clock(gint64 t_us, GTimeZone *zone)
{
	g_autoptr(GDateTime) local = local_time(t_us, zone);
	if (local == NULL)
		return g_strdup("--:--");
	return g_strdup_printf("%02d:%02d", g_date_time_get_hour(local),
			       g_date_time_get_minute(local));
}
