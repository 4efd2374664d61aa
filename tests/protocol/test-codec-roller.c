/* SPDX-License-Identifier: MIT
 *
 * The decoder of the Roller Sensor Profile against vectors made by hand from the profile's tables.
 */
#include "protocol/sensor/codec-roller.h"

#include <glib.h>
#include <string.h>

#define RADPS_PER_DPS (G_PI / 180)

/* Bar, all features, 20 ms, 500 dps, 4 g, 2 cells of 50 mN, pitch 40.0 mm, radius 7.5 cm. */
static const uint8_t bar_feature[] = {0x01, 0x01, 0x1f, 0x00, 0x20, 0x4e, 0xf4, 0x01,
				      0x04, 0x00, 0x02, 0x32, 0x90, 0x01, 0xee, 0x02};

/* All parts, marker and restart, 2 samples, sequence 0x1234, clock 0x89abcdef. */
static const uint8_t full_packet[] = {
	0x1f, 0x02, 0x34, 0x12, 0xef, 0xcd, 0xab, 0x89,
	/* turn: -32768, 1, 32767; pull: 8192, 0, -8192; force: 0, 65535 */
	0x00, 0x80, 0x01, 0x00, 0xff, 0x7f, 0x00, 0x20, 0x00, 0x00, 0x00, 0xe0, 0x00, 0x00, 0xff,
	0xff,
	/* turn: 0, 0, 16384; pull: 0, 0, 1; force: 20, 1 */
	0x00, 0x00, 0x00, 0x00, 0x00, 0x40, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x14, 0x00, 0x01,
	0x00};

static RollDecoded
decode(RollDecoder *decoder, const char *uuid, const uint8_t *bytes, size_t n_bytes,
       RollPacket *ret_packet)
{
	/* A copy exactly as long, so that the sanitizer sees each byte read too much. */
	g_autofree uint8_t *copy = n_bytes > 0 ? g_memdup2(bytes, n_bytes) : NULL;

	return roll_decoder_decode(decoder, uuid, copy, n_bytes, ret_packet);
}

static RollDecoded
give_feature(RollDecoder *decoder, const uint8_t *bytes, size_t n_bytes)
{
	RollPacket untouched;

	return decode(decoder, ROLL_UUID_ROLLER_FEATURE, bytes, n_bytes, &untouched);
}

static RollDecoder
bar_decoder(void)
{
	RollDecoder decoder;

	roll_decoder_init(&decoder, &roll_codec_roller);
	g_assert_cmpint(give_feature(&decoder, bar_feature, sizeof(bar_feature)), ==,
			ROLL_DECODED_FEATURE);
	return decoder;
}

static void
assert_refused(RollDecoder *decoder, const uint8_t *bytes, size_t n_bytes, const char *told)
{
	RollPacket packet, before;

	memset(&packet, 0xa5, sizeof(packet));
	before = packet;
	g_assert_cmpint(decode(decoder, ROLL_UUID_ROLLER_MEASUREMENT, bytes, n_bytes, &packet), ==,
			ROLL_DECODED_REFUSED);
	g_assert_nonnull(strstr(decoder->refusal, told));
	g_assert_cmpmem(&packet, sizeof(packet), &before, sizeof(before));
}

static void
test_feature(void)
{
	RollDecoder decoder = bar_decoder();
	const RollSensorFeature *feature = &decoder.feature;

	g_assert_true(decoder.has_feature);
	g_assert_cmpint(feature->body, ==, ROLL_BODY_BAR);
	g_assert_true(feature->has_newtons && feature->has_marker && feature->has_tare &&
		      feature->has_rate && feature->has_identify);
	g_assert_cmpuint(feature->period_us, ==, 20000);
	g_assert_cmpuint(feature->n_cells, ==, 2);
	g_assert_cmpfloat_with_epsilon(feature->pitch_m, 0.04, 1e-12);
	g_assert_cmpfloat_with_epsilon(feature->radius_m, 0.075, 1e-12);
}

