/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/smp-crypto.h"

#include <nettle/aes.h>
#include <string.h>

static void
reverse(const guint8 *from, guint8 *to)
{
	for (guint i = 0; i < SMP_KEY_LEN; i++)
		to[i] = from[SMP_KEY_LEN - 1 - i];
}

/* The specification's e: AES, which is defined with the most significant byte first. */
static void
encrypt(const guint8 *key, const guint8 *plain, guint8 *ret_cipher)
{
	guint8 turned_key[SMP_KEY_LEN], turned[SMP_KEY_LEN], cipher[SMP_KEY_LEN];
	struct aes128_ctx context;

	reverse(key, turned_key);
	reverse(plain, turned);
	aes128_set_encrypt_key(&context, turned_key);
	aes128_encrypt(&context, SMP_KEY_LEN, cipher, turned);
	reverse(cipher, ret_cipher);
}

static void
mix(guint8 *into, const guint8 *with)
{
	for (guint i = 0; i < SMP_KEY_LEN; i++)
		into[i] ^= with[i];
}

void
smp_crypto_confirm(const guint8 *key, const guint8 *random, const SmpSetting *setting,
		   guint8 *ret_confirm)
{
	guint8 first[SMP_KEY_LEN] = {setting->initiator_type, setting->responder_type};
	guint8 second[SMP_KEY_LEN] = {0};
	guint8 block[SMP_KEY_LEN];

	memcpy(first + 2, setting->request, SMP_PAIRING_LEN);
	memcpy(first + 2 + SMP_PAIRING_LEN, setting->response, SMP_PAIRING_LEN);
	memcpy(second, setting->responder, SMP_ADDRESS_LEN);
	memcpy(second + SMP_ADDRESS_LEN, setting->initiator, SMP_ADDRESS_LEN);
	memcpy(block, random, SMP_KEY_LEN);
	mix(block, first);
	encrypt(key, block, block);
	mix(block, second);
	encrypt(key, block, ret_confirm);
}

void
smp_crypto_short_key(const guint8 *key, const guint8 *responder_random,
		     const guint8 *initiator_random, guint8 *ret_key)
{
	guint8 block[SMP_KEY_LEN];

	memcpy(block, initiator_random, SMP_KEY_LEN / 2);
	memcpy(block + SMP_KEY_LEN / 2, responder_random, SMP_KEY_LEN / 2);
	encrypt(key, block, ret_key);
}
