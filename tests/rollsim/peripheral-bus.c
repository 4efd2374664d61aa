/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/peripheral-bus.h"

#include "tests/rollsim/event-line.h"
#include "tests/rollsim/peripheral-tree.h"

#include <string.h>

#define BLUEZ "org.bluez"
#define AGENT_PATH PERIPHERAL_ROOT "/agent"
#define GATT_MANAGER "org.bluez.GattManager1"
#define ADVERTISING_MANAGER "org.bluez.LEAdvertisingManager1"
#define OBJECT_MANAGER "org.freedesktop.DBus.ObjectManager"
#define DEVICE "org.bluez.Device1"
#define PROPERTIES "org.freedesktop.DBus.Properties"

static const char introspection[] =
	"<node>"
	" <interface name='org.freedesktop.DBus.ObjectManager'>"
	"  <method name='GetManagedObjects'><arg type='a{oa{sa{sv}}}' direction='out'/></method>"
	" </interface>"
	" <interface name='org.bluez.GattService1'>"
	"  <property name='UUID' type='s' access='read'/>"
	"  <property name='Primary' type='b' access='read'/>"
	" </interface>"
	" <interface name='org.bluez.GattCharacteristic1'>"
	"  <method name='ReadValue'>"
	"   <arg type='a{sv}' direction='in'/><arg type='ay' direction='out'/>"
	"  </method>"
	"  <method name='WriteValue'>"
	"   <arg type='ay' direction='in'/><arg type='a{sv}' direction='in'/>"
	"  </method>"
	"  <method name='StartNotify'/><method name='StopNotify'/><method name='Confirm'/>"
	"  <method name='AcquireNotify'>"
	"   <arg type='a{sv}' direction='in'/>"
	"   <arg type='h' direction='out'/><arg type='q' direction='out'/>"
	"  </method>"
	"  <property name='UUID' type='s' access='read'/>"
	"  <property name='Service' type='o' access='read'/>"
	"  <property name='Flags' type='as' access='read'/>"
	"  <property name='NotifyAcquired' type='b' access='read'/>"
	" </interface>"
	" <interface name='org.bluez.LEAdvertisement1'>"
	"  <method name='Release'/>"
	"  <property name='Type' type='s' access='read'/>"
	"  <property name='LocalName' type='s' access='read'/>"
	"  <property name='ServiceUUIDs' type='as' access='read'/>"
	" </interface>"
	" <interface name='org.bluez.Agent1'>"
	"  <method name='Release'/><method name='Cancel'/>"
	"  <method name='RequestAuthorization'><arg type='o' direction='in'/></method>"
	"  <method name='RequestConfirmation'>"
	"   <arg type='o' direction='in'/><arg type='u' direction='in'/>"
	"  </method>"
	"  <method name='AuthorizeService'>"
	"   <arg type='o' direction='in'/><arg type='s' direction='in'/>"
	"  </method>"
	" </interface>"
	"</node>";

struct PeripheralBus {
	char *adapter; /* a path */
	gboolean is_guarded;
	PeripheralBusListener listener;
	GDBusConnection *connection;
	GDBusNodeInfo *info;
	GPtrArray *tree;
	GVariant *advertisement;
	GCancellable *cancellable;
	guint name_watch, added_watch, removed_watch, changed_watch;
	guint n_registered;    /* of application and advertisement */
	GHashTable *connected; /* paths of devices */
};

/* ---- Calls ---- */

/* What a reply needs to know. */
typedef struct {
	PeripheralBus *bus;
	const char *what; /* static */
	gboolean is_counted;
} Call;

static void
answered(GObject *source, GAsyncResult *result, gpointer user_data)
{
	g_autofree Call *call = user_data;
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (!answer) {
		g_printerr("rollsim: %s: %s\n", call->what, error->message);
		return;
	}
	if (call->is_counted && ++call->bus->n_registered == 2)
		event_line_tell(EVENT_OF_ALL, "ready %s", strrchr(call->bus->adapter, '/') + 1);
}

