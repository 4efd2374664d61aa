/* SPDX-License-Identifier: MIT
 *
 * The other way of the Roller Sensor Profile: what a simulated sensor sends is what the daemon reads.
 */
#include "protocol/sensor/codec-roller.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum {
	ROUNDS = 20000,
};

static float
any_count(GRand *rand, int low, int high)
{
	return (float)g_rand_int_range(rand, low, high);
}

static RollRollerFeature
any_feature(GRand *rand)
{
	uint8_t force_mn = (uint8_t)(g_rand_boolean(rand) ? g_rand_int_range(rand, 1, 256) : 0);

	return (RollRollerFeature){
		.feature =
			{
				.body = (RollBody)g_rand_int_range(rand, 0, 3),
				.has_newtons = force_mn > 0,
				.has_marker = g_rand_boolean(rand),
				.has_tare = g_rand_boolean(rand),
				.has_rate = g_rand_boolean(rand),
				.has_identify = g_rand_boolean(rand),
				.period_us = (uint32_t)g_rand_int_range(rand, 1, 65536),
				.n_cells = (unsigned)g_rand_int_range(rand, 0, 17),
				.pitch_m = g_rand_int_range(rand, 0, 65536) * 1e-4,
				.radius_m = g_rand_int_range(rand, 0, 65536) * 1e-4,
			},
		.turn_full_scale_dps = (uint16_t)g_rand_int_range(rand, 1, 65536),
		.pull_full_scale_g = (uint16_t)g_rand_int_range(rand, 1, 65536),
		.force_mn_per_count = force_mn,
	};
}

static RollDecoder
decoder_of(const RollRollerFeature *feature)
{
	uint8_t bytes[ROLL_ROLLER_FEATURE_LEN];
	RollDecoder decoder;
	RollPacket packet;

	roll_roller_encode_feature(feature, bytes);
	roll_decoder_init(&decoder, &roll_codec_roller);
	g_assert_cmpint(roll_decoder_decode(&decoder, ROLL_UUID_ROLLER_FEATURE, bytes,
					    sizeof(bytes), &packet),
			==, ROLL_DECODED_FEATURE);
	return decoder;
}

static void
test_feature_comes_back(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(1);

	for (unsigned round = 0; round < ROUNDS; round++) {
		RollRollerFeature sent = any_feature(rand);
		RollDecoder decoder = decoder_of(&sent);
		RollSensorFeature *got = &decoder.feature;

		g_assert_cmpfloat_with_epsilon(got->pitch_m, sent.feature.pitch_m, 1e-9);
		g_assert_cmpfloat_with_epsilon(got->radius_m, sent.feature.radius_m, 1e-9);
		g_assert_cmpint(got->body, ==, sent.feature.body);
		g_assert_cmpint(got->has_newtons, ==, sent.feature.has_newtons);
		g_assert_cmpint(got->has_marker, ==, sent.feature.has_marker);
		g_assert_cmpint(got->has_tare, ==, sent.feature.has_tare);
		g_assert_cmpint(got->has_rate, ==, sent.feature.has_rate);
		g_assert_cmpint(got->has_identify, ==, sent.feature.has_identify);
		g_assert_cmpuint(got->period_us, ==, sent.feature.period_us);
		g_assert_cmpuint(got->n_cells, ==, sent.feature.n_cells);
	}
}

static RollSensorVec
any_vec(GRand *rand, double unit)
{
	return (RollSensorVec){
		any_count(rand, -32768, 32768) * (float)unit,
		any_count(rand, -32768, 32768) * (float)unit,
		any_count(rand, -32768, 32768) * (float)unit,
	};
}

