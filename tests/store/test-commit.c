/* SPDX-License-Identifier: MIT
 *
 * At every commit the database holds what a run over the values so far would hold; a commit that fails loses
 * nothing and doubles nothing.
 */
#include "tests/store/store-rig.h"

#include "daemon/store/store-parts.h"
#include "daemon/tracker/tracker-parts.h"

#include <string.h>

typedef struct {
	GPtrArray *texts; /* told as trouble; NULL: well again */
} Told;

static void
note_trouble(void *user, const char *text)
{
	Told *told = user;

	g_ptr_array_add(told->texts, g_strdup(text));
}

/* Each commit of one long run against a run of its own that ends there. */
static void
check_every_commit(const GArray *values, guint step)
{
	g_auto(Rig) rig = {0}, other = {0};
	RigRun run;

	rig_init(&rig);
	rig_init(&other);
	rig_begin(&rig, &run, NULL, 0);
	for (guint to = step; to <= values->len; to += step) {
		g_autofree char *when = g_strdup_printf("after %u values", to);

		rig_take(&run, values, to - step, to);
		rig_commit(&run);
		rig_run(&other, values, 0, to, 0);

		g_autofree char *dump = rig_dump(&rig, NULL);
		g_autofree char *wanted = rig_dump(&other, NULL);

		rig_assert_same(dump, wanted, when);
		rig_forget(&other);
	}
	rig_end(&run);
}

static void
test_every_commit(gconstpointer name)
{
	g_autoptr(GArray) values = rig_load_capture(name);

	check_every_commit(values, 61);
}

/* Two sensors whose sessions begin within a moment. The first one's is certain only when the second one's has begun
 * already: until then it is written as what it would be, under a number that is then the other's. */
static void
test_every_commit_of_two(void)
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	RigStream one = {.address = RIG_SENSOR,
			 .begin_us = RIG_BEGIN_US,
			 .has_feature = TRUE,
			 .seconds_idle = 2,
			 .seconds_loaded = 3,
			 .is_accelerometer = TRUE};
	RigStream two = {.address = RIG_OTHER_SENSOR,
			 .begin_us = RIG_BEGIN_US + 50000,
			 .has_feature = TRUE,
			 .seconds_idle = 2,
			 .seconds_loaded = 3};
	g_auto(Rig) rig = {0};
	RigRun run;

	rig_stream(values, &one);
	rig_stream(values, &two);
	rig_sort(values);
	check_every_commit(values, 1);

	/* That it was so. */
	rig_init(&rig);
	rig_begin(&rig, &run, NULL, 0);
	for (guint i = 0; rig_query(&rig, "SELECT count(*) FROM session") == 0; i++) {
		rig_take(&run, values, i, i + 1);
		rig_commit(&run);
	}
	g_assert_cmpint(rig_query(&rig, "SELECT sensor FROM session WHERE id = 1"), ==, 1);
	rig_take(&run, values, 0, values->len);
	rig_end(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT sensor FROM session WHERE id = 1"), ==, 2);
	g_assert_cmpint(rig_query(&rig, "SELECT sensor FROM session WHERE id = 2"), ==, 1);
}

typedef struct {
	Rig rig, wanted;
	RigRun run;
	GArray *values;
	Told told;
} Failing;

static void
begin_failing(Failing *failing)
{
	const RollTrackerListener listener = {.trouble = note_trouble, .user = &failing->told};

	failing->values = rig_load_capture("roller-plain");
	failing->told.texts = g_ptr_array_new_with_free_func(g_free);
	rig_init(&failing->rig);
	rig_init(&failing->wanted);
	rig_begin(&failing->rig, &failing->run, &listener, 0);
	rig_take(&failing->run, failing->values, 0, 500);
	rig_commit(&failing->run);
}

/* Ends the run, and compares with one of its first n_values that never failed. */
static void
end_failing(Failing *failing, guint n_values)
{
	rig_end(&failing->run);
	rig_run(&failing->wanted, failing->values, 0, n_values, 0);

	g_autofree char *dump = rig_dump(&failing->rig, NULL);
	g_autofree char *wanted = rig_dump(&failing->wanted, NULL);

	rig_assert_same(dump, wanted, "after the trouble");
	rig_clear(&failing->rig);
	rig_clear(&failing->wanted);
	g_array_unref(failing->values);
	g_ptr_array_unref(failing->told.texts);
}

