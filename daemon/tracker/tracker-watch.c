/* SPDX-License-Identifier: MIT
 *
 * The end of sessions that nobody's next value ends: by a timer, in a live run.
 */
#include "daemon/tracker/tracker-parts.h"

/* A value that is on its way when the gap has passed may still belong to the session. */
#define LATE_US (2 * G_USEC_PER_SEC)

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
