/* SPDX-License-Identifier: MIT
 *
 * What earlier sessions tell a later one: that it finds places by them, whose they are, and that they are the same
 * however the run was cut. The values are of tests/accuracy's model of a person, with their truth.
 */
#include "tests/accuracy/world.h"
#include "tests/store/store-rig.h"

#include "daemon/store/store-parts.h"
#include "protocol/sensor/codec-roller.h"

#include <math.h>
#include <string.h>

enum { PERSON = 1, PERSONS = 12, EARLIER = 5 };

/* From the beginning of one session to that of the next. */
#define APART_US (1000 * RIG_SECOND_US)

/* A short session in which the roller is lifted often, and is put elsewhere then, or where it was. */
static void
make_world(guint person, gboolean is_moved, World *ret_world)
{
	WorldRange ranges[DIAL_N];
	RollSimRandom random;

	world_get_ranges(ranges);
	ranges[DIAL_MINUTES] = (WorldRange){2, 2};
	ranges[DIAL_LIFTS] = (WorldRange){1.5, 2.5};
	ranges[DIAL_MOVED] = (WorldRange){1, 1};
	roll_sim_random_init(&random, person, 9);
	world_draw(ret_world, ranges, &random);
	if (!is_moved)
		ret_world->dials[DIAL_MOVED] = 0;
	else
		ret_world->dials[DIAL_LIFTS] = 6; /* before it could learn anything of this back */
}

static void
append_bytes(GArray *values, gint64 arrival_us, const char *uuid, const guint8 *bytes,
	     guint n_bytes)
{
	RollValue value = {.arrival_us = arrival_us, .n_bytes = n_bytes};

	g_assert_cmpuint(n_bytes, <=, sizeof value.bytes);
	g_strlcpy(value.address, RIG_SENSOR, sizeof value.address);
	g_strlcpy(value.uuid, uuid, sizeof value.uuid);
	memcpy(value.bytes, bytes, n_bytes);
	g_array_append_val(values, value);
}

/* Appends session number n. ret_truth may be NULL; it is given an array of RollReferenceInstant. */
static void
append_session(GArray *values, guint person, guint n, gboolean is_moved, GArray **ret_truth)
{
	gint64 begin_us = RIG_BEGIN_US + n * APART_US;
	WorldRecording *recording = NULL;
	World world;

	make_world(person, is_moved, &world);
	recording = world_record(&world, person, is_moved ? person : person * 1000 + n, begin_us);
	append_bytes(values, begin_us - 50000, ROLL_UUID_ROLLER_FEATURE, recording->feature,
		     sizeof recording->feature);
	for (guint i = 0; i < recording->packets->len; i++) {
		const WorldPacket *packet = &g_array_index(recording->packets, WorldPacket, i);

		append_bytes(values, packet->arrival_us, ROLL_UUID_ROLLER_MEASUREMENT,
			     packet->bytes, packet->n_bytes);
	}
	if (ret_truth)
		*ret_truth = g_array_ref(recording->truth);
	world_recording_free(recording);
}

/* n_earlier sessions, and one in which the roller is put elsewhere. */
static GArray *
make_sessions(guint person, guint n_earlier, GArray **ret_truth)
{
	GArray *values = g_array_new(FALSE, FALSE, sizeof(RollValue));

	for (guint i = 0; i < n_earlier; i++)
		append_session(values, person, i, FALSE, NULL);
	append_session(values, person, n_earlier, TRUE, ret_truth);
	return values;
}

static void
set_config(Rig *rig, const char *text)
{
	g_autofree char *path = g_build_filename(rig->folder, "rollerd.conf", NULL);
	g_autoptr(GError) error = NULL;

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	g_clear_pointer(&rig->config, roll_config_free);
	rig->config = roll_config_load(path, &error);
	g_assert_no_error(error);
}

#define START "[roller]\nstart=18\n" /* WORLD_START_M */

static void
begin_rig(Rig *rig)
{
	rig_init(rig);
	set_config(rig, START);
}

/* How many sessions the last one in time was told of. */
static gint64
count_history(const Rig *rig)
{
	return rig_query(rig, "SELECT CAST(substr(settings, instr(settings, 'history=') + 8) "
			      "AS INTEGER) FROM session ORDER BY start_us DESC LIMIT 1");
}

static double
sum_truth(const GArray *truth, const RollZone *zone)
{
	double seconds = 0;

	for (guint i = 0; i < truth->len; i++) {
		const RollReferenceInstant *instant =
			&g_array_index(truth, RollReferenceInstant, i);

		if (instant->contact.is_loaded && instant->contact.position_m >= zone->from_m &&
		    instant->contact.position_m < zone->to_m)
			seconds += 0.01;
	}
	return seconds;
}

