/* SPDX-License-Identifier: MIT */
#include "cli/page/html-parts.h"

#include "cli/style.h"

#include <math.h>
#include <string.h>

/* From left to right: zones, time, levels, spine, force, tight spots. */
enum {
	WIDTH = 340,
	TOP = 36,
	LENGTH = 500,
	FOOT = 34,
	TIME_FROM = 80,
	TIME_TO = 152,
	LEVEL_AT = 168,
	BONE_FROM = 183,
	BONE_TO = 209,
	FORCE_FROM = 217,
	FORCE_TO = 287,
	SPOT_AT = 291,
	LINE = 13,
	ZONE_LETTERS = 12,
	HEATS = 6,
	SWATCH = 18,
};

#define WING 4.0

static const RollstatPageSlice *
get_slice(const RollstatPage *page, guint i)
{
	return &g_array_index(page->slices, RollstatPageSlice, i);
}

static double
get_y(const RollstatPage *page, double at_cm)
{
	double first_cm = get_slice(page, 0)->at_cm - ROLLSTAT_SLICE_CM / 2;
	double length_cm = page->slices->len * ROLLSTAT_SLICE_CM;
	return TOP + CLAMP((at_cm - first_cm) / length_cm, 0, 1) * LENGTH;
}

/* Writes the name of a zone from a line on; nothing where there is no room. Returns where it ended. */
static double
add_zone_name(const RollstatPageZone *zone, double from_y, double to_y, GString *out)
{
	const char *dash = strchr(zone->name, '-');
	gsize split = dash != NULL && to_y - from_y > 2 * LINE + 4 ? (gsize)(dash + 1 - zone->name)
								   : strlen(zone->name);
	g_autofree char *head = g_strndup(zone->name, split);
	RollstatPlace place = {.x = 2, .y = from_y + LINE, .style = ""};
	if (to_y - from_y < LINE + 3)
		return from_y;
	rollstat_markup_append_cut(out, place, head, ZONE_LETTERS);
	if (zone->name[split] != '\0') {
		place.y += LINE;
		rollstat_markup_append_cut(out, place, zone->name + split, ZONE_LETTERS);
	}
	place.style = "soft";
	if (place.y + LINE < to_y - 3) {
		place.y += LINE;
		rollstat_markup_append_text(out, place, zone->sum->levels);
	}
	return place.y + 3;
}

static void
add_zones(const RollstatPage *page, GString *out)
{
	/* Zones that were named anew within the range lie over each other. */
	double used_y = TOP;
	for (guint i = 0; i < page->zones->len; i++) {
		const RollstatPageZone *zone = &g_array_index(page->zones, RollstatPageZone, i);
		double from_y = get_y(page, zone->sum->from_cm);
		double to_y = get_y(page, zone->sum->to_cm);
		const double box[] = {0, from_y, WIDTH, to_y};
		rollstat_markup_append_box(out, i % 2 == 0 ? "stripe" : "gap", box);
		used_y = add_zone_name(zone, MAX(from_y, used_y), to_y, out);
	}
}

/* The heat as a step of the scale. */
static guint
get_heat(double heat)
{
	return (guint)MIN(heat * HEATS, HEATS - 1);
}

static void
add_heat(const RollstatPage *page, GString *out)
{
	for (guint i = 0; i < page->slices->len; i++) {
		const RollstatPageSlice *slice = get_slice(page, i);
		g_autofree char *heat = g_strdup_printf("heat%u", get_heat(slice->heat));
		const double box[] = {BONE_FROM, get_y(page, slice->at_cm - ROLLSTAT_SLICE_CM / 2),
				      BONE_TO, get_y(page, slice->at_cm + ROLLSTAT_SLICE_CM / 2)};
		if (slice->seconds > 0)
			rollstat_markup_append_box(out, heat, box);
	}
}

/* A share of each slice, drawn as one shape from a line to the left or to the right. */
typedef struct {
	const char *style;
	double from, to; /* x of nothing and of the most */
	double (*get_share)(const RollstatPage *page, const RollstatPageSlice *slice);
} Shape;

static double
get_time_share(const RollstatPage *page, const RollstatPageSlice *slice)
{
	return slice->seconds / page->longest_s;
}

static double
get_force_share(const RollstatPage *page, const RollstatPageSlice *slice)
{
	return isnan(slice->mean_n) || !(page->most_n > 0) ? 0 : slice->mean_n / page->most_n;
}

static void
add_shape(const RollstatPage *page, const Shape *shape, GString *out)
{
	double x = shape->from;
	g_string_append_printf(out, "<path class=\"%s\" d=\"M%.1f %d", shape->style, x, TOP);
	for (guint i = 0; i < page->slices->len; i++) {
		const RollstatPageSlice *slice = get_slice(page, i);
		double share = shape->get_share(page, slice);
		/* The least is still to be seen. */
		double own = share > 0 ? MAX(share * fabs(shape->to - shape->from), 1) : 0;
		double next = shape->from + (shape->to > shape->from ? own : -own);
		if (fabs(next - x) > 0.05)
			g_string_append_printf(out, "V%.1fH%.1f",
					       get_y(page, slice->at_cm - ROLLSTAT_SLICE_CM / 2),
					       next);
		x = next;
	}
	g_string_append_printf(out, "V%dH%.1fz\"/>\n", TOP + LENGTH, shape->from);
}

