/* SPDX-License-Identifier: MIT
 *
 * Dates of samples from a sensor's clock, its packets' numbers and their arrivals over a radio link.
 */
#include "daemon/track/clock.h"

#include <glib.h>
#include <stdlib.h>

#define BEGIN_US INT64_C(1790000000000000)
#define HOUR_US (INT64_C(3600) * 1000000)
#define SECOND 10 /* packets */
#define PERIOD_US 10000
#define N_SAMPLES 10
#define SPAN_US ((N_SAMPLES - 1) * PERIOD_US)

/* A sensor that sends a packet every 100 ms by its own clock, and a link with connection intervals,
 * repeated packets, and now and then half a second in which nothing gets through. */
typedef struct {
	RollClock clock;
	GRand *rand;
	RollPacket packet;
	double ppm;	    /* how much too fast the sensor's clock is */
	double since_us;    /* true time of the next packet's first sample, from BEGIN_US */
	int64_t host_us;    /* how far the host's clock is off */
	int64_t link_us;    /* nothing arrives before, true time */
	int64_t true_us;    /* of the last packet's first sample */
	int64_t arrival_us; /* of the last packet, by the host's clock */
	int64_t t_us;	    /* stream time that it was given */
	int64_t last_us;    /* stream time of the last sample before it */
} Link;

static void
open_link(Link *link, guint32 seed, double ppm)
{
	*link = (Link){.rand = g_rand_new_with_seed(seed), .ppm = ppm};
	link->packet = (RollPacket){
		.has_sequence = true,
		.has_clock = true,
		.sequence = 65500,
		.clock_us = UINT32_MAX - 20 * 1000000,
		.period_us = PERIOD_US,
		.n_samples = N_SAMPLES,
	};
	roll_clock_init(&link->clock);
}

static void
close_link(Link *link)
{
	g_rand_free(link->rand);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Link, close_link)

/* The sensor takes its next packet of samples. */
static void
sample(Link *link)
{
	link->true_us = BEGIN_US + (int64_t)link->since_us;
	link->since_us += N_SAMPLES * PERIOD_US / (1.0 + link->ppm * 1e-6);
	link->packet.sequence++;
	link->packet.clock_us += N_SAMPLES * PERIOD_US;
}

static void
carry(Link *link)
{
	const int64_t interval_us = 30000;
	int64_t ready_us = link->true_us + SPAN_US + 1500;

	if (g_rand_double(link->rand) < 0.01)
		link->link_us = ready_us + 500000;
	ready_us = MAX(ready_us, link->link_us);
	ready_us += interval_us - ready_us % interval_us;
	while (g_rand_double(link->rand) < 0.1)
		ready_us += interval_us;
	link->link_us = ready_us;
	link->arrival_us = ready_us + link->host_us + g_rand_int_range(link->rand, 0, 2000);
}

static bool
place(Link *link)
{
	const int64_t before_us = link->clock.last_us;
	const bool is_taken =
		roll_clock_place(&link->clock, link->arrival_us, &link->packet, &link->t_us);

	/* Stream time never goes back. */
	if (is_taken && link->last_us != 0)
		g_assert_cmpint(link->t_us, >, before_us);
	link->last_us = link->clock.last_us;
	return is_taken;
}

static void
send(Link *link)
{
	sample(link);
	carry(link);
	g_assert_true(place(link));
}

static void
send_for(Link *link, unsigned n_packets)
{
	for (unsigned i = 0; i < n_packets; i++)
		send(link);
}

static int64_t
get_error_us(const Link *link)
{
	return roll_clock_get_unix_us(&link->clock, link->t_us) - link->host_us - link->true_us;
}

/* Sends for so long, and demands that each date is right to within most_us. */
static void
send_dated(Link *link, unsigned n_packets, int64_t most_us)
{
	for (unsigned i = 0; i < n_packets; i++) {
		send(link);
		g_assert_cmpint(llabs(get_error_us(link)), <=, most_us);
	}
}

/* Half an hour, over the wraps of clock and number. */
static void
test_dates(void)
{
	const double drifts[] = {-100.0, -40.0, 0.0, 40.0, 100.0};

	for (unsigned k = 0; k < G_N_ELEMENTS(drifts); k++) {
		g_auto(Link) link;

		open_link(&link, 30 + k, drifts[k]);
		send_for(&link, 5 * SECOND);
		send_dated(&link, 1800 * SECOND, 15000);
		g_assert_cmpuint(link.clock.n_lost, ==, 0);
		g_assert_cmpuint(link.clock.n_dropped, ==, 0);
		g_assert_cmpuint(link.clock.n_restarts, ==, 0);
	}
}

/* Durations are the sensor's own, however packets arrive. */
static void
test_durations(void)
{
	g_auto(Link) link;
	int64_t begin_us;

	open_link(&link, 40, 0.0);
	send(&link);
	begin_us = link.t_us;
	for (int64_t i = 1; i < 3000; i++) {
		send(&link);
		g_assert_cmpint(link.t_us - begin_us, ==, i * N_SAMPLES * PERIOD_US);
	}
}

