/* SPDX-License-Identifier: MIT
 *
 * pair and unpair: nothing without the person's word, on a terminal or by --yes. build/tests/cli/test-pair --update writes the
 * golden files anew.
 */
#include "tests/cli/dialogue.h"
#include "tests/cli/fake-rollerd.h"
#include "tests/cli/golden-file.h"

#include <string.h>

#define QUESTION "Pair with it? [y/N]"

/* Two sensors that do not stream; the first asks for it. */
static void
init(FakeRollerd *fake)
{
	fake_rollerd_init(fake, NULL);
	fake->n_sensors = 2;
	for (guint i = 0; i < 2; i++) {
		fake->sensors[i].link = "absent";
		fake->sensors[i].asks_pairing = i == 0;
	}
}

static void
begin(FakeRollerd *fake, Dialogue *dialogue, const char *line)
{
	fake_rollerd_begin(fake);
	dialogue_begin(dialogue, g_test_dbus_get_bus_address(fake->bus), line);
}

static void
begin_on_terminal(FakeRollerd *fake, Dialogue *dialogue, const char *line)
{
	fake_rollerd_begin(fake);
	dialogue_begin_on_terminal(dialogue, g_test_dbus_get_bus_address(fake->bus), line);
}

static void
check_paired(const FakeRollerd *fake, gboolean first, gboolean second)
{
	g_assert_cmpint(fake->sensors[0].is_paired, ==, first);
	g_assert_cmpint(fake->sensors[1].is_paired, ==, second);
}

/* Says what it means, and takes a yes. */
static void
test_yes(gconstpointer typed)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	init(&fake);
	begin_on_terminal(&fake, &dialogue, "pair");
	dialogue_expect(&dialogue, "Pairing with Roller " FAKE_FIRST);
	dialogue_expect(&dialogue, "rollstat unpair takes it back");
	check_paired(&fake, FALSE, FALSE);
	dialogue_answer(&dialogue, QUESTION, typed);
	dialogue_expect(&dialogue, "Roller " FAKE_FIRST " is paired");
	dialogue_end(&dialogue, 0, NULL);
	golden_file_check(GOLDEN_FOLDER, "pair", dialogue.out->str);
	check_paired(&fake, TRUE, FALSE);
}

/* Anything else is a no. */
static void
test_no(gconstpointer typed)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	init(&fake);
	begin_on_terminal(&fake, &dialogue, "pair");
	dialogue_answer(&dialogue, QUESTION, typed);
	dialogue_expect(&dialogue, "Nothing was paired.");
	dialogue_end(&dialogue, 0, NULL);
	check_paired(&fake, FALSE, FALSE);
}

/* Several ask: a choice, on a terminal. */
static void
test_choice(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	init(&fake);
	fake.sensors[1].asks_pairing = TRUE;
	begin_on_terminal(&fake, &dialogue, "pair");
	dialogue_expect(&dialogue, "  1  Roller " FAKE_FIRST);
	dialogue_expect(&dialogue, "  2  Other " FAKE_SECOND);
	dialogue_answer(&dialogue, "Its number", "2");
	dialogue_answer(&dialogue, QUESTION, "y");
	dialogue_expect(&dialogue, "Other " FAKE_SECOND " is paired");
	dialogue_end(&dialogue, 0, NULL);
	check_paired(&fake, FALSE, TRUE);
}

static void
test_quit(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	init(&fake);
	fake.sensors[1].asks_pairing = TRUE;
	begin_on_terminal(&fake, &dialogue, "pair");
	dialogue_answer(&dialogue, "Its number", "q");
	dialogue_expect(&dialogue, "Nothing was paired.");
	dialogue_end(&dialogue, 0, NULL);
	check_paired(&fake, FALSE, FALSE);
}

typedef struct {
	const char *line;
	int status;
	const char *says; /* on standard error */
	guint n_asking;
	gboolean first, second; /* paired by it */
	const char *error;	/* of Pair; NULL: none */
} Script;

static const Script scripts[] = {
	{"pair", 2, "rollstat pair --yes SENSOR", 1, 0, 0, NULL},
	{"pair " FAKE_SECOND, 2, "there is no terminal to ask on", 1, 0, 0, NULL},
	{"pair --yes", 0, NULL, 1, 1, 0, NULL},
	{"pair --yes", 1, "no sensor asks to be paired", 0, 0, 0, NULL},
	{"pair --yes", 1, "name one by its address\n  Roller " FAKE_FIRST "\n  Other " FAKE_SECOND,
	 2, 0, 0, NULL},
	{"pair --yes c0:ff:ee:00:00:02", 0, NULL, 2, 0, 1, NULL},
	{"pair --yes Other", 0, NULL, 0, 0, 1, NULL},
	{"pair --yes Nobody", 1, "rollerd knows no sensor \"Nobody\"", 1, 0, 0, NULL},
	{"pair --yes", 1, "pairing with Roller " FAKE_FIRST ": it will not pair", 1, 0, 0,
	 "Failed"},
	{"pair --yes", 1, "it will not pair", 1, 0, 0, "NotSupported"},
	{"pair --yes", 0, NULL, 1, 0, 0, "AlreadyPaired"},
	{"unpair " FAKE_FIRST, 0, NULL, 0, 0, 0, NULL},
	{"unpair Nobody", 1, "rollerd knows no sensor", 0, 0, 0, NULL},
	{"unpair Roller", 1, "taking the pairing with Roller " FAKE_FIRST " back: it will not pair",
	 0, 0, 0, "Failed"},
};

