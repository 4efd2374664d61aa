/* SPDX-License-Identifier: MIT */
#include "cli/report/render-zones.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum {
	BAR_CELLS = 15,
	NAME_MOST = 14,
	BAR_LEAST_WIDTH = 50, /* narrower: no bar */
	LEVELS = 6,
	DOSE_HEAD = 7, /* "90 120 " */
};

/* The columns of the table that there is room for; the less needed go first. */
typedef struct {
	guint name;
	gboolean has_levels, has_bar, has_passes, has_holds, has_force;
	gboolean is_day;
} Columns;

RollstatInk
rollstat_dose_get_ink(RollstatDose dose)
{
	static const RollstatInk inks[] = {
		ROLLSTAT_INK_DIM,
		ROLLSTAT_INK_YELLOW,
		ROLLSTAT_INK_GREEN,
		ROLLSTAT_INK_MAGENTA,
	};
	return inks[dose];
}

/* Widths with the blank before: mark and name, time 6, verdict 11, levels 7, bar 17, passes 7, holds 6,
 * mean and peak 10. */
static Columns
choose_columns(const RollstatStyle *style, const RollstatSummary *summary)
{
	Columns columns = {.name = 4, .is_day = summary->first == summary->last};
	for (guint i = 0; i < summary->zones->len; i++) {
		const RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
		g_autofree char *name = rollstat_style_dup_clean(style, zone->name);
		columns.name = MAX(columns.name, rollstat_style_measure(name));
	}
	columns.name = MIN(columns.name, NAME_MOST);
	guint used = 2 + columns.name + 6 + 11;
	columns.has_bar = style->width >= BAR_LEAST_WIDTH;
	used += columns.has_bar ? 2 + BAR_CELLS : 0;
	columns.has_levels = used + 7 <= style->width;
	used += columns.has_levels ? 7 : 0;
	columns.has_passes = used + 7 <= style->width;
	used += columns.has_passes ? 7 : 0;
	columns.has_holds = used + 6 <= style->width;
	used += columns.has_holds ? 6 : 0;
	columns.has_force = summary->has_newtons && used + 10 <= style->width;
	return columns;
}

static void
append_field(const RollstatStyle *style, GString *out, const char *text, guint columns,
	     RollstatInk ink)
{
	g_string_append_c(out, ' ');
	rollstat_style_append_cell(
		style, out,
		&(RollstatCell){.text = text, .columns = columns, .is_right = TRUE, .ink = ink});
}

/* Over the two ends of the dose. */
static void
append_bar_head(const RollstatStyle *plain, const Columns *columns, GString *head)
{
	g_string_append(head, "  ");
	rollstat_style_append_cell(plain, head,
				   &(RollstatCell){.text = columns->is_day ? "s" : _("a day"),
						   .columns = BAR_CELLS - DOSE_HEAD});
	g_string_append(head, "90 120 ");
}

static void
append_head(const RollstatStyle *style, const Columns *columns, GString *out)
{
	g_autoptr(GString) head = g_string_new(NULL);
	RollstatStyle plain = *style;
	plain.has_colour = FALSE;
	g_string_append_printf(head, "  %-*s", (int)columns->name, "");
	if (columns->has_levels)
		append_field(&plain, head, "", LEVELS, ROLLSTAT_INK_PLAIN);
	append_field(&plain, head, _("time"), 5, ROLLSTAT_INK_PLAIN);
	if (columns->has_bar)
		append_bar_head(&plain, columns, head);
	if (columns->has_passes)
		append_field(&plain, head, _("passes"), 6, ROLLSTAT_INK_PLAIN);
	if (columns->has_holds)
		append_field(&plain, head, _("holds"), 5, ROLLSTAT_INK_PLAIN);
	if (columns->has_force)
		g_string_append(head, _(" mean peak"));
	g_string_append(head, columns->is_day ? (columns->has_force ? " N" : "") : _(" enough on"));
	rollstat_style_append(style, out, ROLLSTAT_INK_DIM, g_strchomp(head->str));
	g_string_append_c(out, '\n');
}

