/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-bus.h"

struct RollBluezBus {
	GDBusConnection *given;
	const RollBluezTiming *timing;
	RollBluezBusListener listener;
	GDBusConnection *open; /* NULL: not connected now */
	gulong closed_handler;
	GCancellable *cancellable;
	GSource *timer; /* to the next attempt */
	RollBackoff backoff;
};

static void try(RollBluezBus *bus);

static gboolean
on_timer(gpointer user_data)
{
	RollBluezBus *bus = user_data;

	g_clear_pointer(&bus->timer, g_source_unref);
	try(bus);
	return G_SOURCE_REMOVE;
}

static void
try_later(RollBluezBus *bus)
{
	bus->timer = g_timeout_source_new(roll_backoff_step(&bus->backoff,
							    bus->timing->bus_backoff_first_ms,
							    bus->timing->bus_backoff_last_ms));
	g_source_set_callback(bus->timer, on_timer, bus, NULL);
	g_source_attach(bus->timer, g_main_context_get_thread_default());
}

static void
take_failure(RollBluezBus *bus)
{
	try_later(bus);
	bus->listener.failed(bus->listener.user);
}

static void
leave(RollBluezBus *bus)
{
	if (!bus->open)
		return;
	g_signal_handler_disconnect(bus->open, bus->closed_handler);
	g_clear_object(&bus->open);
}

static void
on_closed(GDBusConnection *connection, gboolean is_remote, GError *cause, gpointer user_data)
{
	RollBluezBus *bus = user_data;
	g_autoptr(GError) error = NULL;

	(void)connection;
	(void)is_remote;
	error = g_error_new(G_IO_ERROR, G_IO_ERROR_CLOSED, "lost the bus of org.bluez: %s",
			    cause ? cause->message : "the connection was closed");
	g_debug("%s", error->message);
	bus->listener.closed(bus->listener.user, error, bus->given != NULL);
	leave(bus);
	if (!bus->given)
		try_later(bus);
}

/* connection: given. */
static void
enter(RollBluezBus *bus, GDBusConnection *connection)
{
	bus->open = connection;
	bus->closed_handler = g_signal_connect(connection, "closed", G_CALLBACK(on_closed), bus);
	roll_backoff_reset(&bus->backoff);
	bus->listener.opened(bus->listener.user, connection);
}

static void
take_connection(GObject *object, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GError) error = NULL;
	GDBusConnection *connection = g_dbus_connection_new_for_address_finish(result, &error);
	RollBluezBus *bus = user_data;

	(void)object;
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return; /* bus is gone */
	/* One that was closed already may have told so before anybody listened. */
	if (connection && !g_dbus_connection_is_closed(connection)) {
		enter(bus, connection);
		return;
	}
	g_clear_object(&connection);
	g_debug("cannot connect to the system bus: %s",
		error ? error->message : "it closed the connection");
	take_failure(bus);
}

/* A connection of our own: the shared one would end the program with the bus. */
static void
try(RollBluezBus *bus)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *address = g_dbus_address_get_for_bus_sync(G_BUS_TYPE_SYSTEM, NULL, &error);

	if (!address) {
		g_debug("cannot find the system bus: %s", error->message);
		take_failure(bus);
		return;
	}
	g_dbus_connection_new_for_address(address,
					  G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
						  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
					  NULL, bus->cancellable, take_connection, bus);
}

RollBluezBus *
roll_bluez_bus_new(GDBusConnection *given, const RollBluezTiming *timing,
		   const RollBluezBusListener *listener)
{
	RollBluezBus *bus = g_new0(RollBluezBus, 1);

	bus->given = given ? g_object_ref(given) : NULL;
	bus->timing = timing;
	bus->listener = *listener;
	bus->cancellable = g_cancellable_new();
	return bus;
}

gboolean
roll_bluez_bus_open(RollBluezBus *bus, GError **error)
{
	if (!bus->given) {
		try(bus);
		return TRUE;
	}
	if (g_dbus_connection_is_closed(bus->given)) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_CLOSED,
			    "cannot begin with org.bluez: the bus given is closed");
		return FALSE;
	}
	enter(bus, g_object_ref(bus->given));
	return TRUE;
}

void
roll_bluez_bus_free(RollBluezBus *bus)
{
	if (!bus)
		return;
	g_cancellable_cancel(bus->cancellable);
	if (bus->timer)
		g_source_destroy(bus->timer);
	g_clear_pointer(&bus->timer, g_source_unref);
	leave(bus);
	g_clear_object(&bus->given);
	g_object_unref(bus->cancellable);
	g_free(bus);
}
