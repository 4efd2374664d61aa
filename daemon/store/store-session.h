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
