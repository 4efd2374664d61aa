/* SPDX-License-Identifier: MIT
 *
 * Sensors over Bluetooth LE, by way of bluetoothd.
 *
 *     bluez-watch      is bluetoothd there? its signals ------> bluez-object   the picture of its objects
 *                                    | something changed
 *     this file        which devices are sensors; bluez-crowd: one bluez-sensor each; who may connect when
 *                          |               |                |
 *     bluez-profile: come  bluez-sensor:   bluez-discovery: look for them now and then
 *     back by themselves   find the way    
 *                          |         bluez-stranger: who is not to be heard; bluez-consent, bluez-pairing
 *                      bluez-link: one connection: bluez-gatt (operations), bluez-ears (notifications),
 *                                  bluez-inbox (arrival times) ------> the sink
 *
 * What stands in the way of all sensors at once goes by bluez-trouble.
 *
 * Everything happens in the main context in which the source was started, nothing waits; only free()
 * takes up to a second, to stop the sensors and to leave the links in order. A change is looked at
 * where it is told, so that a link that goes and comes again in one breath is seen to have gone.
 */
#include "daemon/bluez/source-bluez.h"

#include "daemon/bluez/bluez-bus.h"
#include "daemon/bluez/bluez-crowd.h"
#include "daemon/bluez/bluez-discovery.h"
#include "daemon/bluez/bluez-farewell.h"
#include "daemon/bluez/bluez-profile.h"
#include "daemon/bluez/bluez-trouble.h"
#include "daemon/bluez/bluez-watch.h"

typedef struct {
	RollSource base; /* first: a RollSource * is a Bluez * */
	RollBluezTiming timing;
	RollSink sink;
	char **only; /* NULL: all */
	RollBluezBus *bus;
	RollBluezTrouble *trouble;
	GSource *idle; /* a look at all sensors that is due */
	RollBluezTree *tree;
	RollBluezHost host;
	RollBluezWatch *watch; /* the three exist while there is a bus */
	RollBluezProfile *profile;
	RollBluezDiscovery *discovery;
	RollBluezCrowd *crowd;
} Bluez;

static void
clear_source(GSource **source)
{
	if (!*source)
		return;
	g_source_destroy(*source);
	g_clear_pointer(source, g_source_unref);
}

/* The sensors. */

static void
update_discovery(Bluez *bluez)
{
	gboolean is_busy;
	guint n_running = roll_bluez_crowd_count_running(bluez->crowd, &is_busy);
	RollNeed need = ROLL_NEED_ALL;

	if (bluez->only && n_running == g_strv_length(bluez->only))
		need = ROLL_NEED_NONE;
	else if (n_running > 0)
		need = ROLL_NEED_SOME;
	roll_bluez_discovery_update(bluez->discovery, bluez->host.owner, bluez->tree, need,
				    is_busy);
}

static gboolean
may_connect(void *user, const char *adapter)
{
	Bluez *bluez = user;

	return !roll_bluez_crowd_is_connecting(bluez->crowd, adapter);
}

static void
on_connecting(void *user)
{
	update_discovery(user);
}

static gboolean
is_passive(void *user, const char *adapter)
{
	Bluez *bluez = user;

	return roll_bluez_profile_is_registered(bluez->profile, adapter);
}

static void
on_search(void *user)
{
	Bluez *bluez = user;

	roll_bluez_discovery_begin(bluez->discovery);
}

static void
update_all(Bluez *bluez)
{
	if (!bluez->host.owner)
		return;
	roll_bluez_crowd_update(bluez->crowd);
	update_discovery(bluez);
}

static gboolean
on_idle(gpointer user_data)
{
	Bluez *bluez = user_data;

	clear_source(&bluez->idle);
	update_all(bluez);
	return G_SOURCE_REMOVE;
}

