/* SPDX-License-Identifier: MIT
 *
 * Sessions and their parts: what was derived. Metres become centimetres here.
 */
#include "daemon/store/store-session.h"
#include "daemon/store/store-parts.h"

#define CM_PER_M 100.0

static RollCell
in_cm(double length_m)
{
	return roll_cell_real(length_m * CM_PER_M);
}

/* NULL where nothing is known. */
static RollCell
uncertainty_in_cm(double uncertainty_m)
{
	return in_cm(isfinite(uncertainty_m) ? uncertainty_m : NAN);
}

static gboolean
find_spine(RollStore *store, double length_cm, gboolean is_guess, gint64 *ret_spine, GError **error)
{
	const RollCell cells[] = {roll_cell_real(length_cm), roll_cell_integer(is_guess)};
	gboolean has_row = FALSE;
	sqlite3_stmt *statement =
		roll_store_bind(store, ROLL_SQL_GET_SPINE, cells, G_N_ELEMENTS(cells), error);

	if (!statement || !roll_store_step(store, statement, &has_row, error))
		return FALSE;
	*ret_spine = has_row ? sqlite3_column_int64(statement, 0) : 0;
	sqlite3_reset(statement);
	return TRUE;
}

gboolean
roll_store_put_spine(RollStore *store, double length_m, gboolean is_guess, gint64 *ret_spine,
		     GError **error)
{
	double length_cm = length_m * CM_PER_M;
	gint64 spine = 0;

	if (!find_spine(store, length_cm, is_guess != FALSE, &spine, error))
		return FALSE;
	if (spine != 0) {
		*ret_spine = spine;
		return TRUE;
	}
	if (!ROLL_STORE_RUN(store, ROLL_SQL_PUT_SPINE, error, roll_cell_real(length_cm),
			    roll_cell_integer(is_guess != FALSE)))
		return FALSE;
	spine = sqlite3_last_insert_rowid(store->db);
	for (unsigned level = 0; level < ROLL_LEVELS; level++) {
		if (!ROLL_STORE_RUN(store, ROLL_SQL_PUT_LEVEL, error, roll_cell_integer(spine),
				    roll_cell_integer(level),
				    roll_cell_text(roll_spine_get_level_name(level)),
				    in_cm(roll_spine_get_boundary_m(level, length_m)),
				    in_cm(roll_spine_get_boundary_m(level + 1, length_m))))
			return FALSE;
	}
	*ret_spine = spine;
	return TRUE;
}

static gboolean
put_row(RollStore *store, const RollSessionRows *rows, GError **error)
{
	const RollSummary *summary = rows->summary;
	double side_s[ROLL_SIDES];

	for (guint i = 0; i < ROLL_SIDES; i++)
		side_s[i] = summary->has_sides ? summary->side_s[i] : NAN;
	return ROLL_STORE_RUN(
		store, ROLL_SQL_PUT_SESSION, error, roll_cell_integer(rows->session),
		roll_cell_integer(rows->recording), roll_cell_integer(rows->sensor),
		roll_cell_text(rows->person),
		roll_cell_text(rows->settings->is_bar ? "bar" : "roller"),
		roll_cell_integer(rows->spine), roll_cell_integer(ROLL_TRACK_VERSION),
		roll_cell_text(rows->settings_text), roll_cell_integer(summary->start_us),
		roll_cell_integer(summary->end_us), roll_cell_real(summary->loaded_s),
		roll_cell_real(summary->lost_s), roll_cell_integer(summary->n_lost_packets),
		roll_cell_integer(summary->n_restarts), roll_cell_integer(rows->refused),
		roll_cell_integer(summary->n_passes), roll_cell_integer(summary->n_holds),
		roll_cell_integer(summary->has_force), roll_cell_integer(summary->has_newtons),
		roll_cell_real(side_s[ROLL_SIDE_LEFT]), roll_cell_real(side_s[ROLL_SIDE_CENTRE]),
		roll_cell_real(side_s[ROLL_SIDE_RIGHT]), roll_cell_real(summary->unsure_s),
		roll_cell_real(summary->unplaced_s));
}

static gboolean
put_event(RollStore *store, gint64 session, guint n, const RollEvent *event, GError **error)
{
	RollCell of = roll_cell_integer(session), number = roll_cell_integer(n);
	RollCell start = roll_cell_integer(event->start_us), end = roll_cell_integer(event->end_us);
	RollCell from = in_cm(event->from_m), to = in_cm(event->to_m);
	RollCell mean = roll_cell_real(event->mean_force), peak = roll_cell_real(event->peak_force);
	RollCell cut = roll_cell_integer(event->is_cut);
	RollCell uncertainty = uncertainty_in_cm(event->uncertainty_m);

	switch (event->kind) {
	case ROLL_EVENT_PASS:
		return ROLL_STORE_RUN(store, ROLL_SQL_PUT_PASS, error, of, number, start, end, from,
				      to, mean, peak, cut, uncertainty);
	case ROLL_EVENT_HOLD:
		return ROLL_STORE_RUN(store, ROLL_SQL_PUT_HOLD, error, of, number, start, end, from,
				      mean, peak, cut, uncertainty);
	case ROLL_EVENT_GAP:
		return ROLL_STORE_RUN(store, ROLL_SQL_PUT_GAP, error, of, number, start, end);
	case ROLL_EVENT_MARK:
		return ROLL_STORE_RUN(store, ROLL_SQL_PUT_MARK, error, of, number, start, from,
				      uncertainty);
	}
	g_assert_not_reached();
}

