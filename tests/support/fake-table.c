/* SPDX-License-Identifier: MIT
 *
 * What a fake sensor has: its GATT table, and where that stands.
 */
#include "tests/support/fake-bluez-inside.h"

static const RollRollerFeature feature = {
	.feature = {.body = ROLL_BODY_ROLLER,
		    .has_newtons = true,
		    .has_tare = true,
		    .has_identify = true,
		    .period_us = 10000,
		    .n_cells = 1,
		    .radius_m = 0.075},
	.turn_full_scale_dps = 2000,
	.pull_full_scale_g = 16,
	.force_mn_per_count = 100,
};

static void
free_characteristic(gpointer data)
{
	FakeCharacteristic *characteristic = data;

	g_free(characteristic->path);
	g_bytes_unref(characteristic->value);
	g_free(characteristic);
}

FakeCharacteristic *
fake_sensor_find(FakeSensor *sensor, const char *uuid)
{
	for (guint i = 0; i < sensor->characteristics->len; i++) {
		FakeCharacteristic *characteristic = sensor->characteristics->pdata[i];

		if (g_str_equal(characteristic->uuid, uuid))
			return characteristic;
	}
	return NULL;
}

static void
add_characteristic(FakeSensor *sensor, const char *uuid, const void *bytes, gsize n_bytes)
{
	FakeCharacteristic *characteristic;

	if (fake_sensor_find(sensor, uuid))
		return;
	characteristic = g_new0(FakeCharacteristic, 1);
	g_strlcpy(characteristic->uuid, uuid, sizeof characteristic->uuid);
	characteristic->value = g_bytes_new(bytes, n_bytes);
	g_ptr_array_add(sensor->characteristics, characteristic);
}

static void
add_table(FakeSensor *sensor)
{
	guint8 bytes[ROLL_ROLLER_FEATURE_LEN];
	RollWrite writes[ROLL_CODEC_WRITES_MAX];
	RollDecoder decoder;
	guint n_writes;

	roll_decoder_init(&decoder, sensor->codec);
	roll_roller_encode_feature(&feature, bytes);
	if (sensor->codec == &roll_codec_roller)
		add_characteristic(sensor, ROLL_UUID_ROLLER_FEATURE, bytes, sizeof bytes);
	for (guint i = 0; i < ROLL_CODEC_UUIDS_MAX && sensor->codec->uuids[i]; i++)
		add_characteristic(sensor, sensor->codec->uuids[i], "", 0);
	n_writes = sensor->codec->command(&decoder, ROLL_COMMAND_START, writes);
	for (guint i = 0; i < n_writes; i++)
		add_characteristic(sensor, writes[i].uuid, "", 0);
	add_characteristic(sensor, ROLL_UUID_MODEL, "Fake", 4);
	add_characteristic(sensor, ROLL_UUID_FIRMWARE, "1.0", 3);
	add_characteristic(sensor, ROLL_UUID_MANUFACTURER, "Nobody", 6);
	add_characteristic(sensor, ROLL_UUID_BATTERY_LEVEL, &sensor->battery_pct, 1);
}

void
fake_sensor_set_paths(FakeSensor *sensor)
{
	g_autofree char *address = g_strdelimit(g_strdup(sensor->address), ":", '_');

	g_free(sensor->path);
	sensor->path = g_strdup_printf("%s/dev_%s", sensor->adapter, address);
	for (guint i = 0; i < sensor->characteristics->len; i++) {
		FakeCharacteristic *characteristic = sensor->characteristics->pdata[i];

		g_free(characteristic->path);
		characteristic->path =
			g_strdup_printf("%s/service0010/char%04x", sensor->path, 0x11 + 2 * i);
	}
}

FakeSensor *
fake_sensor_new(FakeBluez *fake, const FakeSensorOptions *options)
{
	FakeSensor *sensor = g_new0(FakeSensor, 1);

	sensor->fake = fake;
	sensor->codec = options->codec ? options->codec : &roll_codec_roller;
	sensor->address = g_strdup(options->address);
	sensor->name = g_strdup(options->name ? options->name : "Roller");
	sensor->adapter =
		g_strconcat("/org/bluez/", options->adapter ? options->adapter : "hci0", NULL);
	sensor->is_known = options->is_known;
	sensor->is_away = options->is_away;
	sensor->is_bare = options->is_nameless_of_service;
	sensor->has_battery = options->has_battery_service;
	sensor->battery_pct = 80;
	sensor->characteristics = g_ptr_array_new_with_free_func(free_characteristic);
	add_table(sensor);
	fake_sensor_set_paths(sensor);
	return sensor;
}

void
fake_sensor_free(FakeSensor *sensor)
{
	fake_pairing_end(sensor);
	g_ptr_array_unref(sensor->characteristics);
	g_free(sensor->address);
	g_free(sensor->name);
	g_free(sensor->adapter);
	g_free(sensor->path);
	g_free(sensor->stale);
	g_free(sensor);
}
