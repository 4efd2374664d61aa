/* SPDX-License-Identifier: MIT
 *
 * However the sensor is strapped on, the same rolling is the same passes.
 */
#include "tests/support/track-rig.h"

#include <math.h>

#define DEGREE (G_PI / 180.0)

/* Rows of a rotation from the frame in which the capture was made to the one of another mounting. */
typedef struct {
	RollAxis rows[3];
} Rotation;

static Rotation
make_rotation(RollAxis about, double angle_rad)
{
	const double c = cos(angle_rad), s = sin(angle_rad);
	const RollAxis u = roll_axis_unit(about);

	return (Rotation){{
		{c + u.x * u.x * (1 - c), u.x * u.y * (1 - c) - u.z * s,
		 u.x * u.z * (1 - c) + u.y * s},
		{u.y * u.x * (1 - c) + u.z * s, c + u.y * u.y * (1 - c),
		 u.y * u.z * (1 - c) - u.x * s},
		{u.z * u.x * (1 - c) - u.y * s, u.z * u.y * (1 - c) + u.x * s,
		 c + u.z * u.z * (1 - c)},
	}};
}

static RollSensorVec
turned(const Rotation *rotation, RollSensorVec v)
{
	return (RollSensorVec){
		(float)roll_axis_along(rotation->rows[0], v),
		(float)roll_axis_along(rotation->rows[1], v),
		(float)roll_axis_along(rotation->rows[2], v),
	};
}

static GArray *
turn_stream(const GArray *stream, const Rotation *rotation)
{
	GArray *other = g_array_copy((GArray *)stream);

	for (unsigned i = 0; i < other->len; i++) {
		RollPacket *packet = &g_array_index(other, RollArrived, i).packet;

		for (unsigned k = 0; k < packet->n_samples; k++) {
			RollSample *sample = &packet->samples[k];

			sample->turn_radps = turned(rotation, sample->turn_radps);
			sample->pull_mps2 = turned(rotation, sample->pull_mps2);
		}
	}
	return other;
}

/* Upside down: by half a turn about x, so that -z points outward. */
static void
test_upside_down(void)
{
	const char *const names[] = {"roller-plain", "roller-hard", "roller-lossy",
				     "roller-accel-only", "roller-gyro-only"};

	for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
		const Rotation rotation = {{{1, 0, 0}, {0, -1, 0}, {0, 0, -1}}};
		g_autoptr(GArray) stream = roll_rig_load(names[i]);
		g_autoptr(GArray) other = turn_stream(stream, &rotation);
		g_autoptr(RollRun) right = NULL, run = NULL;
		RollTrackSettings settings;

		roll_rig_init_settings(&settings);
		right = roll_rig_run(stream, stream->len, &settings);
		settings.axis = (RollSensorVec){0.0f, 0.0f, -1.0f};
		run = roll_rig_run(other, other->len, &settings);
		roll_rig_assert_alike(right, run, (RollLikeness){0});
	}
}

/* On the left end the same turning goes the other way from the start. */
static void
test_left(void)
{
	g_autoptr(GArray) stream = roll_rig_load("roller-plain");
	g_autoptr(RollRun) right = NULL, left = NULL;
	RollTrackSettings settings;

	roll_rig_init_settings(&settings);
	right = roll_rig_run(stream, stream->len, &settings);
	settings.travel_sign = -1.0;
	left = roll_rig_run(stream, stream->len, &settings);
	g_assert_cmpuint(left->events->len, ==, right->events->len);
	for (unsigned i = 0; i < right->events->len; i++) {
		const RollEvent *one = roll_rig_get_event(right, i);
		RollEvent *other = &g_array_index(left->events, RollEvent, i);

		other->from_m = 2.0 * settings.start_m - other->from_m;
		other->to_m = 2.0 * settings.start_m - other->to_m;
		g_assert_cmpfloat(one->mean_force, ==, other->mean_force);
	}
	roll_rig_assert_alike(right, left, (RollLikeness){.tolerance_m = 1e-9});
}

