/* SPDX-License-Identifier: MIT
 *
 * The sensor's side of LE legacy pairing, Just Works (Vol 3, Part H): it has neither display nor keys, and no Secure
 * Connections. PDUs in, PDUs out; no I/O but the dice.
 *
 *     host                               sensor
 *     Pairing Request       ----------->
 *                           <-----------  Pairing Response
 *     Confirm               ----------->
 *                           <-----------  Confirm
 *     Random                ----------->  (is it what was confirmed?)
 *                           <-----------  Random
 *     encrypts with the short term key ->
 *                           <-----------  LTK, its identification; IRK and address if asked: bonded
 */
#pragma once

#include "tests/rollsim/sim-bond.h"

typedef enum {
	SMP_IDLE,
	SMP_REQUESTED, /* Confirm is awaited */
	SMP_CONFIRMED, /* Random is awaited */
	SMP_READY,     /* encryption with the short term key is awaited */
} SmpState;

/* Plain data, of one link. */
typedef struct {
	SmpState state;
	SmpSetting setting;
	guint8 host_confirm[SMP_KEY_LEN];
	guint8 own_random[SMP_KEY_LEN];
	guint8 short_key[SMP_KEY_LEN]; /* in SMP_READY */
	guint8 keys;		       /* to be distributed by the sensor: bits as on the air */
} SmpResponder;

/* Where PDUs go. */
typedef struct {
	void (*send)(gpointer user, const guint8 *pdu, gsize n_pdu);
	gpointer user;
} SmpPorts;

/* A new link. setting: copied, only its addresses are looked at. */
void smp_responder_init(SmpResponder *responder, const SmpSetting *setting);

/* Takes a PDU of the host, and answers it. Whatever bytes it has. */
void smp_responder_take(SmpResponder *responder, const SmpPorts *ports, const guint8 *pdu,
			gsize n_pdu);

/* Whether the short term key is this one. key: SMP_KEY_LEN long. */
gboolean smp_responder_has_key(const SmpResponder *responder, const guint8 *key);

/* The link is encrypted with the short term key: makes a bond and tells its keys. FALSE: the host wants none. */
gboolean smp_responder_bond(SmpResponder *responder, const SmpPorts *ports, SimBond *ret_bond);
