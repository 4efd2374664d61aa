/* SPDX-License-Identifier: MIT */
#include "cli/page/html-parts.h"
#include "cli/page/words.h"
#include "cli/style.h"

#include <math.h>

enum {
	WIDTH = 340,
	HEIGHT = 168,
	LEFT = 8,
	TOP = 40,
	BASE = 130,
	STEP = 10, /* of 1 cm/s */
	SIDES_HEIGHT = 62,
	SIDES_BAR = 24,
};

static double
get_x(double speed_cmps)
{
	return LEFT + STEP * speed_cmps;
}

static guint
get_most(const RollstatPage *page)
{
	guint most = 1;
	for (guint i = 0; i < ROLLSTAT_PAGE_SPEEDS; i++)
		most = MAX(most, page->speeds[i]);
	return most;
}

static void
add_speed_bars(const RollstatPage *page, GString *out)
{
	guint most = get_most(page);
	const double band[] = {get_x(ROLLSTAT_DOSE_SPEED_LEAST_CMPS), TOP - 18,
			       get_x(ROLLSTAT_DOSE_SPEED_MOST_CMPS), BASE};
	rollstat_markup_append_box(out, "band", band);
	for (guint i = 0; i < ROLLSTAT_PAGE_SPEEDS; i++) {
		double height = (double)(BASE - TOP) * page->speeds[i] / most;
		const double bar[] = {get_x(i) + 1, BASE - height, get_x(i + 1) - 1, BASE};
		rollstat_markup_append_box(out, "time", bar);
	}
	g_string_append_printf(out,
			       "<path class=\"limit\" d=\"M%.1f %dV%dM%.1f %dV%d\"/>\n"
			       "<path class=\"axis\" d=\"M%d %dH%d\"/>\n",
			       band[0], TOP - 18, BASE, band[2], TOP - 18, BASE, LEFT, BASE,
			       WIDTH - LEFT);
}

static void
add_speed_labels(const RollstatPage *page, GString *out)
{
	static const guint marks[] = {0, 7, 14, 21, 28};
	double median = MIN(page->input.summary->pass_cmps, ROLLSTAT_PAGE_SPEEDS);
	g_autofree char *most =
		g_strdup_printf(ngettext("%u pass", "%u passes", get_most(page)), get_most(page));
	g_autofree char *middle = g_strdup_printf(_("median %.1f"), page->input.summary->pass_cmps);
	for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
		g_autofree char *mark = g_strdup_printf("%u", marks[i]);
		rollstat_markup_append_text(
			out,
			(RollstatPlace){get_x(marks[i]), BASE + 14, ROLLSTAT_ANCHOR_MIDDLE, "soft"},
			mark);
	}
	rollstat_markup_append_text(
		out, (RollstatPlace){WIDTH - LEFT, BASE + 32, ROLLSTAT_ANCHOR_END, "soft"},
		_("cm/s"));
	rollstat_markup_append_text(
		out, (RollstatPlace){get_x(10.5), 14, ROLLSTAT_ANCHOR_MIDDLE, ""}, _("advised"));
	rollstat_markup_append_text(
		out, (RollstatPlace){WIDTH - LEFT, TOP - 8, ROLLSTAT_ANCHOR_END, "soft"}, most);
	g_string_append_printf(out, "<path class=\"spot\" d=\"M%.1f %dl-5 8h10z\"/>\n",
			       get_x(median), BASE + 19);
	rollstat_markup_append_text(out,
				    (RollstatPlace){CLAMP(get_x(median), 40, 240), BASE + 38 - 2,
						    ROLLSTAT_ANCHOR_MIDDLE, "strong"},
				    middle);
}

static void
add_speed_table(const RollstatPage *page, GString *out)
{
	const char *const heads[] = {_("Speed, cm/s"), _("Passes"), NULL};
	rollstat_html_begin_details(out);
	rollstat_markup_begin_table(out, _("How many passes went at which speed"), heads);
	for (guint i = 0; i < ROLLSTAT_PAGE_SPEEDS; i++) {
		g_autofree char *speed = i + 1 < ROLLSTAT_PAGE_SPEEDS
						 ? g_strdup_printf(_("%u to %u"), i, i + 1)
						 : g_strdup_printf(_("%u and more"), i);
		g_autofree char *passes = g_strdup_printf("%u", page->speeds[i]);
		const char *const cells[] = {speed, passes, NULL};
		if (page->speeds[i] > 0)
			rollstat_markup_append_row(out, cells);
	}
	g_string_append(out, "</tbody></table>\n</details>\n");
}

