/* SPDX-License-Identifier: MIT
 *
 * Rate and drift of streams whose truth is known.
 */
#include "daemon/track/pace.h"

#include <glib.h>

#define BEGIN_US INT64_C(1790000000000000)

typedef struct {
	RollPace pace;
	GRand *rand;
	RollPulse pulse;
	double ppm;	 /* how much too fast the sensor's clock is */
	double true_us;	 /* since BEGIN_US */
	int64_t host_us; /* how far the host's clock is off */
	double share;	 /* of the packets that come through */
} Stream;

static void
open_stream(Stream *stream, double ppm)
{
	*stream = (Stream){.ppm = ppm, .share = 1, .rand = g_rand_new_with_seed(7)};
	stream->pulse = (RollPulse){.has_clock = true, .period_us = 10000, .n_samples = 10};
	roll_pace_init(&stream->pace);
}

static void
close_stream(Stream *stream)
{
	g_rand_free(stream->rand);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stream, close_stream)

/* Sensor time from just before the 32 bits of the clock are full. */
static void
run(Stream *stream, double seconds)
{
	double end_us = stream->true_us + seconds * 1e6;
	for (; stream->true_us < end_us; stream->true_us += 100000 / (1 + stream->ppm * 1e-6)) {
		int64_t late_us = 95000 + g_rand_int_range(stream->rand, 0, 30000);
		int64_t clock_us = (int64_t)(stream->true_us * (1 + stream->ppm * 1e-6));
		if (g_rand_double(stream->rand) >= stream->share)
			continue;
		stream->pulse.clock_us = (uint32_t)(UINT32_MAX - 30000000 + clock_us);
		stream->pulse.arrival_us =
			BEGIN_US + (int64_t)stream->true_us + late_us + stream->host_us;
		roll_pace_feed(&stream->pace, &stream->pulse);
	}
}

static void
test_begin(void)
{
	g_auto(Stream) stream = {0};
	open_stream(&stream, 0);
	g_assert_cmpfloat(roll_pace_get_nominal_hz(&stream.pace), ==, 0);
	run(&stream, 3);
	g_assert_cmpfloat(stream.pace.rate_hz, ==, 0);
	g_assert_cmpfloat(roll_pace_get_nominal_hz(&stream.pace), ==, 100);
	run(&stream, 3);
	g_assert_cmpfloat_with_epsilon(stream.pace.rate_hz, 100, 1);
	g_assert_false(stream.pace.has_drift);
	g_assert_cmpuint(stream.pace.n_packets, ==, 60);
}

static void
test_drift(void)
{
	const double drifts[] = {-150, -20, 0, 60, 400};
	for (gsize i = 0; i < G_N_ELEMENTS(drifts); i++) {
		g_auto(Stream) stream = {0};
		open_stream(&stream, drifts[i]);
		run(&stream, 60);
		g_assert_false(stream.pace.has_drift);
		run(&stream, 240);
		g_assert_true(stream.pace.has_drift);
		g_assert_cmpfloat_with_epsilon(stream.pace.drift_ppm, drifts[i], 15);
	}
}

/* Half of the packets lost halves the rate, and tells no drift that is not there. */
static void
test_loss(void)
{
	g_auto(Stream) stream = {0};
	open_stream(&stream, 0);
	stream.share = 0.5;
	run(&stream, 200);
	g_assert_cmpfloat_with_epsilon(stream.pace.rate_hz, 50, 15);
	g_assert_cmpfloat_with_epsilon(stream.pace.drift_ppm, 0, 15);
}

/* A silence is none of the rate, and a jump of the host's clock none of the drift. */
static void
test_breaks(void)
{
	g_auto(Stream) stream = {0};
	open_stream(&stream, 50);
	run(&stream, 10);
	stream.true_us += 60e6;
	run(&stream, 5);
	g_assert_cmpfloat_with_epsilon(stream.pace.rate_hz, 100, 2);
	run(&stream, 200);
	stream.host_us = -INT64_C(3600) * 1000000;
	run(&stream, 200);
	g_assert_cmpfloat_with_epsilon(stream.pace.drift_ppm, 50, 15);
	g_assert_cmpfloat_with_epsilon(stream.pace.rate_hz, 100, 2);
}

static void
test_clockless(void)
{
	g_auto(Stream) stream = {0};
	open_stream(&stream, 0);
	stream.pulse.has_clock = false;
	run(&stream, 200);
	g_assert_cmpfloat_with_epsilon(stream.pace.rate_hz, 100, 2);
	g_assert_false(stream.pace.has_drift);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pace/begin", test_begin);
	g_test_add_func("/pace/drift", test_drift);
	g_test_add_func("/pace/loss", test_loss);
	g_test_add_func("/pace/breaks", test_breaks);
	g_test_add_func("/pace/clockless", test_clockless);
	return g_test_run();
}
