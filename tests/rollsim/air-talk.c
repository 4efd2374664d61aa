/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/air-talk.h"

#include "protocol/bytes.h"
#include "tests/rollsim/event-line.h"

#include <string.h>

/* Vol 3, Part A, 4. */
enum {
	HEADER_LEN = 4, /* length, channel */
	CHANNEL_ATT = 4,
	CHANNEL_SIGNALS = 5,
	CHANNEL_SMP = 6,

	SIGNAL_REJECT = 0x01,
	SIGNAL_UPDATE_REQUEST = 0x12,
	SIGNAL_HEADER_LEN = 4, /* code, identifier, length */
	NOT_UNDERSTOOD = 0x0000,

	/* Units of 1.25 ms and 10 ms: what vendors advise for a sensor that streams. */
	WANTED_INTERVAL_LEAST = 12,
	WANTED_INTERVAL_MOST = 24,
	WANTED_TIMEOUT = 400,

	SMP_PAIRING_FAILED = 0x05,
	SMP_NOT_SUPPORTED = 0x05,

	REPLY_LEN = 3, /* of the Control Point */
};

struct AirTalk {
	SimDevice *device;
	AirTalkPorts ports;
	guint mtu_offered;
	gboolean is_guarded, is_deaf;
	SmpResponder pairing;
	GattTable table;
	GattServer server;
	GByteArray *frame; /* what came of it so far */
	gint64 now_us;	   /* while a frame is taken */
	guint8 signal_id;  /* of the last signal that we sent; never 0 */
	gboolean has_reply;
	guint8 reply[REPLY_LEN]; /* to be indicated once the write was answered */
};

/* ---- For the server ---- */

static gsize
read_value(gpointer user, GattKey key, guint8 *ret_bytes)
{
	const AirTalk *talk = user;

	return sim_device_read(talk->device, key, ret_bytes);
}

static AttError
write_value(gpointer user, GattKey key, const guint8 *bytes, gsize n_bytes)
{
	AirTalk *talk = user;

	if (key != GATT_CONTROL)
		return ATT_WRITE_NOT_PERMITTED;
	sim_device_control(talk->device, talk->now_us, bytes, n_bytes, talk->reply);
	talk->has_reply = TRUE;
	return ATT_OK;
}

static void
tell_subscribed(gpointer user, GattKey key, gboolean is_subscribed)
{
	const AirTalk *talk = user;

	if (key == GATT_MEASUREMENT)
		event_line_tell(talk->device->number, "%s",
				is_subscribed ? "subscribed" : "unsubscribed");
}

/* ---- Its life ---- */

AirTalk *
air_talk_new(SimDevice *device, const AirTalkPorts *ports, guint mtu_offered, gboolean is_guarded)
{
	AirTalk *talk = g_new0(AirTalk, 1);

	talk->device = device;
	talk->ports = *ports;
	talk->mtu_offered = mtu_offered;
	talk->is_guarded = is_guarded;
	talk->frame = g_byte_array_new();
	air_talk_begin(talk, &(SmpSetting){0});
	return talk;
}

void
air_talk_free(AirTalk *talk)
{
	if (!talk)
		return;
	g_byte_array_unref(talk->frame);
	g_free(talk);
}

void
air_talk_begin(AirTalk *talk, const SmpSetting *setting)
{
	GattHost host = {
		.read = read_value,
		.write = write_value,
		.subscribed = tell_subscribed,
		.user = talk,
	};

	gatt_table_build(&talk->table, talk->device->firmware, talk->is_guarded);
	gatt_server_init(&talk->server, &talk->table, &host, talk->mtu_offered);
	smp_responder_init(&talk->pairing, setting);
	sim_stream_set_room(talk->device->stream, gatt_server_get_room(&talk->server));
	g_byte_array_set_size(talk->frame, 0);
	talk->has_reply = FALSE;
}

void
air_talk_end(AirTalk *talk)
{
	sim_device_lose_link(talk->device);
	air_talk_begin(talk, &(SmpSetting){0});
}

void
air_talk_set_deaf(AirTalk *talk, gboolean is_deaf)
{
	talk->is_deaf = is_deaf;
}

/* ---- What it says ---- */

static void
send(AirTalk *talk, guint16 channel, gboolean is_notification, const guint8 *bytes, gsize n_bytes)
{
	guint8 frame[AIR_FRAME_MAX];

	roll_bytes_put_u16(frame, (guint16)n_bytes);
	roll_bytes_put_u16(frame + 2, channel);
	memcpy(frame + HEADER_LEN, bytes, n_bytes);
	talk->ports.send(talk->ports.user, is_notification, frame, HEADER_LEN + n_bytes);
}

void
air_talk_tell(AirTalk *talk, GattKey key, const guint8 *bytes, gsize n_bytes)
{
	guint8 pdu[ATT_MTU_MOST];
	gsize n_pdu = gatt_server_build_value(&talk->server, key, bytes, n_bytes, pdu);

	if (n_pdu > 0)
		send(talk, CHANNEL_ATT, key == GATT_MEASUREMENT, pdu, n_pdu);
}

