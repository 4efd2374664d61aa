/* SPDX-License-Identifier: MIT */
#include "daemon/tracker/tracker-parts.h"
#include "daemon/tracker/tracker-person.h"

#include <string.h>

enum { WAITING_MAX_VALUES = 16384 };

/* Gives a sensor its row, with its first value. */
static void
number_sensor(RollTracker *tracker, RollTracked *sensor, gint64 arrival_us)
{
	gint64 last = 0;

	if (sensor->row.id != 0)
		return;
	for (guint i = 0; i < tracker->sensors->len; i++) {
		const RollTracked *other = tracker->sensors->pdata[i];

		last = MAX(last, other->row.id);
	}
	sensor->row.id = last + 1;
	sensor->row.first_us = arrival_us;
	sensor->row.last_us = arrival_us;
}

/* Notes that a new value of both came. */
static void
note_arrival(RollTracked *sensor, RollRecording *recording, gint64 arrival_us)
{
	roll_recording_note_arrival(recording, arrival_us);
	sensor->row.first_us = MIN(sensor->row.first_us, arrival_us);
	sensor->row.last_us = MAX(sensor->row.last_us, arrival_us);
}

static void
set_text(RollTracked *sensor, RollSensorText which, const char *text)
{
	if (g_strcmp0(sensor->row.texts[which], text) == 0)
		return;
	g_free(sensor->row.texts[which]);
	sensor->row.texts[which] = g_strdup(text);
	sensor->is_dirty = TRUE;
}

static void
set_battery(RollTracked *sensor, int battery_pct)
{
	if (sensor->row.battery_pct == battery_pct)
		return;
	sensor->row.battery_pct = battery_pct;
	sensor->is_dirty = TRUE;
}

/* The Device Information Service's strings are UTF-8, some sensors end them with a NUL. */
static void
set_bytes(RollTracked *sensor, RollSensorText which, const RollKept *kept, gboolean is_newest)
{
	if (!is_newest && sensor->row.texts[which])
		return;

	gsize n_chars = 0;

	while (n_chars < kept->n_bytes && kept->bytes[n_chars] != '\0')
		n_chars++;

	g_autofree char *text = g_utf8_make_valid((const char *)kept->bytes, (gssize)n_chars);

	set_text(sensor, which, text);
}

/* What a value says of its sensor. An older one than the newest (a capture replayed later) says nothing new. */
static void
note_about(RollTracked *sensor, const RollKept *kept)
{
	gboolean is_newest = sensor->row.id == 0 || kept->arrival_us >= sensor->row.last_us;

	switch (kept->characteristic->meaning) {
	case ROLL_MEANS_CODEC:
		if (!sensor->row.texts[ROLL_SENSOR_CODEC])
			set_text(sensor, ROLL_SENSOR_CODEC, kept->characteristic->codec->name);
		return;
	case ROLL_MEANS_BATTERY:
		if (kept->n_bytes == 1 && kept->bytes[0] <= 100 &&
		    (is_newest || sensor->row.battery_pct < 0))
			set_battery(sensor, kept->bytes[0]);
		return;
	case ROLL_MEANS_MANUFACTURER:
		set_bytes(sensor, ROLL_SENSOR_MANUFACTURER, kept, is_newest);
		return;
	case ROLL_MEANS_MODEL:
		set_bytes(sensor, ROLL_SENSOR_MODEL, kept, is_newest);
		return;
	case ROLL_MEANS_FIRMWARE:
		set_bytes(sensor, ROLL_SENSOR_FIRMWARE, kept, is_newest);
		return;
	case ROLL_MEANS_MARK:
	case ROLL_MEANS_NOTHING:
		return;
	}
}

/* A value that is kept in holder: what this run began for values before it may be past now. */
static void
pass_over(RollTracker *tracker, RollTracked *sensor, RollRecording *holder, gint64 arrival_us)
{
	RollRecording *current = sensor->current;

	if (current && current != holder && current->row.is_open &&
	    roll_recording_is_over(current, arrival_us))
		roll_tracker_end(tracker, sensor, current);
	sensor->current = holder;
	tracker->n_known++;
}

/* A sensor that is switched on begins a recording, but whoever says only then who rolls has rolled nothing yet: so the
 * choice is looked at once more where the session begins. TRUE: the recording was read anew, as that person's. */
