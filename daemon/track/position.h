/* SPDX-License-Identifier: MIT
 *
 * Fourth stage, for a roller: whether the body rests on it, and where. While it is loaded, a turn moves
 * the contact by radius times angle; while it is not, it may turn freely and contact stays. The first
 * contact of a recording is at the configured start. Because the angle comes from gravity, the loaded
 * travel of a whole session is one difference of two angles after another, and does not drift.
 *
 * After a silence the angle is known only up to whole turns; one turn (47 cm for a radius of 7.5 cm) is
 * longer than the spine, so the turn is chosen that puts contact on the spine, nearest to where it was.
 */
#pragma once

#include "daemon/track/settings.h"

/* A loaded roller rolls as if it were a little smaller, as a tyre does: by about a third of what the foam
 * gives way, 2 to 3 mm under a third of body weight on a radius of 7.5 cm. Chosen by that reasoning; the
 * captures with truth show 0.98 to 1.02. */
#define ROLL_LOADED_RADIUS_SHARE 0.99

/* Contact ends below this share of loaded_n: what lies between is neither, against chatter. */
#define ROLL_UNLOADED_SHARE 0.8

/* Without force cells the body counts as resting on the roller until it has not moved for this long, us;
 * half a minute is the longest hold that is advised. */
#define ROLL_STILL_MOST_US (INT64_C(30) * 1000000)
/* Turning less than this is not moving, rad: 3 degrees. */
#define ROLL_STILL_RAD 0.05

/* Whether the body rests on the sensor. */
typedef struct {
	double loaded_n, unloaded_n;
	bool is_loaded;
	bool has_moved; /* without force: ever */
	double still_rad;
	int64_t moved_us;
} RollLoad;

typedef struct {
	double metres_per_rad; /* signed: toward the feet */
	double min_m, max_m;
	bool has_contact; /* there was contact before */
	bool was_loaded;
	double angle_rad; /* at the last sample */
	double position_m;
} RollPosition;

/* Begins unloaded. loaded_n: total force from which on it is loaded, > 0. */
void roll_load_init(RollLoad *load, double loaded_n);

/* force: sum over the cells. Returns whether the body is on it now. NaN changes nothing. */
bool roll_load_feed(RollLoad *load, double force);

/* The same for a sensor without force, by its motion: an inference, and told as one. t_us must not fall. */
bool roll_load_infer(RollLoad *load, int64_t t_us, double angle_rad);

/* Begins before the first contact, at the settings' start. */
void roll_position_init(RollPosition *position, const RollTrackSettings *settings);

/* Feeds one instant; returns the position of contact, metres from C7: the last one while unloaded. */
double roll_position_feed(RollPosition *position, double angle_rad, bool is_loaded);

/* The first instant after a silence: angle_rad may be off by whole turns. */
double roll_position_resume(RollPosition *position, double angle_rad, bool is_loaded);
