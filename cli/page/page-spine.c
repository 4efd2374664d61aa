/* SPDX-License-Identifier: MIT */
#include "cli/page/page-parts.h"

#include "cli/history/summary-zones.h"

#include <math.h>

/* Sums of the range over the back; force of the sessions that tell newtons. */
typedef struct {
	double seconds[ROLLSTAT_SLICES], force_ns[ROLLSTAT_SLICES], force_s[ROLLSTAT_SLICES];
} Sums;

static void
sum_session(const RollstatPage *page, const RollstatSession *session, Sums *sums)
{
	RollstatSpan rows = session->slice_rows;
	for (guint i = rows.first; i < rows.first + rows.n; i++) {
		const RollstatSlice *slice =
			&g_array_index(page->input.history->slices, RollstatSlice, i);
		guint n = rollstat_slice_find(slice->at_cm);
		sums->seconds[n] += slice->seconds;
		if (!session->has_newtons || isnan(slice->force_ns))
			continue;
		sums->force_ns[n] += slice->force_ns;
		sums->force_s[n] += slice->seconds;
	}
}

static double
get_mean(double force_ns, double force_s)
{
	return force_s > 0 ? force_ns / force_s : NAN;
}

/* What is shown: the spine and a little beyond its ends, or, without one, all that was touched. */
static void
find_ends(const RollstatPage *page, const Sums *sums, guint *ret_first, guint *ret_last)
{
	const RollstatSpine *spine = &page->input.summary->spine;
	guint n = spine->n_levels;
	*ret_first = ROLLSTAT_SLICES;
	*ret_last = 0;
	if (n >= 3) {
		double first_cm =
			2 * rollstat_level_get_middle_cm(spine, 0) - spine->levels[0].to_cm;
		double last_cm = 2 * rollstat_level_get_middle_cm(spine, n - 1) -
				 spine->levels[n - 1].from_cm;
		*ret_first = rollstat_slice_find(first_cm);
		*ret_last = rollstat_slice_find(last_cm);
		return;
	}
	for (guint i = 0; i < ROLLSTAT_SLICES; i++)
		if (sums->seconds[i] > 0) {
			*ret_first = MIN(*ret_first, i);
			*ret_last = i;
		}
}

static void
add_slices(RollstatPage *page, const Sums *sums, guint first, guint last)
{
	gboolean has_newtons = page->input.summary->has_newtons;
	double most = 0;
	for (guint i = first; i <= last; i++) {
		RollstatPageSlice slice = {
			.at_cm = rollstat_slice_get_middle_cm(i),
			.seconds = sums->seconds[i],
			.mean_n = get_mean(sums->force_ns[i], sums->force_s[i]),
			.heat = has_newtons ? sums->force_ns[i] : sums->seconds[i],
		};
		page->longest_s = MAX(page->longest_s, slice.seconds);
		page->most_n = isnan(slice.mean_n) ? page->most_n : MAX(page->most_n, slice.mean_n);
		most = MAX(most, slice.heat);
		g_array_append_val(page->slices, slice);
	}
	for (guint i = 0; most > 0 && i < page->slices->len; i++)
		/* Holds take many times as long as passes: by the root, both can be told. */
		g_array_index(page->slices, RollstatPageSlice, i).heat =
			sqrt(g_array_index(page->slices, RollstatPageSlice, i).heat / most);
}

static double
find_tightness(const RollstatSummary *summary, const RollstatLevel *level)
{
	double tightness = NAN;
	for (guint i = 0; i < summary->n_spots; i++)
		if (g_str_equal(summary->spots[i].level, level->name))
			tightness = isnan(tightness) ? summary->spots[i].tightness
						     : MAX(tightness, summary->spots[i].tightness);
	return tightness;
}

static void
add_levels(RollstatPage *page, const Sums *sums)
{
	const RollstatSummary *summary = page->input.summary;
	double half_cm = ROLLSTAT_SLICE_CM / 2;
	if (page->slices->len == 0)
		return;
	double first_cm = g_array_index(page->slices, RollstatPageSlice, 0).at_cm - half_cm;
	double last_cm =
		g_array_index(page->slices, RollstatPageSlice, page->slices->len - 1).at_cm +
		half_cm;
	for (guint i = 0; i < summary->spine.n_levels; i++) {
		const RollstatLevel *level = &summary->spine.levels[i];
		RollstatPageLevel own = {.level = level,
					 .from_cm = CLAMP(level->from_cm, first_cm, last_cm),
					 .to_cm = CLAMP(level->to_cm, first_cm, last_cm),
					 .tightness = find_tightness(summary, level)};
		double force_ns = 0, force_s = 0;
		for (guint k = 0; k < ROLLSTAT_SLICES; k++) {
			double at_cm = rollstat_slice_get_middle_cm(k);
			if (at_cm < level->from_cm || at_cm >= level->to_cm)
				continue;
			own.seconds += sums->seconds[k];
			force_ns += sums->force_ns[k];
			force_s += sums->force_s[k];
		}
		own.mean_n = get_mean(force_ns, force_s);
		g_array_append_val(page->levels, own);
	}
}

void
rollstat_page_add_spine(RollstatPage *page)
{
	g_autofree Sums *sums = g_new0(Sums, 1);
	guint first, last;
	for (guint i = 0; i < page->sessions->len; i++)
		sum_session(page, g_array_index(page->sessions, RollstatPageSession, i).session,
			    sums);
	find_ends(page, sums, &first, &last);
	for (guint i = 0; i < ROLLSTAT_SLICES; i++) {
		page->above_s += i < first ? sums->seconds[i] : 0;
		page->below_s += i > last ? sums->seconds[i] : 0;
	}
	add_slices(page, sums, first, last);
	add_levels(page, sums);
}
