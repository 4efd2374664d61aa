/* SPDX-License-Identifier: MIT */
#include "daemon/track/place.h"

#include "daemon/track/rotation.h"

#include <math.h>
#include <string.h>

/* A lift-off of a second or more may be followed by contact elsewhere, with this probability. */
#define LIFT_LEAST_US INT64_C(700000)
#define ELSEWHERE_SHARE 0.08
/* Once in so long somebody lifts off, s: what a silence may hide. */
#define LIFT_EVERY_S 40.0
/* A gyroscope alone knows nothing of a silence: contact may have moved at this speed, m/s, and so far. */
#define UNSEEN_MPS 0.05
#define UNSEEN_MOST_M 0.10
/* The filter's variance of a drift is that of the worst sensor; of it, belief is widened by this share. 0.05 to 0.2
 * do equally well in the bench (tests/accuracy), 0 and 1 worse by half. */
#define DRIFT_SHARE 0.2
/* The angle may be a whole turn off after a silence: people roll less than a turn to one side. */
#define TURN_SHARE 0.03
/* Contact beyond the ends of the spine is so unlikely: each centimetre of the way, and where a silence ends. */
#define BEYOND_SHARE 0.2
#define BEYOND_AT_ONCE 1e-4
/* What force says of the first contact's place, where earlier sessions tell of this back: it may be a few cm off, or
 * another place altogether. */
#define START_NEAR_SHARE 0.05
#define START_NEAR_M 0.03
#define START_FAR_SHARE 0.04
/* How long what a reading of force is off stays so, s: a breath. */
#define FORCE_MEMORY_S 4.0
/* The body settles on the roller, us. */
#define SETTLING_US INT64_C(600000)
/* A roller that turns slower than this rests, m/s; and in so long a hand has let go of it, s. */
#define STILL_MPS 0.01
#define STILL_S 0.3
/* How likely contact is elsewhere after that, where no force tells. */
#define UNSEEN_LIFT_SHARE 0.02
#define UNSEEN_HAND_SHARE 0.3
/* Readings teach the map where their place is as sure as this, m. */
#define TEACH_M 0.010
/* What remains of a place in the best case, m; and how much of the way from the start the slip may change. */
#define LEAST_M 0.002
#define SLIP_SPREAD 0.015
/* Readings of force are more alike than belief takes them for: its width is told this many times as wide. In the bench
 * 9 of 10 starts then lie within two standard deviations. */
#define BELIEF_WIDER 2.0

void
roll_place_init(RollPlace *place, const RollTrackSettings *settings)
{
	memset(place, 0, sizeof(*place));
	place->start_m = place->reckoned_m = settings->start_m;
	place->min_m = settings->min_m;
	place->max_m = settings->max_m;
	place->neck_m = settings->neck_m;
	place->metres_per_rad = settings->travel_sign * settings->radius_m;
	place->turn_m = ROLL_TURN_RAD * settings->radius_m;
	roll_belief_init(&place->belief);
	roll_force_map_init(&place->map);
}

void
roll_place_know(RollPlace *place, const RollForceMap *map)
{
	place->map = *map;
}

static RollBeliefGround
get_ground(const RollPlace *place)
{
	return (RollBeliefGround){place->reckoned_m, place->min_m, place->max_m, &place->map};
}

/* How much of a reading's error is left after so long. */
static double
get_kept(int64_t step_us)
{
	const double x = (double)step_us * 1e-6 / FORCE_MEMORY_S;

	return 1.0 / (1.0 + x * (1.0 + 0.5 * x));
}

static void
land(RollPlace *place, int64_t t_us)
{
	RollBeliefGround ground;

	place->reckoned_m += roll_belief_recentre(&place->belief);
	ground = get_ground(place);
	place->landed_us = t_us;
	if (place->has_contact && t_us - place->lifted_us >= LIFT_LEAST_US) {
		place->is_doubted = true;
		roll_belief_doubt(&place->belief, &ground, ELSEWHERE_SHARE, INFINITY);
	} else if (!place->has_contact && roll_force_map_has_past(&place->map)) {
		roll_belief_doubt(&place->belief, &ground, START_NEAR_SHARE, START_NEAR_M);
		roll_belief_doubt(&place->belief, &ground, START_FAR_SHARE, INFINITY);
	}
	place->read_us = 0;
	place->belief.has_offs = false;
	place->has_contact = true;
}

