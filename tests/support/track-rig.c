/* SPDX-License-Identifier: MIT */
#include "tests/support/track-rig.h"

#include "protocol/capture.h"

#include <math.h>
#include <string.h>

/* ---- Streams ---- */

GArray *
roll_rig_load(const char *name)
{
	g_autofree char *path = g_strdup_printf(CAPTURES_FOLDER "/%s.rollcap", name);
	GArray *stream = g_array_new(FALSE, TRUE, sizeof(RollArrived));
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	RollDecoder decoder;

	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);
	lines = g_strsplit(text, "\n", -1);
	roll_decoder_init(&decoder, roll_codec_find_by_name("roller-profile"));
	for (unsigned i = 0; lines[i]; i++) {
		RollArrived arrived = {0};
		const char *fault = NULL;
		RollValue value;

		if (roll_capture_parse_line(lines[i], strlen(lines[i]), &value, &fault) !=
			    ROLL_LINE_VALUE ||
		    !roll_codec_find_by_characteristic(value.uuid) ||
		    roll_decoder_decode(&decoder, value.uuid, value.bytes, value.n_bytes,
					&arrived.packet) != ROLL_DECODED_SAMPLES)
			continue;
		arrived.arrival_us = value.arrival_us;
		g_array_append_val(stream, arrived);
	}
	g_assert_cmpuint(stream->len, >, 500);
	return stream;
}

const RollArrived *
roll_rig_get_arrived(const GArray *stream, unsigned i)
{
	g_assert_cmpuint(i, <, stream->len);
	return &g_array_index(stream, RollArrived, i);
}

/* A packet is full, or the next sample does not follow on its last one. */
static gboolean
is_whole(const RollArrived *arrived, unsigned wanted, uint32_t next_clock_us)
{
	const RollPacket *packet = &arrived->packet;

	return packet->n_samples == wanted ||
	       packet->clock_us + packet->n_samples * packet->period_us != next_clock_us;
}

static void
put_packet(GArray *stream, RollArrived *arrived)
{
	RollPacket *packet = &arrived->packet;
	const int64_t span_us = (int64_t)(packet->n_samples - 1) * packet->period_us;

	arrived->arrival_us += span_us + 5000;
	g_array_append_val(stream, *arrived);
	packet->sequence++;
	packet->n_samples = 0;
}

GArray *
roll_rig_cut_anew(const GArray *stream, unsigned n_samples)
{
	const RollArrived *first = roll_rig_get_arrived(stream, 0);
	GArray *anew = g_array_new(FALSE, TRUE, sizeof(RollArrived));
	g_autoptr(GRand) rand = g_rand_new_with_seed(70);
	RollArrived made = *first;
	unsigned wanted = n_samples ? n_samples : 7;

	made.packet.n_samples = 0;
	for (unsigned i = 0; i < stream->len; i++) {
		const RollPacket *packet = &roll_rig_get_arrived(stream, i)->packet;

		for (unsigned k = 0; k < packet->n_samples; k++) {
			const uint32_t clock_us = packet->clock_us + k * packet->period_us;

			if (made.packet.n_samples > 0 && is_whole(&made, wanted, clock_us)) {
				put_packet(anew, &made);
				wanted = n_samples ? n_samples
						   : (unsigned)g_rand_int_range(rand, 1, 41);
			}
			if (made.packet.n_samples == 0) {
				made.packet.clock_us = clock_us;
				made.arrival_us = first->arrival_us +
						  (int64_t)(clock_us - first->packet.clock_us);
			}
			made.packet.samples[made.packet.n_samples++] = packet->samples[k];
		}
	}
	put_packet(anew, &made);
	return anew;
}

/* ---- Runs ---- */

void
roll_rig_init_settings(RollTrackSettings *settings)
{
	roll_track_settings_init(settings);
	settings->start_m = 0.18;
}

static void
keep(RollRun *run, const RollEvent *events, unsigned n, unsigned n_packets)
{
	g_assert_cmpuint(n, <=, ROLL_EVENTS_MAX);
	g_array_append_vals(run->events, events, n);
	for (unsigned i = 0; i < n; i++)
		g_array_append_val(run->told_at, n_packets);
}

RollRun *
roll_rig_run(const GArray *stream, unsigned n, const RollTrackSettings *settings)
{
	g_autofree RollEvent *events = g_new(RollEvent, ROLL_EVENTS_MAX);
	RollRun *run = g_new0(RollRun, 1);

	run->events = g_array_new(FALSE, TRUE, sizeof(RollEvent));
	run->told_at = g_array_new(FALSE, TRUE, sizeof(unsigned));
	roll_track_init(&run->track, settings);
	for (unsigned i = 0; i < n; i++) {
		const RollArrived *arrived = roll_rig_get_arrived(stream, i);

		keep(run, events,
		     roll_track_feed(&run->track, arrived->arrival_us, &arrived->packet, events),
		     i + 1);
	}
	run->n_early = run->events->len;
	keep(run, events, roll_track_finish(&run->track, events), n);
	return run;
}

