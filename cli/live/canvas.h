/* SPDX-License-Identifier: MIT
 *
 * A picture of letters: columns by rows, each with an ink. What does not fit is cut, never wrapped. Pure.
 */
#pragma once

#include "cli/style.h"

typedef struct {
	gunichar letter; /* 0: the right half of a wide one */
	RollstatInk ink;
} RollstatCanvasCell;

typedef struct {
	gboolean has_utf8;
	guint columns, rows;
	RollstatCanvasCell *cells; /* row by row */
} RollstatCanvas;

/* A given canvas of blanks; columns and rows: 1 or more. style: its letters. */
RollstatCanvas *rollstat_canvas_new(const RollstatStyle *style, guint columns, guint rows);
void rollstat_canvas_free(RollstatCanvas *canvas);

/* Puts clean text at a place, which may be outside. Returns the column after it, whether it fits or not. */
guint rollstat_canvas_put(RollstatCanvas *canvas, guint row, guint column, RollstatInk ink,
			  const char *text);

/* The same within a cell: cut to its columns, with a sign where it was cut; not filled up. */
guint rollstat_canvas_put_cell(RollstatCanvas *canvas, guint row, guint column,
			       const RollstatCell *cell);

/* The cell of a place that is inside. Borrowed. */
const RollstatCanvasCell *rollstat_canvas_get(const RollstatCanvas *canvas, guint row,
					      guint column);

/* The letters as lines, blanks at their ends left out; given. */
char *rollstat_canvas_dup_text(const RollstatCanvas *canvas);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatCanvas, rollstat_canvas_free)
