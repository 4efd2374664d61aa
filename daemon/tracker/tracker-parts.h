/* SPDX-License-Identifier: MIT
 *
 * What the files of the tracker share; nothing else includes this.
 *
 *     tracker-take.c      values, marks and status in
 *     tracker-recover.c   from the database into memory
 *     tracker-watch.c     the end of sessions that no value ends
 *     tracker-commit.c    what waits, into the database; trouble and trying again
 *     tracker-place.c     which recording a value belongs to, and when one ends
 *     tracker-history.c   what earlier sessions tell a recording
 *     tracker-person.c    whose a recording is
 *     tracker-known.c     whether a value is kept already
 *     tracker-state.c     sensors, numbers, the listener
 *     tracker-rebuild.c   all sessions anew
 *
 * Each uses those below it.
 */
#pragma once

#include "daemon/tracker/recording.h"
#include "daemon/tracker/tracker.h"
#include "daemon/tracker/value-log.h"

/* A sensor in memory. */
typedef struct {
	RollSensorRow row;
	gboolean is_dirty;
	GPtrArray
		*recordings; /* of RollRecording, owned, by id: all that the database is to hold */
	GPtrArray *open;     /* those that are open; borrowed */
	GPtrArray *searched; /* closed ones whose values are in memory to compare; borrowed */
	RollRecording
		*current; /* where the last value of this run was found or put; NULL: none yet */
	RollTrackerSensor figures;
} RollTracked;

struct RollTracker {
	RollStore *store;
	const RollConfig *config;
	RollTrackerListener listener;
	gboolean is_recovered;
	gboolean is_live;   /* the values' times are those of a clock on the wall */
	GPtrArray *sensors; /* of RollTracked, in order of their first status or value */
	RollTracked *last;  /* of the last value */

	RollValueLog waiting; /* values not yet in the database; owner: their recording */
	guint n_waiting;
	GPtrArray *ended;     /* closed since the last commit; borrowed */
	GPtrArray *discarded; /* thrown away, needed until the running call ends; owned */
	guint n_foreseen;     /* sessions foreseen in the transaction that is being written */
	GArray *deleted;      /* of gint64: numbers of recordings that leave the database */

	char *trouble; /* what the listener was told last; NULL: all is well */
	guint commit_timer, retry_timer, idle_timer; /* GSource ids; 0: none */
	guint64 n_taken, n_known, n_refused;
};

/* Values that may wait while the database takes none. */
#define ROLL_WAITING_MAX_BYTES ((gsize)16 * 1024 * 1024)

/* Finds a sensor by its address; NULL where there is none. */
RollTracked *roll_tracker_find(const RollTracker *tracker, const char *address);

/* Finds it or adds it, without a row. */
RollTracked *roll_tracker_get(RollTracker *tracker, const char *address);

/* *ret_holder: the recording of sensor that holds this value already; NULL: none does. */
gboolean roll_tracker_find_known(RollTracker *tracker, RollTracked *sensor, const RollKept *kept,
				 RollRecording **ret_holder, GError **error);

/* The recording for a new value, after ending those that are over for it. NULL and error: what it must
 * take over cannot be read. */
RollRecording *roll_tracker_place(RollTracker *tracker, RollTracked *sensor, gint64 arrival_us,
				  GError **error);

/* Keeps a value: it waits for the database, as recording's next. */
void roll_tracker_add(RollTracker *tracker, RollTracked *sensor, RollRecording *recording,
		      const RollKept *kept);

/* Tells the listener recording's events that wait to be written, from number n on. */
void roll_tracker_tell_events(const RollTracker *tracker, const RollTracked *sensor,
			      const RollRecording *recording, guint n);

/* Reads a recording's values from the database with a reading of its own; given. NULL and error. */
RollReading *roll_tracker_read(RollStore *store, const RollBriefing *briefing, const char *address,
			       const RollRecordingRow *row, GError **error);

/* An open recording's reading by config, from the database, with what it knew when it began; given. NULL and error. */
RollReading *roll_tracker_read_open(const RollTracker *tracker, const RollConfig *config,
				    const RollTracked *sensor, const RollRecording *recording,
				    GError **error);

/* Gives an open recording what its values in the database tell. reading: taken. */
void roll_tracker_take_reading(RollRecording *recording, RollReading *reading);

/* The sessions of a person before row's recording, by its sensor, number and first_us, as far as the database holds their
 * recordings closed (has_open: or open). A given array of RollPastSession; NULL and error. */
GArray *roll_tracker_read_past(RollStore *store, const char *person, const RollRecordingRow *row,
			       gboolean has_open, GError **error);

/* Adds those that are closed and wait to be written. */
void roll_tracker_add_waiting_past(const RollTracked *sensor, const char *person,
				   const RollRecordingRow *row, GArray *past);

/* What the newest of them tell. */
void roll_tracker_learn(GArray *past, RollHistory *ret_history);

/* Both in one, by the database alone. */
gboolean roll_tracker_read_history(RollStore *store, const char *person,
				   const RollRecordingRow *row, gboolean has_open,
				   RollHistory *ret_history, GError **error);

/* Gives recording's session its number, if it has begun and has none. TRUE: it was given one now. */
gboolean roll_tracker_number_session(RollTracker *tracker, RollRecording *recording);

/* The highest numbers of all recordings and sessions; 0 where there are none. */
void roll_tracker_find_last_numbers(const RollTracker *tracker, gint64 *ret_recording,
				    gint64 *ret_session);

/* The number of the next session: the highest of all, and 1. */
gint64 roll_tracker_find_free_session(const RollTracker *tracker);

/* Closes a recording, or throws it away where it held no session. */
void roll_tracker_end(RollTracker *tracker, RollTracked *sensor, RollRecording *recording);

/* Tells the listener which session is open now, if that changed. */
void roll_tracker_tell_session(RollTracker *tracker, RollTracked *sensor);

/* Lets a timer look, in a live run, whether the open sessions are over. */
void roll_tracker_watch(RollTracker *tracker);

/* Lets a timer commit soon, if anything waits. */
void roll_tracker_schedule(RollTracker *tracker);

/* Tells the listener of trouble, once each; NULL: well again. */
void roll_tracker_tell_trouble(RollTracker *tracker, const char *text);

/* Frees what roll_tracker_end has thrown away. */
void roll_tracker_sweep(RollTracker *tracker);
