/* SPDX-License-Identifier: MIT */
#include "tests/support/fake-bluez-inside.h"

#include <string.h>

static void
free_fault(gpointer data)
{
	FakeFault *fault = data;

	g_free(fault->method);
	g_free(fault->error);
	g_free(fault->text);
	g_free(fault);
}

static void
free_adapter(gpointer data)
{
	FakeAdapter *adapter = data;

	g_free(adapter->path);
	g_free(adapter->address);
	g_free(adapter);
}

void
fake_bluez_lock(FakeBluez *fake)
{
	g_rec_mutex_lock(&fake->lock);
}

void
fake_bluez_unlock(FakeBluez *fake)
{
	g_rec_mutex_unlock(&fake->lock);
	g_main_context_wakeup(NULL);
}

/* Life. */

static FakeAdapter *
find_adapter_by_name(FakeBluez *fake, const char *name)
{
	g_autofree char *path = g_strconcat("/org/bluez/", name, NULL);
	FakeAdapter *adapter = fake_bluez_find_adapter(fake, path);

	g_assert(adapter);
	return adapter;
}

static void
show_adapter(FakeBluez *fake, FakeAdapter *adapter)
{
	FakeObjects *objects = &fake->objects;

	fake_objects_put(objects, adapter->path, FAKE_ADAPTER, "Address",
			 g_variant_new_string(adapter->address));
	fake_objects_put(objects, adapter->path, FAKE_ADAPTER, "Powered",
			 g_variant_new_boolean(adapter->is_powered));
	fake_objects_put(objects, adapter->path, FAKE_ADAPTER, "Discovering",
			 g_variant_new_boolean(FALSE));
	fake_objects_put(objects, adapter->path, "org.bluez.GattManager1", "Dummy",
			 g_variant_new_boolean(FALSE));
	fake_objects_show(objects, adapter->path, NULL);
}

static void
own_name(FakeBluez *fake)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply = NULL;
	GDBusConnection *bus = g_dbus_connection_new_for_address_sync(
		fake->address,
		G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
			G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
		NULL, NULL, &error);

	g_assert_no_error(error);
	fake_bluez_lock(fake);
	fake->bus = bus;
	fake->objects.bus = bus;
	fake->filter = g_dbus_connection_add_filter(bus, fake_bluez_filter, fake, NULL);
	fake_bluez_unlock(fake);
	/* 4: do not queue: two bluetoothds on one bus are a mistake of the test. */
	reply = g_dbus_connection_call_sync(bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
					    "org.freedesktop.DBus", "RequestName",
					    g_variant_new("(su)", "org.bluez", 4), NULL,
					    G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
	g_assert_no_error(error);
}

FakeBluez *
fake_bluez_new(const char *address)
{
	FakeBluez *fake = g_new0(FakeBluez, 1);

	g_rec_mutex_init(&fake->lock);
	fake->address = g_strdup(address);
	fake_objects_init(&fake->objects);
	fake->adapters = g_ptr_array_new_with_free_func(free_adapter);
	fake->sensors = g_ptr_array_new_with_free_func((GDestroyNotify)fake_sensor_free);
	fake->calls = g_ptr_array_new_with_free_func(g_free);
	fake->faults = g_ptr_array_new_with_free_func(free_fault);
	fake->registrations = g_hash_table_new_full(NULL, NULL, NULL, g_object_unref);
	own_name(fake);
	return fake;
}

/* Without the lock: closing waits for GDBus's thread, which may wait for the lock. */
static void
close_bus(FakeBluez *fake)
{
	GDBusConnection *bus;

	fake_bluez_lock(fake);
	bus = fake->bus;
	fake->bus = NULL;
	fake->objects.bus = NULL;
	fake->profile_size = 0;
	g_hash_table_remove_all(fake->registrations);
	fake_pairing_drop_agent(fake);
	for (guint i = 0; i < fake->sensors->len; i++)
		fake_pairing_end(fake->sensors->pdata[i]);
	fake_bluez_unlock(fake);
	if (!bus)
		return;
	g_dbus_connection_flush_sync(bus, NULL, NULL);
	g_dbus_connection_remove_filter(bus, fake->filter);
	g_dbus_connection_close_sync(bus, NULL, NULL);
	g_object_unref(bus);
}

void
fake_bluez_free(FakeBluez *fake)
{
	close_bus(fake);
	g_ptr_array_unref(fake->sensors);
	g_ptr_array_unref(fake->adapters);
	g_ptr_array_unref(fake->calls);
	g_ptr_array_unref(fake->faults);
	g_hash_table_unref(fake->registrations);
	g_hash_table_unref(fake->objects.objects);
	g_clear_object(&fake->start);
	g_free(fake->agent_answer);
	g_free(fake->address);
	g_rec_mutex_clear(&fake->lock);
	g_free(fake);
}

void
fake_bluez_vanish(FakeBluez *fake, gboolean is_orderly)
{
	for (guint i = 0; i < fake->sensors->len; i++)
		if (is_orderly)
			fake_sensor_drop(fake->sensors->pdata[i]);
	for (guint i = 0; i < fake->sensors->len; i++)
		fake_sensor_lose(fake->sensors->pdata[i]);
	for (guint i = 0; i < fake->adapters->len; i++) {
		FakeAdapter *adapter = fake->adapters->pdata[i];

		adapter->is_discovering = FALSE;
		if (is_orderly)
			fake_objects_hide(&fake->objects, adapter->path, NULL);
	}
	close_bus(fake);
	fake_objects_clear(&fake->objects);
}