static void
test_feature_bits_one_by_one(void)
{
	for (unsigned bit = 0; bit < 16; bit++) {
		uint8_t bytes[sizeof(bar_feature)];
		RollDecoder decoder;

		memcpy(bytes, bar_feature, sizeof(bytes));
		bytes[2] = (uint8_t)(1u << bit);
		bytes[3] = (uint8_t)((1u << bit) >> 8);
		roll_decoder_init(&decoder, &roll_codec_roller);
		g_assert_cmpint(give_feature(&decoder, bytes, sizeof(bytes)), ==,
				ROLL_DECODED_FEATURE);
		g_assert_cmpint(decoder.feature.has_newtons, ==, bit == 0);
		g_assert_cmpint(decoder.feature.has_marker, ==, bit == 1);
		g_assert_cmpint(decoder.feature.has_tare, ==, bit == 2);
		g_assert_cmpint(decoder.feature.has_rate, ==, bit == 3);
		g_assert_cmpint(decoder.feature.has_identify, ==, bit == 4);
	}
}

static void
test_bodies(void)
{
	for (unsigned byte = 0; byte < 256; byte++) {
		uint8_t bytes[sizeof(bar_feature)];
		RollDecoder decoder;
		bool is_known = byte <= 1 || byte == 255;

		memcpy(bytes, bar_feature, sizeof(bytes));
		bytes[1] = (uint8_t)byte;
		roll_decoder_init(&decoder, &roll_codec_roller);
		g_assert_cmpint(give_feature(&decoder, bytes, sizeof(bytes)), ==,
				is_known ? ROLL_DECODED_FEATURE : ROLL_DECODED_REFUSED);
		if (is_known)
			g_assert_cmpint(decoder.feature.body, ==,
					byte == 0   ? ROLL_BODY_ROLLER
					: byte == 1 ? ROLL_BODY_BAR
						    : ROLL_BODY_UNSAID);
	}
}

static void
assert_feature_refused(unsigned at, uint8_t first, uint8_t second, const char *told)
{
	RollDecoder decoder = bar_decoder();
	RollDecoder before = decoder;
	uint8_t bytes[sizeof(bar_feature)];

	memcpy(bytes, bar_feature, sizeof(bytes));
	bytes[at] = first;
	bytes[at + 1] = second;
	g_assert_cmpint(give_feature(&decoder, bytes, sizeof(bytes)), ==, ROLL_DECODED_REFUSED);
	g_assert_nonnull(strstr(decoder.refusal, told));
	/* What was known before still holds. */
	before.refusal = decoder.refusal;
	g_assert_cmpmem(&decoder.feature, sizeof(decoder.feature), &before.feature,
			sizeof(before.feature));
	g_assert_true(decoder.has_feature);
	g_assert_cmpfloat(decoder.force_n_per_count, ==, before.force_n_per_count);
}

static void
test_feature_refused(void)
{
	assert_feature_refused(0, 0, 1, "version");
	assert_feature_refused(0, 2, 1, "version");
	assert_feature_refused(1, 2, 0x1f, "body");
	assert_feature_refused(4, 0, 0, "period");
	assert_feature_refused(10, 17, 50, "cells");
	assert_feature_refused(10, 255, 50, "cells");
}

static void
test_feature_length(void)
{
	for (size_t n_bytes = 0; n_bytes <= 40; n_bytes++) {
		uint8_t bytes[40] = {0};
		RollDecoder decoder;

		memcpy(bytes, bar_feature, sizeof(bar_feature));
		roll_decoder_init(&decoder, &roll_codec_roller);
		g_assert_cmpint(give_feature(&decoder, bytes, n_bytes), ==,
				n_bytes == 16 ? ROLL_DECODED_FEATURE : ROLL_DECODED_REFUSED);
		g_assert_cmpint(decoder.has_feature, ==, n_bytes == 16);
	}
}

