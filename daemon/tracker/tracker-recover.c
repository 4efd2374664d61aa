/* SPDX-License-Identifier: MIT
 *
 * From the database into memory at the start.
 */
#include "daemon/tracker/tracker-parts.h"

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
	roll_tracker_watch(tracker);
	/* A full disk keeps nobody from rolling: it is told, and tried again. */
	(void)roll_tracker_commit(tracker, NULL);
	return TRUE;
}