/* Of the last session in time: the share of its seconds that is told in a wrong zone, counted twice. */
static double
find_zones_off(const Rig *rig, const GArray *truth)
{
	RollTrackSettings settings;
	double off_s = 0, all_s = 0;

	roll_config_resolve(rig->config, NULL, RIG_SENSOR, NULL, &settings);
	for (guint i = 0; i < settings.n_zones; i++) {
		g_autofree char *sql = g_strdup_printf(
			"SELECT CAST(seconds * 1e6 AS INTEGER) FROM zone WHERE n = %u AND "
			"session = (SELECT id FROM session ORDER BY start_us DESC LIMIT 1)",
			i);
		double true_s = sum_truth(truth, &settings.zones[i]);

		off_s += fabs((double)rig_query(rig, sql) * 1e-6 - true_s);
		all_s += true_s;
	}
	return off_s / all_s;
}

static guint
rebuild(const Rig *rig)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(RollStore) store = roll_store_open(rig->db_path, &error);
	guint n_sessions = 0;

	g_assert_no_error(error);
	roll_tracker_rebuild(store, rig->config, NULL, NULL, &n_sessions, &error);
	g_assert_no_error(error);
	return n_sessions;
}

static void
run_sql(const Rig *rig, const char *sql)
{
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(rig->db_path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

/* Share of a person's last session that is told in a wrong zone, after so many sessions before. */
static double
find_off_after(guint person, guint n_earlier)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) truth = NULL;
	g_autoptr(GArray) values = make_sessions(person, n_earlier, &truth);

	begin_rig(&rig);
	rig_run(&rig, values, 0, values->len, 0);
	g_assert_cmpint(count_history(&rig), ==, n_earlier);
	return find_zones_off(&rig, truth);
}

/* Where the roller was put is found by the sessions before, and less often without them. */
static void
test_found(void)
{
	double with = 0, without = 0;

	for (guint person = 1; person <= PERSONS; person++) {
		with += find_off_after(person, EARLIER) / PERSONS;
		without += find_off_after(person, 0) / PERSONS;
	}
	g_test_message("zones off: %.3f with history, %.3f without", with, without);
	g_assert_cmpfloat(with, <, 0.2);
	g_assert_cmpfloat(with, <, 0.75 * without);
}

/* Cut anywhere, with a commit whenever, reloaded, rebuilt: the same. */
static void
test_pieces(void)
{
	g_auto(Rig) whole = {0};
	g_autoptr(GArray) values = make_sessions(PERSON, 2, NULL);
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);
	g_autofree char *wanted = NULL;
	g_autofree char *rebuilt = NULL;

	begin_rig(&whole);
	rig_run(&whole, values, 0, values->len, 0);
	g_assert_cmpint(count_history(&whole), ==, 2);
	wanted = rig_dump(&whole, NULL);
	for (guint i = 0; i < 12; i++) {
		g_auto(Rig) rig = {0};
		g_autoptr(GError) error = NULL;
		guint cut = (guint)g_rand_int_range(rand, 1, (gint)values->len);
		g_autofree char *when = g_strdup_printf("cut before value %u", cut);
		RigRun run;

		begin_rig(&rig);
		rig_run(&rig, values, 0, cut, i % 2 ? 200 : 0);
		rig_begin(&rig, &run, NULL, 0);
		rig_take(&run, values, i % 3 ? cut : 0, MIN(cut + 300, values->len));
		g_assert_true(roll_tracker_reload(run.tracker, rig.config, &error));
		rig_take(&run, values, MIN(cut + 300, values->len), values->len);
		rig_end(&run);

		g_autofree char *dump = rig_dump(&rig, NULL);

		rig_assert_same(dump, wanted, when);
	}
	g_assert_cmpuint(rebuild(&whole), ==, 3);
	rebuilt = rig_dump(&whole, NULL);
	rig_assert_same(rebuilt, wanted, "rebuilt");
}

/* A session that is closed, but stands in the database as it was before, since that is locked. */
static void
test_waiting(void)
{
	g_auto(Rig) rig = {0}, whole = {0};
	g_autoptr(GArray) values = make_sessions(PERSON, 2, NULL);
	sqlite3 *other = NULL;
	RigRun run;

	begin_rig(&rig);
	begin_rig(&whole);
	rig_run(&whole, values, 0, values->len, 100);
	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 0, values->len / 6);
	rig_commit(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 1);
	g_assert_cmpint(sqlite3_open(rig.db_path, &other), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
	rig_take(&run, values, values->len / 6, values->len);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 1);
	g_assert_cmpint(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(other);
	rig_end(&run);
	g_assert_cmpint(count_history(&rig), ==, 2);

	g_autofree char *dump = rig_dump(&rig, NULL);
	g_autofree char *wanted = rig_dump(&whole, NULL);

	rig_assert_same(dump, wanted, "nothing written in between");
}

