/* SPDX-License-Identifier: MIT
 *
 * A bluetoothd with sensors that send what a capture holds, for whole programs to be run against:
 *
 *     fake-bluez-main [--speed N] [--repeat] [--exit] CAPTURE
 *
 * It takes the bus that started it, else the one at DBUS_SYSTEM_BUS_ADDRESS, and writes "ready" when
 * org.bluez is owned. Each device of the capture is a sensor in reach; what is read of it is the first value
 * of each characteristic in the capture. From a sensor's START on, its notifications are sent as far apart
 * as they stand in the capture, N times as fast (0: as fast as possible); a sensor that is started again
 * goes on where it was. --repeat: begins again at the end; --exit: ends then. It also ends with the bus.
 */
#include "protocol/capture.h"
#include "tests/support/fake-bluez.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sensor and what it is to send. */
typedef struct {
	FakeSensor *sensor;
	char address[ROLL_ADDRESS_LEN + 1];
	const RollCodec *codec;
	GArray *values; /* of RollValue: the notified ones */
	guint n_sent;
	gint64 offset_us; /* monotonic time less capture time, at this speed; 0: it stands still */
} Player;

typedef struct {
	FakeBluez *fake;
	GPtrArray *players;
	double speed;
	gboolean is_repeated, is_ended_by_end;
	GMainLoop *loop;
} Stage;

static gboolean
is_notified(const RollCodec *codec, const char *uuid)
{
	for (guint i = 0; i < ROLL_CODEC_UUIDS_MAX && codec->notify_uuids[i]; i++)
		if (g_str_equal(codec->notify_uuids[i], uuid))
			return TRUE;
	return FALSE;
}

static Player *
find_player(Stage *stage, const char *address)
{
	Player *player;

	for (guint i = 0; i < stage->players->len; i++) {
		player = stage->players->pdata[i];
		if (g_str_equal(player->address, address))
			return player;
	}
	player = g_new0(Player, 1);
	g_strlcpy(player->address, address, sizeof player->address);
	player->values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	g_ptr_array_add(stage->players, player);
	return player;
}

static void
take_line(Stage *stage, GPtrArray *values, const char *line, guint number)
{
	RollValue value;
	const char *fault;

	switch (roll_capture_parse_line(line, strlen(line), &value, &fault)) {
	case ROLL_LINE_BAD:
		fprintf(stderr, "line %u: %s\n", number, fault);
		exit(1);
	case ROLL_LINE_COMMENT:
		return;
	case ROLL_LINE_VALUE:
		break;
	}
	g_ptr_array_add(values, g_memdup2(&value, sizeof value));
	if (roll_codec_find_by_characteristic(value.uuid))
		find_player(stage, value.address)->codec =
			roll_codec_find_by_characteristic(value.uuid);
}

static void
add_sensors(Stage *stage)
{
	for (guint i = 0; i < stage->players->len; i++) {
		Player *player = stage->players->pdata[i];

		player->sensor = fake_bluez_add_sensor(
			stage->fake,
			&(FakeSensorOptions){.address = player->address, .codec = player->codec});
	}
}

static void
deal_out(Stage *stage, GPtrArray *values)
{
	g_autoptr(GHashTable) set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < values->len; i++) {
		const RollValue *value = values->pdata[i];
		Player *player = find_player(stage, value->address);

		if (player->codec && is_notified(player->codec, value->uuid))
			g_array_append_val(player->values, *value);
		else if (player->codec &&
			 g_hash_table_add(set, g_strconcat(value->address, value->uuid, NULL)))
			fake_sensor_set_value(player->sensor, value->uuid, value->bytes,
					      value->n_bytes);
	}
}

static void
load(Stage *stage, const char *path)
{
	g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, &error)) {
		fprintf(stderr, "%s\n", error->message);
		exit(1);
	}
	lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i]; i++)
		take_line(stage, values, lines[i], i + 1);
	add_sensors(stage);
	deal_out(stage, values);
}

/* When a value is due, monotonic time, but for the offset. */
static gint64
get_due_us(const Stage *stage, const RollValue *value)
{
	return stage->speed > 0 ? (gint64)((double)value->arrival_us / stage->speed) : 0;
}

/* Sends what is due. TRUE: there is more to come. */
static gboolean
play(Stage *stage, Player *player, gint64 now_us)
{
	if (!fake_sensor_is_started(player->sensor)) {
		player->offset_us = 0;
		return TRUE;
	}
	if (player->n_sent == player->values->len && stage->is_repeated) {
		player->n_sent = 0;
		player->offset_us = 0;
	}
	while (player->n_sent < player->values->len) {
		const RollValue *value = &g_array_index(player->values, RollValue, player->n_sent);
		gint64 due_us = get_due_us(stage, value);

		if (player->offset_us == 0)
			player->offset_us = now_us - due_us;
		if (due_us + player->offset_us > now_us)
			return TRUE;
		fake_sensor_notify(player->sensor, value->uuid, value->bytes, value->n_bytes);
		player->n_sent++;
	}
	return FALSE;
}

static gboolean
on_tick(gpointer user_data)
{
	Stage *stage = user_data;
	gboolean has_more = FALSE;

	for (guint i = 0; i < stage->players->len; i++)
		has_more |= play(stage, stage->players->pdata[i], g_get_monotonic_time());
	if (fake_bluez_is_lost(stage->fake) || (stage->is_ended_by_end && !has_more))
		g_main_loop_quit(stage->loop);
	return G_SOURCE_CONTINUE;
}

static void
free_player(gpointer data)
{
	Player *player = data;

	g_array_unref(player->values);
	g_free(player);
}

int
main(int argc, char **argv)
{
	Stage stage = {.speed = 1, .players = g_ptr_array_new_with_free_func(free_player)};
	GOptionEntry entries[] = {
		{"speed", 0, 0, G_OPTION_ARG_DOUBLE, &stage.speed, "Times real time", "N"},
		{"repeat", 0, 0, G_OPTION_ARG_NONE, &stage.is_repeated, "Begin again at the end",
		 NULL},
		{"exit", 0, 0, G_OPTION_ARG_NONE, &stage.is_ended_by_end, "Exit at the end", NULL},
		G_OPTION_ENTRY_NULL};
	g_autoptr(GOptionContext) options = g_option_context_new("CAPTURE");
	g_autoptr(GError) error = NULL;
	const char *address = g_getenv("DBUS_STARTER_ADDRESS");

	g_option_context_add_main_entries(options, entries, NULL);
	if (!g_option_context_parse(options, &argc, &argv, &error) || argc != 2) {
		fprintf(stderr, "%s\n", error ? error->message : "give one capture");
		return 2;
	}
	if (!address)
		address = g_getenv("DBUS_SYSTEM_BUS_ADDRESS");
	if (!address) {
		fprintf(stderr, "DBUS_SYSTEM_BUS_ADDRESS is not set\n");
		return 2;
	}
	stage.loop = g_main_loop_new(NULL, FALSE);
	stage.fake = fake_bluez_new(address);
	fake_bluez_add_adapter(stage.fake, "hci0", "00:11:22:33:44:55");
	load(&stage, argv[1]);
	if (!g_getenv(
		    "DBUS_STARTER_ADDRESS")) { /* whoever let the bus start it waits for the name */
		printf("ready\n");
		fflush(stdout);
	}
	g_timeout_add(2, on_tick, &stage);
	g_main_loop_run(stage.loop);
	g_main_loop_unref(stage.loop);
	fake_bluez_free(stage.fake);
	g_ptr_array_unref(stage.players);
	return 0;
}
