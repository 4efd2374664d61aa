/* SPDX-License-Identifier: MIT */
#include "cli/time/compare.h"
#include "cli/time/render-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
	LABEL = 19,
	LABEL_LEAST = 10,
	VALUE = 12,
	VALUE_LEAST = 8,
};

/* How a quantity is written; decimals: of a number. */
typedef enum {
	AS_TIME,
	AS_NUMBER,
	AS_SHARE,
	AS_TIGHTNESS,
} Unit;

typedef struct {
	const char *label, *narrow; /* the second where there is little room */
	const RollstatDifference *difference;
	Unit unit;
} Row;

static gboolean
is_narrow(const RollstatStyle *style)
{
	return style->width < 2 + LABEL + 2 * VALUE + 2 + VALUE;
}

static char *
dup_value(const RollstatStyle *style, Unit unit, double value)
{
	if (isnan(value))
		return g_strdup(rollstat_style_get_dash(style));
	switch (unit) {
	case AS_TIME:
		return rollstat_style_dup_short_duration(value);
	case AS_SHARE:
		return g_strdup_printf("%.0f %%", value * 100);
	case AS_TIGHTNESS:
		return rollstat_style_dup_tightness(style, value);
	case AS_NUMBER:
		break;
	}
	return rollstat_style_dup_number(style, value, value < 9.95 ? 1 : 0);
}

/* "0:20 less", "alike". */
static char *
dup_difference(const RollstatStyle *style, const Row *row)
{
	const RollstatDifference *difference = row->difference;
	/* Of shares the difference would be taken for a share of the first. */
	gboolean is_bare = row->unit == AS_SHARE;
	double apart = fabs(difference->second - difference->first);
	g_autofree char *amount = row->unit == AS_TIGHTNESS ? g_strdup_printf("%.2f", apart)
							    : dup_value(style, row->unit, apart);
	switch (difference->kind) {
	case ROLLSTAT_DIFFERENCE_ALIKE:
		return g_strdup(_("alike"));
	case ROLLSTAT_DIFFERENCE_LESS:
		return is_bare ? g_strdup(_("less")) : g_strdup_printf(_("%s less"), amount);
	case ROLLSTAT_DIFFERENCE_MORE:
		return is_bare ? g_strdup(_("more")) : g_strdup_printf(_("%s more"), amount);
	case ROLLSTAT_DIFFERENCE_UNKNOWN:
		break;
	}
	return g_strdup(rollstat_style_get_dash(style));
}

static void
append_fields(const RollstatStyle *style, const char *const fields[4], RollstatInk ink,
	      GString *out)
{
	guint label = is_narrow(style) ? LABEL_LEAST : LABEL;
	guint value = is_narrow(style) ? VALUE_LEAST : VALUE;
	RollstatStyle plain = *style;
	g_autoptr(GString) line = g_string_new("  ");
	plain.has_colour = FALSE;
	rollstat_style_append_cell(&plain, line,
				   &(RollstatCell){.text = fields[0], .columns = label});
	for (guint i = 1; i < 3; i++) {
		g_string_append_c(line, ' ');
		rollstat_style_append_cell(
			&plain, line,
			&(RollstatCell){.text = fields[i], .columns = value - 1, .is_right = TRUE});
	}
	g_string_append_printf(line, "  %s", fields[3]);
	rollstat_style_append(style, out, ink, line->str);
	g_string_append_c(out, '\n');
}

static void
append_row(const RollstatStyle *style, const Row *row, GString *out)
{
	g_autofree char *first = dup_value(style, row->unit, row->difference->first);
	g_autofree char *second = dup_value(style, row->unit, row->difference->second);
	g_autofree char *apart = dup_difference(style, row);
	const char *const fields[] = {is_narrow(style) ? row->narrow : row->label, first, second,
				      apart};
	append_fields(style, fields, ROLLSTAT_INK_PLAIN, out);
}

