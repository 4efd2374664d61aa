/* SPDX-License-Identifier: MIT
 *
 * Properties of the core as one, on the captures: how a stream is cut, when it was, how often it is run, and
 * where it is broken off must not matter.
 */
#include "tests/support/track-rig.h"

#include <math.h>
#include <string.h>

static const char *const rollers[] = {
	"roller-plain", "roller-hard", "roller-lossy", "roller-accel-only", "roller-gyro-only",
};

static const char *const bars[] = {"bar", "bar-force-only"};

static void
init_bar_settings(RollTrackSettings *settings)
{
	roll_rig_init_settings(settings);
	settings->is_bar = true;
	settings->axis = (RollSensorVec){0.0f, 1.0f, 0.0f};
}

typedef void Check(const GArray *stream, const RollTrackSettings *settings);

static void
check_all(Check *check)
{
	RollTrackSettings settings;

	roll_rig_init_settings(&settings);
	for (unsigned i = 0; i < G_N_ELEMENTS(rollers); i++) {
		g_autoptr(GArray) stream = roll_rig_load(rollers[i]);

		g_test_message("%s", rollers[i]);
		check(stream, &settings);
	}
	init_bar_settings(&settings);
	for (unsigned i = 0; i < G_N_ELEMENTS(bars); i++) {
		g_autoptr(GArray) stream = roll_rig_load(bars[i]);

		g_test_message("%s", bars[i]);
		check(stream, &settings);
	}
}

/* ---- How it is cut ---- */

static void
check_cutting(const GArray *stream, const RollTrackSettings *settings)
{
	const unsigned cuts[] = {1, 3, 10, 40, ROLL_PACKET_SAMPLES_MAX, 0};
	g_autoptr(RollRun) right = NULL;

	for (unsigned i = 0; i < G_N_ELEMENTS(cuts); i++) {
		g_autoptr(GArray) anew = roll_rig_cut_anew(stream, cuts[i]);
		g_autoptr(RollRun) run = roll_rig_run(anew, anew->len, settings);

		if (right) {
			roll_rig_assert_alike(right, run, (RollLikeness){0});
			g_assert_cmpfloat(run->track.session.summary.loaded_s, ==,
					  right->track.session.summary.loaded_s);
			g_assert_cmpmem(run->track.session.summary.slices,
					sizeof(run->track.session.summary.slices),
					right->track.session.summary.slices,
					sizeof(right->track.session.summary.slices));
		} else {
			g_assert_cmpuint(run->events->len, >, 15);
			right = g_steal_pointer(&run);
		}
	}
}

static void
test_cutting(void)
{
	check_all(check_cutting);
}

/* ---- When it was ---- */

static void
check_shift(const GArray *stream, const RollTrackSettings *settings)
{
	const int64_t shifts_us[] = {1, -999999, INT64_C(86400) * 1000000 * 365};
	g_autoptr(RollRun) right = roll_rig_run(stream, stream->len, settings);

	for (unsigned k = 0; k < G_N_ELEMENTS(shifts_us); k++) {
		g_autoptr(GArray) moved = g_array_copy((GArray *)stream);
		g_autoptr(RollRun) run = NULL;

		for (unsigned i = 0; i < moved->len; i++)
			g_array_index(moved, RollArrived, i).arrival_us += shifts_us[k];
		run = roll_rig_run(moved, moved->len, settings);
		roll_rig_assert_alike(right, run, (RollLikeness){.shift_us = shifts_us[k]});
		g_assert_cmpint(run->track.session.summary.start_us, ==,
				right->track.session.summary.start_us + shifts_us[k]);
		g_assert_cmpmem(run->track.session.summary.slices,
				sizeof(run->track.session.summary.slices),
				right->track.session.summary.slices,
				sizeof(right->track.session.summary.slices));
	}
}

static void
test_shift(void)
{
	check_all(check_shift);
}

/* ---- How often ---- */

/* Leaves other bytes on the stack than were there. */
static void
dirty_stack(void)
{
	volatile char bytes[65536];

	for (unsigned i = 0; i < sizeof(bytes); i++)
		bytes[i] = 0x5a;
}

static void
check_again(const GArray *stream, const RollTrackSettings *settings)
{
	g_autoptr(RollRun) one = roll_rig_run(stream, stream->len, settings);
	g_autoptr(RollRun) other = NULL;

	dirty_stack();
	other = roll_rig_run(stream, stream->len, settings);
	g_assert_true(memcmp(&one->track, &other->track, sizeof(one->track)) == 0);
	roll_rig_assert_alike(one, other, (RollLikeness){0});
}

static void
test_again(void)
{
	check_all(check_again);
}

/* ---- Where it is broken off ---- */

static void
check_prefixes(const GArray *stream, const RollTrackSettings *settings)
{
	g_autoptr(RollRun) whole = roll_rig_run(stream, stream->len, settings);

	for (unsigned n = 1; n < stream->len; n += stream->len / 23) {
		g_autoptr(RollRun) run = roll_rig_run(stream, n, settings);

		/* What was told stays told, and was told as early. */
		for (unsigned i = 0; i < run->n_early; i++) {
			const RollEvent *early = roll_rig_get_event(run, i);
			const RollEvent *late = roll_rig_get_event(whole, i);

			g_assert_cmpint(early->kind, ==, late->kind);
			g_assert_cmpint(early->start_us, ==, late->start_us);
			g_assert_cmpint(early->end_us, ==, late->end_us);
			g_assert_cmpfloat(early->from_m, ==, late->from_m);
			g_assert_cmpfloat(early->to_m, ==, late->to_m);
			g_assert_cmpuint(g_array_index(run->told_at, unsigned, i), ==,
					 g_array_index(whole->told_at, unsigned, i));
		}
		if (run->n_early < whole->n_early)
			g_assert_cmpuint(g_array_index(whole->told_at, unsigned, run->n_early), >,
					 n);
	}
}

