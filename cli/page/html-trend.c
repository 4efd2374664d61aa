/* SPDX-License-Identifier: MIT */
#include "cli/page/html-parts.h"
#include "cli/page/words.h"
#include "cli/style.h"

enum {
	WIDTH = 300,
	HEIGHT = 104,
	LEFT = 2,
	TOP = 20,
	BASE = 84,
	LABELS_Y = 98,
	BAR_MOST = 22,
};

static const RollstatPagePeriod *
get_period(const RollstatPage *page, guint i)
{
	return &g_array_index(page->periods, RollstatPagePeriod, i);
}

static void
add_bars(const RollstatPage *page, guint zone, GString *out)
{
	double step = (WIDTH - 2.0 * LEFT) / page->periods->len;
	double width = MIN(step * 0.8, BAR_MOST);
	for (guint i = 0; i < page->periods->len; i++) {
		const RollstatPagePeriod *period = get_period(page, i);
		double x = LEFT + (i + 0.5) * step - width / 2;
		double height = (BASE - TOP) * period->seconds[zone] / MAX(page->most_s, 1);
		const double bar[] = {x, BASE - height, x + width, BASE};
		rollstat_markup_append_box(out, period->is_cut ? "time cut" : "time", bar);
	}
}

static char *
dup_words(const RollstatPage *page, guint n)
{
	const RollstatPageZone *zone = &g_array_index(page->zones, RollstatPageZone, n);
	guint last = page->periods->len - 1;
	if (!(zone->most_s > 0))
		return g_strdup(_("Not rolled."));
	g_autofree char *name = rollstat_words_dup_period(get_period(page, zone->most_period));
	g_autofree char *most = rollstat_style_dup_duration(zone->most_s);
	g_autofree char *now = rollstat_style_dup_duration(get_period(page, last)->seconds[n]);
	return g_strdup_printf(_("Last %s; most %s (%s)."), now, most, name);
}

static void
add_picture(const RollstatPage *page, guint n, const char *words, GString *out)
{
	const RollstatPageZone *zone = &g_array_index(page->zones, RollstatPageZone, n);
	g_autofree char *id = g_strdup_printf("trend%u", n);
	g_autofree char *title =
		g_strdup_printf("%s: %s", rollstat_words_get_step(page->step), zone->name);
	g_autofree char *most = rollstat_style_dup_duration(page->most_s);
	g_autofree char *first = rollstat_words_dup_period(get_period(page, 0));
	g_autofree char *last = rollstat_words_dup_period(get_period(page, page->periods->len - 1));
	rollstat_markup_begin_picture(out, &(RollstatPicture){.id = id,
							      .width = WIDTH,
							      .height = HEIGHT,
							      .title = title,
							      .words = words});
	g_string_append_printf(out, "<path class=\"grid\" d=\"M%d %dH%dM%d %dH%d\"/>\n", LEFT, TOP,
			       WIDTH - LEFT, LEFT, (TOP + BASE) / 2, WIDTH - LEFT);
	add_bars(page, n, out);
	g_string_append_printf(out, "<path class=\"axis\" d=\"M%d %dH%d\"/>\n", LEFT, BASE,
			       WIDTH - LEFT);
	rollstat_markup_append_text(out, (RollstatPlace){LEFT, TOP - 6, 0, "soft"}, most);
	rollstat_markup_append_text(out, (RollstatPlace){LEFT, LABELS_Y, 0, "soft"}, first);
	if (page->periods->len > 1)
		rollstat_markup_append_text(
			out, (RollstatPlace){WIDTH - LEFT, LABELS_Y, ROLLSTAT_ANCHOR_END, "soft"},
			last);
	g_string_append(out, "</svg>\n");
}

static void
add_row(const RollstatPage *page, const RollstatPagePeriod *period, GString *out)
{
	g_autofree char *name = rollstat_words_dup_period(period);
	rollstat_markup_append(out, "<tr><th scope=\"row\">%s%s</th><td>%u</td>", name,
			       period->is_cut ? "*" : "", period->days);
	for (guint i = 0; i < page->zones->len; i++) {
		g_autofree char *time = rollstat_style_dup_duration(period->seconds[i]);
		rollstat_markup_append(out, "<td>%s <small>(%u)</small></td>", time,
				       period->enough_days[i]);
	}
	g_string_append(out, "</tr>\n");
}

void
rollstat_html_add_periods(const RollstatPage *page, const GArray *periods, const char *caption,
			  GString *out)
{
	rollstat_html_begin_details(out);
	rollstat_markup_append(
		out,
		"<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
		"aria-label=\"%s\">\n<table class=\"periods\">\n<caption>%s</caption>\n"
		"<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>",
		caption,
		_("Time in each zone; in brackets the days with 90 s or more. * "
		  "not the whole of it."),
		_("From"), _("Days"));
	for (guint i = 0; i < page->zones->len; i++)
		rollstat_markup_append(out, "<th scope=\"col\">%s</th>",
				       g_array_index(page->zones, RollstatPageZone, i).name);
	g_string_append(out, "</tr></thead>\n<tbody>\n");
	for (guint i = 0; i < periods->len; i++)
		add_row(page, &g_array_index(periods, RollstatPagePeriod, i), out);
	g_string_append(out, "</tbody></table>\n</div>\n</details>\n");
}

void
rollstat_html_add_trend(const RollstatPage *page, GString *out)
{
	rollstat_markup_append(out, "<section class=\"full\" id=\"trend\">\n<h2>%s</h2>\n",
			       rollstat_words_get_step(page->step));
	rollstat_markup_append(out, "<p>%s</p>\n<div class=\"multiples\">\n",
			       _("All zones on one scale. An outlined bar is not the whole of its "
				 "time: it runs on, or the range cuts it."));
	for (guint i = 0; i < page->zones->len; i++) {
		const RollstatPageZone *zone = &g_array_index(page->zones, RollstatPageZone, i);
		g_autofree char *words = dup_words(page, i);
		rollstat_markup_append(out, "<figure>\n<h3>%s <small>%s</small></h3>\n", zone->name,
				       zone->sum->levels);
		add_picture(page, i, words, out);
		rollstat_markup_append(out, "<figcaption>%s</figcaption>\n</figure>\n", words);
	}
	g_string_append(out, "</div>\n");
	rollstat_html_add_periods(page, page->periods, _("Trend of the zones, as a table"), out);
	g_string_append(out, "</section>\n");
}