/* Commits in vain, for the reason code. */
static void
fail_to_commit(Failing *failing, RollDatabaseError code)
{
	g_autoptr(GError) error = NULL;
	gboolean is_done = roll_tracker_commit(failing->run.tracker, &error);

	g_assert_error(error, ROLL_DATABASE_ERROR, (int)code);
	g_assert_false(is_done);
	g_assert_nonnull(strstr(error->message, failing->rig.db_path));
	g_assert_cmpuint(failing->run.tracker->retry_timer, !=, 0);
}

static void
run_sql(sqlite3 *db, const char *sql)
{
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* Told once, however often it fails; then that it is well again. */
static void
assert_told_once(const Failing *failing)
{
	g_assert_cmpuint(failing->told.texts->len, ==, 2);
	g_assert_nonnull(failing->told.texts->pdata[0]);
	g_assert_null(failing->told.texts->pdata[1]);
	g_assert_cmpuint(failing->run.tracker->retry_timer, ==, 0);
}

static void
test_locked(void)
{
	Failing failing = {0};
	sqlite3 *other = NULL;

	begin_failing(&failing);

	g_autofree char *before = rig_dump(&failing.rig, NULL);

	g_assert_cmpint(sqlite3_open(failing.rig.db_path, &other), ==, SQLITE_OK);
	run_sql(other, "BEGIN IMMEDIATE");
	rig_take(&failing.run, failing.values, 500, 700);
	fail_to_commit(&failing, ROLL_DATABASE_ERROR_LOCKED);
	rig_take(&failing.run, failing.values, 700, 900);
	fail_to_commit(&failing, ROLL_DATABASE_ERROR_LOCKED);

	g_autofree char *during = rig_dump(&failing.rig, NULL);

	rig_assert_same(during, before, "while it is locked");
	run_sql(other, "ROLLBACK");
	sqlite3_close(other);
	rig_commit(&failing.run);
	assert_told_once(&failing);
	rig_take(&failing.run, failing.values, 900, 1200);
	end_failing(&failing, 1200);
}

/* No room for what waits: half of it would fit. */
static void
test_full(void)
{
	Failing failing = {0};

	begin_failing(&failing);

	g_autofree char *before = rig_dump(&failing.rig, NULL);
	gint64 n_pages = rig_query(&failing.rig, "PRAGMA page_count");
	g_autofree char *limit =
		g_strdup_printf("PRAGMA max_page_count = %" G_GINT64_FORMAT, n_pages + 10);

	run_sql(failing.run.store->db, limit);
	rig_take(&failing.run, failing.values, 500, 1000);
	fail_to_commit(&failing, ROLL_DATABASE_ERROR_FULL);
	fail_to_commit(&failing, ROLL_DATABASE_ERROR_FULL);

	g_autofree char *during = rig_dump(&failing.rig, NULL);

	rig_assert_same(during, before, "while it is full");
	run_sql(failing.run.store->db, "PRAGMA max_page_count = 1000000");
	rig_take(&failing.run, failing.values, 1000, 1100);
	rig_commit(&failing.run);
	assert_told_once(&failing);
	end_failing(&failing, 1100);
}

/* A failure that leaves the transaction open, after the values and before the last of what follows from them. */
static void
test_broken_off(void)
{
	Failing failing = {0};

	begin_failing(&failing);

	g_autofree char *before = rig_dump(&failing.rig, NULL);

	run_sql(failing.run.store->db, "CREATE TEMP TRIGGER no BEFORE INSERT ON main.slice "
				       "BEGIN SELECT RAISE(ABORT, 'no slice'); END");
	rig_take(&failing.run, failing.values, 500, 1000);
	fail_to_commit(&failing, ROLL_DATABASE_ERROR_FAILED);
	fail_to_commit(&failing, ROLL_DATABASE_ERROR_FAILED);

	g_autofree char *during = rig_dump(&failing.rig, NULL);

	rig_assert_same(during, before, "broken off");
	run_sql(failing.run.store->db, "DROP TRIGGER no");
	rig_commit(&failing.run);
	assert_told_once(&failing);
	end_failing(&failing, 1000);
}

/* Sessions that end and begin while nothing can be written. */
static void
test_locked_for_long(void)
{
	Failing failing = {0};
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US + 4000 * RIG_SECOND_US,
			    .has_feature = TRUE,
			    .seconds_idle = 700,
			    .seconds_loaded = 10};
	sqlite3 *other = NULL;

	begin_failing(&failing);
	g_array_set_size(failing.values, 500);
	stream.begin_us = rig_stream(failing.values, &stream);
	stream.seconds_idle = 310;
	rig_stream(failing.values, &stream);
	g_assert_cmpint(sqlite3_open(failing.rig.db_path, &other), ==, SQLITE_OK);
	run_sql(other, "BEGIN IMMEDIATE");
	rig_take(&failing.run, failing.values, 500, 600);
	fail_to_commit(&failing, ROLL_DATABASE_ERROR_LOCKED);
	rig_take(&failing.run, failing.values, 600, failing.values->len);
	fail_to_commit(&failing, ROLL_DATABASE_ERROR_LOCKED);
	run_sql(other, "ROLLBACK");
	sqlite3_close(other);
	rig_commit(&failing.run);
	assert_told_once(&failing);
	g_assert_cmpint(rig_query(&failing.rig, "SELECT count(*) FROM session"), ==, 3);
	end_failing(&failing, failing.values->len);
}

