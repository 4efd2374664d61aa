/* SPDX-License-Identifier: MIT
 *
 * Fifth stage: passes and holds, from position, force and load. The definitions (metres, seconds):
 *
 *   turning point  while loaded and outside holds, an extreme of position from which it has come back by
 *                  ROLL_TURN_BACK_M; a smaller retreat is a wiggle and ends nothing
 *   pass           the travel between neighbouring turning points, or the ends of the stretch, of
 *                  ROLL_PASS_LEAST_M or more; it starts at the last instant within 0.5 cm of where it
 *                  begins and ends at the first instant after that within 0.5 cm of where it ends
 *   hold           the longest stretch of ROLL_HOLD_LEAST_US or more in which position stays within
 *                  ROLL_HOLD_WIDTH_M; it ends the stretch of passes before it
 *
 *   position  ^    /\           __ __                     told:   P pass, H hold
 *             |   /  \         /     \        |
 *             |  /    \_______/       \       | unloaded
 *             +---------P----------H--P-------P------> time
 *                    ^ 2 cm back   ^ window left
 *
 * Contact moves straight from one instant to the next: where a hold or a pass begins or ends is found between two of them.
 * Else a hold would hang on when the samples were taken: at 10 cm/s one of 100 a second is 1 mm of the window's 15, as
 * much as one breath goes farther than another.
 *
 * One leg runs in the current direction, one back from its farthest point; when the leg back has come
 * ROLL_TURN_BACK_M far, the farthest point is a turning point and the two change places. Before the
 * first turning point of a stretch both run, from the lowest and from the highest place seen.
 *
 * Latency: none beyond the definitions. Where a hold ends the stretch, the pass before it is told 2 s
 * after the hold began. Times are stream time.
 */
#pragma once

#include "daemon/track/event.h"
#include "daemon/track/window.h"

#define ROLL_TURN_BACK_M 0.020
#define ROLL_PASS_LEAST_M 0.030
#define ROLL_HOLD_WIDTH_M 0.015
/* A hold is left where it becomes this much wider: twice the error of a place as it is told while the body rests. */
#define ROLL_HOLD_SLACK_M 0.0003
#define ROLL_HOLD_LEAST_US INT64_C(2000000)

enum { ROLL_SEGMENT_EVENTS_MAX = 2 }; /* of one call */

typedef enum {
	ROLL_SEGMENT_UNLOADED,
	ROLL_SEGMENT_ROLLING,
	ROLL_SEGMENT_HOLDING,
} RollSegmentPhase;

typedef struct {
	RollSegmentPhase phase;
	RollInstant last;   /* last loaded instant, with the sums up to there */
	unsigned current;   /* rolling: which leg is the current one */
	bool has_direction; /* rolling: a turning point was passed, current is valid */
	bool is_foretold;   /* rolling: the pass that the current leg is was told */
	RollLeg legs[2];    /* 0 toward the feet, 1 toward the head */
	RollWindow window;  /* rolling: what may become a hold */
	RollInstant hold_first;
	double hold_low_m, hold_high_m, hold_peak_force;
} RollSegment;

/* One instant of contact. */
typedef struct {
	int64_t t_us;
	double position_m;
	double force;
	bool is_loaded;
} RollContact;

/* Begins unloaded. */
void roll_segment_init(RollSegment *segment);

/* Feeds one instant; t_us must rise. ret_events: ROLL_SEGMENT_EVENTS_MAX long. Returns how many. */
unsigned roll_segment_feed(RollSegment *segment, const RollContact *contact, RollEvent *ret_events);

/* Tells the pass that the current leg is, up to reach_m from its start, before the instants are fed that end it (see
 * outlook.h); they do not tell it again. Returns how many events: 0 where it is too short. */
unsigned roll_segment_foretell(RollSegment *segment, double reach_m, RollEvent *ret_event);

/* Ends what is open with the last instant. is_cut: because of a silence. Returns how many events. */
unsigned roll_segment_end(RollSegment *segment, bool is_cut, RollEvent *ret_events);