static void
test_prefixes(void)
{
	check_all(check_prefixes);
}

/* To finish a copy after every third packet changes nothing, and what it tells is possible. */
static void
check_finish(const GArray *stream, const RollTrackSettings *settings)
{
	g_autofree RollEvent *events = g_new(RollEvent, ROLL_EVENTS_MAX);
	g_autofree RollTrack *track = g_new0(RollTrack, 1), *copy = g_new0(RollTrack, 1);
	g_autoptr(RollRun) right = roll_rig_run(stream, stream->len, settings);
	unsigned n_told = 0;

	roll_track_init(track, settings);
	for (unsigned i = 0; i < stream->len; i++) {
		const RollArrived *arrived = roll_rig_get_arrived(stream, i);
		unsigned n;

		n = roll_track_feed(track, arrived->arrival_us, &arrived->packet, events);
		roll_rig_assert_valid_events(events, n);
		n_told += n;
		if (i % 3 != 0)
			continue;
		*copy = *track;
		n = roll_track_finish(copy, events);
		roll_rig_assert_valid_events(events, n);
		roll_rig_assert_valid(copy);
		g_assert_cmpuint(copy->session.summary.n_passes + copy->session.summary.n_holds, <=,
				 n_told + n);
		g_assert_cmpuint(roll_track_finish(copy, events), ==, 0);
	}
	roll_track_finish(track, events);
	g_assert_true(memcmp(&right->track, track, sizeof(*track)) == 0);
}

static void
test_finish(void)
{
	check_all(check_finish);
}

/* ---- Sums ---- */

static void
check_sums(const GArray *stream, const RollTrackSettings *settings)
{
	g_autoptr(GArray) anew = roll_rig_cut_anew(stream, 1);
	g_autoptr(RollRun) run = roll_rig_run(anew, anew->len, settings);
	g_autofree RollEvent *events = g_new(RollEvent, ROLL_EVENTS_MAX);
	g_autofree RollTrack *track = g_new0(RollTrack, 1);
	const RollSummary *summary = roll_track_get_summary(&run->track);
	double travel_m = 0.0, passed_m = 0.0, zones_s = 0.0;

	roll_track_init(track, settings);
	for (unsigned i = 0; i < anew->len; i++) {
		const RollArrived *arrived = roll_rig_get_arrived(anew, i);
		const RollView before = roll_track_get_view(track);

		roll_track_feed(track, arrived->arrival_us, &arrived->packet, events);
		if (before.is_loaded)
			travel_m += fabs(track->view.position_m - before.position_m);
	}
	roll_track_finish(track, events);
	for (unsigned i = 0; i < run->events->len; i++) {
		const RollEvent *event = roll_rig_get_event(run, i);

		passed_m += fabs(event->to_m - event->from_m);
	}
	for (unsigned i = 0; i < settings->n_zones; i++)
		zones_s += summary->zones[i].loaded_s;
	g_assert_cmpfloat(passed_m, >, 0.5);
	/* What finish still smooths is not in the way that the view told: 2 cm at most. */
	g_assert_cmpfloat(passed_m, <=, travel_m + 0.02);
	/* The zones cover all places. */
	g_assert_cmpfloat_with_epsilon(zones_s, summary->loaded_s, 1e-6);
	roll_rig_assert_valid(&run->track);
}

static void
test_sums(void)
{
	check_all(check_sums);
}

/* A roller whose sensor tells force alone: time is told, and that there is no place to it. */
static void
test_force_alone(void)
{
	g_autofree RollTrack *track = g_new0(RollTrack, 1);
	g_autofree RollEvent *events = g_new(RollEvent, ROLL_EVENTS_MAX);
	RollPacket packet = {.has_force = true,
			     .has_newtons = true,
			     .has_sequence = true,
			     .has_clock = true,
			     .period_us = 20000,
			     .n_cells = 1,
			     .n_samples = 5};
	RollTrackSettings settings;
	const RollSummary *summary;
	unsigned n = 0;

	roll_rig_init_settings(&settings);
	roll_track_init(track, &settings);
	for (unsigned i = 0; i < 5; i++)
		packet.samples[i].cell_n[0] = 200.0f;
	for (; packet.sequence < 100; packet.sequence++) {
		packet.clock_us = packet.sequence * 100000u;
		n += roll_track_feed(track, INT64_C(1790000000000000) + packet.clock_us, &packet,
				     events);
	}
	n += roll_track_finish(track, events);
	summary = roll_track_get_summary(track);
	g_assert_cmpuint(n, ==, 0);
	g_assert_cmpfloat(summary->loaded_s, >, 9.0);
	g_assert_cmpfloat(summary->unplaced_s, ==, summary->loaded_s);
	g_assert_cmpfloat(summary->zones[0].loaded_s + summary->zones[2].loaded_s, ==, 0.0);
	g_assert_true(isinf(roll_track_get_view(track).uncertainty_m));
	roll_rig_assert_valid(track);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/track/cutting", test_cutting);
	g_test_add_func("/track/shift", test_shift);
	g_test_add_func("/track/again", test_again);
	g_test_add_func("/track/prefixes", test_prefixes);
	g_test_add_func("/track/finish", test_finish);
	g_test_add_func("/track/sums", test_sums);
	g_test_add_func("/track/force-alone", test_force_alone);
	return g_test_run();
}
