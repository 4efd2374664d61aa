/* SPDX-License-Identifier: MIT
 *
 *     name        owned              lost            owned again
 *     ------------|------------------|---------------|--------------
 *                 subscribe          unsubscribe     ...
 *                 GetManagedObjects  clear, vanished
 *                     | reply        StartServiceByName after 1, 2, 4 ... 300 s
 *                     fill, appeared
 *                     | no reply: again after 1, 2, 4 ... 60 s
 *
 * Signals that come while the reply is awaited are older than the reply, which replaces the tree.
 */
#include "daemon/bluez/bluez-watch.h"

#define OBJECT_MANAGER "org.freedesktop.DBus.ObjectManager"
#define PROPERTIES "org.freedesktop.DBus.Properties"

enum {
	N_SUBSCRIPTIONS = 5,
	REPLY_LIMIT_MS = 25000, /* libdbus's own default */
};

struct RollBluezWatch {
	GDBusConnection *bus;
	RollBluezTree *tree;
	const RollBluezTiming *timing;
	RollBluezWatchListener listener;
	guint name_watch;
	guint subscriptions[N_SUBSCRIPTIONS];
	guint n_subscriptions;
	char *owner;
	gboolean is_filled;
	GCancellable *cancellable; /* of the calls to the present owner */
	GSource *timer;		   /* the next try: to start bluetoothd, or to ask it again */
	RollBackoff backoff;
};

static void ask_for_objects(RollBluezWatch *watch);

static void
clear_timer(RollBluezWatch *watch)
{
	if (!watch->timer)
		return;
	g_source_destroy(watch->timer);
	g_clear_pointer(&watch->timer, g_source_unref);
}

/* Calls function after the back-off, which grows up to last_ms. */
static void
set_timer(RollBluezWatch *watch, GSourceFunc function, guint last_ms)
{
	clear_timer(watch);
	watch->timer = g_timeout_source_new(
		roll_backoff_step(&watch->backoff, watch->timing->backoff_first_ms, last_ms));
	g_source_set_callback(watch->timer, function, watch, NULL);
	g_source_attach(watch->timer, g_main_context_get_thread_default());
}

/* The reply is of no interest: success shows as a new owner of the name, failure as none. */
static gboolean
start_bluetoothd(gpointer user_data)
{
	RollBluezWatch *watch = user_data;

	g_debug("asking the bus to start bluetoothd");
	g_dbus_connection_call(watch->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
			       "org.freedesktop.DBus", "StartServiceByName",
			       g_variant_new("(su)", ROLL_BLUEZ_NAME, 0), NULL,
			       G_DBUS_CALL_FLAGS_NONE, REPLY_LIMIT_MS, NULL, NULL, NULL);
	set_timer(watch, start_bluetoothd, watch->timing->start_last_ms);
	return G_SOURCE_REMOVE;
}

static gboolean
ask_again(gpointer user_data)
{
	RollBluezWatch *watch = user_data;

	clear_timer(watch);
	ask_for_objects(watch);
	return G_SOURCE_REMOVE;
}