void
roll_rig_free(RollRun *run)
{
	if (!run)
		return;
	g_array_unref(run->events);
	g_array_unref(run->told_at);
	g_free(run);
}

const RollEvent *
roll_rig_get_event(const RollRun *run, unsigned i)
{
	g_assert_cmpuint(i, <, run->events->len);
	return &g_array_index(run->events, RollEvent, i);
}

/* ---- Judgement ---- */

static void
assert_same_force(double one, double other)
{
	if (isnan(one))
		g_assert_true(isnan(other));
	else
		g_assert_cmpfloat(one, ==, other);
}

void
roll_rig_assert_alike(const RollRun *one, const RollRun *other, RollLikeness likeness)
{
	g_assert_cmpuint(one->events->len, ==, other->events->len);
	for (unsigned i = 0; i < one->events->len; i++) {
		const RollEvent *a = roll_rig_get_event(one, i), *b = roll_rig_get_event(other, i);

		g_assert_cmpint(a->kind, ==, b->kind);
		g_assert_cmpint(a->is_cut, ==, b->is_cut);
		g_assert_cmpint(ABS(a->start_us + likeness.shift_us - b->start_us), <=,
				likeness.tolerance_us);
		g_assert_cmpint(ABS(a->end_us + likeness.shift_us - b->end_us), <=,
				likeness.tolerance_us);
		g_assert_cmpfloat(fabs(a->from_m - b->from_m), <=, likeness.tolerance_m);
		g_assert_cmpfloat(fabs(a->to_m - b->to_m), <=, likeness.tolerance_m);
		if (likeness.tolerance_m > 0.0 || likeness.tolerance_us > 0)
			continue;
		assert_same_force(a->mean_force, b->mean_force);
		assert_same_force(a->peak_force, b->peak_force);
	}
}

/* All finite, none below nought. */
static double
add_up(const RollSum *sums, unsigned n)
{
	double loaded_s = 0.0;

	for (unsigned i = 0; i < n; i++) {
		g_assert_true(isfinite(sums[i].loaded_s) && sums[i].loaded_s >= 0.0);
		g_assert_true(isfinite(sums[i].force_s));
		g_assert_true(isfinite(sums[i].peak_force));
		g_assert_true(isfinite(sums[i].moving_s) && sums[i].moving_s >= 0.0);
		g_assert_true(isfinite(sums[i].travel_m) && sums[i].travel_m >= 0.0);
		loaded_s += sums[i].loaded_s;
	}
	return loaded_s;
}

void
roll_rig_assert_valid(const RollTrack *track)
{
	const RollSummary *summary = roll_track_get_summary(track);
	const RollView view = roll_track_get_view(track);
	const double tolerance_s = 1e-6 + summary->loaded_s * 1e-9;
	double side_s = 0.0;

	g_assert_true(isfinite(summary->loaded_s) && summary->loaded_s >= 0.0);
	g_assert_true(isfinite(summary->lost_s) && summary->lost_s >= 0.0);
	g_assert_true(isfinite(view.position_m) && isfinite(view.speed_mps));
	g_assert_true(isfinite(view.tilt_rad));
	g_assert_cmpfloat(add_up(summary->zones, ROLL_ZONES_MAX), <=,
			  summary->loaded_s + tolerance_s);
	g_assert_cmpfloat_with_epsilon(add_up(summary->slices, ROLL_SLICES_MAX) +
					       summary->unplaced_s,
				       summary->loaded_s, tolerance_s);
	g_assert_cmpfloat(summary->unsure_s, >=, 0.0);
	g_assert_cmpfloat(summary->unsure_s, <=, summary->loaded_s + tolerance_s);
	for (unsigned i = 0; i < ROLL_SIDES; i++)
		side_s += summary->side_s[i];
	g_assert_cmpfloat_with_epsilon(side_s, summary->loaded_s, tolerance_s);
	g_assert_cmpint(summary->start_us, <=, summary->end_us);
}

void
roll_rig_assert_valid_events(const RollEvent *events, unsigned n)
{
	g_assert_cmpuint(n, <=, ROLL_EVENTS_MAX);
	for (unsigned i = 0; i < n; i++) {
		g_assert_cmpint(events[i].kind, <=, ROLL_EVENT_MARK);
		g_assert_cmpint(events[i].start_us, <=, events[i].end_us);
		g_assert_true(isfinite(events[i].from_m) && isfinite(events[i].to_m));
	}
}
