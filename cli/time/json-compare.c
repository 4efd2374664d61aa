/* SPDX-License-Identifier: MIT */
#include "cli/time/compare.h"
#include "cli/time/json-time.h"

static void
add(json_object *object, const char *key, json_object *value)
{
	json_object_object_add(object, key, value);
}

static json_object *
new_stretch(const RollstatCompared *compared, guint n)
{
	const RollstatSummary *summary = compared->comparison->summaries[n];
	RollstatDates dates = compared->comparison->dates[n];
	json_object *object = json_object_new_object();
	add(object, "name", rollstat_json_new_text(compared->names[n]));
	rollstat_json_add_dates(object, dates);
	add(object, "days", json_object_new_int64(dates.last - dates.first + 1));
	add(object, "days_with_sessions", json_object_new_int64(summary->days));
	add(object, "sessions", json_object_new_int64(summary->sessions));
	add(object, "loaded_s", rollstat_json_new_number(summary->loaded_s, 3));
	return object;
}

/* A quantity as three fields: "seconds_first", "seconds_second", "seconds_difference". */
static void
add_difference(json_object *object, const char *name, const RollstatDifference *difference,
	       int decimals)
{
	g_autofree char *first = g_strconcat(name, "_first", NULL);
	g_autofree char *second = g_strconcat(name, "_second", NULL);
	g_autofree char *kind = g_strconcat(name, "_difference", NULL);
	add(object, first, rollstat_json_new_number(difference->first, decimals));
	add(object, second, rollstat_json_new_number(difference->second, decimals));
	add(object, kind, json_object_new_string(rollstat_difference_get_key(difference->kind)));
}

static json_object *
new_zone(const RollstatZoneDifference *zone)
{
	json_object *object = json_object_new_object();
	add(object, "zone", rollstat_json_new_text(zone->zone));
	add_difference(object, "seconds", &zone->seconds, 3);
	add_difference(object, "passes", &zone->passes, 1);
	add_difference(object, "mean_n", &zone->mean_n, 1);
	add_difference(object, "tightness", &zone->tightness, 3);
	return object;
}

static const RollstatZoneDifference *
get_zone(const RollstatCompared *compared, guint n)
{
	return &g_array_index(compared->comparison->zones, RollstatZoneDifference, n);
}

void
rollstat_json_append_compared(const RollstatCompared *compared, GString *out)
{
	const RollstatComparison *comparison = compared->comparison;
	json_object *object = json_object_new_object(), *zones = json_object_new_array();
	for (guint i = 0; i < comparison->zones->len; i++)
		json_object_array_add(zones, new_zone(get_zone(compared, i)));
	add(object, "person", rollstat_json_new_text(compared->person));
	add(object, "first", new_stretch(compared, 0));
	add(object, "second", new_stretch(compared, 1));
	add_difference(object, "days_share", &comparison->days_share, 3);
	add_difference(object, "sessions_a_week", &comparison->sessions, 2);
	add_difference(object, "seconds", &comparison->seconds, 3);
	add_difference(object, "seconds_all_days", &comparison->seconds_all, 3);
	add(object, "zones", zones);
	rollstat_json_append(object, out);
}

void
rollstat_csv_append_compared(const RollstatCompared *compared, GString *out)
{
	RollstatTable table = rollstat_table_begin(out, TRUE);
	for (guint i = 0; i < compared->comparison->zones->len; i++)
		rollstat_table_add(&table, new_zone(get_zone(compared, i)));
	rollstat_table_end(&table);
}
