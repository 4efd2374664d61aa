/* SPDX-License-Identifier: MIT */
#include "daemon/bus.h"

#include "protocol/org.rollerd1.h"

#include <math.h>
#include <string.h>

#define BUS_NAME "org.rollerd1"
#define BUS_PATH "/org/rollerd1"

enum {
	RETRY_FIRST_S = 60,    /* doubles each time, ... */
	RETRY_LAST_S = 300,    /* ... up to this */
	NAME_DO_NOT_QUEUE = 4, /* flag and answer of org.freedesktop.DBus.RequestName */
	NAME_IS_OURS = 1,
};

struct RollBus {
	RollBusListener listener;
	char *address; /* NULL: the one of the session or the system */
	char *tried;   /* address of the last try */
	gboolean is_system;
	gboolean has_told; /* the first state was told */
	RollBusState state;
	guint retry;
	guint retry_s; /* from the last try to the one that is due; 0: none failed yet */
	GCancellable *cancellable;
	GDBusConnection *connection; /* NULL: none, or not yet ours */
	RollDaemon *daemon;
	GDBusObjectManagerServer *manager;
	GHashTable *sensors; /* address -> RollSensor, both owned */
};

static void join(RollBus *bus);

const char *
roll_link_get_name(RollLink link)
{
	switch (link) {
	case ROLL_LINK_ABSENT:
		return "absent";
	case ROLL_LINK_CONNECTING:
		return "connecting";
	case ROLL_LINK_STREAMING:
		return "streaming";
	case ROLL_LINK_SILENT:
		return "silent";
	}
	g_assert_not_reached();
}

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
					      bus->connection, BUS_PATH, error))
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
			       g_variant_new("(su)", BUS_NAME, NAME_DO_NOT_QUEUE),
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
	roll_daemon_set_trouble(bus->daemon, "");
	bus->manager = g_dbus_object_manager_server_new(BUS_PATH);
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
	g_hash_table_unref(bus->sensors);
	g_object_unref(bus->manager);
	g_object_unref(bus->daemon);
	g_object_unref(bus->cancellable);
	g_free(bus->address);
	g_free(bus->tried);
	g_free(bus);
}

static void
answer_command(GObject *object, GAsyncResult *result, gpointer user_data)
{
	GDBusMethodInvocation *invocation = user_data;
	g_autoptr(GError) error = NULL;

	(void)object; /* a source is no GObject */
	if (g_task_propagate_boolean(G_TASK(result), &error))
		g_dbus_method_invocation_return_value(invocation, NULL);
	else if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
		g_dbus_method_invocation_return_dbus_error(
			invocation, BUS_NAME ".Error.NotSupported", error->message);
	else
		g_dbus_method_invocation_return_dbus_error(invocation, BUS_NAME ".Error.Failed",
							   error->message);
}

static gboolean
handle_command(RollBus *bus, RollSensor *sensor, GDBusMethodInvocation *invocation,
	       RollCommand command)
{
	if (!bus->listener.command(bus->listener.user, roll_sensor_get_address(sensor), command,
				   answer_command, invocation))
		g_dbus_method_invocation_return_dbus_error(
			invocation, BUS_NAME ".Error.NotSupported",
			"the source of this sensor takes no commands");
	return TRUE;
}

static gboolean
handle_tare(RollSensor *sensor, GDBusMethodInvocation *invocation, gpointer user_data)
{
	return handle_command(user_data, sensor, invocation, ROLL_COMMAND_TARE);
}

static gboolean
handle_identify(RollSensor *sensor, GDBusMethodInvocation *invocation, gpointer user_data)
{
	return handle_command(user_data, sensor, invocation, ROLL_COMMAND_IDENTIFY);
}

static gboolean
handle_mark(RollSensor *sensor, GDBusMethodInvocation *invocation, gpointer user_data)
{
	RollBus *bus = user_data;
	g_autoptr(GError) error = NULL;

	if (bus->listener.mark(bus->listener.user, roll_sensor_get_address(sensor), &error))
		roll_sensor_complete_mark(sensor, invocation);
	else
		g_dbus_method_invocation_return_dbus_error(invocation, BUS_NAME ".Error.NoSession",
							   error->message);
	return TRUE;
}

