/* SPDX-License-Identifier: MIT
 *
 * What the files of the world share; nothing else includes this.
 */
#pragma once

#include "protocol/sample.h"
#include "tests/accuracy/world-vec.h"
#include "tests/accuracy/world.h"

/* ---- The roller on the floor (world-roller.c) ---- */

typedef struct {
	double angle_rad, heading_rad, forth_m, up_m, shake;
} WorldRollerState;

typedef struct {
	const World *world;
	WorldVec sensor[3]; /* the sensor's axes in the roller's frame */
	double arm_rad;
	double angle_rad, hand_rad, contact_m, rolled_m, slip, shake;
	bool was_loaded;
	WorldRollerState states[3]; /* the last three instants */
} WorldRoller;

/* Lays it on the floor, the sensor strapped on at random. */
void world_roller_init(WorldRoller *roller, const World *world, RollSimRandom *random);
/* The next instant, step_s after the last. */
void world_roller_move(WorldRoller *roller, const WorldPose *pose, double step_s,
		       RollSimRandom *random);

/* Rate of turning, rad/s, and specific force, m/s2, in the sensor's axes, at the middle one of the three. */
void world_roller_sense(const WorldRoller *roller, double step_s, WorldVec *ret_turn,
			WorldVec *ret_pull);

/* ---- The bar under the back (world-bar.c) ---- */

typedef struct {
	const World *world;
	RollSimRandom random;
	WorldVec sensor
		[3]; /* the sensor's axes in the bar's frame: X to the head, Y to the right, Z up */
	double rest_rad; /* how it lies by itself */
	double lean_from_rad, lean_to_rad, lean_start_s, lean_end_s, next_lean_s; /* the person's */
	double now_s, shake;
	double twist_rad, last_twist_rad; /* from rest, positive to the left */
	double push_mps2;
} WorldBar;

/* Lays it under the back, its sensor strapped on at random. */
void world_bar_init(WorldBar *bar, const World *world, uint64_t seed);
/* The next instant, step_s after the last. */
void world_bar_move(WorldBar *bar, const WorldPose *pose, double step_s);
/* As world_roller_sense, at the newest instant. */
void world_bar_sense(const WorldBar *bar, double step_s, WorldVec *ret_turn, WorldVec *ret_pull);
/* Spreads the force over the cells. ret_cells_n: as many as the dial says. */
void world_bar_press(const WorldBar *bar, const WorldPose *pose, double *ret_cells_n);

/* ---- The sensor's errors (world-sensor.c) ---- */

typedef struct {
	const World *world;
	RollSimRandom random;
	double turn_bias[3], turn_scale, turn_warm[3], turn_wander[3];
	double pull_bias[3], pull_scale[3];
	double gain[ROLL_CELLS_MAX], drift[ROLL_CELLS_MAX], memory_n[ROLL_CELLS_MAX];
	double offset_n[ROLL_CELLS_MAX], last_n[ROLL_CELLS_MAX];
	double dead_from_s[ROLL_CELLS_MAX]; /* INFINITY: never */
	double stuck_n[ROLL_CELLS_MAX];	    /* what it reads then; NaN: its last reading */
} WorldSensor;

/* Draws its errors. */
void world_sensor_init(WorldSensor *sensor, const World *world, uint64_t seed);

/* cells_n: true force on each. */
void world_sensor_measure(WorldSensor *sensor, double t_s, const WorldVec *motion,
			  const double *cells_n, RollSample *ret_sample);

/* ---- The radio (world-radio.c): when packets arrive, and which ---- */

typedef struct {
	const World *world;
	RollSimRandom random;
	double silence_until_s, next_silence_s, burst_until_s, next_burst_s, last_s;
	GArray *packets; /* borrowed */
	int64_t first_us;
} WorldRadio;

/* packets: where what arrives is added. first_us: Unix time of the begin. */
void world_radio_init(WorldRadio *radio, const World *world, uint64_t seed, GArray *packets,
		      int64_t first_us);

/* A packet whose last sample was taken at t_s. Returns false where it is lost. */
bool world_radio_send(WorldRadio *radio, double t_s, const WorldPacket *packet);
