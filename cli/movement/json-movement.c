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

/* The same as one text. */
static json_object *
new_text_of_keys(guint flags, guint n, const char *(*get_key)(guint number))
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; i < n; i++)
		if (flags & (1u << i))
			g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", get_key(i));
	return json_object_new_string(text->str);
}

static void
add_dose(json_object *object, const RollstatMovement *movement)
{
	const RollstatMovementDose *dose = &movement->dose;
	static const char *const kinds[] = {"hold", "repeat", "while"};
	add(object, "kind", json_object_new_string(kinds[dose->kind]));
	add(object, "seconds", json_object_new_int64(dose->seconds));
	add(object, "times", json_object_new_int64(MAX(dose->times, 1)));
	add(object, "sides", json_object_new_int64(MAX(dose->sides, 1)));
	add(object, "total_s", json_object_new_int64(rollstat_movement_get_dose_s(movement)));
}

/* What stands first in every form. */
static json_object *
new_head(const RollstatMovement *movement)
{
	static const char *const groups[] = {"roll", "turn", "open", "steady", "calm"};
	json_object *object = json_object_new_object();
	add(object, "movement", json_object_new_string(movement->key));
	add(object, "name", json_object_new_string(movement->name));
	add(object, "group", json_object_new_string(groups[movement->group]));
	add(object, "purpose", json_object_new_string(movement->purpose));
	return object;
}

static void
add_end(json_object *object, const RollstatMovement *movement)
{
	add(object, "sensed", json_object_new_boolean(movement->is_sensed));
	add(object, "caution", json_object_new_string(movement->caution));
	add(object, "source", rollstat_json_new_text(movement->source));
}

json_object *
rollstat_json_new_movement(const RollstatMovement *movement)
{
	json_object *object = new_head(movement);
	json_object *steps = json_object_new_array(), *dose = json_object_new_object();
	for (guint n = 0; movement->steps[n] != NULL; n++)
		json_object_array_add(steps, json_object_new_string(movement->steps[n]));
	add_dose(dose, movement);
	add(object, "steps", steps);
	add(object, "dose", dose);
	add(object, "regions",
	    new_keys(movement->regions, ROLLSTAT_REGIONS, rollstat_region_get_key));
	add(object, "tools", new_keys(movement->tools, ROLLSTAT_TOOLS, rollstat_tool_get_key));
	add_end(object, movement);
	return object;
}

json_object *
rollstat_csv_new_movement(const RollstatMovement *movement)
{
	json_object *row = new_head(movement);
	add_dose(row, movement);
	add(row, "regions",
	    new_text_of_keys(movement->regions, ROLLSTAT_REGIONS, rollstat_region_get_key));
	add(row, "tools", new_text_of_keys(movement->tools, ROLLSTAT_TOOLS, rollstat_tool_get_key));
	add_end(row, movement);
	return row;
}
