/* SPDX-License-Identifier: MIT */
#include "tests/accuracy/world.h"

#include <math.h>

#define PI 3.14159265358979323846
#define GRAVITY_MPS2 9.81
/* Nobody turns to and fro faster, or over less. */
#define LEAST_TRAVEL_M 0.045
#define LEAST_PASS_S 0.4

static double
between(WorldBody *body, double low, double high)
{
	return roll_sim_random_between(&body->random, low, high);
}

static bool
happens(WorldBody *body, double share)
{
	return between(body, 0.0, 1.0) < share;
}

/* From 0 to 1 with the least jerk (Flash and Hogan 1985). */
static double
ease(double share)
{
	const double s = fmin(fmax(share, 0.0), 1.0);

	return s * s * s * (10.0 - s * (15.0 - 6.0 * s));
}

double
world_person_get_stiffness(const WorldPerson *person, double at_m)
{
	double stiffness = 1.0;

	for (unsigned i = 0; i < WORLD_BUMPS; i++) {
		const WorldBump *bump = &person->bumps[i];
		const double away = (at_m - bump->at_m) / bump->width_m;

		stiffness += bump->height * exp(-0.5 * away * away);
	}
	return stiffness;
}

static void
draw_person(WorldBody *body, uint64_t person_seed)
{
	const double *dials = body->world->dials;
	WorldPerson *person = &body->person;
	RollSimRandom random;

	roll_sim_random_init(&random, person_seed, 77);
	person->top_m = roll_sim_random_between(&random, 0.01, 0.06);
	person->bottom_m = roll_sim_random_between(&random, 0.26, 0.32);
	/* Baumgart 2019: 32 to 34 % of body weight in the mean. */
	person->usual_n =
		dials[DIAL_WEIGHT_KG] * GRAVITY_MPS2 * roll_sim_random_between(&random, 0.22, 0.34);
	person->slowing = dials[DIAL_SPOT_SLOWING];
	for (unsigned i = 0; i < WORLD_BUMPS; i++)
		person->bumps[i] = (WorldBump){
			.at_m = roll_sim_random_between(&random, person->top_m + 0.02,
							person->bottom_m - 0.02),
			.width_m = i == 0 ? roll_sim_random_between(&random, 0.012, 0.03)
					  : roll_sim_random_between(&random, 0.03, 0.08),
			.height = i == 0 ? dials[DIAL_SPOT_SHARE]
					 : dials[DIAL_UNEVEN] *
						   roll_sim_random_between(&random, -0.12, 0.15),
		};
}

void
world_body_init(WorldBody *body, const World *world, uint64_t person_seed, uint64_t seed,
		double start_m)
{
	*body = (WorldBody){.world = world};
	draw_person(body, person_seed);
	roll_sim_random_init(&body->random, seed, 1);
	body->level = between(body, 0.85, 1.15);
	body->breath_hz = between(body, 0.18, 0.32);
	body->breath_rad = between(body, 0.0, 2.0 * PI);
	body->sway_rad = between(body, 0.0, 200.0);
	body->landing = 1;
	body->act =
		(WorldAct){.length_s = between(body, 1.5, 4.0), .from_m = start_m, .to_m = start_m};
}

static void
begin_lift(WorldBody *body)
{
	const double *dials = body->world->dials;

	body->landing = 3;
	body->is_elsewhere = happens(body, dials[DIAL_MOVED]);
	body->is_flipped = happens(body, dials[DIAL_FLIPPED]);
}

/* Where contact is after the roller was put elsewhere. */
static double
draw_elsewhere(WorldBody *body, double at_m)
{
	double to_m;

	do
		to_m = between(body, body->person.top_m, body->person.bottom_m);
	while (fabs(to_m - at_m) < 0.04);
	return to_m;
}

/* Load off, roller in the air, load on. */
static void
do_lift(WorldBody *body, WorldAct *act)
{
	const double turns = body->world->dials[DIAL_TURNED_TURNS];

	switch (body->landing--) {
	case 3:
		act->length_s = between(body, 0.3, 0.8);
		act->load_to = 0.0;
		break;
	case 2:
		act->length_s = between(body, 1.5, 7.0);
		act->load_from = act->load_to = 0.0;
		act->hand_rad = between(body, -turns, turns) * 2.0 * PI;
		act->heading_rad = body->is_flipped ? (happens(body, 0.5) ? PI : -PI) : 0.0;
		act->raised_m = between(body, 0.0, 0.15);
		break;
	default:
		act->length_s = between(body, 0.3, 0.8);
		act->load_from = 0.0;
		act->load_to = 1.0;
		if (body->is_elsewhere)
			act->from_m = act->to_m = draw_elsewhere(body, act->from_m);
		body->is_elsewhere = false;
		body->until_lift_s =
			between(body, 0.4, 1.6) * 60.0 / fmax(body->world->dials[DIAL_LIFTS], 1e-3);
		break;
	}
}