void
air_talk_ask_parameters(AirTalk *talk)
{
	guint8 signal[SIGNAL_HEADER_LEN + 8] = {SIGNAL_UPDATE_REQUEST};

	talk->signal_id = talk->signal_id == G_MAXUINT8 ? 1 : talk->signal_id + 1;
	signal[1] = talk->signal_id;
	roll_bytes_put_u16(signal + 2, 8);
	roll_bytes_put_u16(signal + 4, WANTED_INTERVAL_LEAST);
	roll_bytes_put_u16(signal + 6, WANTED_INTERVAL_MOST);
	roll_bytes_put_u16(signal + 10, WANTED_TIMEOUT);
	send(talk, CHANNEL_SIGNALS, FALSE, signal, sizeof signal);
}

/* ---- What it hears ---- */

static void
take_att(AirTalk *talk, const guint8 *pdu, gsize n_pdu)
{
	guint8 answer[ATT_MTU_MOST];
	gsize n_answer;

	if (talk->is_deaf)
		return;
	talk->server.has_key = sim_device_get_bond(talk->device)->is_bonded;
	n_answer = gatt_server_take(&talk->server, pdu, n_pdu, answer);
	if (n_answer > 0)
		send(talk, CHANNEL_ATT, FALSE, answer, n_answer);
	sim_stream_set_room(talk->device->stream, gatt_server_get_room(&talk->server));
	if (talk->has_reply)
		air_talk_tell(talk, GATT_CONTROL, talk->reply, sizeof talk->reply);
	talk->has_reply = FALSE;
}

/* Requests have even codes: this end serves none. Answers (odd codes but that of a reject) end there. */
static void
take_signal(AirTalk *talk, const guint8 *signal, gsize n_signal)
{
	guint8 reject[SIGNAL_HEADER_LEN + 2] = {SIGNAL_REJECT};

	if (n_signal < SIGNAL_HEADER_LEN || signal[0] & 1)
		return;
	reject[1] = signal[1];
	roll_bytes_put_u16(reject + 2, 2);
	roll_bytes_put_u16(reject + 4, NOT_UNDERSTOOD);
	send(talk, CHANNEL_SIGNALS, FALSE, reject, sizeof reject);
}

static void
send_pairing(gpointer user, const guint8 *pdu, gsize n_pdu)
{
	send(user, CHANNEL_SMP, FALSE, pdu, n_pdu);
}

static void
take_pairing(AirTalk *talk, const guint8 *pdu, gsize n_pdu)
{
	const guint8 failed[] = {SMP_PAIRING_FAILED, SMP_NOT_SUPPORTED};
	SmpPorts ports = {.send = send_pairing, .user = talk};

	if (talk->is_guarded)
		smp_responder_take(&talk->pairing, &ports, pdu, n_pdu);
	else if (n_pdu > 0 && pdu[0] != SMP_PAIRING_FAILED)
		send(talk, CHANNEL_SMP, FALSE, failed, sizeof failed);
}

/* The short term key that pairing has just agreed on; after it the host learns the one that lasts. */
static void
bond(AirTalk *talk)
{
	SmpPorts ports = {.send = send_pairing, .user = talk};
	SimBond made;

	if (smp_responder_bond(&talk->pairing, &ports, &made))
		sim_device_set_bond(talk->device, &made);
	event_line_tell(talk->device->number, "paired");
}

gboolean
air_talk_encrypt(AirTalk *talk, const guint8 *random, guint16 diversifier, const guint8 *key)
{
	const guint8 no_random[SMP_RANDOM_LEN] = {0};
	const SimBond *kept = sim_device_get_bond(talk->device);
	gboolean is_short = diversifier == 0 && memcmp(random, no_random, SMP_RANDOM_LEN) == 0;
	gboolean is_kept = kept->is_bonded && diversifier == kept->diversifier &&
			   memcmp(random, kept->random, SMP_RANDOM_LEN) == 0 &&
			   memcmp(key, kept->key, SMP_KEY_LEN) == 0;

	if (is_short ? !smp_responder_has_key(&talk->pairing, key) : !is_kept) {
		event_line_tell(talk->device->number, "no-key");
		return FALSE;
	}
	talk->server.is_encrypted = TRUE;
	event_line_tell(talk->device->number, "encrypted");
	if (is_short)
		bond(talk);
	return TRUE;
}

static void
take_frame(AirTalk *talk, guint16 channel, const guint8 *payload, gsize n_payload)
{
	if (channel == CHANNEL_ATT)
		take_att(talk, payload, n_payload);
	else if (channel == CHANNEL_SIGNALS)
		take_signal(talk, payload, n_payload);
	else if (channel == CHANNEL_SMP)
		take_pairing(talk, payload, n_payload);
}

void
air_talk_take(AirTalk *talk, gint64 now_us, gboolean is_first, const guint8 *bytes, gsize n_bytes)
{
	GByteArray *frame = talk->frame;
	gsize n_payload;

	if (is_first)
		g_byte_array_set_size(frame, 0);
	else if (frame->len == 0)
		return;
	if (frame->len + n_bytes > AIR_FRAME_MAX) {
		g_byte_array_set_size(frame, 0);
		return;
	}
	g_byte_array_append(frame, bytes, (guint)n_bytes);
	if (frame->len < HEADER_LEN)
		return;
	n_payload = roll_bytes_get_u16(frame->data);
	if (frame->len < HEADER_LEN + n_payload)
		return;
	talk->now_us = now_us;
	if (frame->len == HEADER_LEN + n_payload)
		take_frame(talk, roll_bytes_get_u16(frame->data + 2), frame->data + HEADER_LEN,
			   n_payload);
	g_byte_array_set_size(frame, 0);
}
