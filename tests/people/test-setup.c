/* SPDX-License-Identifier: MIT
 *
 * The walk of setup, with a rollerd and a systemctl that the test plays: what is asked and said, and what stands in the
 * configuration and the database then. build/tests/people/test-setup --update writes the golden file anew.
 */
#include "protocol/database.h"
#include "tests/cli/dialogue.h"
#include "tests/cli/fake-rollerd.h"
#include "tests/cli/golden-file.h"

#include <glib/gstdio.h>
#include <string.h>

#define NAME "Your name (Enter: "
#define SPINE "Length in cm, 20 to 70 (s: not measured):"
#define WEIGHT "Your weight in kg, 20 to 400, against which force is told (s: not said):"
#define STATURE "Your height in cm, 50 to 250"
#define START "Enter: start it, now and always: systemctl --user enable --now rollerd"
#define LOOK "Enter: look for it, for 20 s."
#define BODY "It is used as a roller."
#define PRESS "Press on it with your weight"
#define CALIBRATE "Enter: calibrate now, s: later."

/* The folder of a test is the one of the configuration, the database and systemctl. */
typedef struct {
	FakeRollerd fake;
	Dialogue dialogue;
	char *database, *log;
} Rig;

static void
init(Rig *rig, const char *config)
{
	static const char script[] =
		"#!/bin/sh\n"
		"here=$(dirname \"$0\")\n"
		"echo \"$*\" >>\"$here/log\"\n"
		"case \"$*\" in\n"
		"*is-enabled*) [ -e \"$here/on\" ] && echo enabled || { echo disabled; exit 1; } "
		";;\n"
		"*) [ ! -e \"$here/barred\" ] || { echo 'no way'; exit 1; }; : >\"$here/on\" ;;\n"
		"esac\n";
	fake_rollerd_init(&rig->fake, NULL);
	/* Where it is looked for without a daemon, too. */
	g_free(rig->fake.config);
	rig->fake.config = g_build_filename(rig->fake.folder, "rollerd", "rollerd.conf", NULL);
	rig->database = g_build_filename(rig->fake.folder, "rollerd.db", NULL);
	rig->log = g_build_filename(rig->fake.folder, "log", NULL);
	rig->fake.database = rig->database;
	g_autofree char *path = g_build_filename(rig->fake.folder, "systemctl", NULL);
	g_autofree char *folder = g_path_get_dirname(rig->fake.config);
	g_assert_true(g_file_set_contents(path, script, -1, NULL));
	g_assert_cmpint(g_chmod(path, 0755), ==, 0);
	g_assert_cmpint(g_mkdir(folder, 0755), ==, 0);
	if (config != NULL)
		g_assert_true(g_file_set_contents(rig->fake.config, config, -1, NULL));
	g_autofree char *paths =
		g_strdup_printf("%s:/usr/sbin:/usr/bin:/sbin:/bin", rig->fake.folder);
	g_setenv("PATH", paths, TRUE);
	g_setenv("XDG_CONFIG_HOME", rig->fake.folder, TRUE);
}

static void
clear(Rig *rig)
{
	g_autofree char *folder = g_path_get_dirname(rig->fake.config);
	dialogue_clear(&rig->dialogue);
	g_unlink(rig->fake.config);
	g_rmdir(folder);
	fake_rollerd_clear(&rig->fake);
	g_clear_pointer(&rig->database, g_free);
	g_clear_pointer(&rig->log, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rig, clear)

/* Makes a file beside systemctl: "on" or "barred". */
static void
set(const Rig *rig, const char *name)
{
	g_autofree char *path = g_build_filename(rig->fake.folder, name, NULL);
	g_assert_true(g_file_set_contents(path, "", -1, NULL));
}

static void
begin(Rig *rig)
{
	g_autofree char *line = g_strdup_printf("--db %s setup", rig->database);
	dialogue_begin_in_session(&rig->dialogue, g_test_dbus_get_bus_address(rig->fake.bus), line);
}

static void
check_config(const Rig *rig, const char *wanted)
{
	g_autofree char *text = fake_rollerd_dup_config(&rig->fake);
	g_assert_cmpstr(text, ==, wanted);
}

static void
check_row(const Rig *rig, const char *sql)
{
	sqlite3_stmt *row = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(sqlite3) db = roll_database_open(rig->database, ROLL_DATABASE_READER, &error);
	g_assert_no_error(error);
	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &row, NULL), ==, SQLITE_OK);
	if (sqlite3_step(row) != SQLITE_ROW)
		g_error("there is no row of: %s", sql);
	sqlite3_finalize(row);
}

