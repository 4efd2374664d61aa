/* SPDX-License-Identifier: MIT
 *
 * The person's word on pairing with one sensor: given, or taken back.
 *
 *     pair                     received, or connected     bluez-pairing      done
 *     |------------------------|--------------------------|------------------|----------------
 *     looked for (--| find_ms: ROLL_PHASE_PAIRING                            IDLE, and on to streaming
 *     tried all the same, if
 *     bluetoothd knows it)
 *
 * It is asked for in any phase; a link that there is, is used for it.
 */
#pragma once

#include "daemon/bluez/bluez-phase.h"

/* task (given) is answered with TRUE, or an error in words: G_IO_ERROR_EXISTS: it is paired already. */
void roll_bluez_consent_give(RollBluezSensor *sensor, GTask *task);

/* At every change, in any phase: pairs as soon as that can be. TRUE: it has begun now. */
gboolean roll_bluez_consent_look(RollBluezSensor *sensor);

/* What is under way fails for this reason (text: static). */
void roll_bluez_consent_break_off(RollBluezSensor *sensor, const char *text);

/* Makes bluetoothd forget the device and its key. task (given) is answered with TRUE, also where there was none, or an
 * error. */
void roll_bluez_consent_take_back(RollBluezSensor *sensor, GTask *task);
