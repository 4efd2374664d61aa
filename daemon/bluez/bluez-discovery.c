/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-discovery.h"

/* Discovery on one adapter. */
typedef struct {
	RollBluezDiscovery *discovery;
	char *path;
	GCancellable *end;    /* of the hunt: an answer that comes later is nobody's */
	gboolean is_starting; /* StartDiscovery is not answered yet */
	gboolean is_wanted;   /* else it is stopped as soon as it has started */
} Hunt;

struct RollBluezDiscovery {
	GDBusConnection *bus;
	const RollBluezTiming *timing;
	char *owner;
	GHashTable *powered; /* adapter paths seen powered */
	GHashTable *hunts;   /* path -> Hunt: those of them on which we discover */
	gint64 left_us;	     /* of the burst; 0: there is none */
	gint64 since_us; /* monotonic time up to which left_us was counted down; 0: it stands still */
	gint64 next_us;	    /* monotonic time of the next burst; 0: none is due */
	RollBackoff pauses; /* between them */
	GSource *timer;
	/* As told last, for the timer. */
	RollNeed need;
	gboolean is_busy;
};

static void
free_hunt(gpointer user_data)
{
	Hunt *hunt = user_data;

	g_cancellable_cancel(hunt->end);
	g_object_unref(hunt->end);
	g_free(hunt->path);
	g_free(hunt);
}

RollBluezDiscovery *
roll_bluez_discovery_new(GDBusConnection *bus, const RollBluezTiming *timing)
{
	RollBluezDiscovery *discovery = g_new0(RollBluezDiscovery, 1);

	discovery->bus = g_object_ref(bus);
	discovery->timing = timing;
	discovery->powered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	discovery->hunts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_hunt);
	return discovery;
}

/* Failing is no loss: an adapter that is not ready tells so by Powered, and the next burst tries again. */
static void
call_adapter(RollBluezDiscovery *discovery, const char *path, const char *method,
	     GVariant *arguments)
{
	g_dbus_connection_call(discovery->bus, discovery->owner, path, ROLL_BLUEZ_ADAPTER, method,
			       arguments, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL,
			       NULL);
}

static void
stop(Hunt *hunt)
{
	RollBluezDiscovery *discovery = hunt->discovery;

	call_adapter(discovery, hunt->path, "StopDiscovery", NULL);
	g_hash_table_remove(discovery->hunts, hunt->path);
}

/* bluetoothd answers when the kernel has begun. */
static void
on_started(GObject *bus, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) answer =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
	Hunt *hunt = user_data;

	(void)answer; /* empty */
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	hunt->is_starting = FALSE;
	if (!hunt->is_wanted)
		stop(hunt);
}

/* No filter by service: it would drop sensors that tell their service late or only by their name. */
static void
start(RollBluezDiscovery *discovery, const char *path)
{
	GVariantBuilder filter;
	Hunt *hunt = g_new0(Hunt, 1);

	g_debug("discovery on %s", path);
	g_variant_builder_init(&filter, G_VARIANT_TYPE_VARDICT);
	g_variant_builder_add(&filter, "{sv}", "Transport", g_variant_new_string("le"));
	g_variant_builder_add(&filter, "{sv}", "DuplicateData", g_variant_new_boolean(FALSE));
	call_adapter(discovery, path, "SetDiscoveryFilter", g_variant_new("(a{sv})", &filter));
	*hunt = (Hunt){.discovery = discovery,
		       .path = g_strdup(path),
		       .end = g_cancellable_new(),
		       .is_starting = TRUE,
		       .is_wanted = TRUE};
	g_hash_table_insert(discovery->hunts, hunt->path, hunt);
	g_dbus_connection_call(discovery->bus, discovery->owner, path, ROLL_BLUEZ_ADAPTER,
			       "StartDiscovery", NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
			       hunt->end, on_started, hunt);
}

/* bluetoothd 5.66 refuses to stop what it is still starting (InProgress), and then it would go on. */
static void
stop_all(RollBluezDiscovery *discovery)
{
	g_autoptr(GList) hunts = g_hash_table_get_values(discovery->hunts);

	for (GList *item = hunts; item; item = item->next) {
		Hunt *hunt = item->data;

		hunt->is_wanted = FALSE;
		if (!hunt->is_starting)
			stop(hunt);
	}
}

static void
clear_timer(RollBluezDiscovery *discovery)
{
	if (!discovery->timer)
		return;
	g_source_destroy(discovery->timer);
	g_clear_pointer(&discovery->timer, g_source_unref);
}

void
roll_bluez_discovery_free(RollBluezDiscovery *discovery)
{
	if (!discovery)
		return;
	stop_all(discovery);
	clear_timer(discovery);
	g_hash_table_unref(discovery->powered);
	g_hash_table_unref(
		discovery
			->hunts); /* bluetoothd ends those that are starting when we leave the bus */
	g_object_unref(discovery->bus);
	g_free(discovery->owner);
	g_free(discovery);
}

