/* SPDX-License-Identifier: MIT
 *
 * What stands in the way of every sensor at once: told to the sink when it begins, changes and ends.
 *
 *     bluetoothd    comes up      adapter shown    powered            adapter pulled
 *     --------------|-------------|----------------|------------------|-----------------------
 *     level         no adapter    switched off     well               no adapter
 *     told                                                            --| trouble_ms: no adapter
 *
 * A trouble is told only once it has stood for trouble_ms: an adapter that comes up passes through two
 * of them within a second, and a bluetoothd that is restarted is gone for a moment. That all is well is
 * told at once. A sensor that is wanted and not there is no trouble.
 */
#pragma once

#include "daemon/bluez/bluez-object.h"
#include "daemon/bluez/bluez-timing.h"
#include "daemon/source.h"

/* What is wrong, and after the colon how to mend it. */
#define ROLL_TROUBLE_NO_BUS "no system bus: systemctl start dbus"
#define ROLL_TROUBLE_NO_BLUETOOTHD "bluetoothd is not running: systemctl start bluetooth"
#define ROLL_TROUBLE_NO_ANSWER "bluetoothd does not answer: systemctl restart bluetooth"
#define ROLL_TROUBLE_NO_ADAPTER "no Bluetooth adapter: plug one in"
#define ROLL_TROUBLE_ADAPTER_OFF "the Bluetooth adapter is switched off: bluetoothctl power on"

typedef struct RollBluezTrouble RollBluezTrouble;

/* All is well. sink, timing: borrowed, must outlive it. */
RollBluezTrouble *roll_bluez_trouble_new(const RollSink *sink, const RollBluezTiming *timing);

/* Tells nobody any more. NULL is taken. */
void roll_bluez_trouble_free(RollBluezTrouble *trouble);

/* Takes the level as it stands now. text: static; NULL: well. */
void roll_bluez_trouble_set(RollBluezTrouble *trouble, const char *text);

/* The same by the adapters in a picture of a bluetoothd that answers. */
void roll_bluez_trouble_take(RollBluezTrouble *trouble, const RollBluezTree *tree);
