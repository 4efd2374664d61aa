/* SPDX-License-Identifier: MIT
 *
 * What waits goes into the database in one transaction: values first, then what follows from them. Memory
 * changes only after it has succeeded; so after a failure (disk full, locked) everything still waits, and the
 * next attempt writes all of it, once.
 */
#include "daemon/tracker/tracker-parts.h"

enum {
	COMMIT_MS = 800,  /* a kill loses a second of values at most */
	RETRY_MS = 10000, /* after a failure */
};

/* Calls each for every recording that may have changed: each as long as it succeeds. */
static gboolean
each_changing(RollTracker *tracker,
	      gboolean (*each)(RollTracker *tracker, RollRecording *recording, GError **error),
	      GError **error)
{
	for (guint i = 0; i < tracker->ended->len; i++) {
		if (!each(tracker, tracker->ended->pdata[i], error))
			return FALSE;
	}
	for (guint i = 0; i < tracker->sensors->len; i++) {
		const RollTracked *sensor = tracker->sensors->pdata[i];

		for (guint j = 0; j < sensor->open->len; j++) {
			if (!each(tracker, sensor->open->pdata[j], error))
				return FALSE;
		}
	}
	return TRUE;
}

static gboolean
is_sensor_due(const RollTracked *sensor)
{
	return sensor->is_dirty && sensor->row.id != 0;
}

static gboolean
is_recording_clean(RollTracker *tracker, RollRecording *recording, GError **error)
{
	(void)tracker; /* of each_changing's */
	(void)error;
	return !recording->is_dirty;
}

static gboolean
is_anything_due(RollTracker *tracker)
{
	if (tracker->n_waiting > 0 || tracker->deleted->len > 0 || tracker->ended->len > 0)
		return TRUE;
	for (guint i = 0; i < tracker->sensors->len; i++) {
		if (is_sensor_due(tracker->sensors->pdata[i]))
			return TRUE;
	}
	return !each_changing(tracker, is_recording_clean, NULL);
}

/* Takes back what only would have been: its number may now be another's. */
static gboolean
delete_foreseen(RollTracker *tracker, RollRecording *recording, GError **error)
{
	recording->foreseen_next = 0;
	return recording->foreseen == 0 ||
	       roll_store_delete_session(tracker->store, recording->foreseen, error);
}