static void
call_bluez(PeripheralBus *bus, const char *path, const char *interface, const char *method,
	   GVariant *parameters)
{
	Call *call = g_new(Call, 1);

	/* The methods' names are literals. */
	*call = (Call){
		.bus = bus,
		.what = method,
		.is_counted = g_str_equal(method, "RegisterApplication") ||
			      g_str_equal(method, "RegisterAdvertisement"),
	};
	g_dbus_connection_call(bus->connection, BLUEZ, path, interface, method, parameters, NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, bus->cancellable, answered,
			       call);
}

/* ---- Registration ---- */

/* With an agent there, bluetoothd makes the adapter pairable. */
static void
register_agent(PeripheralBus *bus)
{
	call_bluez(bus, "/org/bluez", "org.bluez.AgentManager1", "RegisterAgent",
		   g_variant_new("(os)", AGENT_PATH, "NoInputNoOutput"));
	call_bluez(bus, "/org/bluez", "org.bluez.AgentManager1", "RequestDefaultAgent",
		   g_variant_new("(o)", AGENT_PATH));
}

void
peripheral_bus_advertise(PeripheralBus *bus, gboolean is_on)
{
	if (is_on)
		call_bluez(bus, bus->adapter, ADVERTISING_MANAGER, "RegisterAdvertisement",
			   g_variant_new("(oa{sv})", PERIPHERAL_ADVERTISEMENT, NULL));
	else
		call_bluez(bus, bus->adapter, ADVERTISING_MANAGER, "UnregisterAdvertisement",
			   g_variant_new("(o)", PERIPHERAL_ADVERTISEMENT));
}

static void
register_all(PeripheralBus *bus)
{
	bus->n_registered = 0;
	call_bluez(bus, bus->adapter, GATT_MANAGER, "RegisterApplication",
		   g_variant_new("(oa{sv})", PERIPHERAL_ROOT, NULL));
	peripheral_bus_advertise(bus, TRUE);
	if (bus->is_guarded)
		register_agent(bus);
}

static gboolean
is_ours(const PeripheralBus *bus, const char *path)
{
	return g_str_has_prefix(path, bus->adapter) && path[strlen(bus->adapter)] == '/';
}

static void
set_connected(PeripheralBus *bus, const char *path, gboolean is_connected)
{
	gboolean is_changed = is_connected ? g_hash_table_add(bus->connected, g_strdup(path))
					   : g_hash_table_remove(bus->connected, path);

	if (is_changed)
		bus->listener.link(bus->listener.user, is_connected);
}

/* An object of bluetoothd's: our adapter, with all that is needed, or a device that is connected already. */
static void
look_at(PeripheralBus *bus, const char *path, GVariant *interfaces)
{
	g_autoptr(GVariant) manager = g_variant_lookup_value(interfaces, ADVERTISING_MANAGER, NULL);
	g_autoptr(GVariant) device = g_variant_lookup_value(interfaces, DEVICE, NULL);
	gboolean is_connected;

	if (manager && g_str_equal(path, bus->adapter))
		register_all(bus);
	if (device && is_ours(bus, path) &&
	    g_variant_lookup(device, "Connected", "b", &is_connected))
		set_connected(bus, path, is_connected);
}

static void
objects_listed(GObject *source, GAsyncResult *result, gpointer user_data)
{
	PeripheralBus *bus = user_data;
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error);
	g_autoptr(GVariantIter) objects = NULL;
	const char *path;
	GVariant *interfaces;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (!answer) {
		g_printerr("rollsim: asking bluetoothd for its adapters: %s\n", error->message);
		return;
	}
	g_variant_get(answer, "(a{oa{sa{sv}}})", &objects);
	while (g_variant_iter_loop(objects, "{&o@a{sa{sv}}}", &path, &interfaces))
		look_at(bus, path, interfaces);
}

static void
bluez_appeared(GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
	PeripheralBus *bus = user_data;

	(void)owner;
	g_dbus_connection_call(connection, name, "/", OBJECT_MANAGER, "GetManagedObjects", NULL,
			       G_VARIANT_TYPE("(a{oa{sa{sv}}})"), G_DBUS_CALL_FLAGS_NONE, -1,
			       bus->cancellable, objects_listed, bus);
}

static void
bluez_vanished(GDBusConnection *connection, const char *name, gpointer user_data)
{
	PeripheralBus *bus = user_data;
	g_autoptr(GList) paths = g_hash_table_get_keys(bus->connected);

	(void)connection;
	(void)name;
	for (GList *path = paths; path; path = path->next) {
		g_autofree char *copy = g_strdup(path->data);

		set_connected(bus, copy, FALSE);
	}
}

