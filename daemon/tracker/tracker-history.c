/* SPDX-License-Identifier: MIT
 *
 * What earlier sessions tell a recording. A session counts if its recording was closed when the other one began: that
 * is, if it was begun first and for earlier values, since whichever began so and is still open then takes the value or
 * is over for it. So numbers and times of beginning tell, which never change, and not what happens to be closed or
 * written when it is asked: a recording is given the same history when it begins and whenever it is read again.
 *
 * What was replayed into the past of a recording only later has a higher number: --rebuild, which goes by
 * time alone, lets it count. A session that was deleted teaches nothing from then on, one that was given to somebody else
 * nothing before --rebuild has told it by that person's spine.
 */
#include "daemon/tracker/tracker-parts.h"

GArray *
roll_tracker_read_past(RollStore *store, const char *person, const RollRecordingRow *row,
		       gboolean has_open, GError **error)
{
	const RollPastWanted wanted = {
		.sensor = row->sensor,
		.person = person,
		.recording = row->id,
		.first_us = row->first_us,
		.has_open = has_open,
	};
	g_autoptr(GArray) past = g_array_new(FALSE, FALSE, sizeof(RollPastSession));

	if (!roll_store_get_past(store, &wanted, past, error))
		return NULL;
	return g_steal_pointer(&past);
}

/* As the statement for those that are written has it. */
static gboolean
is_of(const RollRecording *recording, const char *person)
{
	const char *told = roll_reading_get_person(recording->reading).name;

	return !recording->row.is_deleted && g_str_equal(told, person) &&
	       (!recording->row.amended || g_str_equal(recording->row.amended, told));
}

static void
add_waiting(RollRecording *recording, const RollPastWanted *wanted, GArray *past)
{
	RollSessionRows rows;
	RollPastSession session;

	if (!is_of(recording, wanted->person) || recording->row.first_us >= wanted->first_us ||
	    recording->row.id >= wanted->recording ||
	    !roll_reading_foresee(recording->reading, &rows) ||
	    !roll_past_session_take(&rows, wanted, &session))
		return;
	session.recording = recording->row.id;
	session.first_us = recording->row.first_us;
	g_array_append_val(past, session);
}

void
roll_tracker_add_waiting_past(const RollTracked *sensor, const char *person,
			      const RollRecordingRow *row, GArray *past)
{
	const RollPastWanted wanted = {
		.person = person, .recording = row->id, .first_us = row->first_us};

	for (guint i = 0; i < sensor->recordings->len; i++) {
		RollRecording *recording = sensor->recordings->pdata[i];

		/* What is closed and written has no reading any more: the database told of it. */
		if (!recording->row.is_open && recording->reading)
			add_waiting(recording, &wanted, past);
	}
}

static gint
compare_sessions(gconstpointer one, gconstpointer other)
{
	const RollPastSession *a = one, *b = other;

	if (a->first_us != b->first_us)
		return a->first_us < b->first_us ? -1 : 1;
	return (a->recording > b->recording) - (a->recording < b->recording);
}

void
roll_tracker_learn(GArray *past, RollHistory *ret_history)
{
	guint n = MIN(past->len, ROLL_PAST_MAX);

	g_array_sort(past, compare_sessions);
	roll_force_map_init(&ret_history->map);
	for (guint i = past->len - n; i < past->len; i++)
		roll_force_map_add_past(&ret_history->map,
					g_array_index(past, RollPastSession, i).slices);
	ret_history->n_sessions = n;
}

gboolean
roll_tracker_read_history(RollStore *store, const char *person, const RollRecordingRow *row,
			  gboolean has_open, RollHistory *ret_history, GError **error)
{
	g_autoptr(GArray) past = roll_tracker_read_past(store, person, row, has_open, error);

	if (!past)
		return FALSE;
	roll_tracker_learn(past, ret_history);
	return TRUE;
}