static void
append_whole(const RollstatStyle *style, const RollstatComparison *comparison, GString *out)
{
	const Row rows[] = {
		{_("days with rolling"), _("days"), &comparison->days_share, AS_SHARE},
		{_("sessions a week"), _("sessions"), &comparison->sessions, AS_NUMBER},
		{_("time on such a day"), _("time"), &comparison->seconds, AS_TIME},
		{_("time on every day"), _("of all"), &comparison->seconds_all, AS_TIME},
	};
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		append_row(style, &rows[i], out);
}

static void
append_zone(const RollstatStyle *style, const RollstatZoneDifference *zone, GString *out)
{
	const Row rows[] = {
		{_("  time a day"), _("  time"), &zone->seconds, AS_TIME},
		{_("  passes a day"), _("  passes"), &zone->passes, AS_NUMBER},
		{_("  mean force, N"), _("  mean N"), &zone->mean_n, AS_NUMBER},
		{_("  tightness"), _("  tight"), &zone->tightness, AS_TIGHTNESS},
	};
	g_autofree char *name = rollstat_style_dup_clean(style, zone->zone);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_BOLD, "  ", name);
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		append_row(style, &rows[i], out);
}

static void
append_zones(const RollstatStyle *style, const RollstatComparison *comparison, GString *out)
{
	g_autoptr(GString) others = g_string_new(NULL);
	for (guint i = 0; i < comparison->zones->len; i++) {
		const RollstatZoneDifference *zone =
			&g_array_index(comparison->zones, RollstatZoneDifference, i);
		g_autofree char *name = rollstat_style_dup_clean(style, zone->zone);
		if (zone->is_rolled)
			append_zone(style, zone, out);
		else
			g_string_append_printf(others, "%s%s", others->len > 0 ? ", " : "", name);
	}
	g_string_append_c(out, '\n');
	if (others->len == 0)
		return;
	g_autofree char *line = g_strdup_printf(_("Not rolled in either: %s."), others->str);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", line);
}

/* "last-week: 16 November 2026 to 22 November 2026, 5 sessions on 4 of 7 days". */
static void
append_stretch(const RollstatStyle *style, const RollstatCompared *compared, guint n, GString *out)
{
	const RollstatComparison *comparison = compared->comparison;
	const RollstatSummary *summary = comparison->summaries[n];
	guint days = comparison->dates[n].last - comparison->dates[n].first + 1;
	g_autofree char *name = rollstat_style_dup_clean(style, compared->names[n]);
	g_autofree char *dates = rollstat_dates_dup_words(comparison->dates[n]);
	g_autofree char *sessions = g_strdup_printf(
		ngettext("%u session", "%u sessions", summary->sessions), summary->sessions);
	g_autofree char *line = g_strdup_printf(
		ngettext("%s: %s, %s on %u of %u day.", "%s: %s, %s on %u of %u days.", days), name,
		dates, sessions, summary->days, days);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", line);
}

void
rollstat_render_compared(const RollstatView *view, const RollstatCompared *compared, GString *out)
{
	const RollstatStyle *style = &view->style;
	const RollstatComparison *comparison = compared->comparison;
	g_autofree char *first = rollstat_style_dup_clean(style, compared->names[0]);
	g_autofree char *second = rollstat_style_dup_clean(style, compared->names[1]);
	g_autofree char *title = g_strdup_printf(_("%s and %s"), first, second);
	const char *const head[] = {"", first, second, _("the second")};
	rollstat_render_time_title(view, title, "", compared->whose, out);
	append_stretch(style, compared, 0, out);
	append_stretch(style, compared, 1, out);
	g_string_append_c(out, '\n');
	if (comparison->summaries[0]->sessions == 0 || comparison->summaries[1]->sessions == 0) {
		rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ",
					   _("There is nothing to compare with."));
		return;
	}
	append_fields(style, head, ROLLSTAT_INK_DIM, out);
	append_whole(style, comparison, out);
	append_zones(style, comparison, out);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ",
				   _("A zone's time and passes are those of a day with rolling. "
				     "Alike: within 10 %; force 5 %, tightness 0.05."));
	rollstat_render_time_caution(style, out);
}
