/* SPDX-License-Identifier: MIT */
#include "daemon/track/load.h"

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
