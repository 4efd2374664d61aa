/* SPDX-License-Identifier: MIT
 *
 * From the database into memory: at the start, and where another configuration tells the same values anew.
 */
#include "daemon/tracker/tracker-parts.h"
#include "daemon/tracker/tracker-person.h"

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

void
roll_tracker_take_reading(RollRecording *recording, RollReading *reading)
{
	roll_reading_free(recording->reading);
	recording->reading = reading;
	recording->is_dirty = TRUE;
	/* Its rows were written as if the stream ended there: it does not. */
	if (recording->row.session != 0 && !roll_reading_get_summary(reading)->has_begun) {
		recording->foreseen = recording->row.session;
		recording->row.session = 0;
	}
}

RollReading *
roll_tracker_read_open(const RollTracker *tracker, const RollConfig *config,
		       const RollTracked *sensor, const RollRecording *recording, GError **error)
{
	const RollRecordingRow *row = &recording->row;
	RollHistory history;
	RollBriefing briefing = {.config = config, .history = &history};

	if (!roll_tracker_find_person(tracker->store, config, row, &briefing.person, error) ||
	    !roll_tracker_read_history(tracker->store, briefing.person.name, row, FALSE, &history,
				       error))
		return NULL;
	return roll_tracker_read(tracker->store, &briefing, sensor->row.address, row, error);
}

static gboolean
read_open(RollTracker *tracker, const RollTracked *sensor, GError **error)
{
	for (guint i = 0; i < sensor->open->len; i++) {
		RollRecording *recording = sensor->open->pdata[i];
		RollReading *reading =
			roll_tracker_read_open(tracker, tracker->config, sensor, recording, error);

		if (!reading)
			return FALSE;
		roll_tracker_take_reading(recording, reading);
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

/* Goes on with the open recordings, whose readings were read just now. */
static void
go_on(RollTracker *tracker, gint64 now_us)
{
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
	go_on(tracker, now_us);
	return TRUE;
}

static void
free_reading(gpointer reading)
{
	roll_reading_free(reading);
}

/* All open recordings by config, in order; given. NULL and error. */
static GPtrArray *
read_anew(const RollTracker *tracker, const RollConfig *config, GError **error)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func(free_reading);

	for (guint i = 0; i < tracker->sensors->len; i++) {
		const RollTracked *sensor = tracker->sensors->pdata[i];

		if (!roll_tracker_read_amendments(tracker, sensor, error))
			return NULL;
		for (guint j = 0; j < sensor->open->len; j++) {
			const RollRecording *recording = sensor->open->pdata[j];
			RollReading *reading =
				roll_tracker_read_open(tracker, config, sensor, recording, error);

			if (!reading)
				return NULL;
			g_ptr_array_add(readings, reading);
		}
	}
	return g_steal_pointer(&readings);
}

/* Nothing changes before all of it is read. */
gboolean
roll_tracker_reload(RollTracker *tracker, const RollConfig *config, GError **error)
{
	g_autoptr(GPtrArray) readings = NULL;

	if (!roll_tracker_commit(tracker, error))
		return FALSE;
	readings = read_anew(tracker, config, error);
	if (!readings)
		return FALSE;
	tracker->config = config;
	for (guint i = 0; i < tracker->sensors->len; i++) {
		RollTracked *sensor = tracker->sensors->pdata[i];

		for (guint j = 0; j < sensor->open->len; j++)
			roll_tracker_take_reading(sensor->open->pdata[j],
						  g_ptr_array_steal_index(readings, 0));
	}
	g_clear_handle_id(&tracker->idle_timer, g_source_remove);
	go_on(tracker, tracker->is_live ? g_get_real_time() : 0);
	return TRUE;
}
