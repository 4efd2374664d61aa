/* SPDX-License-Identifier: MIT */
#include "cli/time/recurring.h"

#include <math.h>

#define WINDOW_CM 3.0
#define APART_CM 2.0

enum {
	LEAST_DAYS = 2,
};

/* A spot of one day. place: 1 + the number of its place; 0: none yet. */
typedef struct {
	guint day; /* index of the stretch */
	double at_cm, tightness;
	guint place;
} Finding;

static const RollstatStretch *
get_day(const GArray *days, guint n)
{
	return &g_array_index(days, RollstatStretch, n);
}

static Finding *
get_finding(const GArray *findings, guint n)
{
	return &g_array_index(findings, Finding, n);
}

static int
compare_findings(gconstpointer a, gconstpointer b)
{
	const Finding *first = a, *second = b;
	if (first->at_cm != second->at_cm)
		return first->at_cm < second->at_cm ? -1 : 1;
	return (first->day > second->day) - (first->day < second->day);
}

static GArray *
gather(const GArray *days)
{
	GArray *findings = g_array_new(FALSE, TRUE, sizeof(Finding));
	for (guint i = 0; i < days->len; i++) {
		const RollstatTight *tight = &get_day(days, i)->tight;
		for (guint k = 0; k < tight->n_spots; k++) {
			Finding finding = {.day = i,
					   .at_cm = tight->spots[k].at_cm,
					   .tightness = tight->spots[k].tightness};
			g_array_append_val(findings, finding);
		}
	}
	g_array_sort(findings, compare_findings);
	return findings;
}

/* Findings [first, end) in order of place, on so many days. */
typedef struct {
	guint first, end, days;
	double tightness;
} Window;

/* Moves the window on by one finding more, and by those at its beginning that lie too far up now. */
static void
push(const GArray *findings, Window *window, guint *counts)
{
	const Finding *added = get_finding(findings, window->end++);
	if (added->place == 0) {
		window->days += counts[added->day]++ == 0;
		window->tightness += added->tightness;
	}
	while (get_finding(findings, window->first)->at_cm < added->at_cm - WINDOW_CM) {
		const Finding *left = get_finding(findings, window->first++);
		if (left->place != 0)
			continue;
		window->days -= --counts[left->day] == 0;
		window->tightness -= left->tightness;
	}
}

/* The densest of what belongs to no place yet. */
static Window
find_densest(const GArray *findings, guint n_days)
{
	g_autofree guint *counts = g_new0(guint, n_days + 1);
	Window window = {0}, best = {0};
	while (window.end < findings->len) {
		push(findings, &window, counts);
		/* The sums come by adding and taking away: what differs by less is equal. */
		if (window.days > best.days ||
		    (window.days == best.days && window.tightness > best.tightness + 1e-9))
			best = window;
	}
	return best;
}

/* The mean of what is free in a window. */
static double
get_middle_cm(const GArray *findings, const Window *window)
{
	double sum = 0;
	guint n = 0;
	for (guint i = window->first; i < window->end; i++) {
		const Finding *finding = get_finding(findings, i);
		sum += finding->place == 0 ? finding->at_cm : 0;
		n += finding->place == 0;
	}
	return sum / n;
}

/* The place to which a window belongs: one that is near, or a new one; 1 + its number. */
static guint
choose_place(GArray *middles, double middle_cm)
{
	for (guint i = 0; i < middles->len; i++)
		if (fabs(g_array_index(middles, double, i) - middle_cm) < APART_CM)
			return i + 1;
	g_array_append_val(middles, middle_cm);
	return middles->len;
}

/* Gives each finding its place. Returns how many places there are. */
static guint
divide(const GArray *findings, guint n_days)
{
	g_autoptr(GArray) middles = g_array_new(FALSE, FALSE, sizeof(double));
	for (;;) {
		Window densest = find_densest(findings, n_days);
		if (densest.days == 0)
			return middles->len;
		guint place = choose_place(middles, get_middle_cm(findings, &densest));
		for (guint i = densest.first; i < densest.end; i++) {
			Finding *finding = get_finding(findings, i);
			finding->place = finding->place == 0 ? place : finding->place;
		}
	}
}