/* Takes from from on until one is refused; returns its index. */
static guint
take_until_refused(Failing *failing, guint from)
{
	g_autoptr(GError) error = NULL;
	guint i = from;

	while (i < failing->values->len &&
	       roll_tracker_take(failing->run.tracker,
				 &g_array_index(failing->values, RollValue, i), &error))
		i++;
	g_assert_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FULL);
	return i;
}

static void
test_too_much_waits(void)
{
	Failing failing = {0};
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US + 400 * RIG_SECOND_US,
			    .has_feature = TRUE,
			    .seconds_loaded = 9000};
	guint64 taken = 0, known = 0, refused = 0;
	sqlite3 *other = NULL;

	begin_failing(&failing);
	g_array_set_size(failing.values, 500);
	rig_stream(failing.values, &stream);
	g_assert_cmpint(sqlite3_open(failing.rig.db_path, &other), ==, SQLITE_OK);
	run_sql(other, "BEGIN IMMEDIATE");
	rig_take(&failing.run, failing.values, 500, 501);
	fail_to_commit(&failing, ROLL_DATABASE_ERROR_LOCKED);

	guint n_taken = take_until_refused(&failing, 501);

	g_assert_cmpuint(n_taken, ==, take_until_refused(&failing, n_taken));
	g_assert_cmpuint(roll_value_log_get_size(&failing.run.tracker->waiting), >=,
			 ROLL_WAITING_MAX_BYTES);
	g_assert_cmpuint(roll_value_log_get_size(&failing.run.tracker->waiting), <,
			 ROLL_WAITING_MAX_BYTES + 1024);
	roll_tracker_get_counts(failing.run.tracker, &taken, &known, &refused);
	g_assert_cmpuint(taken, ==, n_taken);
	g_assert_cmpuint(refused, ==, 2);
	run_sql(other, "ROLLBACK");
	sqlite3_close(other);
	rig_commit(&failing.run);
	/* That it is locked, that it is too much, that it is well again. */
	g_assert_cmpuint(failing.told.texts->len, ==, 3);
	g_assert_null(failing.told.texts->pdata[2]);
	end_failing(&failing, n_taken);
}

/* A replay does not lose what a live stream would: what waits is written as soon as there is no room left. */
static void
test_replay_waits(void)
{
	Failing failing = {0};
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US + 400 * RIG_SECOND_US,
			    .has_feature = TRUE,
			    .seconds_loaded = 12000};
	sqlite3 *other = NULL;

	begin_failing(&failing);
	g_array_set_size(failing.values, 500);
	rig_stream(failing.values, &stream);
	g_assert_cmpint(sqlite3_open(failing.rig.db_path, &other), ==, SQLITE_OK);
	run_sql(other, "BEGIN IMMEDIATE");
	rig_take(&failing.run, failing.values, 500, 501);
	fail_to_commit(&failing, ROLL_DATABASE_ERROR_LOCKED);
	rig_take(&failing.run, failing.values, 501, 60000);
	run_sql(other, "ROLLBACK");
	sqlite3_close(other);
	rig_take(&failing.run, failing.values, 60000, failing.values->len);
	assert_told_once(&failing);
	g_assert_cmpuint(failing.values->len, >, 110000);
	end_failing(&failing, failing.values->len);
}

