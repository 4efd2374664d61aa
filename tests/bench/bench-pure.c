/* SPDX-License-Identifier: MIT
 *
 * The pure core: bytes to events in memory, beside the decoder alone and beside a loop that only reads
 * the bytes.
 */
#include "tests/bench/bench.h"

#include "daemon/track/track.h"

#include <math.h>
#include <time.h>

enum { ROUNDS = 7 };

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

/* Processor time of this program: it does not run on while others have the processor. */
static double
get_cpu_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The best of some rounds, in samples a second, of each of the works; in turn, so that a slow moment of the
 * machine falls on all. */
static void
find_speeds(const Bench *bench, const Work *works, guint n_works, double *ret_speeds,
	    Residue *residue)
{
	for (guint i = 0; i < n_works; i++)
		ret_speeds[i] = 0;
	for (guint i = 0; i < ROUNDS * n_works; i++) {
		double began_s = get_cpu_s();

		works[i % n_works](bench, residue);
		ret_speeds[i % n_works] = fmax(ret_speeds[i % n_works],
					       (double)bench->n_samples / (get_cpu_s() - began_s));
	}
}

gboolean
bench_pure(Bench *bench, GError **error)
{
	static const Work works[] = {only_read, only_decode, decode_and_track};
	double speeds[G_N_ELEMENTS(works)];
	Residue residue = {0};

	find_speeds(bench, works, G_N_ELEMENTS(works), speeds, &residue);
	const BenchRow rows[] = {
		{"decoding", "samples/s", speeds[1], "a loop over the bytes", speeds[0], 0.1,
		 INFINITY, ""},
		{"decoding and tracking", "samples/s", speeds[2], "decoding", speeds[1], 0.01,
		 INFINITY, "5 million"},
	};

	if (residue.sum == 0 || residue.n_events < 100) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
			    "tracking an hour of rolling: only %u events", residue.n_events);
		return FALSE;
	}
	g_array_append_vals(bench->rows, rows, G_N_ELEMENTS(rows));
	return TRUE;
}
