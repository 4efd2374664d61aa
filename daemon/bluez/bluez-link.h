/* SPDX-License-Identifier: MIT
 *
 * One connection to one sensor, from "Connected" to its end: what it has to offer, what is read of it,
 * the subscriptions, the START writes, and every value on its way to the sink. Which connections there
 * are, and what to do when one fails, is bluez-sensor's affair.
 *
 *     new          update: ready   start                                                  started
 *     |------------|---------------|--------------|---------------|-----------------------|----------
 *     hears the    all wanted      reads Feature  reads model,    StartNotify, then       values, mend,
 *     notified     characteristics ...: delivered firmware,       the START writes        commands
 *     ones (held)  are there       then what was  battery
 *                                  held
 */
#pragma once

#include "daemon/bluez/bluez-host.h"

/* Called in the main context. Only failed() may free the link. */
typedef struct {
	void (*started)(void *user);
	/* It is of no use: disconnect. is_unpaired: for want of a key (see roll_gatt_is_unpaired). */
	void (*failed)(void *user, gboolean is_unpaired, const char *why);
	void (*sample)(void *user); /* a value that holds samples came */
	void (*battery)(void *user, int battery_pct);
	void *user;
} RollBluezLinkListener;

typedef enum {
	ROLL_READY_NOT, /* ServicesResolved is false, or what cannot be done without is missing */
	ROLL_READY_PARTLY, /* what the codec needs is there, not yet all that it would take */
	ROLL_READY_WHOLLY,
} RollReadiness;

typedef struct RollBluezLink RollBluezLink;

/* device: has an address and a codec; copied as far as needed. host: must outlive the link. */
RollBluezLink *roll_bluez_link_new(const RollBluezHost *host, const RollBluezObject *device,
				   const RollBluezLinkListener *listener);

/* NULL is taken. Commands under way fail. */
void roll_bluez_link_free(RollBluezLink *link);

/* Looks at the tree anew, at every change of it. When what was there is there no more, all that is under
 * way is given up and the link has to be started again. */
RollReadiness roll_bluez_link_update(RollBluezLink *link);

/* The codec it was made with. */
const RollCodec *roll_bluez_link_get_codec(const RollBluezLink *link);

/* In words, what ROLL_READY_NOT wants for; static or borrowed until the next call. */
const char *roll_bluez_link_get_want(RollBluezLink *link);

/* Reads, subscribes, starts. Only when ready, and once until an update says ROLL_READY_NOT. */
void roll_bluez_link_start(RollBluezLink *link);

/* Gives the START writes again; is_hard: after unsubscribing and subscribing. Only when started. */
void roll_bluez_link_mend(RollBluezLink *link, gboolean is_hard);

/* Gives a command; task (given) is answered with TRUE or an error. */
void roll_bluez_link_command(RollBluezLink *link, RollCommand command, GTask *task);

/* Sends the STOP writes past the queue, to be answered in the thread-default context; ready is called
 * for each. Returns how many. For the end of the program. */
guint roll_bluez_link_send_stop(RollBluezLink *link, GCancellable *cancellable,
				GAsyncReadyCallback ready, gpointer user_data);
