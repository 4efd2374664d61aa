/* SPDX-License-Identifier: MIT
 *
 * --rebuild: the same again, what was spoilt mended, other settings applied, and all or nothing.
 */
#include "tests/store/store-rig.h"

#include "daemon/store/store-parts.h"

/* Tables that --rebuild writes. */
#define DERIVED "pass hold gap mark zone slice session spine level"

#define OTHER_CONFIG "[person]\nname=you\nspine_cm=50\n[roller]\nradius_cm=5\n"

typedef struct {
	sqlite3 *db;
	guint n_told;
	guint break_after; /* from then on nothing can be written; 0: never */
	guint stop_after;  /* then the person wants no more; 0: never */
} Progress;

static gboolean
note_progress(void *user, guint done, guint all)
{
	Progress *progress = user;

	progress->n_told++;
	g_assert_cmpuint(done, ==, progress->n_told);
	g_assert_cmpuint(all, ==, 4);
	if (progress->n_told == progress->break_after)
		g_assert_cmpint(
			sqlite3_exec(progress->db, "PRAGMA query_only = 1", NULL, NULL, NULL), ==,
			SQLITE_OK);
	return progress->n_told != progress->stop_after;
}

/* Three sessions of two sensors, and a recording that is still idle. */
static void
fill(const Rig *rig)
{
	g_autoptr(GArray) values = rig_load_capture("roller-lossy");
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US + 1000 * RIG_SECOND_US,
			    .has_feature = TRUE,
			    .seconds_idle = 5,
			    .seconds_loaded = 20};
	RigStream other = {.address = RIG_OTHER_SENSOR,
			   .begin_us = RIG_BEGIN_US + 10 * RIG_SECOND_US,
			   .has_feature = TRUE,
			   .seconds_idle = 5,
			   .seconds_loaded = 30};

	stream.begin_us = rig_stream(values, &stream);
	stream.begin_us += 1000 * RIG_SECOND_US;
	stream.seconds_loaded = 0;
	rig_stream(values, &stream);
	rig_stream(values, &other);
	rig_sort(values);
	rig_run(rig, values, 0, values->len, 0);
	g_assert_cmpint(rig_query(rig, "SELECT count(*) FROM session"), ==, 3);
	g_assert_cmpint(rig_query(rig, "SELECT count(*) FROM recording"), ==, 4);
}

static void
rebuild(const Rig *rig, const RollConfig *config, guint n_wanted)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(RollStore) store = roll_store_open(rig->db_path, &error);
	Progress progress = {0};
	guint n_sessions = 0;

	g_assert_no_error(error);

	gboolean is_done =
		roll_tracker_rebuild(store, config, note_progress, &progress, &n_sessions, &error);

	g_assert_no_error(error);
	g_assert_true(is_done);
	g_assert_cmpuint(n_sessions, ==, n_wanted);
	g_assert_cmpuint(progress.n_told, ==, 4);
}

