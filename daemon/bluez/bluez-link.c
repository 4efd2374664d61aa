/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-link.h"

#include "daemon/bluez/bluez-ears.h"
#include "daemon/bluez/bluez-gatt.h"
#include "daemon/bluez/bluez-inbox.h"
#include "daemon/bluez/bluez-order.h"

enum {
	QUEUE_MAX = 32, /* operations that wait; then commands are refused */
};

typedef enum {
	STAGE_WAITING, /* not started, or no longer ready */
	STAGE_READING, /* reading and subscribing */
	STAGE_WRITING, /* the START writes */
	STAGE_RUNNING,
} Stage;

struct RollBluezLink {
	const RollBluezHost *host;
	char *path;
	const RollCodec *codec;
	RollBluezLinkListener listener;
	RollDecoder decoder;
	RollInbox inbox;
	RollBluezEars *ears;
	RollGatt *gatt; /* NULL in STAGE_WAITING */
	Stage stage;
	guint n_reads_left; /* of what the decoder needs */
	int battery_pct;    /* as delivered last; -1: not yet */
	char *want;
};

static gboolean
is_in(const char *const *uuids, const char *uuid)
{
	for (guint i = 0; i < ROLL_CODEC_UUIDS_MAX && uuids[i]; i++)
		if (g_str_equal(uuids[i], uuid))
			return TRUE;
	return FALSE;
}

static const RollBluezObject *
find(const RollBluezLink *link, const char *uuid)
{
	return roll_bluez_tree_find_characteristic(link->host->tree, link->path, uuid);
}

/* Values. */

static void
decode(RollBluezLink *link, const char *uuid, const guint8 *bytes, gsize n_bytes)
{
	RollPacket packet;

	if (!is_in(link->codec->uuids, uuid))
		return;
	if (roll_decoder_decode(&link->decoder, uuid, bytes, n_bytes, &packet) ==
	    ROLL_DECODED_SAMPLES)
		link->listener.sample(link->listener.user);
}

static void
hear(gpointer user, const char *uuid, const guint8 *bytes, gsize n_bytes)
{
	RollBluezLink *link = user;

	if (roll_inbox_take(&link->inbox, uuid, bytes, n_bytes) && !link->inbox.is_held)
		decode(link, uuid, bytes, n_bytes);
}

/* A characteristic that is read as well is listened to only once it was read: bluetoothd sends what it
 * read as a signal, too, ahead of the answer, and that is not a second value. */
static void
listen_to_all(RollBluezLink *link)
{
	const RollCodec *codec = link->codec;

	for (guint i = 0; i < ROLL_CODEC_UUIDS_MAX && codec->notify_uuids[i]; i++) {
		const char *uuid = codec->notify_uuids[i];
		const RollBluezObject *object = find(link, uuid);

		if (!link->inbox.is_held || !is_in(codec->read_uuids, uuid))
			roll_bluez_ears_follow(link->ears, uuid, object ? object->path : NULL);
	}
}

/* The battery's level comes by Battery1, by its characteristic, or by both: one value is told once. */
static void
take_battery(RollBluezLink *link, int battery_pct, gboolean is_read)
{
	guint8 byte = (guint8)battery_pct;

	if (battery_pct < 0 || battery_pct == link->battery_pct)
		return;
	link->battery_pct = battery_pct;
	if (is_read)
		roll_inbox_take_read(&link->inbox, ROLL_UUID_BATTERY_LEVEL, &byte, 1);
	else
		roll_inbox_take(&link->inbox, ROLL_UUID_BATTERY_LEVEL, &byte, 1);
	link->listener.battery(link->listener.user, battery_pct);
}

/* The start. */

static void
push(RollBluezLink *link, RollGattKind kind, const char *uuid, gboolean is_needed)
{
	const RollBluezObject *object = find(link, uuid);
	RollGattOperation operation = {.kind = kind, .is_needed = is_needed};

	if (!object)
		return;
	operation.path = g_strdup(object->path);
	g_strlcpy(operation.uuid, uuid, sizeof operation.uuid);
	roll_gatt_push(link->gatt, &operation);
}

/* order NULL: the START writes. Returns how many were queued; a target that is missing is left out. */
static guint
push_writes(RollBluezLink *link, RollCommand command, gboolean is_needed, RollBluezOrder *order)
{
	RollWrite writes[ROLL_CODEC_WRITES_MAX];
	guint n_writes = link->codec->command(&link->decoder, command, writes);
	guint n_pushed = 0;

	for (guint i = 0; i < n_writes; i++) {
		const RollBluezObject *object = find(link, writes[i].uuid);
		RollGattOperation operation = {.kind = ROLL_GATT_WRITE,
					       .is_needed = is_needed,
					       .write = writes[i],
					       .tag = order};

		if (!object)
			continue;
		operation.path = g_strdup(object->path);
		g_strlcpy(operation.uuid, writes[i].uuid, sizeof operation.uuid);
		if (order)
			roll_bluez_order_add(order);
		roll_gatt_push(link->gatt, &operation);
		n_pushed++;
	}
	return n_pushed;
}

