/* SPDX-License-Identifier: MIT */
#include "tests/accuracy/judge.h"

#include "protocol/sensor/codec-roller.h"
#include "tests/accuracy/plain.h"

#include <math.h>
#include <string.h>

/* A pass is found where it overlaps a true one by this share of their union. */
#define OVERLAP 0.7
#define HOLD_LEAST_US 2000000

static const double zone_edges_m[JUDGE_ZONES + 1] = {-0.99, 0.03, 0.11, 0.20, 0.29, 0.99};

Judgement *
judge_new(void)
{
	Judgement *judgement = g_new0(Judgement, 1);

	judgement->start_off_cm = g_array_new(FALSE, FALSE, sizeof(double));
	judgement->late_s = g_array_new(FALSE, FALSE, sizeof(double));
	return judgement;
}

void
judge_free(Judgement *judgement)
{
	g_array_unref(judgement->start_off_cm);
	g_array_unref(judgement->late_s);
	g_free(judgement);
}

void
judge_init_settings(const World *world, RollTrackSettings *settings)
{
	static const char *const names[JUDGE_ZONES] = {"neck-base", "upper", "mid", "lower",
						       "lumbar"};

	roll_track_settings_init(settings);
	settings->radius_m = world->dials[DIAL_RADIUS_CM] * 0.01;
	settings->start_m = WORLD_START_M;
	settings->is_bar = world->dials[DIAL_BAR] > 0.5;
	settings->head_end_m = WORLD_HEAD_END_M;
	settings->pitch_m = settings->is_bar ? world_bar_get_pitch_m(world) : 0.0;
	settings->n_zones = JUDGE_ZONES;
	for (unsigned i = 0; i < JUDGE_ZONES; i++) {
		g_strlcpy(settings->zones[i].name, names[i], ROLL_ZONE_NAME_MAX);
		settings->zones[i].from_m = zone_edges_m[i];
		settings->zones[i].to_m = zone_edges_m[i + 1];
	}
}

/* ---- The run ---- */

static void
take_events(JudgeRun *run, const RollEvent *events, unsigned n, int64_t arrival_us)
{
	g_array_append_vals(run->events, events, n);
	for (unsigned i = 0; i < n; i++)
		g_array_append_val(run->told_us, arrival_us);
}

JudgeRun *
judge_run(const WorldRecording *recording, const RollTrackSettings *settings,
	  const RollForceMap *map)
{
	JudgeRun *run = g_new0(JudgeRun, 1);
	g_autofree RollEvent *events = g_new(RollEvent, ROLL_EVENTS_MAX);
	g_autofree RollPacket *packet = g_new0(RollPacket, 1);
	RollDecoder decoder;
	int64_t arrival_us = 0;

	run->events = g_array_new(FALSE, FALSE, sizeof(RollEvent));
	run->told_us = g_array_new(FALSE, FALSE, sizeof(int64_t));
	roll_decoder_init(&decoder, &roll_codec_roller);
	roll_track_init(&run->track, settings);
	if (map)
		roll_track_know(&run->track, map);
	g_assert_cmpint(roll_decoder_decode(&decoder, ROLL_UUID_ROLLER_FEATURE, recording->feature,
					    sizeof(recording->feature), packet),
			==, ROLL_DECODED_FEATURE);
	for (unsigned i = 0; i < recording->packets->len; i++) {
		const WorldPacket *sent = &g_array_index(recording->packets, WorldPacket, i);

		g_assert_cmpint(roll_decoder_decode(&decoder, ROLL_UUID_ROLLER_MEASUREMENT,
						    sent->bytes, sent->n_bytes, packet),
				==, ROLL_DECODED_SAMPLES);
		arrival_us = sent->arrival_us;
		take_events(run, events, roll_track_feed(&run->track, arrival_us, packet, events),
			    arrival_us);
	}
	take_events(run, events, roll_track_finish(&run->track, events), arrival_us);
	return run;
}

void
judge_run_free(JudgeRun *run)
{
	g_array_unref(run->events);
	g_array_unref(run->told_us);
	g_free(run);
}

/* ---- The comparison ---- */

typedef struct {
	double share;
	unsigned told, true_one;
} Pair;

static bool
touches_gap(const WorldRecording *recording, const RollEvent *event)
{
	for (unsigned i = 0; i + 1 < recording->gaps->len; i += 2) {
		if (event->start_us < g_array_index(recording->gaps, int64_t, i + 1) &&
		    event->end_us > g_array_index(recording->gaps, int64_t, i))
			return true;
	}
	return false;
}

