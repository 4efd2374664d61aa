/* SPDX-License-Identifier: MIT
 *
 * A recording in memory, and what its own state decides: whether a value lies in it, whether it is over. See
 * tracker.h for the rules that join recordings.
 */
#pragma once

#include "daemon/tracker/reading.h"
#include "daemon/tracker/value-set.h"

typedef struct {
	RollRecordingRow
		row;	 /* as it shall stand in the database; n_values: those waiting included */
	gint64 n_before; /* of n_values, those of earlier runs */
	gint64 n_stored; /* of n_values, those in the database */
	gboolean is_stored; /* it has a row there */
	gboolean is_dirty;  /* the database does not yet hold it as it is */
	gint64 foreseen; /* number of the rows in the database for a session that has not begun, but
				 * would have if the stream ended; 0: none */
	gint64 foreseen_next; /* the same, in the transaction that is being written */
	RollReading *reading; /* NULL: closed and written */
	RollValueSet *known;  /* NULL: not needed yet */
} RollRecording;

/* row: copied; one that stands in the database already, or with n_values 0. Returns a given recording,
 * without a reading. */
RollRecording *roll_recording_new(const RollRecordingRow *row);

/* NULL is taken. */
void roll_recording_free(RollRecording *recording);

/* Whether arrival_us lies within the time of its own values. */
gboolean roll_recording_covers(const RollRecording *recording, gint64 arrival_us);

/* Whether a value of that arrival comes too late for it: more than the gap after the last loaded value, or
 * after its beginning where nothing was loaded. It needs a reading. */
gboolean roll_recording_is_over(const RollRecording *recording, gint64 arrival_us);

/* The last loaded arrival, or its beginning. It needs a reading. */
gint64 roll_recording_get_busy_us(const RollRecording *recording);

/* Notes that a value of its own (not a carried one) arrived. */
void roll_recording_note_arrival(RollRecording *recording, gint64 arrival_us);
