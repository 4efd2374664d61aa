/* SPDX-License-Identifier: MIT
 *
 * Whose sessions are: who was chosen when they began, with the spine that is known of them; put right; and what
 * that means for what later ones are told.
 */
#include "tests/store/store-rig.h"

#define ANNA "INSERT INTO person VALUES ('anna', 50, NULL, 1, NULL);"
#define CHOOSE(name) "REPLACE INTO choice VALUES ('person', '" name "');"

/* As rollstat writes, beside the daemon. */
static void
say(const Rig *rig, const char *sql)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(sqlite3) db = roll_database_open(rig->db_path, ROLL_DATABASE_EDITOR, &error);

	g_assert_no_error(error);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* A live run; the clock on the wall is not looked at before the main loop runs. */
static void
begin_live(const Rig *rig, RigRun *run)
{
	rig_begin(rig, run, NULL, 1);
}

/* Gives the run what a sensor sends that is switched on, lies there and is rolled on; and then is off for an hour. */
static void
roll(RigRun *run, gint64 *now_us, guint seconds_idle, guint seconds_loaded)
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	const RigStream stream = {.address = RIG_SENSOR,
				  .begin_us = *now_us,
				  .has_feature = TRUE,
				  .seconds_idle = seconds_idle,
				  .seconds_loaded = seconds_loaded};

	*now_us = rig_stream(values, &stream);
	rig_take(run, values, 0, values->len);
	rig_commit(run);
}

static void
roll_a_session(RigRun *run, gint64 *now_us)
{
	*now_us += 3600 * RIG_SECOND_US;
	roll(run, now_us, 2, 20);
}

/* Ends the last session, with what an hour later comes. */
static void
end_live(RigRun *run, gint64 now_us)
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));

	rig_append(values, RIG_SENSOR, now_us + 3600 * RIG_SECOND_US, ROLL_UUID_BATTERY_LEVEL,
		   "32");
	rig_take(run, values, 0, values->len);
	rig_end(run);
}

static void
check_session(const Rig *rig, int session, const char *wanted)
{
	g_autofree char *sql =
		g_strdup_printf("SELECT count(*) FROM session JOIN recording ON recording.id = "
				"recording JOIN spine ON spine.id = spine WHERE session.id = %d "
				"AND %s",
				session, wanted);

	if (rig_query(rig, sql) != 1)
		g_error("session %d is not one with %s", session, wanted);
}

/* Who is chosen when it begins, and nobody else; also after a restart in its middle. */
static void
test_choice(void)
{
	g_auto(Rig) rig = {0};
	gint64 now_us = RIG_BEGIN_US;
	RigRun run;

	rig_init(&rig);
	say(&rig, ANNA CHOOSE("anna"));
	begin_live(&rig, &run);
	roll_a_session(&run, &now_us);
	say(&rig, CHOOSE("otto"));
	roll(&run, &now_us, 0, 5);
	rig_end(&run);
	begin_live(&rig, &run);
	roll(&run, &now_us, 0, 5);
	roll_a_session(&run, &now_us);
	say(&rig, "DELETE FROM choice");
	roll_a_session(&run, &now_us);
	end_live(&run, now_us);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 3);
	check_session(&rig, 1,
		      "session.person = 'anna' AND recording.person = 'anna' AND "
		      "length_cm = 50 AND NOT is_guess AND settings LIKE '%to_cm=55%' AND "
		      "loaded_s > 29");
	/* Nothing is known of otto. */
	check_session(&rig, 2,
		      "session.person = 'otto' AND recording.person = 'otto' AND "
		      "length_cm = 44 AND is_guess");
	check_session(&rig, 3, "session.person = 'me' AND recording.person IS NULL");
}

/* The sensor was on before anybody was chosen, or measured. */
static void
test_chosen_before_rolling(void)
{
	g_auto(Rig) rig = {0};
	gint64 now_us = RIG_BEGIN_US;
	RigRun run;

	rig_init(&rig);
	begin_live(&rig, &run);
	roll(&run, &now_us, 60, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording WHERE person IS NULL"), ==,
			1);
	say(&rig, ANNA CHOOSE("anna"));
	roll(&run, &now_us, 1, 20);
	say(&rig, CHOOSE("otto"));
	roll(&run, &now_us, 1, 20);
	say(&rig, CHOOSE("anna"));
	end_live(&run, now_us);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 1);
	check_session(&rig, 1,
		      "session.person = 'anna' AND recording.person = 'anna' AND "
		      "length_cm = 50 AND loaded_s > 39 AND passes > 10");

	/* The same as of one who was chosen at once; but for a spine that nobody uses now. */
	g_autofree char *late = rig_dump(&rig, "choice person spine level session");

	rig_forget(&rig);
	say(&rig, ANNA CHOOSE("anna"));
	now_us = RIG_BEGIN_US;
	begin_live(&rig, &run);
	roll(&run, &now_us, 60, 0);
	roll(&run, &now_us, 1, 20);
	roll(&run, &now_us, 1, 20);
	end_live(&run, now_us);

	g_autofree char *early = rig_dump(&rig, "choice person spine level session");

	rig_assert_same(late, early, "chosen late");
}