static void
test_measurement(void)
{
	RollDecoder decoder = bar_decoder();
	RollPacket packet;
	const RollSample *first = &packet.samples[0], *second = &packet.samples[1];

	g_assert_cmpint(decode(&decoder, ROLL_UUID_ROLLER_MEASUREMENT, full_packet,
			       sizeof(full_packet), &packet),
			==, ROLL_DECODED_SAMPLES);
	g_assert_true(packet.has_gyro && packet.has_acc && packet.has_force && packet.has_newtons);
	g_assert_true(packet.has_sequence && packet.has_clock);
	g_assert_true(packet.is_marked && packet.is_restart);
	g_assert_cmpuint(packet.sequence, ==, 0x1234);
	g_assert_cmpuint(packet.clock_us, ==, 0x89abcdef);
	g_assert_cmpuint(packet.period_us, ==, 20000);
	g_assert_cmpuint(packet.n_cells, ==, 2);
	g_assert_cmpuint(packet.n_samples, ==, 2);

	g_assert_cmpfloat_with_epsilon(first->turn_radps.x, -500 * RADPS_PER_DPS, 1e-5);
	g_assert_cmpfloat_with_epsilon(first->turn_radps.y, 500.0 / 32768 * RADPS_PER_DPS, 1e-9);
	g_assert_cmpfloat_with_epsilon(first->turn_radps.z, 500.0 * 32767 / 32768 * RADPS_PER_DPS,
				       1e-5);
	g_assert_cmpfloat_with_epsilon(first->pull_mps2.x, ROLL_G_MPS2, 1e-5);
	g_assert_cmpfloat(first->pull_mps2.y, ==, 0);
	g_assert_cmpfloat_with_epsilon(first->pull_mps2.z, -ROLL_G_MPS2, 1e-5);
	g_assert_cmpfloat(first->cell_n[0], ==, 0);
	g_assert_cmpfloat_with_epsilon(first->cell_n[1], 3276.75, 1e-3);
	g_assert_cmpfloat_with_epsilon(second->turn_radps.z, 250 * RADPS_PER_DPS, 1e-5);
	g_assert_cmpfloat_with_epsilon(second->pull_mps2.z, 4 * ROLL_G_MPS2 / 32768, 1e-8);
	g_assert_cmpfloat_with_epsilon(second->cell_n[0], 1.0, 1e-6);
	g_assert_cmpfloat_with_epsilon(second->cell_n[1], 0.05, 1e-7);
}

/* Every combination of the five flags with every length near the right one. */
static void
test_flags_and_lengths(void)
{
	RollDecoder decoder = bar_decoder();

	for (unsigned flags = 0; flags < 256; flags++) {
		size_t sample_len = (flags & 1 ? 6 : 0) + (flags & 2 ? 6 : 0) + (flags & 4 ? 4 : 0);
		size_t right_len = 8 + 3 * sample_len;

		for (size_t n_bytes = 0; n_bytes <= right_len + 8; n_bytes++) {
			uint8_t bytes[80] = {(uint8_t)flags, 3};
			RollPacket packet;
			bool is_right = flags < 0x20 && n_bytes == right_len;

			g_assert_cmpint(decode(&decoder, ROLL_UUID_ROLLER_MEASUREMENT, bytes,
					       n_bytes, &packet),
					==, is_right ? ROLL_DECODED_SAMPLES : ROLL_DECODED_REFUSED);
			if (!is_right)
				continue;
			g_assert_cmpint(packet.has_gyro, ==, !!(flags & 1));
			g_assert_cmpint(packet.has_acc, ==, !!(flags & 2));
			g_assert_cmpint(packet.has_force, ==, !!(flags & 4));
			g_assert_cmpuint(packet.n_cells, ==, flags & 4 ? 2 : 0);
			g_assert_cmpint(packet.is_marked, ==, !!(flags & 8));
			g_assert_cmpint(packet.is_restart, ==, !!(flags & 16));
		}
	}
}

static void
test_reserved_flags(void)
{
	RollDecoder decoder = bar_decoder();

	for (unsigned bit = 5; bit < 8; bit++) {
		uint8_t bytes[sizeof(full_packet)];

		memcpy(bytes, full_packet, sizeof(bytes));
		bytes[0] |= (uint8_t)(1u << bit);
		assert_refused(&decoder, bytes, sizeof(bytes), "reserved");
	}
}

static void
test_counts(void)
{
	RollDecoder decoder = bar_decoder();

	for (unsigned count = 0; count < 256; count++) {
		g_autofree uint8_t *bytes = g_malloc0(8 + count * 6);
		RollPacket packet;

		bytes[0] = 1;
		bytes[1] = (uint8_t)count;
		if (count < 1 || count > 40) {
			assert_refused(&decoder, bytes, 8 + count * 6, "count");
			continue;
		}
		g_assert_cmpint(decode(&decoder, ROLL_UUID_ROLLER_MEASUREMENT, bytes, 8 + count * 6,
				       &packet),
				==, ROLL_DECODED_SAMPLES);
		g_assert_cmpuint(packet.n_samples, ==, count);
	}
}

