/* SPDX-License-Identifier: MIT
 *
 * A capture may be replayed again, or replayed on after a kill: a value is known if a recording of
 * its sensor holds one of the same arrival, characteristic and bytes. Values newer than all before, the
 * only ones that a live stream has, need no look.
 */
#include "daemon/tracker/tracker-parts.h"

/* Closed recordings whose values are held in memory at a time. */
enum { SEARCHED_MAX = 8 };

typedef struct {
	RollValueSet *set;
	gint64 n_carried; /* these came before: they belong to another recording */
} Gathering;

static void
gather(gpointer user, gint64 n, const RollKept *kept)
{
	Gathering *gathering = user;

	if (n >= gathering->n_carried)
		roll_value_set_add(gathering->set, kept);
}

static void
drop_known(gpointer data, gpointer user)
{
	RollRecording *recording = data;

	(void)user; /* GFunc's */
	g_clear_pointer(&recording->known, roll_value_set_free);
}

static gboolean
load_known(RollTracker *tracker, RollTracked *sensor, RollRecording *recording, GError **error)
{
	RollRecordingRow stored = recording->row;
	Gathering gathering = {roll_value_set_new(), recording->row.n_carried};
	RollLogged value;
	gsize position = 0;

	stored.n_values = recording->n_stored;
	if (stored.n_values > 0 &&
	    !roll_store_each_value(tracker->store, &stored, gather, &gathering, error)) {
		roll_value_set_free(gathering.set);
		return FALSE;
	}
	while (roll_value_log_next(&tracker->waiting, &position, &value)) {
		if (value.owner == recording)
			gather(&gathering, value.n, &value.kept);
	}
	if (!recording->row.is_open) {
		if (sensor->searched->len == SEARCHED_MAX) {
			g_ptr_array_foreach(sensor->searched, drop_known, NULL);
			g_ptr_array_set_size(sensor->searched, 0);
		}
		g_ptr_array_add(sensor->searched, recording);
	}
	recording->known = gathering.set;
	return TRUE;
}

static gboolean
look_in(RollTracker *tracker, RollTracked *sensor, RollRecording *recording, const RollKept *kept,
	gboolean *ret_has, GError **error)
{
	*ret_has = FALSE;
	if (!roll_recording_covers(recording, kept->arrival_us))
		return TRUE;
	if (!recording->known && !load_known(tracker, sensor, recording, error))
		return FALSE;
	*ret_has = roll_value_set_has(recording->known, kept);
	return TRUE;
}

gboolean
roll_tracker_find_known(RollTracker *tracker, RollTracked *sensor, const RollKept *kept,
			RollRecording **ret_holder, GError **error)
{
	gboolean has = FALSE;

	*ret_holder = NULL;
	if (kept->arrival_us > sensor->row.last_us)
		return TRUE;
	/* Mostly it is where the one before was. */
	if (sensor->current && !look_in(tracker, sensor, sensor->current, kept, &has, error))
		return FALSE;
	if (has) {
		*ret_holder = sensor->current;
		return TRUE;
	}
	for (guint i = 0; i < sensor->recordings->len; i++) {
		RollRecording *recording = sensor->recordings->pdata[i];

		if (!look_in(tracker, sensor, recording, kept, &has, error))
			return FALSE;
		if (has) {
			*ret_holder = recording;
			return TRUE;
		}
	}
	return TRUE;
}
