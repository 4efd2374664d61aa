/* SPDX-License-Identifier: MIT
 *
 * The inside of a RollBluezSensor, shared by its parts: bluez-approach, the way to a link that is usable;
 * bluez-stranger, who is not to be heard; bluez-consent, pairing; and bluez-sensor, everything else. The phases' timing diagram stands in bluez-sensor.c.
 */
#pragma once

#include "daemon/bluez/bluez-link.h"
#include "daemon/bluez/bluez-pairing.h"
#include "daemon/bluez/bluez-report.h"

typedef enum {
	ROLL_PHASE_IDLE,
	ROLL_PHASE_CONNECTING,
	ROLL_PHASE_RESOLVING,
	ROLL_PHASE_STARTING,
	ROLL_PHASE_STREAMING,
	ROLL_PHASE_SILENT,
	ROLL_PHASE_PAIRING,
	ROLL_PHASE_LEAVING,
} RollBluezPhase;

typedef struct RollBluezSensor {
	const RollBluezHost *host;
	GSourceFunc on_timer;		/* what the limit calls, with the sensor */
	RollBluezLinkListener listener; /* what a new link calls */
	RollBluezReport report;
	gboolean is_wanted;

	RollBluezPhase phase;
	char *path;	     /* of the device, except in ROLL_PHASE_IDLE */
	RollBluezLink *link; /* ROLL_PHASE_RESOLVING to ROLL_PHASE_SILENT */
	GSource *timer;	     /* the present phase's limit */
	gint64 limit_us;     /* ROLL_PHASE_RESOLVING: monotonic time of the limit */
	gint64 settled_us; /* ROLL_PHASE_RESOLVING: until when more is waited for; 0: not yet ready at all */
	gint64 sample_us; /* monotonic time of the last sample, or of the start */
	guint n_mends;
	GCancellable *connect; /* ROLL_PHASE_CONNECTING: of the call */
	RollBackoff backoff;
	guint n_stale;	      /* how often in a row a characteristic was missing */
	gboolean was_left;    /* ROLL_PHASE_IDLE: it was we who ended the link */
	gboolean was_linked;  /* there was a link: worth connecting to without being received */
	gboolean is_rejected; /* a namesake that has no service of ours */
	gboolean is_stopped;  /* by command: silence is what is wanted */

	/* Whether it asks to be paired stands in report. */
	gboolean is_unproven;	/* this link was read, and has not streamed yet */
	guint n_cut;		/* how often in a row its link ended before it streamed */
	gboolean has_streamed;	/* since we know it */
	RollBackoff asks;	/* between attempts while it asks to be paired */
	GTask *consent;		/* to be answered when the pairing is over; NULL: none is wanted */
	GSource *consent_timer; /* until when it is looked for, to be paired */
	RollBluezPairing *pairing; /* ROLL_PHASE_PAIRING */
} RollBluezSensor;

/* The device; once it is under way always the same object, before that any adapter's. NULL: none. */
const RollBluezObject *roll_bluez_phase_find_device(const RollBluezSensor *sensor);

/* Tells the status, if it changed. */
void roll_bluez_phase_tell(RollBluezSensor *sensor);

/* The limit of the present phase: on_timer is called once, after wait_ms. */
void roll_bluez_phase_set_timer(RollBluezSensor *sensor, guint wait_ms);
void roll_bluez_phase_clear_timer(RollBluezSensor *sensor);

/* Goes to a phase; limit_ms: its limit, 0: none. */
void roll_bluez_phase_enter(RollBluezSensor *sensor, RollBluezPhase phase, guint limit_ms);

/* Frees the link, if there is one. */
void roll_bluez_phase_drop_link(RollBluezSensor *sensor);

/* No link any more, by whatever cause: idle, to try again after the back-off. why: in words, copied. */
void roll_bluez_phase_lose(RollBluezSensor *sensor, const char *why);

/* Sets the device's Trusted: whether bluetoothd lets it come back by itself. */
void roll_bluez_phase_set_trusted(const RollBluezSensor *sensor, const char *device_path,
				  gboolean is_trusted);

/* Calls a method of the device without arguments; the answer is of no interest. */
void roll_bluez_phase_call_device(RollBluezSensor *sensor, const char *method);

/* Ends the link, or the attempt at it, from our side: Disconnect cancels a pending Connect, too. */
void roll_bluez_phase_leave(RollBluezSensor *sensor, const char *why);

/* The same by having bluetoothd forget the device and all it remembers of its services. */
void roll_bluez_phase_remove_device(RollBluezSensor *sensor, const RollBluezObject *device);
