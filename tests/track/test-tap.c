/* SPDX-License-Identifier: MIT
 *
 * The double tap: which knocks are found, and that nothing else in the life of a roller is taken for one.
 */
#include "daemon/track/tap.h"
#include "tests/support/tap-scene.h"
#include "tests/support/track-rig.h"

#include <math.h>

#define N_SEEDS 200
/* Life at each rate: so many streams of so many seconds. */
#define N_LIVES 6
#define LIFE_S 900.0

/* What was told of a stream. */
typedef struct {
	unsigned n;
	int64_t told_us, first_us, second_us; /* of the last one */
} Told;

static const RollFelt *
get_felt(const RollScene *scene, unsigned i)
{
	return &g_array_index(scene->felt, RollFelt, i);
}

static void
assert_valid(const RollTap *tap)
{
	g_assert_true(isfinite(roll_axis_dot(tap->mean_mps2, tap->mean_mps2)));
	g_assert_true(isfinite(tap->square) && tap->square >= 0.0);
	g_assert_cmpuint(tap->n_knocks, <=, 2);
	if (!tap->has_begun)
		return;
	g_assert_cmpint(tap->mean_us, >, 0);
	g_assert_cmpint(tap->mean_us, <=, ROLL_TAP_MEAN_US);
	g_assert_cmpint(tap->calm_us, <=, tap->last_us);
	if (tap->is_struck)
		g_assert_cmpint(tap->burst.first_us, <=, tap->burst.last_us);
	if (tap->n_knocks > 0)
		g_assert_cmpint(tap->first_us, <, tap->last_us);
}

/* Feeds the samples [from, until) on. */
static void
feed(RollTap *tap, const RollScene *scene, unsigned from, unsigned until, Told *told)
{
	for (unsigned i = from; i < until; i++) {
		const RollFelt *felt = get_felt(scene, i);

		if (!roll_tap_feed(tap, felt->t_us, scene->period_us, felt->pull_mps2))
			continue;
		told->n++;
		told->told_us = felt->t_us;
		told->first_us = tap->first_us;
		told->second_us = tap->second_us;
		g_test_message("told at %.3f s: %.3f and %.3f s", (double)felt->t_us * 1e-6,
			       (double)tap->first_us * 1e-6, (double)tap->second_us * 1e-6);
	}
}

static Told
run(const RollScene *scene)
{
	RollTap tap;
	Told told = {0};

	roll_tap_init(&tap);
	feed(&tap, scene, 0, scene->felt->len, &told);
	assert_valid(&tap);
	return told;
}

/* ---- What is found ---- */

/* Two knocks at random, 1.5 to 6 g and 4 to 12 ms; ret_second_s: when the second begins. */
static RollScene *
make_pair(guint32 seed, unsigned hz, double tremor_g, double *ret_second_s)
{
	RollScene *scene = roll_scene_new(seed, hz);
	const double apart_s = g_rand_double_range(scene->rand, 0.12, 0.6);

	scene->noise_g = 0.02;
	scene->tremor_g = tremor_g;
	scene->full_scale_g = seed % 2 ? 2.0 : 16.0;
	roll_scene_run(scene, g_rand_double_range(scene->rand, 1.0, 1.1));
	for (unsigned i = 0; i < 2; i++) {
		*ret_second_s = scene->t_s + i * apart_s;
		roll_scene_strike(scene, i * apart_s, g_rand_double_range(scene->rand, 1.5, 6.0),
				  g_rand_double_range(scene->rand, 0.004, 0.012));
	}
	roll_scene_run(scene, apart_s + 1.0);
	return scene;
}

static void
assert_in_time(const RollScene *scene, const Told *told, double second_s)
{
	const int64_t late_us = told->told_us - told->second_us;

	g_assert_cmpint(ABS(told->second_us - (int64_t)(second_s * 1e6)), <=, 2 * scene->period_us);
	g_assert_cmpint(late_us, >=, ROLL_TAP_CALM_US);
	g_assert_cmpint(late_us, <=, ROLL_TAP_CALM_US + ROLL_TAP_KNOCK_US + 2 * scene->period_us);
}

static void
check_found(unsigned hz, double tremor_g, unsigned least)
{
	unsigned n_found = 0;

	for (guint32 seed = 1; seed <= N_SEEDS; seed++) {
		double second_s;
		g_autoptr(RollScene) scene = make_pair(seed, hz, tremor_g, &second_s);
		const Told told = run(scene);

		g_assert_cmpuint(told.n, <=, 1);
		if (told.n == 1)
			assert_in_time(scene, &told, second_s);
		n_found += told.n;
	}
	g_test_message("%u Hz, tremor %.1f g: %u of %u", hz, tremor_g, n_found, N_SEEDS);
	g_assert_cmpuint(n_found, >=, least);
}