static void
on_sensor_changed(void *user)
{
	Bluez *bluez = user;

	if (bluez->idle)
		return;
	bluez->idle = g_idle_source_new();
	g_source_set_priority(bluez->idle, G_PRIORITY_DEFAULT);
	g_source_set_callback(bluez->idle, on_idle, bluez, NULL);
	g_source_attach(bluez->idle, g_main_context_get_thread_default());
}

static void
look_for_sensor(Bluez *bluez, const RollBluezObject *object)
{
	if (!object || !object->is_device || !object->codec || !object->address || bluez->only)
		return; /* with only, all that are wanted are there from the beginning */
	roll_bluez_crowd_add(bluez->crowd, object->address, FALSE);
}

/* bluetoothd. */

/* Something in the picture of bluetoothd's objects changed. */
static void
take_tree(Bluez *bluez)
{
	roll_bluez_trouble_take(bluez->trouble, bluez->tree);
	roll_bluez_profile_update(bluez->profile, bluez->host.owner, bluez->tree);
	update_all(bluez);
}

static void
on_appeared(void *user)
{
	Bluez *bluez = user;
	g_autoptr(GPtrArray) objects = roll_bluez_tree_dup_objects(bluez->tree);

	g_debug("bluetoothd is there");
	bluez->host.owner = roll_bluez_watch_get_owner(bluez->watch);
	for (guint i = 0; i < objects->len; i++)
		look_for_sensor(bluez, objects->pdata[i]);
	take_tree(bluez);
}

static void
on_refused(void *user)
{
	Bluez *bluez = user;

	roll_bluez_trouble_set(bluez->trouble, ROLL_TROUBLE_NO_ANSWER);
}

static void
forget_all(Bluez *bluez, const char *why)
{
	roll_bluez_crowd_forget(bluez->crowd, why);
	bluez->host.owner = NULL;
}

static void
on_vanished(void *user, const char *why)
{
	Bluez *bluez = user;

	g_debug("%s", why);
	roll_bluez_trouble_set(bluez->trouble, ROLL_TROUBLE_NO_BLUETOOTHD);
	forget_all(bluez, why);
	roll_bluez_profile_update(bluez->profile, NULL, bluez->tree);
	update_discovery(bluez);
}

static void
on_changed(void *user, const char *path)
{
	Bluez *bluez = user;

	look_for_sensor(bluez, roll_bluez_tree_get(bluez->tree, path));
	take_tree(bluez);
}

/* The bus. */

static void
leave_bluetoothd(Bluez *bluez)
{
	g_clear_pointer(&bluez->watch, roll_bluez_watch_free);
	g_clear_pointer(&bluez->profile, roll_bluez_profile_free);
	g_clear_pointer(&bluez->discovery, roll_bluez_discovery_free);
	bluez->host.owner = NULL;
}

static void
on_bus_failed(void *user)
{
	Bluez *bluez = user;

	roll_bluez_trouble_set(bluez->trouble, ROLL_TROUBLE_NO_BUS);
}

static void
on_bus_closed(void *user, const GError *error, gboolean is_final)
{
	Bluez *bluez = user;

	on_bus_failed(bluez);
	forget_all(bluez, "the system bus is gone");
	leave_bluetoothd(bluez);
	roll_bluez_tree_clear(bluez->tree);
	bluez->host.bus = NULL;
	if (is_final)
		bluez->sink.ended(bluez->sink.user, error);
}

static void
on_bus_opened(void *user, GDBusConnection *bus)
{
	Bluez *bluez = user;
	RollBluezWatchListener listener = {.appeared = on_appeared,
					   .vanished = on_vanished,
					   .refused = on_refused,
					   .changed = on_changed,
					   .user = bluez};

	bluez->host.bus = bus;
	bluez->profile = roll_bluez_profile_new(bus, &bluez->timing, on_sensor_changed, bluez);
	bluez->discovery = roll_bluez_discovery_new(bus, &bluez->timing);
	bluez->watch = roll_bluez_watch_new(bus, bluez->tree, &bluez->timing, &listener);
}

