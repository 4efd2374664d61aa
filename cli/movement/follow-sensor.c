/* SPDX-License-Identifier: MIT */
#include "cli/movement/follow-sensor.h"

#include "cli/sensor/status.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct RollstatDaemonSensor {
	GDBusConnection *bus;
	char *path, *label;
};

RollstatZoneCounter
rollstat_zone_counter_begin(const RollstatPlanStep *step)
{
	gboolean is_anywhere =
		step->zone == NULL || (step->movement->tools & ROLLSTAT_TOOL_BAR) != 0;
	return (RollstatZoneCounter){
		.from_cm = is_anywhere ? NAN : step->zone->from_cm,
		.to_cm = is_anywhere ? NAN : step->zone->to_cm,
	};
}

static RollstatContact
get_contact(const RollstatZoneCounter *counter, const RollstatMotion *motion)
{
	if (!motion->is_loaded)
		return ROLLSTAT_CONTACT_NONE;
	if (motion->contact_cm < counter->from_cm)
		return ROLLSTAT_CONTACT_ABOVE;
	return motion->contact_cm >= counter->to_cm ? ROLLSTAT_CONTACT_BELOW
						    : ROLLSTAT_CONTACT_THERE;
}

RollstatContact
rollstat_zone_counter_add(RollstatZoneCounter *counter, const RollstatMotion *motion)
{
	double passed_s = (double)(motion->last_us - counter->last_us) / G_USEC_PER_SEC;
	gboolean is_first = counter->last_us == 0;
	if (passed_s <= 0)
		return ROLLSTAT_CONTACT_SILENT;
	RollstatContact contact = get_contact(counter, motion);
	counter->last_us = motion->last_us;
	if (!is_first && passed_s <= ROLLSTAT_LOOK_MOST_S && contact == ROLLSTAT_CONTACT_THERE)
		counter->seconds += passed_s;
	return contact;
}

static const RollstatSensor *
find_streaming(const RollstatStatus *status, gboolean is_bar)
{
	for (guint i = 0; i < status->sensors->len; i++) {
		const RollstatSensor *sensor = g_ptr_array_index(status->sensors, i);
		if (g_str_equal(sensor->link, "streaming") && sensor->motion.is_known &&
		    sensor->motion.is_bar == is_bar)
			return sensor;
	}
	return NULL;
}

RollstatDaemonSensor *
rollstat_daemon_sensor_new(gboolean is_system, gboolean is_bar, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autoptr(RollstatStatus) status = rollstat_status_fetch(is_system, &cause);
	const RollstatSensor *found = status != NULL ? find_streaming(status, is_bar) : NULL;
	if (found == NULL) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
				    status == NULL ? _("rollerd does not answer")
				    : is_bar	   ? _("no bar is streaming")
						   : _("no roller is streaming"));
		return NULL;
	}
	RollstatDaemonSensor *sensor = g_new0(RollstatDaemonSensor, 1);
	sensor->bus = g_object_ref(status->bus);
	sensor->path = g_strdup(found->path);
	sensor->label = rollstat_status_dup_label(found);
	return sensor;
}

void
rollstat_daemon_sensor_free(RollstatDaemonSensor *sensor)
{
	if (sensor == NULL)
		return;
	g_clear_object(&sensor->bus);
	g_free(sensor->path);
	g_free(sensor->label);
	g_free(sensor);
}

static gboolean
look(void *user, RollstatMotion *ret_motion, GError **error)
{
	const RollstatDaemonSensor *sensor = user;
	return rollstat_motion_fetch(sensor->bus, sensor->path, ret_motion, error);
}

RollstatFollowSensor
rollstat_daemon_sensor_get(RollstatDaemonSensor *sensor)
{
	return (RollstatFollowSensor){.look = look, .user = sensor};
}

const char *
rollstat_daemon_sensor_get_label(const RollstatDaemonSensor *sensor)
{
	return sensor->label;
}
