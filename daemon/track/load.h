/* SPDX-License-Identifier: MIT
 *
 * Whether the body rests on the sensor: by force, with hysteresis; without force cells by motion, which is
 * an inference and told as one.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Contact ends below this share of loaded_n: what lies between is neither, against chatter. */
#define ROLL_UNLOADED_SHARE 0.8

/* Without force cells the body counts as resting on the roller until it has not moved for this long, us;
 * half a minute is the longest hold that is advised. */
#define ROLL_STILL_MOST_US (INT64_C(30) * 1000000)
/* Turning less than this is not moving, rad: 3 degrees. */
#define ROLL_STILL_RAD 0.05

typedef struct {
	double loaded_n, unloaded_n;
	bool is_loaded;
	bool has_moved; /* without force: ever */
	double still_rad;
	int64_t moved_us;
} RollLoad;

/* Begins unloaded. loaded_n: total force from which on it is loaded, > 0. */
void roll_load_init(RollLoad *load, double loaded_n);

/* force: sum over the cells. Returns whether the body is on it now. NaN changes nothing. */
bool roll_load_feed(RollLoad *load, double force);

/* The same for a sensor without force, by its motion: an inference, and told as one. t_us must not fall. */
bool roll_load_infer(RollLoad *load, int64_t t_us, double angle_rad);