/* Any rotation, known to the configuration. */
static void
test_rotated(void)
{
	g_autoptr(GArray) stream = roll_rig_load("roller-plain");
	g_autoptr(GRand) rand = g_rand_new_with_seed(80);
	g_autoptr(RollRun) right = NULL;
	RollTrackSettings settings;

	roll_rig_init_settings(&settings);
	right = roll_rig_run(stream, stream->len, &settings);
	for (unsigned i = 0; i < 40; i++) {
		const RollAxis about = {g_rand_double_range(rand, -1, 1),
					g_rand_double_range(rand, -1, 1),
					g_rand_double_range(rand, -1, 1) + 0.01};
		const Rotation rotation =
			make_rotation(about, g_rand_double_range(rand, -G_PI, G_PI));
		g_autoptr(GArray) other = turn_stream(stream, &rotation);
		g_autoptr(RollRun) run = NULL;

		settings.axis = turned(&rotation, (RollSensorVec){0.0f, 0.0f, 1.0f});
		run = roll_rig_run(other, other->len, &settings);
		roll_rig_assert_alike(right, run,
				      (RollLikeness){.tolerance_m = 0.001, .tolerance_us = 20000});
	}
}

/* ---- Askew ---- */

static gboolean
overlaps(const RollEvent *one, const RollEvent *other)
{
	const int64_t both_us =
		MIN(one->end_us, other->end_us) - MAX(one->start_us, other->start_us);
	const int64_t either_us =
		MAX(one->end_us, other->end_us) - MIN(one->start_us, other->start_us);

	return both_us * 10 >= either_us * 7;
}

/* The farther of a pass's two ends from the right one; infinite where there is no such pass. */
static double
find_off_m(const RollRun *run, const RollEvent *pass)
{
	for (unsigned i = 0; i < run->events->len; i++) {
		const RollEvent *event = roll_rig_get_event(run, i);

		if (event->kind == ROLL_EVENT_PASS && overlaps(event, pass))
			return MAX(fabs(event->from_m - pass->from_m),
				   fabs(event->to_m - pass->to_m));
	}
	return INFINITY;
}

static void
check_askew(const GArray *stream, const RollRun *right, double askew_rad, double toward_rad)
{
	const RollAxis about = {cos(toward_rad), sin(toward_rad), 0.0};
	const Rotation rotation = make_rotation(about, askew_rad);
	g_autoptr(GArray) other = turn_stream(stream, &rotation);
	g_autoptr(RollRun) run = NULL;
	RollTrackSettings settings;

	roll_rig_init_settings(&settings);
	run = roll_rig_run(other, other->len, &settings);
	g_assert_cmpuint(run->track.session.summary.n_passes, ==,
			 right->track.session.summary.n_passes);
	for (unsigned i = 0; i < right->events->len; i++) {
		const RollEvent *pass = roll_rig_get_event(right, i);
		double off_m;

		if (pass->kind != ROLL_EVENT_PASS)
			continue;
		off_m = find_off_m(run, pass);
		if (off_m > 0.010)
			g_test_message("%.0f degrees toward %.0f: pass %u, %.1f -> %.1f cm, is "
				       "%.2f cm off",
				       askew_rad / DEGREE, toward_rad / DEGREE, i,
				       pass->from_m * 100, pass->to_m * 100, off_m * 100);
		g_assert_cmpfloat(off_m, <=, 0.010);
	}
}

/* Up to 45 degrees that the configuration does not know of. */
static void
test_askew(void)
{
	g_autoptr(GArray) stream = roll_rig_load("roller-plain");
	g_autoptr(RollRun) right = NULL;
	RollTrackSettings settings;

	roll_rig_init_settings(&settings);
	right = roll_rig_run(stream, stream->len, &settings);
	for (unsigned askew = 15; askew <= 45; askew += 15) {
		for (unsigned toward = 0; toward < 360; toward += 30)
			check_askew(stream, right, askew * DEGREE, toward * DEGREE);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mounting/upside-down", test_upside_down);
	g_test_add_func("/mounting/left", test_left);
	g_test_add_func("/mounting/rotated", test_rotated);
	g_test_add_func("/mounting/askew", test_askew);
	return g_test_run();
}