static double
get_tightness(const RollstatStretch *day, double at_cm)
{
	if (day->sessions.n == 0)
		return NAN;
	return rollstat_tight_get_zone(&day->tight, at_cm - ROLLSTAT_SPOT_REACH_CM,
				       at_cm + ROLLSTAT_SPOT_REACH_CM);
}

/* The period that holds a day. */
static guint
find_period(const GArray *periods, RollstatDay day)
{
	guint n = 0;
	while (n + 1 < periods->len && g_array_index(periods, RollstatPeriod, n).dates.last < day)
		n++;
	return n;
}

static void
follow(const GArray *days, const GArray *periods, RollstatRecurring *place)
{
	guint n = periods->len;
	g_autofree double *sums = g_new0(double, n + 1);
	g_autofree guint *known = g_new0(guint, n + 1);
	for (guint i = 0; i < days->len; i++) {
		const RollstatStretch *day = get_day(days, i);
		double tightness = get_tightness(day, place->at_cm);
		guint period = find_period(periods, day->period.dates.first);
		if (isnan(tightness))
			continue;
		sums[period] += tightness;
		known[period]++;
		place->judged++;
	}
	for (guint i = 0; i < n; i++)
		sums[i] = known[i] > 0 ? sums[i] / known[i] : NAN;
	place->tightness_way = rollstat_direction_find(sums, n, ROLLSTAT_RECURRING_CHANGE);
	/* Where its spots were found it was judged, even if its mean place was not. */
	place->judged = MAX(place->judged, place->found);
}

/* Takes findings in order of time. */
static void
add_finding(const GArray *days, const GArray *periods, const Finding *finding,
	    RollstatRecurring *place)
{
	const RollstatStretch *day = get_day(days, finding->day);
	RollstatDay date = day->period.dates.first;
	if (place->found == 0 || date != place->last) {
		place->found++;
		place->sessions += day->sessions.n;
		place->counts[find_period(periods, date)]++;
	}
	place->first = place->first == 0 ? date : place->first;
	place->last = date;
	place->highest = MAX(place->highest, finding->tightness);
}

static int
compare_days(gconstpointer a, gconstpointer b)
{
	const Finding *first = a, *second = b;
	return (first->day > second->day) - (first->day < second->day);
}

static RollstatRecurring
make_place(const GArray *days, const GArray *periods, const GArray *findings, guint number)
{
	RollstatRecurring place = {.highest = -G_MAXDOUBLE, .n_counts = periods->len};
	double sum = 0;
	guint n = 0;
	place.counts = g_new0(double, periods->len + 1);
	for (guint i = 0; i < findings->len; i++) {
		const Finding *finding = get_finding(findings, i);
		if (finding->place != number)
			continue;
		add_finding(days, periods, finding, &place);
		sum += finding->at_cm;
		n++;
	}
	place.at_cm = sum / n;
	return place;
}

static int
compare_places(gconstpointer a, gconstpointer b)
{
	const RollstatRecurring *first = a, *second = b;
	if (first->found != second->found)
		return first->found < second->found ? 1 : -1;
	return (first->at_cm > second->at_cm) - (first->at_cm < second->at_cm);
}

static void
clear_place(gpointer place)
{
	g_free(((RollstatRecurring *)place)->counts);
}

RollstatRecurrings *
rollstat_recurrings_find(const GArray *days, const GArray *periods)
{
	RollstatRecurrings *recurrings = g_new0(RollstatRecurrings, 1);
	g_autoptr(GArray) findings = gather(days);
	guint n_places = divide(findings, days->len);
	recurrings->places = g_array_new(FALSE, TRUE, sizeof(RollstatRecurring));
	g_array_set_clear_func(recurrings->places, clear_place);
	g_array_sort(findings, compare_days);
	for (guint i = 1; i <= n_places; i++) {
		RollstatRecurring place = make_place(days, periods, findings, i);
		if (place.found < LEAST_DAYS) {
			recurrings->n_once++;
			clear_place(&place);
			continue;
		}
		follow(days, periods, &place);
		g_array_append_val(recurrings->places, place);
	}
	g_array_sort(recurrings->places, compare_places);
	return recurrings;
}

void
rollstat_recurrings_free(RollstatRecurrings *recurrings)
{
	if (recurrings == NULL)
		return;
	g_array_unref(recurrings->places);
	g_free(recurrings);
}
