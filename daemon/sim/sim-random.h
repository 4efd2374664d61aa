/* SPDX-License-Identifier: MIT
 *
 * A small seeded generator (xoshiro256**, Blackman and Vigna 2018, seeded by splitmix64): the same seed
 * gives the same numbers on every machine. For simulation only, never for secrets. Pure.
 */
#pragma once

#include <stdint.h>

typedef struct {
	uint64_t words[4];
} RollSimRandom;

/* stream: parts of one simulation that take different streams do not disturb each other's numbers. */
void roll_sim_random_init(RollSimRandom *random, uint64_t seed, uint64_t stream);

/* Evenly distributed in [from, to). */
double roll_sim_random_between(RollSimRandom *random, double from, double to);

/* Mean 0, standard deviation 1; near enough to normal, and never beyond 3.5. */
double roll_sim_random_normal(RollSimRandom *random);
