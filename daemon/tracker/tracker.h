/* SPDX-License-Identifier: MIT
 *
 * From values to history: keeps each value, decodes it, feeds the core of its sensor, stores what the core
 * tells and passes it on. One tracker serves all sensors of a source.
 *
 * Values of a sensor form recordings (schema.sql), all of them, also those that no decoder takes. A recording is
 * interpreted alone, by a fresh core, and holds at most one session; it ends when nothing was loaded for
 * session_gap_us (5 minutes), by the arrival times of the values alone. One that held no session is thrown
 * away. A new one begins with copies of what the sensor last said of itself and of the values of the last
 * 10 s. Where the clock is set back to before the open recording, another one begins (tracker-place.c).
 *
 * A roller's recording is told of the sessions before it: the newest 10 of the same sensor and person whose recordings
 * were closed when it began (tracker-history.c). How many they were stands in session.settings as history=N. Sessions
 * that are closed are never told anew but by --rebuild, also where an older capture is replayed before them later.
 *
 * In a live run a recording is the person's who is chosen when its session begins (tracker-person.h); a replay's is the
 * configuration's. Both are put right by table amendment, wherever values are read again.
 *
 * At every commit the database holds exactly what a run over the values kept so far would hold, as if
 * the stream ended there. So a kill at any instant loses at most the last second of values, and never
 * leaves a session half told.
 */
#pragma once

#include "daemon/config/config.h"
#include "daemon/source.h"
#include "daemon/store/store.h"
#include "daemon/tracker/reading.h"

typedef struct RollTracker RollTracker;

/* What a tracker tells, in the main thread. Any may be NULL. Strings are borrowed for the call. */
typedef struct {
	/* A final event of an open session. */
	void (*event)(void *user, const char *address, gint64 session, const RollEvent *event);
	/* The sensor's open session: its number in the database, or 0: there is none now. */
	void (*session)(void *user, const char *address, gint64 session);
	/* The store cannot take values (disk full, ...): text says why; NULL: well again. */
	void (*trouble)(void *user, const char *text);
	void *user;
} RollTrackerListener;

/* What is known of a sensor since the tracker began. */
typedef struct {
	gint64 last_sample_us; /* Unix time of its last sample; 0: none yet */
	gint64 session;	       /* number of its open session; 0: none */
	gboolean has_newtons;  /* the forces of its last events are newtons, no counts */
	guint lost_packets;
	guint away_packets; /* of these, missing after a silence of ROLL_PACE_SILENCE_US, or before the first */
	guint refused_values;
	RollPace pace; /* of what came live */
} RollTrackerSensor;

/* store, config: borrowed, must outlive the tracker (config: or until another one is taken). listener: copied; NULL: nobody listens. */
RollTracker *roll_tracker_new(RollStore *store, const RollConfig *config,
			      const RollTrackerListener *listener);

/* Commits what is pending, leaves open sessions open, frees. NULL is taken. */
void roll_tracker_free(RollTracker *tracker);

/* Brings every open recording of the database to what an uninterrupted run would hold, and goes on with it.
 * now_us: Unix time by which recordings that are over are closed; 0: by the values' own times alone
 * (replay). Call it once, before the first value. */
gboolean roll_tracker_recover(RollTracker *tracker, gint64 now_us, GError **error);

/* Takes one value (of any characteristic). One that a recording holds already is passed over. While the store
 * takes none (told through the listener), values are held in memory, in order, up to 16 MiB, and written when
 * it does again. FALSE and error: the value is refused and lost to the history, since too many wait, or since
 * it cannot be looked up whether it is known; that is told through the listener, too. */
gboolean roll_tracker_take(RollTracker *tracker, const RollValue *value, GError **error);

/* Notes what a source says of a sensor: its name, codec, battery. */
void roll_tracker_take_status(RollTracker *tracker, const RollSensorStatus *status);

/* A mark by hand in the sensor's open session. FALSE: it has none. */
gboolean roll_tracker_mark(RollTracker *tracker, const char *address, gint64 now_us,
			   GError **error);

/* Commits now. Otherwise the tracker commits by itself: 0.8 s after the first value that waits (a timer
 * of the main context), or after 16384 values. */
gboolean roll_tracker_commit(RollTracker *tracker, GError **error);

/* Takes another configuration, for what comes and for all recordings that are open: each is brought to what a run by
 * the new one over its values would hold. Closed ones stay as they are. config: borrowed, must outlive the
 * tracker. FALSE and error: the one before stays, since what waits cannot be written or the values not be read. */
gboolean roll_tracker_reload(RollTracker *tracker, const RollConfig *config, GError **error);

/* Unknown address: all zero. */
RollTrackerSensor roll_tracker_get_sensor(const RollTracker *tracker, const char *address);

/* What the sensor's newest open recording shows. FALSE: there is none; *ret_moment is untouched. */
gboolean roll_tracker_get_moment(const RollTracker *tracker, const char *address,
				 RollMoment *ret_moment);

/* How many values were taken (those thrown away since left out), passed over as known, and refused by their
 * decoder or for want of room. */
void roll_tracker_get_counts(const RollTracker *tracker, guint64 *ret_taken, guint64 *ret_known,
			     guint64 *ret_refused);

/* --rebuild: derives all sessions anew from their values, in one transaction: all or nothing.
 * ret_sessions: how many. progress may be NULL; it is told sessions done and in all, and may say FALSE: then nothing is
 * changed, and error is G_IO_ERROR_CANCELLED. */
gboolean roll_tracker_rebuild(RollStore *store, const RollConfig *config,
			      gboolean (*progress)(void *user, guint done, guint all), void *user,
			      guint *ret_sessions, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollTracker, roll_tracker_free)
