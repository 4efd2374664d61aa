/* SPDX-License-Identifier: MIT
 *
 * Runs of rollerd to their end: simulate, capture, replay, rebuild, and a history that another one writes.
 */
#include "tests/program/loop.h"
#include "tests/program/program-fixture.h"

#include <string.h>
#include <sys/resource.h>

/* Long enough for a session with passes. */
#define SIM "--source=sim --seed=3 --speed=0 --duration=600 "

static void
test_sim(ProgramFixture *fixture, gconstpointer data)
{
	g_autofree char *n_sessions = NULL;
	g_autofree char *passes = NULL;

	(void)data;
	program_fixture_run(fixture, SIM);
	program_fixture_check(fixture, 0, "no D-Bus");
	g_assert_cmpuint(program_fixture_count(fixture->err, "warning: "), ==, 1);
	n_sessions =
		program_fixture_query(fixture, "rollerd.db", "SELECT COUNT(*) > 0 FROM session");
	g_assert_cmpstr(n_sessions, ==, "1\n");
	passes = program_fixture_query(fixture, "rollerd.db",
				       "SELECT COUNT(*) > 10 FROM pass WHERE to_cm <> from_cm");
	g_assert_cmpstr(passes, ==, "1\n");
}

/* What was captured while it was simulated tells the same story, once. */
static void
test_capture_and_replay(ProgramFixture *fixture, gconstpointer data)
{
	g_autofree char *simulated = NULL;
	g_autofree char *replayed = NULL;
	g_autofree char *again = NULL;

	(void)data;
	program_fixture_run(fixture, SIM "--capture=FOLDER/a.rollcap");
	program_fixture_check(fixture, 0, NULL);
	simulated = program_fixture_dump(fixture, "rollerd.db");
	program_fixture_run(fixture, "--db=FOLDER/b.db --replay=FOLDER/a.rollcap");
	program_fixture_check(fixture, 0, "0 known already, 0 refused");
	g_assert_nonnull(strstr(fixture->err, " refused; 1 new session; 0 bad lines\n"));
	g_assert_cmpuint(program_fixture_count(fixture->err, "warning: "), ==, 0);
	replayed = program_fixture_dump(fixture, "b.db");
	g_assert_cmpstr(replayed, ==, simulated);
	program_fixture_run(fixture, "--db=FOLDER/b.db --replay=FOLDER/a.rollcap");
	program_fixture_check(fixture, 0, " 0 new sessions; 0 bad lines\n");
	again = program_fixture_dump(fixture, "b.db");
	g_assert_cmpstr(again, ==, simulated);
}

static void
test_replay_captured(ProgramFixture *fixture, gconstpointer data)
{
	g_autofree char *copy_path = g_build_filename(fixture->folder, "copy.rollcap", NULL);
	g_autofree char *first = NULL;
	g_autofree char *copy = NULL;

	(void)data;
	program_fixture_run(fixture, SIM "--capture=FOLDER/a.rollcap");
	program_fixture_run(
		fixture,
		"--db=FOLDER/b.db --replay=FOLDER/a.rollcap --capture=FOLDER/copy.rollcap");
	program_fixture_check(fixture, 0, NULL);
	g_assert_true(g_file_get_contents(fixture->capture, &first, NULL, NULL));
	g_assert_true(g_file_get_contents(copy_path, &copy, NULL, NULL));
	g_assert_cmpstr(copy, ==, first);
}

static void
test_bad_lines(ProgramFixture *fixture, gconstpointer data)
{
	const char *const text = "# rollcap 1\n"
				 "1700000000000000 C0:FF:EE:00:00:01 "
				 "00002a19-0000-1000-8000-00805f9b34fb 57\n"
				 "what is this\n";

	(void)data;
	g_assert_true(g_file_set_contents(fixture->capture, text, -1, NULL));
	program_fixture_run(fixture, "--replay=FOLDER/a.rollcap --replay=FOLDER/a.rollcap");
	program_fixture_check(fixture, 0, "a.rollcap:3: ");
	g_assert_nonnull(strstr(fixture->err, " 2 bad lines\n"));
	g_assert_cmpuint(program_fixture_count(fixture->err, "rollerd: "), ==, 3);
}

