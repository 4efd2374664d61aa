/* SPDX-License-Identifier: MIT */
#include "cli/page/html-parts.h"
#include "cli/page/words.h"

enum {
	WIDTH = 340,
	NAMES = 100, /* columns of the zones' names */
	RIGHT = 334,
	ROW = 38,
	BAR = 30,
	FOOT = 18,
	NAME_LETTERS = 15,
	SCALE_S = 150, /* what is longer is cut, with a point */
	BAR_MOST = 18,
};

static double
get_step(const RollstatPage *page)
{
	return (double)(RIGHT - NAMES) / page->days->len;
}

static void
add_bars(const RollstatPage *page, guint zone, double base_y, GString *out)
{
	double step = get_step(page), width = MIN(step * 0.75, BAR_MOST);
	for (guint i = 0; i < page->days->len; i++) {
		double seconds = g_array_index(page->days, RollstatPagePeriod, i).seconds[zone];
		double x = NAMES + (i + 0.5) * step - width / 2;
		double height = (double)BAR * MIN(seconds, SCALE_S) / SCALE_S;
		const double bar[] = {x, base_y - height, x + width, base_y};
		rollstat_markup_append_box(out, "time", bar);
		if (seconds > SCALE_S)
			g_string_append_printf(
				out, "<path class=\"time\" d=\"M%.1f %.1fh%.1fl-%.1f -4z\"/>\n", x,
				base_y - BAR + 0.5, width, width / 2);
	}
}

static void
add_zone(const RollstatPage *page, guint n, GString *out)
{
	const RollstatPageZone *zone = &g_array_index(page->zones, RollstatPageZone, n);
	double base_y = (double)ROW * (n + 1);
	double limit_y = base_y - BAR * ROLLSTAT_DOSE_LEAST_S / SCALE_S;
	g_autofree char *kept = rollstat_words_dup_kept(page, zone);
	rollstat_markup_append_cut(out, (RollstatPlace){2, base_y - 14, 0, ""}, zone->name,
				   NAME_LETTERS);
	if (kept != NULL)
		rollstat_markup_append_text(out, (RollstatPlace){2, base_y - 1, 0, "soft"}, kept);
	add_bars(page, n, base_y, out);
	g_string_append_printf(out,
			       "<path class=\"axis\" d=\"M%d %.1fH%d\"/>\n"
			       "<path class=\"limit dash\" d=\"M%d %.1fH%d\"/>\n",
			       NAMES, base_y, RIGHT, NAMES, limit_y, RIGHT);
}

static void
add_picture(const RollstatPage *page, GString *out)
{
	const RollstatSummary *summary = page->input.summary;
	g_autofree char *first = rollstat_day_dup_iso(summary->first);
	g_autofree char *last = rollstat_day_dup_iso(summary->last);
	double label_y = (double)ROW * page->zones->len + 14;
	rollstat_markup_begin_picture(
		out, &(RollstatPicture){.id = "by-day",
					.width = WIDTH,
					.height = ROW * page->zones->len + FOOT,
					.title = _("Time of each day, by zone"),
					.words = _("A row of bars for each zone, a bar a day; the "
						   "table behind it has the numbers.")});
	for (guint i = 0; i < page->zones->len; i++)
		add_zone(page, i, out);
	rollstat_markup_append_text(out, (RollstatPlace){NAMES, label_y, 0, "soft"}, first);
	rollstat_markup_append_text(
		out, (RollstatPlace){RIGHT, label_y, ROLLSTAT_ANCHOR_END, "soft"}, last);
	g_string_append(out, "</svg>\n");
}

void
rollstat_html_add_days(const RollstatPage *page, GString *out)
{
	if (page->days->len < 2 || page->zones->len == 0)
		return;
	rollstat_markup_append(out, "<section id=\"days\">\n<h2>%s</h2>\n<figure>\n",
			       rollstat_words_get_step(ROLLSTAT_PAGE_DAYS));
	add_picture(page, out);
	rollstat_markup_append(
		out, "<figcaption>%s</figcaption>\n</figure>\n",
		_("A bar a day, up to 150 s; what was longer has a point. The line is at 90 s: a "
		  "bar that reaches it kept the dose."));
	rollstat_html_add_periods(page, page->days, _("Day by day, as a table"), out);
	g_string_append(out, "</section>\n");
}
