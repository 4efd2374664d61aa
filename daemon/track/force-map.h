/* SPDX-License-Identifier: MIT
 *
 * How hard each place of a back pushes back, as this person's force cells tell it: bone and muscle, and how the person
 * lies, give a profile along the spine that stays much the same from pass to pass and from session to session. So
 * force tells something of the place. The map is learned as it goes, from places that are sure, and begins with
 * what earlier sessions left behind.
 *
 * Forces are relative: to the session's own level within a session, so that a harder day, another gain of
 * the cells or counts instead of newtons make no difference. A visit is one reading each ROLL_FORCE_MAP_EVERY_M of
 * travel. Source of the method: Gaussian estimation of a mean under a prior (conjugate updates).
 */
#pragma once

#include "daemon/track/event.h"

/* Travel from one reading to the next, m. */
#define ROLL_FORCE_MAP_EVERY_M 0.01

typedef struct {
	double sums[ROLL_SLICES_MAX];	/* of the relative force of the visits to each slice */
	double visits[ROLL_SLICES_MAX]; /* how many */
} RollForceSums;

typedef struct {
	RollForceSums past; /* earlier sessions; 1 is their usual force */
	RollForceSums here; /* this session; 1 is unit */
	double unit;	    /* force that is 1 here, as the cells tell it; 0: none was read yet */
	double level;	    /* force that is 1 in the past, in units; how sure: in visits */
	double level_visits;
	double usual; /* mean force here, in units */
	double usual_visits;
} RollForceMap;

/* What the map expects at a place. */
typedef struct {
	double force;	 /* in units */
	double variance; /* of that, without the noise of a reading */
	double visits;
} RollForceGuess;

/* Knows nothing. */
void roll_force_map_init(RollForceMap *map);

/* Adds an earlier session's slices (ROLL_SLICES_MAX long) to the past. */
void roll_force_map_add_past(RollForceMap *map, const RollSum *slices);

/* Whether the past tells of 8 cm of the spine or more. */
bool roll_force_map_has_past(const RollForceMap *map);

/* Adds a reading, force > 0, at a place that is sure. */
void roll_force_map_add(RollForceMap *map, double position_m, double force);

/* The force in units; 0 before the first reading was added. */
double roll_force_map_in_units(const RollForceMap *map, double force);

/* What is expected at position_m, with its neighbours within 1 cm. */
RollForceGuess roll_force_map_guess(const RollForceMap *map, double position_m);

/* Share of the session and the past spent near a place, over an even spread: 1 is usual. */
double roll_force_map_get_presence(const RollForceMap *map, double position_m);