static gboolean
delete_discarded(RollTracker *tracker, GError **error)
{
	for (guint i = 0; i < tracker->deleted->len; i++) {
		gint64 recording = g_array_index(tracker->deleted, gint64, i);

		if (!roll_store_delete_recording(tracker->store, recording, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
write_sensors(RollTracker *tracker, GError **error)
{
	for (guint i = 0; i < tracker->sensors->len; i++) {
		const RollTracked *sensor = tracker->sensors->pdata[i];

		if (is_sensor_due(sensor) &&
		    !roll_store_put_sensor(tracker->store, &sensor->row, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
write_recording(RollTracker *tracker, RollRecording *recording, GError **error)
{
	return !recording->is_dirty ||
	       roll_store_put_recording(tracker->store, &recording->row, error);
}

static gboolean
write_values(RollTracker *tracker, GError **error)
{
	RollLogged value;
	gsize position = 0;

	while (roll_value_log_next(&tracker->waiting, &position, &value)) {
		const RollRecording *recording = value.owner;

		if (!roll_store_put_value(tracker->store, recording->row.id, value.n, &value.kept,
					  error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
write_rows(RollTracker *tracker, RollRecording *recording, gint64 session, GError **error)
{
	RollPerson person = roll_reading_get_person(recording->reading);
	RollSessionRows rows = {
		.session = session,
		.recording = recording->row.id,
		.sensor = recording->row.sensor,
		.person = person.name,
	};

	return roll_reading_foresee(recording->reading, &rows) &&
	       roll_store_put_spine(tracker->store, person.spine_m, person.is_guess, &rows.spine,
				    error) &&
	       roll_store_put_session(tracker->store, &rows, error);
}

static gboolean
write_session(RollTracker *tracker, RollRecording *recording, GError **error)
{
	if (!recording->is_dirty || recording->row.session == 0)
		return TRUE;
	return write_rows(tracker, recording, recording->row.session, error);
}

/* Sessions that have begun have the lower numbers, as they would in a run that was never cut. */
static gboolean
write_foreseen(RollTracker *tracker, RollRecording *recording, GError **error)
{
	RollSessionRows rows;

	if (recording->row.session != 0 || !roll_reading_foresee(recording->reading, &rows))
		return TRUE;
	recording->foreseen_next = roll_tracker_find_free_session(tracker) + tracker->n_foreseen++;
	return write_rows(tracker, recording, recording->foreseen_next, error);
}

static gboolean
write_all(RollTracker *tracker, GError **error)
{
	tracker->n_foreseen = 0;
	return roll_store_begin(tracker->store, error) &&
	       each_changing(tracker, delete_foreseen, error) && delete_discarded(tracker, error) &&
	       write_sensors(tracker, error) && each_changing(tracker, write_recording, error) &&
	       write_values(tracker, error) && each_changing(tracker, write_session, error) &&
	       each_changing(tracker, write_foreseen, error) &&
	       roll_store_commit(tracker->store, error);
}

static gboolean
set_written(RollTracker *tracker, RollRecording *recording, GError **error)
{
	(void)tracker; /* of each_changing's */
	(void)error;
	recording->n_stored = recording->row.n_values;
	recording->is_stored = TRUE;
	recording->foreseen = recording->foreseen_next;
	recording->foreseen_next = 0;
	if (recording->is_dirty && recording->row.session != 0)
		roll_reading_set_written(recording->reading);
	recording->is_dirty = FALSE;
	if (!recording->row.is_open)
		g_clear_pointer(&recording->reading, roll_reading_free);
	return TRUE;
}

static void
settle(RollTracker *tracker)
{
	(void)each_changing(tracker, set_written, NULL); /* it cannot fail */
	for (guint i = 0; i < tracker->sensors->len; i++) {
		RollTracked *sensor = tracker->sensors->pdata[i];

		if (is_sensor_due(sensor))
			sensor->is_dirty = FALSE;
	}
	roll_value_log_empty(&tracker->waiting);
	tracker->n_waiting = 0;
	g_ptr_array_set_size(tracker->ended, 0);
	g_array_set_size(tracker->deleted, 0);
}

static gboolean
commit_by_timer(gpointer user)
{
	RollTracker *tracker = user;

	tracker->commit_timer = 0;
	(void)roll_tracker_commit(tracker, NULL); /* the listener is told of a failure */
	return G_SOURCE_REMOVE;
}

static gboolean
retry_by_timer(gpointer user)
{
	RollTracker *tracker = user;

	tracker->retry_timer = 0;
	(void)roll_tracker_commit(tracker, NULL); /* the listener is told of a failure */
	return G_SOURCE_REMOVE;
}

gboolean
roll_tracker_commit(RollTracker *tracker, GError **error)
{
	g_autoptr(GError) trouble = NULL;

	if (!is_anything_due(tracker))
		return TRUE;
	g_clear_handle_id(&tracker->commit_timer, g_source_remove);
	if (write_all(tracker, &trouble)) {
		g_clear_handle_id(&tracker->retry_timer, g_source_remove);
		settle(tracker);
		roll_tracker_tell_trouble(tracker, NULL);
		return TRUE;
	}
	roll_store_roll_back(tracker->store);
	if (!tracker->trouble)
		roll_tracker_tell_trouble(tracker, trouble->message);
	if (tracker->retry_timer == 0)
		tracker->retry_timer = g_timeout_add(RETRY_MS, retry_by_timer, tracker);
	g_propagate_error(error, g_steal_pointer(&trouble));
	return FALSE;
}

void
roll_tracker_schedule(RollTracker *tracker)
{
	if (tracker->commit_timer != 0 || tracker->retry_timer != 0)
		return;
	if (is_anything_due(tracker))
		tracker->commit_timer = g_timeout_add(COMMIT_MS, commit_by_timer, tracker);
}