static void
test_found(void)
{
	check_found(50, 0.0, N_SEEDS * 90 / 100);
	check_found(100, 0.0, N_SEEDS * 97 / 100);
	check_found(200, 0.0, N_SEEDS * 97 / 100);
	check_found(400, 0.0, N_SEEDS * 97 / 100);
	/* Nothing is promised here but that it is not useless. */
	check_found(25, 0.0, N_SEEDS * 40 / 100);
}

static void
test_found_in_tremor(void)
{
	check_found(50, 0.1, N_SEEDS * 85 / 100);
	check_found(100, 0.1, N_SEEDS * 97 / 100);
	check_found(200, 0.1, N_SEEDS * 97 / 100);
}

/* ---- The rules, one by one ---- */

/* Knocks on a roller that has been lying for a second. */
typedef struct {
	const char *name;
	double knocks_s[5]; /* when, from then on; ends with a negative one */
	double peak_g, duration_s;
	unsigned n_told;
} Rule;

static void
test_rules(void)
{
	const Rule rules[] = {
		{"none", {-1.0}, 3.0, 0.008, 0},
		{"one", {0.0, -1.0}, 3.0, 0.008, 0},
		{"two", {0.0, 0.3, -1.0}, 3.0, 0.008, 1},
		{"two, as near as can be", {0.0, 0.12, -1.0}, 3.0, 0.008, 1},
		{"two, as far as can be", {0.0, 0.6, -1.0}, 3.0, 0.008, 1},
		{"too near", {0.0, 0.09, -1.0}, 3.0, 0.008, 0},
		{"too far", {0.0, 0.65, -1.0}, 3.0, 0.008, 0},
		{"too soft", {0.0, 0.3, -1.0}, 0.3, 0.008, 0},
		{"too long", {0.0, 0.3, -1.0}, 3.0, 0.060, 0},
		{"soft and long", {0.001, 0.301, -1.0}, 0.55, 0.028, 0},
		{"saturated", {0.0, 0.3, -1.0}, 60.0, 0.015, 1},
		{"three", {0.0, 0.2, 0.4, -1.0}, 3.0, 0.008, 0},
		{"three, wide apart", {0.0, 0.5, 0.75, -1.0}, 3.0, 0.008, 0},
		{"four", {0.0, 0.2, 0.4, 0.6, -1.0}, 3.0, 0.008, 0},
		{"a rattle", {0.0, 0.03, 0.07, 0.2, -1.0}, 3.0, 0.008, 0},
		{"soon after two too near", {0.0, 0.1, 0.5, 0.8, -1.0}, 3.0, 0.008, 0},
		{"one, later two", {0.0, 0.8, 1.1, -1.0}, 3.0, 0.008, 1},
		{"two and two", {0.0, 0.3, 1.2, 1.5, -1.0}, 3.0, 0.008, 2},
		{"just switched on", {-0.8, -0.5, -1.0}, 3.0, 0.008, 0},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(rules); i++) {
		g_autoptr(RollScene) scene = roll_scene_new(i, 100);

		g_test_message("%s", rules[i].name);
		scene->full_scale_g = 2.0;
		for (const double *at_s = rules[i].knocks_s; *at_s > -1.0; at_s++)
			roll_scene_strike(scene, 1.0 + *at_s, rules[i].peak_g, rules[i].duration_s);
		roll_scene_run(scene, 4.0);
		g_assert_cmpuint(run(scene).n, ==, rules[i].n_told);
	}
}

/* Two knocks 300 ms apart, with something done before, between and after them. */
static unsigned
count_with(void (*before)(RollScene *), void (*between)(RollScene *), void (*after)(RollScene *))
{
	g_autoptr(RollScene) scene = roll_scene_new(4, 100);

	roll_scene_run(scene, 1.0);
	before(scene);
	roll_scene_strike(scene, 0.0, 3.0, 0.008);
	roll_scene_run(scene, 0.1);
	between(scene);
	roll_scene_strike(scene, 0.1, 3.0, 0.008);
	roll_scene_run(scene, 0.2);
	after(scene);
	roll_scene_run(scene, 1.0);
	return run(scene).n;
}

static void
do_nothing(RollScene *scene)
{
	roll_scene_run(scene, 0.1);
}

/* 1 cm at 10 cm/s. */
static void
do_roll(RollScene *scene)
{
	roll_scene_roll(scene, 0.1, 0.2);
	roll_scene_run(scene, 0.02);
	roll_scene_roll(scene, 0.0, 0.2);
}

