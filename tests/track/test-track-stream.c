/* SPDX-License-Identifier: MIT
 *
 * Streams made by hand on their way through the whole core: rest, silence, marks, and how soon passes are told.
 */
#include "tests/support/track-rig.h"

#include <math.h>

#define PERIOD_US 10000
#define N_SAMPLES 10

/* A roller with one force cell, about +z, over a perfect link. */
typedef struct {
	RollTrack track;
	GRand *rand;
	RollPacket packet;
	int64_t t_us; /* of the next sample */
	double angle_rad, noise;
	float force_n;
	double knock_mps2; /* on the next sample */
	bool is_marked;
	GArray *events;
} Stream;

static void
open_stream(Stream *stream)
{
	RollTrackSettings settings;

	roll_rig_init_settings(&settings);
	*stream = (Stream){
		.rand = g_rand_new_with_seed(90),
		.t_us = INT64_C(1790000000000000),
		.noise = 0.02,
		.force_n = 300.0f,
		.events = g_array_new(FALSE, TRUE, sizeof(RollEvent)),
	};
	stream->packet = (RollPacket){
		.has_gyro = true,
		.has_acc = true,
		.has_force = true,
		.has_newtons = true,
		.has_clock = true,
		.has_sequence = true,
		.period_us = PERIOD_US,
		.n_samples = N_SAMPLES,
		.n_cells = 1,
	};
	roll_track_init(&stream->track, &settings);
}

static void
close_stream(Stream *stream)
{
	g_rand_free(stream->rand);
	g_array_unref(stream->events);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stream, close_stream)

static void
keep(Stream *stream, const RollEvent *events, unsigned n)
{
	roll_rig_assert_valid_events(events, n);
	g_array_append_vals(stream->events, events, n);
}

static void
put_sample(Stream *stream, RollSample *sample, double rate_radps)
{
	const double noise = stream->noise;

	*sample = (RollSample){0};
	sample->turn_radps.z =
		(float)(rate_radps + g_rand_double_range(stream->rand, -noise, noise));
	sample->pull_mps2.x = (float)(ROLL_G_MPS2 * cos(stream->angle_rad) +
				      g_rand_double_range(stream->rand, -noise, noise));
	sample->pull_mps2.y = (float)(-ROLL_G_MPS2 * sin(stream->angle_rad) +
				      g_rand_double_range(stream->rand, -noise, noise));
	sample->pull_mps2.z += (float)stream->knock_mps2;
	stream->knock_mps2 = 0.0;
	sample->cell_n[0] = stream->force_n;
	stream->angle_rad += rate_radps * PERIOD_US * 1e-6;
}

/* So long at this rate, in whole packets. */
static void
turn(Stream *stream, double seconds, double rate_radps)
{
	g_autofree RollEvent *events = g_new(RollEvent, ROLL_EVENTS_MAX);

	for (unsigned n = (unsigned)lround(seconds * 10.0); n > 0; n--) {
		stream->packet.clock_us = (uint32_t)stream->t_us;
		stream->packet.is_marked = stream->is_marked;
		stream->is_marked = false;
		for (unsigned i = 0; i < N_SAMPLES; i++)
			put_sample(stream, &stream->packet.samples[i], rate_radps);
		stream->t_us += N_SAMPLES * PERIOD_US;
		keep(stream, events,
		     roll_track_feed(&stream->track, stream->t_us - PERIOD_US, &stream->packet,
				     events));
		stream->packet.sequence++;
	}
}

static void
finish(Stream *stream)
{
	g_autofree RollEvent *events = g_new(RollEvent, ROLL_EVENTS_MAX);

	keep(stream, events, roll_track_finish(&stream->track, events));
	roll_rig_assert_valid(&stream->track);
}

static unsigned
count(const Stream *stream, RollEventKind kind)
{
	unsigned n = 0;

	for (unsigned i = 0; i < stream->events->len; i++)
		n += g_array_index(stream->events, RollEvent, i).kind == kind;
	return n;
}

/* The n-th event of its kind, from 0. */
static const RollEvent *
find(const Stream *stream, RollEventKind kind, unsigned n)
{
	for (unsigned i = 0; i < stream->events->len; i++) {
		const RollEvent *event = &g_array_index(stream->events, RollEvent, i);

		if (event->kind == kind && n-- == 0)
			return event;
	}
	g_assert_not_reached();
}

/* ---- Rest ---- */

static void
test_rest(void)
{
	g_auto(Stream) stream;
	const RollSummary *summary = &stream.track.session.summary;

	open_stream(&stream);
	turn(&stream, 600.0, 0.0);
	finish(&stream);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_PASS), ==, 0);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_HOLD), ==, 1);
	g_assert_cmpfloat_with_epsilon(summary->loaded_s, 600.0, 0.02);
	g_assert_cmpfloat_with_epsilon(stream.track.view.position_m, 0.18, 0.002);
}

