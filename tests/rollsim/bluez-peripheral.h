/* SPDX-License-Identifier: MIT
 *
 * A simulated sensor as the peripheral of a real adapter, by bluetoothd: for a person with two machines and no
 * sensor, and for bonding. The radio is a real one, so orders about it are refused, but for drop (a hang-up, of no
 * reason of choice) and advertise.
 *
 *     bluetoothd                             here
 *                 <--RegisterApplication--   objects of peripheral-tree.h
 *                 <--RegisterAdvertisement-
 *     AcquireNotify of Measurement  ------>  a socket: subscribed; its end: unsubscribed
 *     WriteValue of Control Point   ------>  answer, then PropertiesChanged: the indication
 *
 * Whenever bluetoothd or the adapter comes back, all is registered anew. With is_guarded an agent without input and
 * output takes whoever wants to pair.
 */
#pragma once

#include "tests/rollsim/sim-way.h"

typedef struct {
	const char *adapter; /* "hci0"; copied */
	gboolean has_uuid;   /* in the advertisement */
	gboolean is_guarded; /* the profile's characteristics want an encrypted link */
} BluezPeripheralSettings;

/* device: given. Tells "ready hciN" once bluetoothd has taken it; where it refuses, that is said on standard error.
 * NULL and error: there is no system bus; the device is freed. */
SimWay *bluez_peripheral_new(SimDevice *device, const BluezPeripheralSettings *settings,
			     GError **error);