/* 7 mm, too evenly to be felt otherwise. */
static void
do_creep(RollScene *scene)
{
	scene->speed_mps = 0.03;
	roll_scene_run(scene, 0.25);
	scene->speed_mps = 0.0;
}

/* Comes to rest with the first knock: only what was before tells. */
static void
do_drift(RollScene *scene)
{
	scene->speed_mps = 0.015;
	roll_scene_run(scene, 0.6);
	scene->speed_mps = 0.0;
}

static void
do_lose(RollScene *scene)
{
	const unsigned before = scene->felt->len;

	roll_scene_run(scene, 0.1);
	g_array_set_size(scene->felt, before);
}

static void
test_meanwhile(void)
{
	void (*const unrest[])(RollScene *) = {do_roll, do_creep, do_lose};

	g_assert_cmpuint(count_with(do_nothing, do_nothing, do_nothing), ==, 1);
	g_assert_cmpuint(count_with(do_drift, do_nothing, do_nothing), ==, 0);
	for (unsigned i = 0; i < G_N_ELEMENTS(unrest); i++) {
		g_assert_cmpuint(count_with(unrest[i], do_nothing, do_nothing), ==, 0);
		g_assert_cmpuint(count_with(do_nothing, unrest[i], do_nothing), ==, 0);
		g_assert_cmpuint(count_with(do_nothing, do_nothing, unrest[i]), ==, 0);
	}
}

/* ---- What is none ---- */

static void
check_life(unsigned hz)
{
	for (guint32 seed = 1; seed <= N_LIVES; seed++) {
		g_autoptr(RollScene) scene = roll_scene_new(seed, hz);

		g_test_message("%u Hz, seed %u", hz, seed);
		scene->noise_g = 0.025 * (seed % 3);
		scene->lost_share = seed % 2 ? 0.05 : 0.0;
		scene->full_scale_g = seed % 4 < 2 ? 2.0 : 16.0;
		roll_scene_live(scene, LIFE_S);
		g_assert_cmpuint(run(scene).n, ==, 0);
	}
}

static void
test_life(void)
{
	const unsigned rates_hz[] = {25, 50, 100, 200, 400};

	for (unsigned i = 0; i < G_N_ELEMENTS(rates_hz); i++)
		check_life(rates_hz[i]);
}

/* Noise and tremor alone, at rest. */
static void
test_rest(void)
{
	for (guint32 seed = 1; seed <= 4; seed++) {
		g_autoptr(RollScene) scene = roll_scene_new(seed, 100);

		scene->noise_g = 0.05;
		scene->tremor_g = seed % 2 ? 0.1 : 0.0;
		scene->tremor_hz = 8.0 + seed;
		roll_scene_run(scene, LIFE_S);
		g_assert_cmpuint(run(scene).n, ==, 0);
	}
}

/* Takes a capture through. Every three seconds, whatever happens then, knock_g is added to two samples 0.3 s apart. */
static unsigned
count_in_capture(const GArray *stream, float knock_g)
{
	RollClock clock;
	RollTap tap;
	unsigned n = 0;

	roll_clock_init(&clock);
	roll_tap_init(&tap);
	for (unsigned i = 0; i < stream->len; i++) {
		const RollArrived *arrived = roll_rig_get_arrived(stream, i);
		const RollPacket *packet = &arrived->packet;
		int64_t t_us;

		if (!packet->has_acc ||
		    !roll_clock_place(&clock, arrived->arrival_us, packet, &t_us))
			continue;
		for (unsigned k = 0; k < packet->n_samples; k++, t_us += packet->period_us) {
			const int64_t phase_us = t_us % 3000000;
			RollSensorVec pull = packet->samples[k].pull_mps2;

			if (phase_us < packet->period_us ||
			    (phase_us >= 300000 && phase_us < 300000 + packet->period_us))
				pull.x += knock_g * (float)ROLL_G_MPS2;
			n += roll_tap_feed(&tap, t_us, packet->period_us, pull);
		}
	}
	return n;
}

static void
test_captures(void)
{
	const char *const names[] = {"roller-plain",	  "roller-hard", "roller-lossy",
				     "roller-accel-only", "bar",	 "bar-force-only",
				     "roller-gyro-only"};

	for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GArray) stream = roll_rig_load(names[i]);
		g_autoptr(GArray) anew = roll_rig_cut_anew(stream, 0);
		const unsigned n_knocked = count_in_capture(stream, 1.0f);

		g_assert_cmpuint(count_in_capture(stream, 0.0f), ==, 0);
		g_assert_cmpuint(count_in_capture(anew, 0.0f), ==, 0);
		/* It is not that nothing is ever told: they rest for a third of their three minutes. The last two have no
		 * accelerometer. */
		g_test_message("%s: %u", names[i], n_knocked);
		g_assert_true(i < 5 ? n_knocked >= 15 : n_knocked == 0);
	}
}

