/* SPDX-License-Identifier: MIT
 *
 * A physical model of what the core is for: a person on a roller or bar, that on the floor, a sensor strapped to
 * it, and the radio in between; with the truth. Of daemon/sim it has but the random numbers, so that the one does not
 * share the other's errors.
 *
 *     dials -> person (where, how hard) -> roller or bar -> sensor (errors, bytes) -> radio (when, if at all)
 *
 * World axes: X to the head, Y to the person's right, Z up; the person lies on the back. Positions are metres
 * from C7 toward the feet, times seconds since the begin. Everything follows from the dials and two seeds: one for
 * the person, who stays the same over several sessions, one for the session.
 */
#pragma once

#include "daemon/sim/sim-random.h"
#include "tests/support/reference-segment.h"

#include <glib.h>

/* What can be turned. Each is drawn evenly from its range for every recording. */
typedef enum {
	DIAL_MINUTES,
	DIAL_WEIGHT_KG,
	DIAL_SPEED_CMPS, /* the person's usual mean speed of a pass; each differs by 0.6 to 1.5 */
	DIAL_SPEED_MOST_CMPS, /* no pass is faster in the mean */
	DIAL_HOLDS,	      /* share of acts that are holds */
	DIAL_LIFTS,	      /* lift-offs a minute */
	DIAL_MOVED,	      /* share of lift-offs after which contact is elsewhere */
	DIAL_FLIPPED,	      /* share of lift-offs in which the roller is turned end for end */
	DIAL_TURNED_TURNS,    /* how far it is turned by hand in a lift-off, at most */
	DIAL_SPOT_SHARE,      /* stiff spot: how much harder it pushes back */
	DIAL_SPOT_SLOWING,    /* and the share of speed that is lost over it */
	DIAL_RADIUS_CM,
	DIAL_FOAM_MM,	  /* how far foam gives way under the usual load */
	DIAL_SLIP,	  /* share of the travel that turns nothing */
	DIAL_SLIP_WANDER, /* how far that wanders, share of it */
	DIAL_SHAKE_MPS2,  /* pushes of the body, standard deviation */
	DIAL_ASKEW_DEG,
	DIAL_ARM_CM, /* from the roller's axis to the sensor */
	DIAL_GYRO,   /* 1: there is one */
	DIAL_ACC,
	DIAL_CELLS, /* 0: no force */
	DIAL_CELLS_DEAD,
	DIAL_RATE_HZ,
	DIAL_PACKETS_HZ,      /* packets a second, at most one a sample */
	DIAL_GYRO_BIAS_DPS,   /* each axis within +- this */
	DIAL_GYRO_WANDER_DPS, /* warming up: how far in 5 minutes, and to and fro within a minute */
	DIAL_GYRO_SCALE,      /* within +- this share */
	DIAL_GYRO_NOISE_DPS,
	DIAL_GYRO_FULL_DPS,
	DIAL_ACC_BIAS_MPS2,
	DIAL_ACC_SCALE,
	DIAL_ACC_NOISE_MPS2,
	DIAL_CELL_GAIN,	   /* cells differ by +- this share */
	DIAL_CELL_DRIFT_N, /* all cells together within +- this, warming up */
	DIAL_CELL_HYSTERESIS,
	DIAL_CLOCK_PPM,
	DIAL_LOSS,
	DIAL_JITTER_MS,
	DIAL_BURST_S, /* now and then packets wait so long and come at once */
	DIAL_DOUBLED,
	DIAL_SWAPPED,
	DIAL_SILENCES, /* a minute */
	DIAL_SILENCE_S,
	DIAL_RESTARTS, /* a minute */
	DIAL_BAR,      /* 1: a massage bar, lying lengthwise under the spine; else a roller */
	DIAL_SPAN_CM,  /* bar: from its first cell to its last */
	DIAL_PATCH_CM, /* bar: how wide the back rests on it, two standard deviations */
	DIAL_LEAN_DEG, /* bar: how far the person leans to a side, at most */
	DIAL_REST_DEG, /* bar: how far askew it lies by itself, at most */
	DIAL_RAIL, /* bar: 0: a cell carries what is nearest to it; 1: a stiff rail shares it among the two beside */
	DIAL_CELL_OFFSET_N, /* bar: what a cell reads with nobody on it, at most */
	/* Later ones stand last, so that each seed draws the same of the others as before. */
	DIAL_UNEVEN, /* how uneven the rest of the back is: its bumps are -12 to +15 % times this */
	DIAL_SPOT_HOLDS, /* share of passes that end in a hold at the stiff spot */
	DIAL_N,
} WorldDial;