static gboolean
choose_again(RollTracker *tracker, RollTracked *sensor, RollRecording *recording)
{
	RollPerson before = roll_reading_get_person(recording->reading), chosen;
	RollReading *reading = NULL;

	if (!tracker->is_live || recording->row.session != 0 ||
	    !roll_reading_get_summary(recording->reading)->has_begun ||
	    !roll_tracker_choose_person(tracker, &recording->row, NULL) ||
	    !roll_tracker_find_person(tracker->store, tracker->config, &recording->row, &chosen,
				      NULL))
		return FALSE;
	if (g_str_equal(chosen.name, before.name) && chosen.spine_m == before.spine_m &&
	    chosen.is_guess == before.is_guess)
		return FALSE;
	/* Where the database takes nothing now, which is told, it goes on as it began. */
	if (roll_tracker_commit(tracker, NULL))
		reading = roll_tracker_read_open(tracker, tracker->config, sensor, recording, NULL);
	if (!reading)
		return FALSE;
	roll_tracker_take_reading(recording, reading);
	return TRUE;
}

static void
keep_pace(RollTracked *sensor, const RollReading *reading)
{
	RollPulse pulse = roll_reading_get_pulse(reading);

	roll_pace_feed(&sensor->figures.pace, &pulse);
}

/* What is missing then was not lost beside others that came, as by a bad radio: nobody listened. */
static gboolean
ends_silence(const RollTracked *sensor, const RollKept *kept)
{
	const RollPace *pace = &sensor->figures.pace;

	return !pace->has_begun || kept->arrival_us - pace->last.arrival_us >= ROLL_PACE_SILENCE_US;
}

/* Feeds a value that was kept just now. */
static void
interpret(RollTracker *tracker, RollTracked *sensor, RollRecording *recording, const RollKept *kept)
{
	RollReading *reading = recording->reading;
	guint lost_before = roll_reading_get_summary(reading)->n_lost_packets;
	gboolean was_silent = ends_silence(sensor, kept);
	guint n_events = 0;

	(void)roll_reading_get_events(reading, &n_events); /* only how many */
	switch (roll_reading_take(reading, kept)) {
	case ROLL_READ_REFUSED:
		tracker->n_refused++;
		sensor->figures.refused_values++;
		break;
	case ROLL_READ_SAMPLES:
		keep_pace(sensor, reading);
		break;
	case ROLL_READ_NOTHING:
		break;
	}

	if (choose_again(tracker, sensor, recording)) {
		reading = recording->reading;
		n_events = 0;
	}

	guint lost_after = roll_reading_get_summary(reading)->n_lost_packets;
	gint64 sample_us = roll_reading_get_sample_us(reading);

	/* Another core, after a feature, counts from 0. */
	if (lost_after > lost_before) {
		sensor->figures.lost_packets += lost_after - lost_before;
		sensor->figures.away_packets += was_silent ? lost_after - lost_before : 0;
	}
	if (sample_us != 0)
		sensor->figures.last_sample_us = sample_us;
	sensor->figures.has_newtons = roll_reading_get_summary(reading)->has_newtons;
	if (roll_tracker_number_session(tracker, recording)) {
		roll_tracker_tell_session(tracker, sensor);
		roll_tracker_watch(tracker);
	}
	roll_tracker_tell_events(tracker, sensor, recording, n_events);
}

static gboolean
check_room(RollTracker *tracker, GError **error)
{
	if (roll_value_log_get_size(&tracker->waiting) < ROLL_WAITING_MAX_BYTES)
		return TRUE;
	/* A live stream cannot wait, a replay can. */
	if (!tracker->is_live && roll_tracker_commit(tracker, NULL))
		return TRUE;
	tracker->n_refused++;
	g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FULL,
		    "cannot keep a value: 16 MiB of values wait already for the database %s",
		    roll_store_get_path(tracker->store));
	roll_tracker_tell_trouble(
		tracker, "16 MiB of values wait for the database: further values are lost");
	return FALSE;
}

/* The database cannot be asked where a value belongs: it is refused rather than kept twice. */
static gboolean
fail_to_read(RollTracker *tracker, GError **error)
{
	tracker->n_refused++;
	if (!tracker->trouble)
		roll_tracker_tell_trouble(tracker, (*error)->message);
	return FALSE;
}

