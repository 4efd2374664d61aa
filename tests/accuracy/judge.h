/* SPDX-License-Identifier: MIT
 *
 * Runs the core over a recording of the world and compares what it told with what is true, by the definitions of
 * movement (tests/support/reference-segment.h).
 */
#pragma once

#include "daemon/track/track.h"
#include "tests/accuracy/world.h"

#include <stdio.h>

/* Zones that the seconds are compared in. */
enum { JUDGE_ZONES = 5 };

/* What was found out about one recording; sums may be added up over several. */
typedef struct {
	unsigned n_true, n_told, n_found; /* passes; those that touch a silence left out */
	double loaded_s, zone_off_s;	  /* sum over zones of |told - true| */
	GArray *start_off_cm;		  /* of double, >= 0: where a found pass starts */
	GArray *late_s;			  /* of double: told so long after it was certain */
	unsigned n_within,
		n_within_2; /* starts no farther off than once, twice the uncertainty told */
	double sides_off_s; /* bar: sum over sides of |told - true| */
	double unsure_s;
	double plain_off_s; /* as zone_off_s, of plain integration (plain.h); NaN: not to be had */
	FILE *misses;	    /* where to list passes missed or too many; NULL: nowhere */
} Judgement;

/* Nothing found out yet; free with judge_free. */
Judgement *judge_new(void);
/* Frees it with its arrays. */
void judge_free(Judgement *judgement);

/* The settings that a person would have for this world. */
void judge_init_settings(const World *world, RollTrackSettings *settings);

/* One run of the core, caller's to free with g_free. */
typedef struct {
	RollTrack track;
	GArray *events;	 /* of RollEvent */
	GArray *told_us; /* of int64_t: arrival of the packet with which each was told */
} JudgeRun;

/* map: earlier sessions' forces; NULL: none. */
JudgeRun *judge_run(const WorldRecording *recording, const RollTrackSettings *settings,
		    const RollForceMap *map);
void judge_run_free(JudgeRun *run);

/* Adds what this run shows. */
void judge_add(Judgement *judgement, const WorldRecording *recording, const JudgeRun *run);

/* Share of the found among told and true: 1 is perfect. */
double judge_get_f1(const Judgement *judgement);

/* Quantile of an array of double, 0 where it is empty; sorts it. share: 0..1. */
double judge_get_quantile(GArray *values, double share);
