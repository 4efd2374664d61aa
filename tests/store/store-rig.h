/* SPDX-License-Identifier: MIT
 *
 * For the tests of the store: captures as arrays of values, runs of a tracker over parts of them into a
 * database of the test's own folder, and all tables as text to compare.
 */
#pragma once

#include "daemon/tracker/tracker.h"

#define RIG_SENSOR "C0:FF:EE:00:00:01"
#define RIG_OTHER_SENSOR "C0:FF:EE:00:00:02"
#define RIG_BEGIN_US G_GINT64_CONSTANT(1790000000000000)
#define RIG_SECOND_US G_GINT64_CONSTANT(1000000)

/* A test's own folder, deleted at its end. */
typedef struct {
	char *folder;
	char *db_path;
	RollConfig *config;
} Rig;

/* Makes the folder; no database yet. */
void rig_init(Rig *rig);

/* Deletes it. */
void rig_clear(Rig *rig);

/* Deletes the database, so that the next run begins with a fresh one. */
void rig_forget(Rig *rig);

/* The values of a capture of tests/captures, e.g. "roller-plain"; a given array of RollValue. Fails the test
 * where a line is bad. */
GArray *rig_load_capture(const char *name);

/* A store and a tracker that go on until rig_end. */
typedef struct {
	RollStore *store;
	RollTracker *tracker;
} RigRun;

/* Opens the database and recovers; now_us as roll_tracker_recover's. listener may be NULL. */
void rig_begin(const Rig *rig, RigRun *run, const RollTrackerListener *listener, gint64 now_us);

/* Gives values[from..to) to the tracker; fails the test where one is not taken. */
void rig_take(RigRun *run, const GArray *values, guint from, guint to);

/* Commits; fails the test where that fails. */
void rig_commit(RigRun *run);

/* Commits and closes. */
void rig_end(RigRun *run);

/* Runs a tracker of its own over values[from..to), as rollerd --replay would; commits every commit_every values
 * (0: at the end alone). */
void rig_run(const Rig *rig, const GArray *values, guint from, guint to, guint commit_every);

/* All tables as text, but those named in without (space-separated; NULL: none); given. */
char *rig_dump(const Rig *rig, const char *without);

/* The one number that a query gives. */
gint64 rig_query(const Rig *rig, const char *sql);

/* Asserts that two dumps are equal; tells the first line that differs, and when. */
void rig_assert_same(const char *dump, const char *wanted, const char *when);

/* Appends values of a simulated sensor to values, 10 Hz packets of 10 samples: a feature at the beginning if
 * has_feature, then seconds_idle with nothing on the roller and seconds_loaded of rolling to and fro. Returns the
 * arrival time after the last. */
typedef struct {
	const char *address;
	gint64 begin_us;
	gboolean has_feature;
	guint seconds_idle;
	guint seconds_loaded;
	gboolean is_light;	   /* rolled by hand: with 5 N, where 300 N would be */
	gboolean is_accelerometer; /* without gyroscope: what it tells is certain only later */
} RigStream;

/* See RigStream. */
gint64 rig_stream(GArray *values, const RigStream *stream);

/* Appends a value with these bytes. */
void rig_append(GArray *values, const char *address, gint64 arrival_us, const char *uuid,
		const char *hex);

/* Sorts values by their arrival, keeping the order of equal ones. */
void rig_sort(GArray *values);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rig, rig_clear)