static RollSensor *
make_sensor(RollBus *bus, const char *address)
{
	g_autofree char *name = g_strdelimit(g_strdup(address), ":", '_');
	g_autofree char *path = g_strdup_printf(BUS_PATH "/sensor/%s", name);
	g_autoptr(RollObjectSkeleton) object = roll_object_skeleton_new(path);
	RollSensor *sensor = roll_sensor_skeleton_new();

	roll_sensor_set_address(sensor, address);
	roll_sensor_set_name(sensor, "");
	roll_sensor_set_codec(sensor, "");
	roll_sensor_set_detail(sensor, "");
	roll_sensor_set_link(sensor, roll_link_get_name(ROLL_LINK_ABSENT));
	roll_sensor_set_battery(sensor, -1);
	g_signal_connect(sensor, "handle-tare", G_CALLBACK(handle_tare), bus);
	g_signal_connect(sensor, "handle-identify", G_CALLBACK(handle_identify), bus);
	g_signal_connect(sensor, "handle-mark", G_CALLBACK(handle_mark), bus);
	roll_object_skeleton_set_sensor(object, sensor);
	g_dbus_object_manager_server_export(bus->manager, G_DBUS_OBJECT_SKELETON(object));
	g_hash_table_insert(bus->sensors, g_strdup(address), sensor);
	return sensor;
}

static RollSensor *
get_sensor(RollBus *bus, const char *address)
{
	RollSensor *sensor = g_hash_table_lookup(bus->sensors, address);

	return sensor ? sensor : make_sensor(bus, address);
}

void
roll_bus_set_trouble(RollBus *bus, const char *text)
{
	roll_daemon_set_trouble(bus->daemon, text ? text : "");
}

void
roll_bus_set_status(RollBus *bus, const RollSensorStatus *status)
{
	RollSensor *sensor = get_sensor(bus, status->address);

	/* What is not known now may have been known before. */
	if (status->name)
		roll_sensor_set_name(sensor, status->name);
	if (status->codec)
		roll_sensor_set_codec(sensor, status->codec);
	if (status->battery_pct >= 0)
		roll_sensor_set_battery(sensor, status->battery_pct);
	roll_sensor_set_detail(sensor, status->detail ? status->detail : "");
	roll_sensor_set_link(sensor, roll_link_get_name(status->link));
	roll_sensor_set_rssi(sensor, status->rssi_dbm);
}

void
roll_bus_set_session(RollBus *bus, const char *address, gint64 session)
{
	roll_sensor_set_session(get_sensor(bus, address), session);
}

void
roll_bus_set_counts(RollBus *bus, const char *address, const RollBusCounts *counts)
{
	RollSensor *sensor = get_sensor(bus, address);

	roll_sensor_set_last_sample(sensor, counts->last_sample_us);
	roll_sensor_set_lost_packets(sensor, counts->lost_packets);
	roll_sensor_set_refused_values(sensor, counts->refused_values);
}

void
roll_bus_emit_event(RollBus *bus, const char *address, gint64 session, gboolean has_newtons,
		    const RollEvent *event)
{
	RollSensor *sensor = get_sensor(bus, address);
	double start_s = (double)event->start_us / G_USEC_PER_SEC;
	double end_s = (double)event->end_us / G_USEC_PER_SEC;
	double mean_n = has_newtons ? event->mean_force : NAN;
	double peak_n = has_newtons ? event->peak_force : NAN;

	if (event->kind == ROLL_EVENT_PASS)
		roll_sensor_emit_pass(sensor, session, start_s, end_s, event->from_m * 100,
				      event->to_m * 100, mean_n, peak_n);
	else if (event->kind == ROLL_EVENT_HOLD)
		roll_sensor_emit_hold(sensor, session, start_s, end_s, event->from_m * 100, mean_n,
				      peak_n);
}
