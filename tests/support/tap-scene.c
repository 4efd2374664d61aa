/* SPDX-License-Identifier: MIT */
#include "tests/support/tap-scene.h"

#define STEP_S 0.0005
#define STEP_US 500
#define PACKET_SAMPLES 10
/* No body is pushed or stopped faster. */
#define PUSH_LEAST_S 0.03

static double
draw(RollScene *scene, double least, double most)
{
	return g_rand_double_range(scene->rand, least, most);
}

static double
draw_normal(RollScene *scene)
{
	/* Box and Muller. */
	return sqrt(-2.0 * log(1.0 - g_rand_double(scene->rand))) *
	       cos(2.0 * G_PI * g_rand_double(scene->rand));
}

static RollAxis
draw_side(RollScene *scene)
{
	return roll_axis_unit(
		(RollAxis){draw_normal(scene), draw_normal(scene), draw_normal(scene)});
}

RollScene *
roll_scene_new(guint32 seed, unsigned hz)
{
	RollScene *scene = g_new0(RollScene, 1);

	/* Neighbouring seeds would begin alike. */
	scene->rand = g_rand_new_with_seed(seed * 2654435761u);
	scene->felt = g_array_new(FALSE, TRUE, sizeof(RollFelt));
	scene->strikes = g_array_new(FALSE, TRUE, sizeof(RollStrike));
	scene->period_us = 1000000 / hz;
	scene->full_scale_g = 16.0;
	scene->tremor_hz = 10.0;
	scene->radius_m = draw(scene, 0.05, 0.075);
	scene->up = roll_axis_unit(
		(RollAxis){draw_normal(scene), draw_normal(scene), draw(scene, -0.1, 0.1)});
	return scene;
}

void
roll_scene_free(RollScene *scene)
{
	if (!scene)
		return;
	g_rand_free(scene->rand);
	g_array_unref(scene->felt);
	g_array_unref(scene->strikes);
	g_free(scene);
}

/* ---- What happens ---- */

static RollAxis
get_strikes(RollScene *scene)
{
	RollAxis sum = {0.0, 0.0, 0.0};

	for (unsigned i = scene->strikes->len; i-- > 0;) {
		const RollStrike *strike = &g_array_index(scene->strikes, RollStrike, i);
		const double share = (scene->t_s - strike->start_s) / strike->duration_s;

		if (share >= 1.0)
			g_array_remove_index_fast(scene->strikes, i);
		else if (share > 0.0)
			sum = roll_axis_plus(sum, sin(G_PI * share), strike->peak_mps2);
	}
	return sum;
}

static double
get_wave(const RollHand *hand, unsigned i, double t_s)
{
	return sin(2.0 * G_PI * hand->hz[i] * t_s + hand->phase[i]);
}

static RollAxis
get_hand(const RollScene *scene, const double *sizes)
{
	const RollHand *hand = scene->hand;

	return (RollAxis){
		scene->hand_share * sizes[0] * get_wave(hand, 0, scene->t_s),
		scene->hand_share * sizes[1] * get_wave(hand, 1, scene->t_s),
		scene->hand_share * sizes[2] * get_wave(hand, 2, scene->t_s),
	};
}

/* Specific force in the sensor's axes. */
static RollAxis
get_pull(RollScene *scene)
{
	const double spin_radps = scene->speed_mps / scene->radius_m;
	const RollAxis ahead = roll_axis_cross(scene->up, (RollAxis){0.0, 0.0, 1.0});
	RollAxis pull =
		roll_axis_plus(roll_axis_scaled(scene->up, ROLL_G_MPS2), scene->change_mps2, ahead);

	/* The sensor sits off the axis, toward x. */
	pull.x -= spin_radps * spin_radps * scene->radius_m;
	pull.y += scene->change_mps2;
	if (scene->strikes->len > 0)
		pull = roll_axis_plus(pull, 1.0, get_strikes(scene));
	if (scene->hand)
		pull = roll_axis_plus(pull, 1.0, get_hand(scene, scene->hand->push_mps2));
	if (scene->tremor_g > 0.0)
		pull = roll_axis_plus(pull,
				      scene->tremor_g * ROLL_G_MPS2 *
					      sin(2.0 * G_PI * scene->tremor_hz * scene->t_s),
				      ahead);
	return pull;
}

