/* SPDX-License-Identifier: MIT
 *
 * Sessions and their parts in the database: all that can be derived again. The rules of store.h hold.
 */
#pragma once

#include "daemon/store/store.h"
#include "daemon/track/event.h"

/* All that is derived of one session. */
typedef struct {
	gint64 session, recording, sensor;
	const char *person;
	gint64 spine; /* of roll_store_put_spine */
	const RollTrackSettings *settings;
	const char *settings_text;
	const RollSummary *summary;
	guint refused;
	const RollEvent *events; /* of each kind in order of time */
	guint n_events;
	guint first_n[ROLL_EVENT_MARK +
		      1]; /* by kind: the number of the first of events; rows from there on
					     * are written anew, those before stay */
} RollSessionRows;

/* Finds or makes a spine and its levels. length_m: C7 to L5. */
gboolean roll_store_put_spine(RollStore *store, double length_m, gboolean is_guess,
			      gint64 *ret_spine, GError **error);

/* Writes or renews a session with all its parts. */
gboolean roll_store_put_session(RollStore *store, const RollSessionRows *rows, GError **error);

/* Deletes a session with all its parts; no row is no error. */
gboolean roll_store_delete_session(RollStore *store, gint64 session, GError **error);

/* So many earlier sessions a recording is told of, at most: the newest. */
#define ROLL_PAST_MAX 10

/* How hard each place pushed back in a session: what a later one can learn from it. */
typedef struct {
	gint64 recording, first_us; /* of its recording */
	RollSum slices[ROLL_SLICES_MAX];
} RollPastSession;

/* For whom the past is wanted: sessions of a roller with force, mostly sure of their places, of the same sensor and
 * person, neither deleted nor since given to somebody else for whom they were not yet told anew, whose recordings are closed, began before first_us and have a lower number, and which ended before first_us. */
typedef struct {
	gint64 sensor;
	const char *person;
	gint64 recording, first_us;
	gboolean has_open; /* those whose recordings are open, too, as far as they go */
} RollPastWanted;

/* Appends the newest ROLL_PAST_MAX of them to past, an array of RollPastSession, oldest first. */
gboolean roll_store_get_past(RollStore *store, const RollPastWanted *wanted, GArray *past,
			     GError **error);

/* The same of rows that are still to be written, bit for bit as the database will give them back; numbers and person
 * are not looked at. FALSE: its session is none that is wanted; *ret_past is untouched. */
gboolean roll_past_session_take(const RollSessionRows *rows, const RollPastWanted *wanted,
				RollPastSession *ret_past);
