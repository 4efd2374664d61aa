/* SPDX-License-Identifier: MIT
 *
 * The command line: what is refused, and how.
 */
#include "cli/verbs.h"
#include "tests/cli/answer.h"

#include <string.h>

#define NOW_US G_GINT64_CONSTANT(1773500000000000)

typedef struct {
	const char *words, *says;
} Refused;

static const Refused refused[] = {
	{"", "a verb is missing"},
	{"--json", "a verb is missing"},
	{"tody", "did you mean \"today\"?"},
	{"wekk", "did you mean \"week\"?"},
	{"dya 2026-03-14", "did you mean \"day\"?"},
	{"sessionss", "did you mean \"sessions\"?"},
	{"session", "write it as: rollstat session N"},
	{"xylophone", "see rollstat --help"},
	{"day", "rollstat day DAY"},
	{"day 14/3/2026", "is not a day; write it as YYYY-MM-DD"},
	{"day march", "is more than a day; see it by: rollstat range march"},
	{"day 2026-02-29", "is not a day"},
	{"day 2026-03-14 2026-03-15", "rollstat day DAY"},
	{"range", "rollstat range FROM [TO]"},
	{"range 2026 2026 2026", "rollstat range FROM [TO]"},
	{"day 2026-03", "is more than a day; see it by: rollstat range 2026-03"},
	{"day 2026-13", "is not a day"},
	{"today --json --csv", "--json or --csv, not both; write it as: rollstat today"},
	{"status --person me", "rollstat status takes no --person; write it as: rollstat status"},
	{"doctor --csv", "rollstat doctor takes no --csv"},
	{"range 2026-03-15 2026-03-14", "2026-03-15 is after 2026-03-14"},
	{"range 2026-03-15 tomorrow", "\"tomorrow\" is not a day"},
	{"range 0001-01-01 9999-12-31", "more than a hundred years"},
	{"today now", "rollstat today"},
	{"week --day 2026-03-14", "--day"},
	{"sessions --session 3", "--session"},
	{"passes --session three", "the number of a session"},
	{"passes --session 0", "the number of a session"},
	{"passes --day 2026-3-14", "is not a day"},
	{"today --color sometimes", "auto, always or never"},
	{"today --person \xff", "a name in UTF-8, \"\\377\" is none"},
	{"sessions --day \xff", "\"\\377\" is not a day"},
	{"today --show", "--show"},
	{"calibrate a b", "rollstat calibrate [SENSOR], or"},
	{"pair --json", "rollstat pair takes no --json"},
	{"calibrate --json", "calibrate --show [--json] [SENSOR]"},
	{"calibrate --day 2026-03-14", "--day"},
	{"pair a b", "rollstat pair [--yes] [SENSOR]"},
	{"pair --json", "rollstat pair [--yes] [SENSOR]"},
	{"pair --show", "--show"},
	{"unpair", "rollstat unpair SENSOR"},
	{"unpair --yes C0:FF:EE:00:00:01", "--yes"},
	{"calibrate --yes", "--yes"},
	{"today --yes", "--yes"},
	{"calibrte", "did you mean \"calibrate\"?"},
	{"today --jsn", "--jsn\nWhat a verb takes: rollstat VERB --help\n"},
	{"today --day", "--day"},
};

static void
test_refused(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
		g_auto(Answer) answer = answer_ask(&fixture, NOW_US, refused[i].words);
		g_test_message("%s: %s", refused[i].words, answer.err);
		g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_USAGE);
		g_assert_cmpstr(answer.out, ==, "");
		g_assert_true(g_str_has_prefix(answer.err, "rollstat: "));
		g_assert_nonnull(strstr(answer.err, refused[i].says));
	}
}

/* What a mistyped word holds does not reach the terminal as it is. */
static void
test_escapes(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	g_auto(Answer) verb = answer_ask(&fixture, NOW_US, "\033[31mx");
	g_assert_null(strchr(verb.err, '\033'));
	g_auto(Answer) day = answer_ask(&fixture, NOW_US, "day \033[31m");
	g_assert_null(strchr(day.err, '\033'));
	g_auto(Answer) option = answer_ask(&fixture, NOW_US, "--\033[31m today");
	g_assert_null(strchr(option.err, '\033'));
}

