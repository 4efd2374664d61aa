/* SPDX-License-Identifier: MIT */
#include "cli/live/picture.h"

#include "cli/live/cue.h"
#include "cli/verb.h"

#include <math.h>

/* On a roller (Baumgart 2019, Sports 7:27; legs): 32 to 34 % of body weight in the mean, 51 to 55 % at most. On the
 * upper back nothing is published. */
#define FORCE_USUAL_SHARE 0.33
#define FORCE_BAR_SHARE 0.60

/* Without a weight, and before there was more. */
#define FORCE_BAR_LEAST_N 100.0

#define SPEED_BAR_CMPS 21.0

/* The thoracic spine, which is to be passed in 2 to 4 s (cli/history/dose.h). */
#define UPPER_BACK_CM 28.0

#define STILL_CMPS 1.0

enum {
	NAME_COLUMNS = 9,
	VALUE_COLUMNS = 9,
	WIDE_FROM = 64, /* columns */
};

/* A line: what it is, its value in words, a bar, words behind it where there is room. */
typedef struct {
	const char *name, *value, *words;
	RollstatPictureBar bar; /* cells 0: none */
} Line;

static gboolean
is_narrow(const RollstatCanvas *canvas)
{
	return canvas->columns < WIDE_FROM;
}

static void
draw_line(const RollstatPicture *picture, RollstatCanvas *canvas, guint row, const Line *line)
{
	guint end = canvas->columns;
	rollstat_canvas_put_cell(canvas, row, 0,
				 &(RollstatCell){.text = line->name,
						 .columns = NAME_COLUMNS - 1,
						 .ink = ROLLSTAT_INK_DIM});
	guint at = rollstat_canvas_put_cell(canvas, row, NAME_COLUMNS,
					    &(RollstatCell){.text = line->value,
							    .columns = end - NAME_COLUMNS,
							    .ink = ROLLSTAT_INK_BOLD});
	if (line->bar.ink != ROLLSTAT_INK_PLAIN) {
		RollstatPictureBar bar = line->bar;
		bar.row = row;
		bar.column = MAX(at + 1, NAME_COLUMNS + VALUE_COLUMNS);
		bar.cells = is_narrow(canvas) ? 10 : 21;
		rollstat_picture_draw_bar(picture, canvas, &bar);
		at = bar.column + bar.cells;
	}
	if (line->words != NULL)
		rollstat_canvas_put_cell(canvas, row, at + 1,
					 &(RollstatCell){.text = line->words,
							 .columns = end - at + 1,
							 .ink = ROLLSTAT_INK_PLAIN});
}

static char *
dup_place(const RollstatPicture *picture, const RollstatScene *scene)
{
	const RollstatMoment *moment = &scene->moment;
	const RollstatSceneZone *zone = rollstat_scene_find_zone(scene, moment->contact_cm);
	const char *level = rollstat_scene_get_level(scene, moment->contact_cm);
	g_autofree char *name = rollstat_style_dup_clean(&picture->style, zone ? zone->name : "");
	return g_strdup_printf(_("%s%s%.1f cm %s%.1f%s%s"), level, *level != '\0' ? ", " : "",
			       moment->contact_cm, rollstat_style_get_give_or_take(&picture->style),
			       moment->uncertainty_cm, *name != '\0' ? ", " : "", name);
}

static void
draw_place(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas,
	   guint row)
{
	g_autofree char *text = NULL;
	double silence_s = rollstat_scene_get_silence_s(scene, picture->now_us);
	if (silence_s > 0)
		text = g_strdup_printf(_("no data for %.0f s"), floor(silence_s));
	else if (!scene->has_moment)
		text = g_strdup(_("no data yet"));
	else if (!scene->moment.is_loaded)
		text = g_strdup(_("nobody rests on it"));
	else if (!rollstat_scene_has_contact(scene))
		text = g_strdup(_("the place is not known"));
	else
		text = dup_place(picture, scene);
	Line line = {.name = _("Contact"), .value = text};
	draw_line(picture, canvas, row, &line);
}

static gboolean
is_fresh(const RollstatScene *scene)
{
	return scene->has_moment && !scene->is_silent;
}

