/* SPDX-License-Identifier: MIT
 *
 * Every duration by which the BlueZ source lives, in one place, so that a test can run all of them in
 * milliseconds; and the back-off between attempts.
 */
#pragma once

#include <glib.h>

/* All in milliseconds. The defaults and where each comes from stand in bluez-timing.c. */
typedef struct {
	guint connect_ms;   /* Connect() without result: Disconnect() cancels it */
	guint resolve_ms;   /* connected, but not usable: leave and try again */
	guint settle_ms;    /* resolved: for how long optional characteristics are waited for */
	guint leave_ms;	    /* Disconnect() without Connected=false: go on without it */
	guint operation_ms; /* a GATT operation without answer */
	guint busy_ms;	    /* between tries while bluetoothd says InProgress; doubles each time */
	guint backoff_first_ms; /* between attempts to reach a sensor; doubles each time, ... */
	guint backoff_last_ms;	/* ... up to this */
	guint silent_ms; /* without a sample: silent, START again; twice that: subscribe again */
	guint silent_leave_ms;	   /* without a sample: leave and connect again */
	guint discovery_first_ms;  /* the burst of discovery at the start */
	guint discovery_burst_ms;  /* each later burst */
	guint discovery_period_ms; /* from the end of one to the next; doubles each time, ... */
	guint discovery_last_ms;   /* ... up to this */
	guint start_last_ms; /* between calls to start bluetoothd, doubling from backoff_first_ms */
	guint bus_backoff_first_ms; /* between attempts to reach the bus, doubling */
	guint bus_backoff_last_ms;
	guint trouble_ms; /* what stands in the way of all sensors is told when it lasted so long */
	guint find_ms;	  /* for how long a sensor is looked for that is to be paired */
	guint pair_ms;	  /* Pair() without result */
	guint asks_first_ms; /* between attempts at a sensor that asks to be paired; doubles each time, ... */
	guint asks_last_ms; /* ... up to this */
	guint stop_ms;	    /* on exit: for how long the sensors' STOP is waited for */
} RollBluezTiming;

extern const RollBluezTiming roll_bluez_timing_default;

/* A back-off: begins at its first delay, doubles at each step up to the last. Plain data, zero: fresh. */
typedef struct {
	guint n_steps;
	guint delay_ms; /* what the last step gave, without its jitter */
} RollBackoff;

/* The next delay, milliseconds: with 0 to 25 % of jitter on top, so that several clients that lost the
 * same adapter do not all come back in one moment. first_ms, last_ms: > 0. */
guint roll_backoff_step(RollBackoff *backoff, guint first_ms, guint last_ms);

/* Whether the longest delay was reached: whoever can be woken otherwise may stop trying. */
gboolean roll_backoff_is_exhausted(const RollBackoff *backoff, guint last_ms);

/* Begins anew. */
void roll_backoff_reset(RollBackoff *backoff);