/* What a capture tells does not hang on who is chosen when it is replayed. */
static void
test_replay(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = rig_load_capture("roller-plain");

	rig_init(&rig);
	rig_run(&rig, values, 0, values->len, 0);

	g_autofree char *before = rig_dump(&rig, "choice person");

	rig_forget(&rig);
	say(&rig, ANNA CHOOSE("anna"));
	rig_run(&rig, values, 0, values->len / 2, 0);
	rig_run(&rig, values, 0, values->len, 0);

	g_autofree char *after = rig_dump(&rig, "choice person");

	rig_assert_same(after, before, "replayed while anna is chosen");
}

static void
rebuild(const Rig *rig)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(RollStore) store = roll_store_open(rig->db_path, &error);
	guint n_sessions = 0;

	g_assert_no_error(error);
	g_assert_true(roll_tracker_rebuild(store, rig->config, NULL, NULL, &n_sessions, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(n_sessions, >, 0);
}

/* Each is told of that person's sessions alone; a deleted one teaches nothing, one that was given away nothing before
 * it is told anew, also where it ended only a moment ago. */
static void
test_history(void)
{
	g_auto(Rig) rig = {0};
	gint64 now_us = RIG_BEGIN_US;
	RigRun run;

	rig_init(&rig);
	say(&rig, ANNA CHOOSE("anna"));
	begin_live(&rig, &run);
	roll_a_session(&run, &now_us); /* 1: anna */
	roll_a_session(&run, &now_us); /* 2: anna, of 1 */
	say(&rig, CHOOSE("me"));
	roll_a_session(&run, &now_us); /* 3: me */
	say(&rig, CHOOSE("anna"));
	say(&rig, "INSERT INTO amendment SELECT recording, NULL, 1 FROM session WHERE id = 2");
	roll_a_session(&run, &now_us); /* 4: anna, of 1 */
	/* While it is open: */
	say(&rig, "INSERT INTO amendment SELECT recording, NULL, 1 FROM session WHERE id = 4");
	roll_a_session(&run, &now_us); /* 5: anna, of 1 */
	say(&rig, "INSERT INTO amendment SELECT recording, 'me', NULL FROM session WHERE id = 5");
	roll_a_session(&run, &now_us); /* 6: anna, of 1 */
	end_live(&run, now_us);
	check_session(&rig, 1, "settings LIKE '%history=0%' AND session.person = 'anna'");
	check_session(&rig, 2, "settings LIKE '%history=1%' AND session.person = 'anna'");
	check_session(&rig, 3, "settings LIKE '%history=0%' AND session.person = 'me'");
	check_session(&rig, 4, "settings LIKE '%history=1%' AND session.person = 'anna'");
	check_session(&rig, 5, "settings LIKE '%history=1%' AND session.person = 'anna'");
	check_session(&rig, 6, "settings LIKE '%history=1%' AND session.person = 'anna'");
	rebuild(&rig);
	check_session(&rig, 2, "settings LIKE '%history=1%' AND session.person = 'anna'");
	check_session(&rig, 3, "settings LIKE '%history=0%' AND session.person = 'me'");
	check_session(&rig, 5,
		      "settings LIKE '%history=1%' AND session.person = 'me' AND length_cm = 44");
	check_session(&rig, 6, "settings LIKE '%history=1%' AND session.person = 'anna'");
}

/* What was put right stays so, and changes the spine; what is taken back is as it was. */
static void
test_rebuild(void)
{
	g_auto(Rig) rig = {0};
	gint64 now_us = RIG_BEGIN_US;
	RigRun run;

	rig_init(&rig);
	say(&rig, ANNA);
	begin_live(&rig, &run);
	roll_a_session(&run, &now_us);
	roll_a_session(&run, &now_us);
	end_live(&run, now_us);

	g_autofree char *before = rig_dump(&rig, "spine level amendment");

	say(&rig, "INSERT INTO amendment SELECT recording, 'anna', 1 FROM session WHERE id = 1");
	check_session(&rig, 1, "session.person = 'me'");
	rebuild(&rig);
	check_session(&rig, 1,
		      "session.person = 'anna' AND length_cm = 50 AND recording.person IS NULL");
	check_session(&rig, 2, "session.person = 'me' AND settings LIKE '%history=0%'");
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM amendment WHERE person = 'anna' AND "
					"deleted_us = 1"),
			==, 1);
	say(&rig, "DELETE FROM amendment");
	rebuild(&rig);

	g_autofree char *after = rig_dump(&rig, "spine level amendment");

	rig_assert_same(after, before, "taken back");
}

/* A recording that is thrown away takes with it what was said of it. */
static void
test_discarded(void)
{
	g_auto(Rig) rig = {0};
	gint64 now_us = RIG_BEGIN_US;
	RigRun run;

	rig_init(&rig);
	begin_live(&rig, &run);
	roll(&run, &now_us, 10, 0);
	say(&rig, "INSERT INTO amendment SELECT id, 'anna', NULL FROM recording");
	end_live(&run, now_us);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM amendment"), ==, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/person/choice", test_choice);
	g_test_add_func("/person/chosen-before-rolling", test_chosen_before_rolling);
	g_test_add_func("/person/replay", test_replay);
	g_test_add_func("/person/history", test_history);
	g_test_add_func("/person/rebuild", test_rebuild);
	g_test_add_func("/person/discarded", test_discarded);
	return g_test_run();
}
