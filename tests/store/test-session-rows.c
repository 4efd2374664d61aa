/* SPDX-License-Identifier: MIT
 *
 * What is known of how sure a session's places are goes into its rows; what is not known is NULL there.
 */
#include "tests/store/store-rig.h"

#include "daemon/store/store-session.h"

#include <math.h>

static void
put_origin(RollStore *store, RollSessionRows *rows)
{
	const RollSensorRow sensor = {
		.id = 1, .address = RIG_SENSOR, .battery_pct = -1, .first_us = 1, .last_us = 9};
	const RollRecordingRow recording = {.id = 1, .sensor = 1, .first_us = 1, .last_us = 9};
	GError *error = NULL;

	g_assert_true(roll_store_put_sensor(store, &sensor, &error));
	g_assert_true(roll_store_put_recording(store, &recording, &error));
	g_assert_true(roll_store_put_spine(store, 0.44, FALSE, &rows->spine, &error));
}

static RollEvent
make_event(RollEventKind kind, double uncertainty_m)
{
	return (RollEvent){.kind = kind,
			   .start_us = 1,
			   .end_us = 2,
			   .from_m = 0.1,
			   .to_m = 0.2,
			   .uncertainty_m = uncertainty_m};
}

/* A session's rows, written with these sums. */
static void
put_session(RollStore *store, const RollSessionRows *rows, double unsure_s, double unplaced_s)
{
	RollSummary summary = {
		.has_begun = TRUE, .loaded_s = 60, .unsure_s = unsure_s, .unplaced_s = unplaced_s};
	RollSessionRows with_sums = *rows;
	GError *error = NULL;

	with_sums.summary = &summary;
	g_assert_true(roll_store_put_session(store, &with_sums, &error));
	g_assert_no_error(error);
}

static void
test_uncertainty(void)
{
	const RollEvent events[] = {
		make_event(ROLL_EVENT_PASS, 0.0125),   make_event(ROLL_EVENT_PASS, 0),
		make_event(ROLL_EVENT_PASS, INFINITY), make_event(ROLL_EVENT_HOLD, 0.004),
		make_event(ROLL_EVENT_HOLD, NAN),      make_event(ROLL_EVENT_MARK, 0.02),
		make_event(ROLL_EVENT_MARK, INFINITY), make_event(ROLL_EVENT_GAP, INFINITY),
	};
	RollTrackSettings settings;
	RollSessionRows rows = {.session = 1,
				.recording = 1,
				.sensor = 1,
				.person = "me",
				.settings = &settings,
				.settings_text = "",
				.events = events,
				.n_events = G_N_ELEMENTS(events)};
	g_auto(Rig) rig = {0};
	GError *error = NULL;

	rig_init(&rig);
	roll_track_settings_init(&settings);
	RollStore *store = roll_store_open(rig.db_path, &error);
	g_assert_no_error(error);
	g_assert_true(roll_store_begin(store, &error));
	put_origin(store, &rows);
	put_session(store, &rows, 1, 2);
	put_session(store, &rows, 12.5, 3); /* renewed in place */
	g_assert_true(roll_store_commit(store, &error));
	roll_store_free(store);

	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM pass WHERE uncertainty_cm = "
					"CASE n WHEN 0 THEN 1.25 WHEN 1 THEN 0.0 END"),
			==, 2);
	g_assert_cmpint(
		rig_query(&rig, "SELECT count(*) FROM pass WHERE uncertainty_cm IS NULL AND n = 2"),
		==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM hold WHERE n = 0 AND "
					"abs(uncertainty_cm - 0.4) < 1e-9 OR n = 1 AND "
					"uncertainty_cm IS NULL"),
			==, 2);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM mark WHERE n = 0 AND "
					"uncertainty_cm = 2 OR n = 1 AND uncertainty_cm IS NULL"),
			==, 2);
	g_assert_cmpint(
		rig_query(&rig,
			  "SELECT count(*) FROM session WHERE unsure_s = 12.5 AND unplaced_s = 3"),
		==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store/session-rows/uncertainty", test_uncertainty);
	return g_test_run();
}
