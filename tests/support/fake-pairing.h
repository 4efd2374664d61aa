/* SPDX-License-Identifier: MIT
 *
 * What the fake bluetoothd knows of encryption: sensors that demand it, agents, Pair, keys on both sides. The keys of
 * bluetoothd survive its end. As seen of bluetoothd 5.66: a demand is answered by a pairing of its own, which fails
 * where no agent is the default one, and ends the link before the operation is answered; a pairing that Pair began is
 * agreed to without asking the agent, unless a code is wanted.
 */
#pragma once

#include "tests/support/fake-bluez.h"

/* What becomes of an operation on a sensor's values while there is no key. */
typedef enum {
	FAKE_LOCK_NONE,
	FAKE_LOCK_CUTS,	 /* the link ends, then the operation fails */
	FAKE_LOCK_HIDES, /* the same, and before it the values are taken away: as mostly */
	FAKE_LOCK_DROPS, /* bluetoothd removes the device, and does not answer */
	FAKE_LOCK_TELLS, /* "Not paired" */
	FAKE_LOCK_CODE,	 /* "Not paired", also when it is, since it was paired without a code */
} FakeLock;

/* What becomes of Pair. */
typedef enum {
	FAKE_PAIRING_WORKS,
	FAKE_PAIRING_ASKS,    /* the agent is asked RequestAuthorization, and its answer taken */
	FAKE_PAIRING_BY_CODE, /* the agent is asked RequestPasskey */
	FAKE_PAIRING_FAILS,   /* the sensor refuses */
	FAKE_PAIRING_HANGS,   /* no answer, until it is cancelled */
} FakePairing;

/* Both count from now on; at first there is no lock, and Pair works. */
void fake_sensor_set_lock(FakeSensor *sensor, FakeLock lock);
void fake_sensor_set_pairing(FakeSensor *sensor, FakePairing pairing);

/* Whether bluetoothd has a key for it; and as if another program had paired it, or the key were lost. */
gboolean fake_sensor_is_paired(FakeSensor *sensor);
void fake_sensor_set_paired(FakeSensor *sensor, gboolean is_paired);

/* From now on another device answers at its address, or it was reset: where bluetoothd has a key, each link is ended as
 * soon as it has begun. */
void fake_sensor_replace(FakeSensor *sensor);

/* Whether an agent is registered, and what it said it can do ("NoInputNoOutput"); given, NULL: there is none. */
gboolean fake_bluez_has_agent(FakeBluez *fake);
char *fake_bluez_dup_capability(FakeBluez *fake);

/* Asks the agent ("RequestAuthorization", ...) about the device at path. There must be one. */
void fake_bluez_ask_agent(FakeBluez *fake, const char *method, const char *path);
/* What it answered to the last question: "yes", or the error's name; given, NULL: nothing yet. */
char *fake_bluez_dup_answer(FakeBluez *fake);
