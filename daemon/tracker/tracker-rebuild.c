/* SPDX-License-Identifier: MIT
 *
 * All sessions anew from their values, in one transaction.
 */
#include "daemon/tracker/tracker-parts.h"
#include "daemon/tracker/tracker-person.h"

typedef struct {
	RollStore *store;
	const RollConfig *config;
	GHashTable *addresses; /* id of a sensor -> its address */
	GArray *recordings;    /* of RollRecordingRow */
	gint64 last_session;
	guint n_sessions;
} Rebuild;

static void
clear_rebuild(Rebuild *rebuild)
{
	g_hash_table_unref(rebuild->addresses);
	g_array_unref(rebuild->recordings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rebuild, clear_rebuild)

static void
note_sensor(gpointer user, const RollSensorRow *row)
{
	Rebuild *rebuild = user;
	gint64 *id = g_new(gint64, 1);

	*id = row->id;
	g_hash_table_insert(rebuild->addresses, id, g_strdup(row->address));
}

static void
note_recording(gpointer user, const RollRecordingRow *row)
{
	Rebuild *rebuild = user;

	g_array_append_val(rebuild->recordings, *row);
	rebuild->last_session = MAX(rebuild->last_session, row->session);
}

/* In order of time, so that each is told of what was rebuilt before it. */
static gint
compare_recordings(gconstpointer one, gconstpointer other)
{
	const RollRecordingRow *a = one, *b = other;

	if (a->first_us != b->first_us)
		return a->first_us < b->first_us ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static RollReading *
read_recording(const Rebuild *rebuild, const RollRecordingRow *row, const char *address,
	       GError **error)
{
	RollRecordingRow last = *row;
	RollHistory history;
	RollBriefing briefing = {.config = rebuild->config, .history = &history};

	/* By time alone: what was replayed into its past only later counts, too, and its end, which nothing closed. */
	last.id = G_MAXINT64;
	if (!roll_tracker_find_person(rebuild->store, rebuild->config, row, &briefing.person,
				      error) ||
	    !roll_tracker_read_history(rebuild->store, briefing.person.name, &last, TRUE, &history,
				       error))
		return NULL;
	return roll_tracker_read(rebuild->store, &briefing, address, row, error);
}

static gboolean
rebuild_recording(Rebuild *rebuild, const RollRecordingRow *row, GError **error)
{
	const char *address = g_hash_table_lookup(rebuild->addresses, &row->sensor);
	g_autoptr(RollReading) reading = read_recording(rebuild, row, address, error);

	if (!reading)
		return FALSE;

	RollPerson person = roll_reading_get_person(reading);
	RollSessionRows rows = {
		.session = row->session,
		.recording = row->id,
		.sensor = row->sensor,
		.person = person.name,
	};

	if (!roll_reading_foresee(reading, &rows))
		return row->session == 0 ||
		       roll_store_delete_session(rebuild->store, row->session, error);
	if (rows.session == 0)
		rows.session = ++rebuild->last_session;
	rebuild->n_sessions++;
	return roll_store_put_spine(rebuild->store, person.spine_m, person.is_guess, &rows.spine,
				    error) &&
	       roll_store_put_session(rebuild->store, &rows, error);
}

gboolean
roll_tracker_rebuild(RollStore *store, const RollConfig *config,
		     gboolean (*progress)(void *user, guint done, guint all), void *user,
		     guint *ret_sessions, GError **error)
{
	g_auto(Rebuild) rebuild = {
		.store = store,
		.config = config,
		.addresses = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free),
		.recordings = g_array_new(FALSE, FALSE, sizeof(RollRecordingRow)),
	};
	gboolean is_well = roll_store_begin(store, error) &&
			   roll_store_each_sensor(store, note_sensor, &rebuild, error) &&
			   roll_store_each_recording(store, note_recording, &rebuild, error);
	guint n_recordings = rebuild.recordings->len;

	g_array_sort(rebuild.recordings, compare_recordings);
	for (guint i = 0; is_well && i < n_recordings; i++) {
		is_well = rebuild_recording(
			&rebuild, &g_array_index(rebuild.recordings, RollRecordingRow, i), error);
		if (is_well && progress && !progress(user, i + 1, n_recordings)) {
			g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
					    "the rebuild was interrupted: nothing was changed");
			is_well = FALSE;
		}
	}
	if (!is_well || !roll_store_commit(store, error)) {
		roll_store_roll_back(store);
		return FALSE;
	}
	*ret_sessions = rebuild.n_sessions;
	return TRUE;
}