static int
interrupt(void *user)
{
	(void)user; /* of sqlite3_progress_handler */
	return 1;
}

/* Where it cannot be asked whether a value is known, it is refused and told, not kept twice. */
static void
test_cannot_read(void)
{
	Failing failing = {0};
	const RollTrackerListener listener = {.trouble = note_trouble, .user = &failing.told};
	g_autoptr(GError) error = NULL;
	guint64 taken = 0, known = 0, refused = 0;

	begin_failing(&failing);
	rig_end(&failing.run);
	rig_begin(&failing.rig, &failing.run, &listener, 0);
	sqlite3_progress_handler(failing.run.store->db, 1, interrupt, NULL);
	g_assert_false(roll_tracker_take(failing.run.tracker,
					 &g_array_index(failing.values, RollValue, 400), &error));
	g_assert_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED);
	g_clear_error(&error);
	roll_tracker_get_counts(failing.run.tracker, &taken, &known, &refused);
	g_assert_cmpuint(taken + known, ==, 0);
	g_assert_cmpuint(refused, ==, 1);
	g_assert_cmpuint(failing.told.texts->len, ==, 1);
	sqlite3_progress_handler(failing.run.store->db, 0, NULL, NULL);
	rig_take(&failing.run, failing.values, 400, 600);
	rig_commit(&failing.run);
	assert_told_once(&failing);
	end_failing(&failing, 600);
}

/* A value that waits is committed by itself, and then nothing wakes the program any more. */
static void
test_timer(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = rig_load_capture("roller-plain");
	RigRun run;

	rig_init(&rig);
	rig_begin(&rig, &run, NULL, 0);
	g_assert_cmpuint(run.tracker->commit_timer, ==, 0);
	rig_take(&run, values, 0, 300);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), ==, 0);
	g_assert_cmpuint(run.tracker->commit_timer, !=, 0);
	while (run.tracker->commit_timer != 0)
		g_main_context_iteration(NULL, TRUE);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), ==, 300);
	rig_take(&run, values, 0, 300);
	g_assert_cmpuint(run.tracker->commit_timer, ==, 0);
	g_assert_cmpuint(run.tracker->retry_timer, ==, 0);
	g_assert_cmpuint(run.tracker->idle_timer, ==, 0);
	rig_end(&run);
}

/* 16384 values do not wait for the timer. */
static void
test_many(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	RigRun run;

	rig_init(&rig);
	for (guint i = 0; i < 16384; i++)
		rig_append(values, RIG_SENSOR, RIG_BEGIN_US + i, ROLL_UUID_BATTERY_LEVEL, "32");
	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 0, 16383);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), ==, 0);
	rig_take(&run, values, 16383, 16384);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), ==, 16384);
	g_assert_cmpuint(run.tracker->commit_timer, ==, 0);
	rig_end(&run);
}

/* Two writers would give the same numbers twice. */
static void
test_one_store(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GError) error = NULL;
	RigRun run;

	rig_init(&rig);
	rig_begin(&rig, &run, NULL, 0);
	g_assert_null(roll_store_open(rig.db_path, &error));
	g_assert_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_LOCKED);
	rig_end(&run);
	rig_begin(&rig, &run, NULL, 0);
	rig_end(&run);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/commit/every/roller-plain", "roller-plain", test_every_commit);
	g_test_add_data_func("/commit/every/roller-hard", "roller-hard", test_every_commit);
	g_test_add_data_func("/commit/every/bar", "bar", test_every_commit);
	g_test_add_data_func("/commit/every/roller-accel-only", "roller-accel-only",
			     test_every_commit);
	g_test_add_func("/commit/every/two-sensors", test_every_commit_of_two);
	g_test_add_func("/commit/locked", test_locked);
	g_test_add_func("/commit/full", test_full);
	g_test_add_func("/commit/broken-off", test_broken_off);
	g_test_add_func("/commit/locked-for-long", test_locked_for_long);
	g_test_add_func("/commit/too-much-waits", test_too_much_waits);
	g_test_add_func("/commit/replay-waits", test_replay_waits);
	g_test_add_func("/commit/cannot-read", test_cannot_read);
	g_test_add_func("/commit/timer", test_timer);
	g_test_add_func("/commit/many", test_many);
	g_test_add_func("/commit/one-store", test_one_store);
	return g_test_run();
}
