/* SPDX-License-Identifier: MIT
 *
 * The stream of a simulated sensor: what its packets say, packet by packet, by the daemon's own decoder.
 */
#include "tests/rollsim/sim-stream.h"

#include <math.h>
#include <string.h>

enum {
	BEGIN_US = 1790000000,
	ROOM = 244,
	REPLY_DONE = 1,
	REPLY_UNKNOWN = 2,
	REPLY_BAD = 3,
	REPLY_FAILED = 4,
};

static const gint64 begin_us = INT64_C(1000000) * BEGIN_US;

typedef struct {
	SimStream *stream;
	RollDecoder decoder;
	RollPacket packet; /* the last one that was made */
	gint64 made_us;	   /* when */
} Rig;

static SimStreamSettings
usual(void)
{
	return (SimStreamSettings){.seed = 1, .period_us = 10000, .n_batch = 10};
}

static guint8
order(SimStream *stream, gint64 now_us, const char *bytes, gsize n_bytes)
{
	guint8 reply[3];

	sim_stream_take_control(stream, now_us, (const guint8 *)bytes, n_bytes, reply);
	g_assert_cmphex(reply[0], ==, 0x80);
	g_assert_cmphex(reply[1], ==, n_bytes ? (guint8)bytes[0] : 0);
	return reply[2];
}

static void
start(Rig *rig, gint64 now_us)
{
	g_assert_cmpuint(order(rig->stream, now_us, "\x01", 1), ==, REPLY_DONE);
}

static void
stop(Rig *rig)
{
	g_assert_cmpuint(order(rig->stream, 0, "\x02", 1), ==, REPLY_DONE);
}

/* Not started. */
static void
set_up(Rig *rig, const SimStreamSettings *settings)
{
	guint8 feature[ROLL_ROLLER_FEATURE_LEN];

	*rig = (Rig){.stream = sim_stream_new(settings)};
	sim_stream_set_room(rig->stream, ROOM);
	sim_stream_get_feature(rig->stream, feature);
	roll_decoder_init(&rig->decoder, &roll_codec_roller);
	g_assert_cmpint(roll_decoder_decode(&rig->decoder, ROLL_UUID_ROLLER_FEATURE, feature,
					    sizeof feature, NULL),
			==, ROLL_DECODED_FEATURE);
}

/* Makes the next packet; FALSE: none was made. */
static gboolean
make(Rig *rig)
{
	guint8 bytes[ROLL_VALUE_MAX];
	gsize n_bytes;

	rig->made_us = sim_stream_get_due_us(rig->stream);
	n_bytes = sim_stream_make(rig->stream, bytes);
	if (n_bytes == 0)
		return FALSE;
	g_assert_cmpint(roll_decoder_decode(&rig->decoder, ROLL_UUID_ROLLER_MEASUREMENT, bytes,
					    n_bytes, &rig->packet),
			==, ROLL_DECODED_SAMPLES);
	return TRUE;
}

static void
clear(Rig *rig)
{
	sim_stream_free(rig->stream);
}

static void
test_begin(void)
{
	SimStreamSettings settings = usual();
	Rig rig;

	set_up(&rig, &settings);
	g_assert_cmpint(sim_stream_get_due_us(rig.stream), ==, G_MAXINT64);
	start(&rig, begin_us);
	g_assert_true(make(&rig));
	/* Ten samples, 10 ms apart: due when the last one was taken. */
	g_assert_cmpuint(rig.packet.n_samples, ==, 10);
	g_assert_cmpint(rig.made_us, >=, begin_us + 89000);
	g_assert_cmpint(rig.made_us, <=, begin_us + 91000);
	g_assert_cmpuint(rig.packet.sequence, ==, 0);
	g_assert_false(rig.packet.is_restart);
	g_assert_true(rig.packet.has_gyro && rig.packet.has_acc && rig.packet.has_force);
	clear(&rig);
}

static void
test_numbers(void)
{
	SimStreamSettings settings = usual();
	guint32 clock_us;
	Rig rig;

	set_up(&rig, &settings);
	start(&rig, begin_us);
	g_assert_true(make(&rig));
	clock_us = rig.packet.clock_us;
	for (guint i = 1; i < 1000; i++) {
		g_assert_true(make(&rig));
		g_assert_cmpuint(rig.packet.sequence, ==, i);
		g_assert_cmpuint((guint32)(rig.packet.clock_us - clock_us), ==, i * 100000);
	}
	/* In real time, but for a clock that is 40 ppm too fast. */
	g_assert_cmpint(ABS(rig.made_us - begin_us - 100 * G_USEC_PER_SEC), <, 20000);
	clear(&rig);
}

