/* SPDX-License-Identifier: MIT */
#include "cli/dates.h"

#include "cli/usage.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum {
	LONGEST_RANGE_DAYS = 36525,
	DAYS_PER_WEEK = 7,
	MONTHS_PER_YEAR = 12,
	YEAR_LEAST = 1,
	YEAR_MOST = 9999,
};

static RollstatDay
get_day(guint year, guint month, guint day)
{
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
	return g_date_get_julian(&date);
}

static RollstatDates
get_month(guint year, guint month)
{
	guint8 days = g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
	return (RollstatDates){get_day(year, month, 1), get_day(year, month, days)};
}

static RollstatDates
get_year(guint year)
{
	return (RollstatDates){get_day(year, 1, 1), get_day(year, MONTHS_PER_YEAR, 31)};
}

static gboolean
is_digits(const char *text, gsize n)
{
	return strlen(text) >= n && strspn(text, "0123456789") == n;
}

/* "2026", "2026-03", "2026-03-14". */
static gboolean
read_number(const char *text, RollstatDates *ret_dates)
{
	RollstatDay day;
	if (rollstat_day_parse(text, &day)) {
		*ret_dates = (RollstatDates){day, day};
		return TRUE;
	}
	if (!is_digits(text, 4))
		return FALSE;
	guint year = (guint)g_ascii_strtoull(text, NULL, 10);
	if (year < YEAR_LEAST || year > YEAR_MOST)
		return FALSE;
	if (text[4] == '\0') {
		*ret_dates = get_year(year);
		return TRUE;
	}
	if (text[4] != '-' || !is_digits(text + 5, 2) || text[7] != '\0')
		return FALSE;
	guint month = (guint)g_ascii_strtoull(text + 5, NULL, 10);
	if (month < 1 || month > MONTHS_PER_YEAR)
		return FALSE;
	*ret_dates = get_month(year, month);
	return TRUE;
}

/* The last day of that number and month that is not after today: 29 February may lie up to eight years back. */
static gboolean
find_last(guint day, guint month, RollstatDay today, RollstatDay *ret_day)
{
	enum { LEAP_YEARS_APART = 8 };
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_julian(&date, today);
	guint this_year = g_date_get_year(&date);
	for (guint year = this_year; year >= this_year - LEAP_YEARS_APART; year--) {
		if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
			continue;
		*ret_day = get_day(year, month, day);
		if (*ret_day <= today)
			return TRUE;
	}
	return FALSE;
}

/* "14.3.2026", "14.3." */
static gboolean
read_dotted(const char *text, RollstatDay today, RollstatDates *ret_dates)
{
	if (!g_regex_match_simple("^[0-9]{1,2}\\.[0-9]{1,2}\\.([0-9]{4})?$", text, 0, 0))
		return FALSE;
	g_auto(GStrv) parts = g_strsplit(text, ".", -1);
	guint day = (guint)g_ascii_strtoull(parts[0], NULL, 10);
	guint month = (guint)g_ascii_strtoull(parts[1], NULL, 10);
	guint year = (guint)g_ascii_strtoull(parts[2], NULL, 10);
	RollstatDay found;
	if (*parts[2] == '\0') {
		if (day < 1 || day > 31 || month < 1 || month > MONTHS_PER_YEAR ||
		    !find_last(day, month, today, &found))
			return FALSE;
	} else if (g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year)) {
		found = get_day(year, month, day);
	} else {
		return FALSE;
	}
	*ret_dates = (RollstatDates){found, found};
	return TRUE;
}

/* "3d" */
static gboolean
read_ago(const char *text, RollstatDay today, RollstatDates *ret_dates)
{
	gsize n = strspn(text, "0123456789");
	if (n == 0 || n > 5 || !g_str_equal(text + n, "d"))
		return FALSE;
	guint64 ago = g_ascii_strtoull(text, NULL, 10);
	if (ago >= today)
		return FALSE;
	RollstatDay day = today - (RollstatDay)ago;
	*ret_dates = (RollstatDates){day, day};
	return TRUE;
}

static gboolean
is_word(const char *text, const char *word)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);
	g_autofree char *english = g_utf8_casefold(word, -1);
	g_autofree char *local = g_utf8_casefold(_(word), -1);
	return g_str_equal(folded, english) || g_str_equal(folded, local);
}

static gboolean
read_weekday(const char *text, RollstatDay today, RollstatDates *ret_dates)
{
	static const char *const names[DAYS_PER_WEEK] = {
		N_("monday"), N_("tuesday"),  N_("wednesday"), N_("thursday"),
		N_("friday"), N_("saturday"), N_("sunday"),
	};
	static const char *const shorts[DAYS_PER_WEEK] = {
		N_("mon"), N_("tue"), N_("wed"), N_("thu"), N_("fri"), N_("sat"), N_("sun"),
	};
	RollstatDay monday = rollstat_day_get_monday(today);
	for (guint i = 0; i < DAYS_PER_WEEK; i++) {
		if (!is_word(text, names[i]) && !is_word(text, shorts[i]))
			continue;
		RollstatDay day = monday + i <= today ? monday + i : monday + i - DAYS_PER_WEEK;
		*ret_dates = (RollstatDates){day, day};
		return TRUE;
	}
	return FALSE;
}

