/* SPDX-License-Identifier: MIT */
#include "daemon/tracker/tracker-parts.h"

static void
free_sensor(gpointer data)
{
	RollTracked *sensor = data;

	for (guint i = 0; i < ROLL_SENSOR_TEXTS; i++)
		g_free(sensor->row.texts[i]);
	g_ptr_array_unref(sensor->open);
	g_ptr_array_unref(sensor->searched);
	g_ptr_array_unref(sensor->recordings);
	g_free(sensor);
}

RollTracker *
roll_tracker_new(RollStore *store, const RollConfig *config, const RollTrackerListener *listener)
{
	RollTracker *tracker = g_new0(RollTracker, 1);

	tracker->store = store;
	tracker->config = config;
	if (listener)
		tracker->listener = *listener;
	tracker->sensors = g_ptr_array_new_with_free_func(free_sensor);
	tracker->ended = g_ptr_array_new();
	tracker->discarded = g_ptr_array_new_with_free_func((GDestroyNotify)roll_recording_free);
	tracker->deleted = g_array_new(FALSE, FALSE, sizeof(gint64));
	roll_value_log_init(&tracker->waiting);
	return tracker;
}

void
roll_tracker_free(RollTracker *tracker)
{
	if (!tracker)
		return;
	(void)roll_tracker_commit(tracker, NULL); /* the listener was told of a failure */
	g_clear_handle_id(&tracker->commit_timer, g_source_remove);
	g_clear_handle_id(&tracker->retry_timer, g_source_remove);
	g_clear_handle_id(&tracker->idle_timer, g_source_remove);
	g_ptr_array_unref(tracker->ended);
	g_ptr_array_unref(tracker->discarded);
	g_ptr_array_unref(tracker->sensors);
	g_array_unref(tracker->deleted);
	roll_value_log_clear(&tracker->waiting);
	g_free(tracker->trouble);
	g_free(tracker);
}
