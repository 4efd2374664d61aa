/* SPDX-License-Identifier: MIT
 *
 * The spine as a ruler: where each vertebral level lies along the back, and the zones made of levels.
 * Positions are metres from the tip of C7 (0), positive toward the feet. Pure.
 *
 * Source: vertebral-body centroids of 21 complete C7 to L5 spines (VerSe CT, supine). With the
 * person's own C7-to-L5 length the right level is found in 90.5 %; from stature alone (0.263 x stature)
 * the mean error is 14.6 mm, so reports say where the length is a guess. The tip of a mid-thoracic
 * spinous process lies about one level below its body.
 */
#pragma once

#include "protocol/sample.h"

enum {
	ROLL_LEVELS = 18,	 /* C7, T1 to T12, L1 to L5 */
	ROLL_ZONES_MAX = 12,	 /* zones of one person */
	ROLL_ZONE_NAME_MAX = 32, /* bytes of a zone's name, NUL included */
};

/* C7-to-L5 length over stature, for a person who has not measured it. */
#define ROLL_SPINE_PER_STATURE 0.263

/* Beyond any contact, metres from C7 to either side. */
#define ROLL_SPINE_BEYOND_M 0.99

/* A named interval [from, to) of the spine. */
typedef struct {
	char name[ROLL_ZONE_NAME_MAX];
	double from_m, to_m;
} RollZone;

/* "C7", "T1" .. "L5" for 0..ROLL_LEVELS - 1; static. */
const char *roll_spine_get_level_name(unsigned level);

/* Finds a level by its name, in any case. Returns false where there is none such. */
ROLL_MUST_USE bool roll_spine_find_level(const char *name, unsigned *ret_level);

/* Centre of a level, metres from C7; spine_m: the person's C7-to-L5 length, > 0. */
double roll_spine_get_level_m(unsigned level, double spine_m);

/* Where a level begins: half-way from the centre above. level may be ROLL_LEVELS: the end of L5. The
 * outermost boundaries lie ROLL_SPINE_BEYOND_M from C7, so that every contact has a level and a zone. */
double roll_spine_get_boundary_m(unsigned level, double spine_m);

/* The default zones: neck-base C7-T1, upper-thoracic T2-T4, mid-thoracic T5-T8, lower-thoracic T9-T12,
 * lumbar L1-L5. ret_zones: array of ROLL_ZONES_MAX. Returns how many. */
unsigned roll_spine_get_default_zones(double spine_m, RollZone *ret_zones);
