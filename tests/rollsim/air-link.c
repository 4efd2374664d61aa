/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/air-link.h"

#include "protocol/sensor/codec-roller.h"
#include "tests/rollsim/air-queue.h"
#include "tests/rollsim/air-talk.h"
#include "tests/rollsim/event-line.h"

#include <string.h>

enum {
	INTERVAL_UNIT_US = 1250,
	TIMEOUT_UNIT_US = 10000,

	/* In which both must have been heard after connecting (Vol 6, Part B, 4.5.2). */
	FIRST_INTERVALS = 6,

	/* For the requests and answers that begin an encryption (Vol 6, Part B, 5.1.3). */
	ENCRYPT_INTERVALS = 3,

	/* When it asks for other parameters: the host's own first steps go ahead. */
	ASK_AFTER_US = 300 * 1000,

	ADVERTISE_US = 100 * 1000,
	/* Added anew to each, so that two sensors never stay in step (Vol 6, Part B, 4.4.2.2). */
	ADVERTISE_JITTER_US = 10 * 1000,
	STREAM_AIR = 13, /* of random numbers */

	AD_FLAGS = 0x01,
	AD_UUIDS = 0x07,
	AD_NAME = 0x09,
	LE_ONLY_DISCOVERABLE = 0x06,

	RANDOM_ADDRESS = 1,
	RSSI_DBM = -52,
};

struct AirLink {
	SimDevice *device;
	AirLinkPorts ports;
	AirLinkSettings settings;
	AirManners manners;
	AirTalk *talk;
	AirQueue *queue;
	RollSimRandom random;
	guint8 address[AIR_ADDRESS_LEN];
	gboolean is_away, is_off;
	gint64 advertise_us; /* the next advertising event */

	gboolean is_host_holding, is_sensor_holding;
	gint64 interval_us, timeout_us; /* of the link */
	gint64 unheard_us;		/* since when the ends do not hear each other; 0: they do */
	guint8 reason;			/* for which it will end, if that goes on */
	gint64 ask_us;			/* when it asks for parameters; G_MAXINT64: it did */
	gint64 encrypt_us;		/* when the ends agree on a key; G_MAXINT64: nobody asked */
	AirKey key;			/* the host's */
	gint64 now_us;			/* of the call that is going on */
	GQueue waiting; /* fragments of the host out of range: GBytes, is_first in the first byte */
};

/* ---- What it is ---- */

static void
send(gpointer user, gboolean is_notification, const guint8 *frame, gsize n_bytes)
{
	AirLink *link = user;
	g_autoptr(GBytes) bytes = g_bytes_new(frame, n_bytes);

	/* What does not fit is lost, as it would be in the sensor's buffer. */
	(void)air_queue_push(link->queue, link->now_us, link->manners.delay_ms * INT64_C(1000),
			     is_notification, bytes);
}

AirLink *
air_link_new(SimDevice *device, const AirLinkPorts *ports, const AirLinkSettings *settings)
{
	AirLink *link = g_new0(AirLink, 1);
	AirTalkPorts talk_ports = {.send = send, .user = link};
	const guint8 address[AIR_ADDRESS_LEN] = {(guint8)device->number, 0, 0, 0xee, 0xff, 0xc0};

	link->device = device;
	link->ports = *ports;
	link->settings = *settings;
	link->manners.rssi_dbm = RSSI_DBM;
	link->queue = air_queue_new();
	link->talk = air_talk_new(device, &talk_ports, settings->mtu_offered, settings->is_guarded);
	roll_sim_random_init(&link->random, device->number, STREAM_AIR);
	memcpy(link->address, address, sizeof address);
	g_queue_init(&link->waiting);
	return link;
}

static void
clear_waiting(AirLink *link)
{
	g_queue_clear_full(&link->waiting, (GDestroyNotify)g_bytes_unref);
}

void
air_link_free(AirLink *link)
{
	if (!link)
		return;
	clear_waiting(link);
	air_talk_free(link->talk);
	air_queue_free(link->queue);
	sim_device_free(link->device);
	g_free(link);
}

