/* SPDX-License-Identifier: MIT */
#include "cli/page/text-parts.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
	FIXED_COLUMNS = 20,
	TIME_COLUMNS = 13, /* where there is no force */
	ZONE_COLUMNS = 15,
	ZONE_WIDTH = 70, /* narrower: without the zones' names */
	BAR_MOST = 22,
	EIGHTHS = 8,
};

/* Blocks of a share of so many cells; filled up with blanks where something follows. */
static void
append_bar(const RollstatStyle *style, double share, guint cells, RollstatInk ink, GString *out)
{
	static const char *const blocks[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
	g_autoptr(GString) bar = g_string_new(NULL);
	guint eighths = share > 0 ? (guint)CLAMP(lround(share * cells * EIGHTHS), 1,
						 (long)(cells * EIGHTHS))
				  : 0;
	guint used = 0;
	for (; used < cells && eighths > used * EIGHTHS; used++) {
		guint rest = MIN(eighths - used * EIGHTHS, EIGHTHS);
		g_string_append(bar, style->has_utf8 ? blocks[rest] : "#");
	}
	rollstat_style_append(style, out, ink, bar->str);
	g_string_append_printf(out, "%*s", (int)(cells - used), "");
}

static const char *
find_zone(const RollstatPage *page, const RollstatPageLevel *level)
{
	double middle_cm = (level->from_cm + level->to_cm) / 2;
	for (guint i = 0; i < page->zones->len; i++) {
		const RollstatPageZone *zone = &g_array_index(page->zones, RollstatPageZone, i);
		if (middle_cm >= zone->sum->from_cm && middle_cm < zone->sum->to_cm)
			return zone->name;
	}
	return "";
}

typedef struct {
	guint cells; /* of a bar */
	gboolean has_force, has_zones;
	double longest_s, most_n;
} Columns;

static Columns
choose_columns(const RollstatPage *page, const RollstatStyle *style)
{
	Columns columns = {.has_force = page->input.summary->has_newtons,
			   .has_zones = style->width >= ZONE_WIDTH};
	guint room = style->width - (columns.has_zones ? ZONE_COLUMNS : 0) -
		     (columns.has_force ? FIXED_COLUMNS : TIME_COLUMNS);
	columns.cells = MIN(columns.has_force ? room / 2 : room, BAR_MOST);
	for (guint i = 0; i < page->levels->len; i++) {
		const RollstatPageLevel *level = &g_array_index(page->levels, RollstatPageLevel, i);
		columns.longest_s = MAX(columns.longest_s, level->seconds);
		columns.most_n =
			isnan(level->mean_n) ? columns.most_n : MAX(columns.most_n, level->mean_n);
	}
	return columns;
}

static void
append_level(const RollstatStyle *style, const Columns *columns, const RollstatPageLevel *level,
	     const char *zone, GString *out)
{
	g_autofree char *name = rollstat_style_dup_clean(style, level->level->name);
	g_autofree char *time = rollstat_style_dup_short_duration(level->seconds);
	g_autofree char *mean = rollstat_style_dup_number(style, level->mean_n, 0);
	g_autoptr(GString) line = g_string_new(NULL);
	rollstat_style_append(style, line, ROLLSTAT_INK_RED,
			      isnan(level->tightness) ? " " : rollstat_style_get_mark(style));
	g_string_append_printf(line, " %-4s%6s ", name, time);
	append_bar(style, columns->longest_s > 0 ? level->seconds / columns->longest_s : 0,
		   columns->cells, ROLLSTAT_INK_BLUE, line);
	if (columns->has_force) {
		g_string_append(line, "  ");
		rollstat_style_append_cell(
			style, line, &(RollstatCell){.text = mean, .columns = 4, .is_right = TRUE});
		g_string_append_c(line, ' ');
		append_bar(style, isnan(level->mean_n) ? 0 : level->mean_n / columns->most_n,
			   columns->cells, ROLLSTAT_INK_YELLOW, line);
	}
	if (columns->has_zones && *zone != '\0') {
		g_autofree char *clean = rollstat_style_dup_clean(style, zone);
		g_autoptr(GString) cell = g_string_new(NULL);
		RollstatStyle plain = *style;
		plain.has_colour = FALSE;
		rollstat_style_append_cell(
			&plain, cell, &(RollstatCell){.text = clean, .columns = ZONE_COLUMNS - 1});
		g_string_append_c(line, ' ');
		rollstat_style_append(style, line, ROLLSTAT_INK_DIM, g_strchomp(cell->str));
	}
	g_string_append_printf(out, "%s\n", g_strchomp(line->str));
}

void
rollstat_text_append_spine(const RollstatPage *page, const RollstatStyle *style, GString *out)
{
	if (page->levels->len == 0 || !(page->longest_s > 0))
		return;
	Columns columns = choose_columns(page, style);
	const char *before = "";
	rollstat_text_append_head(style, _("Along the spine"), out);
	g_autoptr(GString) head = g_string_new(NULL);
	g_string_append_printf(head, "  %-4s%6s ", "", _("time"));
	if (columns.has_force)
		g_string_append_printf(head, "%*s  %4s", (int)columns.cells, "", _("mean N"));
	rollstat_style_append(style, out, ROLLSTAT_INK_DIM, g_strchomp(head->str));
	g_string_append_c(out, '\n');
	for (guint i = 0; i < page->levels->len; i++) {
		const RollstatPageLevel *level = &g_array_index(page->levels, RollstatPageLevel, i);
		const char *zone = find_zone(page, level);
		append_level(style, &columns, level, g_str_equal(zone, before) ? "" : zone, out);
		before = zone;
	}
}