static void
draw_force(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas,
	   guint row)
{
	double force_n = is_fresh(scene) ? scene->moment.force_n : NAN;
	double body_n = picture->weight_kg * ROLLSTAT_DOSE_NEWTONS_PER_KG;
	double full_n =
		body_n > 0 ? FORCE_BAR_SHARE * body_n : MAX(FORCE_BAR_LEAST_N, scene->most_n);
	g_autofree char *value = isfinite(force_n)
					 ? g_strdup_printf(_("%.0f N"), force_n)
					 : g_strdup(rollstat_style_get_dash(&picture->style));
	g_autofree char *words =
		body_n > 0 ? g_strdup_printf(is_narrow(canvas) ? _("%.0f %% weight")
							       : _("%.0f %% of body weight"),
					     isfinite(force_n) ? 100 * force_n / body_n : 0)
			   : g_strdup_printf(is_narrow(canvas) ? _("of %.0f N")
							       : _("of %.0f N, the most today"),
					     full_n);
	Line line = {.name = _("Force"),
		     .value = value,
		     .words = words,
		     .bar = {.share = force_n / full_n, .ink = ROLLSTAT_INK_MAGENTA}};
	if (body_n > 0) {
		line.bar.marks[0] = FORCE_USUAL_SHARE / FORCE_BAR_SHARE;
		line.bar.n_marks = 1;
	} else if (scene->most_n < FORCE_BAR_LEAST_N) {
		line.words = _("of 100 N");
	}
	if (is_fresh(scene) && !isfinite(force_n)) {
		line.words = _("this sensor tells no newtons");
		line.bar.ink = ROLLSTAT_INK_PLAIN;
	}
	draw_line(picture, canvas, row, &line);
}

/* Short for a narrow picture; else with how long a pass down the whole upper back would take at this speed. */
static char *
dup_speed_words(double exact_cmps, gboolean is_narrow)
{
	const char *words = _("as advised");
	double speed_cmps = round(exact_cmps); /* as it is shown: 6.8 is told as 7 */
	if (speed_cmps < STILL_CMPS)
		return g_strdup(_("at rest"));
	if (speed_cmps > ROLLSTAT_DOSE_SPEED_MOST_CMPS)
		words = _("fast");
	else if (speed_cmps < ROLLSTAT_DOSE_SPEED_LEAST_CMPS)
		words = _("slow");
	if (is_narrow)
		return g_strdup(words);
	return g_strdup_printf(_("%s; 28 cm in %.1f s (2 to 4)"), words,
			       UPPER_BACK_CM / exact_cmps);
}

static void
draw_speed(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas,
	   guint row)
{
	gboolean is_shown = rollstat_scene_has_contact(scene);
	double speed_cmps = fabs(scene->speed_cmps);
	g_autofree char *value = is_shown ? g_strdup_printf(_("%.0f cm/s"), speed_cmps)
					  : g_strdup(rollstat_style_get_dash(&picture->style));
	gboolean is_fast = round(speed_cmps) > ROLLSTAT_DOSE_SPEED_MOST_CMPS; /* as it is shown */
	g_autofree char *words =
		is_shown ? dup_speed_words(speed_cmps, is_narrow(canvas))
			 : g_strdup(is_narrow(canvas) ? _("7-14 cm/s")
						      : _("7 to 14 cm/s are advised"));
	Line line = {.name = _("Speed"),
		     .value = value,
		     .words = words,
		     .bar = {.share = is_shown ? speed_cmps / SPEED_BAR_CMPS : NAN,
			     .marks = {ROLLSTAT_DOSE_SPEED_LEAST_CMPS / SPEED_BAR_CMPS,
				       ROLLSTAT_DOSE_SPEED_MOST_CMPS / SPEED_BAR_CMPS},
			     .n_marks = 2,
			     .ink = is_fast ? ROLLSTAT_INK_YELLOW : ROLLSTAT_INK_GREEN}};
	draw_line(picture, canvas, row, &line);
}

