/* SPDX-License-Identifier: MIT
 *
 * From the database into memory at the start, and the end of sessions that nobody's next value ends.
 */
#include "daemon/tracker/tracker-parts.h"

/* A value that is on its way when the gap has passed may still belong to the session. */
#define LATE_US (2 * G_USEC_PER_SEC)

static void
load_sensor(gpointer user, const RollSensorRow *row)
{
	RollTracked *sensor = roll_tracker_get(user, row->address);

	sensor->row.id = row->id;
	sensor->row.first_us = row->first_us;
	sensor->row.last_us = row->last_us;
	if (sensor->row.battery_pct < 0)
		sensor->row.battery_pct = row->battery_pct;
	for (guint i = 0; i < ROLL_SENSOR_TEXTS; i++) {
		if (!sensor->row.texts[i])
			sensor->row.texts[i] = g_strdup(row->texts[i]);
	}
}

static void
load_recording(gpointer user, const RollRecordingRow *row)
{
	RollTracker *tracker = user;

	for (guint i = 0; i < tracker->sensors->len; i++) {
		RollTracked *sensor = tracker->sensors->pdata[i];
		RollRecording *recording = NULL;

		if (sensor->row.id != row->sensor)
			continue;
		recording = roll_recording_new(row);
		g_ptr_array_add(sensor->recordings, recording);
		if (row->is_open)
			g_ptr_array_add(sensor->open, recording);
		return;
	}
}

static void
read_value(gpointer user, gint64 n, const RollKept *kept)
{
	(void)n;			     /* in order: no need of it */
	(void)roll_reading_take(user, kept); /* a refusal is counted by the reading */
}

RollReading *
roll_tracker_read(RollStore *store, const RollConfig *config, const char *address,
		  const RollRecordingRow *row, GError **error)
{
	g_autoptr(RollReading) reading = roll_reading_new(config, address);

	if (!roll_store_each_value(store, row, read_value, reading, error))
		return NULL;
	return g_steal_pointer(&reading);
}

static gboolean
read_open(RollTracker *tracker, const RollTracked *sensor, GError **error)
{
	for (guint i = 0; i < sensor->open->len; i++) {
		RollRecording *recording = sensor->open->pdata[i];

		recording->reading = roll_tracker_read(tracker->store, tracker->config,
						       sensor->row.address, &recording->row, error);
		if (!recording->reading)
			return FALSE;
		recording->is_dirty = TRUE;
		/* Its rows were written as if the stream ended there: it does not. */
		if (!roll_reading_get_summary(recording->reading)->has_begun) {
			recording->foreseen = recording->row.session;
			recording->row.session = 0;
		}
	}
	return TRUE;
}

static gboolean
load(RollTracker *tracker, GError **error)
{
	if (!roll_store_each_sensor(tracker->store, load_sensor, tracker, error) ||
	    !roll_store_each_recording(tracker->store, load_recording, tracker, error))
		return FALSE;
	for (guint i = 0; i < tracker->sensors->len; i++) {
		if (!read_open(tracker, tracker->sensors->pdata[i], error))
			return FALSE;
	}
	return TRUE;
}

static void
resume(RollTracker *tracker, RollTracked *sensor, gint64 now_us)
{
	for (guint i = sensor->open->len; i > 0; i--) {
		RollRecording *recording = sensor->open->pdata[i - 1];

		if (now_us != 0 && roll_recording_is_over(recording, now_us))
			roll_tracker_end(tracker, sensor, recording);
	}
	roll_tracker_tell_session(tracker, sensor);
}

gboolean
roll_tracker_recover(RollTracker *tracker, gint64 now_us, GError **error)
{
	if (!load(tracker, error)) {
		tracker->last = NULL;
		g_ptr_array_set_size(tracker->sensors, 0);
		return FALSE;
	}
	tracker->is_recovered = TRUE;
	tracker->is_live = now_us != 0;
	for (guint i = 0; i < tracker->sensors->len; i++) {
		RollTracked *sensor = tracker->sensors->pdata[i];

		for (guint j = 0; j < sensor->open->len; j++)
			roll_tracker_number_session(tracker, sensor->open->pdata[j]);
	}
	for (guint i = 0; i < tracker->sensors->len; i++)
		resume(tracker, tracker->sensors->pdata[i], now_us);
	roll_tracker_sweep(tracker);
	/* A full disk keeps nobody from rolling: it is told, and tried again. */
	(void)roll_tracker_commit(tracker, NULL);
	return TRUE;
}

static gboolean
look_by_timer(gpointer user)
{
	RollTracker *tracker = user;
	gint64 now_us = g_get_real_time();

	tracker->idle_timer = 0;
	for (guint i = 0; i < tracker->sensors->len; i++) {
		RollTracked *sensor = tracker->sensors->pdata[i];

		for (guint j = sensor->open->len; j > 0; j--) {
			RollRecording *recording = sensor->open->pdata[j - 1];

			if (recording->row.session != 0 &&
			    roll_recording_is_over(recording, now_us - LATE_US))
				roll_tracker_end(tracker, sensor, recording);
		}
	}
	roll_tracker_schedule(tracker);
	roll_tracker_watch(tracker);
	return G_SOURCE_REMOVE;
}

/* How long until recording may be over; by the clock on the wall, which may have been set meanwhile. */
static gint64
find_wait_us(const RollRecording *recording, gint64 now_us)
{
	gint64 gap_us = roll_reading_get_gap_us(recording->reading) + LATE_US;
	gint64 left_us = roll_recording_get_busy_us(recording) + gap_us - now_us;

	return CLAMP(left_us, 0, gap_us);
}

void
roll_tracker_watch(RollTracker *tracker)
{
	gint64 now_us = g_get_real_time(), wait_us = G_MAXINT64;

	if (!tracker->is_live || tracker->idle_timer != 0)
		return;
	for (guint i = 0; i < tracker->sensors->len; i++) {
		const RollTracked *sensor = tracker->sensors->pdata[i];

		for (guint j = 0; j < sensor->open->len; j++) {
			const RollRecording *recording = sensor->open->pdata[j];

			if (recording->row.session != 0)
				wait_us = MIN(wait_us, find_wait_us(recording, now_us));
		}
	}
	if (wait_us < G_MAXINT64)
		tracker->idle_timer = g_timeout_add_seconds((guint)(wait_us / G_USEC_PER_SEC) + 1,
							    look_by_timer, tracker);
}
