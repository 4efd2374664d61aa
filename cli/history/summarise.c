/* SPDX-License-Identifier: MIT */
#include "cli/history/summarise.h"
#include "cli/history/median.h"
#include "cli/history/profile-session.h"
#include "cli/history/summary-zones.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct RollstatSource {
	const RollstatHistory *history;
	const RollstatSpine *spine;
	RollstatDay *days;	    /* of each session */
	RollstatDay *exercise_days; /* of each movement without a sensor */
};

static const RollstatSession *
get_session(const RollstatSource *source, guint n)
{
	return &g_array_index(source->history->sessions, RollstatSession, n);
}

RollstatSource *
rollstat_source_new(const RollstatHistory *history, const RollstatSpine *spine, GTimeZone *zone)
{
	RollstatSource *source = g_new0(RollstatSource, 1);
	guint n = history->sessions->len;
	source->history = history;
	source->spine = spine;
	source->days = g_new0(RollstatDay, n + 1);
	source->exercise_days = g_new0(RollstatDay, history->exercises->len + 1);
	for (guint i = 0; i < n; i++)
		source->days[i] = rollstat_day_of(get_session(source, i)->start_us, zone);
	for (guint i = 0; i < history->exercises->len; i++)
		source->exercise_days[i] = rollstat_day_of(
			g_array_index(history->exercises, RollstatExercise, i).start_us, zone);
	return source;
}

void
rollstat_source_free(RollstatSource *source)
{
	if (source == NULL)
		return;
	g_free(source->days);
	g_free(source->exercise_days);
	g_free(source);
}