/* Indices of the passes that count. */
static GArray *
list_passes(const WorldRecording *recording, const GArray *events)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(unsigned));

	for (unsigned i = 0; i < events->len; i++) {
		const RollEvent *event = &g_array_index(events, RollEvent, i);

		if (event->kind == ROLL_EVENT_PASS && !touches_gap(recording, event))
			g_array_append_val(list, i);
	}
	return list;
}

static double
get_overlap(const RollEvent *a, const RollEvent *b)
{
	const double both = (double)(MIN(a->end_us, b->end_us) - MAX(a->start_us, b->start_us));
	const double either = (double)(MAX(a->end_us, b->end_us) - MIN(a->start_us, b->start_us));

	return both > 0.0 && (a->to_m > a->from_m) == (b->to_m > b->from_m) ? both / either : 0.0;
}

static int
compare_pairs(gconstpointer a, gconstpointer b)
{
	const double x = ((const Pair *)a)->share, y = ((const Pair *)b)->share;

	return x < y ? 1 : x > y ? -1 : 0;
}

/* When the first hold after an event is as old as a hold must be. */
static int64_t
find_held_us(const GArray *truth, unsigned event)
{
	for (unsigned i = event + 1; i < truth->len; i++)
		if (g_array_index(truth, RollEvent, i).kind == ROLL_EVENT_HOLD)
			return g_array_index(truth, RollEvent, i).start_us + HOLD_LEAST_US;
	return INT64_MAX;
}

/* The first instant at which it is certain that a true pass was over: 2 cm back, load gone, or the hold that ends the stretch
 * 2 s old. */
static int64_t
find_certain_us(const WorldRecording *recording, const RollEvent *pass, int64_t held_us)
{
	const double sign = pass->to_m > pass->from_m ? 1.0 : -1.0;
	unsigned low = 0, high = recording->truth->len;

	while (low < high) {
		const unsigned mid = (low + high) / 2;

		if (g_array_index(recording->truth, RollReferenceInstant, mid).contact.t_us <
		    pass->end_us)
			low = mid + 1;
		else
			high = mid;
	}
	for (unsigned i = low; i < recording->truth->len; i++) {
		const RollContact *at =
			&g_array_index(recording->truth, RollReferenceInstant, i).contact;

		if (!at->is_loaded || sign * (pass->to_m - at->position_m) >= 0.02 ||
		    at->t_us >= held_us)
			return at->t_us;
	}
	return INT64_MAX;
}

static void
add_pair(Judgement *judgement, const RollEvent *told, const RollEvent *true_one, double late_s)
{
	const double off_cm = 100.0 * fabs(told->from_m - true_one->from_m);

	judgement->n_found++;
	judgement->n_within += off_cm <= 100.0 * told->uncertainty_m;
	judgement->n_within_2 += off_cm <= 200.0 * told->uncertainty_m;
	g_array_append_val(judgement->start_off_cm, off_cm);
	g_array_append_val(judgement->late_s, late_s);
}

static void
list_misses(const Judgement *judgement, const WorldRecording *recording, const char *what,
	    const RollEvent *pass)
{
	const int64_t first_us =
		g_array_index(recording->truth, RollReferenceInstant, 0).contact.t_us;

	if (judgement->misses)
		fprintf(judgement->misses, "    %s %.2f to %.2f s, %.2f to %.2f cm\n", what,
			(double)(pass->start_us - first_us) * 1e-6,
			(double)(pass->end_us - first_us) * 1e-6, 100.0 * pass->from_m,
			100.0 * pass->to_m);
}

static void
add_passes(Judgement *judgement, const WorldRecording *recording, const JudgeRun *run,
	   const GArray *truth)
{
	g_autoptr(GArray) told = list_passes(recording, run->events);
	g_autoptr(GArray) true_ones = list_passes(recording, truth);
	g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
	g_autofree bool *told_taken = g_new0(bool, told->len + 1);
	g_autofree bool *true_taken = g_new0(bool, true_ones->len + 1);

	for (unsigned i = 0, from = 0; i < told->len; i++) {
		const RollEvent *event =
			&g_array_index(run->events, RollEvent, g_array_index(told, unsigned, i));

		for (unsigned k = from; k < true_ones->len; k++) {
			const RollEvent *other = &g_array_index(
				truth, RollEvent, g_array_index(true_ones, unsigned, k));
			const Pair pair = {get_overlap(event, other), i, k};

			if (other->end_us < event->start_us - 60000000)
				from = k;
			if (other->start_us > event->end_us)
				break;
			if (pair.share >= OVERLAP)
				g_array_append_val(pairs, pair);
		}
	}
	g_array_sort(pairs, compare_pairs);
	judgement->n_told += told->len;
	judgement->n_true += true_ones->len;
	for (unsigned i = 0; i < pairs->len; i++) {
		const Pair *pair = &g_array_index(pairs, Pair, i);
		const unsigned t = g_array_index(told, unsigned, pair->told);
		const unsigned k = g_array_index(true_ones, unsigned, pair->true_one);
		const RollEvent *true_one = &g_array_index(truth, RollEvent, k);
		const int64_t certain_us =
			find_certain_us(recording, true_one, find_held_us(truth, k));

		if (told_taken[pair->told] || true_taken[pair->true_one])
			continue;
		told_taken[pair->told] = true_taken[pair->true_one] = true;
		add_pair(judgement, &g_array_index(run->events, RollEvent, t), true_one,
			 (double)(g_array_index(run->told_us, int64_t, t) - certain_us) * 1e-6);
	}
	for (unsigned i = 0; i < told->len; i++)
		if (!told_taken[i])
			list_misses(judgement, recording, "too many",
				    &g_array_index(run->events, RollEvent,
						   g_array_index(told, unsigned, i)));
	for (unsigned i = 0; i < true_ones->len; i++)
		if (!true_taken[i])
			list_misses(judgement, recording, "missed  ",
				    &g_array_index(truth, RollEvent,
						   g_array_index(true_ones, unsigned, i)));
}