static void
release(RollBluezLink *link)
{
	roll_inbox_release(&link->inbox);
	listen_to_all(link);
}

static void
take_read(RollBluezLink *link, const RollGattOperation *operation, GVariant *value)
{
	gsize n_bytes;
	const guint8 *bytes = g_variant_get_fixed_array(value, &n_bytes, 1);

	if (g_str_equal(operation->uuid, ROLL_UUID_BATTERY_LEVEL)) {
		if (n_bytes > 0)
			take_battery(link, bytes[0], TRUE);
		return;
	}
	roll_inbox_take_read(&link->inbox, operation->uuid, bytes, n_bytes);
	decode(link, operation->uuid, bytes, n_bytes);
}

static void
on_dropped(gpointer user, const RollGattOperation *operation)
{
	g_autoptr(GError) error = NULL;

	(void)user;
	if (!operation->tag)
		return;
	error = g_error_new(G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "the link was lost");
	roll_bluez_order_take_answer(operation->tag, error);
}

/* Goes on when all that was queued is answered. */
static void
go_on(RollBluezLink *link)
{
	if (!roll_gatt_is_idle(link->gatt))
		return;
	if (link->stage == STAGE_READING) {
		link->stage = STAGE_WRITING;
		if (push_writes(link, ROLL_COMMAND_START, TRUE, NULL) > 0)
			return;
	}
	if (link->stage == STAGE_WRITING) {
		link->stage = STAGE_RUNNING;
		link->listener.started(link->listener.user);
	}
}

static void
on_done(gpointer user, const RollGattOperation *operation, GVariant *bytes, const GError *error)
{
	static const char *const verbs[] = {"read", "write", "subscribe to", "unsubscribe from"};
	RollBluezLink *link = user;

	if (operation->tag) {
		roll_bluez_order_take_answer(operation->tag, error);
		return;
	}
	if (error) {
		g_autofree char *why = g_strdup_printf("cannot %s %s: %s", verbs[operation->kind],
						       operation->uuid, error->message);

		if (operation->is_needed) {
			link->listener.failed(link->listener.user, roll_gatt_is_unpaired(error),
					      why);
			return;
		}
		g_debug("%s: %s", link->inbox.address, why);
	} else if (operation->kind == ROLL_GATT_READ) {
		take_read(link, operation, bytes);
	}
	if (operation->kind == ROLL_GATT_READ && operation->is_needed && --link->n_reads_left == 0)
		release(link);
	go_on(link);
}

void
roll_bluez_link_start(RollBluezLink *link)
{
	static const char *const optional[] = {ROLL_UUID_MODEL, ROLL_UUID_FIRMWARE,
					       ROLL_UUID_MANUFACTURER, ROLL_UUID_BATTERY_LEVEL};
	const RollCodec *codec = link->codec;

	g_assert(link->stage == STAGE_WAITING && !link->gatt);
	link->stage = STAGE_READING;
	link->gatt = roll_gatt_new(link->host->bus, link->host->owner, link->host->timing);
	roll_gatt_listen(link->gatt, on_done, on_dropped, link);
	link->n_reads_left = 0;
	for (guint i = 0; i < ROLL_CODEC_UUIDS_MAX && codec->read_uuids[i]; i++) {
		link->n_reads_left++;
		push(link, ROLL_GATT_READ, codec->read_uuids[i], TRUE);
	}
	if (link->n_reads_left == 0)
		release(link);
	for (guint i = 0; i < G_N_ELEMENTS(optional); i++)
		push(link, ROLL_GATT_READ, optional[i], FALSE);
	for (guint i = 0; i < ROLL_CODEC_UUIDS_MAX && codec->notify_uuids[i]; i++)
		push(link, ROLL_GATT_START_NOTIFY, codec->notify_uuids[i], i == 0);
}

/* What is there. */

/* The first thing that cannot be done without and is not there; NULL: all is there. */
static const char *
find_missing(const RollBluezLink *link)
{
	RollWrite writes[ROLL_CODEC_WRITES_MAX];
	const RollCodec *codec = link->codec;
	guint n_writes = codec->command(&link->decoder, ROLL_COMMAND_START, writes);

	if (!find(link, codec->notify_uuids[0]))
		return codec->notify_uuids[0];
	for (guint i = 0; i < ROLL_CODEC_UUIDS_MAX && codec->read_uuids[i]; i++)
		if (!find(link, codec->read_uuids[i]))
			return codec->read_uuids[i];
	for (guint i = 0; i < n_writes; i++)
		if (!find(link, writes[i].uuid))
			return writes[i].uuid;
	return NULL;
}