static void
test_needs_feature(void)
{
	RollDecoder decoder;

	roll_decoder_init(&decoder, &roll_codec_roller);
	assert_refused(&decoder, full_packet, sizeof(full_packet), "measurement before feature");
	assert_refused(&decoder, NULL, 0, "measurement before feature");
	g_assert_cmpint(give_feature(&decoder, bar_feature, 15), ==, ROLL_DECODED_REFUSED);
	assert_refused(&decoder, full_packet, sizeof(full_packet), "measurement before feature");
}

/* Counts, not newtons: told so, by the factor or by the bit. */
static void
assert_counts(uint8_t bits, uint8_t force_mn)
{
	uint8_t bytes[sizeof(bar_feature)];
	RollDecoder decoder;
	RollPacket packet;

	memcpy(bytes, bar_feature, sizeof(bytes));
	bytes[2] = bits;
	bytes[11] = force_mn;
	roll_decoder_init(&decoder, &roll_codec_roller);
	g_assert_cmpint(give_feature(&decoder, bytes, sizeof(bytes)), ==, ROLL_DECODED_FEATURE);
	g_assert_cmpint(decode(&decoder, ROLL_UUID_ROLLER_MEASUREMENT, full_packet,
			       sizeof(full_packet), &packet),
			==, ROLL_DECODED_SAMPLES);
	g_assert_true(packet.has_force);
	g_assert_false(packet.has_newtons);
	g_assert_cmpfloat(packet.samples[0].cell_n[1], ==, 65535);
	g_assert_cmpfloat(packet.samples[1].cell_n[0], ==, 20);
}

static void
test_uncalibrated_force(void)
{
	assert_counts(0x1f, 0);
	assert_counts(0x1e, 0);
	assert_counts(0x1e, 50);
}

/* A part that the feature gives no scale or cells for is not measured, though the flags claim it. */
static void
test_part_without_scale(void)
{
	uint8_t bytes[sizeof(bar_feature)];
	const uint8_t packet_bytes[20] = {0x07, 0x01};
	RollDecoder decoder;
	RollPacket packet;

	memcpy(bytes, bar_feature, sizeof(bytes));
	memset(bytes + 6, 0, 5); /* gyroscope, accelerometer, cells */
	roll_decoder_init(&decoder, &roll_codec_roller);
	g_assert_cmpint(give_feature(&decoder, bytes, sizeof(bytes)), ==, ROLL_DECODED_FEATURE);
	g_assert_cmpint(decode(&decoder, ROLL_UUID_ROLLER_MEASUREMENT, packet_bytes,
			       sizeof(packet_bytes), &packet),
			==, ROLL_DECODED_SAMPLES);
	g_assert_false(packet.has_gyro || packet.has_acc || packet.has_force);
}

