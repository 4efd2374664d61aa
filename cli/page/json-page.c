/* SPDX-License-Identifier: MIT */
#include "cli/page/json-page.h"

#include "cli/people/weight.h"
#include "cli/report/json.h"

#include <math.h>

static void
add(json_object *object, const char *key, json_object *value)
{
	json_object_object_add(object, key, value);
}

static void
add_number(json_object *object, const char *key, double value, int decimals)
{
	add(object, key, rollstat_json_new_number(value, decimals));
}

static void
add_count(json_object *object, const char *key, guint value)
{
	add(object, key, json_object_new_int64(value));
}

static void
add_day(json_object *object, const char *key, RollstatDay day)
{
	g_autofree char *text = rollstat_day_dup_iso(day);
	add(object, key, json_object_new_string(text));
}

static json_object *
new_slices(const RollstatPage *page)
{
	json_object *list = json_object_new_array();
	for (guint i = 0; i < page->slices->len; i++) {
		const RollstatPageSlice *slice = &g_array_index(page->slices, RollstatPageSlice, i);
		json_object *object = json_object_new_object();
		add_number(object, "at_cm", slice->at_cm, 2);
		add_number(object, "seconds", slice->seconds, 3);
		add_number(object, "mean_n", slice->mean_n, 1);
		json_object_array_add(list, object);
	}
	return list;
}

static json_object *
new_levels(const RollstatPage *page)
{
	json_object *list = json_object_new_array();
	for (guint i = 0; i < page->levels->len; i++) {
		const RollstatPageLevel *level = &g_array_index(page->levels, RollstatPageLevel, i);
		json_object *object = json_object_new_object();
		add(object, "level", json_object_new_string(level->level->name));
		add_number(object, "from_cm", level->from_cm, 2);
		add_number(object, "to_cm", level->to_cm, 2);
		add_number(object, "seconds", level->seconds, 3);
		add_number(object, "mean_n", level->mean_n, 1);
		add(object, "tight", json_object_new_boolean(!isnan(level->tightness)));
		json_object_array_add(list, object);
	}
	return list;
}

static json_object *
new_zones(const RollstatPage *page)
{
	json_object *list = json_object_new_array();
	for (guint i = 0; i < page->zones->len; i++) {
		const RollstatPageZone *zone = &g_array_index(page->zones, RollstatPageZone, i);
		json_object *object = json_object_new_object();
		add(object, "zone", rollstat_json_new_text(zone->sum->name));
		add_number(object, "seconds", zone->sum->seconds, 3);
		add_number(object, "seconds_a_day", zone->day_s, 3);
		add_count(object, "enough_days", zone->sum->enough_days);
		add(object, "tight", json_object_new_boolean(zone->sum->is_tight));
		json_object_array_add(list, object);
	}
	return list;
}

static json_object *
new_period(const RollstatPage *page, const RollstatPagePeriod *period)
{
	json_object *object = json_object_new_object(), *zones = json_object_new_array();
	add_day(object, "from", period->first);
	add_day(object, "to", period->last);
	add(object, "whole", json_object_new_boolean(!period->is_cut));
	add_count(object, "sessions", period->sessions);
	add_count(object, "days_with_sessions", period->days);
	add_number(object, "loaded_s", period->loaded_s, 3);
	for (guint i = 0; i < page->zones->len; i++) {
		json_object *zone = json_object_new_object();
		add(zone, "zone",
		    rollstat_json_new_text(
			    g_array_index(page->zones, RollstatPageZone, i).sum->name));
		add_number(zone, "seconds", period->seconds[i], 3);
		add_count(zone, "enough_days", period->enough_days[i]);
		json_object_array_add(zones, zone);
	}
	add(object, "zones", zones);
	return object;
}

static json_object *
new_periods(const RollstatPage *page, const GArray *periods)
{
	json_object *list = json_object_new_array();
	for (guint i = 0; i < periods->len; i++)
		json_object_array_add(
			list, new_period(page, &g_array_index(periods, RollstatPagePeriod, i)));
	return list;
}

static json_object *
new_speeds(const RollstatPage *page)
{
	json_object *object = json_object_new_object(), *list = json_object_new_array();
	for (guint i = 0; i < ROLLSTAT_PAGE_SPEEDS; i++)
		json_object_array_add(list, json_object_new_int64(page->speeds[i]));
	add_number(object, "median_cmps", page->input.summary->pass_cmps, 2);
	add_number(object, "median_s", page->input.summary->pass_s, 3);
	add_count(object, "slower", page->n_slow);
	add_count(object, "advised", page->n_advised);
	add_count(object, "quicker", page->n_quick);
	add(object, "passes_by_cmps", list);
	return object;
}

void
rollstat_page_append_json(const RollstatPage *page, GString *out)
{
	const RollstatSummary *summary = page->input.summary;
	json_object *object = json_object_new_object(), *persons = json_object_new_array();
	for (guint i = 0; i < summary->persons->len; i++)
		json_object_array_add(
			persons, rollstat_json_new_text(g_ptr_array_index(summary->persons, i)));
	add_day(object, "from", summary->first);
	add_day(object, "to", summary->last);
	add(object, "persons", persons);
	if (page->input.whose != NULL)
		rollstat_whose_add_json(page->input.whose, object);
	rollstat_weight_add_json(summary, object);
	add_count(object, "sessions", summary->sessions);
	add_count(object, "days_with_sessions", summary->days);
	add_number(object, "loaded_s", summary->loaded_s, 3);
	add(object, "zones", new_zones(page));
	add(object, "levels", new_levels(page));
	add(object, "slices", new_slices(page));
	add(object, "trend", new_periods(page, page->periods));
	add(object, "days", new_periods(page, page->days));
	add(object, "speeds", new_speeds(page));
	add_number(object, "left_s", summary->has_sides ? summary->left_s : NAN, 3);
	add_number(object, "centre_s", summary->has_sides ? summary->centre_s : NAN, 3);
	add_number(object, "right_s", summary->has_sides ? summary->right_s : NAN, 3);
	rollstat_json_append(object, out);
}
