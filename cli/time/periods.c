/* SPDX-License-Identifier: MIT */
#include "cli/time/periods.h"

enum {
	DAYS_PER_WEEK = 7,
};

RollstatDates
rollstat_periods_get_usual(RollstatDay today)
{
	RollstatDay back = (ROLLSTAT_PERIODS_USUAL - 1) * DAYS_PER_WEEK;
	RollstatDay monday = rollstat_day_get_monday(today);
	return (RollstatDates){monday > back ? monday - back : 1, today};
}

RollstatStep
rollstat_periods_choose(RollstatDates range)
{
	RollstatDay days = range.last - range.first + 1;
	if (days <= ROLLSTAT_PERIODS_DAYS_MOST)
		return ROLLSTAT_STEP_DAY;
	return days <= ROLLSTAT_PERIODS_WEEKS_MOST ? ROLLSTAT_STEP_WEEK : ROLLSTAT_STEP_MONTH;
}

/* The whole step that holds a day. */
static RollstatDates
get_whole(RollstatDay day, RollstatStep step)
{
	GDate date;
	RollstatDay first = day;
	switch (step) {
	case ROLLSTAT_STEP_DAY:
		break;
	case ROLLSTAT_STEP_WEEK:
		first = rollstat_day_get_monday(day);
		return (RollstatDates){first, first + DAYS_PER_WEEK - 1};
	case ROLLSTAT_STEP_MONTH:
		first = rollstat_day_get_first_of_month(day);
		g_date_clear(&date, 1);
		g_date_set_julian(&date, first);
		return (RollstatDates){first,
				       first - 1 +
					       g_date_get_days_in_month(g_date_get_month(&date),
									g_date_get_year(&date))};
	}
	return (RollstatDates){first, first};
}

GArray *
rollstat_periods_new(RollstatDates range, RollstatStep step, RollstatDay today)
{
	GArray *periods = g_array_new(FALSE, FALSE, sizeof(RollstatPeriod));
	RollstatDay last = MIN(range.last, today);
	for (RollstatDay day = range.first; day <= last;) {
		RollstatDates whole = get_whole(day, step);
		RollstatPeriod period = {
			.dates = {day, MIN(whole.last, last)},
			.is_whole = day == whole.first && whole.last <= last && whole.last < today,
		};
		g_array_append_val(periods, period);
		day = whole.last + 1;
	}
	return periods;
}

const char *
rollstat_periods_get_key(RollstatStep step)
{
	static const char *const keys[] = {"day", "week", "month"};
	return keys[step];
}