static const RollSql cuts[] = {
	[ROLL_EVENT_PASS] = ROLL_SQL_CUT_PASSES,
	[ROLL_EVENT_HOLD] = ROLL_SQL_CUT_HOLDS,
	[ROLL_EVENT_GAP] = ROLL_SQL_CUT_GAPS,
	[ROLL_EVENT_MARK] = ROLL_SQL_CUT_MARKS,
};

static gboolean
put_events(RollStore *store, const RollSessionRows *rows, GError **error)
{
	guint n[G_N_ELEMENTS(cuts)];

	for (guint kind = 0; kind < G_N_ELEMENTS(cuts); kind++) {
		n[kind] = rows->first_n[kind];
		if (!ROLL_STORE_RUN(store, cuts[kind], error, roll_cell_integer(rows->session),
				    roll_cell_integer(n[kind])))
			return FALSE;
	}
	for (guint i = 0; i < rows->n_events; i++) {
		const RollEvent *event = &rows->events[i];

		if (!put_event(store, rows->session, n[event->kind]++, event, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
put_zones(RollStore *store, const RollSessionRows *rows, GError **error)
{
	gboolean has_force = rows->summary->has_force;

	if (!ROLL_STORE_RUN(store, ROLL_SQL_DELETE_ZONES, error, roll_cell_integer(rows->session)))
		return FALSE;
	for (guint i = 0; i < rows->settings->n_zones; i++) {
		const RollZone *zone = &rows->settings->zones[i];
		const RollSum *sum = &rows->summary->zones[i];

		if (!ROLL_STORE_RUN(store, ROLL_SQL_PUT_ZONE, error,
				    roll_cell_integer(rows->session), roll_cell_integer(i),
				    roll_cell_text(zone->name), in_cm(zone->from_m),
				    in_cm(zone->to_m), roll_cell_real(sum->loaded_s),
				    roll_cell_real(has_force ? sum->force_s : NAN),
				    roll_cell_real(has_force ? sum->peak_force : NAN)))
			return FALSE;
	}
	return TRUE;
}

static gboolean
put_slices(RollStore *store, const RollSessionRows *rows, GError **error)
{
	gboolean has_force = rows->summary->has_force;

	if (!ROLL_STORE_RUN(store, ROLL_SQL_DELETE_SLICES, error, roll_cell_integer(rows->session)))
		return FALSE;
	for (guint i = 0; i < ROLL_SLICES_MAX; i++) {
		const RollSum *sum = &rows->summary->slices[i];

		if (sum->loaded_s <= 0)
			continue;
		if (!ROLL_STORE_RUN(store, ROLL_SQL_PUT_SLICE, error,
				    roll_cell_integer(rows->session), roll_cell_integer(i),
				    in_cm(ROLL_SLICE_FIRST_M + (i + 0.5) * ROLL_SLICE_M),
				    roll_cell_real(sum->loaded_s),
				    roll_cell_real(has_force ? sum->force_s : NAN),
				    roll_cell_real(has_force ? sum->peak_force : NAN),
				    roll_cell_real(sum->moving_s), in_cm(sum->travel_m)))
			return FALSE;
	}
	return TRUE;
}

gboolean
roll_store_put_session(RollStore *store, const RollSessionRows *rows, GError **error)
{
	return put_row(store, rows, error) && put_events(store, rows, error) &&
	       put_zones(store, rows, error) && put_slices(store, rows, error);
}

gboolean
roll_store_delete_session(RollStore *store, gint64 session, GError **error)
{
	RollCell of = roll_cell_integer(session);

	for (guint kind = 0; kind < G_N_ELEMENTS(cuts); kind++) {
		if (!ROLL_STORE_RUN(store, cuts[kind], error, of, roll_cell_integer(0)))
			return FALSE;
	}
	return ROLL_STORE_RUN(store, ROLL_SQL_DELETE_ZONES, error, of) &&
	       ROLL_STORE_RUN(store, ROLL_SQL_DELETE_SLICES, error, of) &&
	       ROLL_STORE_RUN(store, ROLL_SQL_DELETE_SESSION, error, of);
}