static void
fill_tree(RollBluezWatch *watch, GVariant *reply)
{
	g_autoptr(GVariant) objects = g_variant_get_child_value(reply, 0);
	GVariantIter iter;
	const char *path;
	GVariant *interfaces;

	roll_bluez_tree_clear(watch->tree);
	g_variant_iter_init(&iter, objects);
	while (g_variant_iter_loop(&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
		roll_bluez_tree_add(watch->tree, path, interfaces);
}

static void
take_objects(GObject *bus, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
	RollBluezWatch *watch = user_data;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return; /* watch may be gone */
	if (!reply) {
		g_debug("bluetoothd does not tell its objects: %s", error->message);
		set_timer(watch, ask_again, watch->timing->backoff_last_ms);
		watch->listener.refused(watch->listener.user);
		return;
	}
	roll_backoff_reset(&watch->backoff);
	fill_tree(watch, reply);
	watch->is_filled = TRUE;
	watch->listener.appeared(watch->listener.user);
}

static void
ask_for_objects(RollBluezWatch *watch)
{
	g_dbus_connection_call(watch->bus, watch->owner, "/", OBJECT_MANAGER, "GetManagedObjects",
			       NULL, G_VARIANT_TYPE("(a{oa{sa{sv}}})"),
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, REPLY_LIMIT_MS, watch->cancellable,
			       take_objects, watch);
}

static void
tell_changed(RollBluezWatch *watch, const char *path)
{
	if (watch->is_filled)
		watch->listener.changed(watch->listener.user, path);
}

static void
on_objects(GDBusConnection *bus, const char *sender, const char *object, const char *interface,
	   const char *signal, GVariant *parameters, gpointer user_data)
{
	RollBluezWatch *watch = user_data;
	g_autoptr(GVariant) what = NULL;
	const char *path;

	(void)bus;
	(void)sender;
	(void)object;
	(void)interface;
	if (g_str_equal(signal, "InterfacesAdded") &&
	    g_variant_is_of_type(parameters, G_VARIANT_TYPE("(oa{sa{sv}})"))) {
		g_variant_get(parameters, "(&o@a{sa{sv}})", &path, &what);
		roll_bluez_tree_add(watch->tree, path, what);
		tell_changed(watch, path);
	} else if (g_str_equal(signal, "InterfacesRemoved") &&
		   g_variant_is_of_type(parameters, G_VARIANT_TYPE("(oas)"))) {
		g_autofree const char **names = NULL;

		g_variant_get(parameters, "(&o@as)", &path, &what);
		names = g_variant_get_strv(what, NULL);
		roll_bluez_tree_remove(watch->tree, path, names);
		tell_changed(watch, path);
	}
}

static void
on_properties(GDBusConnection *bus, const char *sender, const char *object, const char *interface,
	      const char *signal, GVariant *parameters, gpointer user_data)
{
	RollBluezWatch *watch = user_data;
	g_autoptr(GVariant) changed = NULL;
	g_autofree const char **invalidated = NULL;
	const char *of;

	(void)bus;
	(void)sender;
	(void)interface;
	(void)signal;
	if (!g_variant_is_of_type(parameters, G_VARIANT_TYPE("(sa{sv}as)")))
		return;
	g_variant_get(parameters, "(&s@a{sv}^a&s)", &of, &changed, &invalidated);
	if (roll_bluez_tree_change(watch->tree, object, of, changed, invalidated))
		tell_changed(watch, object);
}

static void
subscribe(RollBluezWatch *watch)
{
	static const char *const members[] = {"InterfacesAdded", "InterfacesRemoved"};
	static const char *const interfaces[] = {ROLL_BLUEZ_ADAPTER, ROLL_BLUEZ_DEVICE,
						 ROLL_BLUEZ_BATTERY};
	guint n = 0;

	G_STATIC_ASSERT(G_N_ELEMENTS(members) + G_N_ELEMENTS(interfaces) == N_SUBSCRIPTIONS);
	for (guint i = 0; i < G_N_ELEMENTS(members); i++)
		watch->subscriptions[n++] = g_dbus_connection_signal_subscribe(
			watch->bus, watch->owner, OBJECT_MANAGER, members[i], "/", NULL,
			G_DBUS_SIGNAL_FLAGS_NONE, on_objects, watch, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(interfaces); i++)
		watch->subscriptions[n++] = g_dbus_connection_signal_subscribe(
			watch->bus, watch->owner, PROPERTIES, "PropertiesChanged", NULL,
			interfaces[i], G_DBUS_SIGNAL_FLAGS_NONE, on_properties, watch, NULL);
	watch->n_subscriptions = n;
}

/* Leaves the present owner, if there is one. */
static void
forget_owner(RollBluezWatch *watch)
{
	clear_timer(watch);
	for (guint i = 0; i < watch->n_subscriptions; i++)
		g_dbus_connection_signal_unsubscribe(watch->bus, watch->subscriptions[i]);
	watch->n_subscriptions = 0;
	g_cancellable_cancel(watch->cancellable);
	g_clear_object(&watch->cancellable);
	g_clear_pointer(&watch->owner, g_free);
	watch->is_filled = FALSE;
	roll_bluez_tree_clear(watch->tree);
	roll_backoff_reset(&watch->backoff);
}

static void
on_vanished(GDBusConnection *bus, const char *name, gpointer user_data)
{
	RollBluezWatch *watch = user_data;

	(void)bus;
	(void)name;
	forget_owner(watch);
	set_timer(watch, start_bluetoothd, watch->timing->start_last_ms);
	watch->listener.vanished(watch->listener.user, "bluetoothd is not running");
}

static void
on_appeared(GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
	RollBluezWatch *watch = user_data;

	(void)name;
	/* Told before the bus closed, heard after it: there is nobody to ask any more. */
	if (g_dbus_connection_is_closed(bus))
		return;
	/* The name may go from one owner to the next without a time between. */
	if (watch->owner) {
		forget_owner(watch);
		watch->listener.vanished(watch->listener.user, "bluetoothd was restarted");
	}
	clear_timer(watch);
	roll_backoff_reset(&watch->backoff);
	watch->owner = g_strdup(owner);
	watch->cancellable = g_cancellable_new();
	subscribe(watch);
	ask_for_objects(watch);
}

RollBluezWatch *
roll_bluez_watch_new(GDBusConnection *bus, RollBluezTree *tree, const RollBluezTiming *timing,
		     const RollBluezWatchListener *listener)
{
	RollBluezWatch *watch = g_new0(RollBluezWatch, 1);

	watch->bus = g_object_ref(bus);
	watch->tree = tree;
	watch->timing = timing;
	watch->listener = *listener;
	watch->name_watch =
		g_bus_watch_name_on_connection(bus, ROLL_BLUEZ_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
					       on_appeared, on_vanished, watch, NULL);
	return watch;
}

void
roll_bluez_watch_free(RollBluezWatch *watch)
{
	if (!watch)
		return;
	g_bus_unwatch_name(watch->name_watch);
	forget_owner(watch);
	g_object_unref(watch->bus);
	g_free(watch);
}

const char *
roll_bluez_watch_get_owner(const RollBluezWatch *watch)
{
	return watch->is_filled ? watch->owner : NULL;
}
