/* SPDX-License-Identifier: MIT */
#include "cli/day.h"

#include <glib/gi18n-lib.h>

enum {
	ISO_LENGTH = 10,
};

#define DAY_S ((gint64)86400)
#define DAY_1970 ((gint64)719163)
#define DAY_MIN ((gint64)1)
#define DAY_MAX ((gint64)3652059)

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

/* Seconds since the beginning of 1970 on the local clock. Without a GDateTime, since histories ask it of thousands of moments. */
static gint64
get_local_s(gint64 t_us, GTimeZone *zone)
{
	gint64 t_s = t_us / G_USEC_PER_SEC;
	int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, t_s);
	return t_s + g_time_zone_get_offset(zone, interval);
}

/* Whether calendars know it: the years 1 to 9999. */
static gboolean
is_known(gint64 local_s)
{
	return local_s >= (DAY_MIN - DAY_1970) * DAY_S &&
	       local_s < (DAY_MAX + 1 - DAY_1970) * DAY_S;
}

RollstatDay
rollstat_day_of(gint64 t_us, GTimeZone *zone)
{
	gint64 local_s = get_local_s(t_us, zone);
	return is_known(local_s) ? (RollstatDay)(local_s / DAY_S + DAY_1970 - (local_s % DAY_S < 0))
				 : DAY_MIN;
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

/* Writes n digits; returns what follows them. Lists of years ask for thousands of days. */
static char *
put_digits(char *text, guint value, guint n)
{
	for (guint i = n; i-- > 0; value /= 10)
		text[i] = (char)('0' + value % 10);
	return text + n;
}

char *
rollstat_day_dup_iso(RollstatDay day)
{
	GDate date = date_of(day);
	char *text = g_strdup("YYYY-MM-DD");
	char *month = put_digits(text, g_date_get_year(&date), 4) + 1;
	char *day_of_month = put_digits(month, g_date_get_month(&date), 2) + 1;
	put_digits(day_of_month, g_date_get_day(&date), 2);
	return text;
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
	gint64 local_s = get_local_s(t_us, zone);
	if (!is_known(local_s))
		return g_strdup("--:--");
	guint minutes = (guint)((local_s % DAY_S + DAY_S) % DAY_S / 60);
	char *text = g_strdup("HH:MM");
	put_digits(put_digits(text, minutes / 60, 2) + 1, minutes % 60, 2);
	return text;
}