static void
test_loss(void)
{
	g_auto(Link) link;
	int64_t begin_us;

	open_link(&link, 41, 50.0);
	send_for(&link, 5 * SECOND);
	begin_us = link.t_us;
	for (unsigned i = 0; i < 100; i++) {
		for (unsigned lost = 0; lost < i % 4; lost++)
			sample(&link);
		send_dated(&link, 3, 15000);
	}
	g_assert_cmpuint(link.clock.n_lost, ==, 150);
	g_assert_cmpint(link.t_us - begin_us, ==, INT64_C(450) * N_SAMPLES * PERIOD_US);
}

static void
test_doubled_and_late(void)
{
	g_auto(Link) link;

	open_link(&link, 42, 0.0);
	send_for(&link, 5 * SECOND);
	for (unsigned i = 1; i <= 200; i++) {
		const RollPacket before = link.packet;

		send(&link);
		g_assert_false(place(&link)); /* the same again */
		link.packet.sequence = before.sequence;
		link.packet.clock_us = before.clock_us;
		g_assert_false(place(&link)); /* the one before it, late */
		g_assert_cmpuint(link.clock.n_dropped, ==, 2 * i);
		link.packet.sequence++;
		link.packet.clock_us += N_SAMPLES * PERIOD_US;
	}
	g_assert_cmpuint(link.clock.n_lost, ==, 0);
	g_assert_cmpuint(link.clock.n_restarts, ==, 0);
	send_dated(&link, 10 * SECOND, 15000);
}

static void
check_restart(bool has_flag, guint32 clock_us, guint16 sequence)
{
	g_auto(Link) link;
	const int64_t silence_us = 1500000;
	int64_t before_us, step_us;

	open_link(&link, 43, 60.0);
	send_for(&link, 60 * SECOND);
	before_us = link.t_us;
	link.since_us += silence_us;
	link.packet.sequence = sequence;
	link.packet.clock_us = clock_us;
	link.packet.is_restart = has_flag;
	send(&link);
	link.packet.is_restart = false;
	g_assert_cmpuint(link.clock.n_restarts, ==, 1);
	step_us = link.t_us - before_us;
	g_assert_cmpint(step_us, >, silence_us);
	/* By its arrival alone, so within what the link delays. */
	g_assert_cmpint(step_us, <, silence_us + N_SAMPLES * PERIOD_US + 700000);
	send_for(&link, 5 * SECOND);
	send_dated(&link, 60 * SECOND, 15000);
	g_assert_cmpuint(link.clock.n_restarts, ==, 1);
	g_assert_cmpuint(link.clock.n_lost, ==, 0);
	g_assert_cmpuint(link.clock.n_dropped, ==, 0);
}

static void
test_restart(void)
{
	for (unsigned has_flag = 0; has_flag < 2; has_flag++) {
		check_restart(has_flag, 0, 0);
		check_restart(has_flag, 123456789, 17);
	}
}

/* The flag alone tells it where clock and number would go on as if nothing had been. */
static void
test_flag_on_a_running_clock(void)
{
	g_auto(Link) link;

	open_link(&link, 44, 0.0);
	send_for(&link, 5 * SECOND);
	/* Two packets in a row that say so: the clock runs on from the first to the second. */
	link.packet.is_restart = true;
	link.packet.clock_us = 0;
	link.packet.sequence = 0;
	send(&link);
	send(&link);
	link.packet.is_restart = false;
	g_assert_cmpuint(link.clock.n_restarts, ==, 1);
	send_for(&link, 5 * SECOND);
	send_dated(&link, 10 * SECOND, 15000);
}

/* Longer than the sensor's clock can tell: the host's is asked. */
static void
test_long_silence(void)
{
	const int64_t silences_s[] = {10, 60, 1200, 3600, 4300, 7200, 86400};

	for (unsigned k = 0; k < G_N_ELEMENTS(silences_s); k++) {
		g_auto(Link) link;
		int64_t before_us, step_us;

		open_link(&link, 45, 0.0);
		send_for(&link, 60 * SECOND);
		before_us = link.t_us;
		link.since_us += (double)silences_s[k] * 1e6;
		link.packet.clock_us += (guint32)(silences_s[k] * 1000000);
		send(&link);
		step_us = link.t_us - before_us - silences_s[k] * 1000000;
		g_assert_cmpint(llabs(step_us), <, 800000);
		g_assert_cmpuint(link.clock.n_restarts, ==, 0);
		send_for(&link, 5 * SECOND);
		send_dated(&link, 10 * SECOND, 15000);
	}
}