static void
read_on(RollPlace *place, const RollPlaceInstant *instant)
{
	const RollBeliefGround ground = get_ground(place);
	const double moved_m = fabs(place->reckoned_m - place->read_m);

	if (instant->t_us - place->landed_us < SETTLING_US ||
	    (place->read_us != 0 && moved_m < ROLL_FORCE_MAP_EVERY_M))
		return;
	roll_belief_see_ends(&place->belief, &ground, BEYOND_SHARE);
	if (instant->force > 0.0)
		roll_belief_see_force(&place->belief, &ground, instant->force,
				      get_kept(instant->t_us - place->read_us));
	if (instant->force > 0.0 && place->belief.uncertainty_m < TEACH_M)
		roll_force_map_add(&place->map, place->reckoned_m + place->belief.shift_m,
				   instant->force);
	place->read_m = place->reckoned_m;
	place->read_us = instant->t_us;
}

/* The reckoning knows less than ever before. */
static void
note_variance(RollPlace *place, double variance_rad2)
{
	const double variance_m2 = variance_rad2 * place->metres_per_rad * place->metres_per_rad;

	if (variance_m2 <= place->variance_m2)
		return;
	roll_belief_widen(&place->belief, DRIFT_SHARE * (variance_m2 - place->variance_m2));
	place->variance_m2 = variance_m2;
}

static double
finish(RollPlace *place, const RollPlaceInstant *instant)
{
	if (instant->is_loaded && !place->was_loaded)
		land(place, instant->t_us);
	else if (!instant->is_loaded && place->was_loaded)
		place->lifted_us = instant->t_us;
	if (instant->is_loaded)
		read_on(place, instant);
	place->was_loaded = instant->is_loaded;
	place->t_us = instant->t_us;
	place->jump_m += roll_belief_settle(&place->belief);
	return place->reckoned_m + place->belief.shift_m;
}

static void
doubt(RollPlace *place, double share)
{
	const RollBeliefGround ground = get_ground(place);

	roll_belief_doubt(&place->belief, &ground, share, INFINITY);
	place->is_doubted = true;
}

/* Without force contact is only inferred. A sweep in one direction that leads beyond the ends of the spine was none of
 * contact: the roller was turned by hand, and contact is where it was before, until the roller rests. Returns how far
 * contact moves, m. */
static double
infer_contact(RollPlace *place, double moved_m, double step_s)
{
	RollSweep *sweep = &place->sweep;
	const double at_m = place->reckoned_m + place->belief.shift_m + moved_m;

	const bool was_still = sweep->still_s > STILL_S;

	sweep->still_s = fabs(moved_m) < STILL_MPS * step_s ? sweep->still_s + step_s : 0.0;
	if (!was_still && sweep->still_s > STILL_S) {
		/* Before each rest it may have been lifted unseen; turned by a hand, all the more. */
		doubt(place, sweep->is_free ? UNSEEN_HAND_SHARE : UNSEEN_LIFT_SHARE);
		sweep->is_free = false;
	}
	if (sweep->is_free)
		return 0.0;
	if (sweep->still_s > 0.0 || moved_m * sweep->moved_m < 0.0)
		sweep->moved_m = 0.0;
	sweep->moved_m += moved_m;
	if (at_m >= place->min_m && at_m <= place->max_m)
		return moved_m;
	moved_m -= sweep->moved_m;
	*sweep = (RollSweep){.is_free = true};
	return moved_m;
}

double
roll_place_feed(RollPlace *place, const RollPlaceInstant *instant)
{
	double moved_m = place->metres_per_rad * (instant->contact_rad - place->contact_rad);

	place->is_doubted = false;
	place->jump_m = 0.0;
	if (isnan(instant->force))
		moved_m =
			infer_contact(place, moved_m, (double)(instant->t_us - place->t_us) * 1e-6);
	place->reckoned_m += moved_m;
	place->contact_rad = instant->contact_rad;
	if (instant->is_loaded)
		note_variance(place, instant->variance_rad2);
	return finish(place, instant);
}

