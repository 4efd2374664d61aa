/* SPDX-License-Identifier: MIT
 *
 * Fourth stage, for a roller: where on the spine contact is. While the roller is loaded, a turn moves
 * contact by radius times angle; while it is not, it may turn freely and contact stays. The first
 * contact of a recording is at the configured start. (Foam that gives way makes a roller roll as if it were smaller
 * by a third of that, about 1 %; slip adds 0 to 4 % to the travel: neither is corrected, the two nearly cancel.) Because the angle comes from gravity, the loaded
 * travel of a whole session is one difference of two angles after another, and does not drift.
 *
 * That reckoning is broken by what cannot be seen: a lift-off after which the roller lies elsewhere, a silence, a
 * gyroscope without gravity. Then belief.h weighs where contact may be, by the person's own force profile
 * along the spine, by the ends of the spine and by marks; where it finds the place again, it tells by how much the
 * places told since then were off.
 *
 * After a silence gravity gives the angle up to whole turns; one turn (47 cm for a radius of 7.5 cm) is
 * longer than the spine, so the turn that puts contact on the spine is the right one.
 *
 * Latency: none; a place is found again 5 to 20 cm of travel after it was lost, where force tells.
 */
#pragma once

#include "daemon/track/belief.h"

/* Without force: a sweep in one direction. */
typedef struct {
	double moved_m; /* so far */
	double still_s; /* for so long it has rested */
	bool is_free;	/* it led beyond the spine: a hand turns the roller */
} RollSweep;

typedef struct {
	double start_m, min_m, max_m;
	double neck_m;	       /* where a mark is; NaN: marks say nothing */
	double metres_per_rad; /* signed: toward the feet */
	double turn_m;	       /* of a whole turn, > 0 */
	double contact_rad;    /* at the last instant */
	double reckoned_m;
	double variance_m2; /* of the reckoning, as far as belief knows of it */
	bool has_contact;   /* there was contact before */
	bool was_loaded;
	int64_t t_us, lifted_us, landed_us;
	double read_m;	 /* reckoned place of the last reading of force */
	int64_t read_us; /* 0: none since contact began */
	RollSweep sweep;
	RollBelief belief;
	RollForceMap map;
	/* Of the last call: contact was made that may be elsewhere; and by how much what was told since then was off. */
	bool is_doubted;
	double jump_m;
} RollPlace;

/* An instant: the contact's angle, as angle.h has it. */
typedef struct {
	int64_t t_us;
	double contact_rad;
	double variance_rad2; /* of its drift; 0 where gravity keeps it from drifting */
	double force;	      /* NaN: not known */
	bool is_loaded;
} RollPlaceInstant;

/* What a silence was like. */
typedef struct {
	double silent_s;
	bool has_gravity;
} RollSilence;

/* Begins before the first contact, at the settings' start. */
void roll_place_init(RollPlace *place, const RollTrackSettings *settings);

/* Earlier sessions' forces; before the first instant. */
void roll_place_know(RollPlace *place, const RollForceMap *map);

/* Feeds one instant; t_us must rise. Returns the place of contact, metres from C7: the last one while unloaded. */
double roll_place_feed(RollPlace *place, const RollPlaceInstant *instant);

/* The first instant after a silence. */
double roll_place_resume(RollPlace *place, const RollPlaceInstant *instant,
			 const RollSilence *silence);

/* The roller lies the other way round now: what turned contact to the feet turns it to the head. */
void roll_place_flip(RollPlace *place);

/* The person says that contact is at the base of the neck. Returns the place of contact. */
double roll_place_mark(RollPlace *place);

/* Standard deviation of the place, m, as far as the start is right. */
double roll_place_get_uncertainty_m(const RollPlace *place);
