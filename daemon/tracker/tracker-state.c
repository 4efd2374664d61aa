/* SPDX-License-Identifier: MIT
 *
 * What the other files of the tracker stand on: its sensors, the numbers that are free, and what the listener
 * is told.
 */
#include "daemon/tracker/tracker-parts.h"

RollTracked *
roll_tracker_find(const RollTracker *tracker, const char *address)
{
	if (tracker->last && g_str_equal(tracker->last->row.address, address))
		return tracker->last;
	for (guint i = 0; i < tracker->sensors->len; i++) {
		RollTracked *sensor = tracker->sensors->pdata[i];

		if (g_str_equal(sensor->row.address, address))
			return sensor;
	}
	return NULL;
}

RollTracked *
roll_tracker_get(RollTracker *tracker, const char *address)
{
	RollTracked *sensor = roll_tracker_find(tracker, address);

	if (sensor)
		return sensor;
	sensor = g_new0(RollTracked, 1);
	g_strlcpy(sensor->row.address, address, sizeof sensor->row.address);
	sensor->row.battery_pct = -1;
	sensor->recordings = g_ptr_array_new_with_free_func((GDestroyNotify)roll_recording_free);
	sensor->open = g_ptr_array_new();
	sensor->searched = g_ptr_array_new();
	g_ptr_array_add(tracker->sensors, sensor);
	return sensor;
}

/* The highest numbers of recordings and sessions: of what shall be in the database, so that the same
 * values give the same numbers, however the run was cut. */
void
roll_tracker_find_last_numbers(const RollTracker *tracker, gint64 *ret_recording,
			       gint64 *ret_session)
{
	*ret_recording = 0;
	*ret_session = 0;
	for (guint i = 0; i < tracker->sensors->len; i++) {
		const RollTracked *sensor = tracker->sensors->pdata[i];

		for (guint j = 0; j < sensor->recordings->len; j++) {
			const RollRecording *recording = sensor->recordings->pdata[j];

			*ret_recording = MAX(*ret_recording, recording->row.id);
			*ret_session = MAX(*ret_session, recording->row.session);
		}
	}
}

gint64
roll_tracker_find_free_session(const RollTracker *tracker)
{
	gint64 last_recording = 0, last_session = 0;

	roll_tracker_find_last_numbers(tracker, &last_recording, &last_session);
	return last_session + 1;
}

gboolean
roll_tracker_number_session(RollTracker *tracker, RollRecording *recording)
{
	if (recording->row.session != 0 || !roll_reading_get_summary(recording->reading)->has_begun)
		return FALSE;
	recording->row.session = roll_tracker_find_free_session(tracker);
	return TRUE;
}

void
roll_tracker_tell_session(RollTracker *tracker, RollTracked *sensor)
{
	gint64 session = 0;

	/* The youngest, where a jump of the clock has left two. */
	for (guint i = 0; i < sensor->open->len; i++) {
		const RollRecording *recording = sensor->open->pdata[i];

		session = MAX(session, recording->row.session);
	}
	if (session == sensor->figures.session)
		return;
	sensor->figures.session = session;
	if (tracker->listener.session)
		tracker->listener.session(tracker->listener.user, sensor->row.address, session);
}

void
roll_tracker_tell_events(const RollTracker *tracker, const RollTracked *sensor,
			 const RollRecording *recording, guint n)
{
	guint n_events = 0;
	const RollEvent *events = roll_reading_get_events(recording->reading, &n_events);

	for (; tracker->listener.event && n < n_events; n++)
		tracker->listener.event(tracker->listener.user, sensor->row.address,
					recording->row.session, &events[n]);
}

void
roll_tracker_add(RollTracker *tracker, RollTracked *sensor, RollRecording *recording,
		 const RollKept *kept)
{
	RollLogged logged = {recording, recording->row.n_values++, *kept};

	/* Kept, before anything else. */
	roll_value_log_append(&tracker->waiting, &logged);
	tracker->n_waiting++;
	recording->is_dirty = TRUE;
	sensor->is_dirty = TRUE;
	if (recording->known && logged.n >= recording->row.n_carried)
		roll_value_set_add(recording->known, kept);
}

void
roll_tracker_sweep(RollTracker *tracker)
{
	g_ptr_array_set_size(tracker->discarded, 0);
}

static void
read_value(gpointer user, gint64 n, const RollKept *kept)
{
	(void)n;			     /* in order: no need of it */
	(void)roll_reading_take(user, kept); /* a refusal is counted by the reading */
}

RollReading *
roll_tracker_read(RollStore *store, const RollBriefing *briefing, const char *address,
		  const RollRecordingRow *row, GError **error)
{
	g_autoptr(RollReading) reading = roll_reading_new(briefing, address);

	if (!roll_store_each_value(store, row, read_value, reading, error))
		return NULL;
	return g_steal_pointer(&reading);
}

void
roll_tracker_tell_trouble(RollTracker *tracker, const char *text)
{
	if (g_strcmp0(text, tracker->trouble) == 0)
		return;
	g_free(tracker->trouble);
	tracker->trouble = g_strdup(text);
	if (tracker->listener.trouble)
		tracker->listener.trouble(tracker->listener.user, text);
}
