/* SPDX-License-Identifier: MIT
 *
 * When a recording ends, what the next one takes over, and what is kept of values that tell no samples.
 */
#include "tests/store/store-rig.h"

#include "protocol/sensor/codec-roller.h"

#include <glib/gstdio.h>

#define GAP_US (300 * RIG_SECOND_US)
#define FEATURE_WITH_RADIUS_75 "010001001027d007080001320000ee02"
#define FEATURE_WITH_RADIUS_50 "010001001027d007080001320000f401"
#define FEATURE_OF_BAR "010101001027d00708000832fa000000"

static GArray *
new_values(void)
{
	return g_array_new(FALSE, FALSE, sizeof(RollValue));
}

static gint64
last_arrival_us(const GArray *values)
{
	return g_array_index(values, RollValue, values->len - 1).arrival_us;
}

/* The gap is counted by arrivals, from the last loaded value; the edge itself still belongs to it. */
static void
test_gap_edges(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = new_values();
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_idle = 5,
			    .seconds_loaded = 10};
	RigRun run;

	rig_init(&rig);
	rig_stream(values, &stream);

	gint64 loaded_us = last_arrival_us(values);
	guint n_loaded = values->len;

	rig_append(values, RIG_SENSOR, loaded_us + GAP_US, ROLL_UUID_BATTERY_LEVEL, "32");
	rig_append(values, RIG_SENSOR, loaded_us + GAP_US + 1, ROLL_UUID_BATTERY_LEVEL, "31");
	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 0, n_loaded + 1);
	rig_commit(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording WHERE is_open"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording"), ==, 1);
	rig_take(&run, values, n_loaded + 1, n_loaded + 2);
	rig_end(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording WHERE is_open"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording"), ==, 2);
	g_assert_cmpint(rig_query(&rig, "SELECT is_open FROM recording WHERE id = 1"), ==, 0);
	/* What it said of itself goes with it; the samples are long past. */
	g_assert_cmpint(rig_query(&rig, "SELECT n_carried FROM recording WHERE id = 2"), ==, 1);
}

/* Where nothing is loaded, it is counted from the recording's beginning. */
static void
test_idle_edges(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = new_values();

	rig_init(&rig);
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US, ROLL_UUID_BATTERY_LEVEL, "32");
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US + GAP_US, ROLL_UUID_BATTERY_LEVEL, "31");
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US + GAP_US + 1, ROLL_UUID_BATTERY_LEVEL, "30");
	rig_run(&rig, values, 0, 2, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), ==, 2);
	rig_run(&rig, values, 2, 3, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT id FROM recording"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT first_us FROM recording"), ==,
			RIG_BEGIN_US + GAP_US + 1);
	g_assert_cmpint(rig_query(&rig, "SELECT first_us FROM sensor"), ==, RIG_BEGIN_US);
	g_assert_cmpint(rig_query(&rig, "SELECT battery_pct FROM sensor"), ==, 0x30);
}

/* Hours of streaming with nothing on the roller: the database stays as small as after the first minutes. */
static void
test_idle_hours(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = new_values();
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_idle = 3 * 3600};
	RigRun run;

	rig_init(&rig);
	rig_stream(values, &stream);
	rig_begin(&rig, &run, NULL, 0);
	for (guint from = 0; from < values->len; from += 1500) {
		rig_take(&run, values, from, MIN(from + 1500, values->len));
		rig_commit(&run);
		g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), <=, 3000 + 102);
		g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording"), ==, 1);
	}
	rig_end(&run);

	/* Again: what was thrown away is so again, and nothing is new. */
	guint64 taken = 0, known = 0, refused = 0;

	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 0, values->len);
	roll_tracker_get_counts(run.tracker, &taken, &known, &refused);
	rig_end(&run);
	g_assert_cmpuint(taken, ==, 0);
	g_assert_cmpuint(known, >, 0);

	GStatBuf about;

	g_assert_cmpint(g_stat(rig.db_path, &about), ==, 0);
	g_assert_cmpint(about.st_size, <, 2 * 1024 * 1024);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value WHERE characteristic = 1"), ==,
			1);
}

