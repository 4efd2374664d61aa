/* SPDX-License-Identifier: MIT */
#include "cli/live/picture.h"

#include "cli/verb.h"

#include <math.h>
#include <string.h>

/* What is seen above C7 and below L5. */
#define MARGIN_CM 1.5

/* A cell of a zone's bar, so that 90 and 120 s fall on edges, with room for a little more. */
#define CELL_S 5.0
#define NARROW_CELL_S 15.0

enum {
	LABEL_COLUMNS = 4,
	SPINE_AT = LABEL_COLUMNS,
	CONTACT_AT = SPINE_AT + 1,
	CONTACT_COLUMNS = 4,
	ZONE_AT = CONTACT_AT + CONTACT_COLUMNS + 1,
	WIDE_FROM = 64, /* columns */
	WORDS_FROM = 54,
	CELLS = 28,
	NARROW_CELLS = 9,
};

/* Rows to centimetres. */
typedef struct {
	guint first, rows;
	double top_cm, bottom_cm;
} Scale;

static double
get_row_cm(const Scale *scale, double row)
{
	return scale->top_cm +
	       (row - scale->first) * (scale->bottom_cm - scale->top_cm) / scale->rows;
}

/* Half rows from the first on; may lie outside. */
static int
find_half_row(const Scale *scale, double at_cm)
{
	double share = (at_cm - scale->top_cm) / (scale->bottom_cm - scale->top_cm);
	return (int)floor(CLAMP(share, -1, 2) * 2 * scale->rows);
}

/* Once a level, beside its first row. */
static void
draw_levels(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas,
	    const Scale *scale)
{
	const char *before = "";
	for (guint row = scale->first; row < scale->first + scale->rows; row++) {
		const char *level = rollstat_scene_get_level(scene, get_row_cm(scale, row + 0.5));
		if (strcmp(level, before) != 0)
			rollstat_canvas_put(canvas, row, 0, ROLLSTAT_INK_PLAIN, level);
		rollstat_canvas_put(canvas, row, SPINE_AT, ROLLSTAT_INK_DIM,
				    picture->style.has_utf8 ? "┃" : "|");
		before = level;
	}
}

static const char *
get_contact_letter(const RollstatPicture *picture, gboolean is_upper)
{
	if (!picture->style.has_utf8)
		return "#";
	return is_upper ? "▀" : "▄";
}

/* Where contact may lie, by one standard deviation, unless that is less than can be drawn. */
static void
draw_doubt(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas,
	   const Scale *scale)
{
	const RollstatMoment *moment = &scene->moment;
	double row_cm = (scale->bottom_cm - scale->top_cm) / scale->rows;
	if (moment->uncertainty_cm < row_cm / 2)
		return;
	int low = find_half_row(scale, moment->contact_cm - moment->uncertainty_cm);
	int high = find_half_row(scale, moment->contact_cm + moment->uncertainty_cm);
	for (int row = MAX(low / 2, 0); row <= high / 2 && row < (int)scale->rows; row++)
		for (guint i = 0; i < CONTACT_COLUMNS - 1; i++)
			rollstat_canvas_put(canvas, scale->first + (guint)row, CONTACT_AT + i,
					    ROLLSTAT_INK_DIM, picture->style.has_utf8 ? "░" : ".");
}

static void
draw_contact(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas,
	     const Scale *scale)
{
	gboolean has_utf8 = picture->style.has_utf8;
	int half = find_half_row(scale, scene->moment.contact_cm);
	half = CLAMP(half, 0, (int)(2 * scale->rows - 1));
	guint row = scale->first + (guint)half / 2;
	draw_doubt(picture, scene, canvas, scale);
	/* A row may be of two levels: here it has the name of the one that is meant. */
	rollstat_canvas_put(canvas, row, 0, ROLLSTAT_INK_PLAIN, "    ");
	rollstat_canvas_put(canvas, row, 0, ROLLSTAT_INK_BOLD,
			    rollstat_scene_get_level(scene, scene->moment.contact_cm));
	for (guint i = 0; i < CONTACT_COLUMNS - 1; i++)
		rollstat_canvas_put(canvas, row, CONTACT_AT + i, ROLLSTAT_INK_BOLD,
				    get_contact_letter(picture, half % 2 == 0));
	const char *way = has_utf8 ? "•" : "o";
	if (scene->speed_cmps >= 1)
		way = has_utf8 ? "↓" : "v";
	else if (scene->speed_cmps <= -1)
		way = has_utf8 ? "↑" : "^";
	rollstat_canvas_put(canvas, row, CONTACT_AT + CONTACT_COLUMNS - 1, ROLLSTAT_INK_BOLD, way);
}