static void
run_sql(const Rig *rig, const char *sql)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(rig->db_path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

static void
test_same(void)
{
	g_auto(Rig) rig = {0};

	rig_init(&rig);
	fill(&rig);

	g_autofree char *before = rig_dump(&rig, NULL);

	rebuild(&rig, rig.config, 3);

	g_autofree char *after = rig_dump(&rig, NULL);

	rig_assert_same(after, before, "rebuilt");
}

static void
test_mends(void)
{
	g_auto(Rig) rig = {0};

	rig_init(&rig);
	fill(&rig);

	g_autofree char *before = rig_dump(&rig, NULL);

	run_sql(&rig, "DELETE FROM pass WHERE n % 2; UPDATE hold SET at_cm = 99;"
		      "INSERT INTO slice VALUES (1, 255, 99, 1, 1, 1, 1, 1);"
		      "UPDATE session SET loaded_s = 0; DELETE FROM zone WHERE session = 3");

	g_autofree char *spoilt = rig_dump(&rig, NULL);

	g_assert_cmpstr(spoilt, !=, before);
	rebuild(&rig, rig.config, 3);

	g_autofree char *after = rig_dump(&rig, NULL);

	rig_assert_same(after, before, "mended");
}

static RollConfig *
load_other_config(const Rig *rig, const char *text)
{
	g_autofree char *path = g_build_filename(rig->folder, "rollerd.conf", NULL);
	g_autoptr(GError) error = NULL;

	g_file_set_contents(path, text, -1, &error);
	g_assert_no_error(error);

	RollConfig *config = roll_config_load(path, &error);

	g_assert_no_error(error);
	return config;
}

static void
test_other_settings(void)
{
	g_auto(Rig) rig = {0};

	rig_init(&rig);
	fill(&rig);

	g_autoptr(RollConfig) config = load_other_config(&rig, OTHER_CONFIG);
	g_autofree char *before = rig_dump(&rig, DERIVED);

	rebuild(&rig, config, 3);

	g_autofree char *after = rig_dump(&rig, DERIVED);

	rig_assert_same(after, before, "what was received");
	g_assert_cmpint(rig_query(&rig,
				  "SELECT count(*) FROM session WHERE person = 'you' AND spine = 2 "
				  "AND settings LIKE '%radius_cm=5\n%'"),
			==, 3);
	g_assert_cmpint(rig_query(&rig, "SELECT sum(id * recording) FROM session"), ==,
			1 * 1 + 2 * 2 + 3 * 3);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM level WHERE spine = 2"), ==, 18);
}

/* Of the sensor without losses; mm/100. */
static gint64
measure_travel(const Rig *rig)
{
	return rig_query(rig, "SELECT CAST(sum(to_cm - from_cm) * 1000 AS INTEGER) FROM pass "
			      "WHERE session IN (SELECT id FROM session WHERE sensor = 2)");
}

/* A smaller roller has rolled less far, pass by pass. */
static void
test_radius(void)
{
	g_auto(Rig) rig = {0};

	rig_init(&rig);
	fill(&rig);

	g_autoptr(RollConfig) config = load_other_config(&rig, "[roller]\nradius_cm=6\n");
	gint64 n_passes = rig_query(&rig, "SELECT count(*) FROM pass");
	gint64 before = measure_travel(&rig);

	rebuild(&rig, config, 3);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM pass"), ==, n_passes);
	g_assert_cmpfloat_with_epsilon((double)measure_travel(&rig) / (double)before, 6 / 7.5,
				       0.01);
	g_assert_cmpint(
		rig_query(&rig,
			  "SELECT count(*) FROM session WHERE settings LIKE '%radius_cm=6\n%'"),
		==, 3);
	rebuild(&rig, rig.config, 3);
	g_assert_cmpint(measure_travel(&rig), ==, before);
}

/* A session that other settings make go, and come back: under a new number, since numbers are not used twice
 * while others stand. */
static void
test_other_sessions(void)
{
	g_auto(Rig) rig = {0};

	rig_init(&rig);
	fill(&rig);

	gint64 n_passes = rig_query(&rig, "SELECT count(*) FROM pass");
	g_autofree char *received = rig_dump(&rig, DERIVED);
	g_autoptr(RollConfig) config = load_other_config(&rig, "[roller]\nloaded_n=280\n");

	rebuild(&rig, config, 2);
	g_assert_cmpint(rig_query(&rig, "SELECT sum(id) FROM session"), ==, 2 + 3);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM slice WHERE session = 1"), ==, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM pass WHERE session = 1"), ==, 0);
	rebuild(&rig, rig.config, 3);
	g_assert_cmpint(rig_query(&rig, "SELECT sum(id) FROM session"), ==, 2 + 3 + 4);
	g_assert_cmpint(rig_query(&rig, "SELECT recording FROM session WHERE id = 4"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM pass"), ==, n_passes);

	g_autofree char *after = rig_dump(&rig, DERIVED);

	rig_assert_same(after, received, "what was received");
}

static void
test_all_or_nothing(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GError) error = NULL;
	guint n_sessions = 77;

	rig_init(&rig);
	fill(&rig);

	g_autoptr(RollConfig) config = load_other_config(&rig, OTHER_CONFIG);
	g_autofree char *before = rig_dump(&rig, NULL);
	g_autoptr(RollStore) store = roll_store_open(rig.db_path, &error);
	Progress progress = {.db = store->db, .break_after = 2};

	g_assert_false(
		roll_tracker_rebuild(store, config, note_progress, &progress, &n_sessions, &error));
	g_assert_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED);
	g_assert_cmpuint(progress.n_told, ==, 2);
	g_assert_cmpuint(n_sessions, ==, 77);
	g_clear_error(&error);

	/* The store is as good as before. */
	g_assert_cmpint(sqlite3_exec(store->db, "PRAGMA query_only = 0", NULL, NULL, NULL), ==,
			SQLITE_OK);
	g_assert_true(roll_store_begin(store, &error));
	g_assert_no_error(error);
	roll_store_roll_back(store);
	g_clear_pointer(&store, roll_store_free);

	g_autofree char *after = rig_dump(&rig, NULL);

	rig_assert_same(after, before, "broken off");
}

static void
test_interrupted(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GError) error = NULL;
	guint n_sessions = 77;

	rig_init(&rig);
	fill(&rig);

	g_autoptr(RollConfig) config = load_other_config(&rig, OTHER_CONFIG);
	g_autofree char *before = rig_dump(&rig, NULL);
	g_autoptr(RollStore) store = roll_store_open(rig.db_path, &error);
	Progress progress = {.db = store->db, .stop_after = 3};

	g_assert_false(
		roll_tracker_rebuild(store, config, note_progress, &progress, &n_sessions, &error));
	g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
	g_assert_cmpuint(progress.n_told, ==, 3);
	g_assert_cmpuint(n_sessions, ==, 77);
	g_clear_pointer(&store, roll_store_free);

	g_autofree char *after = rig_dump(&rig, NULL);

	rig_assert_same(after, before, "interrupted");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rebuild/same", test_same);
	g_test_add_func("/rebuild/mends", test_mends);
	g_test_add_func("/rebuild/other-settings", test_other_settings);
	g_test_add_func("/rebuild/radius", test_radius);
	g_test_add_func("/rebuild/other-sessions", test_other_sessions);
	g_test_add_func("/rebuild/all-or-nothing", test_all_or_nothing);
	g_test_add_func("/rebuild/interrupted", test_interrupted);
	return g_test_run();
}
