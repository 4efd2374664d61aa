/* SPDX-License-Identifier: MIT */
#include "cli/carry/fit-laps.h"

#define LEAST_US (30 * G_USEC_PER_SEC)

static gint
compare_stretches(gconstpointer one, gconstpointer other)
{
	const RollstatStretch *a = one, *b = other;
	return a->start_us < b->start_us ? -1 : a->start_us > b->start_us;
}

GArray *
rollstat_fit_gather(const RollstatHistory *history, const RollstatSession *session)
{
	GArray *stretches = g_array_new(FALSE, FALSE, sizeof(RollstatStretch));
	for (guint i = 0; i < session->pass_rows.n; i++) {
		const RollstatPass *pass =
			&g_array_index(history->passes, RollstatPass, session->pass_rows.first + i);
		double middle_cm = (pass->from_cm + pass->to_cm) / 2;
		RollstatStretch stretch = {
			.start_us = pass->start_us,
			.end_us = pass->end_us,
			.from_cm = pass->from_cm,
			.to_cm = pass->to_cm,
			.mean_n = pass->mean_n,
			.zone = rollstat_history_find_zone(history, session, middle_cm),
		};
		g_array_append_val(stretches, stretch);
	}
	for (guint i = 0; i < session->hold_rows.n; i++) {
		const RollstatHold *hold =
			&g_array_index(history->holds, RollstatHold, session->hold_rows.first + i);
		RollstatStretch stretch = {
			.start_us = hold->start_us,
			.end_us = hold->end_us,
			.from_cm = hold->at_cm,
			.to_cm = hold->at_cm,
			.mean_n = hold->mean_n,
			.is_hold = TRUE,
			.zone = rollstat_history_find_zone(history, session, hold->at_cm),
		};
		g_array_append_val(stretches, stretch);
	}
	g_array_sort(stretches, compare_stretches);
	return stretches;
}

/* A new one wherever the zone is another. */
static GArray *
cut(const RollstatSession *session, const GArray *stretches)
{
	GArray *laps = g_array_new(FALSE, FALSE, sizeof(RollstatLap));
	RollstatLap lap = {.start_us = session->start_us, .end_us = session->end_us};
	for (guint i = 0; i < stretches->len; i++) {
		const RollstatStretch *stretch = &g_array_index(stretches, RollstatStretch, i);
		gboolean is_other = i > 0 && g_strcmp0(stretch->zone, lap.zone) != 0;
		lap.zone = stretch->zone;
		if (!is_other || stretch->start_us <= lap.start_us)
			continue;
		lap.end_us = stretch->start_us;
		g_array_append_val(laps, lap);
		lap.start_us = stretch->start_us;
	}
	lap.end_us = session->end_us;
	g_array_append_val(laps, lap);
	return laps;
}

static gint64
get_us(const GArray *laps, guint i)
{
	const RollstatLap *lap = &g_array_index(laps, RollstatLap, i);
	return lap->end_us - lap->start_us;
}

/* The shortest goes to the shorter of its neighbours, until none is too short. */
static void
merge(GArray *laps)
{
	while (laps->len > 1) {
		guint shortest = 0;
		for (guint i = 1; i < laps->len; i++)
			if (get_us(laps, i) < get_us(laps, shortest))
				shortest = i;
		if (get_us(laps, shortest) >= LEAST_US)
			return;
		gboolean is_last = shortest + 1 == laps->len;
		gboolean is_forward =
			shortest == 0 ||
			(!is_last && get_us(laps, shortest + 1) < get_us(laps, shortest - 1));
		guint first = is_forward ? shortest : shortest - 1;
		g_array_index(laps, RollstatLap, first).end_us =
			g_array_index(laps, RollstatLap, first + 1).end_us;
		g_array_remove_index(laps, first + 1);
	}
}

/* Its zone is that with most time, by the stretches that begin in it. */
static void
describe(RollstatLap *lap, const GArray *stretches, gboolean is_first)
{
	g_autoptr(GHashTable) sums = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	gint64 most_us = -1;
	lap->zone = NULL;
	for (guint i = 0; i < stretches->len; i++) {
		const RollstatStretch *stretch = &g_array_index(stretches, RollstatStretch, i);
		if ((stretch->start_us < lap->start_us && !is_first) ||
		    stretch->start_us >= lap->end_us)
			continue;
		/* A zone of the history is one text. */
		gint64 *sum_us = g_hash_table_lookup(sums, stretch->zone);
		if (sum_us == NULL) {
			sum_us = g_new0(gint64, 1);
			g_hash_table_insert(sums, (gpointer)stretch->zone, sum_us);
		}
		*sum_us += stretch->end_us - stretch->start_us;
		lap->passes += !stretch->is_hold;
		lap->holds += stretch->is_hold != FALSE;
		if (*sum_us > most_us) {
			most_us = *sum_us;
			lap->zone = stretch->zone;
		}
	}
}

GArray *
rollstat_fit_find_laps(const RollstatSession *session, const GArray *stretches)
{
	GArray *laps = cut(session, stretches);
	merge(laps);
	for (guint i = 0; i < laps->len; i++)
		describe(&g_array_index(laps, RollstatLap, i), stretches, i == 0);
	return laps;
}