/* Options may stand on both sides of the verb. */
static void
test_order(void)
{
	static const char *const same[] = {
		"--json day 2026-03-14",
		"day --json 2026-03-14",
		"day 2026-03-14 --json",
	};
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	made_session_add(fixture.db, &made_session_usual);
	g_auto(Answer) first = answer_ask(&fixture, NOW_US, same[0]);
	g_assert_true(g_str_has_prefix(first.out, "{\"date\":\"2026-03-14\",\"sessions\":1,"));
	for (gsize i = 1; i < G_N_ELEMENTS(same); i++) {
		g_auto(Answer) answer = answer_ask(&fixture, NOW_US, same[i]);
		g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
		g_assert_cmpstr(answer.out, ==, first.out);
	}
}

/* Each is one screen: 24 lines of 80 columns and the last line feed. */
static void
check_screen(const AnswerFixture *fixture, const char *words, const char *holds)
{
	g_auto(Answer) answer = answer_ask(fixture, NOW_US, words);
	g_auto(GStrv) lines = g_strsplit(answer.out, "\n", -1);
	g_test_message("%s", words);
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
	g_assert_cmpuint(g_strv_length(lines), <=, 25);
	g_assert_nonnull(strstr(answer.out, holds));
	for (guint k = 0; lines[k] != NULL; k++)
		g_assert_cmpuint(strlen(lines[k]), <=, 80);
}

static void
test_help(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	check_screen(&fixture, "--help", "rollstat VERB --help");
	check_screen(&fixture, "-h", "rollstat VERB --help");
	g_auto(Answer) all = answer_ask(&fixture, NOW_US, "help");
	for (guint i = 0; rollstat_verbs[i] != NULL; i++) {
		const char *verb = rollstat_verbs[i]->name;
		g_autofree char *option = g_strdup_printf("%s --help", verb);
		g_autofree char *word = g_strdup_printf("help %s", verb);
		g_autofree char *line = g_strdup_printf("%s ", verb);
		check_screen(&fixture, option, rollstat_verbs[i]->usage);
		check_screen(&fixture, word, rollstat_verbs[i]->usage);
		g_assert_true(strstr(all.out, line) != NULL);
	}
	g_auto(Answer) mistyped = answer_ask(&fixture, NOW_US, "help tody");
	g_assert_cmpint(mistyped.status, ==, ROLLSTAT_EXIT_USAGE);
	g_assert_nonnull(strstr(mistyped.err, "did you mean \"today\"?"));
	g_auto(Answer) version = answer_ask(&fixture, NOW_US, "--version");
	g_assert_true(g_str_has_prefix(version.out, "rollstat "));
}

/* The value of an option is no verb, wherever it stands. */
static void
test_values(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	made_session_add(fixture.db, &made_session_usual);
	g_auto(Answer) after = answer_ask(&fixture, NOW_US, "sessions --day 2026-03-14");
	g_auto(Answer) before = answer_ask(&fixture, NOW_US, "--day 2026-03-14 sessions");
	answer_add_person(&fixture, "today");
	g_auto(Answer) named = answer_ask(&fixture, NOW_US, "--person today today");
	g_assert_cmpint(after.status, ==, ROLLSTAT_EXIT_DONE);
	g_assert_cmpstr(before.out, ==, after.out);
	g_assert_cmpint(named.status, ==, ROLLSTAT_EXIT_DONE);
}

static void
test_colour(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	made_session_add(fixture.db, &made_session_usual);
	g_auto(Answer) always = answer_ask(&fixture, NOW_US, "day 2026-03-14 --color=always");
	g_assert_nonnull(strstr(always.out, "\033["));
	RollstatStyle colour = {.width = 80, .has_colour = TRUE, .has_utf8 = TRUE};
	g_auto(Answer) never =
		answer_ask_styled(&fixture, NOW_US, "day 2026-03-14 --color=never", colour);
	g_assert_null(strstr(never.out, "\033["));
	g_auto(Answer) json =
		answer_ask_styled(&fixture, NOW_US, "day 2026-03-14 --json --color=always", colour);
	g_assert_null(strstr(json.out, "\033["));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/arguments/refused", test_refused);
	g_test_add_func("/arguments/escapes", test_escapes);
	g_test_add_func("/arguments/order", test_order);
	g_test_add_func("/arguments/help", test_help);
	g_test_add_func("/arguments/values", test_values);
	g_test_add_func("/arguments/colour", test_colour);
	return g_test_run();
}
