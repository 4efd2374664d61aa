/* SPDX-License-Identifier: MIT */
#include "cli/movement/guide.h"

static void
add(json_object *object, const char *key, json_object *value)
{
	json_object_object_add(object, key, value);
}

/* The keys of the flags that are set. */
static json_object *
new_keys(guint flags, guint n, const char *(*get_key)(guint number))
{
	json_object *list = json_object_new_array();
	for (guint i = 0; i < n; i++)
		if (flags & (1u << i))
			json_object_array_add(list, json_object_new_string(get_key(i)));
	return list;
}

static json_object *
new_dose(const RollstatMovement *movement)
{
	const RollstatMovementDose *dose = &movement->dose;
	static const char *const kinds[] = {"hold", "repeat", "while"};
	json_object *object = json_object_new_object();
	add(object, "kind", json_object_new_string(kinds[dose->kind]));
	add(object, "seconds", json_object_new_int64(dose->seconds));
	add(object, "times", json_object_new_int64(MAX(dose->times, 1)));
	add(object, "sides", json_object_new_int64(MAX(dose->sides, 1)));
	add(object, "total_s", json_object_new_int64(rollstat_movement_get_dose_s(movement)));
	return object;
}

json_object *
rollstat_json_new_movement(const RollstatMovement *movement)
{
	static const char *const groups[] = {"roll", "turn", "open", "steady", "calm"};
	json_object *object = json_object_new_object(), *steps = json_object_new_array();
	for (guint n = 0; movement->steps[n] != NULL; n++)
		json_object_array_add(steps, json_object_new_string(movement->steps[n]));
	add(object, "movement", json_object_new_string(movement->key));
	add(object, "name", json_object_new_string(movement->name));
	add(object, "group", json_object_new_string(groups[movement->group]));
	add(object, "purpose", json_object_new_string(movement->purpose));
	add(object, "steps", steps);
	add(object, "dose", new_dose(movement));
	add(object, "regions",
	    new_keys(movement->regions, ROLLSTAT_REGIONS, rollstat_region_get_key));
	add(object, "tools", new_keys(movement->tools, ROLLSTAT_TOOLS, rollstat_tool_get_key));
	add(object, "sensed", json_object_new_boolean(movement->is_sensed));
	add(object, "caution", json_object_new_string(movement->caution));
	add(object, "source", rollstat_json_new_text(movement->source));
	return object;
}
