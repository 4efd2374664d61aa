/* SPDX-License-Identifier: MIT */
#include "daemon/sim/sim-random.h"

static uint64_t
rotate_left(uint64_t word, unsigned n_bits)
{
	return word << n_bits | word >> (64 - n_bits);
}

static uint64_t
draw(RollSimRandom *random)
{
	uint64_t *words = random->words;
	uint64_t drawn = rotate_left(words[1] * 5, 7) * 9;
	uint64_t shifted = words[1] << 17;

	words[2] ^= words[0];
	words[3] ^= words[1];
	words[1] ^= words[2];
	words[0] ^= words[3];
	words[2] ^= shifted;
	words[3] = rotate_left(words[3], 45);
	return drawn;
}

/* One step of splitmix64: what xoshiro's authors advise for filling its state. */
static uint64_t
split_mix(uint64_t *state)
{
	uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ mixed >> 31;
}

void
roll_sim_random_init(RollSimRandom *random, uint64_t seed, uint64_t stream)
{
	uint64_t state = seed;

	state = split_mix(&state) ^ stream;
	for (unsigned i = 0; i < 4; i++)
		random->words[i] = split_mix(&state);
}

double
roll_sim_random_between(RollSimRandom *random, double from, double to)
{
	return from + (to - from) * (double)(draw(random) >> 11) * 0x1p-53;
}

double
roll_sim_random_normal(RollSimRandom *random)
{
	uint64_t drawn = draw(random);
	unsigned sum = 0;

	/* The sum of four even 16-bit numbers has the variance 4 * 65536^2 / 12. */
	for (unsigned i = 0; i < 4; i++)
		sum += drawn >> (16 * i) & 0xffff;
	return ((double)sum - 2 * 65535.0) / 65536.0 * 1.7320508075688772;
}