/* Breathing moves contact by half a centimetre, 15 times a minute. */
static void
test_breathing(void)
{
	g_auto(Stream) stream;

	open_stream(&stream);
	for (unsigned i = 0; i < 1200; i++)
		turn(&stream, 0.5, 0.05 * sin(2.0 * G_PI * 0.25 * 0.5 * i));
	finish(&stream);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_PASS), ==, 0);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_HOLD), ==, 1);
}

static void
test_unloaded(void)
{
	g_auto(Stream) stream;
	static const RollSummary nothing = {.has_force = true, .has_newtons = true};

	open_stream(&stream);
	stream.force_n = 15.0f;
	turn(&stream, 10.0, 0.0);
	turn(&stream, 5.0, 3.0); /* turned by hand */
	turn(&stream, 10.0, 0.0);
	finish(&stream);
	g_assert_cmpuint(stream.events->len, ==, 0);
	g_assert_cmpmem(roll_track_get_summary(&stream.track), sizeof(nothing), &nothing,
			sizeof(nothing));
	g_assert_cmpint(roll_track_get_loaded_arrival_us(&stream.track), ==, 0);
}

/* Force between two samples is the mean of theirs. */
static void
test_force(void)
{
	g_auto(Stream) stream;
	double force_s = 0.0;

	open_stream(&stream);
	stream.force_n = 100.0f;
	turn(&stream, 0.1, 0.0);
	stream.force_n = 300.0f;
	turn(&stream, 0.1, 0.0);
	for (unsigned i = 0; i < ROLL_SLICES_MAX; i++)
		force_s += stream.track.session.summary.slices[i].force_s;
	g_assert_cmpfloat_with_epsilon(force_s, 0.09 * 100.0 + 0.01 * 200.0 + 0.09 * 300.0, 1e-9);
}

/* ---- Silence ---- */

static void
test_gap(void)
{
	g_auto(Stream) stream;
	const RollSummary *summary = &stream.track.session.summary;
	const RollEvent *gap, *pass;
	int64_t before_us;

	open_stream(&stream);
	turn(&stream, 3.0, 0.0);
	turn(&stream, 1.0, 1.5); /* 11 cm toward the feet */
	before_us = stream.t_us;
	stream.t_us += 2000000;
	turn(&stream, 3.0, 0.0);
	finish(&stream);
	pass = find(&stream, ROLL_EVENT_PASS, 0);
	g_assert_true(pass->is_cut);
	g_assert_cmpint(ABS(pass->end_us - before_us), <, 100000);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_PASS), ==, 1);
	gap = find(&stream, ROLL_EVENT_GAP, 0);
	g_assert_cmpint(gap->start_us, ==, before_us - PERIOD_US);
	g_assert_cmpint(gap->end_us, ==, before_us + 2000000);
	g_assert_cmpuint(summary->n_gaps, ==, 1);
	g_assert_cmpfloat_with_epsilon(summary->lost_s, 2.01, 1e-6);
	g_assert_cmpfloat_with_epsilon(summary->loaded_s, 7.0, 0.03);
	/* Where it was is where it is: nothing turned meanwhile. */
	g_assert_cmpfloat_with_epsilon(stream.track.view.position_m, 0.18 + 1.5 * 0.075 * 0.99,
				       0.004);
}

/* Rolled on in the silence, by less than half a turn and by more: gravity tells where to, and that the spine
 * ends tells which turn. */
static void
test_rolled_in_a_gap(void)
{
	const double ways_rad[] = {-1.5, 1.0, 2.0, 3.8};
	const double metres_per_rad = 0.075 * 0.99;

	for (unsigned i = 0; i < G_N_ELEMENTS(ways_rad); i++) {
		g_auto(Stream) stream;

		open_stream(&stream);
		turn(&stream, 3.0, 0.0);
		turn(&stream, 2.0, ways_rad[i] > 3.0 ? -0.8 : 0.0); /* makes room */
		turn(&stream, 1.0, 0.0);
		stream.t_us += 3000000;
		stream.angle_rad += ways_rad[i];
		turn(&stream, 0.5, 0.0);
		g_assert_cmpfloat_with_epsilon(stream.track.view.position_m,
					       0.18 + metres_per_rad * stream.angle_rad, 0.004);
	}
}

