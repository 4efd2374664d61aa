/* SPDX-License-Identifier: MIT
 *
 * A massage bar: centre of force, what its cells read at rest, twist.
 */
#include "daemon/track/bar.h"
#include "daemon/track/track.h"

#include <glib.h>
#include <math.h>

#define N_CELLS 8
#define PERIOD_S 0.0125

static RollBar
make_bar(void)
{
	RollTrackSettings settings;
	RollBar bar;

	roll_track_settings_init(&settings);
	settings.is_bar = true;
	settings.head_end_m = 0.01;
	settings.pitch_m = 0.04;
	roll_bar_init(&bar, &settings);
	return bar;
}

/* How far the middle of a patch may be off that is a point, m: what the model takes it for is not that narrow. */
#define POINT_M 0.005

/* A body of 200 N on two neighbouring cells, its centre at place cells from the head end. */
static void
press(float *cells, double place)
{
	const unsigned below = (unsigned)place;

	for (unsigned i = 0; i < N_CELLS; i++)
		cells[i] = 0.0f;
	cells[below] = (float)(200.0 * (below + 1 - place));
	if (below + 1 < N_CELLS)
		cells[below + 1] = (float)(200.0 * (place - below));
}

static double
feed(RollBar *bar, const float *cells, unsigned n_cells, bool is_loaded, double step_s)
{
	roll_bar_weigh(bar, cells, n_cells, step_s);
	return roll_bar_feed(bar, is_loaded, step_s);
}

static void
test_centre(void)
{
	RollBar bar = make_bar();
	float cells[N_CELLS];

	for (double place = 0.5; place <= N_CELLS - 1.5; place += 0.125) {
		press(cells, place);
		g_assert_cmpfloat_with_epsilon(feed(&bar, cells, N_CELLS, true, PERIOD_S),
					       0.01 + 0.04 * place, POINT_M);
	}
}

static void
test_unloaded(void)
{
	RollBar bar = make_bar();
	float cells[N_CELLS];

	press(cells, 3.0);
	feed(&bar, cells, N_CELLS, true, PERIOD_S);
	press(cells, 6.0);
	g_assert_cmpfloat_with_epsilon(feed(&bar, cells, N_CELLS, false, PERIOD_S), 0.13, 1e-6);
}

static void
test_one_cell(void)
{
	RollBar bar = make_bar();
	const float force = 123.0f;

	g_assert_cmpfloat(feed(&bar, &force, 1, true, PERIOD_S), ==, 0.01);
}

/* 2 N on each cell and 9 N on the last one with nobody on it: taken off, the centre is right at 30 N. */
static void
test_resting_readings(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(1);
	RollBar bar = make_bar();
	float cells[N_CELLS];

	for (unsigned i = 0; i < 800; i++) {
		for (unsigned k = 0; k < N_CELLS; k++)
			cells[k] = (float)((k == 7 ? 9.0 : 2.0) +
					   g_rand_double_range(rand, -0.5, 0.5));
		feed(&bar, cells, N_CELLS, false, PERIOD_S);
	}
	for (unsigned k = 0; k < N_CELLS; k++)
		cells[k] = (k == 7 ? 9.0f : 2.0f) + (k == 2 ? 30.0f : 0.0f);
	g_assert_cmpfloat_with_epsilon(feed(&bar, cells, N_CELLS, true, PERIOD_S), 0.01 + 0.04 * 2,
				       0.002);
}

/* Cells that read less than at rest must not throw the centre off the bar. */
static void
test_stays_on_the_bar(void)
{
	RollBar bar = make_bar();
	float cells[N_CELLS] = {0, 0, 0, 0, 0, 0, 0, 50};
	double at_m;

	feed(&bar, cells, N_CELLS, false, 1.0);
	cells[0] = 60.0f;
	cells[7] = 0.0f;
	at_m = feed(&bar, cells, N_CELLS, true, PERIOD_S);
	g_assert_cmpfloat(at_m, >=, 0.0);
	g_assert_cmpfloat(at_m, <=, 0.02 + 0.04 * (N_CELLS - 1));
}

