/* SPDX-License-Identifier: MIT
 *
 * The pure core: bytes to events in memory, beside the decoder alone and beside a loop that only reads
 * the bytes.
 */
#include "tests/bench/bench.h"

#include "daemon/track/track.h"

#include <math.h>

enum { ROUNDS = 5 };

/* What keeps the compiler from leaving the work out. */
typedef struct {
	guint64 sum;
	guint n_events;
} Residue;

typedef void (*Work)(const Bench *bench, Residue *residue);

static void
only_read(const Bench *bench, Residue *residue)
{
	for (guint i = 0; i < bench->values->len; i++) {
		const RollValue *value = &g_array_index(bench->values, RollValue, i);

		for (gsize j = 0; j < value->n_bytes; j++)
			residue->sum = residue->sum * 31 + value->bytes[j];
	}
}

/* track NULL: decodes only. */
static void
decode(const Bench *bench, RollTrack *track, Residue *residue)
{
	RollEvent events[ROLL_EVENTS_MAX];
	RollDecoder decoder;
	RollPacket packet;

	roll_decoder_init(&decoder, roll_codec_find_by_name("roller-profile"));
	for (guint i = 0; i < bench->values->len; i++) {
		const RollValue *value = &g_array_index(bench->values, RollValue, i);

		if (roll_codec_find_by_characteristic(value->uuid) != decoder.codec)
			continue;
		if (roll_decoder_decode(&decoder, value->uuid, value->bytes, value->n_bytes,
					&packet) != ROLL_DECODED_SAMPLES)
			continue;
		residue->sum += packet.sequence;
		if (track)
			residue->n_events +=
				roll_track_feed(track, value->arrival_us, &packet, events);
	}
}

static void
only_decode(const Bench *bench, Residue *residue)
{
	decode(bench, NULL, residue);
}

static void
decode_and_track(const Bench *bench, Residue *residue)
{
	g_autofree RollTrack *track = g_new(RollTrack, 1);
	RollTrackSettings settings;

	roll_track_settings_init(&settings);
	roll_track_init(track, &settings);
	decode(bench, track, residue);
}

/* The best of some rounds: the machine does other things, too. */
static double
find_samples_per_s(const Bench *bench, Work work, Residue *residue)
{
	gint64 best_us = G_MAXINT64;

	for (guint i = 0; i < ROUNDS; i++) {
		gint64 began_us = g_get_monotonic_time();

		work(bench, residue);
		best_us = MIN(best_us, g_get_monotonic_time() - began_us);
	}
	return (double)bench->n_samples * G_USEC_PER_SEC / (double)best_us;
}

gboolean
bench_pure(Bench *bench, GError **error)
{
	Residue residue = {0};
	double read = find_samples_per_s(bench, only_read, &residue);
	double decoded = find_samples_per_s(bench, only_decode, &residue);
	double tracked = find_samples_per_s(bench, decode_and_track, &residue);
	const BenchRow rows[] = {
		{"decoding", "samples/s", decoded, "a loop over the bytes", read, 0.1, INFINITY,
		 ""},
		{"decoding and tracking", "samples/s", tracked, "decoding", decoded, 0.02, INFINITY,
		 "5 million"},
	};

	if (residue.sum == 0 || residue.n_events < 100) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
			    "tracking an hour of rolling: only %u events", residue.n_events);
		return FALSE;
	}
	g_array_append_vals(bench->rows, rows, G_N_ELEMENTS(rows));
	return TRUE;
}
