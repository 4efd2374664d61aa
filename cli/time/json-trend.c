/* SPDX-License-Identifier: MIT */
#include "cli/time/json-time.h"

static void
add(json_object *object, const char *key, json_object *value)
{
	json_object_object_add(object, key, value);
}

void
rollstat_json_add_day(json_object *object, const char *key, RollstatDay day)
{
	g_autofree char *text = rollstat_day_dup_iso(day);
	add(object, key, json_object_new_string(text));
}

void
rollstat_json_add_dates(json_object *object, RollstatDates dates)
{
	rollstat_json_add_day(object, "from", dates.first);
	rollstat_json_add_day(object, "to", dates.last);
}

json_object *
rollstat_json_new_direction(const RollstatDirection *direction, int decimals)
{
	json_object *object = json_object_new_object();
	add(object, "direction",
	    json_object_new_string(rollstat_direction_get_key(direction->kind)));
	add(object, "from", rollstat_json_new_number(direction->from, decimals));
	add(object, "to", rollstat_json_new_number(direction->to, decimals));
	add(object, "values", json_object_new_int64(direction->n));
	return object;
}

static void
add_step(json_object *object, const RollstatPeriod *period, const RollstatStretchSum *sum)
{
	rollstat_json_add_dates(object, period->dates);
	add(object, "whole", json_object_new_boolean(period->is_whole));
	add(object, "sessions", json_object_new_int64(sum->sessions));
	add(object, "seconds", rollstat_json_new_number(sum->seconds, 3));
	add(object, "mean_n", rollstat_json_new_number(sum->mean_n, 1));
	add(object, "tight", json_object_new_boolean(sum->is_tight));
	add(object, "tightness", rollstat_json_new_number(sum->tightness, 3));
}

static const RollstatPeriod *
get_period(const RollstatTrend *trend, guint n)
{
	return &g_array_index(trend->stretches, RollstatStretch, n).period;
}

static json_object *
new_course(const RollstatTrend *trend, const RollstatCourse *course)
{
	json_object *object = json_object_new_object(), *steps = json_object_new_array();
	const RollstatPlace *place = course->place;
	for (guint i = 0; i < course->n_steps; i++) {
		json_object *step = json_object_new_object();
		add_step(step, get_period(trend, i), &course->steps[i]);
		json_object_array_add(steps, step);
	}
	add(object, "zone", rollstat_json_new_text(place->name));
	add(object, "from_cm", rollstat_json_new_number(place->from_cm, 2));
	add(object, "to_cm", rollstat_json_new_number(place->to_cm, 2));
	add(object, "sessions", json_object_new_int64(course->sessions));
	add(object, "seconds", rollstat_json_new_number(course->seconds, 3));
	add(object, "seconds_way", rollstat_json_new_direction(&course->seconds_way, 3));
	add(object, "mean_n_way", rollstat_json_new_direction(&course->force_way, 1));
	add(object, "tightness_way", rollstat_json_new_direction(&course->tightness_way, 3));
	add(object, "steps", steps);
	return object;
}

void
rollstat_json_append_trend(const RollstatTrend *trend, GString *out)
{
	json_object *object = json_object_new_object(), *zones = json_object_new_array();
	for (guint i = 0; i < trend->courses->len; i++)
		json_object_array_add(zones,
				      new_course(trend, g_ptr_array_index(trend->courses, i)));
	add(object, "person", rollstat_json_new_text(trend->person));
	rollstat_json_add_dates(object, trend->range);
	add(object, "step", json_object_new_string(rollstat_periods_get_key(trend->step)));
	add(object, "sessions", json_object_new_int64(trend->sessions));
	add(object, "days_with_sessions", json_object_new_int64(trend->days));
	add(object, "zones", zones);
	rollstat_json_append(object, out);
}

void
rollstat_csv_append_trend(const RollstatTrend *trend, GString *out)
{
	RollstatTable table = rollstat_table_begin(out, TRUE);
	for (guint i = 0; i < trend->courses->len; i++) {
		const RollstatCourse *course = g_ptr_array_index(trend->courses, i);
		for (guint k = 0; k < course->n_steps; k++) {
			json_object *row = json_object_new_object();
			add(row, "zone", rollstat_json_new_text(course->place->name));
			add_step(row, get_period(trend, k), &course->steps[k]);
			rollstat_table_add(&table, row);
		}
	}
	rollstat_table_end(&table);
}
