/* SPDX-License-Identifier: MIT */
#include "tests/support/fake-bluez-inside.h"

#include <string.h>

static FakeObjects *
get_objects(FakeSensor *sensor)
{
	return &sensor->fake->objects;
}

/* Its objects. */

static GVariant *
build_services(const FakeSensor *sensor, gboolean is_told)
{
	const char *const uuids[] = {sensor->codec->service_uuid, NULL};

	return g_variant_new_strv(uuids, is_told ? 1 : 0);
}

void
fake_sensor_install(FakeSensor *sensor)
{
	FakeObjects *objects = get_objects(sensor);
	const char *path = sensor->path;

	if (!fake_objects_is_shown(objects, sensor->adapter, FAKE_ADAPTER) ||
	    fake_objects_is_shown(objects, path, FAKE_DEVICE))
		return;
	fake_objects_put(objects, path, FAKE_DEVICE, "Address",
			 g_variant_new_string(sensor->address));
	fake_objects_put(objects, path, FAKE_DEVICE, "Name", g_variant_new_string(sensor->name));
	fake_objects_put(objects, path, FAKE_DEVICE, "Adapter",
			 g_variant_new_object_path(sensor->adapter));
	fake_objects_put(objects, path, FAKE_DEVICE, "UUIDs",
			 build_services(sensor, !sensor->is_bare));
	fake_objects_put(objects, path, FAKE_DEVICE, "Connected", g_variant_new_boolean(FALSE));
	fake_objects_put(objects, path, FAKE_DEVICE, "ServicesResolved",
			 g_variant_new_boolean(FALSE));
	fake_objects_put(objects, path, FAKE_DEVICE, "Paired",
			 g_variant_new_boolean(sensor->is_paired));
	fake_objects_put(objects, path, FAKE_DEVICE, "Trusted",
			 g_variant_new_boolean(sensor->is_trusted));
	for (guint i = 0; i < sensor->characteristics->len; i++) {
		FakeCharacteristic *characteristic = sensor->characteristics->pdata[i];

		fake_objects_put(objects, characteristic->path, FAKE_CHARACTERISTIC, "UUID",
				 g_variant_new_string(characteristic->uuid));
	}
	if (sensor->is_known)
		fake_objects_show(objects, path, FAKE_DEVICE);
}

void
fake_sensor_appear(FakeSensor *sensor)
{
	FakeObjects *objects = get_objects(sensor);

	if (sensor->is_away || sensor->is_connected)
		return;
	fake_objects_set(objects, sensor->path, FAKE_DEVICE, "RSSI", g_variant_new_int16(-60));
	fake_objects_show(objects, sensor->path, FAKE_DEVICE);
}

void
fake_sensor_fade(FakeSensor *sensor)
{
	fake_objects_unset(get_objects(sensor), sensor->path, FAKE_DEVICE, "RSSI");
}

void
fake_sensor_return(FakeSensor *sensor)
{
	if (sensor->fake->profile_size > 0 && sensor->is_known && sensor->is_trusted &&
	    !sensor->is_away && !sensor->is_connected &&
	    fake_objects_is_shown(get_objects(sensor), sensor->path, FAKE_DEVICE))
		fake_sensor_connect(sensor);
}

void
fake_sensor_forget(FakeSensor *sensor)
{
	fake_sensor_drop(sensor);
	fake_sensor_hide(sensor, NULL);
	fake_objects_hide(get_objects(sensor), sensor->path, NULL);
	sensor->is_known = FALSE;
	sensor->is_trusted = FALSE;
	sensor->is_paired = FALSE;
	g_clear_pointer(&sensor->stale, g_free);
	fake_objects_put(get_objects(sensor), sensor->path, FAKE_DEVICE, "Paired",
			 g_variant_new_boolean(FALSE));
	fake_objects_put(get_objects(sensor), sensor->path, FAKE_DEVICE, "Trusted",
			 g_variant_new_boolean(FALSE));
}