static void
test_carried(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = new_values();
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_idle = 304,
			    .seconds_loaded = 30};

	rig_init(&rig);
	rig_stream(values, &stream);
	rig_run(&rig, values, 0, values->len, 0);
	/* The first recording began with the feature and held 300 s, to the edge. */
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT n_carried FROM recording"), ==, 1 + 100 - 1);
	g_assert_cmpint(rig_query(&rig, "SELECT characteristic FROM value WHERE n = 0"), ==, 1);
	g_assert_cmpint(rig_query(&rig,
				  "SELECT min(r.first_us - v.arrival_us) FROM value v, recording r "
				  "WHERE n >= 1 AND n < n_carried"),
			==, 100000);
	g_assert_cmpint(rig_query(&rig,
				  "SELECT max(r.first_us - v.arrival_us) FROM value v, recording r "
				  "WHERE n >= 1 AND n < n_carried"),
			==, 9900000);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value v, recording r "
					"WHERE n >= n_carried AND v.arrival_us < r.first_us"),
			==, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT loaded_s * 10 FROM session"), >=, 298);
}

static void
test_unknown_characteristic(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = new_values();
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_idle = 2,
			    .seconds_loaded = 10};
	gint64 end_us = 0;
	RigRun run;
	guint64 taken = 0, known = 0, refused = 0;

	rig_init(&rig);
	end_us = rig_stream(values, &stream);
	rig_append(values, RIG_SENSOR, end_us + 50000, "0000abcd-0000-1000-8000-00805f9b34fb",
		   "00ff");
	rig_append(values, RIG_SENSOR, end_us + 60000, "0000abcd-0000-1000-8000-00805f9b34fb", "");
	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 0, values->len);
	roll_tracker_get_counts(run.tracker, &taken, &known, &refused);
	rig_end(&run);
	g_assert_cmpuint(taken, ==, values->len);
	g_assert_cmpuint(known, ==, 0);
	g_assert_cmpuint(refused, ==, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value WHERE characteristic = 3"), ==,
			2);
	g_assert_cmpint(rig_query(&rig, "SELECT length(bytes) FROM value WHERE characteristic = 3 "
					"ORDER BY n LIMIT 1"),
			==, 2);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session WHERE refused = 0"), ==, 1);
}

/* A feature that breaks the format, and what cannot be read without one, are kept and counted. */
static void
test_wrong_feature(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = new_values();
	RigStream stream = {.address = RIG_SENSOR, .begin_us = RIG_BEGIN_US, .seconds_idle = 2};
	guint64 taken = 0, known = 0, refused = 0;
	RigRun run;

	rig_init(&rig);
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US - 1000, ROLL_UUID_ROLLER_FEATURE, "0100");
	stream.begin_us = rig_stream(values, &stream) + RIG_SECOND_US;
	stream.has_feature = TRUE;
	stream.seconds_loaded = 10;
	rig_stream(values, &stream);
	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 0, values->len);
	roll_tracker_get_counts(run.tracker, &taken, &known, &refused);
	g_assert_cmpuint(roll_tracker_get_sensor(run.tracker, RIG_SENSOR).refused_values, ==, 21);
	rig_end(&run);
	g_assert_cmpuint(refused, ==, 21);
	g_assert_cmpint(rig_query(&rig, "SELECT refused FROM session"), ==, 21);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), ==, values->len);
}

/* Another body in mid-session waits for the next recording; before anything is loaded it holds at once. */
static void
test_other_body(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = new_values();
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .seconds_idle = 2,
			    .seconds_loaded = 10};

	rig_init(&rig);
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US - 2000, ROLL_UUID_ROLLER_FEATURE,
		   FEATURE_WITH_RADIUS_75);
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US - 1000, ROLL_UUID_ROLLER_FEATURE,
		   FEATURE_WITH_RADIUS_50);
	stream.begin_us = rig_stream(values, &stream);
	rig_append(values, RIG_SENSOR, stream.begin_us + 50000, ROLL_UUID_ROLLER_FEATURE,
		   FEATURE_OF_BAR);
	rig_append(values, RIG_SENSOR, stream.begin_us + 60000, ROLL_UUID_ROLLER_FEATURE,
		   FEATURE_WITH_RADIUS_75);
	stream.begin_us += GAP_US + RIG_SECOND_US;
	rig_stream(values, &stream);
	rig_run(&rig, values, 0, values->len, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session WHERE kind = 'roller'"), ==,
			2);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session WHERE id = 1 AND "
					"settings LIKE '%radius_cm=5\n%'"),
			==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session WHERE id = 2 AND "
					"settings LIKE '%radius_cm=7.5\n%'"),
			==, 1);
}

