/* SPDX-License-Identifier: MIT
 *
 * How far the place that was reckoned from the turning is off: a belief over shifts, in steps of half a
 * centimetre. As long as contact is unbroken the reckoning is right and all belief is on no shift. What breaks
 * it, a lift-off after which the roller may lie elsewhere, a silence in which anything may have happened, a
 * gyroscope that drifts, spreads the belief; what force and the ends of the spine tell narrows it again, and so does
 * a mark by the person.
 *
 *     reckoned place + shift = place            shift: the middle of the strongest peak
 *
 * Readings of force in a row are alike (breath, how one lies), so each is compared with what its forerunner
 * leaves to expect (an autoregressive noise of first order). Source of the method: Bayesian filtering on a grid
 * (e.g. Thrun, Burgard and Fox, Probabilistic Robotics, 2005, ch. 4).
 */
#pragma once

#include "daemon/track/force-map.h"

enum { ROLL_BELIEF_SHIFTS = 257, ROLL_BELIEF_NONE = 128 }; /* shifts; the one of no shift */

#define ROLL_BELIEF_STEP_M 0.005

typedef struct {
	double weights[ROLL_BELIEF_SHIFTS]; /* sum is 1 */
	double offs[ROLL_BELIEF_SHIFTS];    /* how far the last reading was off, by shift */
	bool has_offs;
	bool is_unsettled;    /* weights have changed since shift_m was found */
	unsigned first, last; /* weights outside are 0 */
	double owed_m2;	      /* variance not yet spread */
	double shift_m, uncertainty_m;
} RollBelief;

/* Where contact can be, and where it was reckoned. */
typedef struct {
	double reckoned_m, min_m, max_m;
	const RollForceMap *map;
} RollBeliefGround;

/* No shift, and sure. */
void roll_belief_init(RollBelief *belief);

/* The reckoning has become less sure by this variance, m2. */
void roll_belief_widen(RollBelief *belief, double variance_m2);

/* With a probability of share, 0..1, contact is somewhere else now: within about reach_m (INFINITY: anywhere on
 * the spine, rather where the person was before). */
void roll_belief_doubt(RollBelief *belief, const RollBeliefGround *ground, double share,
		       double reach_m);

/* With a probability of share each, the angle is one whole turn off to either side, turn_m > 0. */
void roll_belief_doubt_turns(RollBelief *belief, double turn_m, double share);

/* Takes the shift, as far as it is whole steps, out of the belief: it is to be added to the reckoning, so that the belief
 * never runs out of shifts. Returns it, m. */
double roll_belief_recentre(RollBelief *belief);

/* Contact is on the spine, but for a chance of share that it is told beyond its ends, 0..1. */
void roll_belief_see_ends(RollBelief *belief, const RollBeliefGround *ground, double share);

/* A reading of force, > 0, after travel; kept: how much of what the last one was off is still so, 0..1. */
void roll_belief_see_force(RollBelief *belief, const RollBeliefGround *ground, double force,
			   double kept);

/* The person says that contact is at at_m. */
void roll_belief_see_mark(RollBelief *belief, const RollBeliefGround *ground, double at_m);

/* Finds the strongest peak anew. Returns by how much shift_m has changed at a stroke, m; 0 where it only crept. */
double roll_belief_settle(RollBelief *belief);