/* Loaded before and after: gravity knows the place, unless the roller was lifted meanwhile. */
static void
doubt_unbroken(RollPlace *place, const RollBeliefGround *ground, const RollSilence *silence)
{
	double moved_m = UNSEEN_MPS * silence->silent_s;

	if (!silence->has_gravity) {
		moved_m = moved_m < UNSEEN_MOST_M ? moved_m : UNSEEN_MOST_M;
		roll_belief_doubt(&place->belief, ground, 0.9, moved_m);
		return;
	}
	roll_belief_doubt_turns(&place->belief, place->turn_m, TURN_SHARE);
	roll_belief_see_ends(&place->belief, ground, BEYOND_AT_ONCE);
	roll_belief_doubt(&place->belief, ground,
			  silence->silent_s / (silence->silent_s + LIFT_EVERY_S), INFINITY);
}

static double
get_beyond_m(const RollPlace *place, double at_m)
{
	if (at_m < place->min_m)
		return place->min_m - at_m;
	return at_m > place->max_m ? at_m - place->max_m : 0.0;
}

/* Loaded before and after, the angle known up to whole turns: the place on the spine that is nearest. */
static void
choose_turn(RollPlace *place, double turned_rad)
{
	const double shift_m = place->belief.shift_m;
	const double near_m =
		place->reckoned_m + place->metres_per_rad * roll_rotation_wrapped(turned_rad);

	place->reckoned_m = near_m;
	for (int side = -1; side <= 1; side += 2) {
		const double other_m = near_m + (double)side * place->turn_m;

		if (get_beyond_m(place, other_m + shift_m) <
		    get_beyond_m(place, place->reckoned_m + shift_m))
			place->reckoned_m = other_m;
	}
}

double
roll_place_resume(RollPlace *place, const RollPlaceInstant *instant, const RollSilence *silence)
{
	const bool was_loaded = place->was_loaded;
	RollBeliefGround ground;

	place->is_doubted = false;
	place->jump_m = 0.0;
	if (was_loaded && instant->is_loaded)
		choose_turn(place, instant->contact_rad - place->contact_rad);
	place->contact_rad = instant->contact_rad;
	place->reckoned_m += roll_belief_recentre(&place->belief);
	ground = get_ground(place);
	if (place->has_contact) {
		place->is_doubted = true;
		if (was_loaded && instant->is_loaded)
			doubt_unbroken(place, &ground, silence);
		else if (was_loaded || instant->is_loaded)
			roll_belief_doubt(&place->belief, &ground, 0.7, INFINITY);
		else
			roll_belief_doubt(&place->belief, &ground, ELSEWHERE_SHARE, INFINITY);
	}
	place->read_us = 0;
	place->belief.has_offs = false;
	place->landed_us = instant->t_us - SETTLING_US;
	if (instant->is_loaded) {
		place->has_contact = true;
		place->was_loaded = true;
	}
	return finish(place, instant);
}

void
roll_place_flip(RollPlace *place)
{
	place->metres_per_rad = -place->metres_per_rad;
}

double
roll_place_mark(RollPlace *place)
{
	const RollBeliefGround ground = get_ground(place);

	place->jump_m = 0.0;
	place->is_doubted = false;
	if (place->was_loaded && !isnan(place->neck_m)) {
		roll_belief_see_mark(&place->belief, &ground, place->neck_m);
		place->jump_m = roll_belief_settle(&place->belief);
	}
	return place->reckoned_m + place->belief.shift_m;
}

double
roll_place_get_uncertainty_m(const RollPlace *place)
{
	const double by_slip_m = SLIP_SPREAD * (place->reckoned_m - place->start_m);
	const double by_belief_m = BELIEF_WIDER * place->belief.uncertainty_m;

	return sqrt(by_belief_m * by_belief_m + by_slip_m * by_slip_m + LEAST_M * LEAST_M);
}