typedef struct {
	double low, high;
} WorldRange;

typedef struct {
	double dials[DIAL_N];
} World;

/* The ordinary ranges. ret_ranges: DIAL_N long. */
void world_get_ranges(WorldRange *ret_ranges);

/* A dial by its name, as "speed-cmps". Returns false where there is none such. */
bool world_find_dial(const char *name, WorldDial *ret_dial);

/* Draws each dial from its range. ranges: DIAL_N long. */
void world_draw(World *world, const WorldRange *ranges, RollSimRandom *random);

/* ---- The person (world-person.c) ---- */

enum { WORLD_BUMPS = 4 };

/* A place that pushes back harder, or less hard. */
typedef struct {
	double at_m, width_m, height;
} WorldBump;

typedef struct {
	double top_m, bottom_m;	      /* rolled in between */
	WorldBump bumps[WORLD_BUMPS]; /* the first is the stiff spot */
	double slowing;
	double usual_n;
} WorldPerson;

/* One stretch of time in which the person does one thing. */
typedef struct {
	double start_s, length_s;
	double from_m, to_m;
	double load_from, load_to;
	double hand_rad;    /* turned by hand in it */
	double heading_rad; /* turned about the upright in it */
	double raised_m;
} WorldAct;

/* What is true at an instant, before the roller. */
typedef struct {
	double contact_m, load, force_n, hand_rad, heading_rad, raised_m, forth_m;
} WorldPose;

typedef struct {
	const World *world;
	WorldPerson person;
	RollSimRandom random;
	WorldAct act;
	double act_progress_s; /* own time of a pass, which runs slower over the stiff spot */
	double now_s;
	double hand_rad, heading_rad; /* before the act */
	double level, breath_rad, breath_hz, wander, tremor_rad, sway_rad;
	double chest_rad; /* breathing, as far as it moves contact */
	double load;
	double until_lift_s;
	unsigned landing; /* acts that are left of a lift-off and landing */
	bool is_elsewhere, is_flipped;
	bool is_sought; /* the pass goes to the stiff spot, to hold there */
} WorldBody;

/* start_m: where first contact is. */
void world_body_init(WorldBody *body, const World *world, uint64_t person_seed, uint64_t seed,
		     double start_m);

/* Goes on by step_s. */
void world_body_move(WorldBody *body, double step_s, WorldPose *ret_pose);

/* How hard a place pushes back, 1 in the mean. */
double world_person_get_stiffness(const WorldPerson *person, double at_m);

/* ---- All of it (world-record.c) ---- */

typedef struct {
	int64_t arrival_us; /* Unix */
	unsigned n_bytes;
	uint8_t bytes[512];
} WorldPacket;

typedef struct {
	WorldPerson person;
	uint8_t feature[16];
	GArray *packets; /* of WorldPacket, in order of arrival */
	GArray *truth;	 /* of RollReferenceInstant, 100 a second, Unix time */
	GArray *twists; /* of double, one for each of truth: a bar's twist from rest, rad, positive to the left */
	GArray *gaps; /* of int64_t, pairs: first and last of each silence, Unix time */
} WorldRecording;

/* first_us: Unix time of the begin. Free with world_recording_free. */
WorldRecording *world_record(const World *world, uint64_t person_seed, uint64_t seed,
			     int64_t first_us);
void world_recording_free(WorldRecording *recording);

/* A bar's pitch from cell to cell, metres; 0 where it has one cell. */
double world_bar_get_pitch_m(const World *world);

/* Where a bar's first cell is, metres from C7. */
#define WORLD_HEAD_END_M 0.01

/* First contact of every recording, metres from C7. */
#define WORLD_START_M 0.18
