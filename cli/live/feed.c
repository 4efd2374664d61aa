/* SPDX-License-Identifier: MIT */
#include "cli/live/feed.h"

#include "cli/live/feed-read.h"

enum {
	DOORS = 2,
	AGAIN_S = 2, /* until a bus that went is looked for again */
	MARK_WITHIN_MS = 3000,
};

/* A bus, and the daemon on it if there is one. */
typedef struct {
	RollstatFeed *feed;
	GBusType type;
	GDBusConnection *connection; /* NULL: not there */
	GDBusObjectManager *sensors; /* NULL: not yet */
	GDBusProxy *daemon;	     /* likewise */
	gboolean is_tried;	     /* it is known whether a daemon is there */
	gboolean is_watching;	     /* moments are sent */
	guint again;
} Door;

struct RollstatFeed {
	RollstatFeedListener listener;
	GCancellable *cancellable;
	char *wanted;
	Door doors[DOORS];
	guint n_doors;
	Door *open;	   /* through which is looked; NULL: no daemon */
	gboolean has_told; /* whether there is a daemon */
	char *sensor;	   /* path of the one that is looked at; NULL: none */
};

static void knock(Door *door);

static gboolean
has_daemon(const Door *door)
{
	if (door->sensors == NULL || door->daemon == NULL)
		return FALSE;
	g_autofree char *owner = g_dbus_object_manager_client_get_name_owner(
		G_DBUS_OBJECT_MANAGER_CLIENT(door->sensors));
	g_autofree char *other = g_dbus_proxy_get_name_owner(door->daemon);
	return owner != NULL && other != NULL;
}

/* What can be told of the sensor that fits best, or that there is none. */
static void
tell_sensor(RollstatFeed *feed)
{
	g_autoptr(GDBusProxy) best =
		feed->open == NULL
			? NULL
			: rollstat_feed_choose(feed->open->sensors, feed->wanted, feed->sensor);
	const char *path = best == NULL ? NULL : g_dbus_proxy_get_object_path(best);
	if (g_strcmp0(path, feed->sensor) != 0 || path == NULL) {
		g_free(feed->sensor);
		feed->sensor = g_strdup(path);
		feed->listener.sensor(feed->listener.user, NULL);
	}
	if (best != NULL)
		rollstat_feed_tell_state(best, &feed->listener);
}

static char *
dup_trouble(const Door *door)
{
	g_autoptr(GVariant) trouble = g_dbus_proxy_get_cached_property(door->daemon, "Trouble");
	gboolean is_text = trouble != NULL && g_variant_is_of_type(trouble, G_VARIANT_TYPE_STRING);
	return g_strdup(is_text ? g_variant_get_string(trouble, NULL) : "");
}

/* A daemon without Watch is older than this program, and says nothing by itself. */
static void
take_watch(GObject *object, GAsyncResult *result, gpointer user)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(object), result, &error);
	if (reply != NULL || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	Door *door = user;
	door->is_watching = FALSE;
	if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) &&
	    door->feed->open == door)
		door->feed->listener.daemon(door->feed->listener.user, TRUE,
					    "this rollerd is older than rollstat: restart it");
}

static void
watch(Door *door)
{
	if (door->is_watching)
		return;
	door->is_watching = TRUE;
	g_dbus_connection_call(door->connection, ROLLSTAT_FEED_NAME, ROLLSTAT_FEED_PATH,
			       ROLLSTAT_FEED_NAME, "Watch", NULL, NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, door->feed->cancellable,
			       take_watch, door);
}

/* Looks through the first door behind which there is a daemon. */
static void
look(RollstatFeed *feed)
{
	Door *open = NULL;
	gboolean is_all_tried = TRUE;
	for (guint i = 0; i < feed->n_doors; i++) {
		Door *door = &feed->doors[i];
		is_all_tried = is_all_tried && door->is_tried;
		if (open == NULL && has_daemon(door))
			open = door;
	}
	if (open == NULL) {
		if (feed->has_told ? feed->open != NULL : is_all_tried)
			feed->listener.daemon(feed->listener.user, FALSE, "");
		feed->has_told = feed->has_told || is_all_tried;
		feed->open = NULL;
		g_clear_pointer(&feed->sensor, g_free);
		return;
	}
	feed->open = open;
	feed->has_told = TRUE;
	watch(open);
	g_autofree char *trouble = dup_trouble(open);
	feed->listener.daemon(feed->listener.user, TRUE, trouble);
	tell_sensor(feed);
}