static RollSide
get_true_side(const WorldRecording *recording, unsigned i)
{
	const double twist_rad = g_array_index(recording->twists, double, i);

	if (twist_rad > ROLL_SIDE_RAD)
		return ROLL_SIDE_LEFT;
	return twist_rad < -ROLL_SIDE_RAD ? ROLL_SIDE_RIGHT : ROLL_SIDE_CENTRE;
}

/* Seconds that are truly loaded, by zone and side; silences left out. */
static void
add_true_seconds(const WorldRecording *recording, double *zones_s, double *sides_s)
{
	unsigned gap = 0;

	for (unsigned i = 1; i < recording->truth->len; i++) {
		const RollContact *at =
			&g_array_index(recording->truth, RollReferenceInstant, i).contact;
		unsigned zone = 0;

		while (gap + 1 < recording->gaps->len &&
		       g_array_index(recording->gaps, int64_t, gap + 1) < at->t_us)
			gap += 2;
		if (!at->is_loaded || (gap + 1 < recording->gaps->len &&
				       g_array_index(recording->gaps, int64_t, gap) < at->t_us))
			continue;
		while (at->position_m >= zone_edges_m[zone + 1])
			zone++;
		zones_s[zone] += 0.01;
		sides_s[get_true_side(recording, i)] += 0.01;
	}
}

static void
add_plain(Judgement *judgement, const WorldRecording *recording, const JudgeRun *run,
	  const double *zones_s)
{
	double plain_s[ROLL_ZONES_MAX];

	if (!plain_integrate(recording, &run->track.session.settings, plain_s))
		judgement->plain_off_s = NAN;
	for (unsigned i = 0; i < JUDGE_ZONES; i++)
		judgement->plain_off_s += fabs(zones_s[i] - plain_s[i]);
}

static void
add_seconds(Judgement *judgement, const WorldRecording *recording, const JudgeRun *run)
{
	const RollSummary *summary = roll_track_get_summary(&run->track);
	double zones_s[JUDGE_ZONES] = {0}, sides_s[ROLL_SIDES] = {0};

	add_true_seconds(recording, zones_s, sides_s);
	for (unsigned i = 0; i < JUDGE_ZONES; i++) {
		judgement->loaded_s += zones_s[i];
		judgement->zone_off_s += fabs(zones_s[i] - summary->zones[i].loaded_s);
	}
	for (unsigned i = 0; i < ROLL_SIDES && summary->has_sides; i++)
		judgement->sides_off_s += fabs(sides_s[i] - summary->side_s[i]);
	judgement->unsure_s += summary->unsure_s;
	add_plain(judgement, recording, run, zones_s);
}

void
judge_add(Judgement *judgement, const WorldRecording *recording, const JudgeRun *run)
{
	g_autoptr(GArray) truth = g_array_new(FALSE, FALSE, sizeof(RollEvent));

	roll_reference_segment((const RollReferenceInstant *)(const void *)recording->truth->data,
			       recording->truth->len, 0.0, truth);
	add_passes(judgement, recording, run, truth);
	add_seconds(judgement, recording, run);
}

double
judge_get_f1(const Judgement *judgement)
{
	const unsigned n = judgement->n_told + judgement->n_true;

	return n > 0 ? 2.0 * judgement->n_found / n : 1.0;
}

static int
compare_numbers(gconstpointer a, gconstpointer b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y ? 1 : 0;
}

double
judge_get_quantile(GArray *values, double share)
{
	if (values->len == 0)
		return 0.0;
	g_array_sort(values, compare_numbers);
	return g_array_index(values, double, (unsigned)(share * (values->len - 1)));
}