/* Up to half a second is bridged: the pass goes on, and the time counts. */
static void
test_bridged(void)
{
	g_auto(Stream) stream;
	const RollSummary *summary = &stream.track.session.summary;

	open_stream(&stream);
	turn(&stream, 3.0, 0.0);
	turn(&stream, 0.5, 1.5);
	stream.t_us += 400000;
	stream.packet.sequence += 4;
	stream.angle_rad += 0.4 * 1.5;
	turn(&stream, 0.5, 1.5);
	turn(&stream, 3.0, 0.0);
	finish(&stream);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_PASS), ==, 1);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_GAP), ==, 0);
	g_assert_false(find(&stream, ROLL_EVENT_PASS, 0)->is_cut);
	g_assert_cmpuint(summary->n_lost_packets, ==, 4);
	g_assert_cmpfloat(summary->lost_s, ==, 0.0);
	g_assert_cmpfloat_with_epsilon(summary->loaded_s, 7.4, 0.02);
}

/* Silences before the first contact and after the last one are not in the session. */
static void
test_gap_outside(void)
{
	g_auto(Stream) stream;
	const RollSummary *summary = &stream.track.session.summary;

	open_stream(&stream);
	stream.force_n = 0.0f;
	turn(&stream, 1.0, 0.0);
	stream.t_us += 5000000;
	turn(&stream, 1.0, 0.0);
	stream.force_n = 300.0f;
	turn(&stream, 3.0, 0.0);
	stream.force_n = 0.0f;
	turn(&stream, 1.0, 0.0);
	stream.t_us += 5000000;
	turn(&stream, 1.0, 0.0);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_GAP), ==, 0);
	g_assert_cmpfloat(summary->lost_s, ==, 0.0);
	/* Once there is contact again, the silence lay within. */
	stream.force_n = 300.0f;
	turn(&stream, 1.0, 0.0);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_GAP), ==, 1);
	g_assert_cmpfloat_with_epsilon(summary->lost_s, 5.01, 1e-6);
	finish(&stream);
}

/* ---- Marks ---- */

static void
test_marks(void)
{
	g_auto(Stream) stream;
	RollEvent mark;

	open_stream(&stream);
	stream.force_n = 0.0f;
	stream.is_marked = true; /* before there is a session */
	turn(&stream, 1.0, 0.0);
	g_assert_cmpuint(roll_track_mark(&stream.track, &mark), ==, 0);
	stream.force_n = 300.0f;
	turn(&stream, 1.0, 0.0);
	stream.is_marked = true;
	turn(&stream, 0.1, 0.0);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_MARK), ==, 1);
	g_assert_cmpuint(roll_track_mark(&stream.track, &mark), ==, 1);
	g_assert_cmpint(mark.kind, ==, ROLL_EVENT_MARK);
	g_assert_cmpint(mark.start_us, ==, stream.t_us - PERIOD_US);
	g_assert_cmpint(mark.end_us, ==, mark.start_us);
	/* Contact began 18 cm from the neck, by the settings; the person knows better. */
	g_assert_cmpfloat_with_epsilon(mark.from_m, 0.0, 0.005);
	g_assert_cmpuint(roll_track_get_summary(&stream.track)->n_marks, ==, 2);
}

/* Where marks are to say nothing, they note the place; and so they do while nobody lies on the roller. */
static void
test_marks_note(void)
{
	g_auto(Stream) stream;

	open_stream(&stream);
	stream.track.place.neck_m = NAN;
	turn(&stream, 1.0, 0.0);
	stream.is_marked = true;
	turn(&stream, 0.1, 0.0);
	g_assert_cmpfloat_with_epsilon(stream.track.view.position_m, 0.18, 0.002);
	stream.track.place.neck_m = 0.0;
	stream.force_n = 0.0f;
	turn(&stream, 1.0, 0.0);
	stream.is_marked = true;
	turn(&stream, 0.1, 0.0);
	g_assert_cmpfloat_with_epsilon(stream.track.view.position_m, 0.18, 0.002);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_MARK), ==, 2);
}

/* Two taps on the roller say the same as the button; the one before does not. */
static void
test_taps(void)
{
	g_auto(Stream) stream;

	open_stream(&stream);
	turn(&stream, 2.0, 0.0);
	stream.knock_mps2 = 20.0;
	turn(&stream, 2.0, 0.0);
	for (unsigned i = 0; i < 2; i++) {
		stream.knock_mps2 = 20.0;
		turn(&stream, 0.3, 0.0);
	}
	turn(&stream, 1.0, 0.0);
	g_assert_cmpuint(count(&stream, ROLL_EVENT_MARK), ==, 1);
	g_assert_cmpfloat_with_epsilon(stream.track.view.position_m, 0.0, 0.005);
}