/* ---- What the daemon tells ---- */

static void
take_owner(GObject *object, GParamSpec *spec, gpointer user)
{
	(void)object, (void)spec;
	Door *door = user;
	if (!has_daemon(door))
		door->is_watching = FALSE; /* the next one knows nothing of it */
	look(door->feed);
}

static void
take_properties(GDBusProxy *daemon, GVariant *changed, GStrv invalidated, gpointer user)
{
	(void)daemon, (void)changed, (void)invalidated;
	look(((Door *)user)->feed);
}

static void
take_object(GDBusObjectManager *sensors, GDBusObject *object, gpointer user)
{
	(void)sensors, (void)object;
	look(((Door *)user)->feed);
}

static void
take_sensor_properties(GDBusObjectManagerClient *sensors, GDBusObjectProxy *object,
		       GDBusProxy *sensor, GVariant *changed, GStrv invalidated, gpointer user)
{
	(void)sensors, (void)object, (void)sensor, (void)changed, (void)invalidated;
	Door *door = user;
	if (door->feed->open == door)
		tell_sensor(door->feed);
}

static void
take_signal(GDBusObjectManagerClient *sensors, GDBusObjectProxy *object, GDBusProxy *sensor,
	    const char *sender, const char *name, GVariant *parameters, gpointer user)
{
	(void)sensors, (void)object, (void)sender;
	const RollstatFeed *feed = ((Door *)user)->feed;
	if (feed->open == user &&
	    g_strcmp0(g_dbus_proxy_get_object_path(sensor), feed->sensor) == 0)
		rollstat_feed_tell_signal(name, parameters, &feed->listener);
}

/* ---- Doors ---- */

static void
close_door(Door *door)
{
	if (door->sensors != NULL)
		g_signal_handlers_disconnect_by_data(door->sensors, door);
	if (door->daemon != NULL)
		g_signal_handlers_disconnect_by_data(door->daemon, door);
	if (door->connection != NULL)
		g_signal_handlers_disconnect_by_data(door->connection, door);
	g_clear_object(&door->sensors);
	g_clear_object(&door->daemon);
	g_clear_object(&door->connection);
	door->is_watching = FALSE;
}

static gboolean
knock_again(gpointer user)
{
	Door *door = user;
	door->again = 0;
	knock(door);
	return G_SOURCE_REMOVE;
}

/* Behind this door is nothing now. */
static void
give_up(Door *door)
{
	close_door(door);
	door->is_tried = TRUE;
	if (door->again == 0)
		door->again = g_timeout_add_seconds(AGAIN_S, knock_again, door);
	look(door->feed);
}

static void
take_closed(GDBusConnection *connection, gboolean is_remote, GError *error, gpointer user)
{
	(void)connection, (void)is_remote, (void)error;
	give_up(user);
}

static void
take_daemon(GObject *object, GAsyncResult *result, gpointer user)
{
	(void)object;
	g_autoptr(GError) error = NULL;
	GDBusProxy *daemon = g_dbus_proxy_new_finish(result, &error);
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	Door *door = user;
	if (daemon == NULL) {
		give_up(door);
		return;
	}
	door->daemon = daemon;
	g_signal_connect(daemon, "g-properties-changed", G_CALLBACK(take_properties), door);
	g_signal_connect(daemon, "notify::g-name-owner", G_CALLBACK(take_owner), door);
	door->is_tried = TRUE;
	look(door->feed);
}