static void
add_slices(const RollstatPage *page, GString *out)
{
	static const Shape time = {"time", TIME_TO, TIME_FROM, get_time_share};
	static const Shape force = {"force", FORCE_FROM, FORCE_TO, get_force_share};
	add_heat(page, out);
	add_shape(page, &time, out);
	add_shape(page, &force, out);
}

/* Outlines of the vertebrae over the heat, with a wing on each side. */
static void
add_levels(const RollstatPage *page, GString *out)
{
	for (guint i = 0; i < page->levels->len; i++) {
		const RollstatPageLevel *level = &g_array_index(page->levels, RollstatPageLevel, i);
		double from_y = get_y(page, level->from_cm), to_y = get_y(page, level->to_cm);
		double middle_y = (from_y + to_y) / 2;
		if (i > 0)
			g_string_append_printf(out, "<path class=\"disc\" d=\"M%d %.1fH%d\"/>\n",
					       BONE_FROM, from_y, BONE_TO);
		g_string_append_printf(out,
				       "<path class=\"bone\" d=\"M%d %.1fh%d q-3 %.1f 0 %.1f "
				       "h-%d q3 -%.1f 0 -%.1fz\"/>\n",
				       BONE_FROM, from_y + 1.5, BONE_TO - BONE_FROM,
				       (to_y - from_y - 3) / 2, to_y - from_y - 3,
				       BONE_TO - BONE_FROM, (to_y - from_y - 3) / 2,
				       to_y - from_y - 3);
		g_string_append_printf(
			out, "<path class=\"bone\" d=\"M%.1f %.1fh-%.1fM%.1f %.1fh%.1f\"/>\n",
			BONE_FROM + 1.5, middle_y, WING, BONE_TO - 1.5, middle_y, WING);
		rollstat_markup_append_text(out,
					    (RollstatPlace){.x = LEVEL_AT,
							    .y = middle_y + 4,
							    .anchor = ROLLSTAT_ANCHOR_MIDDLE,
							    .style = "level"},
					    level->level->name);
	}
}

static void
add_spots(const RollstatPage *page, GString *out)
{
	const RollstatSummary *summary = page->input.summary;
	for (guint i = 0; i < summary->n_spots; i++) {
		const RollstatSpot *spot = &summary->spots[i];
		double y = get_y(page, spot->at_cm);
		g_string_append_printf(out,
				       "<path class=\"lead\" d=\"M%d %.1fH%d\"/>\n"
				       "<path class=\"spot\" d=\"M%d %.1fl5 -9l5 9z\"/>\n",
				       BONE_TO + 4, y, SPOT_AT - 1, SPOT_AT + 1, y + 4);
		rollstat_markup_append_text(
			out, (RollstatPlace){.x = SPOT_AT + 15, .y = y + 4, .style = "strong"},
			*spot->level != '\0' ? spot->level : "?");
	}
}

static void
add_heads(const RollstatPage *page, GString *out)
{
	g_autofree char *longest = rollstat_style_dup_duration(page->longest_s);
	g_autofree char *most = g_strdup_printf("%.0f N", page->most_n);
	RollstatPlace place = {
		.x = TIME_TO, .y = 12, .anchor = ROLLSTAT_ANCHOR_END, .style = "strong"};
	rollstat_markup_append_text(out, place, _("time"));
	place = (RollstatPlace){.x = FORCE_FROM, .y = 12, .style = "strong"};
	rollstat_markup_append_text(out, place, _("force"));
	if (page->input.summary->n_spots > 0) {
		place.x = WIDTH - 2;
		place.anchor = ROLLSTAT_ANCHOR_END;
		rollstat_markup_append_text(out, place, _("tight"));
	}
	place = (RollstatPlace){.x = TIME_FROM, .y = 28, .style = "soft"};
	rollstat_markup_append_text(out, place, longest);
	place = (RollstatPlace){
		.x = TIME_TO, .y = 28, .anchor = ROLLSTAT_ANCHOR_END, .style = "soft"};
	rollstat_markup_append_text(out, place, "0");
	place = (RollstatPlace){.x = FORCE_FROM, .y = 28, .style = "soft"};
	rollstat_markup_append_text(out, place, page->most_n > 0 ? "0" : _("not known"));
	place = (RollstatPlace){
		.x = FORCE_TO, .y = 28, .anchor = ROLLSTAT_ANCHOR_END, .style = "soft"};
	if (page->most_n > 0)
		rollstat_markup_append_text(out, place, most);
}