SimDevice *
air_link_get_device(const AirLink *link)
{
	return link->device;
}

const guint8 *
air_link_get_address(const AirLink *link)
{
	return link->address;
}

gint8
air_link_get_rssi(const AirLink *link)
{
	return link->manners.rssi_dbm;
}

AirManners *
air_link_get_manners(AirLink *link)
{
	return &link->manners;
}

/* ---- Advertising ---- */

static gsize
put_structure(guint8 *ret_bytes, guint8 type, const guint8 *bytes, gsize n_bytes)
{
	ret_bytes[0] = (guint8)(1 + n_bytes);
	ret_bytes[1] = type;
	memcpy(ret_bytes + 2, bytes, n_bytes);
	return 2 + n_bytes;
}

/* At most n_room bytes of it. */
static gsize
put_name(const AirLink *link, guint8 *ret_bytes, gsize n_room)
{
	const char *name = link->device->name;

	return put_structure(ret_bytes, AD_NAME, (const guint8 *)name,
			     MIN(strlen(name), n_room - 2));
}

static gsize
put_uuid(guint8 *ret_bytes)
{
	guint8 uuid[GATT_UUID_LEN];

	gatt_uuid_parse(ROLL_UUID_ROLLER_SERVICE, uuid);
	return put_structure(ret_bytes, AD_UUIDS, uuid, sizeof uuid);
}

gsize
air_link_get_advertisement(const AirLink *link, gboolean is_response, guint8 *ret_bytes)
{
	const guint8 flags = LE_ONLY_DISCOVERABLE;
	AirAdvertise advertise = link->settings.advertise;
	gsize at = 0;

	if (is_response)
		return advertise == AIR_ADVERTISE_UUID_ON_SCAN
			       ? put_uuid(ret_bytes)
			       : put_name(link, ret_bytes, AIR_ADVERTISEMENT_MAX);
	at += put_structure(ret_bytes, AD_FLAGS, &flags, 1);
	if (advertise == AIR_ADVERTISE_UUID)
		at += put_uuid(ret_bytes + at);
	else if (advertise == AIR_ADVERTISE_UUID_ON_SCAN)
		at += put_name(link, ret_bytes + at, AIR_ADVERTISEMENT_MAX - at);
	return at;
}

static gboolean
is_advertising(const AirLink *link)
{
	return !link->is_sensor_holding && !link->is_off && !link->is_away &&
	       !link->manners.is_quiet;
}

static void
advertise(AirLink *link, gint64 now_us)
{
	if (!is_advertising(link) || now_us < link->advertise_us)
		return;
	link->advertise_us = now_us + ADVERTISE_US +
			     (gint64)roll_sim_random_between(&link->random, 0, ADVERTISE_JITTER_US);
	link->ports.advertise(link->ports.user, link, now_us);
}

/* ---- The link's ends ---- */

gboolean
air_link_is_held(const AirLink *link)
{
	return link->is_host_holding;
}

gboolean
air_link_is_heard(const AirLink *link)
{
	return link->is_host_holding && link->is_sensor_holding && !link->is_away && !link->is_off;
}

/* From now on, if they do not hear each other, the supervision timeout runs; else it does not. */
static void
watch(AirLink *link, gint64 now_us)
{
	if (air_link_is_heard(link) || !(link->is_host_holding || link->is_sensor_holding))
		link->unheard_us = 0;
	else if (link->unheard_us == 0)
		link->unheard_us = now_us;
}

/* The sensor did not hear that the host connected. */
static void
miss(AirLink *link, gint64 now_us)
{
	link->manners.n_refusals--;
	link->unheard_us = now_us;
	link->timeout_us = FIRST_INTERVALS * link->interval_us;
	link->reason = AIR_REASON_NOT_ESTABLISHED;
	event_line_tell(link->device->number, "refused");
}