static RollPacket
any_packet(GRand *rand, const RollDecoder *decoder)
{
	RollPacket packet = {
		.has_gyro = g_rand_boolean(rand),
		.has_acc = g_rand_boolean(rand),
		.has_force = decoder->feature.n_cells > 0 && g_rand_boolean(rand),
		.has_sequence = true,
		.has_clock = true,
		.is_marked = g_rand_boolean(rand),
		.is_restart = g_rand_boolean(rand),
		.has_newtons = decoder->feature.has_newtons,
		.sequence = (uint16_t)g_rand_int(rand),
		.clock_us = g_rand_int(rand),
		.period_us = decoder->feature.period_us,
		.n_samples = (unsigned)g_rand_int_range(rand, 1, ROLL_ROLLER_SAMPLES_MAX + 1),
	};

	packet.n_cells = packet.has_force ? decoder->feature.n_cells : 0;
	for (unsigned i = 0; i < packet.n_samples; i++) {
		RollSample *sample = &packet.samples[i];

		if (packet.has_gyro)
			sample->turn_radps = any_vec(rand, decoder->turn_radps_per_count);
		if (packet.has_acc)
			sample->pull_mps2 = any_vec(rand, decoder->pull_mps2_per_count);
		for (unsigned cell = 0; cell < packet.n_cells; cell++)
			sample->cell_n[cell] =
				any_count(rand, 0, 65536) * (float)decoder->force_n_per_count;
	}
	return packet;
}

static void
assert_same_packet(const RollPacket *got, const RollPacket *sent)
{
	g_assert_cmpint(got->has_gyro, ==, sent->has_gyro);
	g_assert_cmpint(got->has_acc, ==, sent->has_acc);
	g_assert_cmpint(got->has_force, ==, sent->has_force);
	g_assert_cmpint(got->is_marked, ==, sent->is_marked);
	g_assert_cmpint(got->is_restart, ==, sent->is_restart);
	g_assert_cmpint(got->has_newtons, ==, sent->has_newtons);
	g_assert_cmpuint(got->sequence, ==, sent->sequence);
	g_assert_cmpuint(got->clock_us, ==, sent->clock_us);
	g_assert_cmpuint(got->period_us, ==, sent->period_us);
	g_assert_cmpuint(got->n_cells, ==, sent->n_cells);
	g_assert_cmpuint(got->n_samples, ==, sent->n_samples);
	/* The readings were whole counts, so they come back to the bit. */
	g_assert_cmpmem(got->samples, got->n_samples * sizeof(got->samples[0]), sent->samples,
			sent->n_samples * sizeof(sent->samples[0]));
}

static void
test_packets_come_back(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(2);

	for (unsigned round = 0; round < ROUNDS; round++) {
		uint8_t bytes[8 + 40 * 44];
		RollRollerFeature feature = any_feature(rand);
		RollDecoder decoder = decoder_of(&feature);
		RollPacket sent = any_packet(rand, &decoder), got;
		size_t n_bytes =
			roll_roller_encode_measurement(&feature, &sent, bytes, sizeof(bytes));

		if (!sent.has_gyro && !sent.has_acc && !sent.has_force) {
			g_assert_cmpuint(n_bytes, ==, 0);
			continue;
		}
		g_assert_cmpint(roll_decoder_decode(&decoder, ROLL_UUID_ROLLER_MEASUREMENT, bytes,
						    n_bytes, &got),
				==, ROLL_DECODED_SAMPLES);
		assert_same_packet(&got, &sent);
		/* One byte of room too few, and nothing is encoded. */
		g_assert_cmpuint(
			roll_roller_encode_measurement(&feature, &sent, bytes, n_bytes - 1), ==, 0);
		g_assert_cmpuint(roll_roller_encode_measurement(&feature, &sent, bytes, n_bytes),
				 ==, n_bytes);
	}
}

static const RollRollerFeature bar = {
	.feature = {.has_newtons = true, .period_us = 10000, .n_cells = 1},
	.turn_full_scale_dps = 2000,
	.pull_full_scale_g = 8,
	.force_mn_per_count = 50,
};

