/* SPDX-License-Identifier: MIT */
#include "cli/page/text-parts.h"
#include "cli/page/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
	NAME_MOST = 14,
	TREND_FIXED = 10, /* margins and the last value */
	SIDES_MOST = 60,
	STEPS = 8,
};

/* A column of height 0..1 in one letter: nothing, then eight steps (in ASCII nine, as digits). */
static void
append_column(const RollstatStyle *style, double height, GString *out)
{
	static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	if (!(height > 0))
		g_string_append(out, style->has_utf8 ? "·" : ".");
	else if (style->has_utf8)
		g_string_append(out, blocks[(guint)CLAMP(ceil(height * STEPS) - 1, 0, STEPS - 1)]);
	else
		g_string_append_printf(out, "%u", (guint)CLAMP(ceil(height * 9), 1, 9));
}

void
rollstat_text_append_head(const RollstatStyle *style, const char *text, GString *out)
{
	g_string_append_c(out, '\n');
	rollstat_style_append(style, out, ROLLSTAT_INK_BOLD, text);
	g_string_append_c(out, '\n');
}

static guint
get_name_columns(const RollstatPage *page, const RollstatStyle *style)
{
	guint columns = 4;
	for (guint i = 0; i < page->zones->len; i++) {
		g_autofree char *name = rollstat_style_dup_clean(
			style, g_array_index(page->zones, RollstatPageZone, i).name);
		columns = MAX(columns, rollstat_style_measure(name));
	}
	return MIN(columns, NAME_MOST);
}

/* Rows of columns, of the last periods that there is room for; whole_s: what a full column is. */
typedef struct {
	const GArray *periods;
	double whole_s;
	guint shown;
} Columns;

static const RollstatPagePeriod *
get_period(const GArray *periods, guint i)
{
	return &g_array_index(periods, RollstatPagePeriod, i);
}

static void
append_zone_columns(const RollstatPage *page, const RollstatStyle *style, const Columns *columns,
		    guint zone, GString *out)
{
	guint n = columns->periods->len;
	g_autofree char *name = rollstat_style_dup_clean(
		style, g_array_index(page->zones, RollstatPageZone, zone).name);
	g_autofree char *last = rollstat_style_dup_short_duration(
		get_period(columns->periods, n - 1)->seconds[zone]);
	g_autoptr(GString) bars = g_string_new(NULL);
	for (guint i = n - columns->shown; i < n; i++)
		append_column(style,
			      get_period(columns->periods, i)->seconds[zone] / columns->whole_s,
			      bars);
	g_string_append(out, "  ");
	rollstat_style_append_cell(
		style, out,
		&(RollstatCell){.text = name, .columns = get_name_columns(page, style)});
	g_string_append_c(out, ' ');
	rollstat_style_append(style, out, ROLLSTAT_INK_BLUE, bars->str);
	g_string_append_printf(out, " %6s\n", last);
}

/* Appends them below a heading. Returns the name of the first that is shown; given. */
static char *
append_columns(const RollstatPage *page, const RollstatStyle *style, Columns columns, GString *out)
{
	guint n = columns.periods->len;
	columns.shown = MIN(n, style->width - TREND_FIXED - get_name_columns(page, style));
	rollstat_text_append_head(
		style, rollstat_words_get_step(get_period(columns.periods, 0)->step), out);
	for (guint i = 0; i < page->zones->len; i++)
		append_zone_columns(page, style, &columns, i, out);
	return rollstat_words_dup_period(get_period(columns.periods, n - columns.shown));
}

void
rollstat_text_append_trend(const RollstatPage *page, const RollstatStyle *style, GString *out)
{
	Columns columns = {.periods = page->periods, .whole_s = MAX(page->most_s, 1)};
	if (page->zones->len == 0)
		return;
	g_autofree char *first = append_columns(page, style, columns, out);
	g_autofree char *last =
		rollstat_words_dup_period(get_period(page->periods, page->periods->len - 1));
	g_autofree char *most = rollstat_style_dup_duration(page->most_s);
	gboolean is_cut = get_period(page->periods, page->periods->len - 1)->is_cut;
	g_autofree char *legend = g_strdup_printf(
		is_cut ? _("A column each from %s to %s, the highest is %s; on the right the last, "
			   "which is not a whole one.")
		       : _("A column each from %s to %s, the highest is %s; on the right the "
			   "last."),
		first, last, most);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ", legend);
}

void
rollstat_text_append_days(const RollstatPage *page, const RollstatStyle *style, GString *out)
{
	Columns columns = {.periods = page->days, .whole_s = ROLLSTAT_DOSE_LEAST_S};
	if (page->zones->len == 0 || page->days->len < 2)
		return;
	g_autofree char *first = append_columns(page, style, columns, out);
	g_autofree char *last =
		rollstat_words_dup_period(get_period(page->days, page->days->len - 1));
	g_autofree char *legend = g_strdup_printf(
		_("A column a day from %s to %s, full from 90 s on; on the right the last."), first,
		last);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ", legend);
}

void
rollstat_text_append_speeds(const RollstatPage *page, const RollstatStyle *style, GString *out)
{
	g_autofree char *words = rollstat_words_dup_speeds(page);
	g_autoptr(GString) bars = g_string_new(NULL);
	guint most = 0;
	for (guint i = 0; i < ROLLSTAT_PAGE_SPEEDS; i++)
		most = MAX(most, page->speeds[i]);
	rollstat_text_append_head(style, _("Speed of passes"), out);
	if (most > 0) {
		for (guint i = 0; i < ROLLSTAT_PAGE_SPEEDS; i++)
			append_column(style, (double)page->speeds[i] / most, bars);
		g_string_append(out, "  ");
		rollstat_style_append(style, out, ROLLSTAT_INK_BLUE, bars->str);
		g_string_append(out, "\n  0      7      14     21     28 cm/s\n");
		g_string_append_printf(out, "         %s %s\n",
				       style->has_utf8 ? "└─────┘" : "[-----]", _("advised"));
	}
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", words);
}

void
rollstat_text_append_sides(const RollstatPage *page, const RollstatStyle *style, GString *out)
{
	static const char *const blocks[2][3] = {{"#", "=", "-"}, {"█", "▒", "░"}};
	static const RollstatInk inks[] = {ROLLSTAT_INK_BLUE, ROLLSTAT_INK_PLAIN,
					   ROLLSTAT_INK_YELLOW};
	const RollstatSummary *summary = page->input.summary;
	const double sides_s[] = {summary->left_s, summary->centre_s, summary->right_s};
	double whole_s = sides_s[0] + sides_s[1] + sides_s[2], sum_s = 0;
	guint cells = MIN(style->width - 4, SIDES_MOST), used = 0;
	if (!summary->has_sides || !(whole_s > 0))
		return;
	rollstat_text_append_head(style, _("Left and right"), out);
	g_string_append(out, "  ");
	for (guint i = 0; i < 3; i++) {
		g_autoptr(GString) part = g_string_new(NULL);
		sum_s += sides_s[i];
		for (guint end = (guint)lround(cells * sum_s / whole_s); used < end; used++)
			g_string_append(part, blocks[style->has_utf8][i]);
		rollstat_style_append(style, out, inks[i], part->str);
	}
	g_autofree char *words = g_strdup_printf(_("left %u %%, centre %u %%, right %u %%"),
						 rollstat_words_get_percent(sides_s[0], whole_s),
						 rollstat_words_get_percent(sides_s[1], whole_s),
						 rollstat_words_get_percent(sides_s[2], whole_s));
	g_string_append_c(out, '\n');
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", words);
}
