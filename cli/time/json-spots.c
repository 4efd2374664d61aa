/* SPDX-License-Identifier: MIT */
#include "cli/time/json-time.h"
#include "cli/time/spots.h"

static void
add(json_object *object, const char *key, json_object *value)
{
	json_object_object_add(object, key, value);
}

const char *
rollstat_spots_get_level(const RollstatSpots *spots, double at_cm)
{
	for (guint i = 0; i < spots->spine->n_levels; i++) {
		const RollstatLevel *level = &spots->spine->levels[i];
		if (at_cm >= level->from_cm && at_cm < level->to_cm)
			return level->name;
	}
	return NULL;
}

const char *
rollstat_spots_get_zone(const RollstatSpots *spots, double at_cm)
{
	for (guint i = 0; i < spots->zones->zones->len; i++) {
		const RollstatZoneSum *zone =
			&g_array_index(spots->zones->zones, RollstatZoneSum, i);
		if (at_cm >= zone->from_cm && at_cm < zone->to_cm)
			return zone->name;
	}
	return NULL;
}

/* Less tightness is better. */
static const char *
get_verdict_key(RollstatDirectionKind kind)
{
	static const char *const keys[] = {"unknown", "same", "better", "worse"};
	return keys[kind];
}

static json_object *
new_place(const RollstatSpots *spots, const RollstatRecurring *place)
{
	json_object *object = json_object_new_object();
	const RollstatDirection *way = &place->tightness_way;
	add(object, "at_cm", rollstat_json_new_number(place->at_cm, 2));
	add(object, "level", rollstat_json_new_text(rollstat_spots_get_level(spots, place->at_cm)));
	add(object, "zone", rollstat_json_new_text(rollstat_spots_get_zone(spots, place->at_cm)));
	add(object, "days_found", json_object_new_int64(place->found));
	add(object, "days_judged", json_object_new_int64(place->judged));
	add(object, "sessions", json_object_new_int64(place->sessions));
	rollstat_json_add_day(object, "first", place->first);
	rollstat_json_add_day(object, "last", place->last);
	add(object, "highest", rollstat_json_new_number(place->highest, 3));
	add(object, "then", rollstat_json_new_number(way->from, 3));
	add(object, "now", rollstat_json_new_number(way->to, 3));
	add(object, "change", json_object_new_string(get_verdict_key(way->kind)));
	return object;
}

static const RollstatRecurring *
get_place(const RollstatSpots *spots, guint n)
{
	return &g_array_index(spots->recurrings->places, RollstatRecurring, n);
}

void
rollstat_json_append_spots(const RollstatSpots *spots, GString *out)
{
	json_object *object = json_object_new_object(), *places = json_object_new_array();
	for (guint i = 0; i < spots->recurrings->places->len; i++)
		json_object_array_add(places, new_place(spots, get_place(spots, i)));
	add(object, "person", rollstat_json_new_text(spots->person));
	rollstat_json_add_dates(object, spots->range);
	add(object, "step", json_object_new_string(rollstat_periods_get_key(spots->step)));
	add(object, "sessions", json_object_new_int64(spots->sessions));
	add(object, "days_with_sessions", json_object_new_int64(spots->days));
	add(object, "spots", places);
	add(object, "found_once", json_object_new_int64(spots->recurrings->n_once));
	rollstat_json_append(object, out);
}

void
rollstat_csv_append_spots(const RollstatSpots *spots, GString *out)
{
	RollstatTable table = rollstat_table_begin(out, TRUE);
	for (guint i = 0; i < spots->recurrings->places->len; i++)
		rollstat_table_add(&table, new_place(spots, get_place(spots, i)));
	rollstat_table_end(&table);
}
