/* SPDX-License-Identifier: MIT
 *
 * One sensor, known by its address, on whichever adapter: finds its way to it, keeps the link, and goes
 * back to it whenever it is lost. The timing diagram stands in bluez-sensor.c.
 */
#pragma once

#include "daemon/bluez/bluez-host.h"

typedef struct RollBluezSensor RollBluezSensor;

/* address: upper case, copied. is_wanted: the person named it: it is not given up for want of a known
 * service. host: borrowed, must outlive it. */
RollBluezSensor *roll_bluez_sensor_new(const RollBluezHost *host, const char *address,
				       gboolean is_wanted);

/* Drops everything, tells nobody. NULL is taken. */
void roll_bluez_sensor_free(RollBluezSensor *sensor);

/* Looks at the tree anew, at every change of it. */
void roll_bluez_sensor_update(RollBluezSensor *sensor);

/* bluetoothd or the bus is gone; why: in words, copied. host->owner is still the old one. */
void roll_bluez_sensor_forget(RollBluezSensor *sensor, const char *why);

/* Gives a command; task (given) is answered with TRUE or an error. */
void roll_bluez_sensor_command(RollBluezSensor *sensor, RollCommand command, GTask *task);

/* Its name as it was known before; copied; NULL: not known. A name that bluetoothd tells goes before it. */
void roll_bluez_sensor_meet(RollBluezSensor *sensor, const char *name);

/* Pairs with it (is_on), or takes that back: see bluez-consent. */
void roll_bluez_sensor_pair(RollBluezSensor *sensor, gboolean is_on, GTask *task);

/* Whether it is being paired, or looked for to that end. */
gboolean roll_bluez_sensor_is_pairing(const RollBluezSensor *sensor);

/* For the end of the program: see roll_bluez_link_send_stop; then to leave the link, answer unawaited. */
guint roll_bluez_sensor_send_stop(RollBluezSensor *sensor, GCancellable *cancellable,
				  GAsyncReadyCallback ready, gpointer user_data);
void roll_bluez_sensor_send_disconnect(RollBluezSensor *sensor);

typedef enum {
	ROLL_PROGRESS_NONE,	  /* no link */
	ROLL_PROGRESS_CONNECTING, /* Connect is under way */
	ROLL_PROGRESS_STARTING,	  /* linked, not yet streaming */
	ROLL_PROGRESS_RUNNING,
} RollProgress;

/* How far it is, for the others. */
RollProgress roll_bluez_sensor_get_progress(const RollBluezSensor *sensor);

/* The path of its device, borrowed; NULL on ROLL_PROGRESS_NONE. */
const char *roll_bluez_sensor_get_path(const RollBluezSensor *sensor);
