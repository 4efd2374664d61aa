/* SPDX-License-Identifier: MIT */
#include "daemon/track/position.h"

#include "daemon/track/rotation.h"

#include <string.h>

void
roll_load_init(RollLoad *load, double loaded_n)
{
	memset(load, 0, sizeof(*load));
	load->loaded_n = loaded_n;
	load->unloaded_n = loaded_n * ROLL_UNLOADED_SHARE;
}

bool
roll_load_feed(RollLoad *load, double force)
{
	if (force >= load->loaded_n)
		load->is_loaded = true;
	else if (force < load->unloaded_n)
		load->is_loaded = false;
	return load->is_loaded;
}

bool
roll_load_infer(RollLoad *load, int64_t t_us, double angle_rad)
{
	const double turned_rad = angle_rad - load->still_rad;

	if (load->moved_us == 0) {
		load->still_rad = angle_rad;
		load->moved_us = t_us;
	} else if (turned_rad > ROLL_STILL_RAD || turned_rad < -ROLL_STILL_RAD) {
		load->still_rad = angle_rad;
		load->moved_us = t_us;
		load->has_moved = true;
	}
	load->is_loaded = load->has_moved && t_us - load->moved_us < ROLL_STILL_MOST_US;
	return load->is_loaded;
}

void
roll_position_init(RollPosition *position, const RollTrackSettings *settings)
{
	memset(position, 0, sizeof(*position));
	position->metres_per_rad =
		settings->travel_sign * settings->radius_m * ROLL_LOADED_RADIUS_SHARE;
	position->min_m = settings->min_m;
	position->max_m = settings->max_m;
	position->position_m = settings->start_m;
}

double
roll_position_feed(RollPosition *position, double angle_rad, bool is_loaded)
{
	if (is_loaded && position->was_loaded)
		position->position_m +=
			position->metres_per_rad * (angle_rad - position->angle_rad);
	position->angle_rad = angle_rad;
	position->was_loaded = is_loaded;
	position->has_contact |= is_loaded;
	return position->position_m;
}

static double
get_beyond_m(const RollPosition *position, double at_m)
{
	if (at_m < position->min_m)
		return position->min_m - at_m;
	return at_m > position->max_m ? at_m - position->max_m : 0.0;
}

double
roll_position_resume(RollPosition *position, double angle_rad, bool is_loaded)
{
	const double turned_rad = roll_rotation_wrapped(angle_rad - position->angle_rad);
	const double turn_m = ROLL_TURN_RAD * position->metres_per_rad;
	double best_m = position->position_m + position->metres_per_rad * turned_rad;

	if (is_loaded && position->was_loaded) {
		const double near_m = best_m;

		for (int side = -1; side <= 1; side += 2) {
			const double other_m = near_m + (double)side * turn_m;

			if (get_beyond_m(position, other_m) < get_beyond_m(position, best_m))
				best_m = other_m;
		}
		position->position_m = best_m;
	}
	position->angle_rad = angle_rad;
	position->was_loaded = is_loaded;
	position->has_contact |= is_loaded;
	return position->position_m;
}