/* Turns the roller below "up"; breathing rolls it by a degree. */
static void
turn(RollScene *scene)
{
	const double breath_radps = 0.03 * sin(1.6 * scene->t_s);
	RollAxis spin = {0.0, 0.0, scene->speed_mps / scene->radius_m + breath_radps};

	if (scene->hand)
		spin = roll_axis_plus(spin, 1.0, get_hand(scene, scene->hand->spin_radps));
	scene->up =
		roll_axis_unit(roll_axis_plus(scene->up, STEP_S, roll_axis_cross(scene->up, spin)));
}

/* ---- What is felt ---- */

static bool
is_lost(RollScene *scene)
{
	if (scene->n_taken++ % PACKET_SAMPLES == 0 && scene->n_losing == 0 &&
	    g_rand_double(scene->rand) < scene->lost_share)
		/* One packet, or up to half a second. */
		scene->n_losing = g_rand_boolean(scene->rand)
					  ? PACKET_SAMPLES
					  : (unsigned)(draw(scene, 0.1, 0.5) * 1e6 /
						       (double)scene->period_us);
	if (scene->n_losing == 0)
		return false;
	scene->n_losing--;
	return true;
}

static float
measure(RollScene *scene, double sum_mps2)
{
	const double most_mps2 = scene->full_scale_g * ROLL_G_MPS2;
	const double mps2 =
		sum_mps2 / scene->n_summed + scene->noise_g * ROLL_G_MPS2 * draw_normal(scene);

	return (float)CLAMP(mps2, -most_mps2, most_mps2);
}

static void
take(RollScene *scene)
{
	const RollAxis sum = scene->sum_mps2;
	RollFelt felt = {.t_us = (int64_t)scene->n_taken * scene->period_us};

	felt.pull_mps2.x = measure(scene, sum.x);
	felt.pull_mps2.y = measure(scene, sum.y);
	felt.pull_mps2.z = measure(scene, sum.z);
	scene->sum_mps2 = (RollAxis){0.0, 0.0, 0.0};
	scene->n_summed = 0;
	if (!is_lost(scene))
		g_array_append_val(scene->felt, felt);
}

static void
step(RollScene *scene)
{
	scene->t_s += STEP_S;
	turn(scene);
	scene->sum_mps2 = roll_axis_plus(scene->sum_mps2, 1.0, get_pull(scene));
	if (++scene->n_summed * STEP_US >= scene->period_us)
		take(scene);
}

/* ---- What can be asked for ---- */

void
roll_scene_run(RollScene *scene, double duration_s)
{
	for (double left_s = duration_s; left_s > 0.0; left_s -= STEP_S)
		step(scene);
}

void
roll_scene_strike(RollScene *scene, double delay_s, double peak_g, double duration_s)
{
	const RollStrike strike = {
		.start_s = scene->t_s + delay_s,
		.duration_s = duration_s,
		.peak_mps2 = roll_axis_scaled(draw_side(scene), peak_g * ROLL_G_MPS2),
	};

	g_array_append_val(scene->strikes, strike);
}

double
roll_scene_rattle(RollScene *scene, unsigned n, double least_s, double most_s)
{
	/* So hard and so far apart that this sensor can tell them one by one. */
	const double period_s = (double)scene->period_us * 1e-6;
	const bool is_coarse = period_s > 0.02;
	double delay_s = 0.0;

	for (unsigned i = 0; i < n; i++) {
		const double apart_s = draw(scene, least_s, most_s);

		if (i > 0)
			delay_s += MAX(apart_s, 2.5 * period_s);
		roll_scene_strike(scene, delay_s, draw(scene, is_coarse ? 4.0 : 2.0, 6.0),
				  draw(scene, is_coarse ? 0.010 : 0.006, 0.015));
	}
	return delay_s;
}

void
roll_scene_roll(RollScene *scene, double speed_mps, double peak_g)
{
	const double from_mps = scene->speed_mps, by_mps = speed_mps - from_mps;
	const double duration_s =
		MAX(fabs(by_mps) * G_PI / 2.0 / (peak_g * ROLL_G_MPS2), PUSH_LEAST_S);
	const double peak_mps2 = by_mps * G_PI / 2.0 / duration_s;

	for (double at_s = 0.0; at_s < duration_s; at_s += STEP_S) {
		const double phase = G_PI * at_s / duration_s;

		scene->speed_mps = from_mps + by_mps * 0.5 * (1.0 - cos(phase));
		scene->change_mps2 = peak_mps2 * sin(phase);
		step(scene);
	}
	scene->speed_mps = speed_mps;
	scene->change_mps2 = 0.0;
}

