/* SPDX-License-Identifier: MIT */
#include "daemon/bus-parts.h"

#define SENSOR_INTERFACE "org.rollerd1.Sensor"

static void
take_vanished(GDBusConnection *connection, const char *name, gpointer user_data)
{
	RollBus *bus = user_data;

	(void)connection;
	g_hash_table_remove(bus->watchers, name);
}

static gboolean
handle_watch(RollDaemon *daemon, GDBusMethodInvocation *invocation, gpointer user_data)
{
	RollBus *bus = user_data;
	const char *sender = g_dbus_method_invocation_get_sender(invocation);

	if (!g_hash_table_contains(bus->watchers, sender)) {
		guint watch = g_bus_watch_name_on_connection(
			g_dbus_method_invocation_get_connection(invocation), sender,
			G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, take_vanished, bus, NULL);

		g_hash_table_insert(bus->watchers, g_strdup(sender), GUINT_TO_POINTER(watch));
	}
	roll_daemon_complete_watch(daemon, invocation);
	return TRUE;
}

static gboolean
handle_unwatch(RollDaemon *daemon, GDBusMethodInvocation *invocation, gpointer user_data)
{
	RollBus *bus = user_data;

	g_hash_table_remove(bus->watchers, g_dbus_method_invocation_get_sender(invocation));
	roll_daemon_complete_unwatch(daemon, invocation);
	return TRUE;
}

static void
end_watch(gpointer watch)
{
	g_bus_unwatch_name(GPOINTER_TO_UINT(watch));
}

void
roll_bus_watch_begin(RollBus *bus)
{
	bus->watchers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, end_watch);
	g_signal_connect(bus->daemon, "handle-watch", G_CALLBACK(handle_watch), bus);
	g_signal_connect(bus->daemon, "handle-unwatch", G_CALLBACK(handle_unwatch), bus);
}

void
roll_bus_watch_forget(RollBus *bus)
{
	g_hash_table_remove_all(bus->watchers);
}

void
roll_bus_watch_end(RollBus *bus)
{
	g_hash_table_unref(bus->watchers);
}

void
roll_bus_watch_tell(const RollBus *bus, RollSensor *sensor, const RollBusMoment *moment)
{
	const char *path =
		g_dbus_interface_skeleton_get_object_path(G_DBUS_INTERFACE_SKELETON(sensor));
	g_autoptr(GVariant) parameters = g_variant_ref_sink(
		g_variant_new("(xddddbu)", roll_sensor_get_last_sample(sensor), moment->contact_cm,
			      moment->uncertainty_cm, moment->speed_cmps, moment->force_n,
			      moment->is_loaded, roll_sensor_get_lost_packets(sensor)));
	GHashTableIter watchers;
	gpointer name = NULL;

	if (!bus->connection || !path)
		return;
	g_hash_table_iter_init(&watchers, bus->watchers);
	while (g_hash_table_iter_next(&watchers, &name, NULL))
		g_dbus_connection_emit_signal(bus->connection, name, path, SENSOR_INTERFACE,
					      "Moment", parameters, NULL);
}
