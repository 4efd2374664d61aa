/* SPDX-License-Identifier: MIT
 *
 * One leg of travel in one direction, from a turning point onward, with what a pass needs to know of
 * it: when contact last was at its start, when it first came to any place on the way, and the force in
 * between; all on the straight way from instant to instant. Bounded: the way is remembered over its last
 * 5 cm, in steps of 0.02 cm.
 *
 *      position
 *         ^            end: first instant within 0.5 cm of the end
 *         |             v
 *         |          ...x----x  turning point or end of the stretch
 *         |        .
 *      ---x--x...x                x: the last instant within 0.5 cm of where it began = start
 *         +-------------------------------> time
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { ROLL_LEG_MARKS = 256 };

/* How near to a turning point counts as being there, m. */
#define ROLL_LEG_NEAR_M 0.005
/* Distance between remembered places, m. */
#define ROLL_LEG_STEP_M 0.0002

/* Sums over the stretch so far, to take differences of. */
typedef struct {
	int64_t t_us;
	double force_s; /* integral of force over time */
	double peak_force;
} RollTally;

typedef struct {
	double reach_m; /* how far from the start of the leg, negative behind it */
	double force;
	RollTally tally; /* with the peak since start, as far as it is known */
} RollLegPoint;

/* A place where contact came first, and the instant before that. */
typedef struct {
	RollLegPoint before, at;
} RollLegMark;

typedef struct {
	double sign;	   /* +1 toward the feet, -1 toward the head */
	double from_m;	   /* where it began */
	double reach_m;	   /* farthest so far from there, in its direction, >= 0 */
	RollTally start;   /* at the last instant near from_m */
	double peak_force; /* since start */
	RollLegPoint last;
	uint64_t n_marks;
	RollLegMark marks[ROLL_LEG_MARKS];
} RollLeg;

/* Begins a leg at a place. tally: there; its peak_force is the force at that instant. */
void roll_leg_begin(RollLeg *leg, double sign, double from_m, RollTally tally);

/* Feeds one instant; tally->peak_force is the force now. Returns how far the leg has got, metres,
 * negative where contact is behind its start. */
double roll_leg_feed(RollLeg *leg, double position_m, const RollTally *tally);

/* When contact first came within ROLL_LEG_NEAR_M of a place reach_m along the leg (0..leg->reach_m, at most
 * 4 cm behind that): sums there, with the peak since start. */
RollTally roll_leg_find_end(const RollLeg *leg, double reach_m);