/* The interface. */

static gboolean
start(RollSource *source, const RollSink *sink, GError **error)
{
	Bluez *bluez = (Bluez *)source;

	bluez->sink = *sink;
	for (char **address = bluez->only; address && *address; address++)
		roll_bluez_crowd_add(bluez->crowd, *address, TRUE);
	return roll_bluez_bus_open(bluez->bus, error);
}

static void
command(RollSource *source, const char *address, RollCommand wanted, GAsyncReadyCallback ready,
	gpointer user_data)
{
	Bluez *bluez = (Bluez *)source;
	GTask *task = g_task_new(NULL, NULL, ready, user_data);

	roll_bluez_crowd_command(bluez->crowd, address, wanted, task);
}

static void
pair(RollSource *source, const char *address, gboolean is_on, GAsyncReadyCallback ready,
     gpointer user_data)
{
	Bluez *bluez = (Bluez *)source;
	GTask *task = g_task_new(NULL, NULL, ready, user_data);

	roll_bluez_crowd_pair(bluez->crowd, address, is_on, task);
}

static void
meet(RollSource *source, const char *address, const char *name)
{
	Bluez *bluez = (Bluez *)source;

	roll_bluez_sensor_meet(roll_bluez_crowd_add(bluez->crowd, address, TRUE), name);
}

static void
reconsider(RollSource *source)
{
	on_sensor_changed(source);
}

/* In this order: what is sent to leave the links, to end discovery and to withdraw the profile goes out
 * before the connection does. */
static void
free_bluez(RollSource *source)
{
	Bluez *bluez = (Bluez *)source;

	if (bluez->host.owner)
		roll_bluez_farewell_to_sensors(&bluez->host,
					       roll_bluez_crowd_get_all(bluez->crowd));
	roll_bluez_crowd_free(bluez->crowd);
	leave_bluetoothd(bluez);
	if (bluez->host.bus)
		roll_bluez_farewell_to_bus(&bluez->host);
	roll_bluez_bus_free(bluez->bus);
	roll_bluez_trouble_free(bluez->trouble);
	clear_source(&bluez->idle);
	roll_bluez_tree_free(bluez->tree);
	g_strfreev(bluez->only);
	g_free(bluez);
}

RollSource *
roll_source_bluez_new_with(GDBusConnection *bus, const char *const *only,
			   const RollBluezTiming *timing)
{
	Bluez *bluez = g_new0(Bluez, 1);

	bluez->base = (RollSource){
		.name = "bluez",
		.start = start,
		.command = command,
		.pair = pair,
		.meet = meet,
		.reconsider = reconsider,
		.free = free_bluez,
	};
	bluez->timing = *timing;
	if (only) {
		bluez->only = g_strdupv((char **)only);
		for (char **address = bluez->only; *address; address++) {
			char *upper = g_ascii_strup(*address, -1);

			g_free(*address);
			*address = upper;
		}
	}
	bluez->bus = roll_bluez_bus_new(bus, &bluez->timing,
					&(RollBluezBusListener){.opened = on_bus_opened,
								.failed = on_bus_failed,
								.closed = on_bus_closed,
								.user = bluez});
	bluez->tree = roll_bluez_tree_new();
	bluez->trouble = roll_bluez_trouble_new(&bluez->sink, &bluez->timing);
	bluez->host = (RollBluezHost){
		.tree = bluez->tree,
		.timing = &bluez->timing,
		.sink = &bluez->sink,
		.may_connect = may_connect,
		.connecting = on_connecting,
		.is_passive = is_passive,
		.search = on_search,
		.changed = on_sensor_changed,
		.user = bluez,
	};
	bluez->crowd = roll_bluez_crowd_new(&bluez->host);
	return &bluez->base;
}

RollSource *
roll_source_bluez_new(GDBusConnection *bus, const char *const *only)
{
	return roll_source_bluez_new_with(bus, only, &roll_bluez_timing_default);
}