/* Finds the sensor, says that it is a roller, and presses on it. */
static void
find_and_press(Rig *rig)
{
	dialogue_answer(&rig->dialogue, LOOK, "");
	dialogue_expect(&rig->dialogue, "Found: Roller " FAKE_FIRST ".");
	dialogue_answer(&rig->dialogue, BODY, "");
	dialogue_expect(&rig->dialogue, PRESS);
	rig->fake.sensors[0].force_n = 80;
	dialogue_type(&rig->dialogue, "");
	dialogue_expect(&rig->dialogue, "Force before: 3 N, pressed: 80 N.");
	dialogue_expect(&rig->dialogue, "It feels you.");
}

/* Starts rollerd as soon as systemctl was told to. */
static void
start_when_told(Rig *rig)
{
	g_autofree char *said = NULL;
	dialogue_answer(&rig->dialogue, START, "");
	while (said == NULL || strstr(said, "--user enable --now rollerd") == NULL) {
		g_clear_pointer(&said, g_free);
		g_file_get_contents(rig->log, &said, NULL, NULL);
		g_main_context_iteration(NULL, FALSE);
	}
	fake_rollerd_begin(&rig->fake);
}

/* On a machine on which nothing was done yet. */
static void
test_whole(void)
{
	g_auto(Rig) rig = {0};
	init(&rig, NULL);
	begin(&rig);
	dialogue_answer(&rig.dialogue, NAME "me):", "Anna");
	dialogue_answer(&rig.dialogue, SPINE, "46,5");
	dialogue_answer(&rig.dialogue, WEIGHT, "6");
	dialogue_expect(&rig.dialogue, "That is no number from 20 to 400.");
	dialogue_answer(&rig.dialogue, WEIGHT, "61,5 kg");
	dialogue_expect(&rig.dialogue, "Anna rolls, with a spine of 46.5 cm.");
	start_when_told(&rig);
	dialogue_expect(&rig.dialogue, "rollerd runs, as your own.");
	dialogue_expect(&rig.dialogue, "It ends as you log out.");
	dialogue_expect(&rig.dialogue, "sudo loginctl enable-linger \"$USER\"");
	find_and_press(&rig);
	dialogue_answer(&rig.dialogue, CALIBRATE, "");
	dialogue_expect(&rig.dialogue, "Stored: 46.5 cm.");
	dialogue_answer(&rig.dialogue, "Length in cm, 20 to 70:", "");
	dialogue_answer(&rig.dialogue, "Enter: tare it now.", "q");
	dialogue_expect(&rig.dialogue, "Roll, and then: rollstat today");
	dialogue_end(&rig.dialogue, 0, "");
	golden_file_check_in(GOLDEN_FOLDER, "setup", rig.dialogue.out->str, rig.fake.folder);
	check_config(&rig, "[person]\nname=Anna\nspine_cm=46.5\nweight_kg=61.5\n");
}

/* Once more, with Enter alone: nothing changes. */
static void
test_again(void)
{
	static const char config[] = "[person]\nname=Anna # me\nspine_cm=46.5\nweight_kg=61.5\n";
	g_auto(Rig) rig = {0};
	init(&rig, config);
	set(&rig, "on");
	fake_rollerd_begin(&rig.fake);
	begin(&rig);
	dialogue_answer(&rig.dialogue, NAME "Anna):", "");
	dialogue_expect(&rig.dialogue, "Stored: 46.5 cm.");
	dialogue_answer(&rig.dialogue, SPINE, "");
	dialogue_expect(&rig.dialogue, "Stored: 61.5 kg.");
	dialogue_answer(&rig.dialogue, WEIGHT, "");
	dialogue_expect(&rig.dialogue, "It starts by itself.");
	dialogue_expect(&rig.dialogue, "It ends as you log out.");
	find_and_press(&rig);
	dialogue_answer(&rig.dialogue, CALIBRATE, "s");
	dialogue_expect(&rig.dialogue, "That is all.");
	dialogue_end(&rig.dialogue, 0, "");
	check_config(&rig, config);
	g_assert_false(g_file_test(rig.database, G_FILE_TEST_EXISTS));
}