static void
do_pass(WorldBody *body, WorldAct *act)
{
	const double *dials = body->world->dials;
	const double speed_cmps =
		fmin(dials[DIAL_SPEED_CMPS] * between(body, 0.6, 1.5), dials[DIAL_SPEED_MOST_CMPS]);

	body->is_sought = dials[DIAL_SPOT_HOLDS] > 0.0 && happens(body, dials[DIAL_SPOT_HOLDS]);
	if (body->is_sought)
		act->to_m = body->person.bumps[0].at_m + between(body, -0.005, 0.005);
	body->is_sought &= fabs(act->to_m - act->from_m) >= LEAST_TRAVEL_M;
	while (fabs(act->to_m - act->from_m) < LEAST_TRAVEL_M)
		act->to_m = between(body, body->person.top_m, body->person.bottom_m);
	act->length_s = fmax(fabs(act->to_m - act->from_m) / (speed_cmps * 0.01), LEAST_PASS_S);
}

static void
begin_act(WorldBody *body)
{
	const WorldAct *last = &body->act;
	WorldAct act = {
		.start_s = body->now_s,
		.from_m = last->to_m,
		.to_m = last->to_m,
		.load_from = last->load_to,
		.load_to = last->load_to,
	};

	body->hand_rad += last->hand_rad;
	body->heading_rad += last->heading_rad;
	if (body->landing == 0 && body->until_lift_s <= 0.0)
		begin_lift(body);
	if (body->landing > 0)
		do_lift(body, &act);
	else if (body->is_sought || happens(body, body->world->dials[DIAL_HOLDS]))
		act.length_s = between(body, 2.5, 15.0);
	else if (last->from_m != last->to_m)
		act.length_s = between(body, 0.03, 0.7); /* a pause where it turns */
	else
		do_pass(body, &act);
	if (act.from_m == act.to_m)
		body->is_sought = false;
	body->act = act;
	body->act_progress_s = 0.0;
}

/* A slow wander of unit variance. */
static double
wander(WorldBody *body, double value, double memory_s, double step_s)
{
	const double keep = exp(-step_s / memory_s);

	return keep * value + sqrt(1.0 - keep * keep) * roll_sim_random_normal(&body->random);
}

static double
get_contact_m(WorldBody *body, double step_s)
{
	const WorldAct *act = &body->act;
	const WorldBump *spot = &body->person.bumps[0];
	double share = ease(body->act_progress_s / act->length_s);
	double at_m = act->from_m + (act->to_m - act->from_m) * share;
	const double away = (at_m - spot->at_m) / spot->width_m;
	const double pace = act->from_m == act->to_m
				    ? 1.0
				    : 1.0 - body->person.slowing * exp(-0.5 * away * away);

	body->act_progress_s += step_s * pace;
	share = ease(body->act_progress_s / act->length_s);
	at_m = act->from_m + (act->to_m - act->from_m) * share;
	/* Where nothing rests on the roller, contact is nowhere: it stays where it was. */
	step_s *= body->load;
	body->sway_rad += step_s * 2.0 * PI * 0.13;
	body->tremor_rad += step_s * 2.0 * PI * 9.0;
	body->chest_rad += step_s * 2.0 * PI * body->breath_hz;
	return at_m + 0.0004 * (sin(body->sway_rad) + sin(2.7 * body->sway_rad)) +
	       0.0015 * sin(body->chest_rad) + 0.00004 * sin(body->tremor_rad);
}

void
world_body_move(WorldBody *body, double step_s, WorldPose *ret_pose)
{
	WorldAct *act = &body->act;
	double share;

	body->now_s += step_s;
	body->until_lift_s -= step_s;
	body->breath_rad += step_s * 2.0 * PI * body->breath_hz;
	body->wander = wander(body, body->wander, 4.0, step_s);
	ret_pose->contact_m = get_contact_m(body, step_s);
	share = body->act_progress_s / act->length_s;
	body->load = act->load_from + (act->load_to - act->load_from) * ease(share);
	ret_pose->load = body->load;
	ret_pose->hand_rad = body->hand_rad + act->hand_rad * ease(share);
	ret_pose->heading_rad = body->heading_rad + act->heading_rad * ease(share);
	share = fmin(share, 1.0);
	ret_pose->raised_m = act->raised_m * pow(4.0 * share * (1.0 - share), 3.0);
	ret_pose->forth_m = 0.7 * ret_pose->raised_m * sin(7.0 * share);
	ret_pose->force_n = ret_pose->load * body->person.usual_n * body->level *
			    world_person_get_stiffness(&body->person, ret_pose->contact_m) *
			    (1.0 + 0.04 * sin(body->breath_rad) + 0.04 * body->wander);
	if (body->act_progress_s >= act->length_s)
		begin_act(body);
}
