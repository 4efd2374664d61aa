/* SPDX-License-Identifier: MIT
 *
 * A simulated person on a roller: what the body really does, as a function of time. Slow and brisk
 * passes along the spine with pauses where they turn, holds with breathing, a tight spot that is rolled
 * slower and pressed harder, lift-offs in which the roller is turned by hand. sim-sensor.c tells what
 * a sensor on the roller would measure of it. Pure; state is a plain struct that the caller owns.
 *
 * Passes follow minimum jerk (Flash and Hogan 1985, J Neurosci 5:1688), the smoothest way from rest
 * to rest: so speed and acceleration of the contact are known exactly, not by differences.
 */
#pragma once

#include "daemon/sim/sim-random.h"

#include <stdbool.h>

/* Habits of a person. All lengths from C7 toward the feet. */
typedef struct {
	/* First contact of a session; default 0.389 x 0.44 (T8 of a 44 cm spine). */
	double start_m;
	/* Rolled no higher and no lower; defaults 0.035 and 0.290 (T2 to T12), at least 0.15 apart. */
	double top_m, bottom_m;
	/* Default 75. */
	double weight_kg;
	/* Share of it on the roller, away from the tight spot; default 0.255, with which the mean of
	 * all is about 0.34 and the maximum 0.51 (Baumgart 2019, Sports 7:27: mean 0.32 to 0.34,
	 * single maxima 0.51 to 0.55). */
	double share;
	/* The tight spot: its centre (0: drawn from the seed) and how far it reaches to each side,
	 * default 0.012; how much harder it is pressed, 0..1, default 0.8; the share of the speed
	 * that is lost over it, 0..0.8, default 0.5. */
	double tight_m, tight_width_m, tight_force, tight_slowing;
	/* Breathing; default 0.25. How far it moves the contact to each side; default 0.002. */
	double breath_hz, breath_m;
	/* Amplitude of each of the tremor's parts, at 6 to 10 Hz; default 0.00003. */
	double tremor_m;
	/* Share of passes at a self-chosen, too quick speed; default 0.15. */
	double brisk;
	/* After so long the person gets up, 0: never, the default; and comes back after break_s,
	 * default 360. */
	double session_s, break_s;
} RollSimHabits;

/* Sets the defaults. */
void roll_sim_habits_init(RollSimHabits *habits);

/* A quantity with its first and second derivative by time. */
typedef struct {
	double value, rate, bend;
} RollSimMotion;

/* What is true at one instant. */
typedef struct {
	RollSimMotion contact;	/* metres from C7; it stays while the roller is unloaded */
	RollSimMotion hand_rad; /* how far the roller was turned by hand, in all */
	double force_n;		/* on the roller */
	bool is_loaded;		/* force_n >= 20 */
	unsigned n_marks;	/* how often the marker button was pressed so far */
} RollSimTruth;

/* One stretch of the script: contact, load (0..1) and hand each go by minimum jerk from their old place to
 * their new one. Of sim-person.c only, as all of RollSimPerson. */
typedef struct {
	double start_s, end_s;
	double from_m, to_m; /* on the path, before the tight spot slows it */
	double load_from, load_to;
	double hand_from_rad, hand_to_rad;
} RollSimStretch;

enum { ROLL_SIM_TREMORS = 3 };

typedef struct {
	RollSimHabits habits;
	RollSimRandom random;
	unsigned act; /* what is done in the stretch */
	RollSimStretch stretch;
	double at_m;	      /* where the stretch leads */
	double session_end_s; /* when the person gets up */
	bool is_downward;     /* the next pass leads toward the feet */
	unsigned n_until_lift, n_marks;
	double breath_phase_rad;
	double sway_phase_rad[2];
	double tremor_hz[ROLL_SIM_TREMORS], tremor_phase_rad[ROLL_SIM_TREMORS];
} RollSimPerson;

/* habits: copied. At time 0 the roller lies unloaded; first contact is a few seconds later. */
void roll_sim_person_init(RollSimPerson *person, const RollSimHabits *habits, uint64_t seed);

/* What is true at t_s, seconds since the beginning; t_s must not decrease from call to call. */
void roll_sim_person_move(RollSimPerson *person, double t_s, RollSimTruth *ret_truth);

/* Where the tight spot is. */
double roll_sim_person_get_tight_m(const RollSimPerson *person);