/* What was rolled before the mark, since the last doubt, was off by as much: it is told anew. */
static void
test_mark_tells_anew(void)
{
	g_auto(Stream) stream;
	const RollSummary *summary = &stream.track.session.summary;

	open_stream(&stream);
	turn(&stream, 10.0, 0.0);
	g_assert_cmpfloat(summary->zones[0].loaded_s, ==, 0.0);
	stream.is_marked = true;
	turn(&stream, 0.1, 0.0);
	g_assert_cmpfloat(summary->zones[0].loaded_s, >, 9.0);
	g_assert_cmpfloat_with_epsilon(summary->zones[0].loaded_s, summary->loaded_s, 0.2);
}

/* ---- Real time ---- */

typedef struct {
	int64_t t_us;
	double position_m;
	bool is_loaded;
} Seen;

/* Whether contact stayed within a hold's window for the last two seconds before instant i. */
static bool
has_held(const Seen *seen, unsigned i)
{
	double low_m = seen[i].position_m, high_m = low_m;
	unsigned k = i;

	while (k > 0 && seen[i].t_us - seen[k].t_us < ROLL_HOLD_LEAST_US) {
		k--;
		low_m = MIN(low_m, seen[k].position_m);
		high_m = MAX(high_m, seen[k].position_m);
		if (!seen[k].is_loaded || high_m - low_m > ROLL_HOLD_WIDTH_M)
			return false;
	}
	return k > 0;
}

/* When it was certain that the pass had ended. */
static int64_t
find_certain_us(const Seen *seen, unsigned n, const RollEvent *pass)
{
	const double sign = pass->to_m > pass->from_m ? 1.0 : -1.0;
	unsigned i = 0;

	while (i < n && seen[i].t_us < pass->end_us)
		i++;
	while (i < n && seen[i].is_loaded && !has_held(seen, i) &&
	       sign * (pass->to_m - seen[i].position_m) < ROLL_TURN_BACK_M)
		i++;
	g_assert_cmpuint(i, <, n);
	return seen[i].t_us;
}

static void
check_latency(const char *name)
{
	g_autoptr(GArray) capture = roll_rig_load(name);
	g_autoptr(GArray) anew = roll_rig_cut_anew(capture, 1);
	g_autoptr(GArray) passes = g_array_new(FALSE, FALSE, sizeof(RollEvent));
	g_autoptr(GArray) told_us = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autofree RollEvent *events = g_new(RollEvent, ROLL_EVENTS_MAX);
	g_autofree Seen *seen = g_new0(Seen, anew->len);
	g_auto(Stream) stream;
	RollTrack *track = &stream.track;

	open_stream(&stream);
	for (unsigned i = 0; i < anew->len; i++) {
		const RollArrived *arrived = roll_rig_get_arrived(anew, i);
		const unsigned n =
			roll_track_feed(track, arrived->arrival_us, &arrived->packet, events);
		const RollView view = roll_track_get_view(track);
		const double shift_m = track->place.belief.shift_m; /* as it was reckoned */

		seen[i] = (Seen){view.t_us, view.position_m - shift_m, view.is_loaded};
		for (unsigned k = 0; k < n; k++) {
			if (events[k].kind != ROLL_EVENT_PASS || events[k].is_cut)
				continue;
			events[k].to_m -= shift_m, events[k].from_m -= shift_m;
			g_array_append_val(passes, events[k]);
			g_array_append_val(told_us, arrived->arrival_us);
		}
	}
	g_assert_cmpuint(passes->len, >, 30);
	for (unsigned i = 0; i < passes->len; i++) {
		const RollEvent *pass = &g_array_index(passes, RollEvent, i);

		g_assert_cmpint(g_array_index(told_us, int64_t, i), <=,
				find_certain_us(seen, anew->len, pass) + 300000);
	}
}

static void
test_latency(void)
{
	check_latency("roller-plain");
	check_latency("roller-hard");
	check_latency("roller-accel-only");
	check_latency("roller-gyro-only");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/stream/rest", test_rest);
	g_test_add_func("/stream/breathing", test_breathing);
	g_test_add_func("/stream/unloaded", test_unloaded);
	g_test_add_func("/stream/force", test_force);
	g_test_add_func("/stream/gap", test_gap);
	g_test_add_func("/stream/rolled-in-a-gap", test_rolled_in_a_gap);
	g_test_add_func("/stream/bridged", test_bridged);
	g_test_add_func("/stream/gap-outside", test_gap_outside);
	g_test_add_func("/stream/marks", test_marks);
	g_test_add_func("/stream/marks-note", test_marks_note);
	g_test_add_func("/stream/taps", test_taps);
	g_test_add_func("/stream/mark-tells-anew", test_mark_tells_anew);
	g_test_add_func("/stream/latency", test_latency);
	return g_test_run();
}
