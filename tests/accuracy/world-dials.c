/* SPDX-License-Identifier: MIT */
#include "tests/accuracy/world.h"

/* What is common: a board with a six-axis sensor of the usual kind (zero-rate error to 3 degrees/s, scales
 * within 2 %), a foam roller, a body as in the literature (Baumgart 2019; Grabow 2018), a link near by. */
static const struct {
	const char *name;
	WorldRange range;
} dials[DIAL_N] = {
	[DIAL_MINUTES] = {"minutes", {5, 30}},
	[DIAL_WEIGHT_KG] = {"weight-kg", {50, 100}},
	[DIAL_SPEED_CMPS] = {"speed-cmps", {5, 20}},
	[DIAL_SPEED_MOST_CMPS] = {"speed-most-cmps", {40, 40}},
	[DIAL_HOLDS] = {"holds", {0.05, 0.2}},
	[DIAL_LIFTS] = {"lifts", {0.3, 1.0}},
	[DIAL_TURNED_TURNS] = {"turned-turns", {0.5, 3}},
	[DIAL_SPOT_SHARE] = {"spot-share", {0.2, 0.5}},
	[DIAL_SPOT_SLOWING] = {"spot-slowing", {0.1, 0.5}},
	[DIAL_RADIUS_CM] = {"radius-cm", {7.5, 7.5}},
	[DIAL_FOAM_MM] = {"foam-mm", {1, 4}},
	[DIAL_SLIP] = {"slip", {0, 0.04}},
	[DIAL_SLIP_WANDER] = {"slip-wander", {0, 0.2}},
	[DIAL_SHAKE_MPS2] = {"shake-mps2", {0.05, 0.3}},
	[DIAL_ASKEW_DEG] = {"askew-deg", {0, 30}},
	[DIAL_ARM_CM] = {"arm-cm", {0, 6}},
	[DIAL_GYRO] = {"gyro", {1, 1}},
	[DIAL_ACC] = {"acc", {1, 1}},
	[DIAL_CELLS] = {"cells", {1, 1}},
	[DIAL_RATE_HZ] = {"rate-hz", {50, 200}},
	[DIAL_PACKETS_HZ] = {"packets-hz", {10, 20}},
	[DIAL_GYRO_BIAS_DPS] = {"gyro-bias-dps", {0, 3}},
	[DIAL_GYRO_WANDER_DPS] = {"gyro-wander-dps", {0, 0.3}},
	[DIAL_GYRO_SCALE] = {"gyro-scale", {0, 0.02}},
	[DIAL_GYRO_NOISE_DPS] = {"gyro-noise-dps", {0.05, 0.2}},
	[DIAL_GYRO_FULL_DPS] = {"gyro-full-dps", {1000, 2000}},
	[DIAL_ACC_BIAS_MPS2] = {"acc-bias-mps2", {0, 0.3}},
	[DIAL_ACC_SCALE] = {"acc-scale", {0, 0.02}},
	[DIAL_ACC_NOISE_MPS2] = {"acc-noise-mps2", {0.02, 0.08}},
	[DIAL_CELL_GAIN] = {"cell-gain", {0, 0.1}},
	[DIAL_CELL_DRIFT_N] = {"cell-drift-n", {0, 10}},
	[DIAL_CELL_HYSTERESIS] = {"cell-hysteresis", {0, 0.03}},
	[DIAL_CLOCK_PPM] = {"clock-ppm", {-120, 120}},
	[DIAL_LOSS] = {"loss", {0, 0.05}},
	[DIAL_JITTER_MS] = {"jitter-ms", {5, 50}},
	[DIAL_BURST_S] = {"burst-s", {0, 0.3}},
	[DIAL_SILENCE_S] = {"silence-s", {3, 10}},
	[DIAL_MOVED] = {"moved", {0, 0}},
	[DIAL_FLIPPED] = {"flipped", {0, 0}},
	[DIAL_CELLS_DEAD] = {"cells-dead", {0, 0}},
	[DIAL_DOUBLED] = {"doubled", {0, 0}},
	[DIAL_SWAPPED] = {"swapped", {0, 0}},
	[DIAL_SILENCES] = {"silences", {0, 0}},
	[DIAL_RESTARTS] = {"restarts", {0, 0}},
	[DIAL_BAR] = {"bar", {0, 0}},
	[DIAL_SPAN_CM] = {"span-cm", {28, 32}},
	[DIAL_PATCH_CM] = {"patch-cm", {3, 6}},
	[DIAL_LEAN_DEG] = {"lean-deg", {10, 20}},
	[DIAL_REST_DEG] = {"rest-deg", {15, 15}},
	[DIAL_RAIL] = {"rail", {0, 0}},
	[DIAL_CELL_OFFSET_N] = {"cell-offset-n", {0, 5}},
	[DIAL_UNEVEN] = {"uneven", {1, 1}},
	[DIAL_SPOT_HOLDS] = {"spot-holds", {0, 0}},
};

void
world_get_ranges(WorldRange *ret_ranges)
{
	for (unsigned i = 0; i < DIAL_N; i++)
		ret_ranges[i] = dials[i].range;
}

bool
world_find_dial(const char *name, WorldDial *ret_dial)
{
	for (unsigned i = 0; i < DIAL_N; i++) {
		if (!g_str_equal(dials[i].name, name))
			continue;
		*ret_dial = (WorldDial)i;
		return true;
	}
	return false;
}

void
world_draw(World *world, const WorldRange *drawn, RollSimRandom *random)
{
	for (unsigned i = 0; i < DIAL_N; i++)
		world->dials[i] = roll_sim_random_between(random, drawn[i].low, drawn[i].high);
}