RollReadiness
roll_bluez_link_update(RollBluezLink *link)
{
	const RollBluezObject *device = roll_bluez_tree_get(link->host->tree, link->path);
	const RollCodec *codec = link->codec;
	const char *missing = find_missing(link);

	g_clear_pointer(&link->want, g_free);
	listen_to_all(link);
	if (!device || !device->is_resolved || missing) {
		link->want = missing && device && device->is_resolved
				     ? g_strdup_printf("characteristic %s is missing", missing)
				     : g_strdup("its services were not resolved");
		link->stage = STAGE_WAITING; /* first: who is answered now may give a command */
		g_clear_pointer(&link->gatt, roll_gatt_free);
		return ROLL_READY_NOT;
	}
	take_battery(link, device->battery_pct, FALSE);
	for (guint i = 0; i < ROLL_CODEC_UUIDS_MAX && codec->notify_uuids[i]; i++)
		if (!find(link, codec->notify_uuids[i]))
			return ROLL_READY_PARTLY;
	return ROLL_READY_WHOLLY;
}

const char *
roll_bluez_link_get_want(RollBluezLink *link)
{
	return link->want ? link->want : "nothing";
}

const RollCodec *
roll_bluez_link_get_codec(const RollBluezLink *link)
{
	return link->codec;
}

/* While it runs. */

void
roll_bluez_link_mend(RollBluezLink *link, gboolean is_hard)
{
	const RollCodec *codec = link->codec;

	if (link->stage != STAGE_RUNNING || !roll_gatt_is_idle(link->gatt))
		return;
	for (guint i = 0; is_hard && i < ROLL_CODEC_UUIDS_MAX && codec->notify_uuids[i]; i++) {
		push(link, ROLL_GATT_STOP_NOTIFY, codec->notify_uuids[i], FALSE);
		push(link, ROLL_GATT_START_NOTIFY, codec->notify_uuids[i], FALSE);
	}
	(void)push_writes(link, ROLL_COMMAND_START, FALSE,
			  NULL); /* silence goes on if it was in vain */
}

void
roll_bluez_link_command(RollBluezLink *link, RollCommand command, GTask *task)
{
	RollBluezOrder *order;

	if (link->stage != STAGE_RUNNING) {
		g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
					"the sensor is not ready yet");
		g_object_unref(task);
		return;
	}
	if (roll_gatt_get_length(link->gatt) >= QUEUE_MAX) {
		g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_BUSY,
					"too many commands wait for the sensor to answer");
		g_object_unref(task);
		return;
	}
	order = roll_bluez_order_new(task);
	if (push_writes(link, command, FALSE, order) == 0)
		roll_bluez_order_refuse(order);
}

guint
roll_bluez_link_send_stop(RollBluezLink *link, GCancellable *cancellable, GAsyncReadyCallback ready,
			  gpointer user_data)
{
	RollWrite writes[ROLL_CODEC_WRITES_MAX];
	guint n_writes = link->codec->command(&link->decoder, ROLL_COMMAND_STOP, writes);
	guint n_sent = 0;

	for (guint i = 0; i < n_writes && link->stage != STAGE_WAITING; i++) {
		const RollBluezObject *object = find(link, writes[i].uuid);

		if (!object)
			continue;
		g_dbus_connection_call(
			link->host->bus, link->host->owner, object->path, ROLL_BLUEZ_CHARACTERISTIC,
			"WriteValue", roll_gatt_build_write(&writes[i]), NULL,
			G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, cancellable, ready, user_data);
		n_sent++;
	}
	return n_sent;
}

RollBluezLink *
roll_bluez_link_new(const RollBluezHost *host, const RollBluezObject *device,
		    const RollBluezLinkListener *listener)
{
	RollBluezLink *link = g_new0(RollBluezLink, 1);

	link->host = host;
	link->path = g_strdup(device->path);
	link->codec = device->codec;
	link->listener = *listener;
	link->ears = roll_bluez_ears_new(host->bus, host->owner, hear, link);
	link->battery_pct = -1;
	roll_decoder_init(&link->decoder, device->codec);
	roll_inbox_init(&link->inbox, device->address, host->sink);
	roll_inbox_begin(&link->inbox);
	return link;
}

void
roll_bluez_link_free(RollBluezLink *link)
{
	if (!link)
		return;
	roll_gatt_free(link->gatt);
	roll_bluez_ears_free(link->ears);
	roll_inbox_clear(&link->inbox);
	g_free(link->want);
	g_free(link->path);
	g_free(link);
}
