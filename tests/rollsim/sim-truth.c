/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/sim-truth.h"

#include "tests/support/reference-segment.h"

#include <json-c/json.h>

#define CM_PER_M 100.0
#define POSITION_US (G_USEC_PER_SEC / 10)

/* Those of tests/captures, whose upper end is the next one's lower end. */
static const struct {
	const char *name;
	double low_cm, high_cm;
} zones[] = {
	{"neck-base", -99, 3},	    {"upper-thoracic", 3, 11}, {"mid-thoracic", 11, 20},
	{"lower-thoracic", 20, 29}, {"lumbar", 29, 99},
};

struct SimTruth {
	GArray *instants; /* of RollReferenceInstant */
};

SimTruth *
sim_truth_new(void)
{
	SimTruth *truth = g_new0(SimTruth, 1);

	truth->instants = g_array_new(FALSE, TRUE, sizeof(RollReferenceInstant));
	return truth;
}

void
sim_truth_free(SimTruth *truth)
{
	if (!truth)
		return;
	g_array_unref(truth->instants);
	g_free(truth);
}

void
sim_truth_add(SimTruth *truth, gint64 t_us, const RollSimTruth *is_true)
{
	RollReferenceInstant instant = {
		.contact =
			{
				.t_us = t_us,
				.position_m = is_true->contact.value,
				.force = is_true->force_n,
				.is_loaded = is_true->is_loaded,
			},
	};

	g_array_append_val(truth->instants, instant);
}

guint
sim_truth_get_length(const SimTruth *truth)
{
	return truth->instants->len;
}

static const RollContact *
get(const SimTruth *truth, guint i)
{
	return &g_array_index(truth->instants, RollReferenceInstant, i).contact;
}

static void
put_number(json_object *object, const char *name, double value)
{
	json_object_object_add(object, name, json_object_new_double(value));
}

static void
put_times(json_object *object, const RollEvent *event)
{
	put_number(object, "start", (double)event->start_us / G_USEC_PER_SEC);
	put_number(object, "end", (double)event->end_us / G_USEC_PER_SEC);
}

static void
put_events(json_object *root, const SimTruth *truth)
{
	json_object *passes = json_object_new_array(), *holds = json_object_new_array();
	g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(RollEvent));

	roll_reference_segment((const RollReferenceInstant *)(void *)truth->instants->data,
			       truth->instants->len, 0.0, events);
	for (guint i = 0; i < events->len; i++) {
		const RollEvent *event = &g_array_index(events, RollEvent, i);
		json_object *told = json_object_new_object();

		put_times(told, event);
		if (event->kind == ROLL_EVENT_HOLD) {
			put_number(told, "at_cm", event->from_m * CM_PER_M);
			json_object_array_add(holds, told);
			continue;
		}
		put_number(told, "from_cm", event->from_m * CM_PER_M);
		put_number(told, "to_cm", event->to_m * CM_PER_M);
		json_object_array_add(passes, told);
	}
	json_object_object_add(root, "passes", passes);
	json_object_object_add(root, "holds", holds);
}

static guint
find_zone(double position_cm)
{
	guint zone = 0;

	while (zone + 1 < G_N_ELEMENTS(zones) && position_cm >= zones[zone].high_cm)
		zone++;
	return zone;
}

/* Loaded seconds, in all and in each zone: a sample stands for the time up to the next one. */
static void
put_seconds(json_object *root, const SimTruth *truth)
{
	json_object *told = json_object_new_object();
	gint64 loaded_us = 0, zone_us[G_N_ELEMENTS(zones)] = {0};

	for (guint i = 0; i + 1 < truth->instants->len; i++) {
		const RollContact *contact = get(truth, i);
		gint64 step_us = get(truth, i + 1)->t_us - contact->t_us;

		if (!contact->is_loaded)
			continue;
		loaded_us += step_us;
		zone_us[find_zone(contact->position_m * CM_PER_M)] += step_us;
	}
	for (guint zone = 0; zone < G_N_ELEMENTS(zones); zone++)
		put_number(told, zones[zone].name, (double)zone_us[zone] / G_USEC_PER_SEC);
	json_object_object_add(root, "zones", told);
	put_number(root, "loaded_s", (double)loaded_us / G_USEC_PER_SEC);
}

/* [[time, cm, loaded], ...] */
static void
put_position(json_object *root, const SimTruth *truth)
{
	json_object *told = json_object_new_array();
	gint64 next_us = G_MININT64;

	for (guint i = 0; i < truth->instants->len; i++) {
		const RollContact *contact = get(truth, i);
		json_object *row;

		if (contact->t_us < next_us)
			continue;
		next_us = contact->t_us + POSITION_US;
		row = json_object_new_array();
		json_object_array_add(
			row, json_object_new_double((double)contact->t_us / G_USEC_PER_SEC));
		json_object_array_add(row, json_object_new_double(contact->position_m * CM_PER_M));
		json_object_array_add(row, json_object_new_boolean(contact->is_loaded));
		json_object_array_add(told, row);
	}
	json_object_object_add(root, "position", told);
}

static void
put_zones_cm(json_object *root)
{
	json_object *told = json_object_new_array();

	for (guint zone = 0; zone < G_N_ELEMENTS(zones); zone++) {
		json_object *row = json_object_new_array();

		json_object_array_add(row, json_object_new_string(zones[zone].name));
		json_object_array_add(row, json_object_new_double(zones[zone].low_cm));
		json_object_array_add(row, json_object_new_double(zones[zone].high_cm));
		json_object_array_add(told, row);
	}
	json_object_object_add(root, "zones_cm", told);
}

char *
sim_truth_dup_json(const SimTruth *truth, guint64 seed, const char *note)
{
	json_object *root = json_object_new_object();
	char *text;

	json_object_object_add(root, "seed", json_object_new_uint64(seed));
	put_events(root, truth);
	put_seconds(root, truth);
	json_object_object_add(root, "gaps", json_object_new_array());
	put_position(root, truth);
	json_object_object_add(root, "note", json_object_new_string(note));
	put_zones_cm(root);
	text = g_strdup(json_object_to_json_string_ext(root, JSON_C_TO_STRING_SPACED));
	json_object_put(root);
	return text;
}

gboolean
sim_truth_write(const SimTruth *truth, const char *path, guint64 seed, const char *note,
		GError **error)
{
	g_autofree char *text = sim_truth_dup_json(truth, seed, note);

	return g_file_set_contents(path, text, -1, error);
}
