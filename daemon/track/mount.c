/* SPDX-License-Identifier: MIT */
#include "daemon/track/mount.h"

#include <string.h>

/* Slower turning than this is as much bias and tremor as rolling, rad/s (17 degrees/s). */
#define LEAST_TURN_RADPS 0.3
/* Gravity is added once it has moved by this much: cosine of 5 degrees. */
#define STEP_COSINE 0.9962
/* Specific force off 1 g by more than this is a knock, not gravity: share of g. */
#define PULL_TOLERANCE 0.3
/* What the configured axis weighs: 0.2 s of turning at 1 rad/s; five steps of gravity. */
#define PRIOR_TURNING 0.2
#define PRIOR_GRAVITY 5.0

void
roll_mount_init(RollMount *mount, RollSensorVec prior)
{
	memset(mount, 0, sizeof(*mount));
	mount->prior = roll_axis_unit(roll_axis_of(prior));
	mount->axis = mount->prior;
}

static void
add_moments(RollMoments *moments, RollAxis v, double weight)
{
	moments->xx += weight * v.x * v.x;
	moments->xy += weight * v.x * v.y;
	moments->xz += weight * v.x * v.z;
	moments->yy += weight * v.y * v.y;
	moments->yz += weight * v.y * v.z;
	moments->zz += weight * v.z * v.z;
}

static RollAxis
apply(const RollMoments *moments, RollAxis v)
{
	return (RollAxis){
		moments->xx * v.x + moments->xy * v.y + moments->xz * v.z,
		moments->xy * v.x + moments->yy * v.y + moments->yz * v.z,
		moments->xz * v.x + moments->yz * v.y + moments->zz * v.z,
	};
}

static double
get_trace(const RollMoments *moments)
{
	return moments->xx + moments->yy + moments->zz;
}

/* One step of power iteration on  turning + (trace(gravity) - gravity) + prior.  Each part has its largest
 * eigenvalue along the axis; gravity counts as much as turning, by angle turned. */
static void
refine(RollMount *mount)
{
	const double gravity_trace = get_trace(&mount->gravity);
	const RollAxis by_turning = apply(&mount->turning, mount->axis);
	const RollAxis by_gravity = roll_axis_plus(roll_axis_scaled(mount->axis, gravity_trace),
						   -1.0, apply(&mount->gravity, mount->axis));
	const double along_prior = roll_axis_dot(mount->prior, mount->axis);
	RollAxis next = by_turning;

	next = roll_axis_plus(next, 0.1, by_gravity);
	next = roll_axis_plus(next, (PRIOR_TURNING + 0.1 * PRIOR_GRAVITY) * along_prior,
			      mount->prior);
	if (roll_axis_dot(next, mount->prior) <= 0.0)
		return;
	mount->axis = roll_axis_unit(next);
}

static bool
learn_turning(RollMount *mount, RollSensorVec turn_radps, double dt_s)
{
	const RollAxis turn = roll_axis_of(turn_radps);

	if (roll_axis_dot(turn, turn) < LEAST_TURN_RADPS * LEAST_TURN_RADPS)
		return false;
	add_moments(&mount->turning, turn, dt_s);
	return true;
}

static bool
learn_gravity(RollMount *mount, RollSensorVec pull_mps2)
{
	const RollAxis pull = roll_axis_of(pull_mps2);
	const double square = roll_axis_dot(pull, pull) / (ROLL_G_MPS2 * ROLL_G_MPS2);
	const double least = (1.0 - PULL_TOLERANCE) * (1.0 - PULL_TOLERANCE);
	const double most = (1.0 + PULL_TOLERANCE) * (1.0 + PULL_TOLERANCE);
	double along;

	if (!(square > least && square < most))
		return false;
	/* Compared without a root: cosine = along / |pull|. */
	along = roll_axis_dot(pull, mount->last_pull) / ROLL_G_MPS2;
	if (along > 0.0 && along * along > STEP_COSINE * STEP_COSINE * square)
		return false;
	mount->last_pull = roll_axis_unit(pull);
	add_moments(&mount->gravity, mount->last_pull, 1.0);
	return true;
}

bool
roll_mount_learn(RollMount *mount, const RollSensorVec *turn_radps, const RollSensorVec *pull_mps2,
		 double dt_s)
{
	const bool by_turning = turn_radps && learn_turning(mount, *turn_radps, dt_s);
	const bool by_gravity = pull_mps2 && learn_gravity(mount, *pull_mps2);

	if (!by_turning && !by_gravity)
		return false;
	if (++mount->n_taught % ROLL_MOUNT_EVERY != 0)
		return false;
	refine(mount);
	return true;
}