void
roll_bluez_discovery_begin(RollBluezDiscovery *discovery)
{
	discovery->left_us = (gint64)discovery->timing->discovery_first_ms * 1000;
	discovery->next_us = 0;
	roll_backoff_reset(&discovery->pauses);
}

static void
drop_absent_adapters(GHashTable *paths, const RollBluezTree *tree)
{
	GHashTableIter iter;
	gpointer path;

	g_hash_table_iter_init(&iter, paths);
	while (g_hash_table_iter_next(&iter, &path, NULL)) {
		const RollBluezObject *adapter = roll_bluez_tree_get(tree, path);

		if (!adapter || !adapter->is_adapter || !adapter->is_powered)
			g_hash_table_iter_remove(&iter);
	}
}

static void
follow_adapters(RollBluezDiscovery *discovery, const char *owner, const RollBluezTree *tree)
{
	g_autoptr(GPtrArray) objects = NULL;

	if (g_strcmp0(owner, discovery->owner) != 0) {
		g_hash_table_remove_all(discovery->powered);
		g_hash_table_remove_all(discovery->hunts);
		g_free(discovery->owner);
		discovery->owner = g_strdup(owner);
	}
	drop_absent_adapters(discovery->powered, tree);
	drop_absent_adapters(discovery->hunts, tree);
	objects = roll_bluez_tree_dup_objects(tree);
	for (guint i = 0; i < objects->len; i++) {
		const RollBluezObject *object = objects->pdata[i];

		if (object->is_adapter && object->is_powered &&
		    g_hash_table_add(discovery->powered, g_strdup(object->path)))
			roll_bluez_discovery_begin(discovery);
	}
}

/* Brings the burst and the time of the next one up to now. */
static void
count_time(RollBluezDiscovery *discovery, gint64 now_us)
{
	if (discovery->since_us > 0)
		discovery->left_us = MAX(discovery->left_us - (now_us - discovery->since_us), 0);
	if (discovery->need == ROLL_NEED_NONE)
		discovery->left_us = 0;
	if (discovery->need != ROLL_NEED_ALL)
		roll_backoff_reset(&discovery->pauses);
	if (discovery->need != ROLL_NEED_ALL || discovery->left_us > 0) {
		discovery->next_us = 0;
	} else if (discovery->next_us == 0) {
		discovery->next_us =
			now_us + (gint64)roll_backoff_step(&discovery->pauses,
							   discovery->timing->discovery_period_ms,
							   discovery->timing->discovery_last_ms) *
					 1000;
	} else if (now_us >= discovery->next_us) {
		discovery->next_us = 0;
		discovery->left_us = (gint64)discovery->timing->discovery_burst_ms * 1000;
	}
}

static void apply(RollBluezDiscovery *discovery);

static gboolean
on_timer(gpointer user_data)
{
	RollBluezDiscovery *discovery = user_data;

	clear_timer(discovery);
	apply(discovery);
	return G_SOURCE_REMOVE;
}

static void
set_timer(RollBluezDiscovery *discovery, gint64 wait_us)
{
	clear_timer(discovery);
	/* Rounded up, or the timer would come a moment too early and have to be set again. */
	discovery->timer = g_timeout_source_new((guint)(wait_us / 1000) + 1);
	g_source_set_callback(discovery->timer, on_timer, discovery, NULL);
	g_source_attach(discovery->timer, g_main_context_get_thread_default());
}

static void
want(RollBluezDiscovery *discovery, const char *path)
{
	Hunt *hunt = g_hash_table_lookup(discovery->hunts, path);

	if (hunt)
		hunt->is_wanted = TRUE;
	else
		start(discovery, path);
}

static void
apply(RollBluezDiscovery *discovery)
{
	gint64 now_us = g_get_monotonic_time();
	GHashTableIter iter;
	gpointer path;
	gboolean is_on;

	count_time(discovery, now_us);
	is_on = discovery->left_us > 0 && !discovery->is_busy &&
		g_hash_table_size(discovery->powered) > 0;
	discovery->since_us = is_on ? now_us : 0;
	if (!is_on)
		stop_all(discovery);
	g_hash_table_iter_init(&iter, discovery->powered);
	while (is_on && g_hash_table_iter_next(&iter, &path, NULL))
		want(discovery, path);
	if (is_on)
		set_timer(discovery, discovery->left_us);
	else if (discovery->next_us > 0 && g_hash_table_size(discovery->powered) > 0)
		set_timer(discovery, discovery->next_us - now_us);
	else
		clear_timer(discovery);
}

void
roll_bluez_discovery_update(RollBluezDiscovery *discovery, const char *owner,
			    const RollBluezTree *tree, RollNeed need, gboolean is_busy)
{
	discovery->need = need;
	discovery->is_busy = is_busy;
	follow_adapters(discovery, owner, tree);
	apply(discovery);
}
