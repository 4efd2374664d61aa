/* SPDX-License-Identifier: MIT */
#include "cli/live/picture.h"

#include "cli/verb.h"

#include <math.h>

/* Forgiven to sums, in eighths of a cell. */
#define ROUNDING 1e-6

enum {
	HEAD_ROWS = 2,
	PANEL_ROWS = 7,
	SPINE_ROWS_LEAST = 4,
	TROUBLE_ROWS = 6,
	FOOT_ROWS = 2,	     /* at most */
	LINK_WIDE_FROM = 60, /* columns */
};

void
rollstat_picture_draw_bar(const RollstatPicture *picture, RollstatCanvas *canvas,
			  const RollstatPictureBar *bar)
{
	static const char *const blocks[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
	gboolean has_utf8 = picture->style.has_utf8;
	double filled = isfinite(bar->share) ? MAX(bar->share, 0) * bar->cells : 0;
	for (guint cell = 0; cell < bar->cells; cell++) {
		/* Never more than there is: a dose is not shown as reached before it is. */
		guint eighths = (guint)CLAMP(floor((filled - cell) * 8 + ROUNDING), 0, 8);
		const char *text = has_utf8 ? blocks[eighths] : (eighths == 8 ? "#" : " ");
		RollstatInk ink = bar->ink;
		for (guint i = 0; i < bar->n_marks && *text == ' '; i++) {
			if ((guint)round(bar->marks[i] * bar->cells) != cell)
				continue;
			text = has_utf8 ? "┊" : "|";
			ink = ROLLSTAT_INK_DIM;
		}
		if (cell + 1 == bar->cells && bar->share > 1)
			text = has_utf8 ? "▶" : ">";
		rollstat_canvas_put(canvas, bar->row, bar->column + cell, ink, text);
	}
}

static void append_part(GString *text, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
append_part(GString *text, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	if (text->len > 0)
		g_string_append(text, "  ");
	g_string_append_vprintf(text, format, arguments);
	va_end(arguments);
}

static const char *
get_link_words(const char *link)
{
	static const char *const words[][2] = {{"absent", N_("not heard")},
					       {"connecting", N_("connecting")},
					       {"streaming", N_("streaming")},
					       {"silent", N_("silent")}};
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_str_equal(words[i][0], link))
			return _(words[i][1]);
	return link;
}

/* Battery, signal, lost packets: what can be read off while all is well. */
static void
draw_radio(const RollstatScene *scene, RollstatCanvas *canvas)
{
	g_autoptr(GString) text = g_string_new(NULL);
	gboolean is_narrow = canvas->columns < 60;
	if (scene->battery_pct >= 0)
		append_part(text, is_narrow ? _("batt %d %%") : _("battery %d %%"),
			    scene->battery_pct);
	if (scene->rssi_dbm != 0)
		append_part(text, is_narrow ? _("%d dBm") : _("signal %d dBm"), scene->rssi_dbm);
	if (scene->has_moment)
		append_part(text, is_narrow ? _("lost %u") : _("packets lost %u"),
			    scene->moment.lost_packets);
	if (scene->session == 0)
		append_part(text, is_narrow ? _("no session") : _("no session yet"));
	gboolean is_low = scene->battery_pct >= 0 && scene->battery_pct < 15;
	if (is_low)
		append_part(text, "%s", _("battery low"));
	rollstat_canvas_put_cell(
		canvas, 1, 0,
		&(RollstatCell){.text = text->str,
				.columns = canvas->columns,
				.ink = is_low ? ROLLSTAT_INK_YELLOW : ROLLSTAT_INK_DIM});
}

/* Clean text in as many lines as it takes; given. */
static GStrv
dup_lines(const RollstatCanvas *canvas, const char *clean)
{
	RollstatStyle plain = {.width = canvas->columns, .has_utf8 = canvas->has_utf8};
	g_autoptr(GString) text = g_string_new(NULL);
	rollstat_style_append_note(&plain, text, ROLLSTAT_INK_PLAIN, "", clean);
	g_string_truncate(text, text->len - 1); /* the last line feed */
	return g_strsplit(text->str, "\n", -1);
}

/* What is wrong, or what to do where nothing is heard. */
static const char *
get_trouble(const RollstatScene *scene)
{
	if (*scene->trouble != '\0')
		return scene->trouble;
	if (*scene->detail == '\0' && scene->has_daemon && !scene->has_sensor)
		return _("Switch it on, near this machine. If it stays away: rollstat doctor");
	return scene->detail;
}

/* In whole sentences: over several rows, where nothing else is on the picture. Returns the first row that is free. */
static guint
draw_trouble(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas)
{
	g_autofree char *clean = rollstat_style_dup_clean(&picture->style, get_trouble(scene));
	const char *const single[] = {clean, NULL};
	g_auto(GStrv) wrapped = dup_lines(canvas, clean);
	const char *const *lines = scene->has_sensor ? single : (const char *const *)wrapped;
	guint row = 1;
	for (; row <= TROUBLE_ROWS && lines[row - 1] != NULL; row++)
		rollstat_canvas_put_cell(canvas, row, 0,
					 &(RollstatCell){.text = lines[row - 1],
							 .columns = canvas->columns,
							 .ink = ROLLSTAT_INK_YELLOW});
	return MAX(row, HEAD_ROWS);
}

/* The sensor, or what is waited for; given. */
static char *
dup_title(const RollstatPicture *picture, const RollstatScene *scene)
{
	g_autofree char *name = rollstat_style_dup_clean(&picture->style, scene->label);
	if (!scene->has_daemon)
		return g_strdup(_("Waiting for rollerd"));
	if (scene->has_sensor)
		return g_steal_pointer(&name);
	return *name == '\0' ? g_strdup(_("Waiting for a sensor"))
			     : g_strdup_printf(_("Waiting for the sensor %s"), name);
}

/* The daemon may still take it for streaming: it waits longer before it says so. Where it knows that the sensor went, both
 * are told if there is room. Given. */
static char *
dup_link(const RollstatScene *scene, double silence_s, gboolean is_narrow)
{
	const char *link = scene->has_sensor ? get_link_words(scene->link) : "";
	if (silence_s <= 0)
		return g_strdup(link);
	g_autofree char *silence = g_strdup_printf(_("no data for %.0f s"), floor(silence_s));
	if (is_narrow || g_str_equal(scene->link, "streaming") ||
	    g_str_equal(scene->link, "silent"))
		return g_steal_pointer(&silence);
	return g_strdup_printf("%s, %s", link, silence);
}

/* Returns the first row that is free. */
static guint
draw_head(const RollstatPicture *picture, const RollstatScene *scene, RollstatCanvas *canvas)
{
	g_autofree char *title = dup_title(picture, scene);
	double silence_s = rollstat_scene_get_silence_s(scene, picture->now_us);
	g_autofree char *link = dup_link(scene, silence_s, canvas->columns < LINK_WIDE_FROM);
	guint link_at = canvas->columns - MIN(canvas->columns, rollstat_style_measure(link));
	rollstat_canvas_put_cell(canvas, 0, 0,
				 &(RollstatCell){.text = title,
						 .columns = MAX(link_at, 1) - 1,
						 .ink = ROLLSTAT_INK_BOLD});
	gboolean is_well = silence_s <= 0 && g_str_equal(scene->link, "streaming");
	rollstat_canvas_put(canvas, 0, link_at, is_well ? ROLLSTAT_INK_GREEN : ROLLSTAT_INK_YELLOW,
			    link);
	if (*get_trouble(scene) != '\0')
		return draw_trouble(picture, scene, canvas);
	if (scene->has_sensor)
		draw_radio(scene, canvas);
	return HEAD_ROWS;
}

/* What was called last, over the row above where it is long; else what can be typed. */
static void
draw_foot(const RollstatPicture *picture, RollstatCanvas *canvas)
{
	gboolean is_said = picture->message != NULL;
	const char *text = is_said ? picture->message : picture->keys;
	if (text == NULL)
		return;
	g_autofree char *clean = rollstat_style_dup_clean(&picture->style, text);
	g_auto(GStrv) lines = dup_lines(canvas, clean);
	guint n_rows = is_said ? MIN(MIN(g_strv_length(lines), FOOT_ROWS), canvas->rows) : 1;
	for (guint i = 0; i < n_rows; i++) {
		guint row = canvas->rows - n_rows + i;
		for (guint column = 0; column < canvas->columns; column++)
			rollstat_canvas_put(canvas, row, column, ROLLSTAT_INK_PLAIN, " ");
		rollstat_canvas_put_cell(
			canvas, row, 0,
			&(RollstatCell){.text = lines[i],
					.columns = canvas->columns,
					.ink = is_said ? ROLLSTAT_INK_BOLD : ROLLSTAT_INK_DIM});
	}
}

void
rollstat_picture_draw(const RollstatPicture *picture, const RollstatScene *scene,
		      RollstatCanvas *canvas)
{
	/* In a small window the spine goes first, then what is told least often. */
	gboolean has_spine = canvas->rows >= HEAD_ROWS + SPINE_ROWS_LEAST + PANEL_ROWS;
	guint head = draw_head(picture, scene, canvas);
	guint panel = has_spine ? MAX(canvas->rows - PANEL_ROWS, head) : head;
	if (has_spine && scene->has_sensor)
		rollstat_picture_draw_spine(picture, scene, canvas, HEAD_ROWS, panel);
	rollstat_picture_draw_panel(picture, scene, canvas, panel);
	draw_foot(picture, canvas);
}