static void
take_sensors(GObject *object, GAsyncResult *result, gpointer user)
{
	(void)object;
	g_autoptr(GError) error = NULL;
	GDBusObjectManager *sensors = g_dbus_object_manager_client_new_finish(result, &error);
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	Door *door = user;
	if (sensors == NULL) {
		give_up(door);
		return;
	}
	door->sensors = sensors;
	g_signal_connect(sensors, "notify::name-owner", G_CALLBACK(take_owner), door);
	g_signal_connect(sensors, "object-added", G_CALLBACK(take_object), door);
	g_signal_connect(sensors, "object-removed", G_CALLBACK(take_object), door);
	g_signal_connect(sensors, "interface-proxy-properties-changed",
			 G_CALLBACK(take_sensor_properties), door);
	g_signal_connect(sensors, "interface-proxy-signal", G_CALLBACK(take_signal), door);
	g_dbus_proxy_new(door->connection, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, NULL,
			 ROLLSTAT_FEED_NAME, ROLLSTAT_FEED_PATH, ROLLSTAT_FEED_NAME,
			 door->feed->cancellable, take_daemon, door);
}

static void
take_connection(GObject *object, GAsyncResult *result, gpointer user)
{
	(void)object;
	g_autoptr(GError) error = NULL;
	GDBusConnection *connection = g_bus_get_finish(result, &error);
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	Door *door = user;
	if (connection == NULL) {
		give_up(door);
		return;
	}
	/* GIO would end the program with the bus, without a word. */
	g_dbus_connection_set_exit_on_close(connection, FALSE);
	door->connection = connection;
	g_signal_connect(connection, "closed", G_CALLBACK(take_closed), door);
	g_dbus_object_manager_client_new(connection,
					 G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_DO_NOT_AUTO_START,
					 ROLLSTAT_FEED_NAME, ROLLSTAT_FEED_PATH, NULL, NULL, NULL,
					 door->feed->cancellable, take_sensors, door);
}

static void
knock(Door *door)
{
	if (door->type == G_BUS_TYPE_SESSION && !rollstat_status_has_session_bus()) {
		give_up(door);
		return;
	}
	g_bus_get(door->type, door->feed->cancellable, take_connection, door);
}

RollstatFeed *
rollstat_feed_new(gboolean is_system, const char *wanted, const RollstatFeedListener *listener)
{
	RollstatFeed *feed = g_new0(RollstatFeed, 1);
	feed->listener = *listener;
	feed->cancellable = g_cancellable_new();
	feed->wanted = g_strdup(wanted);
	if (!is_system)
		feed->doors[feed->n_doors++].type = G_BUS_TYPE_SESSION;
	feed->doors[feed->n_doors++].type = G_BUS_TYPE_SYSTEM;
	for (guint i = 0; i < feed->n_doors; i++) {
		feed->doors[i].feed = feed;
		feed->doors[i].again = g_idle_add(knock_again, &feed->doors[i]);
	}
	return feed;
}

/* Calls that are under way end as cancelled, and touch nothing then. */
void
rollstat_feed_free(RollstatFeed *feed)
{
	if (feed == NULL)
		return;
	g_cancellable_cancel(feed->cancellable);
	for (guint i = 0; i < feed->n_doors; i++) {
		g_clear_handle_id(&feed->doors[i].again, g_source_remove);
		close_door(&feed->doors[i]);
	}
	g_object_unref(feed->cancellable);
	g_free(feed->wanted);
	g_free(feed->sensor);
	g_free(feed);
}

static const char *
get_path(const RollstatFeed *feed, const char *property)
{
	if (feed->open == NULL)
		return NULL;
	g_autoptr(GVariant) path = g_dbus_proxy_get_cached_property(feed->open->daemon, property);
	/* The proxy's cache holds it until the daemon goes. */
	return path != NULL && g_variant_is_of_type(path, G_VARIANT_TYPE_STRING)
		       ? g_variant_get_string(path, NULL)
		       : NULL;
}

const char *
rollstat_feed_get_database(const RollstatFeed *feed)
{
	return get_path(feed, "Database");
}

const char *
rollstat_feed_get_configuration(const RollstatFeed *feed)
{
	return get_path(feed, "Configuration");
}

gboolean
rollstat_feed_mark(RollstatFeed *feed, GAsyncReadyCallback ready, gpointer user)
{
	if (feed->open == NULL || feed->sensor == NULL)
		return FALSE;
	g_dbus_connection_call(feed->open->connection, ROLLSTAT_FEED_NAME, feed->sensor,
			       ROLLSTAT_FEED_NAME ".Sensor", "Mark", NULL, NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, MARK_WITHIN_MS, feed->cancellable,
			       ready, user);
	return TRUE;
}
