/* SPDX-License-Identifier: MIT
 *
 * The methods of a fake bluetoothd and of its adapters.
 */
#include "tests/support/fake-bluez-inside.h"

void
fake_bluez_answer(FakeBluez *fake, GDBusMessage *message, GVariant *body)
{
	g_autoptr(GDBusMessage) reply = g_dbus_message_new_method_reply(message);

	if (body)
		g_dbus_message_set_body(reply, body);
	if (!(g_dbus_message_get_flags(message) & G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED))
		g_dbus_connection_send_message(fake->bus, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE,
					       NULL, NULL);
}

void
fake_bluez_refuse(FakeBluez *fake, GDBusMessage *message, const char *error, const char *text)
{
	g_autoptr(GDBusMessage) reply =
		g_dbus_message_new_method_error_literal(message, error, text ? text : "");

	if (!(g_dbus_message_get_flags(message) & G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED))
		g_dbus_connection_send_message(fake->bus, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE,
					       NULL, NULL);
}

FakeAdapter *
fake_bluez_find_adapter(FakeBluez *fake, const char *path)
{
	for (guint i = 0; i < fake->adapters->len; i++) {
		FakeAdapter *adapter = fake->adapters->pdata[i];

		if (g_str_equal(adapter->path, path))
			return adapter;
	}
	return NULL;
}

gboolean
fake_bluez_is_searching(FakeBluez *fake, const char *path)
{
	FakeAdapter *adapter = fake_bluez_find_adapter(fake, path);

	return adapter && adapter->is_discovering;
}

void
fake_bluez_set_discovering(FakeBluez *fake, FakeAdapter *adapter, gboolean is_on)
{
	adapter->is_discovering = is_on;
	fake_objects_set(&fake->objects, adapter->path, FAKE_ADAPTER, "Discovering",
			 g_variant_new_boolean(is_on));
	for (guint i = 0; i < fake->sensors->len; i++) {
		FakeSensor *sensor = fake->sensors->pdata[i];

		if (!g_str_equal(sensor->adapter, adapter->path))
			continue;
		if (is_on)
			fake_sensor_appear(sensor);
		else
			fake_sensor_fade(sensor);
	}
}

static guint
count_services(GVariant *objects)
{
	guint n_services = 0;
	GVariantIter iter;
	const char *path;
	GVariant *interfaces;

	g_variant_iter_init(&iter, objects);
	while (g_variant_iter_loop(&iter, "{&o@a{sa{sv}}}", &path, &interfaces)) {
		g_autoptr(GVariant) profile = g_variant_lookup_value(
			interfaces, "org.bluez.GattProfile1", G_VARIANT_TYPE_VARDICT);
		g_autoptr(GVariant) uuids =
			profile ? g_variant_lookup_value(profile, "UUIDs", G_VARIANT_TYPE("as"))
				: NULL;

		n_services += uuids ? (guint)g_variant_n_children(uuids) : 0;
	}
	return n_services;
}

/* The application told its objects: its GattProfile1 ask for so many services. */
static void
take_application(FakeBluez *fake, GDBusMessage *registration, GDBusMessage *reply)
{
	GVariant *body = g_dbus_message_get_body(reply);
	g_autoptr(GVariant) objects = NULL;

	if (body && g_variant_is_of_type(body, G_VARIANT_TYPE("(a{oa{sa{sv}}})")))
		objects = g_variant_get_child_value(body, 0);
	fake->profile_size = objects ? count_services(objects) : 0;
	if (fake->profile_size > 0)
		fake_bluez_answer(fake, registration, NULL);
	else
		fake_bluez_refuse(fake, registration, "org.bluez.Error.Failed",
				  "No object received");
	for (guint i = 0; i < fake->sensors->len; i++)
		fake_sensor_return(fake->sensors->pdata[i]);
}

/* The answer is awaited by the filter: GDBus gives those to its callbacks with its own lock held, from
 * where nothing can be sent. */
static void
register_application(FakeBluez *fake, GDBusMessage *message)
{
	g_autoptr(GDBusMessage) call = NULL;
	g_autofree char *root = NULL;
	guint32 serial;

	g_variant_get_child(g_dbus_message_get_body(message), 0, "o", &root);
	call = g_dbus_message_new_method_call(g_dbus_message_get_sender(message), root,
					      "org.freedesktop.DBus.ObjectManager",
					      "GetManagedObjects");
	g_dbus_connection_send_message(fake->bus, call, G_DBUS_SEND_MESSAGE_FLAGS_NONE, &serial,
				       NULL);
	g_hash_table_insert(fake->registrations, GUINT_TO_POINTER(serial), g_object_ref(message));
}

static void
take_reply(FakeBluez *fake, GDBusMessage *reply)
{
	gpointer serial = GUINT_TO_POINTER(g_dbus_message_get_reply_serial(reply));
	GDBusMessage *registration = g_hash_table_lookup(fake->registrations, serial);

	if (!registration) {
		(void)fake_pairing_take_reply(fake, reply); /* or of no interest */
		return;
	}
	take_application(fake, registration, reply);
	g_hash_table_remove(fake->registrations, serial);
}