static void
test_twist(void)
{
	RollBar bar = make_bar();

	/* It rests a little tilted, the mean of which is nought; from the first contact on that stays. */
	for (unsigned i = 0; i < 100; i++)
		roll_bar_feed_tilt(&bar, i % 2 ? 0.21 : 0.19, false, PERIOD_S);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed_tilt(&bar, 0.30, true, PERIOD_S), 0.10, 1e-3);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed_tilt(&bar, 0.05, true, PERIOD_S), -0.15, 1e-3);
	for (unsigned i = 0; i < 1000; i++)
		roll_bar_feed_tilt(&bar, 0.5, i % 2, PERIOD_S);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed_tilt(&bar, 0.20, true, PERIOD_S), 0.0, 1e-3);
}

/* Never seen at rest: the first tilt is nought. */
static void
test_twist_without_rest(void)
{
	RollBar bar = make_bar();

	g_assert_cmpfloat(roll_bar_feed_tilt(&bar, -0.4, true, 0.0), ==, 0.0);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed_tilt(&bar, -0.4, true, PERIOD_S), 0.0, 1e-12);
	g_assert_cmpfloat_with_epsilon(roll_bar_feed_tilt(&bar, -0.3, true, PERIOD_S), 0.1, 1e-12);
}

/* ---- A back that is no point ---- */

/* A Gaussian of 150 N and this deviation, its middle at at_m, on n cells 30 cm apart from the first to the last: a cell
 * carries what is nearest to it, the outermost ones all that lies beyond. */
static void
lie(float *cells, unsigned n, double at_m, double deviation_m)
{
	const double pitch_m = 0.30 / (n - 1);
	double below = 0.0;

	for (unsigned i = 0; i < n; i++) {
		const double far = (0.01 + (i + 0.5) * pitch_m - at_m) / deviation_m;
		const double upto = i + 1 < n ? 0.5 * erfc(-far / sqrt(2.0)) : 1.0;

		cells[i] = (float)(150.0 * (upto - below));
		below = upto;
	}
}

typedef struct {
	unsigned n, dead; /* dead: a cell; n: none */
	double stuck_n, deviation_m;
} Back;

/* There and back over the bar, at 10 cm/s; returns how far off the told place is at most from first_m to last_m. */
static double
scoot(RollBar *bar, const Back *back, double first_m, double last_m)
{
	double worst_m = 0.0;

	for (unsigned i = 0; i < 480; i++) {
		const double at_m = 0.02 + 0.00125 * (i < 240 ? i : 480 - i);
		float cells[ROLL_CELLS_MAX];
		double told_m;

		lie(cells, back->n, at_m, back->deviation_m);
		if (back->dead < back->n)
			cells[back->dead] = (float)back->stuck_n;
		told_m = feed(bar, cells, back->n, true, PERIOD_S);
		if (at_m >= first_m && at_m <= last_m)
			worst_m = fmax(worst_m, fabs(told_m - at_m));
	}
	return worst_m;
}

static RollBar
make_bar_of(unsigned n)
{
	RollTrackSettings settings;
	RollBar bar;

	roll_track_settings_init(&settings);
	settings.is_bar = true;
	settings.head_end_m = 0.01;
	settings.pitch_m = 0.30 / (n - 1);
	roll_bar_init(&bar, &settings);
	return bar;
}

/* Wider and narrower than the pitch, in the middle and at the ends: once its width is learned, within 4 mm; with 4 cells
 * 10 cm apart the width cannot be learned. */
static void
test_widths(void)
{
	for (unsigned n = 4; n <= ROLL_CELLS_MAX; n++) {
		for (double deviation_m = 0.015; deviation_m < 0.031; deviation_m += 0.005) {
			const Back back = {.n = n, .dead = n, .deviation_m = deviation_m};
			RollBar bar = make_bar_of(n);

			for (unsigned i = 0; i < 6; i++)
				scoot(&bar, &back, 0.0, 1.0);
			g_assert_cmpfloat(scoot(&bar, &back, 0.03, 0.29), <, n> 5 ? 0.004 : 0.02);
		}
	}
}

/* Two cells on which the load is shared evenly, as by a rail: the place is linear between them, within 3 cm of 30. */
static void
test_two_cells_on_a_rail(void)
{
	RollBar bar = make_bar_of(2);

	for (unsigned i = 0; i < 4000; i++) {
		const double share = 0.5 + 0.4 * sin(i * 0.01);
		const float cells[2] = {(float)(150.0 * (1.0 - share)), (float)(150.0 * share)};

		g_assert_cmpfloat_with_epsilon(feed(&bar, cells, 2, true, PERIOD_S),
					       0.01 + 0.30 * share, 0.03);
	}
}

