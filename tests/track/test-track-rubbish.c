/* SPDX-License-Identifier: MIT
 *
 * Streams that no sensor sends: whatever comes, the core stays in a state that can be.
 */
#include "tests/support/track-rig.h"

#include <math.h>

#define N_STREAMS 150
#define N_PACKETS 400

/* How mad a stream is. */
typedef struct {
	GRand *rand;
	double madness; /* share of what is drawn at random */
	int64_t arrival_us;
	RollPacket packet; /* as it would go on */
} Maker;

static bool
happens(Maker *maker, double share)
{
	return g_rand_double(maker->rand) < share * maker->madness;
}

static double
draw(Maker *maker, double least, double most)
{
	return g_rand_double_range(maker->rand, least, most);
}

static float
draw_mad(Maker *maker)
{
	const float values[] = {NAN,  INFINITY, -INFINITY, 3.4e38f, -3.4e38f, 1e-40f,
				0.0f, 1e12f,	-1e6f,	   2000.0f, -9.81f,   20.0f};

	return values[g_rand_int_range(maker->rand, 0, G_N_ELEMENTS(values))];
}

static RollSensorVec
draw_vec(Maker *maker, double size)
{
	RollSensorVec vec = {
		(float)draw(maker, -size, size),
		(float)draw(maker, -size, size),
		(float)draw(maker, -size, size),
	};

	if (happens(maker, 0.01))
		vec.y = draw_mad(maker);
	if (happens(maker, 0.01))
		vec.z = draw_mad(maker);
	return vec;
}

static void
draw_sample(Maker *maker, RollSample *sample)
{
	sample->turn_radps = draw_vec(maker, 20.0);
	sample->pull_mps2 = draw_vec(maker, 15.0);
	for (unsigned i = 0; i < ROLL_CELLS_MAX; i++)
		sample->cell_n[i] =
			happens(maker, 0.01) ? draw_mad(maker) : (float)draw(maker, -5.0, 60.0);
}

static bool
draw_bool(Maker *maker)
{
	return g_rand_boolean(maker->rand);
}

/* What a sensor keeps, mostly, for as long as it streams. */
static void
draw_kind(Maker *maker)
{
	const uint32_t periods_us[] = {0,     1,     100,    2500,   10000,
				       12500, 65535, 499999, 600000, UINT32_MAX};
	RollPacket *packet = &maker->packet;

	packet->has_gyro = draw_bool(maker);
	packet->has_acc = draw_bool(maker);
	packet->has_force = draw_bool(maker);
	packet->has_sequence = draw_bool(maker);
	packet->has_clock = draw_bool(maker);
	packet->has_newtons = draw_bool(maker);
	packet->n_cells = (unsigned)g_rand_int_range(maker->rand, 0, ROLL_CELLS_MAX + 1);
	packet->period_us =
		happens(maker, 0.5)
			? periods_us[g_rand_int_range(maker->rand, 0, G_N_ELEMENTS(periods_us))]
			: 10000;
	packet->n_samples = (unsigned)(happens(maker, 0.1) ? g_rand_int_range(maker->rand, 0, 70)
							   : g_rand_int_range(maker->rand, 1, 41));
}

static void
draw_arrival(Maker *maker)
{
	const int64_t hour_us = INT64_C(3600) * 1000000;

	maker->arrival_us += (int64_t)maker->packet.n_samples * maker->packet.period_us;
	if (happens(maker, 0.02))
		maker->arrival_us += (int64_t)(draw(maker, -3.0, 3.0) * (double)hour_us);
	if (happens(maker, 0.1))
		maker->arrival_us += (int64_t)draw(maker, -2e6, 2e6);
	if (happens(maker, 0.003))
		maker->arrival_us = (int64_t)draw(maker, 0.0, 4e15);
}

static void
draw_packet(Maker *maker)
{
	RollPacket *packet = &maker->packet;

	if (happens(maker, 0.03))
		draw_kind(maker);
	packet->sequence++;
	packet->clock_us += packet->n_samples * packet->period_us;
	if (happens(maker, 0.02))
		packet->sequence = (uint16_t)g_rand_int(maker->rand);
	if (happens(maker, 0.02))
		packet->clock_us = g_rand_int(maker->rand);
	packet->is_restart = happens(maker, 0.02);
	packet->is_marked = happens(maker, 0.1);
	draw_arrival(maker);
	for (unsigned i = 0; i < packet->n_samples && i < ROLL_PACKET_SAMPLES_MAX; i++)
		draw_sample(maker, &packet->samples[i]);
}

/* Returns how many events were told. */
static unsigned
check_stream(guint32 seed, bool is_bar, double madness)
{
	/* Not on the stack: the sanitizer sees the event too many. */
	g_autofree RollEvent *events = g_new(RollEvent, ROLL_EVENTS_MAX);
	g_autofree RollTrack *track = g_new0(RollTrack, 1), *copy = g_new0(RollTrack, 1);
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	g_autofree Maker *maker = g_new0(Maker, 1);
	RollTrackSettings settings;
	unsigned n_events = 0;

	*maker = (Maker){.rand = rand, .madness = madness, .arrival_us = INT64_C(1790000000000000)};
	roll_rig_init_settings(&settings);
	settings.is_bar = is_bar;
	roll_track_init(track, &settings);
	draw_kind(maker);
	for (unsigned i = 0; i < N_PACKETS; i++) {
		unsigned n;

		draw_packet(maker);
		n = roll_track_feed(track, maker->arrival_us, &maker->packet, events);
		roll_rig_assert_valid_events(events, n);
		n_events += n;
		if (i % 16 == 0) {
			*copy = *track;
			roll_rig_assert_valid_events(events, roll_track_finish(copy, events));
		}
		if (happens(maker, 0.02))
			roll_rig_assert_valid_events(events, roll_track_mark(track, events));
	}
	roll_rig_assert_valid_events(events, roll_track_finish(track, events));
	roll_rig_assert_valid(track);
	return n_events;
}

static void
check_streams(bool is_bar, double madness)
{
	unsigned n_events = 0;

	for (guint32 seed = 0; seed < N_STREAMS; seed++) {
		g_test_message("seed %u", seed);
		n_events += check_stream(seed, is_bar, madness);
	}
	g_test_message("%u events", n_events);
	/* Not all of it was refused. */
	g_assert_cmpuint(n_events, >, 10 * N_STREAMS);
}

static void
test_wild_roller(void)
{
	check_streams(false, 0.3);
}

static void
test_wild_bar(void)
{
	check_streams(true, 0.3);
}

static void
test_mad_roller(void)
{
	check_streams(false, 3.0);
}

static void
test_mad_bar(void)
{
	check_streams(true, 3.0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rubbish/wild-roller", test_wild_roller);
	g_test_add_func("/rubbish/wild-bar", test_wild_bar);
	g_test_add_func("/rubbish/mad-roller", test_mad_roller);
	g_test_add_func("/rubbish/mad-bar", test_mad_bar);
	return g_test_run();
}
