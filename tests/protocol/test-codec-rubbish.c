/* SPDX-License-Identifier: MIT
 *
 * Every decoder holds for any bytes at all: random ones, and valid ones with a few bytes changed, cut or
 * added. The seed is fixed; under the sanitizers a byte read too much ends the test.
 */
#include "protocol/sensor/codec-roller.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum {
	ROUNDS = 300000,
};

static const uint8_t feature_seed[] = {0x01, 0x00, 0x1f, 0x00, 0x10, 0x27, 0xd0, 0x07,
				       0x08, 0x00, 0x04, 0x32, 0x28, 0x00, 0xee, 0x02};
static const uint8_t packet_seed[8 + 2 * 20] = {0x07, 0x02};

static void
assert_sane(const RollDecoder *decoder, RollDecoded decoded, const RollPacket *packet)
{
	switch (decoded) {
	case ROLL_DECODED_SAMPLES:
		g_assert_cmpuint(packet->n_samples, >=, 1);
		g_assert_cmpuint(packet->n_samples, <=, ROLL_PACKET_SAMPLES_MAX);
		g_assert_cmpuint(packet->n_cells, <=, ROLL_CELLS_MAX);
		g_assert_cmpuint(packet->period_us, >, 0);
		for (unsigned i = 0; i < packet->n_samples; i++) {
			g_assert_true(isfinite(packet->samples[i].turn_radps.x));
			g_assert_true(isfinite(packet->samples[i].pull_mps2.z));
			for (unsigned cell = 0; cell < packet->n_cells; cell++)
				g_assert_true(packet->samples[i].cell_n[cell] >= 0);
		}
		break;
	case ROLL_DECODED_FEATURE:
		g_assert_true(decoder->has_feature);
		g_assert_cmpuint(decoder->feature.n_cells, <=, ROLL_CELLS_MAX);
		g_assert_cmpuint(decoder->feature.period_us, >, 0);
		break;
	case ROLL_DECODED_REPLY:
		break;
	case ROLL_DECODED_REFUSED:
		g_assert_nonnull(decoder->refusal);
		g_assert_cmpuint(strlen(decoder->refusal), >, 0);
		break;
	default:
		g_assert_not_reached();
	}
}

static void
decode_and_check(RollDecoder *decoder, const char *uuid, const uint8_t *bytes, size_t n_bytes)
{
	g_autofree uint8_t *copy = n_bytes > 0 ? g_memdup2(bytes, n_bytes) : NULL;
	RollPacket packet;

	assert_sane(decoder, roll_decoder_decode(decoder, uuid, copy, n_bytes, &packet), &packet);
}

static const char *
any_uuid(GRand *rand, const RollCodec *codec)
{
	unsigned n_uuids = 0;

	while (n_uuids < ROLL_CODEC_UUIDS_MAX && codec->uuids[n_uuids])
		n_uuids++;
	return codec->uuids[g_rand_int_range(rand, 0, (int)n_uuids)];
}

static void
test_random_bytes(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(3);

	for (const RollCodec *const *codec = roll_codecs_get(); *codec; codec++) {
		RollDecoder decoder;

		roll_decoder_init(&decoder, *codec);
		for (unsigned round = 0; round < ROUNDS; round++) {
			uint8_t bytes[ROLL_VALUE_MAX];
			/* Mostly short: that is where the formats are. */
			size_t n_bytes = (size_t)g_rand_int_range(
				rand, 0, round % 16 == 0 ? ROLL_VALUE_MAX + 1 : 48);

			for (size_t i = 0; i < n_bytes; i++)
				bytes[i] = (uint8_t)g_rand_int(rand);
			decode_and_check(&decoder, any_uuid(rand, *codec), bytes, n_bytes);
		}
	}
}

static size_t
spoil(GRand *rand, const uint8_t *seed, size_t n_seed, uint8_t *ret_bytes)
{
	size_t n_bytes = n_seed;

	memcpy(ret_bytes, seed, n_seed);
	for (int change = g_rand_int_range(rand, 0, 4); change > 0; change--)
		ret_bytes[g_rand_int_range(rand, 0, (int)n_seed)] = (uint8_t)g_rand_int(rand);
	if (g_rand_int_range(rand, 0, 4) == 0)
		n_bytes = (size_t)g_rand_int_range(rand, 0, (int)n_seed + 8);
	for (size_t i = n_seed; i < n_bytes; i++)
		ret_bytes[i] = (uint8_t)g_rand_int(rand);
	return n_bytes;
}

static void
test_spoiled_values(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(4);
	RollDecoder decoder;

	roll_decoder_init(&decoder, &roll_codec_roller);
	for (unsigned round = 0; round < ROUNDS; round++) {
		uint8_t bytes[sizeof(packet_seed) + 8];
		size_t n_bytes = spoil(rand, packet_seed, sizeof(packet_seed), bytes);

		decode_and_check(&decoder, ROLL_UUID_ROLLER_MEASUREMENT, bytes, n_bytes);
		if (round % 8 != 0)
			continue;
		n_bytes = spoil(rand, feature_seed, sizeof(feature_seed), bytes);
		decode_and_check(&decoder, ROLL_UUID_ROLLER_FEATURE, bytes, n_bytes);
	}
	g_assert_true(decoder.has_feature);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/codec-rubbish/random bytes", test_random_bytes);
	g_test_add_func("/codec-rubbish/spoiled values", test_spoiled_values);
	return g_test_run();
}
