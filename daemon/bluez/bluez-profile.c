/* SPDX-License-Identifier: MIT
 *
 *     /rollerd/gatt            ObjectManager: bluetoothd calls GetManagedObjects back
 *     /rollerd/gatt/profile    GattProfile1: UUIDs of every codec's service
 */
#include "daemon/bluez/bluez-profile.h"

#define ROOT_PATH "/rollerd/gatt"
#define PROFILE_PATH ROOT_PATH "/profile"

static const char introspection[] =
	"<node>"
	" <interface name='org.freedesktop.DBus.ObjectManager'>"
	"  <method name='GetManagedObjects'><arg type='a{oa{sa{sv}}}' direction='out'/></method>"
	" </interface>"
	" <interface name='org.bluez.GattProfile1'>"
	"  <method name='Release'/>"
	"  <property name='UUIDs' type='as' access='read'/>"
	" </interface>"
	"</node>";

typedef enum {
	REGISTRATION_PENDING,
	REGISTRATION_DONE,
	REGISTRATION_FAILED,
} Registration;

struct RollBluezProfile {
	GDBusConnection *bus;
	const RollBluezTiming *timing;
	void (*refused)(void *user);
	void *user;
	GDBusNodeInfo *info;
	guint root_id, profile_id; /* 0: the path was taken, so nothing is exported */
	char *owner;
	GHashTable *registrations; /* adapter path -> Registration */
	GCancellable *cancellable;
	GSource *timer;
	RollBackoff backoff;
};

/* What a reply needs to know. */
typedef struct {
	RollBluezProfile *profile;
	char *adapter;
} Call;

static GVariant *
dup_uuids(void)
{
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE_STRING_ARRAY);
	for (const RollCodec *const *codec = roll_codecs_get(); *codec; codec++)
		g_variant_builder_add(&builder, "s", (*codec)->service_uuid);
	return g_variant_builder_end(&builder);
}

static void
answer(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
       const char *method, GVariant *parameters, GDBusMethodInvocation *invocation,
       gpointer user_data)
{
	GVariantBuilder objects;

	(void)bus;
	(void)sender;
	(void)path;
	(void)interface;
	(void)parameters;
	(void)user_data;
	if (!g_str_equal(method, "GetManagedObjects")) { /* Release: nothing is held */
		g_dbus_method_invocation_return_value(invocation, NULL);
		return;
	}
	g_variant_builder_init(&objects, G_VARIANT_TYPE("a{oa{sa{sv}}}"));
	g_variant_builder_open(&objects, G_VARIANT_TYPE("{oa{sa{sv}}}"));
	g_variant_builder_add(&objects, "o", PROFILE_PATH);
	g_variant_builder_open(&objects, G_VARIANT_TYPE("a{sa{sv}}"));
	g_variant_builder_open(&objects, G_VARIANT_TYPE("{sa{sv}}"));
	g_variant_builder_add(&objects, "s", "org.bluez.GattProfile1");
	g_variant_builder_open(&objects, G_VARIANT_TYPE_VARDICT);
	g_variant_builder_add(&objects, "{sv}", "UUIDs", dup_uuids());
	for (guint i = 0; i < 4; i++)
		g_variant_builder_close(&objects);
	g_dbus_method_invocation_return_value(invocation,
					      g_variant_new("(a{oa{sa{sv}}})", &objects));
}

static GVariant *
get_property(GDBusConnection *bus, const char *sender, const char *path, const char *interface,
	     const char *property, GError **error, gpointer user_data)
{
	(void)bus;
	(void)sender;
	(void)path;
	(void)interface;
	(void)property;
	(void)error;
	(void)user_data;
	return dup_uuids();
}

static const GDBusInterfaceVTable vtable = {.method_call = answer, .get_property = get_property};

RollBluezProfile *
roll_bluez_profile_new(GDBusConnection *bus, const RollBluezTiming *timing,
		       void (*refused)(void *user), void *user)
{
	RollBluezProfile *profile = g_new0(RollBluezProfile, 1);

	profile->bus = g_object_ref(bus);
	profile->timing = timing;
	profile->refused = refused;
	profile->user = user;
	profile->info = g_dbus_node_info_new_for_xml(introspection, NULL);
	g_assert(profile->info);
	profile->root_id = g_dbus_connection_register_object(
		bus, ROOT_PATH, profile->info->interfaces[0], &vtable, NULL, NULL, NULL);
	profile->profile_id = g_dbus_connection_register_object(
		bus, PROFILE_PATH, profile->info->interfaces[1], &vtable, NULL, NULL, NULL);
	profile->registrations = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return profile;
}

static void
forget_registrations(RollBluezProfile *profile)
{
	g_cancellable_cancel(profile->cancellable);
	g_clear_object(&profile->cancellable);
	g_hash_table_remove_all(profile->registrations);
	g_clear_pointer(&profile->owner, g_free);
	roll_backoff_reset(&profile->backoff);
	if (profile->timer)
		g_source_destroy(profile->timer);
	g_clear_pointer(&profile->timer, g_source_unref);
}

