/* SPDX-License-Identifier: MIT
 *
 * Fourth stage, for a massage bar: it lies still, lengthwise under the spine. The centre of the force
 * over its cells is the position; its tilt about the long axis is the twist to the left or right.
 *
 * What a cell reads with nobody on it (noise that cannot go below zero, a mounting that presses) is
 * learned while unloaded and taken off, else it would pull the centre to the middle of the bar. The centre is
 * the noisier the smaller the force: smooth.h takes care of that. The resting tilt is the mean before the first contact; a bar that is never seen at rest has its first
 * tilt for it.
 */
#pragma once

#include "daemon/track/settings.h"

/* Twist beyond this from rest counts as a side, rad: 5 degrees. */
#define ROLL_SIDE_RAD 0.0872665

typedef struct {
	double head_end_m, pitch_m;
	double resting_n[ROLL_CELLS_MAX]; /* of each cell, unloaded */
	double resting_s;		  /* over how much time they were learned, seconds */
	bool had_contact;
	double rest_rad, rest_s; /* resting tilt, and over how much time it was learned */
	double position_m;
} RollBar;

/* Begins with an unloaded bar of these settings. */
void roll_bar_init(RollBar *bar, const RollTrackSettings *settings);

/* Feeds one sample: cells n_cells long (1..ROLL_CELLS_MAX). step_s: since the last one, >= 0. Returns
 * the position, metres from C7: the last one while unloaded; with one cell its middle. */
double roll_bar_feed(RollBar *bar, const float *cells, unsigned n_cells, bool is_loaded,
		     double step_s);

/* Feeds the tilt of the same sample, rad, positive to the left; returns the twist from rest. */
double roll_bar_feed_tilt(RollBar *bar, double tilt_rad, bool is_loaded, double step_s);