/* What the colours of the spine mean. */
static void
add_scale(const RollstatPage *page, GString *out)
{
	double y = TOP + LENGTH + 14, x = WIDTH - HEATS * SWATCH - 48.0;
	gboolean has_newtons = page->input.summary->has_newtons;
	for (guint i = 0; i < HEATS; i++) {
		g_autofree char *heat = g_strdup_printf("heat%u edge", i);
		const double box[] = {x + i * SWATCH, y, x + (i + 1) * SWATCH, y + 12};
		rollstat_markup_append_box(out, heat, box);
	}
	rollstat_markup_append_text(out, (RollstatPlace){x - 6, y + 10, ROLLSTAT_ANCHOR_END, ""},
				    has_newtons ? _("time by force: least") : _("time: least"));
	rollstat_markup_append_text(
		out, (RollstatPlace){x + HEATS * SWATCH + 6, y + 10, ROLLSTAT_ANCHOR_START, ""},
		_("most"));
}

static char *
dup_words(const RollstatPage *page)
{
	const RollstatSummary *summary = page->input.summary;
	const RollstatPageSlice *longest = get_slice(page, 0);
	for (guint i = 1; i < page->slices->len; i++)
		longest = get_slice(page, i)->seconds > longest->seconds ? get_slice(page, i)
									 : longest;
	g_autofree char *time = rollstat_style_dup_duration(longest->seconds);
	GString *words = g_string_new(NULL);
	g_string_append_printf(
		words,
		_("From C7 on top to L5 below, for each half centimetre: on the left how long it "
		  "was rolled, on the right the mean force. Longest %.1f cm below C7, %s."),
		longest->at_cm, time);
	for (guint i = 0; i < summary->n_spots; i++)
		g_string_append_printf(words, _(" Tight spot at %s, %.1f cm below C7."),
				       summary->spots[i].level, summary->spots[i].at_cm);
	return g_string_free(words, FALSE);
}

static void
add_picture(const RollstatPage *page, GString *out)
{
	g_autofree char *words = dup_words(page);
	rollstat_markup_begin_picture(out, &(RollstatPicture){.id = "spine",
							      .width = WIDTH,
							      .height = TOP + LENGTH + FOOT,
							      .title = _("Time and force along the "
									 "spine"),
							      .words = words});
	add_zones(page, out);
	add_heads(page, out);
	add_slices(page, out);
	add_spots(page, out);
	add_levels(page, out);
	add_scale(page, out);
	g_string_append(out, "</svg>\n");
}

static void
add_table(const RollstatPage *page, GString *out)
{
	const char *const heads[] = {_("Level"),  _("cm below C7"), _("Time"),
				     _("Mean N"), _("Tight"),	    NULL};
	RollstatStyle style = {.has_utf8 = TRUE};
	rollstat_html_begin_details(out);
	rollstat_markup_begin_table(out, _("Time and force at each level"), heads);
	for (guint i = 0; i < page->levels->len; i++) {
		const RollstatPageLevel *level = &g_array_index(page->levels, RollstatPageLevel, i);
		g_autofree char *stretch =
			g_strdup_printf(_("%.1f to %.1f"), level->from_cm, level->to_cm);
		g_autofree char *time = rollstat_style_dup_duration(level->seconds);
		g_autofree char *mean = rollstat_style_dup_number(&style, level->mean_n, 0);
		const char *const cells[] = {level->level->name,
					     stretch,
					     time,
					     mean,
					     isnan(level->tightness) ? "" : _("tight"),
					     NULL};
		rollstat_markup_append_row(out, cells);
	}
	g_string_append(out, "</tbody></table>\n</details>\n");
}

void
rollstat_html_add_spine(const RollstatPage *page, GString *out)
{
	rollstat_markup_append(out, "<section class=\"spine\" id=\"along\">\n<h2>%s</h2>\n",
			       _("Along the spine"));
	if (page->slices->len == 0 || !(page->longest_s > 0)) {
		rollstat_markup_append(out, "<p>%s</p>\n</section>\n",
				       _("No place is known: the sensor tells force alone."));
		return;
	}
	g_string_append(out, "<figure>\n");
	add_picture(page, out);
	rollstat_markup_append(
		out, "<figcaption>%s</figcaption>\n</figure>\n",
		_("Head on top. Each bar is half a centimetre of the back; a "
		  "triangle is a tight spot. A level is that of the vertebral body: the bone that "
		  "you feel lies about one level lower in the middle of the back."));
	if (page->above_s >= 1 || page->below_s >= 1) {
		g_autofree char *above = rollstat_style_dup_duration(page->above_s);
		g_autofree char *below = rollstat_style_dup_duration(page->below_s);
		g_autofree char *beyond = g_strdup_printf(
			_("Not in the picture: %s higher than it, %s lower."), above, below);
		rollstat_markup_append(out, "<p>%s</p>\n", beyond);
	}
	add_table(page, out);
	g_string_append(out, "</section>\n");
}