/* What a sensor says of itself stands in its row; the newest holds, also when older ones come later. */
static void
test_about(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = new_values();
	const RollSensorStatus status = {
		.address = RIG_SENSOR, .name = "Roller 1", .battery_pct = -1};
	RigRun run;

	rig_init(&rig);
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US + 1000, ROLL_UUID_MODEL, "5231");
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US + 2000, ROLL_UUID_FIRMWARE, "312e3200");
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US + 3000, ROLL_UUID_MANUFACTURER, "ff41");
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US + 4000, ROLL_UUID_BATTERY_LEVEL, "5a");
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US + 5000, ROLL_UUID_BATTERY_LEVEL, "c8");
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US, ROLL_UUID_BATTERY_LEVEL, "64");
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US, ROLL_UUID_MODEL, "5230");
	rig_begin(&rig, &run, NULL, 0);
	roll_tracker_take_status(run.tracker, &status);
	rig_commit(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM sensor"), ==, 0);
	rig_take(&run, values, 0, values->len);
	rig_end(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT battery_pct FROM sensor"), ==, 90);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM sensor WHERE name = 'Roller 1' AND "
					"model = 'R1' AND firmware = '1.2' AND codec IS NULL AND "
					"manufacturer = char(65533) || 'A'"),
			==, 1);
}

/* A clock that is set back: by a little within the recording, in order of arrival; to before it, a new one. */
static void
test_clock_back(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = new_values();
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_idle = 10,
			    .seconds_loaded = 20};

	rig_init(&rig);
	stream.begin_us = rig_stream(values, &stream);
	stream.has_feature = FALSE;
	stream.seconds_idle = 0;
	stream.begin_us -= 5 * RIG_SECOND_US - 3;
	stream.begin_us = rig_stream(values, &stream);
	rig_run(&rig, values, 0, values->len, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), ==, values->len);

	stream.begin_us -= 3600 * RIG_SECOND_US;
	rig_stream(values, &stream);
	rig_run(&rig, values, 0, values->len, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording WHERE is_open"), ==, 2);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 2);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), ==, values->len + 1);
	g_assert_cmpint(rig_query(&rig, "SELECT loaded_s * 10 FROM session WHERE id = 2"), >=, 190);
}

/* The same line twice is one value, also where it comes at once; another value of the same instant is another. */
static void
test_doubled(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = new_values();
	guint64 taken = 0, known = 0, refused = 0;
	RigRun run;

	rig_init(&rig);
	for (guint i = 0; i < 6; i++)
		rig_append(values, RIG_SENSOR, RIG_BEGIN_US + i / 2, ROLL_UUID_BATTERY_LEVEL, "32");
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US + 2, ROLL_UUID_BATTERY_LEVEL, "33");
	rig_append(values, RIG_SENSOR, RIG_BEGIN_US + 2, ROLL_UUID_MODEL, "32");
	rig_append(values, RIG_OTHER_SENSOR, RIG_BEGIN_US + 2, ROLL_UUID_MODEL, "32");
	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 0, values->len);
	rig_take(&run, values, 0, values->len);
	roll_tracker_get_counts(run.tracker, &taken, &known, &refused);
	rig_end(&run);
	g_assert_cmpuint(taken, ==, 6);
	g_assert_cmpuint(known, ==, 2 * values->len - 6);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), ==, 6);
}

/* Set back to a time of which everything was thrown away: the feature comes from what was there last. */
static void
test_clock_back_to_nothing(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = new_values();
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_idle = 400,
			    .seconds_loaded = 20};

	rig_init(&rig);
	rig_stream(values, &stream);
	stream.has_feature = FALSE;
	stream.seconds_idle = 1;
	stream.begin_us += 200 * RIG_SECOND_US + 1;
	rig_stream(values, &stream);
	rig_run(&rig, values, 0, values->len, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session WHERE refused = 0"), ==, 2);
	g_assert_cmpint(rig_query(&rig, "SELECT n_carried FROM recording WHERE id = 2"), ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/recording/gap-edges", test_gap_edges);
	g_test_add_func("/recording/idle-edges", test_idle_edges);
	g_test_add_func("/recording/idle-hours", test_idle_hours);
	g_test_add_func("/recording/carried", test_carried);
	g_test_add_func("/recording/unknown-characteristic", test_unknown_characteristic);
	g_test_add_func("/recording/wrong-feature", test_wrong_feature);
	g_test_add_func("/recording/other-body", test_other_body);
	g_test_add_func("/recording/about", test_about);
	g_test_add_func("/recording/clock-back", test_clock_back);
	g_test_add_func("/recording/clock-back-to-nothing", test_clock_back_to_nothing);
	g_test_add_func("/recording/doubled", test_doubled);
	return g_test_run();
}
