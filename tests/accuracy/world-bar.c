/* SPDX-License-Identifier: MIT */
#include "tests/accuracy/world-parts.h"

#define PI 3.14159265358979323846
#define GRAVITY_MPS2 9.80665
#define RAD_PER_DEG (PI / 180.0)

static const WorldVec X = {1, 0, 0}, Y = {0, 1, 0}, Z = {0, 0, 1};

static double
between(WorldBar *bar, double low, double high)
{
	return roll_sim_random_between(&bar->random, low, high);
}

double
world_bar_get_pitch_m(const World *world)
{
	const double n_cells = round(world->dials[DIAL_CELLS]);

	/* As the sensor says it: in 0.1 mm. */
	return n_cells > 1.0 ? round(world->dials[DIAL_SPAN_CM] * 100.0 / (n_cells - 1.0)) * 1e-4
			     : 0.0;
}

void
world_bar_init(WorldBar *bar, const World *world, uint64_t seed)
{
	double rest_rad, spun_rad, toward_rad;
	WorldVec about;

	*bar = (WorldBar){.world = world};
	roll_sim_random_init(&bar->random, seed, 5);
	rest_rad = world->dials[DIAL_REST_DEG] * RAD_PER_DEG;
	bar->rest_rad = between(bar, -rest_rad, rest_rad);
	spun_rad = between(bar, -PI, PI);
	toward_rad = between(bar, -PI, PI);
	about = (WorldVec){0, cos(toward_rad), sin(toward_rad)};
	/* The sensor's z points along the bar to the head; it is spun about that, and tipped askew. */
	bar->sensor[0] = world_vec_turned(Y, X, spun_rad);
	bar->sensor[1] = world_vec_turned(Z, X, spun_rad);
	bar->sensor[2] = X;
	for (unsigned i = 0; i < 3; i++)
		bar->sensor[i] = world_vec_turned(bar->sensor[i], about,
						  world->dials[DIAL_ASKEW_DEG] * RAD_PER_DEG);
}

/* Half of the time the person lies straight, else leans so and so far to a side. */
static void
begin_lean(WorldBar *bar, double far_rad)
{
	bar->lean_from_rad = bar->lean_to_rad;
	bar->lean_to_rad = between(bar, 0.0, 1.0) < 0.5 ? 0.0 : between(bar, -far_rad, far_rad);
	bar->lean_start_s = bar->now_s;
	bar->lean_end_s = bar->now_s + between(bar, 0.4, 1.5);
	bar->next_lean_s = bar->lean_end_s + between(bar, 2.0, 20.0);
}

void
world_bar_move(WorldBar *bar, const WorldPose *pose, double step_s)
{
	const double *dials = bar->world->dials;
	const double keep = exp(-step_s / 0.15);
	double share;

	bar->now_s += step_s;
	if (bar->now_s >= bar->next_lean_s)
		begin_lean(bar, dials[DIAL_LEAN_DEG] * RAD_PER_DEG);
	share = (bar->now_s - bar->lean_start_s) / (bar->lean_end_s - bar->lean_start_s);
	share = fmin(fmax(share, 0.0), 1.0);
	share = share * share * (3.0 - 2.0 * share);
	bar->last_twist_rad = bar->twist_rad;
	/* With nobody on it it lies as it lies. */
	bar->twist_rad =
		pose->load * (bar->lean_from_rad + (bar->lean_to_rad - bar->lean_from_rad) * share);
	bar->shake =
		keep * bar->shake + sqrt(1.0 - keep * keep) * roll_sim_random_normal(&bar->random);
	bar->push_mps2 = pose->load * dials[DIAL_SHAKE_MPS2] * bar->shake;
}

void
world_bar_sense(const WorldBar *bar, double step_s, WorldVec *ret_turn, WorldVec *ret_pull)
{
	const double tilt_rad = bar->rest_rad + bar->last_twist_rad;
	const WorldVec push = {bar->push_mps2, 0.5 * bar->push_mps2,
			       GRAVITY_MPS2 + 0.5 * bar->push_mps2};
	const WorldVec pull = world_vec_turned(push, X, -tilt_rad);
	const WorldVec turn = {(bar->twist_rad - bar->last_twist_rad) / step_s, 0, 0};

	*ret_turn =
		(WorldVec){world_vec_dot(bar->sensor[0], turn), world_vec_dot(bar->sensor[1], turn),
			   world_vec_dot(bar->sensor[2], turn)};
	*ret_pull =
		(WorldVec){world_vec_dot(bar->sensor[0], pull), world_vec_dot(bar->sensor[1], pull),
			   world_vec_dot(bar->sensor[2], pull)};
}

/* Integral of the normal distribution up to z. */
static double
get_beyond(double z)
{
	return z * 0.5 * erfc(-z / sqrt(2.0)) + exp(-0.5 * z * z) / sqrt(2.0 * PI);
}

void
world_bar_press(const WorldBar *bar, const WorldPose *pose, double *ret_cells_n)
{
	const unsigned n = (unsigned)lround(bar->world->dials[DIAL_CELLS]);
	const double pitch_m = world_bar_get_pitch_m(bar->world);
	const double deviation_m = 0.5 * bar->world->dials[DIAL_PATCH_CM] * 0.01;
	const double rail = bar->world->dials[DIAL_RAIL];
	double below = 0.0;

	/* Each cell carries what falls nearest to it, or what a rail hands on; the outermost ones all that lies
	 * beyond. */
	for (unsigned i = 0; i < n; i++) {
		const double cell_m = WORLD_HEAD_END_M + i * pitch_m;
		const double here = (cell_m - pose->contact_m) / deviation_m;
		const double next = here + pitch_m / deviation_m;
		double upto = 1.0;

		if (i + 1 < n)
			upto = rail * (get_beyond(next) - get_beyond(here)) / (next - here) +
			       (1.0 - rail) * 0.5 * erfc(-0.5 * (here + next) / sqrt(2.0));
		ret_cells_n[i] = pose->force_n * (upto - below);
		below = upto;
	}
}