/* The first of n days that is that day or later. */
static guint
find_first(const RollstatDay *days, guint n, RollstatDay day)
{
	guint low = 0, high = n;
	while (low < high) {
		guint middle = low + (high - low) / 2;
		if (days[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

RollstatSpan
rollstat_source_find(const RollstatSource *source, RollstatDay first, RollstatDay last)
{
	guint n = source->history->sessions->len, begin = find_first(source->days, n, first);
	return (RollstatSpan){.first = begin, .n = find_first(source->days, n, last + 1) - begin};
}

static RollstatSpan
find_exercises(const RollstatSource *source, RollstatDay first, RollstatDay last)
{
	const RollstatDay *days = source->exercise_days;
	guint n = source->history->exercises->len, begin = find_first(days, n, first);
	return (RollstatSpan){.first = begin, .n = find_first(days, n, last + 1) - begin};
}

static guint
count_days(const RollstatSource *source, RollstatSpan span)
{
	guint days = 0;
	for (guint i = span.first; i < span.first + span.n; i++)
		days += i == span.first || source->days[i] != source->days[i - 1];
	return days;
}

/* Whether a session is of one of the summary's persons. */
static gboolean
is_of(const RollstatSummary *summary, const RollstatSession *session)
{
	return g_ptr_array_find_with_equal_func(summary->persons, session->person, g_str_equal,
						NULL);
}

static void
add_sessions(const RollstatSource *source, RollstatSpan span, RollstatSummary *summary)
{
	for (guint i = span.first; i < span.first + span.n; i++) {
		const RollstatSession *session = get_session(source, i);
		summary->sessions++;
		summary->passes += session->passes;
		summary->holds += session->holds;
		summary->loaded_s += session->loaded_s;
		summary->lost_s += session->lost_s;
		summary->unsure_s += session->unsure_s;
		summary->unplaced_s += session->unplaced_s;
		summary->inferred_s += session->has_force ? 0 : session->loaded_s;
		summary->has_newtons |= session->has_newtons;
		summary->has_sides |= session->has_sides;
		summary->left_s += session->left_s;
		summary->centre_s += session->centre_s;
		summary->right_s += session->right_s;
		if (!is_of(summary, session))
			g_ptr_array_add(summary->persons, (gpointer)session->person);
	}
}

static void
measure_passes(const RollstatSource *source, RollstatSpan span, RollstatSummary *summary)
{
	g_autoptr(GArray) seconds = g_array_new(FALSE, FALSE, sizeof(double));
	g_autoptr(GArray) speeds = g_array_new(FALSE, FALSE, sizeof(double));
	for (guint i = span.first; i < span.first + span.n; i++) {
		RollstatSpan rows = get_session(source, i)->pass_rows;
		for (guint k = rows.first; k < rows.first + rows.n; k++) {
			const RollstatPass *pass =
				&g_array_index(source->history->passes, RollstatPass, k);
			double pass_s = (double)(pass->end_us - pass->start_us) / G_USEC_PER_SEC;
			if (pass->is_cut || pass_s <= 0)
				continue;
			double speed_cmps = fabs(pass->to_cm - pass->from_cm) / pass_s;
			g_array_append_val(seconds, pass_s);
			g_array_append_val(speeds, speed_cmps);
		}
	}
	summary->pass_s = rollstat_median_find((double *)(void *)seconds->data, seconds->len);
	summary->pass_cmps = rollstat_median_find((double *)(void *)speeds->data, speeds->len);
}

/* Mean force within reach of a place, over the sessions that tell newtons. */
static double
get_force_near(const RollstatSource *source, RollstatSpan span, double at_cm)
{
	double force_ns = 0, seconds = 0;
	for (guint i = span.first; i < span.first + span.n; i++) {
		const RollstatSession *session = get_session(source, i);
		RollstatSpan rows = session->slice_rows;
		for (guint k = rows.first; session->has_newtons && k < rows.first + rows.n; k++) {
			const RollstatSlice *slice =
				&g_array_index(source->history->slices, RollstatSlice, k);
			if (fabs(slice->at_cm - at_cm) > ROLLSTAT_SPOT_REACH_CM ||
			    isnan(slice->force_ns))
				continue;
			force_ns += slice->force_ns;
			seconds += slice->seconds;
		}
	}
	return seconds > 0 ? force_ns / seconds : NAN;
}

static void
tell_spot(const RollstatSource *source, RollstatSpan span, RollstatSummary *summary,
	  RollstatSpot *spot)
{
	spot->mean_n = get_force_near(source, span, spot->at_cm);
	for (guint i = 0; i < summary->spine.n_levels; i++) {
		const RollstatLevel *level = &summary->spine.levels[i];
		if (spot->at_cm >= level->from_cm && spot->at_cm < level->to_cm)
			g_strlcpy(spot->level, level->name, sizeof spot->level);
	}
	for (guint i = 0; i < summary->zones->len; i++) {
		const RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
		if (spot->at_cm >= zone->from_cm && spot->at_cm < zone->to_cm)
			spot->zone = zone->name;
	}
}

/* Where within reach of a slice most of the time was. */
static double
get_weight_cm(const RollstatTight *tight, guint slice)
{
	double seconds = 0, moment = 0, middle_cm = rollstat_slice_get_middle_cm(slice);
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		double at_cm = rollstat_slice_get_middle_cm(i);
		gboolean is_near = fabs(at_cm - middle_cm) <= ROLLSTAT_SPOT_REACH_CM;
		seconds += is_near ? tight->seconds[i] : 0;
		moment += is_near ? tight->seconds[i] * at_cm : 0;
	}
	return moment / seconds;
}

/* Time beyond the upper back, and the place where most was spent. */
static void
find_cautions(const RollstatTight *tight, RollstatSummary *summary)
{
	const RollstatSpine *spine = &summary->spine;
	double top_cm = -G_MAXDOUBLE, bottom_cm = G_MAXDOUBLE;
	if (spine->n_levels > 0)
		top_cm = 2 * rollstat_level_get_middle_cm(spine, 0) - spine->levels[0].to_cm;
	for (guint i = spine->n_levels; i-- > 0;)
		if (spine->levels[i].name[0] == 'L')
			bottom_cm = spine->levels[i].from_cm;
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		double middle_cm = rollstat_slice_get_middle_cm(i);
		double near_s = rollstat_tight_get_near_s(tight, middle_cm);
		summary->above_s += middle_cm < top_cm ? tight->seconds[i] : 0;
		summary->lumbar_s += middle_cm >= bottom_cm ? tight->seconds[i] : 0;
		if (near_s > summary->longest_s) {
			summary->longest_s = near_s;
			summary->longest_cm = get_weight_cm(tight, i);
		}
	}
}

/* The range's sessions against those of the 28 days before, of the same persons. */
static void
judge_tightness(const RollstatSource *source, RollstatSpan before, RollstatSpan span,
		RollstatSummary *summary)
{
	g_autofree RollstatProfile *profiles = g_new0(RollstatProfile, before.n + span.n + 1);
	guint n = 0, n_history;
	RollstatTight tight;
	for (guint i = before.first; i < before.first + before.n; i++)
		if (is_of(summary, get_session(source, i)))
			rollstat_profile_fill(source->history, get_session(source, i),
					      &profiles[n++]);
	n_history = n;
	for (guint i = span.first; i < span.first + span.n; i++)
		rollstat_profile_fill(source->history, get_session(source, i), &profiles[n++]);
	rollstat_tight_judge(profiles, n, n_history, &tight);
	for (guint i = 0; i < summary->zones->len; i++) {
		RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
		zone->tightness = rollstat_tight_get_zone(&tight, zone->from_cm, zone->to_cm);
		zone->is_tight =
			rollstat_tight_is_zone(&tight, zone->from_cm, zone->to_cm, zone->seconds);
	}
	summary->n_spots = tight.n_spots;
	for (guint i = 0; i < tight.n_spots; i++) {
		RollstatSpot *spot = &summary->spots[i];
		spot->at_cm = tight.spots[i].at_cm;
		spot->tightness = tight.spots[i].tightness;
		spot->seconds = rollstat_tight_get_near_s(&tight, spot->at_cm);
		tell_spot(source, span, summary, spot);
	}
	find_cautions(&tight, summary);
}

/* The mean of the days with sessions in the 28 days before, of the same persons, the whole and by
 * zone. Returns the sessions of those days. */
static RollstatSpan
compare_with_usual(const RollstatSource *source, RollstatSummary *summary)
{
	RollstatDay first =
		summary->first > ROLLSTAT_HISTORY_DAYS ? summary->first - ROLLSTAT_HISTORY_DAYS : 1;
	RollstatSpan before = rollstat_source_find(source, first, summary->first - 1);
	g_autoptr(RollstatSummary) usual = g_new0(RollstatSummary, 1);
	RollstatDay day = 0;
	usual->zones = g_array_new(FALSE, TRUE, sizeof(RollstatZoneSum));
	usual->persons = g_ptr_array_new();
	for (guint i = before.first; i < before.first + before.n; i++) {
		RollstatSpan one = {.first = i, .n = 1};
		if (!is_of(summary, get_session(source, i)))
			continue;
		summary->usual_days += source->days[i] != day;
		day = source->days[i];
		add_sessions(source, one, usual);
		rollstat_zones_sum(source->history, one, usual);
	}
	summary->usual_s = summary->usual_days > 0 ? usual->loaded_s / summary->usual_days : NAN;
	for (guint i = 0; i < summary->zones->len; i++) {
		RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
		const RollstatZoneSum *found = rollstat_zones_find(usual, zone->name);
		if (found != NULL)
			zone->usual_s = found->seconds / summary->usual_days;
	}
	return before;
}

static double
get_zone_seconds(const RollstatSource *source, RollstatSpan span, const char *name)
{
	double seconds = 0;
	for (guint i = span.first; i < span.first + span.n; i++) {
		RollstatSpan rows = get_session(source, i)->zone_rows;
		for (guint k = rows.first; k < rows.first + rows.n; k++) {
			const RollstatZone *row =
				&g_array_index(source->history->zones, RollstatZone, k);
			seconds += g_str_equal(row->name, name) ? row->seconds : 0;
		}
	}
	return seconds;
}

/* On how many days of the span each zone had its dose. */
static void
count_enough_days(const RollstatSource *source, RollstatSpan span, RollstatSummary *summary)
{
	guint end = span.first + span.n;
	RollstatSpan day = {.first = span.first};
	for (; day.first < end; day.first += day.n) {
		RollstatDay date = source->days[day.first];
		day.n = rollstat_source_find(source, date, date).n;
		for (guint i = 0; i < summary->zones->len; i++) {
			RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
			zone->enough_days +=
				get_zone_seconds(source, day, zone->name) >= ROLLSTAT_DOSE_LEAST_S;
		}
	}
}

RollstatSummary *
rollstat_summary_new_sums(const RollstatSource *source, RollstatDay first, RollstatDay last)
{
	RollstatSpan span = rollstat_source_find(source, first, last);
	RollstatSummary *summary = g_new0(RollstatSummary, 1);
	summary->first = first;
	summary->last = last;
	summary->zones = g_array_new(FALSE, TRUE, sizeof(RollstatZoneSum));
	summary->persons = g_ptr_array_new();
	summary->days = count_days(source, span);
	summary->usual_s = summary->pass_s = summary->pass_cmps = NAN;
	summary->exercises = find_exercises(source, first, last);
	summary->history = source->history;
	add_sessions(source, span, summary);
	rollstat_zones_sum(source->history, span, summary);
	return summary;
}

RollstatSummary *
rollstat_summary_new(const RollstatSource *source, RollstatDay first, RollstatDay last)
{
	RollstatSpan span = rollstat_source_find(source, first, last);
	RollstatSummary *summary = rollstat_summary_new_sums(source, first, last);
	if (span.n == 0)
		return summary;
	RollstatSpan before = compare_with_usual(source, summary);
	measure_passes(source, span, summary);
	summary->spine = *source->spine;
	rollstat_zones_name_levels(summary);
	count_enough_days(source, span, summary);
	judge_tightness(source, before, span, summary);
	return summary;
}

void
rollstat_summary_free(RollstatSummary *summary)
{
	if (summary == NULL)
		return;
	g_clear_pointer(&summary->zones, g_array_unref);
	g_clear_pointer(&summary->persons, g_ptr_array_unref);
	g_free(summary);
}

double
rollstat_summary_get_weight_percent(const RollstatSummary *summary)
{
	double force_ns = 0, force_s = 0;
	for (guint i = 0; i < summary->zones->len; i++) {
		const RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
		force_ns += zone->force_ns;
		force_s += zone->force_s;
	}
	if (!(summary->weight_kg > 0) || !(force_s > 0))
		return NAN;
	return force_ns / force_s / (summary->weight_kg * ROLLSTAT_DOSE_NEWTONS_PER_KG) * 100;
}