/* ---- Any stream ---- */

/* What is told depends on the samples alone: a copy of the state goes on as the state does, wherever it is cut, and
 * at any date. */
static void
test_cut(void)
{
	for (guint32 seed = 1; seed <= 20; seed++) {
		double second_s;
		g_autoptr(RollScene) scene = make_pair(seed, 100, 0.0, &second_s);
		const Told whole = run(scene);

		for (unsigned cut = 0; cut < scene->felt->len; cut += 7) {
			RollTap tap, copy;
			Told told = {0};

			roll_tap_init(&tap);
			feed(&tap, scene, 0, cut, &told);
			copy = tap;
			feed(&copy, scene, cut, scene->felt->len, &told);
			g_assert_cmpuint(told.n, ==, whole.n);
			g_assert_cmpint(told.told_us, ==, whole.told_us);
		}
		for (unsigned i = 0; i < scene->felt->len; i++)
			g_array_index(scene->felt, RollFelt, i).t_us += INT64_C(1790000000000000);
		g_assert_cmpuint(run(scene).n, ==, whole.n);
	}
}

static float
draw_mad(GRand *rand)
{
	const float values[] = {NAN,  INFINITY, -INFINITY, 3.4e38f, -3.4e38f, 1e-40f,
				0.0f, 9.9e6f,	-9.9e6f,   150.0f,  -9.81f,   9.81f};

	return values[g_rand_int_range(rand, 0, G_N_ELEMENTS(values))];
}

static int64_t
draw_time(GRand *rand, int64_t last_us)
{
	const int64_t times_us[] = {INT64_MIN, INT64_MAX, 0, -1, last_us};

	if (g_rand_int_range(rand, 0, 20) == 0)
		return times_us[g_rand_int_range(rand, 0, G_N_ELEMENTS(times_us))];
	if (last_us > INT64_MAX - 20000 || last_us < INT64_MIN + 100)
		return last_us;
	return last_us + g_rand_int_range(rand, -100, 20000);
}

static void
test_rubbish(void)
{
	const int64_t periods_us[] = {INT64_MIN, -1,	0,     1,      2500,
				      10000,	 40000, 48000, 600000, INT64_MAX};
	g_autoptr(GRand) rand = g_rand_new_with_seed(9);
	int64_t t_us = 0, period_us = 10000;
	RollTap tap;

	roll_tap_init(&tap);
	for (unsigned i = 0; i < 200000; i++) {
		RollSensorVec pull = {0.0f, 0.0f, 9.81f};

		if (g_rand_int_range(rand, 0, 8) == 0)
			pull.x = draw_mad(rand);
		if (g_rand_int_range(rand, 0, 50) == 0)
			period_us = periods_us[g_rand_int_range(rand, 0, G_N_ELEMENTS(periods_us))];
		t_us = draw_time(rand, t_us);
		(void)!roll_tap_feed(&tap, t_us, period_us, pull);
		assert_valid(&tap);
	}
}

/* Rubbish is forgotten: a second later, a double tap is found. */
static void
test_rubbish_forgotten(void)
{
	double second_s;
	g_autoptr(RollScene) scene = make_pair(2, 100, 0.0, &second_s);
	RollTap tap;
	Told told = {0};

	roll_tap_init(&tap);
	for (unsigned i = 0; i < 3; i++) {
		g_assert_false(roll_tap_feed(&tap, INT64_MAX - 10000 * i, 10000,
					     (RollSensorVec){9.9e6f, NAN, -9.9e6f}));
		g_assert_false(roll_tap_feed(&tap, INT64_MAX - 10000 * i, 10000,
					     (RollSensorVec){9.9e6f, 0.0f, -9.9e6f}));
	}
	feed(&tap, scene, 0, scene->felt->len, &told);
	g_assert_cmpuint(told.n, ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tap/found", test_found);
	g_test_add_func("/tap/found-in-tremor", test_found_in_tremor);
	g_test_add_func("/tap/rules", test_rules);
	g_test_add_func("/tap/meanwhile", test_meanwhile);
	g_test_add_func("/tap/life", test_life);
	g_test_add_func("/tap/rest", test_rest);
	g_test_add_func("/tap/captures", test_captures);
	g_test_add_func("/tap/cut", test_cut);
	g_test_add_func("/tap/rubbish", test_rubbish);
	g_test_add_func("/tap/rubbish-forgotten", test_rubbish_forgotten);
	return g_test_run();
}
