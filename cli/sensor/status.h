/* SPDX-License-Identifier: MIT
 *
 * What the daemon says of itself and its sensors over D-Bus (protocol/org.rollerd1.xml). It is asked, never
 * started by asking.
 */
#pragma once

#include "cli/report/render.h"
#include "cli/sensor/motion.h"

typedef struct {
	char *path; /* of its object */
	char *address, *name, *codec, *link, *detail;
	char *nickname; /* what a person calls it (rollstat_status_read_nicknames); NULL: nothing */
	gboolean is_paired, asks_pairing;
	gint32 battery_pct, rssi_dbm; /* -1 and 0 where not known */
	gint64 last_us, session;      /* 0 before the first sample, and without an open session */
	guint32 lost_packets, away_packets, received_packets, refused_values;
	double rate_hz, nominal_hz, drift_ppm; /* NaN where not known */
	RollstatMotion motion;
} RollstatSensor;

typedef struct {
	GDBusConnection *bus; /* on which it answered */
	gboolean is_system;   /* which one that is */
	char *version, *source, *database, *configuration, *trouble;
	GPtrArray *sensors; /* RollstatSensor, by address */
} RollstatStatus;

typedef enum {
	ROLLSTAT_STATUS_ERROR_ABSENT, /* no daemon answers */
} RollstatStatusError;

#define ROLLSTAT_STATUS_ERROR (rollstat_status_error_quark())
GQuark rollstat_status_error_quark(void);

/* Asks on the session bus and then on the system bus; with is_system on that alone. Returns a given status, or
 * NULL and error, which says what was tried. Waits for an answer at most 3 s a call. */
RollstatStatus *rollstat_status_fetch(gboolean is_system, GError **error);
/* The same on this bus alone; error is the bus' own. */
RollstatStatus *rollstat_status_ask(GDBusConnection *bus, gboolean is_system, GError **error);

/* Reads what persons call the sensors, in the daemon's database. Where that cannot be read they have no nicknames. */
void rollstat_status_read_nicknames(RollstatStatus *status);

/* NULL is taken. */
void rollstat_status_free(RollstatStatus *status);

/* Whether there is one to ask: where there is none, GIO would start one. */
gboolean rollstat_status_has_session_bus(void);

/* Finds a sensor by address or name. NULL and error: there is none, or more than one. */
const RollstatSensor *rollstat_status_find(const RollstatStatus *status, const char *wanted,
					   GError **error);

/* The state of a link, as the daemon names it, in words for people; borrowed. */
const char *rollstat_status_get_link_words(const char *link);

/* "NAME ADDRESS" without control characters; given. */
char *rollstat_status_dup_label(const RollstatSensor *sensor);

/* For people; now_us: the present moment, from which "ago" counts. */
void rollstat_render_status(const RollstatView *view, const RollstatStatus *status, gint64 now_us,
			    GString *out);

/* For scripts: one object and a line feed. */
void rollstat_json_append_status(const RollstatStatus *status, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatStatus, rollstat_status_free)
