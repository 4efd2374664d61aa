/* SPDX-License-Identifier: MIT
 *
 * The longest recent run of instants over which position stayed within a given width: what a hold begins
 * as. Two monotonic queues keep the extremes, so that an instant costs a constant number of steps on
 * average. Instants nearer together than ROLL_WINDOW_STEP_US are passed over here; a hold of 2 s is
 * told to within that.
 */
#pragma once

#include "daemon/track/leg.h"

enum {
	ROLL_WINDOW_RING = 512, /* a power of 2 */
};

#define ROLL_WINDOW_STEP_US INT64_C(8000)

typedef struct {
	double position_m;
	double force;
	double position_s; /* integral of position over time, from the stretch's begin */
	RollTally tally;
} RollInstant;

/* Indices of instants whose values rise from the front on (sign -1: fall). */
typedef struct {
	double sign;
	uint64_t front, back;
	uint64_t items[ROLL_WINDOW_RING];
} RollExtremes;

typedef struct {
	uint64_t front, back; /* instants [front, back) are in the run */
	RollExtremes lows, highs;
	RollInstant ring[ROLL_WINDOW_RING];
} RollWindow;

/* Empties the run. */
void roll_window_clear(RollWindow *window);

/* Adds an instant and lets go of the oldest ones until the run spans width_m at most. */
void roll_window_push(RollWindow *window, const RollInstant *instant, double width_m);

/* First instant of the run; NULL where it is empty. Borrowed until the next push. */
const RollInstant *roll_window_get_first(const RollWindow *window);

/* Extremes over the run, which must not be empty. */
double roll_window_get_low_m(const RollWindow *window);
double roll_window_get_high_m(const RollWindow *window);
double roll_window_get_peak_force(const RollWindow *window);