static void
test_unmeasured_is_zero(void)
{
	RollDecoder decoder = bar_decoder();
	const uint8_t bytes[14] = {0x01, 0x01, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
	const RollSample zero = {0};
	RollPacket packet;

	memset(&packet, 0xa5, sizeof(packet));
	g_assert_cmpint(
		decode(&decoder, ROLL_UUID_ROLLER_MEASUREMENT, bytes, sizeof(bytes), &packet), ==,
		ROLL_DECODED_SAMPLES);
	g_assert_cmpmem(&packet.samples[0].pull_mps2, sizeof(zero.pull_mps2), &zero.pull_mps2,
			sizeof(zero.pull_mps2));
	g_assert_cmpmem(packet.samples[0].cell_n, sizeof(zero.cell_n), zero.cell_n,
			sizeof(zero.cell_n));
}

static void
test_replies(void)
{
	RollDecoder decoder = bar_decoder();
	const uint8_t bytes[] = {0x80, 0x03, 0x01, 0x00};
	const uint8_t unmarked[] = {0x81, 0x03, 0x01};
	RollPacket packet;

	for (size_t n_bytes = 0; n_bytes <= sizeof(bytes); n_bytes++)
		g_assert_cmpint(decode(&decoder, ROLL_UUID_ROLLER_CONTROL, bytes, n_bytes, &packet),
				==, n_bytes == 3 ? ROLL_DECODED_REPLY : ROLL_DECODED_REFUSED);
	g_assert_cmpint(
		decode(&decoder, ROLL_UUID_ROLLER_CONTROL, unmarked, sizeof(unmarked), &packet), ==,
		ROLL_DECODED_REFUSED);
	g_assert_cmpint(decode(&decoder, ROLL_UUID_BATTERY_LEVEL, bytes, 1, &packet), ==,
			ROLL_DECODED_REFUSED);
}

static void
assert_command(const RollDecoder *decoder, RollCommand command, uint8_t op)
{
	RollWrite writes[ROLL_CODEC_WRITES_MAX];

	g_assert_cmpuint(roll_codec_roller.command(decoder, command, writes), ==, 1);
	g_assert_cmpstr(writes[0].uuid, ==, "526f6c6c-0004-4265-a173-746965426172");
	g_assert_cmpmem(writes[0].bytes, writes[0].n_bytes, &op, 1);
	g_assert_true(writes[0].with_response);
}

static void
test_commands(void)
{
	RollDecoder decoder = bar_decoder();
	RollWrite writes[ROLL_CODEC_WRITES_MAX];

	assert_command(&decoder, ROLL_COMMAND_START, 0x01);
	assert_command(&decoder, ROLL_COMMAND_STOP, 0x02);
	assert_command(&decoder, ROLL_COMMAND_TARE, 0x03);
	assert_command(&decoder, ROLL_COMMAND_IDENTIFY, 0x05);

	decoder.feature.has_tare = false;
	decoder.feature.has_identify = false;
	g_assert_cmpuint(roll_codec_roller.command(&decoder, ROLL_COMMAND_TARE, writes), ==, 0);
	g_assert_cmpuint(roll_codec_roller.command(&decoder, ROLL_COMMAND_IDENTIFY, writes), ==, 0);
}

static void
test_finders(void)
{
	const RollCodec *roller = &roll_codec_roller;

	g_assert_true(roll_codecs_get()[0] != NULL);
	g_assert_true(roll_codec_find_by_service("526f6c6c-0001-4265-a173-746965426172") == roller);
	g_assert_true(roll_codec_find_by_name("roller-profile") == roller);
	g_assert_true(roll_codec_find_by_characteristic("526f6c6c-0002-4265-a173-746965426172") ==
		      roller);
	g_assert_true(roll_codec_find_by_characteristic("526f6c6c-0003-4265-a173-746965426172") ==
		      roller);
	g_assert_true(roll_codec_find_by_characteristic("526f6c6c-0004-4265-a173-746965426172") ==
		      roller);
	g_assert_null(roll_codec_find_by_characteristic(ROLL_UUID_BATTERY_LEVEL));
	g_assert_null(roll_codec_find_by_characteristic(""));
	g_assert_null(roll_codec_find_by_service(ROLL_UUID_ROLLER_FEATURE));
	g_assert_null(roll_codec_find_by_name("roller"));
	g_assert_null(roll_codec_find_by_device_name(NULL));
	g_assert_null(roll_codec_find_by_device_name("Some other device"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/codec-roller/feature", test_feature);
	g_test_add_func("/codec-roller/feature bits one by one", test_feature_bits_one_by_one);
	g_test_add_func("/codec-roller/bodies", test_bodies);
	g_test_add_func("/codec-roller/feature refused", test_feature_refused);
	g_test_add_func("/codec-roller/feature length", test_feature_length);
	g_test_add_func("/codec-roller/measurement", test_measurement);
	g_test_add_func("/codec-roller/flags and lengths", test_flags_and_lengths);
	g_test_add_func("/codec-roller/reserved flags", test_reserved_flags);
	g_test_add_func("/codec-roller/counts", test_counts);
	g_test_add_func("/codec-roller/measurement needs the feature", test_needs_feature);
	g_test_add_func("/codec-roller/uncalibrated force", test_uncalibrated_force);
	g_test_add_func("/codec-roller/part without scale", test_part_without_scale);
	g_test_add_func("/codec-roller/unmeasured is zero", test_unmeasured_is_zero);
	g_test_add_func("/codec-roller/replies", test_replies);
	g_test_add_func("/codec-roller/commands", test_commands);
	g_test_add_func("/codec-roller/finders", test_finders);
	return g_test_run();
}
