/* SPDX-License-Identifier: MIT */
#include "cli/time/bars.h"
#include "cli/time/render-time.h"
#include "cli/time/spots.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
	LEVEL = 4,
	PLACE = 8, /* "14.5 cm" */
	ZONE = 14,
	ROW_MOST = 16,
	ROW_LEAST_WIDTH = 60,
};

static const char *
get_verdict(RollstatDirectionKind kind)
{
	const char *const verdicts[] = {_("too soon to tell"), _("about the same"), _("better"),
					_("worse")};
	return verdicts[kind];
}

static gboolean
has_row(const RollstatStyle *style)
{
	return style->width >= ROW_LEAST_WIDTH + ROW_MOST;
}

static void
append_line(const RollstatStyle *style, const RollstatSpots *spots, const RollstatRecurring *place,
	    GString *out)
{
	const char *level = rollstat_spots_get_level(spots, place->at_cm);
	const char *zone = rollstat_spots_get_zone(spots, place->at_cm);
	g_autofree char *clean = rollstat_style_dup_clean(style, zone != NULL ? zone : "");
	g_autofree char *at = g_strdup_printf("%.1f cm", place->at_cm);
	g_autofree char *often = g_strdup_printf(_("%u of %u days"), place->found, place->judged);
	g_string_append_printf(out, "%s ", rollstat_style_get_mark(style));
	rollstat_style_append_cell(
		style, out, &(RollstatCell){.text = level != NULL ? level : "", .columns = LEVEL});
	rollstat_style_append_cell(style, out,
				   &(RollstatCell){.text = at, .columns = PLACE, .is_right = TRUE});
	if (style->width >= ROW_LEAST_WIDTH) {
		g_string_append(out, "  ");
		rollstat_style_append_cell(style, out,
					   &(RollstatCell){.text = clean, .columns = ZONE});
	}
	g_string_append_printf(out, "  %s", often);
	if (has_row(style)) {
		g_string_append(out, "  ");
		rollstat_bar_append_row(style, out, place->counts, place->n_counts,
					MIN(place->n_counts, ROW_MOST));
	}
	while (out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

/* When, and whether it is better. */
static void
append_when(const RollstatStyle *style, const RollstatRecurring *place, GString *out)
{
	const RollstatDirection *way = &place->tightness_way;
	g_autofree char *first = rollstat_day_dup_iso(place->first);
	g_autofree char *last = rollstat_day_dup_iso(place->last);
	g_autofree char *then = rollstat_style_dup_tightness(style, way->from);
	g_autofree char *now = rollstat_style_dup_tightness(style, way->to);
	g_autofree char *line =
		way->kind == ROLLSTAT_DIRECTION_UNKNOWN
			? g_strdup_printf(_("First %s, last %s; %s."), first, last,
					  get_verdict(way->kind))
			: g_strdup_printf(_("First %s, last %s; tightness %s then, %s now: %s."),
					  first, last, then, now, get_verdict(way->kind));
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "      ", line);
}

static char *
dup_total(const RollstatSpots *spots)
{
	g_autofree char *sessions = g_strdup_printf(
		ngettext("%u session", "%u sessions", spots->sessions), spots->sessions);
	g_autofree char *days =
		g_strdup_printf(ngettext("%u day", "%u days", spots->days), spots->days);
	return g_strdup_printf(_("%s on %s"), sessions, days);
}

static void
append_once(const RollstatStyle *style, const RollstatSpots *spots, GString *out)
{
	guint n = spots->recurrings->n_once;
	if (n == 0)
		return;
	g_autofree char *line =
		g_strdup_printf(ngettext("%u more place was tight on one day alone.",
					 "%u more places were tight on one day alone.", n),
				n);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", line);
}

static void
append_method(const RollstatStyle *style, const RollstatSpots *spots, GString *out)
{
	const char *const rows[] = {
		_("The row: on how many days it was found, day by day."),
		_("The row: on how many days it was found, week by week."),
		_("The row: on how many days it was found, month by month."),
	};
	if (has_row(style))
		rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ", rows[spots->step]);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ",
				   _("Better or worse: tightness there fell or rose by 0.05 or "
				     "more, and by more than chance alone often does."));
}

void
rollstat_render_spots(const RollstatView *view, const RollstatSpots *spots, GString *out)
{
	const RollstatStyle *style = &view->style;
	const GArray *places = spots->recurrings->places;
	g_autofree char *total = dup_total(spots);
	g_autofree char *dates = rollstat_dates_dup_words(spots->range);
	rollstat_render_time_title(view, _("Tight spots, again and again"), total, spots->whose,
				   out);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", dates);
	g_string_append_c(out, '\n');
	if (spots->sessions == 0) {
		rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ",
					   _("Nothing was recorded in these days."));
		return;
	}
	for (guint i = 0; i < places->len; i++) {
		const RollstatRecurring *place = &g_array_index(places, RollstatRecurring, i);
		append_line(style, spots, place, out);
		append_when(style, place, out);
	}
	if (places->len == 0)
		rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ",
					   _("No place was tight on two days or more."));
	append_once(style, spots, out);
	g_string_append_c(out, '\n');
	if (places->len > 0)
		append_method(style, spots, out);
	rollstat_render_time_caution(style, out);
}
