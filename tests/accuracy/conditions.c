/* SPDX-License-Identifier: MIT */
#include "tests/accuracy/conditions.h"

#define SILENT                                                                                     \
	{                                                                                          \
		DIAL_SILENCES,                                                                     \
		{                                                                                  \
			0.5, 1.0                                                                   \
		}                                                                                  \
	}
#define RESTARTING                                                                                 \
	{                                                                                          \
		DIAL_RESTARTS,                                                                     \
		{                                                                                  \
			0.1, 0.3                                                                   \
		}                                                                                  \
	}

/* A bar that stays where it is; people move on it by pushing themselves along, slower than on a roller. */
#define ON_A_BAR                                                                                   \
	{DIAL_BAR, {1, 1}}, {DIAL_MOVED, {0, 1}}, {DIAL_SPEED_CMPS, {4, 12}},                      \
		{DIAL_ASKEW_DEG, {0, 10}},                                                         \
	{                                                                                          \
		DIAL_CELL_GAIN,                                                                    \
		{                                                                                  \
			0, 0.2                                                                     \
		}                                                                                  \
	}

static const Condition conditions[] = {
	{.name = "both",
	 .says = "gyroscope and accelerometer",
	 .least_f1 = 0.995,
	 .most_zones_pct = 3,
	 .most_start_p50_cm = 0.4,
	 .most_start_p95_cm = 1.5},
	{.name = "silences",
	 .says = "the same, silences of 3 to 10 s, restarts",
	 .least_f1 = 0.98,
	 .most_zones_pct = 6,
	 .most_start_p50_cm = 0.5,
	 .most_start_p95_cm = 3,
	 .n_changes = 2,
	 .changes = {SILENT, RESTARTING}},
	{.name = "accelerometer",
	 .says = "accelerometer alone, 50 Hz, to 16 cm/s",
	 .least_f1 = 0.97,
	 .most_zones_pct = 6,
	 .most_start_p50_cm = 0.8,
	 .most_start_p95_cm = 3,
	 .n_changes = 4,
	 .changes = {{DIAL_GYRO, {0, 0}},
		     {DIAL_RATE_HZ, {50, 50}},
		     {DIAL_SPEED_CMPS, {4, 14}},
		     {DIAL_SPEED_MOST_CMPS, {16, 16}}}},
	{.name = "gyroscope",
	 .says = "gyroscope alone, bias to 1 degree/s",
	 .least_f1 = 0.98,
	 .most_zones_pct = 15,
	 .most_start_p50_cm = 2,
	 .most_start_p95_cm = 6,
	 .n_changes = 3,
	 .changes = {{DIAL_ACC, {0, 0}},
		     {DIAL_GYRO_BIAS_DPS, {1, 1}},
		     {DIAL_GYRO_WANDER_DPS, {0, 0.1}}}},
	{.name = "elsewhere",
	 .says = "lift-offs, put elsewhere; 5 sessions before",
	 .n_history = 5,
	 .least_f1 = 0.98,
	 .most_zones_pct = 12,
	 .most_start_p50_cm = 1.5,
	 .most_start_p95_cm = 6,
	 .n_changes = 1,
	 .changes = {{DIAL_MOVED, {0.3, 1}}}},
	{.name = "disorder",
	 .says = "loss to 20 %, doubled, swapped, bursts to 1 s",
	 .least_f1 = 0.96,
	 .most_zones_pct = 6,
	 .most_start_p50_cm = 0.5,
	 .most_start_p95_cm = 2,
	 .n_changes = 5,
	 .changes = {{DIAL_LOSS, {0.05, 0.2}},
		     {DIAL_DOUBLED, {0, 0.05}},
		     {DIAL_SWAPPED, {0, 0.05}},
		     {DIAL_BURST_S, {0.3, 1}},
		     {DIAL_SILENCES, {0, 0.5}}}},
	{.name = "rates",
	 .says = "10 to 400 Hz, askew to 45 degrees, 2 to 40 cm/s",
	 .least_f1 = 0.95,
	 .most_zones_pct = 6,
	 .most_start_p50_cm = 0.6,
	 .most_start_p95_cm = 2,
	 .n_changes = 3,
	 .changes = {{DIAL_RATE_HZ, {10, 400}},
		     {DIAL_ASKEW_DEG, {30, 45}},
		     {DIAL_SPEED_CMPS, {2, 40}}}},
	{.name = "flipped",
	 .says = "turned end for end in lift-offs",
	 .least_f1 = 0.98,
	 .most_zones_pct = 6,
	 .most_start_p50_cm = 0.5,
	 .most_start_p95_cm = 2,
	 .n_changes = 1,
	 .changes = {{DIAL_FLIPPED, {0.3, 0.6}}}},
	{.name = "cells",
	 .says = "2 to 16 cells, dead ones, drift, hysteresis",
	 .least_f1 = 0.98,
	 .most_zones_pct = 6,
	 .most_start_p50_cm = 0.5,
	 .most_start_p95_cm = 2,
	 .n_changes = 4,
	 .changes = {{DIAL_CELLS, {2, 16}},
		     {DIAL_CELLS_DEAD, {0, 1}},
		     {DIAL_CELL_DRIFT_N, {10, 30}},
		     {DIAL_CELL_HYSTERESIS, {0, 0.1}}}},
	{.name = "no-force",
	 .says = "no force cell: contact is inferred",
	 .least_f1 = 0.9,
	 .most_zones_pct = 70,
	 .most_start_p50_cm = 10,
	 .most_start_p95_cm = 30,
	 .n_changes = 1,
	 .changes = {{DIAL_CELLS, {0, 0}}}},
	{.name = "batched",
	 .says = "one packet a second, 40 Hz",
	 .is_batched = true,
	 .least_f1 = 0.97,
	 .most_zones_pct = 6,
	 .most_start_p50_cm = 0.5,
	 .most_start_p95_cm = 2,
	 .n_changes = 3,
	 .changes = {{DIAL_RATE_HZ, {40, 40}}, {DIAL_PACKETS_HZ, {1, 1}}, {DIAL_LOSS, {0, 0.01}}}},
	{.name = "slow-accelerometer",
	 .says = "accelerometer alone, 10 to 100 Hz",
	 .least_f1 = 0.95,
	 .most_zones_pct = 8,
	 .most_start_p50_cm = 0.8,
	 .most_start_p95_cm = 3,
	 .n_changes = 4,
	 .changes = {{DIAL_GYRO, {0, 0}},
		     {DIAL_RATE_HZ, {10, 100}},
		     {DIAL_SPEED_CMPS, {4, 14}},
		     {DIAL_SPEED_MOST_CMPS, {16, 16}}}},
	{.name = "bar-8",
	 .says = "bar of 8 cells",
	 .least_f1 = 0.98,
	 .most_zones_pct = 4,
	 .most_start_p50_cm = 0.5,
	 .most_start_p95_cm = 1.5,
	 .n_changes = 6,
	 .changes = {ON_A_BAR, {DIAL_CELLS, {8, 8}}}},
	{.name = "bar-few-many",
	 .says = "bar of 2 to 16 cells",
	 .least_f1 = 0.85,
	 .most_zones_pct = 8,
	 .most_start_p50_cm = 0.5,
	 .most_start_p95_cm = 2,
	 .n_changes = 6,
	 .changes = {ON_A_BAR, {DIAL_CELLS, {1.5, 16.49}}}},
	{.name = "bar-rail",
	 .says = "the same, a rail shares the load",
	 .least_f1 = 0.98,
	 .most_zones_pct = 6,
	 .most_start_p50_cm = 0.5,
	 .most_start_p95_cm = 1.5,
	 .n_changes = 7,
	 .changes = {ON_A_BAR, {DIAL_CELLS, {1.5, 16.49}}, {DIAL_RAIL, {1, 1}}}},
	{.name = "bar-dead",
	 .says = "bar of 8 to 16 cells, 1 dead, gains +-20 %",
	 .least_f1 = 0.98,
	 .most_zones_pct = 5,
	 .most_start_p50_cm = 0.5,
	 .most_start_p95_cm = 1.5,
	 .n_changes = 8,
	 .changes = {ON_A_BAR,
		     {DIAL_CELLS, {7.5, 16.49}},
		     {DIAL_CELL_GAIN, {0.2, 0.2}},
		     {DIAL_CELLS_DEAD, {1, 1}}}},
};

const Condition *
conditions_get(unsigned *ret_n)
{
	*ret_n = sizeof(conditions) / sizeof(conditions[0]);
	return conditions;
}

void
condition_get_ranges(const Condition *condition, WorldRange *ret_ranges)
{
	world_get_ranges(ret_ranges);
	for (unsigned i = 0; i < condition->n_changes; i++)
		ret_ranges[condition->changes[i].dial] = condition->changes[i].range;
}
