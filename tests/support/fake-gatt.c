/* SPDX-License-Identifier: MIT
 *
 * The methods of a fake sensor's device and characteristics, and what it sends.
 */
#include "tests/support/fake-bluez-inside.h"

#include <string.h>

static GVariant *
build_bytes(const void *bytes, gsize n_bytes)
{
	return g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, bytes, n_bytes, 1);
}

static void
tell_value(FakeSensor *sensor, FakeCharacteristic *characteristic, GBytes *value)
{
	gsize n_bytes;
	const void *bytes = g_bytes_get_data(value, &n_bytes);

	fake_objects_set(&sensor->fake->objects, characteristic->path, FAKE_CHARACTERISTIC, "Value",
			 build_bytes(bytes, n_bytes));
}

/* Whether a write is the codec's command. */
static gboolean
is_command(FakeSensor *sensor, RollCommand command, const char *uuid, const void *bytes,
	   gsize n_bytes)
{
	RollWrite writes[ROLL_CODEC_WRITES_MAX];
	RollDecoder decoder;
	guint n_writes;

	roll_decoder_init(&decoder, sensor->codec);
	n_writes = sensor->codec->command(&decoder, command, writes);
	for (guint i = 0; i < n_writes; i++)
		if (g_str_equal(writes[i].uuid, uuid) && writes[i].n_bytes == n_bytes &&
		    memcmp(writes[i].bytes, bytes, n_bytes) == 0)
			return TRUE;
	return FALSE;
}

static void
take_write(FakeSensor *sensor, FakeCharacteristic *characteristic, GDBusMessage *message)
{
	g_autoptr(GVariant) value = g_variant_get_child_value(g_dbus_message_get_body(message), 0);
	gsize n_bytes;
	const guint8 *bytes = g_variant_get_fixed_array(value, &n_bytes, 1);
	const char *uuid = characteristic->uuid;

	sensor->last_order = n_bytes > 0 ? bytes[0] : 0;
	if (is_command(sensor, ROLL_COMMAND_START, uuid, bytes, n_bytes))
		sensor->is_started = TRUE;
	else if (is_command(sensor, ROLL_COMMAND_STOP, uuid, bytes, n_bytes))
		sensor->is_started = FALSE;
	fake_bluez_answer(sensor->fake, message, NULL);
	if (sensor->codec == &roll_codec_roller && n_bytes > 0) {
		guint8 reply[3];

		roll_roller_encode_reply(bytes[0], ROLL_CONTROL_DONE, reply);
		fake_sensor_notify(sensor, ROLL_UUID_ROLLER_CONTROL, reply, sizeof reply);
	}
}

/* As bluetoothd does, a value read is also told as a signal, ahead of the answer. */
static void
give_read(FakeSensor *sensor, FakeCharacteristic *characteristic, GDBusMessage *message)
{
	gsize n_bytes;
	const void *bytes = g_bytes_get_data(characteristic->value, &n_bytes);

	tell_value(sensor, characteristic, characteristic->value);
	fake_bluez_answer(sensor->fake, message,
			  g_variant_new("(@ay)", build_bytes(bytes, n_bytes)));
}

static void
start_notify(FakeSensor *sensor, FakeCharacteristic *characteristic, GDBusMessage *message)
{
	characteristic->is_notifying = TRUE;
	if (g_str_equal(characteristic->uuid, sensor->codec->notify_uuids[0]))
		for (guint i = 0; i < sensor->n_early; i++)
			fake_sensor_force_sample(sensor, i);
	fake_bluez_answer(sensor->fake, message, NULL);
}

static gboolean
call_characteristic(FakeSensor *sensor, FakeCharacteristic *characteristic, GDBusMessage *message)
{
	const char *method = g_dbus_message_get_member(message);

	if (!fake_objects_is_shown(&sensor->fake->objects, characteristic->path,
				   FAKE_CHARACTERISTIC))
		return FALSE;
	if (!sensor->is_connected)
		fake_bluez_refuse(sensor->fake, message, "org.bluez.Error.Failed", "Not connected");
	else if (fake_pairing_is_locked(sensor, message))
		return TRUE;
	else if (g_str_equal(method, "ReadValue"))
		give_read(sensor, characteristic, message);
	else if (g_str_equal(method, "WriteValue"))
		take_write(sensor, characteristic, message);
	else if (g_str_equal(method, "StartNotify"))
		start_notify(sensor, characteristic, message);
	else if (g_str_equal(method, "StopNotify")) {
		characteristic->is_notifying = FALSE;
		fake_bluez_answer(sensor->fake, message, NULL);
	} else
		return FALSE;
	return TRUE;
}

static void
set_trusted(FakeSensor *sensor, GDBusMessage *message)
{
	g_autoptr(GVariant) value = NULL;

	g_variant_get_child(g_dbus_message_get_body(message), 2, "v", &value);
	sensor->is_trusted = g_variant_get_boolean(value);
	fake_objects_set(&sensor->fake->objects, sensor->path, FAKE_DEVICE, "Trusted",
			 g_variant_new_boolean(sensor->is_trusted));
	fake_bluez_answer(sensor->fake, message, NULL);
}

