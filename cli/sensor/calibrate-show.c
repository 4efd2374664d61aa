/* SPDX-License-Identifier: MIT */
#include "cli/report/json.h"
#include "cli/sensor/calibrate-parts.h"
#include "cli/sensor/calibrate.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What the configuration says of one sensor: its own section over [roller]; borrowed. */
typedef struct {
	const char *radius, *mount, *head_end;
} Stored;

static const char *
look_up(const RollstatConfig *config, const RollstatSensor *sensor, const char *key)
{
	g_autofree char *section = g_strdup_printf("sensor %s", sensor->address);
	const char *own = rollstat_config_get(config, section, key);
	return own != NULL ? own : rollstat_config_get(config, "roller", key);
}

static Stored
get_stored(const RollstatConfig *config, const RollstatSensor *sensor)
{
	return (Stored){
		.radius = look_up(config, sensor, "radius_cm"),
		.mount = look_up(config, sensor, "mount"),
		.head_end = look_up(config, sensor, "head_end_cm"),
	};
}

/* The sensors asked for, borrowed, in a given array. NULL and error. */
static GPtrArray *
choose(const RollstatStatus *status, const char *wanted, GError **error)
{
	g_autoptr(GPtrArray) chosen = g_ptr_array_new();
	if (wanted == NULL) {
		for (guint i = 0; i < status->sensors->len; i++)
			g_ptr_array_add(chosen, g_ptr_array_index(status->sensors, i));
		return g_steal_pointer(&chosen);
	}
	const RollstatSensor *sensor = rollstat_status_find(status, wanted, error);
	if (sensor == NULL)
		return NULL;
	g_ptr_array_add(chosen, (gpointer)sensor);
	return g_steal_pointer(&chosen);
}

static char *
dup_use(const RollstatMotion *motion)
{
	if (!motion->is_known)
		return g_strdup(_("not known before its first sample"));
	if (motion->is_bar)
		return g_strdup_printf(_("bar, first cell at %.1f cm from C7"),
				       motion->head_end_cm);
	return g_strdup_printf(_("roller, radius %.2f cm, mount %s"), motion->radius_cm,
			       motion->is_left ? "left" : "right");
}

static char *
dup_stored(const Stored *stored)
{
	g_autoptr(GString) text = g_string_new(NULL);
	if (stored->radius != NULL)
		g_string_append_printf(text, _(", radius %s cm"), stored->radius);
	if (stored->mount != NULL)
		g_string_append_printf(text, _(", mount %s"), stored->mount);
	if (stored->head_end != NULL)
		g_string_append_printf(text, _(", first cell at %s cm"), stored->head_end);
	return g_strdup(text->len > 0 ? text->str + 2 : _("nothing"));
}

gboolean
rollstat_render_calibration(const RollstatView *view, const RollstatStatus *status,
			    const char *wanted, GString *out, GError **error)
{
	g_autoptr(GPtrArray) sensors = choose(status, wanted, error);
	if (sensors == NULL)
		return FALSE;
	g_autoptr(RollstatConfig) config = rollstat_config_load(status->configuration, error);
	if (config == NULL)
		return FALSE;
	const char *spine = rollstat_config_get(config, "person", "spine_cm");
	g_autofree char *length = g_strdup_printf(_("%s cm from C7 to L5"), spine);
	rollstat_style_append_fact(&view->style, out, _("configuration"), status->configuration);
	rollstat_style_append_fact(&view->style, out, _("spine"),
				   spine != NULL ? length : _("not measured: a guess"));
	for (guint i = 0; i < sensors->len; i++) {
		const RollstatSensor *sensor = g_ptr_array_index(sensors, i);
		const char *shown = *sensor->name != '\0' ? sensor->name : sensor->address;
		g_autofree char *name = rollstat_style_dup_clean(&view->style, shown);
		Stored stored = get_stored(config, sensor);
		g_autofree char *stored_text = dup_stored(&stored);
		g_autofree char *use_text = dup_use(&sensor->motion);
		g_string_append_c(out, '\n');
		rollstat_style_append(&view->style, out, ROLLSTAT_INK_BOLD, name);
		g_string_append_c(out, '\n');
		rollstat_style_append_fact(&view->style, out, _("address"), sensor->address);
		rollstat_style_append_fact(&view->style, out, _("stored"), stored_text);
		rollstat_style_append_fact(&view->style, out, _("in use"), use_text);
	}
	if (sensors->len == 0)
		g_string_append(out, _("\n  No sensor is known to rollerd.\n"));
	return TRUE;
}

static json_object *
new_number_of(const char *text)
{
	double number = NAN;
	if (text != NULL && !rollstat_talk_read_number(text, "", &number))
		number = NAN;
	return rollstat_json_new_number(number, 2);
}

static json_object *
new_stored(const Stored *stored)
{
	json_object *object = json_object_new_object();
	json_object_object_add(object, "radius_cm", new_number_of(stored->radius));
	json_object_object_add(object, "mount", rollstat_json_new_text(stored->mount));
	json_object_object_add(object, "head_end_cm", new_number_of(stored->head_end));
	return object;
}

static json_object *
new_use(const RollstatMotion *motion)
{
	const char *kind = motion->is_bar ? "bar" : "roller";
	const char *mount = motion->is_left ? "left" : "right";
	json_object *object = json_object_new_object();
	json_object_object_add(object, "kind",
			       rollstat_json_new_text(motion->is_known ? kind : NULL));
	json_object_object_add(object, "radius_cm", rollstat_json_new_number(motion->radius_cm, 2));
	json_object_object_add(
		object, "mount",
		rollstat_json_new_text(motion->is_known && !motion->is_bar ? mount : NULL));
	json_object_object_add(object, "head_end_cm",
			       rollstat_json_new_number(motion->head_end_cm, 2));
	return object;
}

gboolean
rollstat_json_append_calibration(const RollstatStatus *status, const char *wanted, GString *out,
				 GError **error)
{
	g_autoptr(GPtrArray) sensors = choose(status, wanted, error);
	if (sensors == NULL)
		return FALSE;
	g_autoptr(RollstatConfig) config = rollstat_config_load(status->configuration, error);
	if (config == NULL)
		return FALSE;
	json_object *object = json_object_new_object(), *array = json_object_new_array();
	json_object_object_add(object, "configuration",
			       rollstat_json_new_text(status->configuration));
	json_object_object_add(object, "spine_cm",
			       new_number_of(rollstat_config_get(config, "person", "spine_cm")));
	for (guint i = 0; i < sensors->len; i++) {
		const RollstatSensor *sensor = g_ptr_array_index(sensors, i);
		json_object *row = json_object_new_object();
		Stored stored = get_stored(config, sensor);
		json_object_object_add(row, "address", rollstat_json_new_text(sensor->address));
		json_object_object_add(row, "name", rollstat_json_new_text(sensor->name));
		json_object_object_add(row, "stored", new_stored(&stored));
		json_object_object_add(row, "in_use", new_use(&sensor->motion));
		json_object_array_add(array, row);
	}
	json_object_object_add(object, "sensors", array);
	rollstat_json_append(object, out);
	return TRUE;
}
