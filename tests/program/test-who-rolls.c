/* SPDX-License-Identifier: MIT
 *
 * rollstat person and session beside the true rollerd while its simulated person rolls: whose the session is, by which spine, and
 * what a rebuild and a replay make of it.
 */
#include "tests/cli/dialogue.h"
#include "tests/program/loop.h"
#include "tests/program/manager.h"
#include "tests/program/program-fixture.h"

#include <signal.h>

typedef struct {
	ProgramFixture program;
	GTestDBus *bus;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
	program_fixture_set_up(&fixture->program, data);
	fixture->bus = program_bus_begin(&fixture->program);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	program_bus_end(fixture->bus);
	program_fixture_tear_down(&fixture->program, data);
}

/* Runs rollstat on the fixture's database; it must say text. */
static void
tell(Fixture *fixture, const char *words, const char *text)
{
	g_auto(Dialogue) dialogue = {0};
	g_autofree char *line = g_strdup_printf("--db %s %s", fixture->program.db, words);

	dialogue_begin(&dialogue, g_test_dbus_get_bus_address(fixture->bus), line);
	dialogue_expect(&dialogue, text);
	dialogue_end(&dialogue, 0, NULL);
}

static void
check(Fixture *fixture, const char *sql, const char *wanted)
{
	g_autofree char *rows = program_fixture_query(&fixture->program, "rollerd.db", sql);

	g_assert_cmpstr(rows, ==, wanted);
}

#define SESSION                                                                                    \
	"SELECT session.id, session.person, recording.person, length_cm, is_guess FROM session "   \
	"JOIN recording ON recording.id = session.recording JOIN spine ON spine.id = "             \
	"session.spine"

static gboolean
has_session(gpointer data)
{
	Fixture *fixture = data;
	g_autofree char *rows = program_fixture_query(&fixture->program, "rollerd.db",
						      "SELECT 1 FROM session WHERE passes > 0");

	return *rows != '\0';
}

static void
test_live(Fixture *fixture, gconstpointer data)
{
	(void)data;
	tell(fixture, "person add anna --spine 50", "anna: spine 50.0 cm.");
	program_fixture_start(&fixture->program, "--source=sim --capture=FOLDER/a.rollcap");
	/* Said beside the running daemon, most likely after its sensor was heard. */
	tell(fixture, "person use anna", "anna rolls now");
	loop_until_true(has_session, fixture);
	/* What a sensor is called stands for its address. */
	tell(fixture, "devices name C0:FF:EE:51:00:01 blue", "from now on.");
	tell(fixture, "calibrate --show blue", "C0:FF:EE:51:00:01");
	tell(fixture, "person use me", "Session 1 is still open and stays anna's.");
	tell(fixture, "session 1 --person me", "Session 1 is me's now");
	tell(fixture, "session 1 delete", "It is still open");
	tell(fixture, "sessions", "No session was recorded.");
	program_fixture_stop(&fixture->program, SIGTERM);
	program_fixture_check(&fixture->program, 0, NULL);
	/* It was open, and so told anew at once. */
	check(fixture, SESSION, "1|me|anna|44.0|1\n");
	/* The same from its own capture adds nothing. */
	program_fixture_run(&fixture->program, "--replay=FOLDER/a.rollcap");
	program_fixture_check(&fixture->program, 0, NULL);
	check(fixture, "SELECT count(*) FROM session", "1\n");
	program_fixture_run(&fixture->program, "--rebuild");
	program_fixture_check(&fixture->program, 0, "1 session derived anew");
	check(fixture, SESSION, "1|me|anna|44.0|1\n");
	tell(fixture, "sessions", "No session was recorded.");
	tell(fixture, "session 1 restore", "is back, and me's as before.");
	tell(fixture, "session 1 --person anna", "by me's spine");
	program_fixture_run(&fixture->program, "--rebuild");
	check(fixture, SESSION, "1|anna|anna|50.0|0\n");
	tell(fixture, "session 1", "Session 1 of anna");
}

/* Renamed while she rolls: what is open is hers under the new name at once, and so is what comes after. */
static void
test_renamed(Fixture *fixture, gconstpointer data)
{
	(void)data;
	tell(fixture, "person add anna --spine 50", "anna: spine 50.0 cm.");
	tell(fixture, "person use anna", "anna rolls now");
	program_fixture_start(&fixture->program, "--source=sim");
	loop_until_true(has_session, fixture);
	tell(fixture, "person rename anna Bertha", "anna is called Bertha now: 1 session, with");
	program_fixture_stop(&fixture->program, SIGTERM);
	program_fixture_check(&fixture->program, 0, NULL);
	check(fixture,
	      "SELECT session.person, length_cm FROM session JOIN spine ON spine.id = "
	      "session.spine",
	      "Bertha|50.0\n");
	program_fixture_run(&fixture->program, "--rebuild");
	program_fixture_check(&fixture->program, 0, "1 session derived anew");
	check(fixture,
	      "SELECT session.person, length_cm FROM session JOIN spine ON spine.id = "
	      "session.spine",
	      "Bertha|50.0\n");
	tell(fixture, "person --csv", "Bertha,50.00,,true,false,1,");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/who-rolls/live", Fixture, NULL, set_up, test_live, tear_down);
	g_test_add("/who-rolls/renamed", Fixture, NULL, set_up, test_renamed, tear_down);
	return g_test_run();
}
