/* SPDX-License-Identifier: MIT */
#include "daemon/bus-parts.h"
#include "protocol/config-file.h"

enum {
	RETRY_FIRST_S = 60,    /* doubles each time, ... */
	RETRY_LAST_S = 300,    /* ... up to this */
	NAME_DO_NOT_QUEUE = 4, /* flag and answer of org.freedesktop.DBus.RequestName */
	NAME_IS_OURS = 1,
};

static void join(RollBus *bus);

static gboolean
retry(gpointer data)
{
	RollBus *bus = data;

	bus->retry = 0;
	join(bus);
	return G_SOURCE_REMOVE;
}

static void
tell(RollBus *bus, RollBusState state, const char *text)
{
	gboolean is_news = !bus->has_told || bus->state != state;

	bus->has_told = TRUE;
	bus->state = state;
	if (is_news)
		bus->listener.state(bus->listener.user, state, text);
}

static void
leave(RollBus *bus)
{
	GDBusInterfaceSkeleton *skeleton = G_DBUS_INTERFACE_SKELETON(bus->daemon);

	if (!bus->connection)
		return;
	roll_bus_watch_forget(bus);
	g_signal_handlers_disconnect_by_data(bus->connection, bus);
	g_dbus_object_manager_server_set_connection(bus->manager, NULL);
	if (g_dbus_interface_skeleton_has_connection(skeleton, bus->connection))
		g_dbus_interface_skeleton_unexport_from_connection(skeleton, bus->connection);
	g_clear_object(&bus->connection);
}

/* The connection does not serve: leaves it and tries again later. */
static void
give_up(RollBus *bus, RollBusState state, const char *text)
{
	leave(bus);
	bus->retry_s = CLAMP(2 * bus->retry_s, RETRY_FIRST_S, RETRY_LAST_S);
	bus->retry = g_timeout_add_seconds(bus->retry_s, retry, bus);
	tell(bus, state, text);
}

static void
take_closed(GDBusConnection *connection, gboolean is_remote, GError *error, gpointer user_data)
{
	(void)connection;
	(void)is_remote; /* we never close it while this is connected */
	(void)error;	 /* it speaks of streams and bytes */
	give_up(user_data, ROLL_BUS_ABSENT, "the bus went away");
}

static void
take_name(GObject *object, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(object), result, &error);
	RollBus *bus = user_data;
	guint32 answer = 0;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return; /* bus is freed */
	if (!bus->connection)
		return; /* closed meanwhile: already told */
	if (!reply) {
		give_up(bus, ROLL_BUS_ABSENT, error->message);
		return;
	}
	g_variant_get(reply, "(u)", &answer);
	if (answer != NAME_IS_OURS) {
		give_up(bus, ROLL_BUS_TAKEN, "another rollerd is running on this bus");
		return;
	}
	bus->retry_s = 0;
	tell(bus, ROLL_BUS_OWNED, "");
}

/* The objects are there before the name is, so that no one finds the name without them. */
static gboolean
export_objects(RollBus *bus, GError **error)
{
	if (!g_dbus_interface_skeleton_export(G_DBUS_INTERFACE_SKELETON(bus->daemon),
					      bus->connection, ROLL_BUS_PATH, error))
		return FALSE;
	g_dbus_object_manager_server_set_connection(bus->manager, bus->connection);
	return TRUE;
}

static void
take_connection(GObject *object, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDBusConnection) connection =
		g_dbus_connection_new_for_address_finish(result, &error);
	RollBus *bus = user_data;

	(void)object;
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return; /* bus is freed */
	if (!connection) {
		g_prefix_error(&error, "%s: ", bus->tried);
		give_up(bus, ROLL_BUS_ABSENT, error->message);
		return;
	}
	bus->connection = g_steal_pointer(&connection);
	g_signal_connect(bus->connection, "closed", G_CALLBACK(take_closed), bus);
	if (!export_objects(bus, &error)) {
		give_up(bus, ROLL_BUS_ABSENT, error->message);
		return;
	}
	g_dbus_connection_call(bus->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
			       "org.freedesktop.DBus", "RequestName",
			       g_variant_new("(su)", ROLL_BUS_NAME, NAME_DO_NOT_QUEUE),
			       G_VARIANT_TYPE("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, bus->cancellable,
			       take_name, bus);
}

/* A connection of our own: the shared one of GIO would end the program when the bus goes. */
static void
join(RollBus *bus)
{
	g_autoptr(GError) error = NULL;

	g_free(bus->tried);
	bus->tried = g_strdup(bus->address);
	if (!bus->tried)
		bus->tried = g_dbus_address_get_for_bus_sync(
			bus->is_system ? G_BUS_TYPE_SYSTEM : G_BUS_TYPE_SESSION, NULL, &error);
	if (!bus->tried) {
		give_up(bus, ROLL_BUS_ABSENT, error->message);
		return;
	}
	g_dbus_connection_new_for_address(bus->tried,
					  G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
						  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
					  NULL, bus->cancellable, take_connection, bus);
}

static gboolean
handle_reload(RollDaemon *daemon, GDBusMethodInvocation *invocation, gpointer user_data)
{
	RollBus *bus = user_data;
	g_autoptr(GError) error = NULL;

	if (bus->listener.reload(bus->listener.user, &error))
		roll_daemon_complete_reload(daemon, invocation);
	else
		g_dbus_method_invocation_return_dbus_error(
			invocation,
			error->domain == ROLL_CONFIG_ERROR ? ROLL_BUS_NAME ".Error.Configuration"
							   : ROLL_BUS_NAME ".Error.Failed",
			error->message);
	return TRUE;
}

RollBus *
roll_bus_new(const char *address, gboolean is_system, const RollBusFacts *facts,
	     const RollBusListener *listener)
{
	RollBus *bus = g_new0(RollBus, 1);

	bus->listener = *listener;
	bus->address = g_strdup(address);
	bus->is_system = is_system;
	bus->cancellable = g_cancellable_new();
	bus->daemon = roll_daemon_skeleton_new();
	roll_daemon_set_version(bus->daemon, facts->version);
	roll_daemon_set_source(bus->daemon, facts->source);
	roll_daemon_set_database(bus->daemon, facts->database);
	roll_daemon_set_configuration(bus->daemon, facts->configuration);
	roll_daemon_set_trouble(bus->daemon, "");
	g_signal_connect(bus->daemon, "handle-reload", G_CALLBACK(handle_reload), bus);
	roll_bus_watch_begin(bus);
	bus->manager = g_dbus_object_manager_server_new(ROLL_BUS_PATH);
	bus->sensors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_object_unref);
	bus->retry = g_idle_add(retry, bus);
	return bus;
}

void
roll_bus_free(RollBus *bus)
{
	g_autoptr(GDBusConnection) connection = NULL;

	if (!bus)
		return;
	g_cancellable_cancel(bus->cancellable);
	if (bus->retry)
		g_source_remove(bus->retry);
	if (bus->connection)
		connection = g_object_ref(bus->connection);
	leave(bus);
	if (connection)
		g_dbus_connection_close_sync(connection, NULL, NULL); /* gone is gone */
	roll_bus_watch_end(bus);
	g_hash_table_unref(bus->sensors);
	g_object_unref(bus->manager);
	g_object_unref(bus->daemon);
	g_object_unref(bus->cancellable);
	g_free(bus->address);
	g_free(bus->tried);
	g_free(bus);
}

void
roll_bus_set_trouble(RollBus *bus, const char *text)
{
	roll_daemon_set_trouble(bus->daemon, text ? text : "");
}