void
rollstat_html_add_speeds(const RollstatPage *page, GString *out)
{
	g_autofree char *words = rollstat_words_dup_speeds(page);
	rollstat_markup_append(out, "<section id=\"speed\">\n<h2>%s</h2>\n", _("Speed of passes"));
	if (isnan(page->input.summary->pass_cmps)) {
		rollstat_markup_append(out, "<p>%s</p>\n</section>\n", words);
		return;
	}
	g_string_append(out, "<figure>\n");
	rollstat_markup_begin_picture(out, &(RollstatPicture){.id = "speeds",
							      .width = WIDTH,
							      .height = HEIGHT + 2,
							      .title = _("How fast passes were"),
							      .words = words});
	add_speed_bars(page, out);
	add_speed_labels(page, out);
	rollstat_markup_append(out, "</svg>\n<figcaption>%s %s</figcaption>\n</figure>\n", words,
			       _("7 to 14 cm/s is a thoracic spine of 28 cm in 2 to 4 s."));
	add_speed_table(page, out);
	g_string_append(out, "</section>\n");
}

typedef struct {
	const char *name, *style;
	double seconds;
} Side;

static void
add_sides_picture(const Side *sides, double whole_s, const char *words, GString *out)
{
	double x = LEFT, length = WIDTH - 2.0 * LEFT;
	rollstat_markup_begin_picture(out, &(RollstatPicture){.id = "left-right",
							      .width = WIDTH,
							      .height = SIDES_HEIGHT,
							      .title = _("Time on each side"),
							      .words = words});
	for (guint i = 0; i < 3; i++) {
		double next = x + length * sides[i].seconds / whole_s;
		const double box[] = {x, SIDES_BAR, next, SIDES_BAR + 18.0};
		g_autofree char *share = g_strdup_printf(
			"%u %%", rollstat_words_get_percent(sides[i].seconds, whole_s));
		double at = LEFT + length * i / 2;
		rollstat_markup_append_box(out, sides[i].style, box);
		rollstat_markup_append_text(
			out, (RollstatPlace){at, 14, (RollstatAnchor)i, "strong"}, sides[i].name);
		rollstat_markup_append_text(
			out, (RollstatPlace){at, SIDES_HEIGHT - 4, (RollstatAnchor)i, ""}, share);
		x = next;
	}
	g_string_append(out, "</svg>\n");
}

void
rollstat_html_add_sides(const RollstatPage *page, GString *out)
{
	const RollstatSummary *summary = page->input.summary;
	const Side sides[] = {{_("left"), "left", summary->left_s},
			      {_("centre"), "centre", summary->centre_s},
			      {_("right"), "right", summary->right_s}};
	double whole_s = summary->left_s + summary->centre_s + summary->right_s;
	if (!summary->has_sides || !(whole_s > 0))
		return;
	g_autofree char *left = rollstat_style_dup_duration(summary->left_s);
	g_autofree char *centre = rollstat_style_dup_duration(summary->centre_s);
	g_autofree char *right = rollstat_style_dup_duration(summary->right_s);
	g_autofree char *words =
		g_strdup_printf(_("Left %s, centre %s, right %s."), left, centre, right);
	const char *const heads[] = {_("Side"), _("Time"), NULL};
	const char *const times[] = {left, centre, right};
	rollstat_markup_append(out, "<section id=\"sides\">\n<h2>%s</h2>\n<figure>\n",
			       _("Left and right"));
	add_sides_picture(sides, whole_s, words, out);
	rollstat_markup_append(out, "<figcaption>%s %s</figcaption>\n</figure>\n", words,
			       _("Of the sessions with a bar that tells sides."));
	rollstat_html_begin_details(out);
	rollstat_markup_begin_table(out, _("Time on each side"), heads);
	for (guint i = 0; i < 3; i++) {
		const char *const cells[] = {sides[i].name, times[i], NULL};
		rollstat_markup_append_row(out, cells);
	}
	g_string_append(out, "</tbody></table>\n</details>\n</section>\n");
}