static void
test_saturates(void)
{
	const uint8_t right[] = {
		0x07, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
		/* +, -, NaN; -, +, 0; +; */
		0xff, 0x7f, 0x00, 0x80, 0x00, 0x80, 0x00, 0x80, 0xff, 0x7f, 0x00, 0x00, 0xff, 0xff,
		/* half a count rounds away; force below 0 */
		0x01, 0x00, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
	const float count_radps = (float)(2000 * G_PI / 180 / 32768);
	RollPacket packet = {.has_gyro = true, .has_acc = true, .has_force = true, .n_samples = 2};
	uint8_t bytes[64];

	packet.samples[0] = (RollSample){{1e6f, -1e6f, NAN}, {-INFINITY, INFINITY, 0}, {1e9f}};
	packet.samples[1] = (RollSample){
		{0.6f * count_radps, -0.6f * count_radps, 0.4f * count_radps}, {0, 0, 0}, {-5}};
	g_assert_cmpmem(bytes, roll_roller_encode_measurement(&bar, &packet, bytes, sizeof(bytes)),
			right, sizeof(right));
}

static void
test_feature_clamps(void)
{
	RollRollerFeature feature = bar;
	RollDecoder decoder;

	feature.feature.period_us = 1000000;
	feature.feature.n_cells = 99;
	feature.feature.pitch_m = -1;
	feature.feature.radius_m = 1000;
	decoder = decoder_of(&feature);
	g_assert_cmpuint(decoder.feature.period_us, ==, 65535);
	g_assert_cmpuint(decoder.feature.n_cells, ==, 16);
	g_assert_cmpfloat(decoder.feature.pitch_m, ==, 0);
	g_assert_cmpfloat_with_epsilon(decoder.feature.radius_m, 6.5535, 1e-9);
	feature.feature.period_us = 0;
	g_assert_cmpuint(decoder_of(&feature).feature.period_us, ==, 1);
}

static void
test_unencodable(void)
{
	RollPacket packet = {.has_gyro = true};
	uint8_t bytes[8 + 64 * 6];

	g_assert_cmpuint(roll_roller_encode_measurement(&bar, &packet, bytes, sizeof(bytes)), ==,
			 0);
	packet.n_samples = 41;
	g_assert_cmpuint(roll_roller_encode_measurement(&bar, &packet, bytes, sizeof(bytes)), ==,
			 0);
	packet.n_samples = 40;
	g_assert_cmpuint(roll_roller_encode_measurement(&bar, &packet, bytes, sizeof(bytes)), ==,
			 248);
	packet.has_gyro = false;
	g_assert_cmpuint(roll_roller_encode_measurement(&bar, &packet, bytes, sizeof(bytes)), ==,
			 0);
}

static void
test_control_writes(void)
{
	/* Of each op every length; 0x04 alone takes an argument. */
	for (unsigned op = 0; op < 256; op++) {
		for (size_t n_bytes = 1; n_bytes <= 5; n_bytes++) {
			const uint8_t bytes[5] = {(uint8_t)op, 0x20, 0x4e, 0, 0};
			RollControlResult right = ROLL_CONTROL_UNKNOWN_OP;
			uint16_t period_us = 7;
			uint8_t got_op = 0;

			if (op >= 1 && op <= 5)
				right = n_bytes == (op == 4 ? 3 : 1) ? ROLL_CONTROL_DONE
								     : ROLL_CONTROL_BAD_ARGUMENT;
			g_assert_cmpint(
				roll_roller_decode_control(bytes, n_bytes, &got_op, &period_us), ==,
				right);
			g_assert_cmpuint(got_op, ==, op);
			g_assert_cmpuint(period_us, ==, op == 4 && n_bytes == 3 ? 20000 : 7);
		}
	}
}

static void
test_control_faults(void)
{
	const uint8_t no_period[] = {0x04, 0, 0};
	uint16_t period_us = 7;
	uint8_t op = 9;

	g_assert_cmpint(roll_roller_decode_control(NULL, 0, &op, &period_us), ==,
			ROLL_CONTROL_UNKNOWN_OP);
	g_assert_cmpuint(op, ==, 0);
	g_assert_cmpint(roll_roller_decode_control(no_period, 3, &op, &period_us), ==,
			ROLL_CONTROL_BAD_ARGUMENT);
	g_assert_cmpuint(period_us, ==, 7);
}

static void
test_reply(void)
{
	const uint8_t right[] = {0x80, 0x04, 0x03};
	uint8_t bytes[3];

	roll_roller_encode_reply(0x04, ROLL_CONTROL_BAD_ARGUMENT, bytes);
	g_assert_cmpmem(bytes, sizeof(bytes), right, sizeof(right));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/codec-encode/feature comes back", test_feature_comes_back);
	g_test_add_func("/codec-encode/packets come back", test_packets_come_back);
	g_test_add_func("/codec-encode/saturates", test_saturates);
	g_test_add_func("/codec-encode/feature clamps", test_feature_clamps);
	g_test_add_func("/codec-encode/unencodable", test_unencodable);
	g_test_add_func("/codec-encode/control writes", test_control_writes);
	g_test_add_func("/codec-encode/control faults", test_control_faults);
	g_test_add_func("/codec-encode/reply", test_reply);
	return g_test_run();
}
