/* SPDX-License-Identifier: MIT */
#include "cli/page/page-parts.h"

#include "cli/history/summary-zones.h"
#include "cli/page/make-page.h"

enum {
	DAYS_PER_WEEK = 7,
	WEEKS_LEAST = 12,
	DAYS_IN_WEEKS = 371,   /* a longer range is told in months */
	DAYS_IN_MONTHS = 3720, /* and from here on in years */
};

static RollstatPageStep
choose_step(RollstatDay first, RollstatDay last)
{
	if (last - first < DAYS_IN_WEEKS)
		return ROLLSTAT_PAGE_WEEKS;
	return last - first < DAYS_IN_MONTHS ? ROLLSTAT_PAGE_MONTHS : ROLLSTAT_PAGE_YEARS;
}

static RollstatDay
get_begin(RollstatDay day, RollstatPageStep step)
{
	GDate date;
	if (step == ROLLSTAT_PAGE_WEEKS)
		return rollstat_day_get_monday(day);
	if (step == ROLLSTAT_PAGE_MONTHS)
		return rollstat_day_get_first_of_month(day);
	g_date_clear(&date, 1);
	g_date_set_julian(&date, day);
	g_date_set_dmy(&date, 1, G_DATE_JANUARY, g_date_get_year(&date));
	return g_date_get_julian(&date);
}

/* The first day of the period after the one that begins on that day. */
static RollstatDay
get_next(RollstatDay begin, RollstatPageStep step)
{
	GDate date;
	if (step == ROLLSTAT_PAGE_WEEKS)
		return begin + DAYS_PER_WEEK;
	g_date_clear(&date, 1);
	g_date_set_julian(&date, begin);
	if (step == ROLLSTAT_PAGE_MONTHS)
		g_date_add_months(&date, 1);
	else
		g_date_add_years(&date, 1);
	return g_date_get_julian(&date);
}

RollstatDay
rollstat_page_find_trend(RollstatDay first, RollstatDay last)
{
	RollstatPageStep step = choose_step(first, last);
	RollstatDay back = (WEEKS_LEAST - 1) * DAYS_PER_WEEK;
	RollstatDay monday = rollstat_day_get_monday(last);
	if (step != ROLLSTAT_PAGE_WEEKS)
		return first;
	return MIN(rollstat_day_get_monday(first), monday > back ? monday - back : 1);
}

static void
add_day(RollstatPage *page, RollstatPagePeriod *period, RollstatDay day)
{
	g_autoptr(RollstatSummary) sums =
		rollstat_summary_new_sums(page->input.past_source, day, day);
	period->sessions += sums->sessions;
	period->days += sums->sessions > 0;
	period->passes += sums->passes;
	period->holds += sums->holds;
	period->loaded_s += sums->loaded_s;
	for (guint i = 0; i < page->zones->len; i++) {
		const RollstatPageZone *zone = &g_array_index(page->zones, RollstatPageZone, i);
		const RollstatZoneSum *sum = rollstat_zones_find(sums, zone->sum->name);
		if (sum == NULL)
			continue;
		period->seconds[i] += sum->seconds;
		period->enough_days[i] += sum->seconds >= ROLLSTAT_DOSE_LEAST_S;
	}
}

static RollstatPagePeriod
make_period(RollstatPage *page, RollstatPageStep step, RollstatDay first, RollstatDay last)
{
	RollstatPagePeriod period = {
		.step = step,
		.first = first,
		.last = last,
		.seconds = g_new0(double, page->zones->len + 1),
		.enough_days = g_new0(guint, page->zones->len + 1),
	};
	for (RollstatDay day = first; day <= last; day++)
		add_day(page, &period, day);
	return period;
}

static void
add_period(RollstatPage *page, RollstatDay begin, RollstatDay next)
{
	const RollstatSummary *summary = page->input.summary;
	RollstatDay first = MAX(begin, rollstat_page_find_trend(summary->first, summary->last));
	RollstatPagePeriod period =
		make_period(page, page->step, first, MIN(next - 1, summary->last));
	period.is_cut = first > begin || period.last < next - 1;
	for (guint i = 0; i < page->zones->len; i++) {
		RollstatPageZone *zone = &g_array_index(page->zones, RollstatPageZone, i);
		if (period.seconds[i] > zone->most_s) {
			zone->most_s = period.seconds[i];
			zone->most_period = page->periods->len;
		}
		page->most_s = MAX(page->most_s, period.seconds[i]);
	}
	g_array_append_val(page->periods, period);
}

static void
add_days(RollstatPage *page)
{
	const RollstatSummary *summary = page->input.summary;
	if (summary->last - summary->first >= ROLLSTAT_PAGE_DAYS_MOST)
		return;
	for (RollstatDay day = summary->first; day <= summary->last; day++) {
		RollstatPagePeriod period = make_period(page, ROLLSTAT_PAGE_DAYS, day, day);
		g_array_append_val(page->days, period);
	}
}

void
rollstat_page_add_trend(RollstatPage *page)
{
	const RollstatSummary *summary = page->input.summary;
	RollstatDay first = rollstat_page_find_trend(summary->first, summary->last);
	page->step = choose_step(summary->first, summary->last);
	for (RollstatDay begin = get_begin(first, page->step); begin <= summary->last;) {
		RollstatDay next = get_next(begin, page->step);
		add_period(page, begin, next);
		begin = next;
	}
	add_days(page);
}
