/* SPDX-License-Identifier: MIT
 *
 * Who is not to be heard, although it speaks the profile: whoever took the place of a sensor that the person paired,
 * whoever bears its name, whoever is not known where only known ones are wanted; and who cannot be heard before the
 * person lets the host pair with it.
 *
 *     Connected  read ...  Connected=false    twice in a row, never streamed, no key      300 s, 600 s ... 1 h
 *     |----------|---------|------------------|------------------------------------------|----------------
 *                "Not paired" (at once)       asks to be paired: told, and left alone     tried again
 *
 * bluetoothd 5.66 answers a sensor that demands encryption by beginning a pairing of its own. Where no program is there
 * to be asked about it, bluetoothd refuses it, which ends the link before the read is answered: so mostly the demand is
 * not told, but has to be seen from that.
 */
#pragma once

#include "daemon/bluez/bluez-phase.h"

/* What keeps the sensor from being heard, whatever its phase, in words for the person; interned; NULL: nothing.
 * device NULL: not there. */
const char *roll_bluez_stranger_find(const RollBluezSensor *sensor, const RollBluezObject *device);

/* A sensor that is not to be heard: its device is not to come back by itself any more, and its link, if it has, is
 * ended. Links that other programs made are left alone. */
void roll_bluez_stranger_shun(const RollBluezSensor *sensor, const RollBluezObject *device);

/* "asks to be paired" with what to do about it; interned. */
const char *roll_bluez_stranger_get_request(const RollBluezSensor *sensor);

/* The link has ended by itself, in the present phase. device: as it stands now, NULL: gone. Finds out whether the
 * sensor asks to be paired. Returns the reason in words, interned. */
const char *roll_bluez_stranger_take_end(RollBluezSensor *sensor, const RollBluezObject *device);

/* bluetoothd has ended, in the present phase: 5.66 was seen to crash over a pairing that it had begun and refused, so
 * this counts as an end of the link. Returns for how long the sensor is left alone, milliseconds; 0: no longer than
 * bluetoothd. */
guint roll_bluez_stranger_take_crash(RollBluezSensor *sensor);

/* It streams: whatever it asked for, it has. */
void roll_bluez_stranger_clear(RollBluezSensor *sensor);
