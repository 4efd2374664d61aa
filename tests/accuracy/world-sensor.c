/* SPDX-License-Identifier: MIT */
#include "tests/accuracy/world-parts.h"

#include <math.h>

#define RAD_PER_DEG (3.14159265358979323846 / 180.0)
#define WARM_S 300.0
#define WANDER_S 40.0

static double
within(RollSimRandom *random, double most)
{
	return roll_sim_random_between(random, -most, most);
}

/* A bar's cells have offsets, and die in many ways: at nought, at any reading, from the first or later. */
static void
draw_bar(WorldSensor *sensor, uint64_t seed)
{
	const double *dials = sensor->world->dials;
	RollSimRandom random;

	roll_sim_random_init(&random, seed, 6);
	for (unsigned i = 0; i < ROLL_CELLS_MAX; i++) {
		const double way = roll_sim_random_between(&random, 0.0, 4.0);
		const double later_s =
			roll_sim_random_between(&random, 6.0, 48.0) * dials[DIAL_MINUTES];

		sensor->offset_n[i] =
			roll_sim_random_between(&random, 0.0, dials[DIAL_CELL_OFFSET_N]);
		if (way >= 1.0 && way < 2.0)
			sensor->stuck_n[i] = roll_sim_random_between(&random, 1.0, 60.0);
		if (way < 2.0 || isinf(sensor->dead_from_s[i]))
			continue;
		sensor->dead_from_s[i] = later_s;
		sensor->stuck_n[i] = way < 3.0 ? 0.0 : NAN;
	}
}

void
world_sensor_init(WorldSensor *sensor, const World *world, uint64_t seed)
{
	const double *dials = world->dials;
	const unsigned n_cells = (unsigned)lround(dials[DIAL_CELLS]);
	unsigned n_dead = (unsigned)lround(dials[DIAL_CELLS_DEAD]);
	RollSimRandom *random = &sensor->random;

	*sensor = (WorldSensor){.world = world};
	roll_sim_random_init(random, seed, 2);
	for (unsigned i = 0; i < 3; i++) {
		sensor->turn_bias[i] = within(random, dials[DIAL_GYRO_BIAS_DPS]) * RAD_PER_DEG;
		sensor->turn_warm[i] = within(random, dials[DIAL_GYRO_WANDER_DPS]) * RAD_PER_DEG;
		sensor->pull_bias[i] = within(random, dials[DIAL_ACC_BIAS_MPS2]);
		sensor->pull_scale[i] = 1.0 + within(random, dials[DIAL_ACC_SCALE]);
	}
	sensor->turn_scale = 1.0 + within(random, dials[DIAL_GYRO_SCALE]);
	for (unsigned i = 0; i < n_cells; i++) {
		sensor->gain[i] = 1.0 + within(random, dials[DIAL_CELL_GAIN]);
		sensor->drift[i] = within(random, dials[DIAL_CELL_DRIFT_N]) / n_cells;
	}
	for (unsigned i = 0; i < ROLL_CELLS_MAX; i++)
		sensor->dead_from_s[i] = INFINITY;
	while (n_dead > 0 && n_dead < n_cells) {
		const unsigned i = (unsigned)roll_sim_random_between(random, 0.0, n_cells - 1e-9);

		n_dead -= isinf(sensor->dead_from_s[i]);
		sensor->dead_from_s[i] = 0.0;
	}
	if (dials[DIAL_BAR] > 0.5)
		draw_bar(sensor, seed);
}

static float
measure_cell(WorldSensor *sensor, unsigned i, double t_s, double force_n)
{
	const double *dials = sensor->world->dials;
	double *memory_n = &sensor->memory_n[i];

	if (t_s >= sensor->dead_from_s[i]) {
		if (isnan(sensor->stuck_n[i]))
			sensor->stuck_n[i] = sensor->last_n[i];
		return (float)sensor->stuck_n[i];
	}
	/* Hysteresis: the reading lags behind what came before. */
	*memory_n += 0.01 * (force_n - *memory_n);
	force_n += dials[DIAL_CELL_HYSTERESIS] * (*memory_n - force_n);
	force_n = sensor->gain[i] * force_n + sensor->drift[i] * (1.0 - exp(-t_s / WARM_S)) +
		  sensor->offset_n[i] + 0.7 * roll_sim_random_normal(&sensor->random);
	sensor->last_n[i] = fmax(force_n, 0.0);
	return (float)sensor->last_n[i];
}

void
world_sensor_measure(WorldSensor *sensor, double t_s, const WorldVec *motion, const double *cells_n,
		     RollSample *ret_sample)
{
	const double *dials = sensor->world->dials;
	const double turn[3] = {motion[0].x, motion[0].y, motion[0].z};
	const double pull[3] = {motion[1].x, motion[1].y, motion[1].z};
	const double warm = 1.0 - exp(-t_s / WARM_S);
	const double keep = exp(-1.0 / (WANDER_S * dials[DIAL_RATE_HZ]));
	float *turn_to[3] = {&ret_sample->turn_radps.x, &ret_sample->turn_radps.y,
			     &ret_sample->turn_radps.z};
	float *pull_to[3] = {&ret_sample->pull_mps2.x, &ret_sample->pull_mps2.y,
			     &ret_sample->pull_mps2.z};

	for (unsigned i = 0; i < 3; i++) {
		const double wander_radps =
			0.5 * dials[DIAL_GYRO_WANDER_DPS] * RAD_PER_DEG * sensor->turn_wander[i];

		sensor->turn_wander[i] =
			keep * sensor->turn_wander[i] +
			sqrt(1.0 - keep * keep) * roll_sim_random_normal(&sensor->random);
		*turn_to[i] = (float)(sensor->turn_scale * turn[i] + sensor->turn_bias[i] +
				      warm * sensor->turn_warm[i] + wander_radps +
				      dials[DIAL_GYRO_NOISE_DPS] * RAD_PER_DEG *
					      roll_sim_random_normal(&sensor->random));
		*pull_to[i] = (float)(sensor->pull_scale[i] * pull[i] + sensor->pull_bias[i] +
				      dials[DIAL_ACC_NOISE_MPS2] *
					      roll_sim_random_normal(&sensor->random));
	}
	for (unsigned i = 0; i < (unsigned)lround(dials[DIAL_CELLS]); i++)
		ret_sample->cell_n[i] = measure_cell(sensor, i, t_s, cells_n[i]);
}
