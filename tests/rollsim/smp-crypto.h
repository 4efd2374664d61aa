/* SPDX-License-Identifier: MIT
 *
 * The two functions of LE legacy pairing (Vol 3, Part H, 2.2), over AES of the library nettle. All values stand
 * as they go over the air: least significant byte first.
 */
#pragma once

#include <glib.h>

enum {
	SMP_KEY_LEN = 16,
	SMP_RANDOM_LEN = 8,  /* of an LTK's identification */
	SMP_PAIRING_LEN = 7, /* of a Pairing Request or Response */
	SMP_ADDRESS_LEN = 6,
};

/* Who speaks of what: the two ends, and the two PDUs with which they began. */
typedef struct {
	guint8 request[SMP_PAIRING_LEN], response[SMP_PAIRING_LEN];
	guint8 initiator_type, responder_type; /* 0 public, 1 random */
	guint8 initiator[SMP_ADDRESS_LEN], responder[SMP_ADDRESS_LEN];
} SmpSetting;

/* c1: the confirm value for a random one. key, random, ret_confirm: SMP_KEY_LEN long. */
void smp_crypto_confirm(const guint8 *key, const guint8 *random, const SmpSetting *setting,
			guint8 *ret_confirm);

/* s1: the short term key. All SMP_KEY_LEN long. */
void smp_crypto_short_key(const guint8 *key, const guint8 *responder_random,
			  const guint8 *initiator_random, guint8 *ret_key);
