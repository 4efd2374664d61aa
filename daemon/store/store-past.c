/* SPDX-License-Identifier: MIT
 *
 * What earlier sessions left behind. Centimetres become metres here; and since a session that waits to be written must
 * tell the same as one that was read, its lengths go the same way, there and back.
 */
#include "daemon/store/store-parts.h"
#include "daemon/store/store-session.h"

#include <string.h>

#define CM_PER_M 100.0

/* A session that was told where it does not know, by a larger share than this, teaches nothing. */
#define UNSURE_SHARE_MOST 0.2

/* The first version of the estimator that tells how sure it is. */
enum { ALGORITHM_LEAST = 2 };

static void
take_slice(RollPastSession *past, sqlite3_stmt *statement)
{
	gint64 n = sqlite3_column_int64(statement, 2);

	/* A session without slices has one row without any. */
	if (sqlite3_column_type(statement, 2) == SQLITE_NULL || n < 0 || n >= ROLL_SLICES_MAX)
		return;
	past->slices[n] = (RollSum){
		.loaded_s = sqlite3_column_double(statement, 3),
		.force_s = sqlite3_column_double(statement, 4),
		.peak_force = sqlite3_column_double(statement, 5),
		.moving_s = sqlite3_column_double(statement, 6),
		.travel_m = sqlite3_column_double(statement, 7) / CM_PER_M,
	};
}

/* The session of the statement's row: the last one, or a new one. */
static RollPastSession *
get_session(GArray *past, guint n_before, sqlite3_stmt *statement)
{
	gint64 recording = sqlite3_column_int64(statement, 0);

	if (past->len == n_before ||
	    g_array_index(past, RollPastSession, past->len - 1).recording != recording) {
		g_array_set_size(past, past->len + 1);

		RollPastSession *added = &g_array_index(past, RollPastSession, past->len - 1);

		memset(added, 0, sizeof *added);
		added->recording = recording;
		added->first_us = sqlite3_column_int64(statement, 1);
	}
	return &g_array_index(past, RollPastSession, past->len - 1);
}

gboolean
roll_store_get_past(RollStore *store, const RollPastWanted *wanted, GArray *past, GError **error)
{
	const RollCell cells[] = {
		roll_cell_integer(wanted->sensor),    roll_cell_integer(wanted->first_us),
		roll_cell_integer(wanted->recording), roll_cell_text(wanted->person),
		roll_cell_integer(ALGORITHM_LEAST),   roll_cell_real(UNSURE_SHARE_MOST),
		roll_cell_integer(ROLL_PAST_MAX),     roll_cell_integer(wanted->has_open != FALSE),
	};
	guint n_before = past->len;
	gboolean has_row = FALSE;
	sqlite3_stmt *statement =
		roll_store_bind(store, ROLL_SQL_GET_PAST, cells, G_N_ELEMENTS(cells), error);

	if (!statement || !roll_store_step(store, statement, &has_row, error))
		return FALSE;
	while (has_row) {
		take_slice(get_session(past, n_before, statement), statement);
		if (!roll_store_step(store, statement, &has_row, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
roll_past_session_take(const RollSessionRows *rows, const RollPastWanted *wanted,
		       RollPastSession *ret_past)
{
	const RollSummary *summary = rows->summary;

	if (rows->settings->is_bar || !summary->has_force || summary->end_us >= wanted->first_us ||
	    summary->unsure_s > UNSURE_SHARE_MOST * summary->loaded_s)
		return FALSE;
	memset(ret_past, 0, sizeof *ret_past);
	for (guint i = 0; i < ROLL_SLICES_MAX; i++) {
		if (summary->slices[i].loaded_s <= 0)
			continue;
		ret_past->slices[i] = summary->slices[i];
		ret_past->slices[i].travel_m = summary->slices[i].travel_m * CM_PER_M / CM_PER_M;
	}
	return TRUE;
}