/* A second person, who does not know the length of the spine; then the first one again. */
static void
test_second_person(void)
{
	static const char config[] = "[person]\nname=Anna\nspine_cm=46.5\n";
	g_auto(Rig) rig = {0};
	init(&rig, config);
	set(&rig, "on");
	fake_rollerd_begin(&rig.fake);
	begin(&rig);
	dialogue_answer(&rig.dialogue, NAME "Anna):", "a#b");
	dialogue_expect(&rig.dialogue, "That cannot be: a name is");
	dialogue_answer(&rig.dialogue, NAME "Anna):", "Otto");
	dialogue_answer(&rig.dialogue, SPINE, "12");
	dialogue_expect(&rig.dialogue, "That is no number from 20 to 70.");
	dialogue_answer(&rig.dialogue, SPINE, "s");
	dialogue_answer(&rig.dialogue, STATURE, "190");
	dialogue_answer(&rig.dialogue, WEIGHT, "s");
	dialogue_expect(&rig.dialogue, "Otto rolls, with a spine of ~50.0 cm.");
	dialogue_answer(&rig.dialogue, LOOK, "s");
	dialogue_answer(&rig.dialogue, CALIBRATE, "");
	dialogue_expect(&rig.dialogue, "It is Otto who rolls now.");
	dialogue_answer(&rig.dialogue, "Length in cm, 20 to 70:", "51");
	dialogue_expect(&rig.dialogue, "Stored: spine of Otto, 51.0 cm");
	dialogue_answer(&rig.dialogue, "Enter: tare it now.", "q");
	dialogue_end(&rig.dialogue, 0, "");
	check_config(&rig, config);
	check_row(&rig, "SELECT 1 FROM person WHERE name = 'Otto' AND spine_cm = 51 AND "
			"stature_cm = 190 AND weight_kg IS NULL");
	check_row(&rig, "SELECT 1 FROM choice WHERE name = 'person' AND value = 'Otto'");
	dialogue_clear(&rig.dialogue);
	begin(&rig);
	dialogue_expect(&rig.dialogue, "There are: Anna, Otto.");
	dialogue_answer(&rig.dialogue, NAME "Otto):", "anna");
	dialogue_answer(&rig.dialogue, SPINE, "q");
	dialogue_expect(&rig.dialogue, "What was set up so far stays");
	dialogue_end(&rig.dialogue, 0, "");
	check_row(&rig, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM choice)");
}

/* systemctl refuses; without rollerd there is no sensor, and it is told that not all is done. */
static void
test_no_service(void)
{
	g_auto(Rig) rig = {0};
	init(&rig, NULL);
	set(&rig, "barred");
	begin(&rig);
	dialogue_answer(&rig.dialogue, NAME, "s");
	dialogue_answer(&rig.dialogue, START, "");
	dialogue_expect(&rig.dialogue, "systemctl refused: no way");
	dialogue_answer(&rig.dialogue, START, "s");
	dialogue_expect(&rig.dialogue, "Without rollerd it cannot be heard: skipped.");
	dialogue_expect(&rig.dialogue, "Not all of it is done");
	dialogue_end(&rig.dialogue, 0, "");
	check_config(&rig, NULL);
}

/* One that asks to be paired is told; it streams when it was. Another body goes into its section. */
static void
test_sensor(void)
{
	g_auto(Rig) rig = {0};
	init(&rig, NULL);
	set(&rig, "on");
	rig.fake.sensors[0].link = "connecting";
	rig.fake.sensors[0].asks_pairing = TRUE;
	fake_rollerd_begin(&rig.fake);
	begin(&rig);
	dialogue_answer(&rig.dialogue, NAME, "s");
	dialogue_answer(&rig.dialogue, LOOK, "");
	dialogue_expect(&rig.dialogue, "In another terminal: rollstat pair " FAKE_FIRST);
	rig.fake.sensors[0].link = "streaming";
	rig.fake.sensors[0].asks_pairing = FALSE;
	dialogue_answer(&rig.dialogue, LOOK, "");
	dialogue_answer(&rig.dialogue, BODY, "frog");
	dialogue_answer(&rig.dialogue, BODY, "bar");
	dialogue_answer(&rig.dialogue, PRESS, "");
	dialogue_expect(&rig.dialogue, "That is hardly more.");
	dialogue_answer(&rig.dialogue, PRESS, "s");
	dialogue_answer(&rig.dialogue, CALIBRATE, "s");
	dialogue_end(&rig.dialogue, 0, "");
	check_config(&rig, "[sensor " FAKE_FIRST "]\nkind=bar\n");
}

static void
test_end_of_input(void)
{
	g_auto(Rig) rig = {0};
	init(&rig, NULL);
	begin(&rig);
	dialogue_expect(&rig.dialogue, NAME);
	dialogue_end(&rig.dialogue, 1, "the input ended before the setup did");
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/setup/whole", test_whole);
	g_test_add_func("/setup/again", test_again);
	g_test_add_func("/setup/second-person", test_second_person);
	g_test_add_func("/setup/no-service", test_no_service);
	g_test_add_func("/setup/sensor", test_sensor);
	g_test_add_func("/setup/end-of-input", test_end_of_input);
	return g_test_run();
}