static gboolean
take_kept(RollTracker *tracker, RollTracked *sensor, const RollKept *kept, GError **error)
{
	RollRecording *recording = NULL;

	if (!roll_tracker_find_known(tracker, sensor, kept, &recording, error))
		return fail_to_read(tracker, error);
	note_about(sensor, kept);
	if (recording) {
		pass_over(tracker, sensor, recording, kept->arrival_us);
		return TRUE;
	}
	if (!check_room(tracker, error))
		return FALSE;
	number_sensor(tracker, sensor, kept->arrival_us);
	recording = roll_tracker_place(tracker, sensor, kept->arrival_us, error);
	if (!recording)
		return fail_to_read(tracker, error);
	note_arrival(sensor, recording, kept->arrival_us);
	roll_tracker_add(tracker, sensor, recording, kept);
	sensor->current = recording;
	tracker->n_taken++;
	interpret(tracker, sensor, recording, kept);
	return TRUE;
}

gboolean
roll_tracker_take(RollTracker *tracker, const RollValue *value, GError **error)
{
	const RollKept kept = {
		.characteristic = roll_store_get_characteristic(tracker->store, value->uuid),
		.arrival_us = value->arrival_us,
		.bytes = value->bytes,
		.n_bytes = value->n_bytes,
	};

	if (!tracker->is_recovered && !roll_tracker_recover(tracker, 0, error))
		return FALSE;
	tracker->last = roll_tracker_get(tracker, value->address);

	g_autoptr(GError) cause = NULL;
	gboolean is_taken = take_kept(tracker, tracker->last, &kept, &cause);

	roll_tracker_sweep(tracker);
	if (!is_taken)
		g_propagate_error(error, g_steal_pointer(&cause));
	/* In trouble only the timer tries again: each attempt may take a second. */
	if (is_taken && tracker->n_waiting >= WAITING_MAX_VALUES && !tracker->trouble)
		(void)roll_tracker_commit(tracker, NULL); /* the listener is told of a failure */
	roll_tracker_schedule(tracker);
	return is_taken;
}

void
roll_tracker_take_status(RollTracker *tracker, const RollSensorStatus *status)
{
	RollTracked *sensor = roll_tracker_get(tracker, status->address);

	if (status->name)
		set_text(sensor, ROLL_SENSOR_NAME, status->name);
	if (status->codec)
		set_text(sensor, ROLL_SENSOR_CODEC, status->codec);
	if (status->battery_pct >= 0)
		set_battery(sensor, status->battery_pct);
	roll_tracker_schedule(tracker);
}

static RollRecording *
find_open_session(const RollTracked *sensor)
{
	for (guint i = sensor->open->len; i > 0; i--) {
		RollRecording *recording = sensor->open->pdata[i - 1];

		if (recording->row.session != 0)
			return recording;
	}
	return NULL;
}

gboolean
roll_tracker_mark(RollTracker *tracker, const char *address, gint64 now_us, GError **error)
{
	RollTracked *sensor = roll_tracker_find(tracker, address);
	RollRecording *recording = sensor ? find_open_session(sensor) : NULL;
	RollKept kept = {
		.characteristic = roll_store_get_characteristic(tracker->store, ROLL_UUID_MARK),
		.arrival_us = now_us,
	};

	if (!recording) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
			    "cannot set a mark: sensor %s has no open session", address);
		return FALSE;
	}
	if (!check_room(tracker, error))
		return FALSE;
	/* Where the clock was set back meanwhile, the recording still begins where it began: its history hangs on it. */
	kept.arrival_us = MAX(now_us, recording->row.first_us);
	note_arrival(sensor, recording, kept.arrival_us);
	roll_tracker_add(tracker, sensor, recording, &kept);
	interpret(tracker, sensor, recording, &kept);
	roll_tracker_schedule(tracker);
	return TRUE;
}

RollTrackerSensor
roll_tracker_get_sensor(const RollTracker *tracker, const char *address)
{
	const RollTracked *sensor = roll_tracker_find(tracker, address);

	return sensor ? sensor->figures : (RollTrackerSensor){0};
}

gboolean
roll_tracker_get_moment(const RollTracker *tracker, const char *address, RollMoment *ret_moment)
{
	const RollTracked *sensor = roll_tracker_find(tracker, address);
	const RollRecording *newest = NULL;

	if (!sensor)
		return FALSE;
	if (sensor->current && sensor->current->row.is_open)
		newest = sensor->current;
	else if (sensor->open->len > 0)
		newest = sensor->open->pdata[sensor->open->len - 1];
	if (!newest)
		return FALSE;
	*ret_moment = roll_reading_get_moment(newest->reading);
	return TRUE;
}

void
roll_tracker_get_counts(const RollTracker *tracker, guint64 *ret_taken, guint64 *ret_known,
			guint64 *ret_refused)
{
	*ret_taken = tracker->n_taken;
	*ret_known = tracker->n_known;
	*ret_refused = tracker->n_refused;
}