static void
remove_device(FakeBluez *fake, GDBusMessage *message)
{
	g_autofree char *path = NULL;

	g_variant_get_child(g_dbus_message_get_body(message), 0, "o", &path);
	for (guint i = 0; i < fake->sensors->len; i++) {
		FakeSensor *sensor = fake->sensors->pdata[i];

		if (g_str_equal(sensor->path, path)) {
			fake_sensor_forget(sensor);
			fake_bluez_answer(fake, message, NULL);
			if (fake_bluez_is_searching(fake, sensor->adapter))
				fake_sensor_appear(sensor);
			return;
		}
	}
	fake_bluez_refuse(fake, message, "org.bluez.Error.DoesNotExist", "Does Not Exist");
}

static void
start_discovery(FakeBluez *fake, FakeAdapter *adapter, GDBusMessage *message)
{
	if (fake->is_start_slow) {
		g_set_object(&fake->start, message);
		return;
	}
	fake_bluez_answer(fake, message, NULL);
	fake_bluez_set_discovering(fake, adapter, TRUE);
}

static void
stop_discovery(FakeBluez *fake, FakeAdapter *adapter, GDBusMessage *message)
{
	if (fake->start) {
		fake_bluez_refuse(fake, message, "org.bluez.Error.InProgress",
				  "Operation already in progress");
		return;
	}
	fake_bluez_answer(fake, message, NULL);
	fake_bluez_set_discovering(fake, adapter, FALSE);
}

void
fake_bluez_set_start_slow(FakeBluez *fake, gboolean is_slow)
{
	fake_bluez_lock(fake);
	fake->is_start_slow = is_slow;
	if (!is_slow && fake->start) {
		g_autoptr(GDBusMessage) start = g_steal_pointer(&fake->start);

		start_discovery(fake, fake_bluez_find_adapter(fake, g_dbus_message_get_path(start)),
				start);
	}
	fake_bluez_unlock(fake);
}

static gboolean
call_adapter(FakeBluez *fake, FakeAdapter *adapter, GDBusMessage *message)
{
	const char *method = g_dbus_message_get_member(message);

	if (g_str_equal(method, "RegisterApplication")) {
		register_application(fake, message);
	} else if (g_str_equal(method, "RemoveDevice")) {
		remove_device(fake, message);
	} else if (g_str_equal(method, "UnregisterApplication")) {
		fake->profile_size = 0;
		fake_bluez_answer(fake, message, NULL);
	} else if (g_str_equal(method, "SetDiscoveryFilter")) {
		fake_bluez_answer(fake, message, NULL);
	} else if (!adapter->is_powered) {
		fake_bluez_refuse(fake, message, "org.bluez.Error.NotReady", "Resource Not Ready");
	} else if (g_str_equal(method, "StartDiscovery")) {
		start_discovery(fake, adapter, message);
	} else if (g_str_equal(method, "StopDiscovery")) {
		stop_discovery(fake, adapter, message);
	} else {
		return FALSE;
	}
	return TRUE;
}

/* Whether a fault took the call. */
static gboolean
has_failed(FakeBluez *fake, GDBusMessage *message)
{
	const char *method = g_dbus_message_get_member(message);

	for (guint i = 0; i < fake->faults->len; i++) {
		FakeFault *fault = fake->faults->pdata[i];

		if (!g_str_equal(fault->method, method) || fault->n_left == 0)
			continue;
		if (fault->n_left > 0)
			fault->n_left--;
		if (fault->error)
			fake_bluez_refuse(fake, message, fault->error, fault->text);
		return TRUE;
	}
	return FALSE;
}

static gboolean
call_sensors(FakeBluez *fake, GDBusMessage *message)
{
	for (guint i = 0; i < fake->sensors->len; i++)
		if (fake_sensor_call(fake->sensors->pdata[i], message))
			return TRUE;
	return FALSE;
}

static void
dispatch(FakeBluez *fake, GDBusMessage *message)
{
	FakeAdapter *adapter = fake_bluez_find_adapter(fake, g_dbus_message_get_path(message));

	g_ptr_array_add(fake->calls, g_strdup(g_dbus_message_get_member(message)));
	if (has_failed(fake, message))
		return;
	if (g_str_equal(g_dbus_message_get_member(message), "GetManagedObjects"))
		fake_bluez_answer(fake, message, fake_objects_build_all(&fake->objects));
	else if (!(adapter && call_adapter(fake, adapter, message)) &&
		 !fake_pairing_call_manager(fake, message) && !call_sensors(fake, message))
		fake_bluez_refuse(fake, message, "org.freedesktop.DBus.Error.UnknownObject",
				  "Method called on a non-existing object");
}

GDBusMessage *
fake_bluez_filter(GDBusConnection *bus, GDBusMessage *message, gboolean is_incoming,
		  gpointer user_data)
{
	FakeBluez *fake = user_data;
	const char *path = g_dbus_message_get_path(message);
	gboolean is_call =
		g_dbus_message_get_message_type(message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL;
	gboolean is_ours =
		is_call && (g_str_equal(path, "/") || g_str_has_prefix(path, "/org/bluez"));

	if (!is_incoming || (is_call && !is_ours))
		return message;
	fake_bluez_lock(fake);
	if (bus == fake->bus && is_call)
		dispatch(fake, message);
	else if (bus == fake->bus && g_dbus_message_get_reply_serial(message) != 0)
		take_reply(fake, message);
	fake_bluez_unlock(fake);
	if (!is_ours)
		return message;
	g_object_unref(message);
	return NULL;
}