/* "toward the feet 17.1 cm in 1.9 s, 9 cm/s"; given. */
static char *
dup_pass(double from_cm, double to_cm, double seconds, gboolean is_narrow)
{
	double travel_cm = fabs(to_cm - from_cm);
	double speed_cmps = seconds > 0 ? travel_cm / seconds : 0;
	if (is_narrow)
		return g_strdup_printf(to_cm > from_cm ? _("feet %.1f cm %.1f s %.0f cm/s")
						       : _("head %.1f cm %.1f s %.0f cm/s"),
				       travel_cm, seconds, speed_cmps);
	return g_strdup_printf(to_cm > from_cm ? _("toward the feet %.1f cm in %.1f s, %.0f cm/s")
					       : _("toward the head %.1f cm in %.1f s, %.0f cm/s"),
			       travel_cm, seconds, speed_cmps);
}

static double
get_seconds(gint64 start_us, gint64 end_us)
{
	return (double)(end_us - start_us) / G_USEC_PER_SEC;
}

/* The pass so far, or the hold that lasts. */
static void
draw_pass(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas,
	  guint row)
{
	const RollstatCurrentPass *pass = &scene->pass;
	double hold_s = rollstat_scene_get_hold_s(scene);
	gboolean has_pass = rollstat_scene_has_contact(scene) && pass->direction != 0;
	g_autofree char *value = NULL;
	if (hold_s > 0)
		value = g_strdup_printf(is_narrow(canvas)
						? _("%.0f s (20 to 30 s)")
						: _("%.0f s here; 20 to 30 s are advised"),
					hold_s);
	else if (has_pass)
		value = dup_pass(pass->from_cm, pass->far_cm,
				 get_seconds(pass->from_us, pass->far_us), is_narrow(canvas));
	else
		value = g_strdup(rollstat_style_get_dash(&picture->style));
	Line line = {.name = hold_s > 0 ? _("Hold") : _("Pass"), .value = value};
	draw_line(picture, canvas, row, &line);
}

static void
draw_last(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas,
	  guint row)
{
	const RollstatNews *pass = &scene->last_pass;
	if (!scene->has_last_pass)
		return;
	g_autofree char *value =
		dup_pass(pass->from_cm, pass->to_cm, get_seconds(pass->start_us, pass->end_us),
			 is_narrow(canvas));
	Line line = {.name = _("Before"), .value = value};
	draw_line(picture, canvas, row, &line);
}

static void
draw_day(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas,
	 guint row)
{
	if (!scene->has_day)
		return;
	g_autofree char *time = rollstat_style_dup_duration(scene->loaded_s);
	g_autofree char *passes =
		g_strdup_printf(ngettext("%u pass", "%u passes", scene->passes), scene->passes);
	g_autofree char *holds =
		g_strdup_printf(ngettext("%u hold", "%u holds", scene->holds), scene->holds);
	g_autofree char *value = g_strdup_printf(
		is_narrow(canvas) ? "%s, %s, %s" : _("%s rolled, %s, %s"), time, passes, holds);
	Line line = {.name = _("Today"), .value = value};
	draw_line(picture, canvas, row, &line);
}

/* What the spine tells where there is room for it. */
static void
draw_zone_here(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas,
	       guint row)
{
	const RollstatSceneZone *zone =
		rollstat_scene_has_contact(scene)
			? rollstat_scene_find_zone(scene, scene->moment.contact_cm)
			: NULL;
	if (zone == NULL)
		return;
	g_autofree char *name = rollstat_style_dup_clean(&picture->style, zone->name);
	g_autofree char *time = rollstat_style_dup_short_duration(zone->seconds);
	g_autofree char *words = rollstat_picture_dup_zone_words(zone);
	g_autofree char *value = g_strdup_printf("%s %s, %s", name, time, words);
	Line line = {.name = _("Zone"), .value = value};
	draw_line(picture, canvas, row, &line);
}

void
rollstat_picture_draw_panel(const RollstatPicture *picture, const RollstatScene *scene,
			    RollstatCanvas *canvas, guint first)
{
	/* The last row is the foot's. Below a spine there is no room for the last of these. */
	static void (*const lines[])(const RollstatPicture *picture, const RollstatScene *scene,
				     RollstatCanvas *canvas, guint row) = {
		draw_place, draw_force, draw_speed, draw_pass, draw_last, draw_day, draw_zone_here};
	for (guint i = 0; i < G_N_ELEMENTS(lines) && first + i + 1 < canvas->rows; i++)
		lines[i](picture, scene, canvas, first + i);
}