char *
rollstat_picture_dup_zone_words(const RollstatSceneZone *zone)
{
	guint missing_s = rollstat_dose_get_missing_s(zone->seconds);
	switch (rollstat_dose_judge(zone->seconds)) {
	case ROLLSTAT_DOSE_NONE:
	case ROLLSTAT_DOSE_LITTLE:
		return zone->needs_care ? g_strdup(_("with care"))
					: g_strdup_printf(_("%u s to go"), missing_s);
	case ROLLSTAT_DOSE_ENOUGH:
		return g_strdup(_("done"));
	case ROLLSTAT_DOSE_OVER:
		return g_strdup(_("above dose"));
	}
	g_assert_not_reached();
}

static RollstatInk
get_zone_ink(const RollstatSceneZone *zone)
{
	RollstatDose dose = rollstat_dose_judge(zone->seconds);
	if (dose == ROLLSTAT_DOSE_OVER)
		return ROLLSTAT_INK_YELLOW;
	return dose == ROLLSTAT_DOSE_ENOUGH ? ROLLSTAT_INK_GREEN : ROLLSTAT_INK_BLUE;
}

static void
draw_zone(const RollstatPicture *picture, const RollstatSceneZone *zone, gboolean is_here,
	  RollstatCanvas *canvas, guint row)
{
	gboolean is_wide = canvas->columns >= WIDE_FROM;
	g_autofree char *name = rollstat_style_dup_clean(&picture->style, zone->name);
	g_autofree char *time = rollstat_style_dup_short_duration(zone->seconds);
	guint name_end = ZONE_AT + (is_wide ? 15 : 14), at = name_end + 1;
	RollstatInk ink = is_here ? ROLLSTAT_INK_BOLD : ROLLSTAT_INK_PLAIN;
	rollstat_canvas_put_cell(
		canvas, row, ZONE_AT,
		&(RollstatCell){.text = name, .columns = name_end - ZONE_AT, .ink = ink});
	if (is_wide) {
		rollstat_canvas_put(canvas, row, at, ROLLSTAT_INK_DIM, zone->levels);
		at += 8;
	}
	guint end = at + 5, cells = is_wide ? CELLS : NARROW_CELLS;
	double full_s = cells * (is_wide ? CELL_S : NARROW_CELL_S);
	rollstat_canvas_put(canvas, row, end - MIN(5, rollstat_style_measure(time)), ink, time);
	RollstatPictureBar bar = {
		.row = row,
		.column = end + 1,
		.cells = cells,
		.share = zone->seconds / full_s,
		.marks = {ROLLSTAT_DOSE_LEAST_S / full_s, ROLLSTAT_DOSE_MOST_S / full_s},
		.n_marks = 2,
		.ink = get_zone_ink(zone)};
	rollstat_picture_draw_bar(picture, canvas, &bar);
	if (canvas->columns < WORDS_FROM)
		return;
	/* So that the ink need not be seen. */
	g_autofree char *words = rollstat_picture_dup_zone_words(zone);
	rollstat_canvas_put(canvas, row, bar.column + bar.cells + 1, ROLLSTAT_INK_PLAIN, words);
}

/* Each zone at its middle, or below the one before where they are too close. */
static void
draw_zones(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas,
	   const Scale *scale)
{
	const RollstatSceneZone *here =
		rollstat_scene_has_contact(scene)
			? rollstat_scene_find_zone(scene, scene->moment.contact_cm)
			: NULL;
	guint free = scale->first, end = scale->first + scale->rows;
	for (guint i = 0; i < scene->n_zones && free < end; i++) {
		const RollstatSceneZone *zone = &scene->zones[i];
		double from_cm = MAX(zone->from_cm, scale->top_cm);
		double to_cm = MIN(zone->to_cm, scale->bottom_cm);
		int half = find_half_row(scale, (from_cm + to_cm) / 2);
		guint row = scale->first + (guint)CLAMP(half / 2, 0, (int)scale->rows - 1);
		/* Room for those that come after. */
		guint last = end - MIN(end - free, scene->n_zones - i);
		row = MAX(free, MIN(row, last));
		draw_zone(picture, zone, zone == here, canvas, row);
		free = row + 1;
	}
}

void
rollstat_picture_draw_spine(const RollstatPicture *picture, const RollstatScene *scene,
			    RollstatCanvas *canvas, guint first, guint end)
{
	if (scene->spine.n_levels == 0) {
		const char *text = _("Your spine and zones appear with the first contact.");
		rollstat_canvas_put_cell(canvas, first + 1, 0,
					 &(RollstatCell){.text = text,
							 .columns = canvas->columns,
							 .ink = ROLLSTAT_INK_PLAIN});
		return;
	}
	Scale scale = {.first = first,
		       .rows = end - first,
		       .top_cm = -MARGIN_CM,
		       .bottom_cm = scene->spine.length_cm + MARGIN_CM};
	draw_levels(picture, scene, canvas, &scale);
	if (rollstat_scene_has_contact(scene))
		draw_contact(picture, scene, canvas, &scale);
	draw_zones(picture, scene, canvas, &scale);
}
