/* SPDX-License-Identifier: MIT
 *
 * The longest recent run of instants over which position stayed within a given width: what a hold begins
 * as. It begins between two instants, where the straight way from one to the other comes within the width.
 * Two monotonic queues keep the extremes, so that an instant costs a constant number of steps on average.
 * Instants nearer together than ROLL_WINDOW_STEP_US are passed over here: of more than 500 a second, 2 s
 * would not fit in.
 */
#pragma once

#include "daemon/track/leg.h"

enum {
	ROLL_WINDOW_RING = 1024, /* a power of 2 */
};

#define ROLL_WINDOW_STEP_US INT64_C(2000)

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

/* Where contact was on the straight way between two instants; share: 0..1 of it. */
RollInstant roll_instant_between(const RollInstant *before, const RollInstant *after, double share);

/* Empties the run. */
void roll_window_clear(RollWindow *window);

/* Adds an instant and lets go of the oldest ones until the run spans width_m at most. The first one is then where contact
 * came within it. */
void roll_window_push(RollWindow *window, const RollInstant *instant, double width_m);

/* First instant of the run; NULL where it is empty. Borrowed until the next push. */
const RollInstant *roll_window_get_first(const RollWindow *window);

/* Extremes over the run, which must not be empty. */
double roll_window_get_low_m(const RollWindow *window);
double roll_window_get_high_m(const RollWindow *window);
double roll_window_get_peak_force(const RollWindow *window);