void
air_link_connect(AirLink *link, const AirPeer *host, const AirParameters *parameters, gint64 now_us)
{
	SmpSetting setting = {.initiator_type = host->type, .responder_type = RANDOM_ADDRESS};

	g_assert(!link->is_host_holding && is_advertising(link));
	link->is_host_holding = TRUE;
	link->interval_us = parameters->interval * (gint64)INTERVAL_UNIT_US;
	link->timeout_us = parameters->timeout * (gint64)TIMEOUT_UNIT_US;
	if (link->manners.n_refusals > 0) {
		miss(link, now_us);
		return;
	}
	link->is_sensor_holding = TRUE;
	link->unheard_us = 0;
	link->reason = AIR_REASON_TIMEOUT;
	link->ask_us = now_us + ASK_AFTER_US;
	link->encrypt_us = G_MAXINT64;
	air_queue_begin(link->queue, now_us, link->interval_us);
	memcpy(setting.initiator, host->address, AIR_ADDRESS_LEN);
	memcpy(setting.responder, link->address, AIR_ADDRESS_LEN);
	air_talk_begin(link->talk, &setting);
	event_line_tell(link->device->number, "connected");
}

/* The sensor forgets the link. */
static void
forget(AirLink *link)
{
	if (!link->is_sensor_holding)
		return;
	link->is_sensor_holding = FALSE;
	air_queue_begin(link->queue, 0, link->interval_us);
	air_talk_end(link->talk);
}

/* Ends what is left of the link, on both sides. */
static void
end(AirLink *link, guint8 reason)
{
	gboolean was_held = link->is_host_holding;

	if (!link->is_host_holding && !link->is_sensor_holding)
		return;
	link->is_host_holding = FALSE;
	link->unheard_us = 0;
	forget(link);
	clear_waiting(link);
	event_line_tell(link->device->number, "disconnected 0x%02x", reason);
	if (was_held)
		link->ports.ended(link->ports.user, link, reason);
}

void
air_link_drop(AirLink *link, guint8 reason)
{
	end(link, reason);
}

void
air_link_hang_up(AirLink *link, gint64 now_us)
{
	if (air_link_is_heard(link))
		end(link, AIR_REASON_BY_HOST);
	else
		watch(link, now_us);
}

void
air_link_abandon(AirLink *link, gint64 now_us)
{
	link->is_host_holding = FALSE;
	clear_waiting(link);
	watch(link, now_us);
}

gboolean
air_link_set_parameters(AirLink *link, const AirParameters *parameters, gint64 now_us)
{
	if (!air_link_is_heard(link))
		return FALSE;
	link->interval_us = parameters->interval * (gint64)INTERVAL_UNIT_US;
	link->timeout_us = parameters->timeout * (gint64)TIMEOUT_UNIT_US;
	air_queue_set_interval(link->queue, now_us, link->interval_us);
	return TRUE;
}

/* ---- What comes from the host ---- */

void
air_link_encrypt(AirLink *link, gint64 now_us, const AirKey *key)
{
	link->key = *key;
	link->encrypt_us = now_us + ENCRYPT_INTERVALS * link->interval_us;
}

static void
encrypt(AirLink *link)
{
	const AirKey *key = &link->key;
	gboolean is_encrypted =
		air_talk_encrypt(link->talk, key->random, key->diversifier, key->key);

	link->encrypt_us = G_MAXINT64;
	link->ports.encrypted(link->ports.user, link, is_encrypted);
}

static void
hear(AirLink *link, gint64 now_us, gboolean is_first, const guint8 *bytes, gsize n_bytes)
{
	link->now_us = now_us;
	air_talk_set_deaf(link->talk, link->manners.is_deaf);
	air_talk_take(link->talk, now_us, is_first, bytes, n_bytes);
	link->ports.acknowledge(link->ports.user, link, 1);
}