static void
test_script(gconstpointer data)
{
	const Script *script = data;
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	init(&fake);
	for (guint i = 0; i < 2; i++)
		fake.sensors[i].asks_pairing = i < script->n_asking;
	fake.pair_error = script->error;
	begin(&fake, &dialogue, script->line);
	dialogue_end(&dialogue, script->status, script->says);
	check_paired(&fake, script->first, script->second);
	g_assert_cmpint(script->status == 0, ==, dialogue.out->len > 0);
}

static void
test_already(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	init(&fake);
	fake.pair_error = "AlreadyPaired";
	begin(&fake, &dialogue, "pair --yes");
	dialogue_expect(&dialogue,
			"was paired already. If it was reset since: rollstat unpair " FAKE_FIRST);
	dialogue_end(&dialogue, 0, NULL);
}

static void
test_unpairs(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	init(&fake);
	fake.sensors[0].is_paired = fake.sensors[1].is_paired = TRUE;
	begin(&fake, &dialogue, "unpair Other");
	dialogue_expect(&dialogue, "Other " FAKE_SECOND " is not paired any more");
	dialogue_end(&dialogue, 0, NULL);
	golden_file_check(GOLDEN_FOLDER, "unpair", dialogue.out->str);
	check_paired(&fake, TRUE, FALSE);
}

/* No rollerd: exit status 3, with the word given or not. */
static void
test_absent(gconstpointer line)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	init(&fake);
	dialogue_begin(&dialogue, g_test_dbus_get_bus_address(fake.bus), line);
	dialogue_end(&dialogue, 3, "rollerd does not answer");
	g_assert_cmpstr(dialogue.out->str, ==, "");
}

/* It goes while the person thinks. */
static void
test_leaves(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	init(&fake);
	begin_on_terminal(&fake, &dialogue, "pair");
	dialogue_expect(&dialogue, QUESTION);
	fake_rollerd_leave(&fake);
	dialogue_type(&dialogue, "y");
	dialogue_expect(&dialogue, "this may take a minute");
	dialogue_end(&dialogue, 3, "rollerd does not answer any more");
	check_paired(&fake, FALSE, FALSE);
}

/* status tells who asks, and what to do. */
static void
test_status(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	init(&fake);
	fake.sensors[0].detail = "asks to be paired: rollstat pair " FAKE_FIRST;
	begin(&fake, &dialogue, "status --json");
	dialogue_expect(&dialogue,
			"\"detail\":\"asks to be paired: rollstat pair " FAKE_FIRST "\"");
	dialogue_expect(&dialogue, "\"paired\":false,\"asks_pairing\":true");
	dialogue_expect(&dialogue, "\"paired\":false,\"asks_pairing\":false");
	dialogue_end(&dialogue, 0, NULL);
}

int
main(int argc, char **argv)
{
	static const char *const noes[] = {"n", "", "s", "q", "yess", "no"};
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/pair/y", "y", test_yes);
	g_test_add_data_func("/pair/yes", "YES", test_yes);
	for (gsize i = 0; i < G_N_ELEMENTS(noes); i++) {
		g_autofree char *path = g_strdup_printf("/pair/no/%zu", i);
		g_test_add_data_func(path, noes[i], test_no);
	}
	g_test_add_func("/pair/choice", test_choice);
	g_test_add_func("/pair/quit", test_quit);
	for (gsize i = 0; i < G_N_ELEMENTS(scripts); i++) {
		g_autofree char *path = g_strdup_printf("/pair/script/%zu", i);
		g_test_add_data_func(path, &scripts[i], test_script);
	}
	g_test_add_func("/pair/already", test_already);
	g_test_add_func("/pair/unpairs", test_unpairs);
	g_test_add_data_func("/pair/absent", "pair", test_absent);
	g_test_add_data_func("/pair/absent-yes", "pair --yes " FAKE_FIRST, test_absent);
	g_test_add_data_func("/pair/absent-unpair", "unpair " FAKE_FIRST, test_absent);
	g_test_add_func("/pair/leaves", test_leaves);
	g_test_add_func("/pair/status", test_status);
	return g_test_run();
}
