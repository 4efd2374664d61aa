/* SPDX-License-Identifier: MIT */
#include "cli/live/canvas.h"

RollstatCanvas *
rollstat_canvas_new(const RollstatStyle *style, guint columns, guint rows)
{
	RollstatCanvas *canvas = g_new0(RollstatCanvas, 1);
	canvas->has_utf8 = style->has_utf8;
	canvas->columns = columns;
	canvas->rows = rows;
	canvas->cells = g_new0(RollstatCanvasCell, (gsize)columns * rows);
	for (guint i = 0; i < columns * rows; i++)
		canvas->cells[i].letter = ' ';
	return canvas;
}

void
rollstat_canvas_free(RollstatCanvas *canvas)
{
	if (canvas == NULL)
		return;
	g_free(canvas->cells);
	g_free(canvas);
}

static void
put_letter(RollstatCanvas *canvas, guint row, guint column, RollstatCanvasCell cell)
{
	if (row < canvas->rows && column < canvas->columns)
		canvas->cells[row * canvas->columns + column] = cell;
}

guint
rollstat_canvas_put(RollstatCanvas *canvas, guint row, guint column, RollstatInk ink,
		    const char *text)
{
	/* Letters and their accents as one where there is such a letter; other accents are left out. */
	g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
	for (const char *at = composed != NULL ? composed : ""; *at != '\0';
	     at = g_utf8_next_char(at)) {
		gunichar letter = g_utf8_get_char(at);
		if (g_unichar_iszerowidth(letter))
			continue;
		gboolean is_wide = g_unichar_iswide(letter);
		/* Half a wide letter at the edge would push the row out of shape. */
		gboolean is_cut = is_wide && column + 1 >= canvas->columns;
		put_letter(canvas, row, column++, (RollstatCanvasCell){is_cut ? ' ' : letter, ink});
		if (is_wide)
			put_letter(canvas, row, column++, (RollstatCanvasCell){0, ink});
	}
	return column;
}

guint
rollstat_canvas_put_cell(RollstatCanvas *canvas, guint row, guint column, const RollstatCell *cell)
{
	RollstatStyle plain = {.has_utf8 = canvas->has_utf8};
	RollstatCell fitted = *cell;
	if (cell->columns == 0 || column >= canvas->columns)
		return column;
	fitted.columns = MIN(cell->columns, canvas->columns - column);
	GString *out = g_string_new(NULL);
	rollstat_style_append_cell(&plain, out, &fitted);
	g_autofree char *fitting = g_strchomp(g_string_free(out, FALSE));
	return rollstat_canvas_put(canvas, row, column, cell->ink, fitting);
}

const RollstatCanvasCell *
rollstat_canvas_get(const RollstatCanvas *canvas, guint row, guint column)
{
	return &canvas->cells[row * canvas->columns + column];
}

char *
rollstat_canvas_dup_text(const RollstatCanvas *canvas)
{
	GString *text = g_string_new(NULL);
	for (guint row = 0; row < canvas->rows; row++) {
		gsize begin = text->len, end = text->len;
		for (guint column = 0; column < canvas->columns; column++) {
			gunichar letter = rollstat_canvas_get(canvas, row, column)->letter;
			if (letter != 0)
				g_string_append_unichar(text, letter);
			if (letter != 0 && letter != ' ')
				end = text->len;
		}
		g_string_truncate(text, MAX(begin, end));
		g_string_append_c(text, '\n');
	}
	return g_string_free(text, FALSE);
}