void
fake_sensor_remove(FakeSensor *sensor)
{
	fake_bluez_lock(sensor->fake);
	fake_sensor_forget(sensor);
	if (fake_bluez_is_searching(sensor->fake, sensor->adapter))
		fake_sensor_appear(sensor);
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_move(FakeSensor *sensor, const char *adapter)
{
	fake_bluez_lock(sensor->fake);
	g_free(sensor->adapter);
	sensor->adapter = g_strconcat("/org/bluez/", adapter, NULL);
	fake_sensor_set_paths(sensor);
	fake_sensor_install(sensor);
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_set_away(FakeSensor *sensor, gboolean is_away)
{
	fake_bluez_lock(sensor->fake);
	sensor->is_away = is_away;
	if (is_away) {
		fake_sensor_drop(sensor);
		fake_sensor_fade(sensor);
	} else {
		if (fake_bluez_is_searching(sensor->fake, sensor->adapter))
			fake_sensor_appear(sensor);
		fake_sensor_return(sensor);
	}
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_tell_services(FakeSensor *sensor)
{
	fake_bluez_lock(sensor->fake);
	sensor->is_bare = FALSE;
	fake_objects_set(get_objects(sensor), sensor->path, FAKE_DEVICE, "UUIDs",
			 build_services(sensor, TRUE));
	fake_bluez_unlock(sensor->fake);
}

/* Its link. */

void
fake_sensor_set_order(FakeSensor *sensor, FakeOrder order)
{
	fake_bluez_lock(sensor->fake);
	sensor->order = order;
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_show(FakeSensor *sensor, const char *uuid)
{
	fake_bluez_lock(sensor->fake);
	for (guint i = 0; i < sensor->characteristics->len; i++) {
		FakeCharacteristic *characteristic = sensor->characteristics->pdata[i];

		if ((!uuid || g_str_equal(uuid, characteristic->uuid)) &&
		    g_strcmp0(sensor->stale, characteristic->uuid) != 0)
			fake_objects_show(get_objects(sensor), characteristic->path, NULL);
	}
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_hide(FakeSensor *sensor, const char *uuid)
{
	fake_bluez_lock(sensor->fake);
	for (guint i = 0; i < sensor->characteristics->len; i++) {
		FakeCharacteristic *characteristic = sensor->characteristics->pdata[i];

		if (!uuid || g_str_equal(uuid, characteristic->uuid))
			fake_objects_hide(get_objects(sensor), characteristic->path, NULL);
	}
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_set_resolved(FakeSensor *sensor, gboolean is_resolved)
{
	fake_bluez_lock(sensor->fake);
	fake_objects_set(get_objects(sensor), sensor->path, FAKE_DEVICE, "ServicesResolved",
			 g_variant_new_boolean(is_resolved));
	fake_bluez_unlock(sensor->fake);
}

static void
set_connected(FakeSensor *sensor)
{
	sensor->is_connected = TRUE;
	sensor->is_known = TRUE;
	sensor->is_started = FALSE;
	sensor->last_order = 0;
	fake_objects_show(get_objects(sensor), sensor->path, FAKE_DEVICE);
	if (sensor->order == FAKE_ORDER_UNTOLD)
		fake_objects_put(get_objects(sensor), sensor->path, FAKE_DEVICE, "Connected",
				 g_variant_new_boolean(TRUE));
	else
		fake_objects_set(get_objects(sensor), sensor->path, FAKE_DEVICE, "Connected",
				 g_variant_new_boolean(TRUE));
	fake_sensor_fade(sensor);
}

static void
show_services(FakeSensor *sensor)
{
	FakeObjects *objects = get_objects(sensor);

	fake_sensor_tell_services(sensor);
	fake_sensor_show(sensor, NULL);
	if (sensor->has_battery) {
		fake_objects_put(objects, sensor->path, FAKE_BATTERY, "Percentage",
				 g_variant_new_byte(sensor->battery_pct));
		fake_objects_show(objects, sensor->path, FAKE_BATTERY);
	}
}

void
fake_sensor_connect_for(FakeSensor *sensor, GDBusMessage *call)
{
	if (call && sensor->order == FAKE_ORDER_REPLY_FIRST)
		fake_bluez_answer(sensor->fake, call, NULL);
	set_connected(sensor);
	if (fake_pairing_is_cut(sensor)) {
		fake_sensor_drop(sensor);
		if (call)
			fake_bluez_refuse(sensor->fake, call, "org.bluez.Error.Failed",
					  "le-connection-abort-by-local");
		return;
	}
	if (sensor->order == FAKE_ORDER_RESOLVED_FIRST)
		fake_sensor_set_resolved(sensor, TRUE);
	if (sensor->order != FAKE_ORDER_BY_HAND) {
		show_services(sensor);
		fake_sensor_set_resolved(sensor, TRUE);
	}
	if (sensor->order == FAKE_ORDER_FLAPPING) {
		fake_sensor_set_resolved(sensor, FALSE);
		fake_sensor_hide(sensor, NULL);
		fake_sensor_show(sensor, NULL);
		fake_sensor_set_resolved(sensor, TRUE);
	}
	if (call && sensor->order != FAKE_ORDER_REPLY_FIRST)
		fake_bluez_answer(sensor->fake, call, NULL);
}

void
fake_sensor_connect(FakeSensor *sensor)
{
	fake_bluez_lock(sensor->fake);
	fake_sensor_connect_for(sensor, NULL);
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_lose(FakeSensor *sensor)
{
	fake_bluez_lock(sensor->fake);
	sensor->is_connected = FALSE;
	sensor->is_started = FALSE;
	for (guint i = 0; i < sensor->characteristics->len; i++) {
		FakeCharacteristic *characteristic = sensor->characteristics->pdata[i];

		characteristic->is_notifying = FALSE;
	}
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_drop(FakeSensor *sensor)
{
	GVariantBuilder values;

	fake_bluez_lock(sensor->fake);
	if (sensor->is_connected) {
		sensor->is_connected = FALSE;
		sensor->is_started = FALSE;
		if (sensor->has_battery)
			fake_objects_hide(get_objects(sensor), sensor->path, FAKE_BATTERY);
		g_variant_builder_init(&values, G_VARIANT_TYPE_VARDICT);
		g_variant_builder_add(&values, "{sv}", "ServicesResolved",
				      g_variant_new_boolean(FALSE));
		g_variant_builder_add(&values, "{sv}", "Connected", g_variant_new_boolean(FALSE));
		fake_objects_change(get_objects(sensor), sensor->path, FAKE_DEVICE,
				    g_variant_builder_end(&values));
	}
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_drop_untold(FakeSensor *sensor)
{
	fake_bluez_lock(sensor->fake);
	sensor->is_started = FALSE;
	fake_sensor_hide(sensor, NULL);
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_make_stale(FakeSensor *sensor, const char *uuid)
{
	fake_bluez_lock(sensor->fake);
	g_free(sensor->stale);
	sensor->stale = g_strdup(uuid);
	fake_bluez_unlock(sensor->fake);
}

static gboolean
get_flag(FakeSensor *sensor, const gboolean *flag)
{
	gboolean is_set;

	fake_bluez_lock(sensor->fake);
	is_set = *flag;
	g_rec_mutex_unlock(&sensor->fake->lock);
	return is_set;
}

gboolean
fake_sensor_is_connected(FakeSensor *sensor)
{
	return get_flag(sensor, &sensor->is_connected);
}

gboolean
fake_sensor_is_trusted(FakeSensor *sensor)
{
	return get_flag(sensor, &sensor->is_trusted);
}

gboolean
fake_sensor_is_started(FakeSensor *sensor)
{
	return get_flag(sensor, &sensor->is_started);
}

gboolean
fake_sensor_is_shown(FakeSensor *sensor)
{
	gboolean is_shown;

	fake_bluez_lock(sensor->fake);
	is_shown = fake_objects_is_shown(get_objects(sensor), sensor->path, FAKE_DEVICE);
	g_rec_mutex_unlock(&sensor->fake->lock);
	return is_shown;
}
