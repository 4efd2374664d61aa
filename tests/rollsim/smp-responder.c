/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/smp-responder.h"

#include "protocol/bytes.h"

#include <string.h>

/* Vol 3, Part H, 3. */
enum {
	PAIRING_REQUEST = 0x01,
	PAIRING_RESPONSE = 0x02,
	PAIRING_CONFIRM = 0x03,
	PAIRING_RANDOM = 0x04,
	PAIRING_FAILED = 0x05,
	ENCRYPTION_INFORMATION = 0x06,
	CENTRAL_IDENTIFICATION = 0x07,
	IDENTITY_INFORMATION = 0x08,
	IDENTITY_ADDRESS = 0x09,

	CONFIRM_FAILED = 0x04,
	KEY_SIZE_FAILED = 0x06,
	COMMAND_NOT_SUPPORTED = 0x07,
	UNSPECIFIED = 0x08,
	INVALID_PARAMETERS = 0x0a,

	/* In a Pairing Request or Response. */
	CAPABILITY_AT = 1,
	AUTHENTICATION_AT = 3,
	KEY_SIZE_AT = 4,
	HOST_KEYS_AT = 5,
	SENSOR_KEYS_AT = 6,
	NO_INPUT_NO_OUTPUT = 0x03,
	BONDING = 0x01,
	BONDING_MASK = 0x03,
	KEY_SIZE = 16,
	KEYS_ENCRYPTION = 0x01,
	KEYS_IDENTITY = 0x02,

	KEY_PDU_LEN = 1 + SMP_KEY_LEN,
};

/* Just Works: nobody typed anything. */
static const guint8 no_key[SMP_KEY_LEN] = {0};

void
smp_responder_init(SmpResponder *responder, const SmpSetting *setting)
{
	*responder = (SmpResponder){.setting = *setting};
}

static void
fail(SmpResponder *responder, const SmpPorts *ports, guint8 reason)
{
	const guint8 pdu[] = {PAIRING_FAILED, reason};

	responder->state = SMP_IDLE;
	ports->send(ports->user, pdu, sizeof pdu);
}

/* One with a key or the like in it. value: SMP_KEY_LEN long. */
static void
send_key(const SmpPorts *ports, guint8 code, const guint8 *value)
{
	guint8 pdu[KEY_PDU_LEN] = {code};

	memcpy(pdu + 1, value, SMP_KEY_LEN);
	ports->send(ports->user, pdu, sizeof pdu);
}

static void
take_request(SmpResponder *responder, const SmpPorts *ports, const guint8 *pdu)
{
	guint8 *response = responder->setting.response;

	if (pdu[KEY_SIZE_AT] < KEY_SIZE) {
		fail(responder, ports, KEY_SIZE_FAILED);
		return;
	}
	memcpy(responder->setting.request, pdu, SMP_PAIRING_LEN);
	memset(response, 0, SMP_PAIRING_LEN);
	response[0] = PAIRING_RESPONSE;
	response[CAPABILITY_AT] = NO_INPUT_NO_OUTPUT;
	response[KEY_SIZE_AT] = KEY_SIZE;
	/* It keeps no key of the host's. */
	response[HOST_KEYS_AT] = 0;
	responder->keys = 0;
	if ((pdu[AUTHENTICATION_AT] & BONDING_MASK) == BONDING) {
		response[AUTHENTICATION_AT] = BONDING;
		responder->keys = pdu[SENSOR_KEYS_AT] & (KEYS_ENCRYPTION | KEYS_IDENTITY);
	}
	response[SENSOR_KEYS_AT] = responder->keys;
	responder->state = SMP_REQUESTED;
	ports->send(ports->user, response, SMP_PAIRING_LEN);
}