/* The host's clock is set while the sensor streams: dates move with it, durations do not. */
static void
check_host_jump(int64_t jump_us, unsigned n_lost)
{
	g_auto(Link) link;
	int64_t before_us;

	open_link(&link, 46, -30.0);
	send_for(&link, 60 * SECOND);
	before_us = link.t_us;
	link.host_us += jump_us;
	for (unsigned i = 0; i < n_lost; i++)
		sample(&link);
	send(&link);
	g_assert_cmpint(link.t_us - before_us, ==, (1 + n_lost) * N_SAMPLES * PERIOD_US);
	g_assert_cmpuint(link.clock.n_restarts, ==, 0);
	g_assert_cmpuint(link.clock.n_lost, ==, n_lost);
	send_for(&link, 5 * SECOND);
	send_dated(&link, 60 * SECOND, 15000);
}

static void
test_host_jump(void)
{
	check_host_jump(HOUR_US, 0);
	check_host_jump(-HOUR_US, 0);
	check_host_jump(60 * INT64_C(1000000), 0);
	check_host_jump(-60 * INT64_C(1000000), 0);
	check_host_jump(HOUR_US, 1);
	check_host_jump(-HOUR_US, 1);
}

static void
test_no_sequence(void)
{
	g_auto(Link) link;

	open_link(&link, 47, 80.0);
	link.packet.has_sequence = false;
	send_for(&link, 5 * SECOND);
	send_dated(&link, 600 * SECOND, 15000);
	sample(&link);
	sample(&link);
	send_dated(&link, 600 * SECOND, 15000);
	g_assert_false(place(&link));
	g_assert_cmpuint(link.clock.n_dropped, ==, 1);
	g_assert_cmpuint(link.clock.n_lost, ==, 0);
}

/* By its nominal rate, which is 0.5 % off here, steered by arrivals: late by their usual delay at most. */
static void
check_no_clock(bool has_sequence)
{
	g_auto(Link) link;

	open_link(&link, 48, 5000.0);
	link.packet.has_clock = false;
	link.packet.has_sequence = has_sequence;
	send_for(&link, 5 * SECOND);
	for (unsigned i = 0; i < 600 * SECOND; i++) {
		const int64_t before_us = link.t_us;

		send(&link);
		g_assert_cmpint(get_error_us(&link), >, -60000);
		g_assert_cmpint(get_error_us(&link), <, 700000);
		g_assert_cmpint(link.t_us - before_us, >, 0);
	}
}

static void
test_no_clock(void)
{
	check_no_clock(true);
	check_no_clock(false);
}

/* Set back by an hour: an hour forward could as well be a silence. */
static void
test_no_clock_host_jump(void)
{
	g_auto(Link) link;
	int64_t before_us;

	open_link(&link, 51, 0.0);
	link.packet.has_clock = false;
	send_for(&link, 20 * SECOND);
	before_us = link.t_us;
	link.host_us -= HOUR_US;
	send_for(&link, 10 * SECOND);
	g_assert_cmpint(llabs(link.t_us - before_us - 10 * 1000000), <, 800000);
	g_assert_cmpint(get_error_us(&link), >, -60000);
	g_assert_cmpint(get_error_us(&link), <, 700000);
}

static void
test_no_clock_loss(void)
{
	g_auto(Link) link;
	int64_t before_us;

	open_link(&link, 49, 0.0);
	link.packet.has_clock = false;
	send_for(&link, 20 * SECOND);
	before_us = link.t_us;
	sample(&link);
	sample(&link);
	send(&link);
	g_assert_cmpuint(link.clock.n_lost, ==, 2);
	g_assert_cmpint(llabs(link.t_us - before_us - 3 * N_SAMPLES * PERIOD_US), <, 20000);
	g_assert_false(place(&link));
	g_assert_cmpuint(link.clock.n_dropped, ==, 1);
}

/* Without either, arrival alone tells a silence. */
static void
test_bare_silence(void)
{
	g_auto(Link) link;
	int64_t before_us;

	open_link(&link, 50, 0.0);
	link.packet.has_clock = link.packet.has_sequence = false;
	send_for(&link, 20 * SECOND);
	before_us = link.t_us;
	link.since_us += 20e6;
	send(&link);
	g_assert_cmpint(llabs(link.t_us - before_us - 20 * 1000000), <, 900000);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/clock/dates", test_dates);
	g_test_add_func("/clock/durations", test_durations);
	g_test_add_func("/clock/loss", test_loss);
	g_test_add_func("/clock/doubled-and-late", test_doubled_and_late);
	g_test_add_func("/clock/restart", test_restart);
	g_test_add_func("/clock/flag-on-a-running-clock", test_flag_on_a_running_clock);
	g_test_add_func("/clock/long-silence", test_long_silence);
	g_test_add_func("/clock/host-jump", test_host_jump);
	g_test_add_func("/clock/no-sequence", test_no_sequence);
	g_test_add_func("/clock/no-clock", test_no_clock);
	g_test_add_func("/clock/no-clock-host-jump", test_no_clock_host_jump);
	g_test_add_func("/clock/no-clock-loss", test_no_clock_loss);
	g_test_add_func("/clock/bare-silence", test_bare_silence);
	return g_test_run();
}
