/* SPDX-License-Identifier: MIT
 *
 * Which recording a value belongs to.
 *
 * An open recording is over for a value that arrives more than the gap after its last loaded value (or after its
 * beginning); each new value first ends those of its sensor that are over for it. What is left: the
 * youngest open recording that began before the value takes it; else a new recording begins. So a clock that is
 * set back to before the recording's beginning begins a new one, and the old one waits for the gap to pass.
 *
 * Nothing here depends on when commits happen or where a run was cut: only on the values and on what the
 * database holds. The one exception is RollTracked.current, what this run has seen: it tells that a recording
 * which was begun for values thrown away long ago (an idle hour replayed again) is past.
 */
#include "daemon/tracker/tracker-parts.h"
#include "daemon/tracker/tracker-person.h"

static void
discard(RollTracker *tracker, RollTracked *sensor, RollRecording *recording)
{
	gint64 n_not_taken = MAX(recording->row.n_carried, recording->n_before);
	guint index = 0;

	tracker->n_taken -= (guint64)(recording->row.n_values - n_not_taken);
	if (recording->is_stored)
		g_array_append_val(tracker->deleted, recording->row.id);
	roll_value_log_drop_owner(&tracker->waiting, recording);
	if (sensor->current == recording)
		sensor->current = NULL;
	/* What is carried over from it is still to be read. */
	if (g_ptr_array_find(sensor->recordings, recording, &index))
		g_ptr_array_add(tracker->discarded,
				g_ptr_array_steal_index(sensor->recordings, index));
}

void
roll_tracker_end(RollTracker *tracker, RollTracked *sensor, RollRecording *recording)
{
	guint n_before = 0;

	(void)roll_reading_get_events(recording->reading, &n_before); /* only how many */
	roll_reading_finish(recording->reading);
	roll_tracker_number_session(tracker, recording);
	recording->row.is_open = FALSE;
	recording->is_dirty = TRUE;
	g_ptr_array_remove(sensor->open, recording);
	if (recording->row.session == 0) {
		discard(tracker, sensor, recording);
	} else {
		roll_tracker_tell_events(tracker, sensor, recording, n_before);
		g_ptr_array_add(tracker->ended, recording);
		if (recording->known)
			g_ptr_array_add(sensor->searched, recording);
	}
	roll_tracker_tell_session(tracker, sensor);
}

static void
end_those_over(RollTracker *tracker, RollTracked *sensor, gint64 arrival_us)
{
	for (guint i = sensor->open->len; i > 0; i--) {
		RollRecording *recording = sensor->open->pdata[i - 1];

		if (roll_recording_is_over(recording, arrival_us))
			roll_tracker_end(tracker, sensor, recording);
	}
}

/* What a new recording takes over from: the one that was there at that time. Where there is none, what
 * this run saw last; and where the clock never showed such a time, the youngest. */
static RollRecording *
find_previous(const RollTracked *sensor, gint64 arrival_us)
{
	RollRecording *previous = NULL;

	for (guint i = 0; i < sensor->recordings->len; i++) {
		RollRecording *recording = sensor->recordings->pdata[i];

		if (recording->row.first_us <= arrival_us &&
		    (!previous || recording->row.first_us >= previous->row.first_us))
			previous = recording;
	}
	if (!previous)
		previous = sensor->current;
	if (!previous && arrival_us < sensor->row.first_us && sensor->recordings->len > 0)
		previous = sensor->recordings->pdata[sensor->recordings->len - 1];
	return previous;
}

typedef struct {
	RollTracker *tracker;
	RollTracked *sensor;
	RollRecording *recording;
} Carrying;

static void
carry(gpointer user, const RollKept *kept)
{
	Carrying *carrying = user;

	carrying->recording->row.n_carried++;
	roll_tracker_add(carrying->tracker, carrying->sensor, carrying->recording, kept);
	(void)roll_reading_take(carrying->recording->reading, kept); /* it was counted before */
}

/* past: the person's sessions before it that the database holds. */
static RollRecording *
begin(RollTracker *tracker, RollTracked *sensor, const RollRecordingRow *row,
      const RollPerson *person, GArray *past)
{
	RollRecording *recording = roll_recording_new(row);
	RollHistory history;
	const RollBriefing briefing = {tracker->config, *person, &history};

	roll_tracker_add_waiting_past(sensor, person->name, row, past);
	roll_tracker_learn(past, &history);
	recording->reading = roll_reading_new(&briefing, sensor->row.address);
	g_ptr_array_add(sensor->recordings, recording);
	g_ptr_array_add(sensor->open, recording);
	return recording;
}

/* What there is to know of a new recording before it begins: all that may fail. Its past,
 * given; NULL and error. */
static GArray *
prepare(RollTracker *tracker, RollTracked *sensor, RollRecordingRow *row, RollPerson *ret_person,
	GError **error)
{
	if (!roll_tracker_choose_person(tracker, row, error) ||
	    !roll_tracker_find_person(tracker->store, tracker->config, row, ret_person, error) ||
	    !roll_tracker_read_amendments(tracker, sensor, error))
		return NULL;
	return roll_tracker_read_past(tracker->store, ret_person->name, row, FALSE, error);
}

/* A new recording, for a value that no open one takes. */
static RollRecording *
begin_after(RollTracker *tracker, RollTracked *sensor, RollRecording *previous, gint64 arrival_us,
	    GError **error)
{
	gint64 last_recording = 0, last_session = 0;
	RollRecordingRow row = {
		.id = G_MAXINT64, /* after all that there are */
		.sensor = sensor->row.id,
		.is_open = TRUE,
		.first_us = arrival_us,
		.last_us = arrival_us,
	};
	const RollBriefing of_nobody = {tracker->config, roll_config_get_person(tracker->config),
					NULL};
	Carrying carrying = {tracker, sensor, NULL};
	RollPerson person;
	g_autoptr(RollReading) again = NULL;
	g_autoptr(GArray) past = NULL;

	/* What may fail comes first. */
	if (previous && !previous->reading) {
		/* Without history, whoever it was: where contact was is carried by nobody. */
		again = roll_tracker_read(tracker->store, &of_nobody, sensor->row.address,
					  &previous->row, error);
		if (!again)
			return NULL;
	}
	past = prepare(tracker, sensor, &row, &person, error);
	if (!past)
		return NULL;
	end_those_over(tracker, sensor, arrival_us);
	roll_tracker_find_last_numbers(tracker, &last_recording, &last_session);
	row.id = last_recording + 1;
	carrying.recording = begin(tracker, sensor, &row, &person, past);
	if (previous)
		roll_reading_each_carried(again ? again : previous->reading, arrival_us, carry,
					  &carrying);
	return carrying.recording;
}

RollRecording *
roll_tracker_place(RollTracker *tracker, RollTracked *sensor, gint64 arrival_us, GError **error)
{
	for (guint i = sensor->open->len; i > 0; i--) {
		RollRecording *recording = sensor->open->pdata[i - 1];

		if (recording->row.first_us <= arrival_us &&
		    !roll_recording_is_over(recording, arrival_us)) {
			end_those_over(tracker, sensor, arrival_us);
			return recording;
		}
	}
	return begin_after(tracker, sensor, find_previous(sensor, arrival_us), arrival_us, error);
}
