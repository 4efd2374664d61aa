/* SPDX-License-Identifier: MIT */
#include "cli/movement/spoken-time.h"

#include "cli/dates.h"
#include "cli/usage.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum {
	MOST_S = 4 * 3600,
	NOON_MINUTE = 12 * 60,
};

/* Digits with at most one point or comma between them. FALSE: it is no such number. */
static gboolean
read_number(const char *text, gsize length, double *ret_value)
{
	g_autofree char *number = g_strdelimit(g_strndup(text, length), ",", '.');
	char *end = NULL;
	*ret_value = g_ascii_strtod(number, &end);
	return length > 0 && g_ascii_isdigit(*number) && *end == '\0';
}

/* Seconds of a unit; 0: there is none of that name. */
static double
get_unit_s(const char *unit)
{
	static const struct {
		const char *name;
		double seconds;
	} units[] = {
		{"", 1},     {"s", 1},	     {"sec", 1},      {"second", 1},  {"seconds", 1},
		{"m", 60},   {"min", 60},    {"mins", 60},    {"minute", 60}, {"minutes", 60},
		{"h", 3600}, {"hour", 3600}, {"hours", 3600},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(units); i++)
		if (g_ascii_strcasecmp(units[i].name, unit) == 0)
			return units[i].seconds;
	return 0;
}

static gboolean
read_clock_duration(const char *text, double *ret_seconds)
{
	const char *colon = strchr(text, ':');
	double minutes = 0, seconds = 0;
	if (colon == NULL || strlen(colon) != 3 || strpbrk(text, ".,") != NULL ||
	    !read_number(text, (gsize)(colon - text), &minutes) ||
	    !read_number(colon + 1, 2, &seconds) || seconds >= 60)
		return FALSE;
	*ret_seconds = minutes * 60 + seconds;
	return TRUE;
}

gboolean
rollstat_duration_parse(const char *text, double *ret_seconds, GError **error)
{
	g_autofree char *word = g_strstrip(g_strdup(text));
	gsize n_digits = strspn(word, "0123456789.,");
	double number = 0, seconds = 0;
	if (read_number(word, n_digits, &number))
		seconds = number * get_unit_s(g_strchug(word + n_digits));
	if (seconds <= 0)
		read_clock_duration(word, &seconds);
	if (seconds >= 1 && seconds <= MOST_S) {
		*ret_seconds = seconds;
		return TRUE;
	}
	g_autofree char *shown = g_strescape(text, NULL);
	return rollstat_usage_fail(
		error,
		_("a duration is 60s, 2min, 1:30 or 1h, from 1 s to 4 hours; \"%s\" is none"),
		shown);
}

/* "07:30" as minutes of the day. FALSE: it is none. */
static gboolean
read_clock(const char *text, int *ret_minute)
{
	const char *colon = strchr(text, ':');
	double hours = 0, minutes = 0;
	if (colon == NULL || colon - text > 2 || strlen(colon) != 3 ||
	    strspn(text, "0123456789:") != strlen(text) ||
	    !read_number(text, (gsize)(colon - text), &hours) ||
	    !read_number(colon + 1, 2, &minutes) || hours >= 24 || minutes >= 60)
		return FALSE;
	*ret_minute = (int)hours * 60 + (int)minutes;
	return TRUE;
}

/* The moment of a day at which the clock shows so many minutes; where it never does, the hour after. */
static gint64
get_moment_us(RollstatDay day, int minute, GTimeZone *zone)
{
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_julian(&date, day);
	g_autoptr(GDateTime) time =
		g_date_time_new(zone, g_date_get_year(&date), (int)g_date_get_month(&date),
				g_date_get_day(&date), minute / 60, minute % 60, 0);
	return time != NULL ? g_date_time_to_unix(time) * G_USEC_PER_SEC
			    : rollstat_day_get_begin_us(day, zone);
}

/* Parts "DAY CLOCK" where it is both; the clock is given, NULL: there is none. Cuts text. */
static const char *
cut_clock(char *text)
{
	char *colon = strchr(text, ':');
	char *at = colon;
	while (at != NULL && at > text && (g_ascii_isdigit(at[-1]) || at == colon))
		at--;
	if (at == NULL || at == text)
		return at;
	/* What stands before the hour parts it from the day. */
	char *clock = at;
	if (strchr(" T@", at[-1]) == NULL)
		return NULL;
	at[-1] = '\0';
	return clock;
}

gboolean
rollstat_moment_parse(const char *text, gint64 now_us, GTimeZone *zone, gint64 *ret_t_us,
		      GError **error)
{
	g_autofree char *shown = g_strescape(text, NULL);
	g_autofree char *words = g_strstrip(g_strdup(text));
	RollstatDay today = rollstat_day_of(now_us, zone), day = today;
	const char *clock = cut_clock(words);
	int minute = NOON_MINUTE;
	if (clock != NULL && !read_clock(clock, &minute))
		return rollstat_usage_fail(
			error, _("a time is 07:30, a day, or yesterday 07:30; \"%s\" is none"),
			shown);
	if (clock != words && !rollstat_dates_parse_day(g_strstrip(words), today, &day, error))
		return FALSE;
	gint64 t_us = get_moment_us(day, minute, zone);
	/* Of today without a clock: before it is noon, now. */
	if (clock == NULL && day == today)
		t_us = MIN(t_us, now_us);
	if (t_us > now_us)
		return rollstat_usage_fail(error, _("\"%s\" is yet to come"), shown);
	*ret_t_us = t_us;
	return TRUE;
}