/* An older capture that is replayed later counts for those that stand already with --rebuild alone. */
static void
test_replayed_later(void)
{
	g_auto(Rig) rig = {0}, whole = {0};
	g_autoptr(GArray) truth = NULL;
	g_autoptr(GArray) values = make_sessions(PERSON, EARLIER, &truth);
	guint n_before = 0;

	begin_rig(&rig);
	begin_rig(&whole);
	rig_run(&whole, values, 0, values->len, 0);
	while (g_array_index(values, RollValue, n_before).arrival_us <
	       RIG_BEGIN_US + EARLIER * APART_US - RIG_SECOND_US)
		n_before++;
	rig_run(&rig, values, n_before, values->len, 0);
	rig_run(&rig, values, 0, n_before, 0);
	g_assert_cmpint(count_history(&rig), ==, 0);
	g_assert_cmpfloat(find_zones_off(&rig, truth), !=, find_zones_off(&whole, truth));
	g_assert_cmpuint(rebuild(&rig), ==, EARLIER + 1);
	g_assert_cmpint(count_history(&rig), ==, EARLIER);
	g_assert_cmpfloat(find_zones_off(&rig, truth), ==, find_zones_off(&whole, truth));
}

static GArray *
make_streams(guint n, const char *address)
{
	GArray *values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	RigStream stream = {.address = address, .has_feature = TRUE, .seconds_loaded = 5};

	for (guint i = 0; i < n; i++) {
		stream.begin_us = RIG_BEGIN_US + i * APART_US;
		rig_stream(values, &stream);
	}
	return values;
}

/* The newest ten. */
static void
test_many(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = make_streams(13, RIG_SENSOR);

	rig_init(&rig);
	rig_run(&rig, values, 0, values->len / 13 * 12, 0);
	g_assert_cmpint(count_history(&rig), ==, 10);
	run_sql(&rig, "UPDATE session SET has_force = 0 WHERE id <= 2");
	rig_run(&rig, values, values->len / 13 * 12, values->len, 0);
	g_assert_cmpint(count_history(&rig), ==, 10);
}

static void
test_others(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = make_streams(2, RIG_SENSOR);
	g_autoptr(GArray) other_values = make_streams(1, RIG_OTHER_SENSOR);
	guint half = values->len / 2;

	rig_init(&rig);
	rig_run(&rig, other_values, 0, other_values->len, 0);
	rig_run(&rig, values, 0, half + 1, 0); /* so that it is closed */
	set_config(&rig, "[person]\nname=another\n");
	rig_run(&rig, values, half + 1, values->len, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(DISTINCT person) FROM session"), ==, 2);
	g_assert_cmpint(rig_query(&rig, "SELECT count(DISTINCT sensor) FROM session"), ==, 2);
	g_assert_cmpint(count_history(&rig), ==, 0);
	/* Now all are of the same person; the other sensor's is still another's. */
	g_assert_cmpuint(rebuild(&rig), ==, 3);
	g_assert_cmpint(count_history(&rig), ==, 1);
}

/* Sessions that say little of places, by what makes them so. */
static void
test_useless(gconstpointer change)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = make_streams(3, RIG_SENSOR);
	guint n_first = values->len / 3 * 2;

	rig_init(&rig);
	rig_run(&rig, values, 0, n_first + 2, 0); /* so that the second one is closed */
	run_sql(&rig, change);
	rig_run(&rig, values, n_first, values->len, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 3);
	g_assert_cmpint(count_history(&rig), ==, 1);
}

/* A clock that was set back does not move the beginning of the recording that is marked. */
static void
test_mark(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = make_streams(2, RIG_SENSOR);
	g_autoptr(GError) error = NULL;
	gint64 first_us = 0;
	RigRun run;

	rig_init(&rig);
	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 0, values->len);
	rig_commit(&run);
	first_us = rig_query(&rig, "SELECT first_us FROM recording WHERE id = 2");
	g_assert_true(
		roll_tracker_mark(run.tracker, RIG_SENSOR, RIG_BEGIN_US - RIG_SECOND_US, &error));
	rig_end(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM mark"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT first_us FROM recording WHERE id = 2"), ==,
			first_us);

	g_autofree char *before = rig_dump(&rig, NULL);

	g_assert_cmpuint(rebuild(&rig), ==, 2);

	g_autofree char *after = rig_dump(&rig, NULL);

	rig_assert_same(after, before, "rebuilt");
	g_assert_cmpint(count_history(&rig), ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/history/found", test_found);
	g_test_add_func("/history/pieces", test_pieces);
	g_test_add_func("/history/waiting", test_waiting);
	g_test_add_func("/history/replayed-later", test_replayed_later);
	g_test_add_func("/history/many", test_many);
	g_test_add_func("/history/others", test_others);
	g_test_add_data_func("/history/unsure",
			     "UPDATE session SET unsure_s = 0.21 * loaded_s WHERE id = 1",
			     test_useless);
	g_test_add_data_func("/history/no-force", "UPDATE session SET has_force = 0 WHERE id = 1",
			     test_useless);
	g_test_add_data_func("/history/bar", "UPDATE session SET kind = 'bar' WHERE id = 1",
			     test_useless);
	g_test_add_data_func("/history/old-estimator",
			     "UPDATE session SET algorithm = 1 WHERE id = 1", test_useless);
	g_test_add_data_func("/history/sure-enough",
			     "UPDATE session SET unsure_s = 0.19 * loaded_s WHERE id = 1;"
			     "UPDATE session SET end_us = end_us + 9000000000 WHERE id = 2",
			     test_useless);
	g_test_add_func("/history/mark", test_mark);
	return g_test_run();
}
