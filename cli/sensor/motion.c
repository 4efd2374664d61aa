/* SPDX-License-Identifier: MIT */
#include "cli/sensor/motion.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SENSOR_INTERFACE "org.rollerd1.Sensor"

enum {
	ANSWER_WITHIN_MS = 3000,
	LOOK_MS = 50,
	LOOKS = 100,
	/* By so much stream time the view may be behind the sensor: a packet, the radio, the smoothing. */
	BEHIND_US = 500000,
};

G_DEFINE_QUARK(rollstat - motion - error - quark, rollstat_motion_error)

static double
look_up(GVariant *properties, const char *name)
{
	double number = NAN;
	g_variant_lookup(properties, name, "d", &number);
	return number;
}

RollstatMotion
rollstat_motion_read(GVariant *properties)
{
	const char *kind = "", *mount = "";
	RollstatMotion motion = {
		.turned_deg = look_up(properties, "Turned"),
		.contact_cm = look_up(properties, "Contact"),
		.uncertainty_cm = look_up(properties, "Uncertainty"),
		.force_n = look_up(properties, "Force"),
		.radius_cm = look_up(properties, "Radius"),
		.head_end_cm = look_up(properties, "HeadEnd"),
	};
	g_variant_lookup(properties, "LastSample", "x", &motion.last_us);
	g_variant_lookup(properties, "TurnedSince", "x", &motion.since_us);
	g_variant_lookup(properties, "AxisLearned", "b", &motion.is_axis_learned);
	g_variant_lookup(properties, "Loaded", "b", &motion.is_loaded);
	g_variant_lookup(properties, "Kind", "&s", &kind);
	g_variant_lookup(properties, "Mount", "&s", &mount);
	motion.is_known = *kind != '\0';
	motion.is_bar = g_str_equal(kind, "bar");
	motion.is_left = g_str_equal(mount, "left");
	return motion;
}

gboolean
rollstat_motion_fetch(GDBusConnection *bus, const char *path, RollstatMotion *ret_motion,
		      GError **error)
{
	g_autoptr(GVariant) all = g_dbus_connection_call_sync(
		bus, "org.rollerd1", path, "org.freedesktop.DBus.Properties", "GetAll",
		g_variant_new("(s)", SENSOR_INTERFACE), G_VARIANT_TYPE("(a{sv})"),
		G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_WITHIN_MS, NULL, error);
	if (all == NULL)
		return FALSE;
	g_autoptr(GVariant) properties = g_variant_get_child_value(all, 0);
	*ret_motion = rollstat_motion_read(properties);
	return TRUE;
}

static gboolean
end_wait(gpointer data)
{
	*(gboolean *)data = TRUE;
	return G_SOURCE_REMOVE;
}

static void
wait_for_look(void)
{
	gboolean is_over = FALSE;
	g_timeout_add(LOOK_MS, end_wait, &is_over);
	while (!is_over)
		g_main_context_iteration(NULL, TRUE);
}

gboolean
rollstat_motion_fetch_settled(GDBusConnection *bus, const char *path, RollstatMotion *ret_motion,
			      GError **error)
{
	RollstatMotion first;
	if (!rollstat_motion_fetch(bus, path, &first, error))
		return FALSE;
	for (guint i = 0; i < LOOKS; i++) {
		wait_for_look();
		if (!rollstat_motion_fetch(bus, path, ret_motion, error))
			return FALSE;
		if (ret_motion->last_us > first.last_us + BEHIND_US)
			return TRUE;
	}
	g_set_error(error, ROLLSTAT_MOTION_ERROR, ROLLSTAT_MOTION_ERROR_SILENT,
		    _("the sensor sends no samples now"));
	return FALSE;
}
