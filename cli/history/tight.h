/* SPDX-License-Identifier: MIT
 *
 * What "tight" means: where the back pushes back harder, where it is rolled more slowly and where it
 * is held, compared with the same person's whole back over the range asked for and the 28 days
 * before it. Every number below can be checked by hand. It is a hint where to look, not a finding. Pure.
 *
 * The back is divided into slices of 0.5 cm; each is judged on the sums over itself and two
 * neighbours on each side (2.5 cm), where at least 1 s was spent there.
 *
 * 1. Force. Sessions differ (a harder day, another sensor, counts instead of newtons), so each is
 *    first brought to one level: force(session, slice) = level(session) x profile(slice), fitted by three
 *    turns from a flat profile on: level = median over the session's slices of its mean force there over
 *    the profile; profile = all sessions' force over their level, a mean weighted by time. F = force at
 *    the slice in the range, levelled the same way, over the median of the profile over all slices: 1 is
 *    usual, 1.3 is 30 % more. In F the sessions before the range count, too, as 2 s in the 2.5 cm at most: they
 *    speak where the range says little. Where the range has no force at all, F is not known. With one session: its
 *    mean force at the slice over the median of such means.
 * 2. Slowing. Speeds (travel over time moving) are levelled the same way, but in the range alone, where the
 *    roller went over the slice twelve times or more (30 cm of travel within the 2.5; without force forty times,
 *    since places are less sure then). S = the lesser of the highest speed above and the highest speed below the slice,
 *    over the speed at it. It is 1 unless the roller was slower there than on both sides, and 1 where a
 *    quarter or more of the passes over it turn within 3 cm: everybody is slow at the ends of passes.
 * 3. Holding. A hold counts evenly over 1.5 cm around its place. H = (h + 5) / (H0 + 5), h the seconds of
 *    holding per centimetre and session, H0 the same over the whole back, in the range or with the
 *    history, whichever is more; the 5 s keep one short hold from weighing much. Never below 1.
 *
 *        tightness = 1.0 ln F + 0.5 ln S + 0.1 ln H       F within 0.5..2, S 1..2, H 1..2.5
 *        where force is not known: 1.0 ln S + 0.1 ln H
 *
 * 0 is like the rest of the back; +0.25 is about 28 % more force. Holding alone makes nothing tight.
 *
 * A spot is a summit of tightness that stands out from its surroundings: go from the slice up and down by at
 * most 6 cm, until tightness is above the slice's or not known, and note how far it falls below the slice's. It must
 * fall by 0.06 on both sides (so an end of what was rolled is none), and by 0.14, about 15 % of force, in the
 * mean of the two: a back that merely varies does so more slowly. There tightness is at least 0.1 with F of 1.1 or
 * more (without force 0.25, with S of 1.1 or more), and 5 s or more were spent within 1.25 cm. The spot is told
 * where the summit, down to 0.06 below its top, has its weight. Spots lie 2 cm apart or more; the five tightest
 * are told. Where the range is silent but the history is not, that still counts as surroundings.
 *
 * A zone's tightness is the mean over its slices, each counted once; a zone with 20 s or more is tight from 0.15
 * on, or where it holds a spot. Where less than 8 cm of the back are known there is no whole to compare with, and
 * nothing is judged.
 *
 * Checked on simulated persons (test-tight-sim): 30 % more force over 2.4 cm is found within 1.5 cm in
 * 20 of 20 sessions of 8 minutes, and none is told of 20 even backs. And on the physical bench, whose even backs
 * vary by -12 to +15 % over 3 to 8 cm (tests/accuracy/tight-spots.c, seeds 1001 to 1100, one session of 5 to 15
 * minutes): 35 % more force is found in 100 of 100, 25 % in 85; even backs are told 0.01 spots a session.
 */
#pragma once

#include "cli/history/profile.h"

enum {
	ROLLSTAT_SPOTS_MAX = 5,
};

#define ROLLSTAT_HISTORY_DAYS 28

#define ROLLSTAT_TIGHT_SPOT 0.1
#define ROLLSTAT_TIGHT_ZONE 0.15
#define ROLLSTAT_TIGHT_ZONE_LEAST_S 20.0

typedef struct {
	double at_cm, tightness;
} RollstatTightSpot;

typedef struct {
	double seconds[ROLLSTAT_SLICES];   /* in the range */
	double tightness[ROLLSTAT_SLICES]; /* NaN where it cannot be judged */
	guint n_spots;
	RollstatTightSpot spots[ROLLSTAT_SPOTS_MAX]; /* the tightest first */
} RollstatTight;

/* Judges the sessions from n_history on against all n_profiles. n_history <= n_profiles. */
void rollstat_tight_judge(const RollstatProfile *profiles, guint n_profiles, guint n_history,
			  RollstatTight *ret_tight);

/* Mean over the judged slices whose middle is in [from_cm, to_cm); NaN where none is judged. */
double rollstat_tight_get_zone(const RollstatTight *tight, double from_cm, double to_cm);

/* Whether a zone of so many seconds is called tight, by the rule above. */
gboolean rollstat_tight_is_zone(const RollstatTight *tight, double from_cm, double to_cm,
				double seconds);

/* Seconds within ROLLSTAT_SPOT_REACH_CM of a place. */
double rollstat_tight_get_near_s(const RollstatTight *tight, double at_cm);