/* ---- Dead cells ---- */

/* Each cell of eight in turn is dead, at nought or stuck: known for dead, left out, and none else is. */
static void
test_dead_cells(void)
{
	const double stuck_n[] = {0.0, 8.0, 45.0};

	for (unsigned i = 0; i < 3 * N_CELLS; i++) {
		const Back back = {N_CELLS, i / 3, stuck_n[i % 3], 0.022};
		RollBar bar = make_bar_of(N_CELLS);

		for (unsigned k = 0; k < 4; k++)
			scoot(&bar, &back, 0.0, 1.0);
		g_assert_cmpfloat(scoot(&bar, &back, 0.03, 0.29), <, 0.012);
		for (unsigned k = 0; k < N_CELLS; k++)
			if (bar.cells[k].is_dead && k != back.dead)
				g_assert_cmpfloat(fabs(bar.patch.force_n[k]), <, 5.0);
	}
}

/* A cell that stood still and reads again is used again; what a dead one would carry is added. */
static void
test_dead_cell_revives(void)
{
	const Back well = {N_CELLS, N_CELLS, 0.0, 0.022}, ill = {N_CELLS, 3, 30.0, 0.022};
	RollBar bar = make_bar_of(N_CELLS);
	float cells[N_CELLS];

	scoot(&bar, &well, 0.0, 1.0);
	scoot(&bar, &ill, 0.0, 1.0);
	g_assert_true(bar.cells[3].is_dead);
	lie(cells, N_CELLS, 0.12, 0.022);
	cells[3] = 30.0f;
	for (unsigned i = 0; i < 10; i++)
		feed(&bar, cells, N_CELLS, true, PERIOD_S);
	g_assert_cmpfloat_with_epsilon(roll_bar_weigh(&bar, cells, N_CELLS, PERIOD_S), 150.0, 20.0);
	scoot(&bar, &well, 0.0, 1.0);
	g_assert_false(bar.cells[3].is_dead);
	g_assert_cmpfloat(scoot(&bar, &well, 0.03, 0.29), <, 0.004);
}

/* ---- Readings at rest ---- */

/* 4 N on each cell from the first sample on, more than counts as load: no load, and neither is it later. */
static void
test_offsets_are_no_load(void)
{
	RollBar bar = make_bar();
	float cells[N_CELLS];

	for (unsigned i = 0; i < N_CELLS; i++)
		cells[i] = 4.0f;
	g_assert_cmpfloat(roll_bar_weigh(&bar, cells, N_CELLS, 0.0), <, 1.0);
	cells[3] += 100.0f;
	g_assert_cmpfloat_with_epsilon(roll_bar_weigh(&bar, cells, N_CELLS, PERIOD_S), 100.0, 1.0);
	/* What was taken for rest too high is put right as soon as less is read, loaded or not. */
	for (unsigned i = 0; i < N_CELLS; i++)
		cells[i] = i == 3 ? 101.0f : 1.0f;
	for (unsigned i = 0; i < 200; i++)
		feed(&bar, cells, N_CELLS, true, PERIOD_S);
	g_assert_cmpfloat_with_epsilon(roll_bar_weigh(&bar, cells, N_CELLS, PERIOD_S), 97.0, 1.5);
}

/* Each cell has drifted by 3 N while loaded: together more than counts as load, but that is nobody. */
static void
test_drift_is_no_load(void)
{
	RollBar bar = make_bar();
	float cells[N_CELLS] = {0};

	feed(&bar, cells, N_CELLS, false, 0.0);
	for (unsigned i = 0; i < N_CELLS; i++)
		cells[i] = i == 3 ? 103.0f : 3.0f;
	feed(&bar, cells, N_CELLS, true, PERIOD_S);
	cells[3] = 3.0f;
	g_assert_cmpfloat(roll_bar_weigh(&bar, cells, N_CELLS, PERIOD_S), ==, 0.0);
	cells[3] = 23.0f;
	g_assert_cmpfloat(roll_bar_weigh(&bar, cells, N_CELLS, PERIOD_S), >, 20.0);
}

/* ---- How sure it is ---- */

