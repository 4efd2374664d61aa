/* SPDX-License-Identifier: MIT */
#include "daemon/tracker/recording.h"

RollRecording *
roll_recording_new(const RollRecordingRow *row)
{
	RollRecording *recording = g_new0(RollRecording, 1);

	recording->row = *row;
	recording->n_before = row->n_values;
	recording->n_stored = row->n_values;
	recording->is_stored = row->n_values > 0;
	return recording;
}

void
roll_recording_free(RollRecording *recording)
{
	if (!recording)
		return;
	roll_reading_free(recording->reading);
	roll_value_set_free(recording->known);
	g_free(recording);
}

gboolean
roll_recording_covers(const RollRecording *recording, gint64 arrival_us)
{
	return arrival_us >= recording->row.first_us && arrival_us <= recording->row.last_us;
}

gint64
roll_recording_get_busy_us(const RollRecording *recording)
{
	gint64 loaded_us = roll_reading_get_loaded_us(recording->reading);

	return loaded_us != 0 ? loaded_us : recording->row.first_us;
}

gboolean
roll_recording_is_over(const RollRecording *recording, gint64 arrival_us)
{
	return arrival_us - roll_recording_get_busy_us(recording) >
	       roll_reading_get_gap_us(recording->reading);
}

void
roll_recording_note_arrival(RollRecording *recording, gint64 arrival_us)
{
	recording->row.first_us = MIN(recording->row.first_us, arrival_us);
	recording->row.last_us = MAX(recording->row.last_us, arrival_us);
}
