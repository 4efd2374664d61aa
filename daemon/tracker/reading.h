/* SPDX-License-Identifier: MIT
 *
 * How the values of one recording are read: decoded, fed to a core of their own, its events kept until
 * they are written. The values alone decide what comes out, in whatever portions they come and however
 * often they are read again. About 150 KB each.
 *
 * What a sensor says of itself (RollSensorFeature) settles the core's settings as long as nothing was
 * loaded; a later change of geometry holds from the next recording on. A new sample period takes effect at once.
 */
#pragma once

#include "daemon/config/config.h"
#include "daemon/store/store-session.h"
#include "daemon/track/force-map.h"
#include "daemon/track/pace.h"

/* How much of a recording the next one begins with. */
#define ROLL_CARRIED_US (10 * G_USEC_PER_SEC)

typedef struct RollReading RollReading;

/* What became of a value. */
typedef enum {
	ROLL_READ_NOTHING, /* not a value of this sensor's decoder, or one without samples */
	ROLL_READ_SAMPLES,
	ROLL_READ_REFUSED,
} RollRead;

/* What earlier sessions tell the core of how hard each place pushes back. */
typedef struct {
	RollForceMap map;
	guint n_sessions;
} RollHistory;

/* What the core is told before the values. */
typedef struct {
	const RollConfig *config; /* borrowed, must outlive the reading */
	RollPerson person;
	const RollHistory *history; /* borrowed for the call; NULL: there are no earlier sessions */
} RollBriefing;

/* address: copied. Returns a given reading. */
RollReading *roll_reading_new(const RollBriefing *briefing, const char *address);

/* NULL is taken. */
void roll_reading_free(RollReading *reading);

/* Takes the recording's next value. */
RollRead roll_reading_take(RollReading *reading, const RollKept *kept);

/* Ends the recording: what is open becomes final. Nothing may be taken after it. */
void roll_reading_finish(RollReading *reading);

/* Whose recording it is taken for. */
RollPerson roll_reading_get_person(const RollReading *reading);

/* Final events that were not yet written, in order; *ret_n of them. Borrowed until the next call. */
const RollEvent *roll_reading_get_events(const RollReading *reading, guint *ret_n);

/* Borrowed: what the recording holds so far. */
const RollSummary *roll_reading_get_summary(const RollReading *reading);

/* Unix time of the last sample; 0: none yet. */
gint64 roll_reading_get_sample_us(const RollReading *reading);

/* The moment, for people who watch: provisional. since_us: Unix time from which on view.turned_rad counts without a
 * break; a fresh recording, a silence and another geometry begin it anew; 0: no sample yet. */
typedef struct {
	RollView view;
	gint64 since_us;
	gboolean has_motion;  /* view.turned_rad means something: there is a sensor for it */
	gboolean has_axis;    /* the axis of turning was learned, not only configured */
	gboolean has_newtons; /* view.force is newtons */
	gboolean is_bar;
	double radius_m, travel_sign, head_end_m; /* as RollTrackSettings has them */
} RollMoment;

/* The picture as of the last value. */
RollMoment roll_reading_get_moment(const RollReading *reading);

/* Of the last packet of samples; all zero before the first. */
RollPulse roll_reading_get_pulse(const RollReading *reading);

/* Arrival of the last value that held a loaded sample; 0: none yet. */
gint64 roll_reading_get_loaded_us(const RollReading *reading);

/* How long nothing loaded may come before the recording is over. */
gint64 roll_reading_get_gap_us(const RollReading *reading);

/* Fills what a session's rows would hold if the stream ended here, all but numbers, person and spine.
 * Pointers in it are borrowed until the next call. FALSE: there is no session in it; *ret_rows is untouched. */
gboolean roll_reading_foresee(RollReading *reading, RollSessionRows *ret_rows);

/* The final events of now are in the database: they are let go, and the next ones count on from them. */
void roll_reading_set_written(RollReading *reading);

/* Calls each for what a recording that begins at arrival_us takes over from this one: what the sensor last said
 * of itself, then the values with samples of the last ROLL_CARRIED_US (never more than the gap, so that nothing
 * loaded is told twice), unless the clock jumped since. kept: borrowed for the call. */
void roll_reading_each_carried(const RollReading *reading, gint64 arrival_us,
			       void (*each)(gpointer user, const RollKept *kept), gpointer user);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollReading, roll_reading_free)
