/* SPDX-License-Identifier: MIT */
#include "cli/report/json.h"

#include <math.h>

static void
add(json_object *object, const char *key, json_object *value)
{
	json_object_object_add(object, key, value);
}

static void
add_day(json_object *object, const char *key, RollstatDay day)
{
	g_autofree char *text = rollstat_day_dup_iso(day);
	add(object, key, json_object_new_string(text));
}

/* Per cent above the mean of the days with sessions in the four weeks before; null without them. */
static json_object *
new_trend(double seconds, guint days, double usual_s)
{
	if (days == 0 || !(usual_s > 0))
		return NULL;
	return rollstat_json_new_number((seconds / days / usual_s - 1) * 100, 1);
}

static void
add_zone(json_object *object, const RollstatSummary *summary, const RollstatZoneSum *zone)
{
	gboolean is_day = summary->first == summary->last;
	RollstatDose dose = rollstat_dose_judge(zone->seconds);
	add(object, "zone", rollstat_json_new_text(zone->name));
	add(object, "from_cm", rollstat_json_new_number(zone->from_cm, 2));
	add(object, "to_cm", rollstat_json_new_number(zone->to_cm, 2));
	add(object, "seconds", rollstat_json_new_number(zone->seconds, 3));
	add(object, "passes", json_object_new_int64(zone->passes));
	add(object, "hold_s", rollstat_json_new_number(zone->hold_s, 3));
	add(object, "mean_n", rollstat_json_new_number(zone->mean_n, 1));
	add(object, "peak_n", rollstat_json_new_number(zone->peak_n, 1));
	add(object, "tight", json_object_new_boolean(zone->is_tight));
	add(object, "tightness", rollstat_json_new_number(zone->tightness, 3));
	add(object, "levels", *zone->levels != '\0' ? json_object_new_string(zone->levels) : NULL);
	add(object, "trend_pct", new_trend(zone->seconds, summary->days, zone->usual_s));
	if (is_day)
		add(object, "dose", json_object_new_string(rollstat_dose_get_key(dose)));
	add(object, "enough_days", json_object_new_int64(zone->enough_days));
}

static json_object *
new_zone(const RollstatSummary *summary, const RollstatZoneSum *zone)
{
	json_object *object = json_object_new_object();
	add_zone(object, summary, zone);
	return object;
}

static json_object *
new_spot(const RollstatSpot *spot)
{
	json_object *object = json_object_new_object();
	add(object, "at_cm", rollstat_json_new_number(spot->at_cm, 2));
	add(object, "level", *spot->level != '\0' ? json_object_new_string(spot->level) : NULL);
	add(object, "seconds", rollstat_json_new_number(spot->seconds, 3));
	add(object, "mean_n", rollstat_json_new_number(spot->mean_n, 1));
	add(object, "zone", rollstat_json_new_text(spot->zone));
	add(object, "tightness", rollstat_json_new_number(spot->tightness, 3));
	return object;
}

static json_object *
new_sides(const RollstatSummary *summary)
{
	json_object *object = json_object_new_object();
	gboolean has_sides = summary->has_sides;
	add(object, "left", rollstat_json_new_number(has_sides ? summary->left_s : NAN, 3));
	add(object, "centre", rollstat_json_new_number(has_sides ? summary->centre_s : NAN, 3));
	add(object, "right", rollstat_json_new_number(has_sides ? summary->right_s : NAN, 3));
	return object;
}

static json_object *
new_exercises(const RollstatSummary *summary)
{
	json_object *list = json_object_new_array();
	for (guint i = 0; i < summary->exercises.n; i++) {
		const RollstatExercise *exercise =
			&g_array_index(summary->history->exercises, RollstatExercise,
				       summary->exercises.first + i);
		json_object *object = json_object_new_object();
		add(object, "movement", rollstat_json_new_text(exercise->movement));
		add(object, "person", rollstat_json_new_text(exercise->person));
		add(object, "start", rollstat_json_new_time(exercise->start_us));
		add(object, "seconds", rollstat_json_new_number(exercise->seconds, 3));
		json_object_array_add(list, object);
	}
	return list;
}

static void
add_sums(json_object *object, const RollstatSummary *summary)
{
	json_object *zones = json_object_new_array(), *spots = json_object_new_array();
	json_object *persons = json_object_new_array();
	gboolean has_spine = summary->spine.length_cm > 0;
	for (guint i = 0; i < summary->zones->len; i++)
		json_object_array_add(zones, new_zone(summary, &g_array_index(summary->zones,
									      RollstatZoneSum, i)));
	for (guint i = 0; i < summary->n_spots; i++)
		json_object_array_add(spots, new_spot(&summary->spots[i]));
	for (guint i = 0; i < summary->persons->len; i++)
		json_object_array_add(
			persons, rollstat_json_new_text(g_ptr_array_index(summary->persons, i)));
	add(object, "sessions", json_object_new_int64(summary->sessions));
	add(object, "loaded_s", rollstat_json_new_number(summary->loaded_s, 3));
	add(object, "lost_s", rollstat_json_new_number(summary->lost_s, 3));
	add(object, "unsure_s", rollstat_json_new_number(summary->unsure_s, 3));
	add(object, "unplaced_s", rollstat_json_new_number(summary->unplaced_s, 3));
	add(object, "passes", json_object_new_int64(summary->passes));
	add(object, "holds", json_object_new_int64(summary->holds));
	add(object, "zones", zones);
	add(object, "spots", spots);
	add(object, "sides", new_sides(summary));
	add(object, "persons", persons);
	add(object, "trend_pct", new_trend(summary->loaded_s, summary->days, summary->usual_s));
	add(object, "pass_median_s", rollstat_json_new_number(summary->pass_s, 3));
	add(object, "lumbar_s", rollstat_json_new_number(summary->lumbar_s, 3));
	add(object, "above_c7_s", rollstat_json_new_number(summary->above_s, 3));
	add(object, "spine_cm",
	    has_spine ? rollstat_json_new_number(summary->spine.length_cm, 2) : NULL);
	add(object, "spine_is_guess",
	    has_spine ? json_object_new_boolean(summary->spine.is_guess) : NULL);
	add(object, "exercises", new_exercises(summary));
}

json_object *
rollstat_json_new_day(const RollstatSummary *summary)
{
	json_object *object = json_object_new_object();
	add_day(object, "date", summary->first);
	add_sums(object, summary);
	return object;
}

json_object *
rollstat_json_new_range(const RollstatSummary *summary, const GPtrArray *days)
{
	json_object *object = json_object_new_object(), *list = json_object_new_array();
	add_day(object, "from", summary->first);
	add_day(object, "to", summary->last);
	add_sums(object, summary);
	add(object, "days_with_sessions", json_object_new_int64(summary->days));
	for (guint i = 0; i < days->len; i++)
		json_object_array_add(list, rollstat_json_new_day(g_ptr_array_index(days, i)));
	add(object, "days", list);
	return object;
}

void
rollstat_json_add_zones(const RollstatSummary *day, RollstatTable *table)
{
	for (guint i = 0; i < day->zones->len; i++) {
		json_object *row = json_object_new_object();
		add_day(row, "date", day->first);
		add_zone(row, day, &g_array_index(day->zones, RollstatZoneSum, i));
		rollstat_table_add(table, row);
	}
}
