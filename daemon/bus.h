/* SPDX-License-Identifier: MIT
 *
 * The daemon on D-Bus (protocol/org.rollerd1.xml): the name, the objects, what changes in them, and the
 * calls that come in. It stands beside the store at the end of the data's way, and nothing waits for it:
 * without a bus, or after losing it, the history is written all the same, and the bus is tried again
 * after 1, 2, 4, 5, 5 ... minutes.
 *
 * Errors that callers see: org.rollerd1.Error.Failed (the sensor or the link failed),
 * org.rollerd1.Error.NotSupported (this source or sensor has no such command),
 * org.rollerd1.Error.AlreadyPaired (Pair of a sensor that is), org.rollerd1.Error.NoSession (Mark without an open session), org.rollerd1.Error.Configuration (Reload of a file
 * that cannot be taken).
 */
#pragma once

#include "daemon/source.h"
#include "daemon/track/event.h"

typedef struct RollBus RollBus;

typedef enum {
	ROLL_BUS_OWNED,	 /* the name is ours */
	ROLL_BUS_ABSENT, /* there is no bus, or it was lost */
	ROLL_BUS_TAKEN,	 /* another rollerd has the name */
} RollBusState;

/* What the bus tells and asks, in the main thread. None may be NULL, none may free the bus. */
typedef struct {
	/* The outcome of the first try, and each change after it. text: why, in words; "" where owned. */
	void (*state)(void *user, RollBusState state, const char *text);
	/* Gives a command to a sensor; answers as RollSource.command does. FALSE: there is no way to. */
	gboolean (*command)(void *user, const char *address, RollCommand command,
			    GAsyncReadyCallback ready, gpointer user_data);
	/* Pairs with a sensor, or takes that back; the rest as above. */
	gboolean (*pair)(void *user, const char *address, gboolean is_on, GAsyncReadyCallback ready,
			 gpointer user_data);
	/* Sets a mark. FALSE and error: there is no open session. */
	gboolean (*mark)(void *user, const char *address, GError **error);
	/* Reads the configuration anew. FALSE and error: the one before stays. */
	gboolean (*reload)(void *user, GError **error);
	void *user;
} RollBusListener;

/* What stands in org.rollerd1. Strings are borrowed for the call. */
typedef struct {
	const char *version;
	const char *source;
	const char *database;
	const char *configuration;
} RollBusFacts;

/* What changes with the samples. */
typedef struct {
	gint64 last_sample_us; /* Unix time; 0: none */
	guint lost_packets, away_packets, received_packets;
	guint refused_values;
} RollBusCounts;

/* The moment, in the units of the bus; NaN where not known. */
typedef struct {
	double turned_deg;
	gint64 turned_since_us; /* 0: never */
	gboolean is_axis_learned;
	double contact_cm, uncertainty_cm;
	double speed_cmps; /* positive toward the feet */
	double force_n;
	gboolean is_loaded;
	const char *kind, *mount; /* static; "": not known */
	double radius_cm, head_end_cm;
	double rate_hz, nominal_hz, drift_ppm;
} RollBusMoment;

/* address: of the bus, borrowed for the call. NULL: the session bus, with is_system the system bus.
 * listener: copied. Begins at once; the first state comes from the main loop. Never fails. */
RollBus *roll_bus_new(const char *address, gboolean is_system, const RollBusFacts *facts,
		      const RollBusListener *listener);

/* Leaves the bus: the name is free when this returns. NULL is taken. */
void roll_bus_free(RollBus *bus);

/* Sets the property Trouble; text NULL: all is well. */
void roll_bus_set_trouble(RollBus *bus, const char *text);

/* What a source says of a sensor; makes its object where it is new. */
void roll_bus_set_status(RollBus *bus, const RollSensorStatus *status);

/* session 0: none is open. */
void roll_bus_set_session(RollBus *bus, const char *address, gint64 session);

/* Cheap: may be called with each value; signals nothing. */
void roll_bus_set_counts(RollBus *bus, const char *address, const RollBusCounts *counts);

/* The same, but that those who watch are signalled the moment, with the counts as they are now, at most 20 times a
 * second. */
void roll_bus_set_moment(RollBus *bus, const char *address, const RollBusMoment *moment);

/* Signals a pass or hold; other events are passed over. has_newtons FALSE: its forces are told as NaN. */
void roll_bus_emit_event(RollBus *bus, const char *address, gint64 session, gboolean has_newtons,
			 const RollEvent *event);

/* "absent", "connecting", "streaming", "silent"; static. */
const char *roll_link_get_name(RollLink link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollBus, roll_bus_free)
