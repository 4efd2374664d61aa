/* SPDX-License-Identifier: MIT
 *
 * A roller as its accelerometer feels it, made up from a seed for the tests of the double tap: rolling over the floor
 * with its tangential and centripetal parts, breathing, tremor, hands that lift and turn it, bumps and knocks. Force is
 * made up in steps of half a millisecond and averaged over each sample period, which is how a sensor's filter smears a
 * knock; then come noise, full scale, and packets that are lost.
 */
#pragma once

#include "daemon/track/vector.h"

#include <glib.h>

/* One sample that arrived. */
typedef struct {
	int64_t t_us;
	RollSensorVec pull_mps2;
} RollFelt;

/* A knock or a bump: half a sine, from a time on. */
typedef struct {
	double start_s, duration_s;
	RollAxis peak_mps2;
} RollStrike;

/* Hands on the roller: slow sines of push and spin about each axis. */
typedef struct {
	double push_mps2[3], spin_radps[3];
	double hz[3], phase[3];
} RollHand;

typedef struct {
	GRand *rand;
	GArray *felt; /* RollFelt */
	int64_t period_us;
	double noise_g; /* rms of each axis */
	double full_scale_g;
	double tremor_g; /* amplitude; 0: none */
	double tremor_hz;
	double lost_share; /* of the packets, at random */
	double radius_m;   /* of the roller, and the sensor's distance from its axis */
	double t_s;	   /* now */
	RollAxis up;	   /* unit vector in the sensor's axes; the roller's axis is z */
	double speed_mps, change_mps2; /* of rolling */
	const RollHand *hand;	       /* NULL: it lies */
	double hand_share;
	GArray *strikes;   /* RollStrike, those that may still come */
	RollAxis sum_mps2; /* over the sample that is being taken */
	unsigned n_summed, n_taken, n_losing;
} RollScene;

/* At rest, without noise, tremor and loss. hz: 25 to 400. Free with roll_scene_free. */
RollScene *roll_scene_new(guint32 seed, unsigned hz);
void roll_scene_free(RollScene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollScene, roll_scene_free)

/* Goes on as it is for so long. */
void roll_scene_run(RollScene *scene, double duration_s);

/* A knock from a random side, delay_s from now: its peak in g. */
void roll_scene_strike(RollScene *scene, double delay_s, double peak_g, double duration_s);

/* n bumps of 1.5 to 6 g and 4 to 15 ms, least_s to most_s apart. Returns when the last one begins, from now. */
double roll_scene_rattle(RollScene *scene, unsigned n, double least_s, double most_s);

/* Rolls at another speed, by half a sine of acceleration with this peak. */
void roll_scene_roll(RollScene *scene, double speed_mps, double peak_g);

/* Hands take it up, turn it and put it down, within so long; what happens when it lands is the caller's. */
void roll_scene_carry(RollScene *scene, double duration_s);

/* Minutes of everything that a roller goes through and that is no double tap, at random. */
void roll_scene_live(RollScene *scene, double duration_s);
