/* SPDX-License-Identifier: MIT */
#include "cli/page/html-parts.h"
#include "cli/page/words.h"
#include "cli/style.h"

#include <math.h>

enum {
	WIDTH = 340,
	LEFT = 6,
	SCALE_S = 150, /* what is longer gets a pointed end */
	ROW = 44,
	BAR_FROM = 20,
	BAR_TO = 34,
	NAME_LETTERS = 18,
	FOOT = 24,
};

#define PER_S 2.1

static double
get_x(double seconds)
{
	return LEFT + PER_S * MIN(seconds, SCALE_S);
}

static void
add_bar(const RollstatPage *page, const RollstatPageZone *zone, double y, GString *out)
{
	const double band[] = {get_x(ROLLSTAT_DOSE_LEAST_S), y + BAR_FROM - 3,
			       get_x(ROLLSTAT_DOSE_MOST_S), y + BAR_TO + 3};
	const double ground[] = {LEFT, y + BAR_FROM, get_x(SCALE_S), y + BAR_TO};
	const double bar[] = {LEFT, y + BAR_FROM, get_x(zone->day_s), y + BAR_TO};
	g_autofree char *day = rollstat_style_dup_duration(zone->day_s);
	g_autofree char *kept = rollstat_words_dup_kept(page, zone);
	g_autofree char *value = page->input.summary->days == 1 ? g_steal_pointer(&day)
				 : kept == NULL
					 ? g_strdup_printf(_("%s a day"), day)
					 : g_strdup_printf(_("%s a day, kept %s"), day, kept);
	rollstat_markup_append_cut(out, (RollstatPlace){LEFT, y + 14, 0, "strong"}, zone->name,
				   NAME_LETTERS);
	rollstat_markup_append_text(
		out, (RollstatPlace){WIDTH - LEFT, y + 14, ROLLSTAT_ANCHOR_END, ""}, value);
	rollstat_markup_append_box(out, "ground", ground);
	rollstat_markup_append_box(out, "band", band);
	rollstat_markup_append_box(out, "time", bar);
	if (zone->day_s > SCALE_S)
		g_string_append_printf(out, "<path class=\"time\" d=\"M%.1f %.1fv14l9 -7z\"/>\n",
				       get_x(SCALE_S), y + BAR_FROM);
	g_string_append_printf(out,
			       "<path class=\"limit\" d=\"M%.1f %.1fV%.1fM%.1f %.1fV%.1f\"/>\n",
			       band[0], band[1], band[3], band[2], band[1], band[3]);
}

static void
add_axis(double y, GString *out)
{
	static const guint marks_s[] = {0, 30, 60, 90, 120, 150};
	for (guint i = 0; i < G_N_ELEMENTS(marks_s); i++) {
		g_autofree char *mark = i + 1 < G_N_ELEMENTS(marks_s)
						? g_strdup_printf("%u", marks_s[i])
						: g_strdup_printf("%u s", marks_s[i]);
		rollstat_markup_append_text(
			out,
			(RollstatPlace){get_x(marks_s[i]), y,
					i == 0 ? ROLLSTAT_ANCHOR_START : ROLLSTAT_ANCHOR_MIDDLE,
					"soft"},
			mark);
	}
}

static char *
dup_words(const RollstatPage *page)
{
	GString *words = g_string_new(NULL);
	for (guint i = 0; i < page->zones->len; i++) {
		const RollstatPageZone *zone = &g_array_index(page->zones, RollstatPageZone, i);
		g_autofree char *day = rollstat_style_dup_duration(zone->day_s);
		g_string_append_printf(words, _("%s: %s a day, %s. "), zone->name, day,
				       rollstat_words_get_dose(zone));
	}
	return g_strchomp(g_string_free(words, FALSE));
}

static void
add_picture(const RollstatPage *page, GString *out)
{
	g_autofree char *words = dup_words(page);
	rollstat_markup_begin_picture(
		out, &(RollstatPicture){.id = "doses",
					.width = WIDTH,
					.height = ROW * page->zones->len + FOOT,
					.title = _("Mean time of a day with sessions, by zone"),
					.words = words});
	for (guint i = 0; i < page->zones->len; i++)
		add_bar(page, &g_array_index(page->zones, RollstatPageZone, i), (double)ROW * i,
			out);
	add_axis(ROW * page->zones->len + 12.0, out);
	g_string_append(out, "</svg>\n");
}

static void
add_row(const RollstatPage *page, const RollstatPageZone *zone, GString *out)
{
	RollstatStyle style = {.has_utf8 = TRUE};
	const RollstatZoneSum *sum = zone->sum;
	g_autofree char *time = rollstat_style_dup_duration(sum->seconds);
	g_autofree char *holds = rollstat_style_dup_duration(sum->hold_s);
	g_autofree char *mean = rollstat_style_dup_number(&style, sum->mean_n, 0);
	g_autofree char *peak = rollstat_style_dup_number(&style, sum->peak_n, 0);
	g_autofree char *kept = rollstat_words_dup_kept(page, zone);
	rollstat_markup_append(out, "<tr><th scope=\"row\">%s <small>%s</small>", zone->name,
			       sum->levels);
	if (sum->is_tight)
		rollstat_markup_append(out, " <strong>\xe2\x96\xb2 %s</strong>", _("tight"));
	/* The value is what --json tells. */
	rollstat_markup_append(out,
			       "</th><td><data value=\"%.3f\">%s</data></td><td>%u</td><td>%s</td>"
			       "<td>%s</td><td>%s</td>"
			       "<td>%s <small>%s</small></td></tr>\n",
			       sum->seconds, time, sum->passes, holds, mean, peak,
			       kept != NULL ? kept : rollstat_style_get_dash(&style),
			       rollstat_words_get_dose(zone));
}

static void
add_table(const RollstatPage *page, GString *out)
{
	rollstat_markup_append(
		out,
		"<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
		"aria-label=\"%s\">\n<table>\n<caption>%s</caption>\n<thead><tr>"
		"<th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
		"<th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
		"<th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n"
		"<tbody>\n",
		_("Zones, as a table"),
		_("Each zone in numbers, and on how many of the days with sessions its dose was "
		  "kept"),
		_("Zone"), _("Time"), _("Passes"), _("Holds"), _("Mean N"), _("Peak N"), _("Kept"));
	for (guint i = 0; i < page->zones->len; i++)
		add_row(page, &g_array_index(page->zones, RollstatPageZone, i), out);
	g_string_append(out, "</tbody></table>\n</div>\n");
}

void
rollstat_html_add_doses(const RollstatPage *page, GString *out)
{
	if (page->zones->len == 0)
		return;
	rollstat_markup_append(out, "<section id=\"dose\">\n<h2>%s</h2>\n<figure>\n",
			       _("Doses kept"));
	add_picture(page, out);
	rollstat_markup_append(
		out, "<figcaption>%s</figcaption>\n</figure>\n</section>\n",
		_("Mean of the days with sessions. Between the two lines lies the dose of 90 to "
		  "120 s; it is kept on a day with 90 s or more. The numbers stand under Zones."));
}

void
rollstat_html_add_zones(const RollstatPage *page, GString *out)
{
	if (page->zones->len == 0)
		return;
	rollstat_markup_append(out, "<section class=\"full\" id=\"zones\">\n<h2>%s</h2>\n",
			       _("Zones"));
	add_table(page, out);
	g_string_append(out, "</section>\n");
}