gboolean
fake_bluez_is_lost(FakeBluez *fake)
{
	gboolean is_lost;

	fake_bluez_lock(fake);
	is_lost = !fake->bus || g_dbus_connection_is_closed(fake->bus);
	g_rec_mutex_unlock(&fake->lock);
	return is_lost;
}

void
fake_bluez_return(FakeBluez *fake, const char *address)
{
	if (address) {
		g_free(fake->address);
		fake->address = g_strdup(address);
	}
	for (guint i = 0; i < fake->adapters->len; i++)
		show_adapter(fake, fake->adapters->pdata[i]);
	for (guint i = 0; i < fake->sensors->len; i++)
		fake_sensor_install(fake->sensors->pdata[i]);
	own_name(fake);
}

/* What a test asks and orders. */

guint
fake_bluez_count(FakeBluez *fake, const char *method)
{
	guint n_calls = 0;

	fake_bluez_lock(fake);
	for (guint i = 0; i < fake->calls->len; i++)
		n_calls += g_str_equal(fake->calls->pdata[i], method);
	g_rec_mutex_unlock(&fake->lock);
	return n_calls;
}

void
fake_bluez_forget(FakeBluez *fake)
{
	fake_bluez_lock(fake);
	g_ptr_array_set_size(fake->calls, 0);
	fake_bluez_unlock(fake);
}

char *
fake_bluez_dup_calls(FakeBluez *fake)
{
	GString *text = g_string_new(NULL);

	fake_bluez_lock(fake);
	for (guint i = 0; i < fake->calls->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
				       (const char *)fake->calls->pdata[i]);
	g_rec_mutex_unlock(&fake->lock);
	return g_string_free(text, FALSE);
}

void
fake_bluez_fail(FakeBluez *fake, const char *method, int n, const char *error, const char *text)
{
	FakeFault *fault = g_new0(FakeFault, 1);

	fault->method = g_strdup(method);
	fault->n_left = n;
	fault->error = g_strdup(error);
	fault->text = g_strdup(text);
	fake_bluez_lock(fake);
	g_ptr_array_add(fake->faults, fault);
	fake_bluez_unlock(fake);
}

void
fake_bluez_ignore(FakeBluez *fake, const char *method, int n)
{
	fake_bluez_fail(fake, method, n, NULL, NULL);
}

void
fake_bluez_add_adapter(FakeBluez *fake, const char *name, const char *address)
{
	FakeAdapter *adapter = g_new0(FakeAdapter, 1);

	adapter->path = g_strconcat("/org/bluez/", name, NULL);
	adapter->address = g_strdup(address);
	adapter->is_powered = TRUE;
	fake_bluez_lock(fake);
	g_ptr_array_add(fake->adapters, adapter);
	show_adapter(fake, adapter);
	for (guint i = 0; i < fake->sensors->len; i++)
		fake_sensor_install(fake->sensors->pdata[i]);
	fake_bluez_unlock(fake);
}

void
fake_bluez_remove_adapter(FakeBluez *fake, const char *name, gboolean has_child_signals)
{
	FakeAdapter *adapter = find_adapter_by_name(fake, name);

	fake_bluez_lock(fake);
	for (guint i = 0; i < fake->sensors->len; i++) {
		FakeSensor *sensor = fake->sensors->pdata[i];

		if (!g_str_equal(sensor->adapter, adapter->path))
			continue;
		if (has_child_signals) {
			fake_sensor_drop(sensor);
			fake_sensor_hide(sensor, NULL);
			fake_objects_hide(&fake->objects, sensor->path, NULL);
		}
		fake_sensor_lose(sensor);
	}
	fake_objects_hide(&fake->objects, adapter->path, NULL);
	fake_objects_drop(&fake->objects, adapter->path);
	g_ptr_array_remove(fake->adapters, adapter);
	fake_bluez_unlock(fake);
}

void
fake_bluez_set_powered(FakeBluez *fake, const char *name, gboolean is_powered)
{
	FakeAdapter *adapter = find_adapter_by_name(fake, name);

	fake_bluez_lock(fake);
	adapter->is_powered = is_powered;
	for (guint i = 0; i < fake->sensors->len && !is_powered; i++) {
		FakeSensor *sensor = fake->sensors->pdata[i];

		if (g_str_equal(sensor->adapter, adapter->path))
			fake_sensor_drop(sensor);
	}
	fake_objects_set(&fake->objects, adapter->path, FAKE_ADAPTER, "Powered",
			 g_variant_new_boolean(is_powered));
	if (!is_powered && adapter->is_discovering)
		fake_bluez_set_discovering(fake, adapter, FALSE);
	for (guint i = 0; i < fake->sensors->len && is_powered; i++)
		fake_sensor_return(fake->sensors->pdata[i]);
	fake_bluez_unlock(fake);
}

gboolean
fake_bluez_is_discovering(FakeBluez *fake, const char *name)
{
	gboolean is_discovering;

	fake_bluez_lock(fake);
	is_discovering = find_adapter_by_name(fake, name)->is_discovering;
	g_rec_mutex_unlock(&fake->lock);
	return is_discovering;
}

guint
fake_bluez_get_profile_size(FakeBluez *fake)
{
	guint size;

	fake_bluez_lock(fake);
	size = fake->profile_size;
	g_rec_mutex_unlock(&fake->lock);
	return size;
}

FakeSensor *
fake_bluez_add_sensor(FakeBluez *fake, const FakeSensorOptions *options)
{
	FakeSensor *sensor = fake_sensor_new(fake, options);

	fake_bluez_lock(fake);
	g_ptr_array_add(fake->sensors, sensor);
	fake_sensor_install(sensor);
	if (fake_bluez_is_searching(fake, sensor->adapter))
		fake_sensor_appear(sensor);
	fake_bluez_unlock(fake);
	return sensor;
}