/* While it does not stream, the clock goes on and numbers do not. */
static void
test_stopped(void)
{
	SimStreamSettings settings = usual();
	guint32 clock_us;
	Rig rig;

	set_up(&rig, &settings);
	start(&rig, begin_us);
	g_assert_true(make(&rig));
	clock_us = rig.packet.clock_us;
	stop(&rig);
	g_assert_false(sim_stream_is_streaming(rig.stream));
	for (guint i = 0; i < 50; i++)
		g_assert_false(make(&rig));
	start(&rig, rig.made_us);
	g_assert_true(make(&rig));
	/* Time did not begin anew with it. */
	g_assert_cmpint(ABS(rig.made_us - begin_us - 5190000), <, 1000);
	g_assert_cmpuint(rig.packet.sequence, ==, 1);
	g_assert_cmpuint((guint32)(rig.packet.clock_us - clock_us), ==, 51 * 100000);
	g_assert_false(rig.packet.is_restart);
	clear(&rig);
}

static void
test_restart(void)
{
	SimStreamSettings settings = usual();
	Rig rig;

	set_up(&rig, &settings);
	start(&rig, begin_us);
	for (guint i = 0; i < 20; i++)
		g_assert_true(make(&rig));
	sim_stream_restart(rig.stream);
	for (guint i = 0; i < 3; i++) {
		g_assert_true(make(&rig));
		g_assert_cmpint(rig.packet.is_restart, ==, i == 0);
		g_assert_cmpuint(rig.packet.sequence, ==, i);
		g_assert_cmpuint(rig.packet.clock_us, ==, i * 100000);
	}
	/* Told by the first packet that is made, not by one that is not. */
	stop(&rig);
	sim_stream_restart(rig.stream);
	g_assert_false(make(&rig));
	start(&rig, rig.made_us);
	g_assert_true(make(&rig));
	g_assert_true(rig.packet.is_restart);
	clear(&rig);
}

static void
test_button(void)
{
	SimStreamSettings settings = usual();
	Rig rig;

	set_up(&rig, &settings);
	start(&rig, begin_us);
	g_assert_true(make(&rig));
	g_assert_false(rig.packet.is_marked);
	sim_stream_press_button(rig.stream);
	g_assert_true(make(&rig));
	g_assert_true(rig.packet.is_marked);
	g_assert_true(make(&rig));
	g_assert_false(rig.packet.is_marked);
	clear(&rig);
}

static void
test_orders(void)
{
	SimStreamSettings settings = usual();
	Rig rig;

	set_up(&rig, &settings);
	g_assert_cmpuint(order(rig.stream, begin_us, "\x01\x00", 2), ==, REPLY_BAD);
	g_assert_false(sim_stream_is_streaming(rig.stream));
	g_assert_cmpuint(order(rig.stream, begin_us, "\x09", 1), ==, REPLY_UNKNOWN);
	g_assert_cmpuint(order(rig.stream, begin_us, "", 0), ==, REPLY_UNKNOWN);
	/* Its rate is fixed. */
	g_assert_cmpuint(order(rig.stream, begin_us, "\x04\x10\x27", 3), ==, REPLY_UNKNOWN);
	g_assert_false(rig.decoder.feature.has_rate);
	g_assert_cmpuint(order(rig.stream, begin_us, "\x03", 1), ==, REPLY_DONE);
	g_assert_cmpuint(order(rig.stream, begin_us, "\x05", 1), ==, REPLY_DONE);
	clear(&rig);
}

/* At MTU 23 a whole sample does not fit: gyroscope and force are what is left. */
static void
test_least_room(void)
{
	SimStreamSettings settings = usual();
	Rig rig;

	set_up(&rig, &settings);
	sim_stream_set_room(rig.stream, 20);
	start(&rig, begin_us);
	for (guint i = 0; i < 100; i++) {
		g_assert_true(make(&rig));
		g_assert_cmpuint(rig.packet.n_samples, ==, 1);
		g_assert_cmpuint(rig.packet.sequence, ==, i);
		g_assert_true(rig.packet.has_gyro && rig.packet.has_force && !rig.packet.has_acc);
	}
	g_assert_cmpint(ABS(rig.made_us - begin_us - 990000), <, 1000);
	/* With more room the packets get longer. */
	sim_stream_set_room(rig.stream, 8 + 3 * 14);
	g_assert_true(make(&rig));
	g_assert_cmpuint(rig.packet.n_samples, ==, 3);
	g_assert_true(rig.packet.has_acc);
	clear(&rig);
}

/* The centre of the bar's force is where the contact is, whatever cells there are. */
static void
check_bar(guint n_cells, gsize room)
{
	SimStreamSettings settings = usual();
	guint n_pressed = 0;
	Rig rig;

	settings.n_bar_cells = n_cells;
	settings.n_batch = 1;
	set_up(&rig, &settings);
	sim_stream_set_room(rig.stream, room);
	g_assert_cmpint(rig.decoder.feature.body, ==, ROLL_BODY_BAR);
	g_assert_cmpuint(rig.decoder.feature.n_cells, ==, n_cells);
	start(&rig, begin_us);
	for (guint i = 0; i < 3000; i++) {
		double sum_n = 0, moment_nm = 0, at_m;

		g_assert_true(make(&rig));
		for (guint cell = 0; cell < n_cells; cell++) {
			sum_n += rig.packet.samples[0].cell_n[cell];
			moment_nm += rig.packet.samples[0].cell_n[cell] *
				     (0.01 + cell * rig.decoder.feature.pitch_m);
		}
		if (sum_n < 100)
			continue;
		n_pressed++;
		at_m = moment_nm / sum_n;
		g_assert_cmpfloat(at_m, >, 0.02);
		g_assert_cmpfloat(at_m, <, 0.295);
	}
	g_assert_cmpuint(n_pressed, >, 2000);
	clear(&rig);
}