static void
take_confirm(SmpResponder *responder, const SmpPorts *ports, const guint8 *pdu)
{
	guint8 confirm[SMP_KEY_LEN];

	memcpy(responder->host_confirm, pdu + 1, SMP_KEY_LEN);
	for (guint i = 0; i < SMP_KEY_LEN; i++)
		responder->own_random[i] = (guint8)g_random_int_range(0, G_MAXUINT8 + 1);
	smp_crypto_confirm(no_key, responder->own_random, &responder->setting, confirm);
	responder->state = SMP_CONFIRMED;
	send_key(ports, PAIRING_CONFIRM, confirm);
}

static void
take_random(SmpResponder *responder, const SmpPorts *ports, const guint8 *pdu)
{
	guint8 confirm[SMP_KEY_LEN];

	smp_crypto_confirm(no_key, pdu + 1, &responder->setting, confirm);
	if (memcmp(confirm, responder->host_confirm, SMP_KEY_LEN) != 0) {
		fail(responder, ports, CONFIRM_FAILED);
		return;
	}
	smp_crypto_short_key(no_key, responder->own_random, pdu + 1, responder->short_key);
	responder->state = SMP_READY;
	send_key(ports, PAIRING_RANDOM, responder->own_random);
}

static const struct {
	guint8 code;
	SmpState state; /* in which it is in place; SMP_IDLE: in any */
	gsize n_pdu;
	void (*take)(SmpResponder *responder, const SmpPorts *ports, const guint8 *pdu);
} steps[] = {
	{PAIRING_REQUEST, SMP_IDLE, SMP_PAIRING_LEN, take_request},
	{PAIRING_CONFIRM, SMP_REQUESTED, KEY_PDU_LEN, take_confirm},
	{PAIRING_RANDOM, SMP_CONFIRMED, KEY_PDU_LEN, take_random},
};

void
smp_responder_take(SmpResponder *responder, const SmpPorts *ports, const guint8 *pdu, gsize n_pdu)
{
	if (n_pdu == 0)
		return;
	if (pdu[0] == PAIRING_FAILED) {
		responder->state = SMP_IDLE;
		return;
	}
	for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
		if (steps[i].code != pdu[0])
			continue;
		if (n_pdu != steps[i].n_pdu)
			fail(responder, ports, INVALID_PARAMETERS);
		else if (steps[i].state != SMP_IDLE && steps[i].state != responder->state)
			fail(responder, ports, UNSPECIFIED);
		else
			steps[i].take(responder, ports, pdu);
		return;
	}
	fail(responder, ports, COMMAND_NOT_SUPPORTED);
}

gboolean
smp_responder_has_key(const SmpResponder *responder, const guint8 *key)
{
	return responder->state == SMP_READY && memcmp(responder->short_key, key, SMP_KEY_LEN) == 0;
}

static void
tell_keys(const SmpResponder *responder, const SmpPorts *ports, const SimBond *bond)
{
	guint8 identification[1 + 2 + SMP_RANDOM_LEN] = {CENTRAL_IDENTIFICATION};
	guint8 address[1 + 1 + SMP_ADDRESS_LEN] = {IDENTITY_ADDRESS,
						   responder->setting.responder_type};

	if (responder->keys & KEYS_ENCRYPTION) {
		roll_bytes_put_u16(identification + 1, bond->diversifier);
		memcpy(identification + 3, bond->random, SMP_RANDOM_LEN);
		send_key(ports, ENCRYPTION_INFORMATION, bond->key);
		ports->send(ports->user, identification, sizeof identification);
	}
	if (responder->keys & KEYS_IDENTITY) {
		memcpy(address + 2, responder->setting.responder, SMP_ADDRESS_LEN);
		send_key(ports, IDENTITY_INFORMATION, bond->identity);
		ports->send(ports->user, address, sizeof address);
	}
}

gboolean
smp_responder_bond(SmpResponder *responder, const SmpPorts *ports, SimBond *ret_bond)
{
	responder->state = SMP_IDLE;
	if (!(responder->keys & KEYS_ENCRYPTION))
		return FALSE;
	sim_bond_make(ret_bond);
	tell_keys(responder, ports, ret_bond);
	return TRUE;
}
