/* SPDX-License-Identifier: MIT */
#include "cli/history/summary-zones.h"

#include <math.h>

/* Of a zone this much must be crossed for a pass to count in it, or half of it if that is less. */
#define PASS_LEAST_CM 3.0

RollstatZoneSum *
rollstat_zones_find(const RollstatSummary *summary, const char *name)
{
	for (guint i = 0; i < summary->zones->len; i++) {
		RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
		if (g_str_equal(zone->name, name))
			return zone;
	}
	return NULL;
}

static gboolean
counts_in(const RollstatPass *pass, const RollstatZone *zone)
{
	double first = MIN(pass->from_cm, pass->to_cm), last = MAX(pass->from_cm, pass->to_cm);
	double crossed = MIN(last, zone->to_cm) - MAX(first, zone->from_cm);
	return crossed > 0 && crossed >= MIN(PASS_LEAST_CM, (zone->to_cm - zone->from_cm) / 2);
}

static void
add_passes_and_holds(const RollstatHistory *history, const RollstatSession *session,
		     const RollstatZone *zone, RollstatZoneSum *sum)
{
	for (guint i = 0; i < session->pass_rows.n; i++)
		sum->passes += counts_in(
			&g_array_index(history->passes, RollstatPass, session->pass_rows.first + i),
			zone);
	for (guint i = 0; i < session->hold_rows.n; i++) {
		const RollstatHold *hold =
			&g_array_index(history->holds, RollstatHold, session->hold_rows.first + i);
		if (hold->at_cm >= zone->from_cm && hold->at_cm < zone->to_cm)
			sum->hold_s += (double)(hold->end_us - hold->start_us) / G_USEC_PER_SEC;
	}
}

static void
add_force(const RollstatSession *session, const RollstatZone *zone, RollstatZoneSum *sum)
{
	if (!session->has_newtons || isnan(zone->force_ns) || !(zone->seconds > 0))
		return;
	sum->force_ns += zone->force_ns;
	sum->force_s += zone->seconds;
	sum->mean_n = sum->force_ns / sum->force_s;
	if (!isnan(zone->peak_n))
		sum->peak_n = isnan(sum->peak_n) ? zone->peak_n : MAX(sum->peak_n, zone->peak_n);
}

static RollstatZoneSum *
find_or_add(RollstatSummary *summary, const RollstatZone *zone)
{
	RollstatZoneSum *found = rollstat_zones_find(summary, zone->name);
	if (found != NULL)
		return found;
	RollstatZoneSum fresh = {
		.name = zone->name,
		.mean_n = NAN,
		.peak_n = NAN,
		.tightness = NAN,
		.usual_s = NAN,
	};
	g_array_append_val(summary->zones, fresh);
	return &g_array_index(summary->zones, RollstatZoneSum, summary->zones->len - 1);
}

static void
add_session(const RollstatHistory *history, const RollstatSession *session,
	    RollstatSummary *summary)
{
	for (guint i = 0; i < session->zone_rows.n; i++) {
		const RollstatZone *zone =
			&g_array_index(history->zones, RollstatZone, session->zone_rows.first + i);
		RollstatZoneSum *sum = find_or_add(summary, zone);
		sum->from_cm = zone->from_cm;
		sum->to_cm = zone->to_cm;
		sum->seconds += zone->seconds;
		add_passes_and_holds(history, session, zone, sum);
		add_force(session, zone, sum);
	}
}

static int
compare_zones(gconstpointer a, gconstpointer b)
{
	const RollstatZoneSum *first = a, *second = b;
	if (first->from_cm != second->from_cm)
		return first->from_cm < second->from_cm ? -1 : 1;
	return g_strcmp0(first->name, second->name);
}

void
rollstat_zones_sum(const RollstatHistory *history, RollstatSpan sessions, RollstatSummary *summary)
{
	for (guint i = 0; i < sessions.n; i++) {
		const RollstatSession *session =
			&g_array_index(history->sessions, RollstatSession, sessions.first + i);
		add_session(history, session, summary);
	}
	g_array_sort(summary->zones, compare_zones);
}

double
rollstat_level_get_middle_cm(const RollstatSpine *spine, guint level)
{
	const RollstatLevel *levels = spine->levels;
	if (spine->n_levels < 3)
		return (levels[level].from_cm + levels[level].to_cm) / 2;
	if (level == 0)
		return levels[0].to_cm - (levels[1].to_cm - levels[1].from_cm) / 2;
	if (level == spine->n_levels - 1)
		return levels[level].from_cm +
		       (levels[level - 1].to_cm - levels[level - 1].from_cm) / 2;
	return (levels[level].from_cm + levels[level].to_cm) / 2;
}

static void
name_levels(const RollstatSpine *spine, RollstatZoneSum *zone)
{
	const char *first = NULL, *last = NULL;
	for (guint i = 0; i < spine->n_levels; i++) {
		double middle_cm = rollstat_level_get_middle_cm(spine, i);
		if (middle_cm < zone->from_cm || middle_cm >= zone->to_cm)
			continue;
		last = spine->levels[i].name;
		first = first == NULL ? last : first;
	}
	if (first == NULL)
		return;
	zone->needs_care = first[0] == 'L' || g_str_equal(last, "C7") || g_str_equal(last, "T1");
	if (first == last)
		g_strlcpy(zone->levels, first, sizeof zone->levels);
	else
		g_snprintf(zone->levels, sizeof zone->levels, "%s-%s", first, last);
}

void
rollstat_zones_name_levels(RollstatSummary *summary)
{
	for (guint i = 0; i < summary->zones->len; i++)
		name_levels(&summary->spine, &g_array_index(summary->zones, RollstatZoneSum, i));
}