void
air_link_take(AirLink *link, gint64 now_us, gboolean is_first, const guint8 *bytes, gsize n_bytes)
{
	g_autoptr(GByteArray) kept = NULL;
	guint8 first = is_first ? 1 : 0;

	if (air_link_is_heard(link)) {
		hear(link, now_us, is_first, bytes, n_bytes);
		return;
	}
	/* The radio repeats it until it is heard, or the link ends. */
	kept = g_byte_array_new();
	g_byte_array_append(kept, &first, 1);
	g_byte_array_append(kept, bytes, (guint)n_bytes);
	g_queue_push_tail(&link->waiting, g_byte_array_free_to_bytes(g_steal_pointer(&kept)));
}

static void
hear_waiting(AirLink *link, gint64 now_us)
{
	while (air_link_is_heard(link) && !g_queue_is_empty(&link->waiting)) {
		g_autoptr(GBytes) kept = g_queue_pop_head(&link->waiting);
		gsize n_bytes;
		const guint8 *bytes = g_bytes_get_data(kept, &n_bytes);

		hear(link, now_us, bytes[0], bytes + 1, n_bytes - 1);
	}
}

/* ---- What happens to it ---- */

void
air_link_set_away(AirLink *link, gint64 now_us, gboolean is_away)
{
	link->is_away = is_away;
	watch(link, now_us);
	hear_waiting(link, now_us);
}

void
air_link_set_power(AirLink *link, gint64 now_us, gboolean is_on)
{
	if (link->is_off != is_on)
		return;
	link->is_off = !is_on;
	forget(link);
	sim_device_power_cycle(link->device);
	watch(link, now_us);
}

void
air_link_update_firmware(AirLink *link, gint64 now_us, guint firmware)
{
	end(link, AIR_REASON_BY_PEER);
	link->device->firmware = firmware;
	air_link_set_power(link, now_us, FALSE);
	air_link_set_power(link, now_us, TRUE);
}

void
air_link_set_battery(AirLink *link, gint64 now_us, guint battery_pct)
{
	guint8 level_pct = (guint8)battery_pct;

	link->device->battery_pct = battery_pct;
	link->now_us = now_us;
	if (link->is_sensor_holding)
		air_talk_tell(link->talk, GATT_BATTERY, &level_pct, 1);
}

/* ---- Time ---- */

static void
measure(AirLink *link, gint64 now_us)
{
	SimStream *stream = link->device->stream;
	SimValue values[PACKET_TROUBLE_MOST];

	while (sim_stream_get_due_us(stream) <= now_us) {
		guint n_values = sim_device_make(link->device, now_us, values);

		for (guint i = 0; i < n_values; i++)
			air_talk_tell(link->talk, GATT_MEASUREMENT, values[i].bytes,
				      values[i].n_bytes);
	}
}

static void
transmit(AirLink *link, gint64 now_us)
{
	GBytes *frame;

	air_queue_set_one_each(link->queue, link->manners.is_one_each);
	while (air_link_is_heard(link) && (frame = air_queue_pop(link->queue, now_us))) {
		gsize n_bytes;
		const guint8 *bytes = g_bytes_get_data(frame, &n_bytes);

		link->ports.deliver(link->ports.user, link, bytes, n_bytes);
		g_bytes_unref(frame);
	}
}

gint64
air_link_turn(AirLink *link, gint64 now_us)
{
	gint64 next_us;

	link->now_us = now_us;
	if (link->unheard_us && now_us >= link->unheard_us + link->timeout_us)
		end(link, link->reason);
	advertise(link, now_us);
	if (air_link_is_heard(link) && now_us >= link->ask_us) {
		link->ask_us = G_MAXINT64;
		air_talk_ask_parameters(link->talk);
	}
	if (air_link_is_heard(link) && now_us >= link->encrypt_us)
		encrypt(link);
	measure(link, now_us);
	transmit(link, now_us);

	next_us = sim_stream_get_due_us(link->device->stream);
	if (link->unheard_us)
		next_us = MIN(next_us, link->unheard_us + link->timeout_us);
	if (is_advertising(link))
		next_us = MIN(next_us, link->advertise_us);
	if (air_link_is_heard(link))
		next_us = MIN(next_us, MIN(MIN(link->ask_us, link->encrypt_us),
					   air_queue_get_due_us(link->queue)));
	return next_us;
}