/* Without a callback a call asks for no answer: it is only sent. */
static void
unregister(RollBluezProfile *profile, const char *adapter)
{
	g_dbus_connection_call(profile->bus, profile->owner, adapter, ROLL_BLUEZ_GATT_MANAGER,
			       "UnregisterApplication", g_variant_new("(o)", ROOT_PATH), NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

void
roll_bluez_profile_free(RollBluezProfile *profile)
{
	GHashTableIter iter;
	gpointer adapter;

	if (!profile)
		return;
	g_hash_table_iter_init(&iter, profile->registrations);
	while (g_hash_table_iter_next(&iter, &adapter, NULL))
		unregister(profile, adapter);
	forget_registrations(profile);
	if (profile->root_id)
		g_dbus_connection_unregister_object(profile->bus, profile->root_id);
	if (profile->profile_id)
		g_dbus_connection_unregister_object(profile->bus, profile->profile_id);
	g_hash_table_unref(profile->registrations);
	g_dbus_node_info_unref(profile->info);
	g_object_unref(profile->bus);
	g_free(profile);
}

static void register_with(RollBluezProfile *profile, const char *adapter);

static gboolean
register_again(gpointer user_data)
{
	RollBluezProfile *profile = user_data;
	g_autoptr(GPtrArray) adapters = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter iter;
	gpointer adapter, state;

	g_clear_pointer(&profile->timer, g_source_unref);
	g_hash_table_iter_init(&iter, profile->registrations);
	while (g_hash_table_iter_next(&iter, &adapter, &state))
		if (GPOINTER_TO_INT(state) == REGISTRATION_FAILED)
			g_ptr_array_add(adapters, g_strdup(adapter));
	for (guint i = 0; i < adapters->len; i++)
		register_with(profile, adapters->pdata[i]);
	return G_SOURCE_REMOVE;
}

/* Trying ends with the longest delay: a bluetoothd that refuses for minutes will refuse for good, and
 * the sensors are then reached by connecting to them. */
static void
take_failure(RollBluezProfile *profile, const char *adapter, const GError *error)
{
	g_debug("cannot register the GATT profile with %s: %s", adapter, error->message);
	g_hash_table_insert(profile->registrations, g_strdup(adapter),
			    GINT_TO_POINTER(REGISTRATION_FAILED));
	profile->refused(profile->user);
	if (profile->timer ||
	    roll_backoff_is_exhausted(&profile->backoff, profile->timing->backoff_last_ms))
		return;
	profile->timer = g_timeout_source_new(roll_backoff_step(&profile->backoff,
								profile->timing->backoff_first_ms,
								profile->timing->backoff_last_ms));
	g_source_set_callback(profile->timer, register_again, profile, NULL);
	g_source_attach(profile->timer, g_main_context_get_thread_default());
}

/* An answer that came too late for us to see, and the second try after it. */
static gboolean
is_registered_already(const GError *error)
{
	g_autofree char *name = g_dbus_error_get_remote_error(error);

	return g_strcmp0(name, "org.bluez.Error.AlreadyExists") == 0;
}

static void
take_registration(GObject *bus, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
	g_autofree Call *call = user_data;
	g_autofree char *adapter = call->adapter;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return; /* the profile may be gone */
	if (!g_hash_table_contains(call->profile->registrations, adapter))
		return; /* the adapter is gone */
	if (!reply && !is_registered_already(error))
		take_failure(call->profile, adapter, error);
	else
		g_hash_table_insert(call->profile->registrations, g_strdup(adapter),
				    GINT_TO_POINTER(REGISTRATION_DONE));
}

static void
register_with(RollBluezProfile *profile, const char *adapter)
{
	Call *call = g_new0(Call, 1);

	call->profile = profile;
	call->adapter = g_strdup(adapter);
	g_hash_table_insert(profile->registrations, g_strdup(adapter),
			    GINT_TO_POINTER(REGISTRATION_PENDING));
	g_dbus_connection_call(profile->bus, profile->owner, adapter, ROLL_BLUEZ_GATT_MANAGER,
			       "RegisterApplication", g_variant_new("(oa{sv})", ROOT_PATH, NULL),
			       NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, profile->cancellable,
			       take_registration, call);
}

static void
drop_absent_adapters(RollBluezProfile *profile, const RollBluezTree *tree)
{
	GHashTableIter iter;
	gpointer path;

	g_hash_table_iter_init(&iter, profile->registrations);
	while (g_hash_table_iter_next(&iter, &path, NULL)) {
		const RollBluezObject *adapter = roll_bluez_tree_get(tree, path);

		if (!adapter || !adapter->has_gatt_manager)
			g_hash_table_iter_remove(&iter);
	}
}

void
roll_bluez_profile_update(RollBluezProfile *profile, const char *owner, const RollBluezTree *tree)
{
	g_autoptr(GPtrArray) objects = NULL;

	if (g_strcmp0(owner, profile->owner) != 0) {
		forget_registrations(profile);
		profile->owner = g_strdup(owner);
		profile->cancellable = g_cancellable_new();
	}
	if (!owner || !profile->root_id || !profile->profile_id)
		return;
	drop_absent_adapters(profile, tree);
	objects = roll_bluez_tree_dup_objects(tree);
	for (guint i = 0; i < objects->len; i++) {
		const RollBluezObject *object = objects->pdata[i];

		if (object->has_gatt_manager &&
		    !g_hash_table_contains(profile->registrations, object->path))
			register_with(profile, object->path);
	}
}

gboolean
roll_bluez_profile_is_registered(const RollBluezProfile *profile, const char *adapter)
{
	gpointer state;

	return g_hash_table_lookup_extended(profile->registrations, adapter, NULL, &state) &&
	       GPOINTER_TO_INT(state) != REGISTRATION_FAILED;
}
