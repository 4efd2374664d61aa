/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-ears.h"

typedef struct {
	RollBluezEars *ears;
	const char *uuid;
	char *path;
	guint subscription;
} Ear;

struct RollBluezEars {
	GDBusConnection *bus;
	char *owner;
	RollBluezHeard heard;
	gpointer user;
	GPtrArray *all; /* of Ear */
};

static void
hear(GDBusConnection *bus, const char *sender, const char *object, const char *interface,
     const char *signal, GVariant *parameters, gpointer user_data)
{
	const Ear *ear = user_data;
	g_autoptr(GVariant) changed = NULL;
	g_autoptr(GVariant) value = NULL;
	const guint8 *bytes;
	gsize n_bytes;

	(void)bus;
	(void)sender;
	(void)object;
	(void)interface;
	(void)signal;
	if (!g_variant_is_of_type(parameters, G_VARIANT_TYPE("(sa{sv}as)")))
		return;
	changed = g_variant_get_child_value(parameters, 1);
	value = g_variant_lookup_value(changed, "Value", G_VARIANT_TYPE_BYTESTRING);
	if (!value)
		return; /* Notifying, NotifyAcquired, ... */
	bytes = g_variant_get_fixed_array(value, &n_bytes, 1);
	ear->ears->heard(ear->ears->user, ear->uuid, bytes, n_bytes);
}

static void
free_ear(gpointer data)
{
	Ear *ear = data;

	g_dbus_connection_signal_unsubscribe(ear->ears->bus, ear->subscription);
	g_free(ear->path);
	g_free(ear);
}

RollBluezEars *
roll_bluez_ears_new(GDBusConnection *bus, const char *owner, RollBluezHeard heard, gpointer user)
{
	RollBluezEars *ears = g_new0(RollBluezEars, 1);

	ears->bus = g_object_ref(bus);
	ears->owner = g_strdup(owner);
	ears->heard = heard;
	ears->user = user;
	ears->all = g_ptr_array_new_with_free_func(free_ear);
	return ears;
}

void
roll_bluez_ears_free(RollBluezEars *ears)
{
	if (!ears)
		return;
	g_ptr_array_unref(ears->all);
	g_object_unref(ears->bus);
	g_free(ears->owner);
	g_free(ears);
}

static Ear *
find_ear(const RollBluezEars *ears, const char *uuid)
{
	for (guint i = 0; i < ears->all->len; i++) {
		Ear *ear = ears->all->pdata[i];

		if (g_str_equal(ear->uuid, uuid))
			return ear;
	}
	return NULL;
}

void
roll_bluez_ears_follow(RollBluezEars *ears, const char *uuid, const char *path)
{
	Ear *ear = find_ear(ears, uuid);

	if (ear && g_strcmp0(ear->path, path) == 0)
		return;
	if (ear)
		g_ptr_array_remove(ears->all, ear);
	/* A bus that closed meanwhile will be told so: nothing is heard there any more. */
	if (!path || g_dbus_connection_is_closed(ears->bus))
		return;
	ear = g_new0(Ear, 1);
	ear->ears = ears;
	ear->uuid = uuid;
	ear->path = g_strdup(path);
	ear->subscription = g_dbus_connection_signal_subscribe(
		ears->bus, ears->owner, "org.freedesktop.DBus.Properties", "PropertiesChanged",
		path, ROLL_BLUEZ_CHARACTERISTIC, G_DBUS_SIGNAL_FLAGS_NONE, hear, ear, NULL);
	g_ptr_array_add(ears->all, ear);
}
