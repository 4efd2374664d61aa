/* SPDX-License-Identifier: MIT
 *
 * What rollerd refuses to begin with, how it says so, and its exit status.
 */
#include "tests/program/program-fixture.h"

#include <string.h>

typedef struct {
	const char *name;
	const char *arguments;
	int status;
	const char *text;
} Refusal;

static const Refusal refusals[] = {
	{"unknown-option", "--frobnicate", 2, "frobnicate"},
	{"no-option", "sim", 2, "\"sim\": rollerd takes options only"},
	{"source", "--source=usb", 2, "--source=usb: allowed is bluez or sim"},
	{"replay-and-source", "--source=sim --replay=a", 2, "does not go with --source"},
	{"rebuild-and-replay", "--rebuild --replay=a", 2, "does not go with --source, --replay"},
	{"rebuild-and-capture", "--rebuild --capture=a", 2, "does not go with --source, --replay"},
	{"check-and-rebuild", "--check-config --rebuild", 2, "--check-config does nothing else"},
	{"check-and-replay", "--check-config --replay=a", 2, "--check-config does nothing else"},
	{"check-bad", "--check-config --config=FOLDER/bad.conf", 1,
	 "bad.conf:2: [roller] radus_cm=7: no such key; allowed are kind,"},
	{"seed-alone", "--seed=3", 2, "go with --source=sim only"},
	{"speed-and-replay", "--replay=a --speed=3", 2, "go with --source=sim only"},
	{"seed", "--source=sim --seed=-1", 2, "--seed=-1: allowed is a whole number from 0"},
	{"speed", "--source=sim --speed=fast", 2, "--speed=fast: allowed is a number"},
	{"speed-below", "--source=sim --speed=-1", 2, "--speed=-1: allowed is a number"},
	{"speed-nan", "--source=sim --speed=nan", 2, "--speed=nan: allowed is a number"},
	{"duration", "--source=sim --duration=0", 2, "--duration=0: allowed is a number"},
	{"same-file", "--replay=FOLDER/text --capture=FOLDER/text", 2, "are the same file"},
	{"no-config", "--source=sim --config=FOLDER/none.conf", 1,
	 "none.conf: there is no such file"},
	{"bad-config", "--source=sim --config=FOLDER/bad.conf", 1,
	 "bad.conf:2: [roller] radus_cm=7: no such key; allowed are kind,"},
	{"no-replay", "--replay=FOLDER/none.rollcap", 1, "none.rollcap"},
	{"replay-folder", "--replay=FOLDER", 1, "irectory"},
	{"capture-other", "--source=sim --capture=FOLDER/text", 1, "the file holds something else"},
	{"capture-nowhere", "--source=sim --capture=FOLDER/none/a.rollcap", 1, "none/a.rollcap"},
	{"database-text", "--source=sim --db=FOLDER/text", 1, "/text"},
	{"database-newer", "--source=sim --db=FOLDER/newer.db", 1, "99"},
	{"database-below-file", "--source=sim --db=FOLDER/text/rollerd.db", 1, "/text"},
	{"database-folder", "--source=sim --db=FOLDER", 1, NULL},
	{"rebuild-text", "--rebuild --db=FOLDER/text", 1, "/text"},
};

static void
write_file(ProgramFixture *fixture, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(fixture->folder, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
make_newer(ProgramFixture *fixture)
{
	g_autofree char *path = g_build_filename(fixture->folder, "newer.db", NULL);
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db,
				     "PRAGMA application_id = 0x526f6c6c; PRAGMA user_version = 99;"
				     "CREATE TABLE future (id INTEGER)",
				     NULL, NULL, NULL),
			==, SQLITE_OK);
	sqlite3_close(db);
}

static void
check_refusal(ProgramFixture *fixture, gconstpointer data)
{
	const Refusal *refusal = data;

	write_file(fixture, "text", "my only copy\n");
	write_file(fixture, "bad.conf", "[roller]\nradus_cm=7\n");
	make_newer(fixture);
	program_fixture_run(fixture, refusal->arguments);
	program_fixture_check(fixture, refusal->status, refusal->text);
	g_assert_cmpuint(program_fixture_count(fixture->err, "rollerd: "), ==, 1);
	g_assert_cmpuint(program_fixture_count(fixture->err, "Try \"rollerd --help\"."), ==,
			 refusal->status == 2);
	g_assert_cmpstr(fixture->out, ==, "");
}

static void
check_untouched(ProgramFixture *fixture, gconstpointer data)
{
	g_autofree char *path = g_build_filename(fixture->folder, "text", NULL);
	g_autofree char *text = NULL;

	(void)data;
	write_file(fixture, "text", "my only copy\n");
	program_fixture_run(fixture, "--source=sim --db=FOLDER/text --capture=FOLDER/text");
	program_fixture_check(fixture, 1, NULL);
	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, "my only copy\n");
}

static void
test_default_config(ProgramFixture *fixture, gconstpointer data)
{
	g_autofree char *folder = g_build_filename(fixture->folder, "rollerd", NULL);

	(void)data;
	g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
	write_file(fixture, "rollerd/rollerd.conf", "[person]\nheight=3\n");
	program_fixture_run(fixture, "--source=sim");
	program_fixture_check(fixture, 1, "rollerd/rollerd.conf:2: [person] height=3: no such key");
}

static void
test_check_config(ProgramFixture *fixture, gconstpointer data)
{
	g_autofree char *history = g_build_filename(fixture->folder, "rollerd.db", NULL);

	(void)data;
	write_file(fixture, "good.conf", "[roller]\nradius_cm=7\n");
	program_fixture_run(fixture, "--check-config --config=FOLDER/good.conf");
	program_fixture_check(fixture, 0, NULL);
	g_assert_true(g_str_has_suffix(fixture->out, "/good.conf can be taken\n"));
	program_fixture_run(fixture, "--check-config");
	program_fixture_check(fixture, 0, NULL);
	g_assert_true(g_str_has_prefix(fixture->out, "there is no "));
	g_assert_false(g_file_test(history, G_FILE_TEST_EXISTS));
}

static void
test_version(ProgramFixture *fixture, gconstpointer data)
{
	(void)data;
	program_fixture_run(fixture, "--version");
	program_fixture_check(fixture, 0, NULL);
	g_assert_true(g_str_has_prefix(fixture->out, "rollerd 0."));
}

static void
test_help(ProgramFixture *fixture, gconstpointer data)
{
	(void)data;
	program_fixture_run(fixture, "--help");
	program_fixture_check(fixture, 0, NULL);
	g_assert_nonnull(strstr(fixture->out, "--rebuild"));
}

#define ADD(name, test)                                                                            \
	g_test_add("/usage/" name, ProgramFixture, NULL, program_fixture_set_up, test,             \
		   program_fixture_tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_autofree char *name = g_strdup_printf("/usage/refuses/%s", refusals[i].name);

		g_test_add(name, ProgramFixture, &refusals[i], program_fixture_set_up,
			   check_refusal, program_fixture_tear_down);
	}
	ADD("untouched", check_untouched);
	ADD("default-config", test_default_config);
	ADD("check-config", test_check_config);
	ADD("version", test_version);
	ADD("help", test_help);
	return g_test_run();
}
