/* SPDX-License-Identifier: MIT
 *
 * How text is put for people: width, colour, letters. Everything that comes from outside (names of
 * sensors, zones and persons) goes through rollstat_style_dup_clean on its way to a terminal.
 */
#pragma once

#include <glib.h>

typedef struct {
	guint width; /* columns, ROLLSTAT_WIDTH_LEAST or more */
	gboolean has_colour;
	gboolean has_utf8; /* else ASCII alone */
} RollstatStyle;

enum {
	ROLLSTAT_WIDTH_LEAST = 40,
	ROLLSTAT_WIDTH_USUAL = 80,
	ROLLSTAT_WIDTH_MOST = 100,
};

typedef enum {
	ROLLSTAT_INK_PLAIN,
	ROLLSTAT_INK_BOLD,
	ROLLSTAT_INK_DIM,
	ROLLSTAT_INK_GREEN,
	ROLLSTAT_INK_YELLOW,
	ROLLSTAT_INK_BLUE,
	ROLLSTAT_INK_MAGENTA,
	ROLLSTAT_INK_RED,
} RollstatInk;

/* A field of a table. columns: its width, the text is cut to it; 0: as long as it is, at the end of a line. */
typedef struct {
	const char *text;
	guint columns;
	gboolean is_right;
	RollstatInk ink;
} RollstatCell;

/* What fits a stream: colour for a terminal unless NO_COLOR is set or TERM is dumb; UTF-8 by the
 * locale's codeset; width by COLUMNS, else the terminal, else 80, kept within bounds. fd: where it goes. */
RollstatStyle rollstat_style_detect(int fd);

/* The text without control characters, valid UTF-8, in ASCII where the style asks for it; given. */
char *rollstat_style_dup_clean(const RollstatStyle *style, const char *text);

/* Columns that a clean text takes. */
guint rollstat_style_measure(const char *text);

/* A clean text in an ink. */
void rollstat_style_append(const RollstatStyle *style, GString *out, RollstatInk ink,
			   const char *text);

/* A field of clean text, cut and filled to its width. */
void rollstat_style_append_cell(const RollstatStyle *style, GString *out, const RollstatCell *cell);

/* A paragraph wrapped at the width: lead begins its first line, as many spaces the others. */
void rollstat_style_append_note(const RollstatStyle *style, GString *out, RollstatInk ink,
				const char *lead, const char *text);

/* A line "  what          value", or several where that does not fit: value is cleaned; nothing at all where it is NULL or "". */
void rollstat_style_append_fact(const RollstatStyle *style, GString *out, const char *what,
				const char *value);

/* A line with one text on the left and one on the right; below each other where they do not fit. */
void rollstat_style_append_title(const RollstatStyle *style, GString *out, const char *left,
				 const char *right);

/* A bar of seconds over so many cells of 10 s, with a line at the two ends of the dose where it is empty;
 * what is beyond is told by a pointed end. */
void rollstat_style_append_bar(const RollstatStyle *style, GString *out, RollstatInk ink,
			       double value, guint cells);

/* "1:48", "1:02:33", whole seconds begun are not counted; given. */
char *rollstat_style_dup_duration(double seconds);

/* "1:48", "1h02", for a column of five; given. */
char *rollstat_style_dup_short_duration(double seconds);

/* "204", or a dash where it is NaN; given. */
char *rollstat_style_dup_number(const RollstatStyle *style, double value, guint decimals);

/* A dash, a bullet or a plus-minus in the style's letters; static. */
const char *rollstat_style_get_dash(const RollstatStyle *style);
const char *rollstat_style_get_mark(const RollstatStyle *style);
const char *rollstat_style_get_give_or_take(const RollstatStyle *style);
