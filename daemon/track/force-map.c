/* SPDX-License-Identifier: MIT */
#include "daemon/track/force-map.h"

#include <string.h>

/* What differs from visit to visit at one place, share of the force: breathing, sway, how hard one lies. The
 * variation on single maxima in Baumgart 2019 is about twice that. */
#define VISIT_SPREAD 0.08
/* What differs from place to place, share. */
#define PLACE_SPREAD 0.2
/* What a map of slices can never tell, share. */
#define MAP_SPREAD 0.02
/* Visits that a place not yet visited is worth: its force is near the usual one. */
#define PRIOR_VISITS (VISIT_SPREAD * VISIT_SPREAD / (PLACE_SPREAD * PLACE_SPREAD))
/* No place and no level counts for more visits than these: the newest must be able to change it. */
#define VISITS_MOST 30.0
/* Neighbours on each side that are read along. */
#define REACH 2
/* Slices that make a past: 8 cm. */
#define PAST_LEAST 16

void
roll_force_map_init(RollForceMap *map)
{
	memset(map, 0, sizeof(*map));
	map->level = 1.0;
	map->usual = 1.0;
}

static void
add_visits(RollForceSums *sums, unsigned slice, double force, double visits)
{
	const double all = sums->visits[slice] + visits;

	sums->sums[slice] += force * visits;
	sums->visits[slice] = all;
	if (all <= VISITS_MOST)
		return;
	sums->sums[slice] *= VISITS_MOST / all;
	sums->visits[slice] = VISITS_MOST;
}

/* A running mean that forgets. */
static void
average(double *mean, double *visits, double value)
{
	if (*visits < VISITS_MOST)
		*visits += 1.0;
	*mean += (value - *mean) / *visits;
}

/* The force of one slice of a session over its level: the mean ratio to what the past expects, over the slices
 * that both know; without such, the session's own mean. */
static double
get_session_level(const RollForceMap *map, const RollSum *slices)
{
	double force = 0.0, expected = 0.0, force_alone = 0.0, seconds = 0.0;

	for (unsigned i = 0; i < ROLL_SLICES_MAX; i++) {
		if (!(slices[i].moving_s > 0.0))
			continue;
		force_alone += slices[i].force_s;
		seconds += slices[i].loaded_s;
		if (map->past.visits[i] < 1.0)
			continue;
		force += slices[i].force_s;
		expected += slices[i].loaded_s * map->past.sums[i] / map->past.visits[i];
	}
	if (expected > 0.2 * seconds)
		return force / expected;
	return seconds > 0.0 ? force_alone / seconds : 0.0;
}

void
roll_force_map_add_past(RollForceMap *map, const RollSum *slices)
{
	const double level = get_session_level(map, slices);

	for (unsigned i = 0; i < ROLL_SLICES_MAX && level > 0.0; i++) {
		const double visits = slices[i].travel_m / ROLL_FORCE_MAP_EVERY_M;

		if (visits > 0.0 && slices[i].loaded_s > 0.0 && slices[i].force_s > 0.0)
			add_visits(&map->past, i, slices[i].force_s / slices[i].loaded_s / level,
				   visits);
	}
}

bool
roll_force_map_has_past(const RollForceMap *map)
{
	unsigned n = 0;

	for (unsigned i = 0; i < ROLL_SLICES_MAX; i++)
		n += map->past.visits[i] >= 1.0;
	return n >= PAST_LEAST;
}

double
roll_force_map_in_units(const RollForceMap *map, double force)
{
	return map->unit > 0.0 ? force / map->unit : 0.0;
}

void
roll_force_map_add(RollForceMap *map, double position_m, double force)
{
	const unsigned slice = roll_slice_find(position_m);
	const RollForceSums *past = &map->past;
	double here;

	if (map->unit <= 0.0)
		map->unit = force;
	here = force / map->unit;
	add_visits(&map->here, slice, here, 1.0);
	average(&map->usual, &map->usual_visits, here);
	if (past->visits[slice] >= 1.0)
		average(&map->level, &map->level_visits,
			here * past->visits[slice] / past->sums[slice]);
}

RollForceGuess
roll_force_map_guess(const RollForceMap *map, double position_m)
{
	const unsigned middle = roll_slice_find(position_m);
	/* Position within the slice shifts the weights of the outermost neighbours. */
	const double within = (position_m - ROLL_SLICE_FIRST_M) / ROLL_SLICE_M - (double)middle;
	double sum = 0.0, visits = 0.0;

	for (int k = -REACH; k <= REACH; k++) {
		const int i = (int)middle + k;
		const double away = (double)k + 0.5 - within;
		const double weight = 1.0 - (away < 0.0 ? -away : away) / (REACH + 0.5);

		if (i < 0 || i >= ROLL_SLICES_MAX || weight <= 0.0)
			continue;
		sum += weight * map->here.sums[i];
		visits += weight * map->here.visits[i];
		if (map->level_visits > 0.0) {
			sum += weight * map->level * map->past.sums[i];
			visits += weight * map->past.visits[i];
		}
	}
	return (RollForceGuess){
		.force = (sum + PRIOR_VISITS * map->usual) / (visits + PRIOR_VISITS),
		.variance = VISIT_SPREAD * VISIT_SPREAD / (visits + PRIOR_VISITS) +
			    MAP_SPREAD * MAP_SPREAD,
		.visits = visits,
	};
}

double
roll_force_map_get_presence(const RollForceMap *map, double position_m)
{
	const unsigned slice = roll_slice_find(position_m);
	const double visits = map->here.visits[slice] + map->past.visits[slice];

	return visits / (visits + 3.0);
}