static double
get_uncertainty_m(unsigned n, unsigned dead, double at_m)
{
	const Back back = {n, dead, 0.0, 0.022};
	RollBar bar = make_bar_of(n);
	float cells[ROLL_CELLS_MAX];

	for (unsigned i = 0; i < 4; i++)
		scoot(&bar, &back, 0.0, 1.0);
	lie(cells, n, at_m, 0.022);
	if (dead < n)
		cells[dead] = 0.0f;
	for (unsigned i = 0; i < 800; i++)
		feed(&bar, cells, n, true, PERIOD_S);
	return roll_bar_get_uncertainty_m(&bar);
}

static void
test_uncertainty(void)
{
	g_assert_cmpfloat(get_uncertainty_m(16, 16, 0.15), <, 0.003);
	g_assert_cmpfloat(get_uncertainty_m(8, 8, 0.15), <, 0.004);
	g_assert_cmpfloat(get_uncertainty_m(8, 8, 0.15), <, get_uncertainty_m(4, 4, 0.15));
	g_assert_cmpfloat(get_uncertainty_m(3, 3, 0.16), >, 0.02);
	/* A dead cell counts where contact is. */
	g_assert_cmpfloat(get_uncertainty_m(8, 3, 0.14), >, 1.2 * get_uncertainty_m(8, 8, 0.14));
	g_assert_cmpfloat_with_epsilon(get_uncertainty_m(8, 0, 0.22), get_uncertainty_m(8, 8, 0.22),
				       0.001);
}

/* ---- One cell: time, but no place ---- */

static void
test_one_cell_has_no_place(void)
{
	g_autofree RollTrack *track = g_new0(RollTrack, 1);
	g_autofree RollPacket *packet = g_new0(RollPacket, 1);
	g_autofree RollEvent *events = g_new(RollEvent, ROLL_EVENTS_MAX);
	RollTrackSettings settings;
	const RollSummary *summary;

	roll_track_settings_init(&settings);
	settings.is_bar = true;
	settings.head_end_m = 0.01;
	roll_track_init(track, &settings);
	packet->has_force = packet->has_newtons = packet->has_clock = packet->has_sequence = true;
	packet->n_cells = 1;
	packet->n_samples = 10;
	packet->period_us = 10000;
	for (unsigned i = 0; i < 200; i++) {
		for (unsigned k = 0; k < packet->n_samples; k++)
			packet->samples[k].cell_n[0] = i < 20 || i >= 180 ? 1.0f : 150.0f;
		packet->clock_us = i * 100000;
		packet->sequence = (uint16_t)i;
		g_assert_cmpuint(roll_track_feed(track, INT64_C(1790000000000000) + i * 100000,
						 packet, events),
				 ==, 0);
	}
	g_assert_cmpuint(roll_track_finish(track, events), ==, 0);
	summary = roll_track_get_summary(track);
	g_assert_cmpfloat_with_epsilon(summary->loaded_s, 16.0, 0.05);
	g_assert_cmpfloat(summary->unplaced_s, ==, summary->loaded_s);
	g_assert_cmpuint(summary->n_passes + summary->n_holds, ==, 0);
	g_assert_true(isinf(roll_track_get_view(track).uncertainty_m));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bar/centre", test_centre);
	g_test_add_func("/bar/unloaded", test_unloaded);
	g_test_add_func("/bar/one-cell", test_one_cell);
	g_test_add_func("/bar/resting-readings", test_resting_readings);
	g_test_add_func("/bar/stays-on-the-bar", test_stays_on_the_bar);
	g_test_add_func("/bar/twist", test_twist);
	g_test_add_func("/bar/twist-without-rest", test_twist_without_rest);
	g_test_add_func("/bar/widths", test_widths);
	g_test_add_func("/bar/two-cells-on-a-rail", test_two_cells_on_a_rail);
	g_test_add_func("/bar/dead-cells", test_dead_cells);
	g_test_add_func("/bar/dead-cell-revives", test_dead_cell_revives);
	g_test_add_func("/bar/offsets-are-no-load", test_offsets_are_no_load);
	g_test_add_func("/bar/drift-is-no-load", test_drift_is_no_load);
	g_test_add_func("/bar/uncertainty", test_uncertainty);
	g_test_add_func("/bar/one-cell-has-no-place", test_one_cell_has_no_place);
	return g_test_run();
}
