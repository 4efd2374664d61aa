/* SPDX-License-Identifier: MIT
 *
 * Pieces of HTML that are XML as well. Texts that go in must be free of control characters (as those of a page and of
 * rollstat_style_dup_clean are); what means something in markup is escaped here.
 */
#pragma once

#include <glib.h>

/* Appends markup: the format as it stands, what %s puts in escaped. */
void rollstat_markup_append(GString *out, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A picture. Those who do not see it are read the title and what stands in words. */
typedef struct {
	const char *id; /* unique in the document */
	guint width, height;
	const char *title, *words;
} RollstatPicture;

/* Begins one: its coordinates go from 0,0 to width,height. "</svg>\n" ends it. */
void rollstat_markup_begin_picture(GString *out, const RollstatPicture *picture);

/* Where a text in a picture stands: x is its beginning, middle or end. */
typedef enum {
	ROLLSTAT_ANCHOR_START,
	ROLLSTAT_ANCHOR_MIDDLE,
	ROLLSTAT_ANCHOR_END,
} RollstatAnchor;

typedef struct {
	double x, y; /* of its base line */
	RollstatAnchor anchor;
	const char *style; /* names of classes in page.css; "" is usual */
} RollstatPlace;

/* Appends a text to a picture. */
void rollstat_markup_append_text(GString *out, RollstatPlace place, const char *text);

/* The same, cut to so many letters, with a sign where something was cut. */
void rollstat_markup_append_cut(GString *out, RollstatPlace place, const char *text, guint letters);

/* Appends a rectangle; nothing where it has no extent. */
void rollstat_markup_append_box(GString *out, const char *style,
				const double *left_top_right_bottom);

/* Appends a line of a table: its cells are escaped; ended by NULL. The first one is its heading. */
void rollstat_markup_append_row(GString *out, const char *const *cells);

/* Begins a table with its caption and a row of headings, ended by NULL. "</tbody></table>\n" ends it. */
void rollstat_markup_begin_table(GString *out, const char *caption, const char *const *heads);