static void
test_bar(void)
{
	check_bar(8, ROOM);
	check_bar(6, 20);
}

/* ---- The truth ---- */

/* Every sample since the first START is in it, streamed or not, at its own time. */
static void
test_truth(void)
{
	SimStreamSettings settings = usual();
	g_autofree char *json = NULL;
	Rig rig;

	set_up(&rig, &settings);
	start(&rig, begin_us);
	for (guint i = 0; i < 10; i++)
		g_assert_true(make(&rig));
	sim_stream_stop(rig.stream);
	for (guint i = 0; i < 590; i++)
		g_assert_false(make(&rig));
	g_assert_cmpuint(sim_truth_get_length(sim_stream_get_truth(rig.stream)), ==, 6000);
	json = sim_truth_dup_json(sim_stream_get_truth(rig.stream), 1, "a note");
	g_assert_nonnull(strstr(json, "\"passes\": [ { \"start\": 17900000"));
	clear(&rig);
}

/* ---- A capture ---- */

static SimCapture *
make_capture(void)
{
	SimCapture *capture = g_new0(SimCapture, 1);

	capture->packets = g_array_new(FALSE, FALSE, sizeof(SimCapturePacket));
	for (guint i = 0; i < 5; i++) {
		SimCapturePacket packet = {
			.after_us = i * INT64_C(100000),
			.n_bytes = ROLL_ROLLER_HEADER_LEN + 2,
			.bytes = {0x04, 1, (guint8)(7 + i), 0, (guint8)(100 + i)},
		};

		g_array_append_val(capture->packets, packet);
	}
	return capture;
}

static void
test_capture(void)
{
	g_autoptr(SimCapture) capture = make_capture();
	SimStreamSettings settings = {.capture = capture};
	g_autoptr(SimStream) stream = sim_stream_new(&settings);
	guint8 bytes[ROLL_VALUE_MAX];

	sim_stream_set_room(stream, ROOM);
	g_assert_cmpuint(order(stream, begin_us, "\x01", 1), ==, REPLY_DONE);
	g_assert_cmpint(sim_stream_get_due_us(stream), ==, begin_us);
	g_assert_cmpuint(sim_stream_make(stream, bytes), ==, 10);
	g_assert_cmpmem(bytes, 8, "\x04\x01\x07\x00\x64\x00\x00\x00", 8);
	g_assert_cmpint(sim_stream_get_due_us(stream), ==, begin_us + 100000);
	/* Stopped, its time goes on. */
	sim_stream_stop(stream);
	g_assert_cmpuint(sim_stream_make(stream, bytes), ==, 0);
	g_assert_cmpuint(order(stream, begin_us, "\x01", 1), ==, REPLY_DONE);
	sim_stream_restart(stream);
	g_assert_cmpuint(sim_stream_make(stream, bytes), ==, 10);
	g_assert_cmpmem(bytes, 8, "\x14\x01\x00\x00\x00\x00\x00\x00", 8);
	g_assert_cmpuint(sim_stream_make(stream, bytes), ==, 10);
	g_assert_cmpmem(bytes, 8, "\x04\x01\x01\x00\x01\x00\x00\x00", 8);
	g_assert_cmpuint(order(stream, begin_us, "\x03", 1), ==, REPLY_FAILED);
	g_assert_cmpuint(sim_stream_make(stream, bytes), ==, 10);
	g_assert_cmpint(sim_stream_get_due_us(stream), ==, G_MAXINT64);
	g_assert_null(sim_stream_get_truth(stream));
}

static void
test_capture_file(void)
{
	g_autofree char *path =
		g_build_filename(g_getenv("ROLLERD_CAPTURES"), "roller-plain.rollcap", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(SimCapture) capture = sim_capture_read(path, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(capture->feature[10], ==, 1);
	g_assert_cmpuint(capture->packets->len, >, 1000);
	g_assert_cmpint(capture->battery_pct, ==, 0x57);
	g_assert_null(sim_capture_read("/does/not/exist", &error));
	g_assert_nonnull(error);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim-stream/begin", test_begin);
	g_test_add_func("/sim-stream/numbers", test_numbers);
	g_test_add_func("/sim-stream/stopped", test_stopped);
	g_test_add_func("/sim-stream/restart", test_restart);
	g_test_add_func("/sim-stream/button", test_button);
	g_test_add_func("/sim-stream/orders", test_orders);
	g_test_add_func("/sim-stream/least-room", test_least_room);
	g_test_add_func("/sim-stream/bar", test_bar);
	g_test_add_func("/sim-stream/truth", test_truth);
	g_test_add_func("/sim-stream/capture", test_capture);
	g_test_add_func("/sim-stream/capture-file", test_capture_file);
	return g_test_run();
}