static gboolean
call_device(FakeSensor *sensor, GDBusMessage *message)
{
	const char *method = g_dbus_message_get_member(message);
	FakeBluez *fake = sensor->fake;

	if (!fake_objects_is_shown(&fake->objects, sensor->path, FAKE_DEVICE))
		return FALSE;
	if (g_str_equal(method, "Connect") && sensor->is_away)
		fake_bluez_refuse(fake, message, "org.bluez.Error.Failed",
				  "le-connection-abort-by-local");
	else if (g_str_equal(method, "Connect") && sensor->is_connected)
		fake_bluez_refuse(fake, message, "org.bluez.Error.AlreadyConnected",
				  "Already Connected");
	else if (g_str_equal(method, "Connect"))
		fake_sensor_connect_for(sensor, message);
	else if (g_str_equal(method, "Disconnect")) {
		fake_sensor_drop(sensor);
		fake_bluez_answer(fake, message, NULL);
	} else if (g_str_equal(method, "Set")) { /* Trusted: nothing else is ever set */
		set_trusted(sensor, message);
	} else
		return fake_pairing_call_device(sensor, message);
	return TRUE;
}

gboolean
fake_sensor_call(FakeSensor *sensor, GDBusMessage *message)
{
	const char *path = g_dbus_message_get_path(message);

	if (g_str_equal(path, sensor->path))
		return call_device(sensor, message);
	for (guint i = 0; i < sensor->characteristics->len; i++) {
		FakeCharacteristic *characteristic = sensor->characteristics->pdata[i];

		if (g_str_equal(characteristic->path, path))
			return call_characteristic(sensor, characteristic, message);
	}
	return FALSE;
}

/* What it sends. */

gboolean
fake_sensor_notify(FakeSensor *sensor, const char *uuid, const guint8 *bytes, gsize n_bytes)
{
	FakeCharacteristic *characteristic = fake_sensor_find(sensor, uuid);
	gboolean is_sent = FALSE;

	fake_bluez_lock(sensor->fake);
	if (characteristic && characteristic->is_notifying && sensor->is_connected) {
		fake_objects_set(&sensor->fake->objects, characteristic->path, FAKE_CHARACTERISTIC,
				 "Value", build_bytes(bytes, n_bytes));
		is_sent = TRUE;
	}
	fake_bluez_unlock(sensor->fake);
	return is_sent;
}

gboolean
fake_sensor_force_sample(FakeSensor *sensor, guint number)
{
	guint8 bytes[ROLL_VALUE_MAX];
	RollPacket packet = {.has_acc = true,
			     .sequence = (guint16)number,
			     .clock_us = number * 10000,
			     .period_us = 10000,
			     .n_samples = 1};
	RollRollerFeature feature = {.turn_full_scale_dps = 2000, .pull_full_scale_g = 16};
	gsize n_bytes;

	packet.samples[0].pull_mps2.z = (float)ROLL_G_MPS2;
	n_bytes = roll_roller_encode_measurement(&feature, &packet, bytes, sizeof bytes);
	g_assert_cmpuint(n_bytes, >, 0);
	return fake_sensor_notify(sensor, ROLL_UUID_ROLLER_MEASUREMENT, bytes, n_bytes);
}

gboolean
fake_sensor_send_sample(FakeSensor *sensor, guint number)
{
	return fake_sensor_is_started(sensor) && fake_sensor_force_sample(sensor, number);
}

void
fake_sensor_set_early(FakeSensor *sensor, guint n_samples)
{
	fake_bluez_lock(sensor->fake);
	sensor->n_early = n_samples;
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_set_battery(FakeSensor *sensor, guint8 battery_pct)
{
	fake_bluez_lock(sensor->fake);
	sensor->battery_pct = battery_pct;
	fake_sensor_set_value(sensor, ROLL_UUID_BATTERY_LEVEL, &battery_pct, 1);
	if (sensor->has_battery && sensor->is_connected)
		fake_objects_set(&sensor->fake->objects, sensor->path, FAKE_BATTERY, "Percentage",
				 g_variant_new_byte(battery_pct));
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_set_value(FakeSensor *sensor, const char *uuid, const guint8 *bytes, gsize n_bytes)
{
	FakeCharacteristic *characteristic = fake_sensor_find(sensor, uuid);

	g_assert(characteristic);
	fake_bluez_lock(sensor->fake);
	g_bytes_unref(characteristic->value);
	characteristic->value = g_bytes_new(bytes, n_bytes);
	fake_bluez_unlock(sensor->fake);
}

void
fake_sensor_stop(FakeSensor *sensor)
{
	fake_bluez_lock(sensor->fake);
	sensor->is_started = FALSE;
	fake_bluez_unlock(sensor->fake);
}

gboolean
fake_sensor_is_notifying(FakeSensor *sensor, const char *uuid)
{
	FakeCharacteristic *characteristic = fake_sensor_find(sensor, uuid);
	gboolean is_notifying;

	fake_bluez_lock(sensor->fake);
	is_notifying = characteristic && characteristic->is_notifying;
	g_rec_mutex_unlock(&sensor->fake->lock);
	return is_notifying;
}

guint8
fake_sensor_get_order(FakeSensor *sensor)
{
	guint8 order;

	fake_bluez_lock(sensor->fake);
	order = sensor->last_order;
	g_rec_mutex_unlock(&sensor->fake->lock);
	return order;
}