void
roll_scene_carry(RollScene *scene, double duration_s)
{
	RollHand hand;

	for (unsigned i = 0; i < 3; i++) {
		hand.push_mps2[i] = draw(scene, 0.05, 0.35) * ROLL_G_MPS2;
		hand.spin_radps[i] = draw(scene, 0.0, 4.0);
		hand.hz[i] = draw(scene, 0.4, 3.0);
		hand.phase[i] = draw(scene, 0.0, 2.0 * G_PI);
	}
	scene->hand = &hand;
	for (double at_s = 0.0; at_s < duration_s; at_s += STEP_S) {
		scene->hand_share = sin(G_PI * at_s / duration_s);
		/* It is put down on its side. */
		if (at_s > 0.6 * duration_s)
			scene->up.z -= scene->up.z * STEP_S / (0.1 * duration_s);
		step(scene);
	}
	scene->hand = NULL;
}

/* ---- Life ---- */

static void
live_rolling(RollScene *scene)
{
	for (int n = g_rand_int_range(scene->rand, 2, 12); n > 0; n--) {
		roll_scene_roll(scene, draw(scene, -0.4, 0.4), draw(scene, 0.03, 0.3));
		roll_scene_run(scene, draw(scene, 0.02, 0.8));
		if (g_rand_boolean(scene->rand))
			continue;
		roll_scene_roll(scene, 0.0, draw(scene, 0.06, 0.3));
		roll_scene_run(scene, draw(scene, 0.02, 0.8));
	}
	roll_scene_roll(scene, 0.0, 0.3);
}

/* Little starts and stops, as fast as knocks. */
static void
live_nudges(RollScene *scene)
{
	for (int n = g_rand_int_range(scene->rand, 1, 5); n > 0; n--) {
		const double sign = g_rand_boolean(scene->rand) ? 1.0 : -1.0;

		roll_scene_roll(scene, sign * draw(scene, 0.06, 0.2), draw(scene, 0.1, 0.3));
		roll_scene_run(scene, draw(scene, 0.0, 0.1));
		roll_scene_roll(scene, 0.0, draw(scene, 0.1, 0.3));
		roll_scene_run(scene, draw(scene, 0.05, 0.6));
	}
}

/* Sits or lies down on it: bumps, and it gives way. */
static void
live_lying_down(RollScene *scene)
{
	const double last_s = roll_scene_rattle(
		scene, (unsigned)g_rand_int_range(scene->rand, 3, 10), 0.05, 0.25);
	const double until_s = scene->t_s + last_s;

	while (scene->t_s < until_s) {
		roll_scene_roll(scene, draw(scene, -0.1, 0.1), draw(scene, 0.06, 0.3));
		roll_scene_run(scene, draw(scene, 0.02, 0.2));
	}
	roll_scene_roll(scene, 0.0, 0.2);
}

static void
live_once(RollScene *scene)
{
	const unsigned n_bumps = (unsigned)g_rand_int_range(scene->rand, 3, 9);

	switch (g_rand_int_range(scene->rand, 0, 8)) {
	case 0:
		live_nudges(scene);
		break;
	case 1: /* put down with a single bump */
		roll_scene_carry(scene, draw(scene, 0.5, 4.0));
		roll_scene_rattle(scene, 1, 0.0, 0.0);
		break;
	case 2: /* put down with a rattle */
		roll_scene_carry(scene, draw(scene, 0.5, 4.0));
		roll_scene_run(scene, roll_scene_rattle(scene, n_bumps, 0.05, 0.28));
		break;
	case 3:
		live_lying_down(scene);
		break;
	case 4: /* one knock */
		roll_scene_rattle(scene, 1, 0.0, 0.0);
		break;
	case 5: /* too many */
		roll_scene_run(scene, roll_scene_rattle(scene, n_bumps, 0.12, 0.28));
		break;
	default:
		live_rolling(scene);
		break;
	}
}

void
roll_scene_live(RollScene *scene, double duration_s)
{
	const double until_s = scene->t_s + duration_s;

	while (scene->t_s < until_s) {
		scene->tremor_g = g_rand_int_range(scene->rand, 0, 3) == 0 ? 0.1 : 0.0;
		scene->tremor_hz = draw(scene, 8.0, 12.0);
		live_once(scene);
		/* So that no two single bumps make a pair. */
		roll_scene_run(scene, draw(scene, 0.75, 2.0));
	}
}