static void
append_numbers(const RollstatStyle *style, const Columns *columns, const RollstatZoneSum *zone,
	       GString *out)
{
	RollstatInk ink = zone->seconds < 1 ? ROLLSTAT_INK_DIM : ROLLSTAT_INK_PLAIN;
	g_autofree char *passes = g_strdup_printf("%u", zone->passes);
	g_autofree char *holds = rollstat_style_dup_short_duration(zone->hold_s);
	g_autofree char *mean = rollstat_style_dup_number(style, zone->mean_n, 0);
	g_autofree char *peak = rollstat_style_dup_number(style, zone->peak_n, 0);
	if (columns->has_passes)
		append_field(style, out, passes, 6, ink);
	if (columns->has_holds)
		append_field(style, out, holds, 5, ink);
	if (columns->has_force) {
		append_field(style, out, mean, 4, ink);
		append_field(style, out, peak, 4, ink);
	}
}

/* Nobody is told to roll the lumbar spine or the base of the neck more: there the word is neutral. Where some
 * of the time has no place, it may have been in any zone. */
static const char *
get_verdict(const RollstatSummary *summary, const RollstatZoneSum *zone, RollstatDose dose)
{
	if (dose == ROLLSTAT_DOSE_NONE && summary->unplaced_s >= ROLLSTAT_UNPLACED_LEAST_S)
		return _("not told");
	if (zone->needs_care && dose != ROLLSTAT_DOSE_NONE)
		return _("with care");
	return _(rollstat_dose_get_words(dose));
}

/* Of one letter and too long for the column, like T10-T12: T10-12. */
static char *
dup_levels(const RollstatStyle *style, const RollstatZoneSum *zone)
{
	g_autofree char *levels = rollstat_style_dup_clean(style, zone->levels);
	const char *to = strchr(levels, '-');
	if (to == NULL || strlen(levels) <= LEVELS || to[1] != levels[0])
		return g_steal_pointer(&levels);
	return g_strdup_printf("%.*s-%s", (int)(to - levels), levels, to + 2);
}

static void
append_zone(const RollstatStyle *style, const Columns *columns, const RollstatSummary *summary,
	    const RollstatZoneSum *zone, GString *out)
{
	double seconds = zone->seconds / MAX(summary->days, 1);
	RollstatDose dose = rollstat_dose_judge(seconds);
	RollstatInk ink = zone->needs_care && dose != ROLLSTAT_DOSE_NONE
				  ? ROLLSTAT_INK_YELLOW
				  : rollstat_dose_get_ink(dose);
	RollstatInk name_ink = dose == ROLLSTAT_DOSE_NONE ? ROLLSTAT_INK_DIM : ROLLSTAT_INK_PLAIN;
	g_autofree char *name = rollstat_style_dup_clean(style, zone->name);
	g_autofree char *levels = dup_levels(style, zone);
	g_autofree char *time = rollstat_style_dup_short_duration(zone->seconds);
	if (zone->is_tight)
		rollstat_style_append(style, out, ROLLSTAT_INK_RED, rollstat_style_get_mark(style));
	else
		g_string_append_c(out, ' ');
	g_string_append_c(out, ' ');
	rollstat_style_append_cell(
		style, out,
		&(RollstatCell){.text = name, .columns = columns->name, .ink = name_ink});
	if (columns->has_levels) {
		g_string_append_c(out, ' ');
		rollstat_style_append_cell(style, out,
					   &(RollstatCell){.text = levels,
							   .columns = LEVELS,
							   .ink = ROLLSTAT_INK_DIM});
	}
	append_field(style, out, time, 5, name_ink);
	if (columns->has_bar) {
		g_string_append(out, "  ");
		rollstat_style_append_bar(style, out, ink, seconds, BAR_CELLS);
	}
	append_numbers(style, columns, zone, out);
	g_autofree char *days = g_strdup_printf(_("%u of %u"), zone->enough_days, summary->days);
	g_string_append_c(out, ' ');
	if (columns->is_day)
		rollstat_style_append(style, out, ink, get_verdict(summary, zone, dose));
	else
		rollstat_style_append(style, out,
				      zone->enough_days > 0 ? ROLLSTAT_INK_GREEN : ROLLSTAT_INK_DIM,
				      days);
	g_string_append_c(out, '\n');
}

void
rollstat_render_zones(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	Columns columns = choose_columns(style, summary);
	append_head(style, &columns, out);
	for (guint i = 0; i < summary->zones->len; i++)
		append_zone(style, &columns, summary,
			    &g_array_index(summary->zones, RollstatZoneSum, i), out);
}
