/* SPDX-License-Identifier: MIT
 *
 * A scene drawn on a canvas. Pure: the same scene gives the same letters. Nothing is told by ink alone.
 *
 *   head   what is heard: sensor, link, battery, signal, lost packets
 *   spine  a row or several a level, with contact on it; each zone's seconds fill toward the dose beside it
 *   panel  where contact is, force, speed, the pass so far, the day; what was called last; the keys
 */
#pragma once

#include "cli/live/canvas.h"
#include "cli/live/scene.h"

typedef struct {
	RollstatStyle style;
	gint64 now_us;	  /* of the scene's clock */
	double weight_kg; /* of the person; 0: not said, the bar of force ends at the largest so far */
	const char *message; /* what was called last; NULL: nothing */
	const char *keys;    /* what can be typed; NULL: nothing */
} RollstatPicture;

/* Draws over the whole canvas, which is blank. */
void rollstat_picture_draw(const RollstatPicture *picture, const RollstatScene *scene,
			   RollstatCanvas *canvas);

/* ---- Its parts, for picture*.c ---- */

/* Rows first to end (not included) are the spine's. */
void rollstat_picture_draw_spine(const RollstatPicture *picture, const RollstatScene *scene,
				 RollstatCanvas *canvas, guint first, guint end);

/* Rows from first on. */
void rollstat_picture_draw_panel(const RollstatPicture *picture, const RollstatScene *scene,
				 RollstatCanvas *canvas, guint first);

/* "36 s to go", "done" ...: what a zone's seconds mean. Given. */
char *rollstat_picture_dup_zone_words(const RollstatSceneZone *zone);

/* A bar: a share of its cells is filled, marks (shares, n of them) are lines where it is empty. */
typedef struct {
	guint row, column, cells;
	double share; /* 0..1; more is told by a pointed end, NaN is empty */
	double marks[2];
	guint n_marks;
	RollstatInk ink;
} RollstatPictureBar;

/* Draws it over what is there. */
void rollstat_picture_draw_bar(const RollstatPicture *picture, RollstatCanvas *canvas,
			       const RollstatPictureBar *bar);
