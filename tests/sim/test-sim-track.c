/* SPDX-License-Identifier: MIT
 *
 * The simulated sensor and the core, through the profile's bytes: what the core finds is what the simulated
 * person did. Neither knows of the other, so this holds the conventions of sign, mounting and time on
 * both sides.
 */
#include "daemon/sim/sim-sensor.h"
#include "daemon/track/track.h"
#include "protocol/sensor/codec-roller.h"

#include <glib.h>
#include <math.h>

#define BEGIN_US G_GINT64_CONSTANT(1790000000000000)

enum { PACKETS = 6000 }; /* ten minutes */

static const RollRollerFeature feature = {
	.feature =
		{
			.body = ROLL_BODY_ROLLER,
			.has_newtons = true,
			.period_us = 10000,
			.n_cells = 1,
			.radius_m = 0.075,
		},
	.turn_full_scale_dps = 2000,
	.pull_full_scale_g = 8,
	.force_mn_per_count = 20,
};

/* Turning points of the truth, by the plain rule of 2 cm back; holds are not looked for. */
typedef struct {
	gboolean is_loaded;
	double from_m, far_m; /* the last turning point, and the farthest place since */
	double legs_m;	      /* sum of the legs of 3 cm or more */
	guint n_legs;
} Reference;

typedef struct {
	RollTrack track;
	RollDecoder decoder;
	RollSimSensor sensor;
	RollSimPacket packet;
	Reference truth;
	double loaded_s;       /* true */
	double worst_m, sum_m; /* error of position while loaded */
	guint n_compared;
	guint n_passes;	 /* told by the core */
	double passes_m; /* sum of their lengths */
} Run;

static void
end_leg(Reference *reference)
{
	double leg_m = fabs(reference->far_m - reference->from_m);

	if (leg_m < 0.03)
		return;
	reference->n_legs++;
	reference->legs_m += leg_m;
}

static void
refer(Reference *reference, const RollSimTruth *truth)
{
	double at_m = truth->contact.value, way_m = reference->far_m - reference->from_m;

	if (!truth->is_loaded) {
		if (reference->is_loaded)
			end_leg(reference);
		reference->is_loaded = FALSE;
	} else if (!reference->is_loaded) {
		reference->is_loaded = TRUE;
		reference->from_m = reference->far_m = at_m;
	} else if (way_m == 0 || (at_m - reference->far_m) * way_m > 0) {
		reference->far_m = at_m;
	} else if (fabs(at_m - reference->far_m) >= 0.02) {
		end_leg(reference);
		reference->from_m = reference->far_m;
		reference->far_m = at_m;
	}
}

static Run *
make_run(guint64 seed)
{
	Run *run = g_new0(Run, 1);
	RollSimSensorSettings sensor_settings;
	RollTrackSettings settings;
	RollSimHabits habits;
	guint8 bytes[ROLL_ROLLER_FEATURE_LEN];
	RollPacket packet;

	roll_sim_habits_init(&habits);
	roll_sim_sensor_settings_init(&sensor_settings);
	roll_sim_sensor_init(&run->sensor, &habits, &sensor_settings, seed);
	roll_track_settings_init(&settings);
	roll_track_init(&run->track, &settings);
	roll_decoder_init(&run->decoder, &roll_codec_roller);
	roll_roller_encode_feature(&feature, bytes);
	g_assert_cmpint(roll_decoder_decode(&run->decoder, ROLL_UUID_ROLLER_FEATURE, bytes,
					    sizeof bytes, &packet),
			==, ROLL_DECODED_FEATURE);
	return run;
}

static void
count_passes(Run *run, const RollEvent *events, guint n_events)
{
	for (guint i = 0; i < n_events; i++) {
		if (events[i].kind != ROLL_EVENT_PASS)
			continue;
		run->n_passes++;
		run->passes_m += fabs(events[i].to_m - events[i].from_m);
	}
}

static void
feed(Run *run)
{
	RollEvent events[ROLL_EVENTS_MAX];
	guint8 bytes[ROLL_VALUE_MAX];
	RollPacket packet;
	gsize n_bytes =
		roll_roller_encode_measurement(&feature, &run->packet.packet, bytes, sizeof bytes);

	g_assert_cmpint(roll_decoder_decode(&run->decoder, ROLL_UUID_ROLLER_MEASUREMENT, bytes,
					    n_bytes, &packet),
			==, ROLL_DECODED_SAMPLES);
	count_passes(
		run, events,
		roll_track_feed(&run->track, BEGIN_US + run->packet.arrival_us, &packet, events));
}

/* The view is of the packet's last sample. */
static void
compare(Run *run)
{
	RollView view = roll_track_get_view(&run->track);
	const RollSimTruth *truth = &run->packet.truths[run->packet.packet.n_samples - 1];
	double error_m = fabs(view.position_m - truth->contact.value);

	if (!view.is_loaded || !truth->is_loaded)
		return;
	run->n_compared++;
	run->sum_m += error_m;
	run->worst_m = fmax(run->worst_m, error_m);
}

static void
run_through(Run *run)
{
	for (guint i = 0; i < PACKETS; i++) {
		roll_sim_sensor_next(&run->sensor, &run->packet);
		for (guint j = 0; j < run->packet.packet.n_samples; j++) {
			run->loaded_s += run->packet.truths[j].is_loaded ? run->packet.period_s : 0;
			refer(&run->truth, &run->packet.truths[j]);
		}
		if (run->packet.is_lost)
			continue;
		feed(run);
		compare(run);
	}
}

static void
test_core_finds_the_truth(void)
{
	for (guint64 seed = 1; seed <= 8; seed++) {
		g_autofree Run *run = make_run(seed);
		const RollSummary *summary = roll_track_get_summary(&run->track);

		run_through(run);
		g_test_message(
			"seed %u: error mean %.1f mm, worst %.1f mm; passes %u of %.3f m, in "
			"truth %u of %.3f m",
			(guint)seed, run->sum_m / run->n_compared * 1000, run->worst_m * 1000,
			run->n_passes, run->passes_m, run->truth.n_legs, run->truth.legs_m);
		g_assert_cmpuint(run->n_compared, >, PACKETS * 3 / 4);
		g_assert_cmpfloat(run->sum_m / run->n_compared, <, 0.004);
		g_assert_cmpfloat(run->worst_m, <, 0.015);
		g_assert_cmpfloat_with_epsilon(summary->loaded_s, run->loaded_s,
					       0.01 * run->loaded_s);
		/* The core parts legs at holds, whose window takes up to 1.5 cm of the way. */
		g_assert_cmpuint(run->n_passes, >=, run->truth.n_legs * 93 / 100);
		g_assert_cmpuint(run->n_passes, <=, run->truth.n_legs * 115 / 100);
		g_assert_cmpfloat_with_epsilon(run->passes_m, run->truth.legs_m,
					       0.08 * run->truth.legs_m);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim-track/core-finds-the-truth", test_core_finds_the_truth);
	return g_test_run();
}
