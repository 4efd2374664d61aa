/* SPDX-License-Identifier: MIT */
#include "tests/accuracy/world-parts.h"

#include <math.h>

#define PI 3.14159265358979323846
#define GRAVITY_MPS2 9.80665

static const WorldVec X = {1, 0, 0}, Y = {0, 1, 0}, Z = {0, 0, 1};

/* ---- The roller ---- */

void
world_roller_init(WorldRoller *roller, const World *world, RollSimRandom *random)
{
	const double askew_rad = world->dials[DIAL_ASKEW_DEG] * PI / 180.0;
	const double toward_rad = roll_sim_random_between(random, -PI, PI);
	const WorldVec about = {cos(toward_rad), 0, sin(toward_rad)};
	const double spun_rad = roll_sim_random_between(random, -PI, PI);

	*roller = (WorldRoller){.world = world};
	roller->angle_rad = roll_sim_random_between(random, -PI, PI);
	roller->arm_rad = roll_sim_random_between(random, -PI, PI);
	/* The sensor's z points out of the roller's end, along the roller's own Y; then it is spun about that,
	 * and tipped askew. */
	roller->sensor[0] = world_vec_turned(world_vec_turned(Z, Y, spun_rad), about, askew_rad);
	roller->sensor[1] = world_vec_turned(world_vec_turned(X, Y, spun_rad), about, askew_rad);
	roller->sensor[2] = world_vec_turned(Y, about, askew_rad);
}

void
world_roller_move(WorldRoller *roller, const WorldPose *pose, double step_s, RollSimRandom *random)
{
	const double *dials = roller->world->dials;
	const double keep = exp(-step_s / 5.0), shake_keep = exp(-step_s / 0.15);
	const double usual = dials[DIAL_WEIGHT_KG] * GRAVITY_MPS2 * 0.28;
	const double radius_m = dials[DIAL_RADIUS_CM] * 0.01 -
				dials[DIAL_FOAM_MM] * 0.001 / 3.0 * pose->force_n / usual;
	const double sign = cos(pose->heading_rad) > 0.0 ? 1.0 : -1.0;
	WorldRollerState *now;

	roller->states[0] = roller->states[1];
	roller->states[1] = roller->states[2];
	now = &roller->states[2];
	roller->slip =
		keep * roller->slip + sqrt(1.0 - keep * keep) * roll_sim_random_normal(random);
	roller->shake = shake_keep * roller->shake +
			sqrt(1.0 - shake_keep * shake_keep) * roll_sim_random_normal(random);
	if (pose->load > 0.02 && roller->was_loaded) {
		const double slip =
			dials[DIAL_SLIP] * (1.0 + dials[DIAL_SLIP_WANDER] * roller->slip);
		const double turned_rad =
			(pose->contact_m - roller->contact_m) * (1.0 - slip) / radius_m;

		roller->angle_rad += sign * turned_rad;
		roller->rolled_m += turned_rad * radius_m;
	}
	roller->angle_rad += pose->hand_rad - roller->hand_rad;
	roller->was_loaded = pose->load > 0.02;
	roller->contact_m = pose->contact_m;
	roller->hand_rad = pose->hand_rad;
	now->angle_rad = roller->angle_rad;
	now->heading_rad = pose->heading_rad + 0.02 * sin(0.3 * pose->contact_m * 100.0);
	now->forth_m = roller->rolled_m + pose->forth_m;
	now->up_m = pose->raised_m;
	now->shake = pose->load * dials[DIAL_SHAKE_MPS2] * roller->shake;
}

/* World vector in the roller's frame, which is turned by the heading about Z, then by the angle about its Y. */
static WorldVec
in_roller(WorldVec v, const WorldRollerState *state)
{
	return world_vec_turned(world_vec_turned(v, Z, -state->heading_rad), Y, -state->angle_rad);
}

static WorldVec
in_sensor(const WorldRoller *roller, WorldVec v)
{
	WorldVec r;
	double *out[3] = {&r.x, &r.y, &r.z};

	for (unsigned i = 0; i < 3; i++)
		*out[i] = roller->sensor[i].x * v.x + roller->sensor[i].y * v.y +
			  roller->sensor[i].z * v.z;
	return r;
}

void
world_roller_sense(const WorldRoller *roller, double step_s, WorldVec *ret_turn, WorldVec *ret_pull)
{
	const WorldRollerState *s = roller->states;
	const double arm_m = roller->world->dials[DIAL_ARM_CM] * 0.01;
	const double rate = (s[2].angle_rad - s[0].angle_rad) / (2.0 * step_s);
	const double spin =
		(s[2].angle_rad - 2.0 * s[1].angle_rad + s[0].angle_rad) / (step_s * step_s);
	const WorldVec heading = {0, 0, (s[2].heading_rad - s[0].heading_rad) / (2.0 * step_s)};
	const WorldVec push = {
		(s[2].forth_m - 2.0 * s[1].forth_m + s[0].forth_m) / (step_s * step_s) + s[1].shake,
		0.3 * s[1].shake,
		GRAVITY_MPS2 + 0.5 * s[1].shake +
			(s[2].up_m - 2.0 * s[1].up_m + s[0].up_m) / (step_s * step_s)};
	const WorldVec arm = {arm_m * cos(roller->arm_rad), 0, arm_m * sin(roller->arm_rad)};
	WorldVec turn = in_roller(heading, &s[1]), pull = in_roller(push, &s[1]);

	turn.y += rate;
	pull = world_vec_plus(pull, -rate * rate, arm);
	pull = world_vec_plus(pull, spin, (WorldVec){arm.z, 0, -arm.x});
	*ret_turn = in_sensor(roller, turn);
	*ret_pull = in_sensor(roller, pull);
}
