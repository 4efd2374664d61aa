/* SPDX-License-Identifier: MIT */
#include "cli/movement/guide.h"
#include "cli/movement/render-plan.h"
#include "cli/report/json.h"

#include <math.h>

static void
add(json_object *object, const char *key, json_object *value)
{
	json_object_object_add(object, key, value);
}

static const char *
get_key(RollstatPlanReason reason)
{
	static const char *const keys[] = {
		"warm-up", "tight", "tight-with-care", "lacks-dose", "whole-back", "end",
	};
	return keys[reason];
}

static json_object *
new_step(const RollstatPlanStep *step)
{
	json_object *object = json_object_new_object();
	const RollstatPlanZone *zone = step->zone;
	add(object, "movement", json_object_new_string(step->movement->key));
	add(object, "name", json_object_new_string(step->movement->name));
	add(object, "seconds", json_object_new_int64(step->seconds));
	add(object, "zone", rollstat_json_new_text(zone != NULL ? zone->name : NULL));
	add(object, "reason", json_object_new_string(get_key(step->reason)));
	add(object, "tightness", rollstat_json_new_number(zone != NULL ? zone->tightness : NAN, 3));
	add(object, "zone_today_s",
	    rollstat_json_new_number(zone != NULL ? zone->today_s : NAN, 3));
	add(object, "fresh", json_object_new_boolean(step->is_fresh));
	add(object, "sensed", json_object_new_boolean(step->movement->is_sensed));
	add(object, "caution", json_object_new_string(step->movement->caution));
	return object;
}

void
rollstat_json_append_plan(const RollstatPlanQuestion *question, const RollstatPlan *plan,
			  GString *out)
{
	json_object *object = json_object_new_object(), *steps = json_object_new_array();
	for (guint i = 0; i < plan->n_steps; i++)
		json_object_array_add(steps, new_step(&plan->steps[i]));
	add(object, "person", json_object_new_string(question->person));
	add(object, "minutes", json_object_new_int64(question->ask.seconds / 60));
	add(object, "seconds", json_object_new_int64(plan->seconds));
	add(object, "change_s", json_object_new_int64(ROLLSTAT_PLAN_CHANGE_S));
	add(object, "steps", steps);
	add(object, "caution", json_object_new_string(rollstat_movement_get_caution()));
	rollstat_json_append(object, out);
}

void
rollstat_csv_append_plan(const RollstatPlan *plan, GString *out)
{
	RollstatTable table = rollstat_table_begin(out, TRUE);
	for (guint i = 0; i < plan->n_steps; i++)
		rollstat_table_add(&table, new_step(&plan->steps[i]));
	rollstat_table_end(&table);
}
