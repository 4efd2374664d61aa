/* SPDX-License-Identifier: MIT */
#include "cli/time/stretches.h"

#include "cli/history/levelling.h"
#include "cli/history/profile-session.h"

#include <math.h>
#include <string.h>

/* Less is passing by. */
#define TOUCHED_LEAST_S 1.0

static const RollstatSession *
get_session(const RollstatHistory *history, guint n)
{
	return &g_array_index(history->sessions, RollstatSession, n);
}

/* The profiles of the sessions that one period after the other asks for: those of years would fill the memory. */
typedef struct {
	const RollstatHistory *history;
	RollstatProfile *profiles;
	guint room;
	guint first, end; /* the sessions whose profiles are there */
} Window;

/* The profiles of a span of no more sessions than half the room has. No later span begins before it. */
static const RollstatProfile *
slide(Window *window, RollstatSpan span)
{
	if (span.first >= window->end) {
		window->first = window->end = span.first;
	} else if (span.first + span.n - window->first > window->room) {
		memmove(window->profiles, &window->profiles[span.first - window->first],
			(window->end - span.first) * sizeof *window->profiles);
		window->first = span.first;
	}
	for (; window->end < span.first + span.n; window->end++) {
		RollstatProfile *profile = &window->profiles[window->end - window->first];
		memset(profile, 0, sizeof *profile);
		rollstat_profile_fill(window->history, get_session(window->history, window->end),
				      profile);
		rollstat_levelling_prepare(profile);
	}
	return &window->profiles[span.first - window->first];
}

/* The sessions of a period with those of the days before it. */
static RollstatSpan
find_judged(const RollstatSource *source, RollstatDates dates)
{
	RollstatDay first =
		dates.first > ROLLSTAT_HISTORY_DAYS ? dates.first - ROLLSTAT_HISTORY_DAYS : 1;
	return rollstat_source_find(source, first, dates.last);
}

GArray *
rollstat_stretches_new(const RollstatHistory *history, const RollstatSource *source,
		       const GArray *periods)
{
	GArray *stretches = g_array_sized_new(FALSE, TRUE, sizeof(RollstatStretch), periods->len);
	guint most = 1;
	g_array_set_size(stretches, periods->len);
	for (guint i = 0; i < periods->len; i++) {
		RollstatStretch *stretch = &g_array_index(stretches, RollstatStretch, i);
		stretch->period = g_array_index(periods, RollstatPeriod, i);
		stretch->sessions = rollstat_source_find(source, stretch->period.dates.first,
							 stretch->period.dates.last);
		most = MAX(most, find_judged(source, stretch->period.dates).n);
	}
	Window window = {.history = history, .room = 2 * most};
	window.profiles = g_new(RollstatProfile, window.room);
	for (guint i = 0; i < periods->len; i++) {
		RollstatStretch *stretch = &g_array_index(stretches, RollstatStretch, i);
		RollstatSpan judged = find_judged(source, stretch->period.dates);
		if (stretch->sessions.n > 0)
			rollstat_tight_judge(slide(&window, judged), judged.n,
					     judged.n - stretch->sessions.n, &stretch->tight);
	}
	g_free(window.profiles);
	return stretches;
}

typedef struct {
	double seconds, force_ns, force_s;
} Sum;

static void
add_row(const RollstatSession *session, double seconds, double force_ns, Sum *sum)
{
	gboolean has_force = session->has_newtons && !isnan(force_ns);
	sum->seconds += seconds;
	sum->force_ns += has_force ? force_ns : 0;
	sum->force_s += has_force ? seconds : 0;
}

static Sum
sum_zone(const RollstatHistory *history, const RollstatSession *session, const char *name)
{
	Sum sum = {0};
	RollstatSpan rows = session->zone_rows;
	for (guint i = rows.first; i < rows.first + rows.n; i++) {
		const RollstatZone *zone = &g_array_index(history->zones, RollstatZone, i);
		if (g_str_equal(zone->name, name))
			add_row(session, zone->seconds, zone->force_ns, &sum);
	}
	return sum;
}

static Sum
sum_slices(const RollstatHistory *history, const RollstatSession *session,
	   const RollstatPlace *place)
{
	Sum sum = {0};
	RollstatSpan rows = session->slice_rows;
	for (guint i = rows.first; i < rows.first + rows.n; i++) {
		const RollstatSlice *slice = &g_array_index(history->slices, RollstatSlice, i);
		if (slice->at_cm >= place->from_cm && slice->at_cm < place->to_cm)
			add_row(session, slice->seconds, slice->force_ns, &sum);
	}
	return sum;
}

/* A level by the same rule as a zone. */
static gboolean
is_tight(const RollstatStretch *stretch, const RollstatPlace *place, double seconds)
{
	return stretch->sessions.n > 0 &&
	       rollstat_tight_is_zone(&stretch->tight, place->from_cm, place->to_cm, seconds);
}

RollstatStretchSum
rollstat_stretch_sum(const RollstatHistory *history, const RollstatStretch *stretch,
		     const RollstatPlace *place)
{
	RollstatStretchSum sum = {.mean_n = NAN, .tightness = NAN};
	Sum whole = {0};
	for (guint i = 0; i < stretch->sessions.n; i++) {
		const RollstatSession *session = get_session(history, stretch->sessions.first + i);
		Sum own = place->is_level ? sum_slices(history, session, place)
					  : sum_zone(history, session, place->name);
		sum.sessions += own.seconds >= TOUCHED_LEAST_S;
		whole.seconds += own.seconds;
		whole.force_ns += own.force_ns;
		whole.force_s += own.force_s;
	}
	sum.seconds = whole.seconds;
	if (whole.force_s > 0)
		sum.mean_n = whole.force_ns / whole.force_s;
	if (stretch->sessions.n > 0)
		sum.tightness =
			rollstat_tight_get_zone(&stretch->tight, place->from_cm, place->to_cm);
	sum.is_tight = is_tight(stretch, place, whole.seconds);
	return sum;
}