/* The last month of that name that has begun. */
static gboolean
read_month(const char *text, RollstatDay today, RollstatDates *ret_dates)
{
	static const char *const names[MONTHS_PER_YEAR] = {
		N_("january"),	 N_("february"), N_("march"),	 N_("april"),
		N_("may"),	 N_("june"),	 N_("july"),	 N_("august"),
		N_("september"), N_("october"),	 N_("november"), N_("december"),
	};
	static const char *const shorts[MONTHS_PER_YEAR] = {
		N_("jan"), N_("feb"), N_("mar"), N_("apr"), N_("may"), N_("jun"),
		N_("jul"), N_("aug"), N_("sep"), N_("oct"), N_("nov"), N_("dec"),
	};
	for (guint i = 0; i < MONTHS_PER_YEAR; i++) {
		RollstatDay first;
		GDate date;
		if (!is_word(text, names[i]) && !is_word(text, shorts[i]))
			continue;
		if (!find_last(1, i + 1, today, &first))
			return FALSE;
		g_date_clear(&date, 1);
		g_date_set_julian(&date, first);
		*ret_dates = get_month(g_date_get_year(&date), i + 1);
		return TRUE;
	}
	return FALSE;
}

/* The week, month or year of a day, until its end. */
static gboolean
read_stretch(const char *text, RollstatDay day, RollstatDates *ret_dates)
{
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_julian(&date, day);
	RollstatDay monday = rollstat_day_get_monday(day);
	if (is_word(text, N_("week")))
		*ret_dates = (RollstatDates){monday, monday + DAYS_PER_WEEK - 1};
	else if (is_word(text, N_("month")))
		*ret_dates = get_month(g_date_get_year(&date), g_date_get_month(&date));
	else if (is_word(text, N_("year")))
		*ret_dates = get_year(g_date_get_year(&date));
	else
		return FALSE;
	return TRUE;
}

static gboolean
read_word(const char *text, RollstatDay today, RollstatDates *ret_dates)
{
	static const char *const before[][2] = {
		{N_("last-week"), N_("week")},
		{N_("last-month"), N_("month")},
		{N_("last-year"), N_("year")},
	};
	if (is_word(text, N_("today")))
		*ret_dates = (RollstatDates){today, today};
	else if (is_word(text, N_("yesterday")))
		*ret_dates = (RollstatDates){today - 1, today - 1};
	else if (read_stretch(text, today, ret_dates))
		ret_dates->last = today;
	else {
		for (guint i = 0; i < G_N_ELEMENTS(before); i++)
			if (is_word(text, before[i][0]) &&
			    read_stretch(before[i][1], today, ret_dates))
				return read_stretch(before[i][1], ret_dates->first - 1, ret_dates);
		return FALSE;
	}
	return TRUE;
}

gboolean
rollstat_dates_parse(const char *text, RollstatDay today, RollstatDates *ret_dates, GError **error)
{
	RollstatDates dates = {0};
	if (g_utf8_validate(text, -1, NULL) &&
	    (read_number(text, &dates) || read_dotted(text, today, &dates) ||
	     read_ago(text, today, &dates) || read_weekday(text, today, &dates) ||
	     read_month(text, today, &dates) || read_word(text, today, &dates))) {
		*ret_dates = dates;
		return TRUE;
	}
	g_autofree char *shown = g_strescape(text, NULL);
	rollstat_usage_fail(
		error,
		_("\"%s\" is not a day; write it as YYYY-MM-DD, like 2026-03-14, or as "
		  "yesterday, monday, 3d, 14.3., or of more days 2026-03, march, last-week"),
		shown);
	return FALSE;
}

gboolean
rollstat_dates_parse_day(const char *text, RollstatDay today, RollstatDay *ret_day, GError **error)
{
	RollstatDates dates;
	if (!rollstat_dates_parse(text, today, &dates, error))
		return FALSE;
	if (dates.first == dates.last) {
		*ret_day = dates.first;
		return TRUE;
	}
	rollstat_usage_fail(error, _("\"%s\" is more than a day; see it by: rollstat range %s"),
			    text, text);
	return FALSE;
}

gboolean
rollstat_dates_parse_range(const char *const *words, RollstatDay today, RollstatDates *ret_dates,
			   GError **error)
{
	RollstatDates from, to;
	if (!rollstat_dates_parse(words[0], today, &from, error))
		return FALSE;
	to = from;
	if (words[1] != NULL && !rollstat_dates_parse(words[1], today, &to, error))
		return FALSE;
	if (from.first > to.last) {
		rollstat_usage_fail(error, _("%s is after %s; write the earlier day first"),
				    words[0], words[1]);
		return FALSE;
	}
	if (to.last - from.first > LONGEST_RANGE_DAYS) {
		return rollstat_usage_fail(error, _("from %s to %s is more than a hundred years"),
					   words[0], words[1]);
	}
	*ret_dates = (RollstatDates){from.first, to.last};
	return TRUE;
}