static void
object_added(GDBusConnection *connection, const char *sender, const char *path,
	     const char *interface, const char *signal, GVariant *parameters, gpointer user_data)
{
	g_autoptr(GVariant) interfaces = g_variant_get_child_value(parameters, 1);
	const char *object;

	(void)connection;
	(void)sender;
	(void)path;
	(void)interface;
	(void)signal;
	g_variant_get_child(parameters, 0, "&o", &object);
	look_at(user_data, object, interfaces);
}

static void
object_removed(GDBusConnection *connection, const char *sender, const char *path,
	       const char *interface, const char *signal, GVariant *parameters, gpointer user_data)
{
	g_autofree const char **interfaces = NULL;
	const char *object;

	(void)connection;
	(void)sender;
	(void)path;
	(void)interface;
	(void)signal;
	g_variant_get(parameters, "(&o^a&s)", &object, &interfaces);
	if (g_strv_contains(interfaces, DEVICE))
		set_connected(user_data, object, FALSE);
}

static void
device_changed(GDBusConnection *connection, const char *sender, const char *path,
	       const char *interface, const char *signal, GVariant *parameters, gpointer user_data)
{
	PeripheralBus *bus = user_data;
	g_autoptr(GVariant) changed = g_variant_get_child_value(parameters, 1);
	gboolean is_connected;

	(void)connection;
	(void)sender;
	(void)interface;
	(void)signal;
	if (is_ours(bus, path) && g_variant_lookup(changed, "Connected", "b", &is_connected))
		set_connected(bus, path, is_connected);
}

void
peripheral_bus_hang_up(PeripheralBus *bus)
{
	GHashTableIter iter;
	gpointer path;

	g_hash_table_iter_init(&iter, bus->connected);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		call_bluez(bus, path, DEVICE, "Disconnect", NULL);
}

/* ---- Our objects ---- */

static const PeripheralObject *
find_object(const PeripheralBus *bus, const char *path)
{
	for (guint i = 0; i < bus->tree->len; i++) {
		const PeripheralObject *object = bus->tree->pdata[i];

		if (g_str_equal(object->path, path))
			return object;
	}
	return NULL;
}

static void
take_call(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	  const char *method, GVariant *parameters, GDBusMethodInvocation *call, gpointer user_data)
{
	PeripheralBus *bus = user_data;
	const PeripheralObject *object = find_object(bus, path);

	(void)connection;
	(void)sender;
	(void)interface;
	if (object)
		bus->listener.call(bus->listener.user, object->key, method, parameters, call);
	else if (g_str_equal(method, "GetManagedObjects"))
		g_dbus_method_invocation_return_value(call,
						      peripheral_tree_build_answer(bus->tree));
	else
		/* Of the agent, who takes everybody, and of the advertisement. */
		g_dbus_method_invocation_return_value(call, NULL);
}

static GVariant *
get_property(GDBusConnection *connection, const char *sender, const char *path,
	     const char *interface, const char *name, GError **error, gpointer user_data)
{
	const PeripheralBus *bus = user_data;
	const PeripheralObject *object = find_object(bus, path);
	GVariant *value = g_variant_lookup_value(object ? object->properties : bus->advertisement,
						 name, NULL);

	(void)connection;
	(void)sender;
	if (!value)
		g_set_error(error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY,
			    "%s has no %s of %s", path, name, interface);
	return value;
}

static const GDBusInterfaceVTable vtable = {.method_call = take_call, .get_property = get_property};

static gboolean export(PeripheralBus *bus, const char *path, const char *interface, GError **error)
{
	return g_dbus_connection_register_object(
		       bus->connection, path,
		       g_dbus_node_info_lookup_interface(bus->info, interface), &vtable, bus, NULL,
		       error) > 0;
}

