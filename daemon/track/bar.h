/* SPDX-License-Identifier: MIT
 *
 * Third stage, for a massage bar: it lies still, lengthwise under the spine. The centre of the force
 * over its cells is the position, put right for the ends and for cells that are far apart (patch.h); its tilt about
 * the long axis is the twist to the left or right.
 *
 * What a cell reads with nobody on it (noise that cannot go below zero, a mounting that presses, drift) is
 * learned while unloaded and taken off, else it would pull the centre to the middle of the bar and be taken for load. The
 * centre is the noisier the smaller the force: smooth.h takes care of that. How wide the back rests on the bar is
 * learned, too.
 *
 * A cell is dead that does not respond: it reads the same while the load beside it comes and goes, or stays at rest
 * while both its neighbours carry load. It is left out until it reads anything else; what it would carry is
 * added to the force. What cannot be told: a dead cell that carries all of a narrow patch looks like no load.
 *
 * The resting tilt is the mean before the first contact; a bar that is never seen at rest has its first tilt for it.
 */
#pragma once

#include "daemon/track/patch.h"
#include "daemon/track/settings.h"

/* Twist beyond this from rest counts as a side, rad: 5 degrees. */
#define ROLL_SIDE_RAD 0.0872665

/* What is known of one cell. */
typedef struct {
	bool has_begun;
	double resting_n;	/* unloaded */
	double low_n;		/* what it reads, smoothed */
	double held_n;		/* reading that it has not left since */
	double least_n, most_n; /* the load beside it since then */
	double silent_s; /* for how long it has not responded since then, though both sides carried load */
	bool is_dead;
} RollBarCell;

typedef struct {
	double head_end_m, pitch_m;
	double loaded_n; /* forces are measured by this: they may be uncalibrated */
	RollBarCell cells[ROLL_CELLS_MAX];
	RollPatchCells patch; /* of the last sample */
	double resting_s;     /* over how much time the resting readings were learned, s */
	double unloaded_s;    /* for how long it is unloaded, s */
	bool is_sparse;	      /* the cells: a back is narrow against their pitch */
	double sparse_s;      /* over how much time the width was learned then, s */
	double width_m;	      /* of the back on the bar, standard deviation */
	double seen;	      /* share of the load that is on live cells where contact is, 0..1 */
	bool had_contact;
	double rest_rad, rest_s; /* resting tilt, and over how much time it was learned */
	double position_m, uncertainty_m;
} RollBar;

/* Begins with an unloaded bar of these settings. */
void roll_bar_init(RollBar *bar, const RollTrackSettings *settings);

/* Feeds one sample: cells n_cells long (1..ROLL_CELLS_MAX). step_s: since the last one, >= 0. Returns the force on the
 * bar, >= 0: what the cells read at rest is taken off, what dead ones would carry is added; nought where each of
 * the cells carries so little that it is drift. */
double roll_bar_weigh(RollBar *bar, const float *cells, unsigned n_cells, double step_s);

/* Goes on from the sample that was weighed, now that is known whether that is load. Returns the
 * position, metres from C7: the last one while unloaded; with one cell its middle. */
double roll_bar_feed(RollBar *bar, bool is_loaded, double step_s);

/* Standard deviation of the place in the last seconds, metres, >= 0: what gains that differ by 6 % and noise do to it,
 * by how far apart the cells are, how they count where contact is, and which are dead; at most half a pitch and a
 * little. In the bench (tests/accuracy) 68 % of the passes or more start within it, 95 % within twice of it. */
double roll_bar_get_uncertainty_m(const RollBar *bar);

/* Feeds the tilt of the same sample, rad, positive to the left; returns the twist from rest. */
double roll_bar_feed_tilt(RollBar *bar, double tilt_rad, bool is_loaded, double step_s);
