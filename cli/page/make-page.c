/* SPDX-License-Identifier: MIT */
#include "cli/page/make-page.h"

#include "cli/history/median.h"
#include "cli/page/page-parts.h"
#include "cli/style.h"

#include <math.h>

/* A name from outside without control characters; of the page. */
static const char *
keep(RollstatPage *page, const char *text)
{
	static const RollstatStyle letters = {.has_utf8 = TRUE};
	g_autofree char *clean = rollstat_style_dup_clean(&letters, text);
	return g_string_chunk_insert_const(page->strings, clean);
}

static void
add_persons(RollstatPage *page)
{
	GString *names = g_string_new(NULL);
	const GPtrArray *persons = page->input.summary->persons;
	for (guint i = 0; i < persons->len; i++)
		g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
				       keep(page, g_ptr_array_index(persons, i)));
	page->persons = g_string_free(names, FALSE);
}

static void
add_zones(RollstatPage *page)
{
	const RollstatSummary *summary = page->input.summary;
	for (guint i = 0; i < summary->zones->len; i++) {
		const RollstatZoneSum *sum = &g_array_index(summary->zones, RollstatZoneSum, i);
		RollstatPageZone zone = {
			.name = keep(page, sum->name),
			.sum = sum,
			.day_s = sum->seconds / MAX(summary->days, 1),
		};
		g_array_append_val(page->zones, zone);
	}
}

static void
count_speed(RollstatPage *page, double speed_cmps)
{
	page->speeds[(guint)MIN(speed_cmps, ROLLSTAT_PAGE_SPEEDS - 1)]++;
	if (speed_cmps < ROLLSTAT_DOSE_SPEED_LEAST_CMPS)
		page->n_slow++;
	else if (speed_cmps > ROLLSTAT_DOSE_SPEED_MOST_CMPS)
		page->n_quick++;
	else
		page->n_advised++;
}

/* Counts the whole passes of a session; their median. */
static double
measure_session(RollstatPage *page, const RollstatSession *session)
{
	g_autoptr(GArray) speeds = g_array_new(FALSE, FALSE, sizeof(double));
	RollstatSpan rows = session->pass_rows;
	for (guint i = rows.first; i < rows.first + rows.n; i++) {
		const RollstatPass *pass =
			&g_array_index(page->input.history->passes, RollstatPass, i);
		double pass_s = (double)(pass->end_us - pass->start_us) / G_USEC_PER_SEC;
		if (pass->is_cut || pass_s <= 0)
			continue;
		double speed_cmps = fabs(pass->to_cm - pass->from_cm) / pass_s;
		count_speed(page, speed_cmps);
		g_array_append_val(speeds, speed_cmps);
	}
	return rollstat_median_find((double *)(void *)speeds->data, speeds->len);
}

static void
add_sessions(RollstatPage *page)
{
	const RollstatPageInput *input = &page->input;
	RollstatSpan span =
		rollstat_source_find(input->source, input->summary->first, input->summary->last);
	for (guint i = span.first; i < span.first + span.n; i++) {
		const RollstatSession *session =
			&g_array_index(input->history->sessions, RollstatSession, i);
		RollstatPageSession own = {
			.session = session,
			.sensor = keep(page, session->sensor_name != NULL ? session->sensor_name
									  : session->address),
			.kind = keep(page, session->kind),
			.speed_cmps = measure_session(page, session),
		};
		g_array_append_val(page->sessions, own);
	}
}

RollstatPage *
rollstat_page_new(const RollstatPageInput *input)
{
	RollstatPage *page = g_new0(RollstatPage, 1);
	page->input = *input;
	page->strings = g_string_chunk_new(1024);
	page->slices = g_array_new(FALSE, TRUE, sizeof(RollstatPageSlice));
	page->levels = g_array_new(FALSE, TRUE, sizeof(RollstatPageLevel));
	page->zones = g_array_new(FALSE, TRUE, sizeof(RollstatPageZone));
	page->periods = g_array_new(FALSE, TRUE, sizeof(RollstatPagePeriod));
	page->days = g_array_new(FALSE, TRUE, sizeof(RollstatPagePeriod));
	page->sessions = g_array_new(FALSE, TRUE, sizeof(RollstatPageSession));
	add_persons(page);
	add_zones(page);
	add_sessions(page);
	rollstat_page_add_spine(page);
	rollstat_page_add_trend(page);
	return page;
}

static void
free_periods(GArray *periods)
{
	for (guint i = 0; i < periods->len; i++) {
		RollstatPagePeriod *period = &g_array_index(periods, RollstatPagePeriod, i);
		g_free(period->seconds);
		g_free(period->enough_days);
	}
	g_array_unref(periods);
}

void
rollstat_page_free(RollstatPage *page)
{
	if (page == NULL)
		return;
	free_periods(page->periods);
	free_periods(page->days);
	g_array_unref(page->slices);
	g_array_unref(page->levels);
	g_array_unref(page->zones);
	g_array_unref(page->sessions);
	g_string_chunk_free(page->strings);
	g_free(page->persons);
	g_free(page);
}