static void
test_rebuild(ProgramFixture *fixture, gconstpointer data)
{
	g_autofree char *before = NULL;
	g_autofree char *after = NULL;

	(void)data;
	program_fixture_run(fixture, SIM);
	before = program_fixture_dump(fixture, "rollerd.db");
	g_free(program_fixture_query(fixture, "rollerd.db", "DELETE FROM pass"));
	program_fixture_run(fixture, "--rebuild");
	program_fixture_check(fixture, 0, "1 session derived anew\n");
	g_assert_null(strchr(fixture->err, '\r')); /* progress is for terminals */
	after = program_fixture_dump(fixture, "rollerd.db");
	g_assert_cmpstr(after, ==, before);
}

/* A database named from where rollerd was started is told by a name that holds everywhere. */
static void
test_relative(ProgramFixture *fixture, gconstpointer data)
{
	g_autofree char *told =
		g_strdup_printf("taking values from sim into %s/here.db\n", fixture->folder);

	(void)data;
	g_subprocess_launcher_set_cwd(fixture->launcher, fixture->folder);
	program_fixture_run(fixture, "--source=sim --speed=0 --duration=10 --db=here.db");
	program_fixture_check(fixture, 0, told);
}

enum {
	FILE_BYTES = 200000, /* the capture has more */
};

/* What no file may grow beyond stands for a disk that is full. Runs in the child. */
static void
limit_files(gpointer data)
{
	const struct rlimit limit = {FILE_BYTES, FILE_BYTES};

	(void)data;
	setrlimit(RLIMIT_FSIZE, &limit);
}

static void
test_full(ProgramFixture *fixture, gconstpointer data)
{
	g_autofree char *wanted = NULL;
	g_autofree char *found = NULL;

	(void)data;
	program_fixture_run(fixture, SIM "--capture=FOLDER/a.rollcap");
	g_subprocess_launcher_set_child_setup(fixture->launcher, limit_files, NULL, NULL);
	program_fixture_run(fixture, "--db=FOLDER/b.db --replay=FOLDER/a.rollcap");
	program_fixture_check(fixture, 1, "cannot write to ");
	g_subprocess_launcher_set_child_setup(fixture->launcher, NULL, NULL, NULL);
	program_fixture_run(fixture, "--db=FOLDER/b.db --replay=FOLDER/a.rollcap");
	program_fixture_check(fixture, 0, " 0 refused");
	wanted = program_fixture_dump(fixture, "rollerd.db");
	found = program_fixture_dump(fixture, "b.db");
	g_assert_cmpstr(found, ==, wanted);
}

static gboolean
has_values(gpointer data)
{
	ProgramFixture *fixture = data;
	g_autofree char *n_values = NULL;

	if (!g_file_test(fixture->db, G_FILE_TEST_EXISTS))
		return FALSE;
	n_values = program_fixture_query(
		fixture, "rollerd.db", "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'session'");
	return g_str_equal(n_values, "1\n");
}

static void
test_locked(ProgramFixture *first, gconstpointer data)
{
	g_autofree char *begin = g_build_filename(first->folder, "rollerd.db", NULL);
	g_autofree char *arguments = g_strdup_printf("--source=sim --db=%s", begin);
	ProgramFixture second = {0};

	(void)data;
	program_fixture_start(first, "--source=sim");
	loop_until_true(has_values, first);
	program_fixture_set_up(&second, NULL);
	program_fixture_run(&second, arguments);
	program_fixture_check(&second, 1, "systemctl --user stop rollerd");
	g_assert_cmpuint(program_fixture_count(second.err, "stop it"), ==, 1);
	program_fixture_tear_down(&second, NULL);
	g_subprocess_send_signal(first->process, SIGTERM);
	program_fixture_wait(first);
	program_fixture_check(first, 0, "stopped");
}

#define ADD(name, test)                                                                            \
	g_test_add("/runs/" name, ProgramFixture, NULL, program_fixture_set_up, test,              \
		   program_fixture_tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("sim", test_sim);
	ADD("capture-and-replay", test_capture_and_replay);
	ADD("replay-captured", test_replay_captured);
	ADD("bad-lines", test_bad_lines);
	ADD("rebuild", test_rebuild);
	ADD("relative", test_relative);
	ADD("full", test_full);
	ADD("locked", test_locked);
	return g_test_run();
}