static gboolean
export_all(PeripheralBus *bus, GError **error)
{
	for (guint i = 0; i < bus->tree->len; i++) {
		const PeripheralObject *object = bus->tree->pdata[i];

		if (!export(bus, object->path, object->interface, error))
			return FALSE;
	}
	return export(bus, PERIPHERAL_ROOT, OBJECT_MANAGER, error) &&
	       export(bus, PERIPHERAL_ADVERTISEMENT, PERIPHERAL_ADVERTISEMENT_INTERFACE, error) &&
	       export(bus, AGENT_PATH, "org.bluez.Agent1", error);
}

void
peripheral_bus_tell(PeripheralBus *bus, GattKey key, const guint8 *bytes, gsize n_bytes)
{
	GVariantBuilder changed;

	g_variant_builder_init(&changed, G_VARIANT_TYPE_VARDICT);
	g_variant_builder_add(&changed, "{sv}", "Value",
			      g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, bytes, n_bytes, 1));
	/* It fails only where the connection is closed, and then there is nobody to tell. */
	(void)g_dbus_connection_emit_signal(
		bus->connection, NULL, peripheral_tree_find(bus->tree, key)->path, PROPERTIES,
		"PropertiesChanged",
		g_variant_new("(sa{sv}as)", PERIPHERAL_VALUE_INTERFACE, &changed, NULL), NULL);
}

/* ---- Its life ---- */

static void
watch(PeripheralBus *bus)
{
	bus->added_watch = g_dbus_connection_signal_subscribe(
		bus->connection, BLUEZ, OBJECT_MANAGER, "InterfacesAdded", "/", NULL,
		G_DBUS_SIGNAL_FLAGS_NONE, object_added, bus, NULL);
	bus->removed_watch = g_dbus_connection_signal_subscribe(
		bus->connection, BLUEZ, OBJECT_MANAGER, "InterfacesRemoved", "/", NULL,
		G_DBUS_SIGNAL_FLAGS_NONE, object_removed, bus, NULL);
	bus->changed_watch = g_dbus_connection_signal_subscribe(
		bus->connection, BLUEZ, PROPERTIES, "PropertiesChanged", NULL, DEVICE,
		G_DBUS_SIGNAL_FLAGS_NONE, device_changed, bus, NULL);
	bus->name_watch = g_bus_watch_name_on_connection(bus->connection, BLUEZ,
							 G_BUS_NAME_WATCHER_FLAGS_NONE,
							 bluez_appeared, bluez_vanished, bus, NULL);
}

PeripheralBus *
peripheral_bus_new(const PeripheralBusSettings *settings, const PeripheralBusListener *listener,
		   GError **error)
{
	PeripheralBus *bus = g_new0(PeripheralBus, 1);
	GattTable table;

	gatt_table_build(&table, 0, settings->is_guarded);
	bus->adapter = g_strconcat("/org/bluez/", settings->adapter, NULL);
	bus->is_guarded = settings->is_guarded;
	bus->listener = *listener;
	bus->tree = peripheral_tree_new(&table);
	bus->advertisement = g_variant_ref_sink(
		peripheral_tree_build_advertisement(settings->name, settings->has_uuid));
	bus->cancellable = g_cancellable_new();
	bus->connected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	bus->info = g_dbus_node_info_new_for_xml(introspection, NULL);
	g_assert(bus->info);
	bus->connection = g_bus_get_sync(G_BUS_TYPE_SYSTEM, NULL, error);
	if (!bus->connection || !export_all(bus, error)) {
		peripheral_bus_free(bus);
		return NULL;
	}
	watch(bus);
	return bus;
}

void
peripheral_bus_free(PeripheralBus *bus)
{
	if (!bus)
		return;
	g_cancellable_cancel(bus->cancellable);
	if (bus->name_watch) {
		g_bus_unwatch_name(bus->name_watch);
		g_dbus_connection_signal_unsubscribe(bus->connection, bus->added_watch);
		g_dbus_connection_signal_unsubscribe(bus->connection, bus->removed_watch);
		g_dbus_connection_signal_unsubscribe(bus->connection, bus->changed_watch);
	}
	/* The program ends with it, and bluetoothd strikes out who is gone. */
	g_clear_object(&bus->connection);
	g_clear_object(&bus->cancellable);
	g_dbus_node_info_unref(bus->info);
	g_variant_unref(bus->advertisement);
	g_ptr_array_unref(bus->tree);
	g_hash_table_unref(bus->connected);
	g_free(bus->adapter);
	g_free(bus);
}
