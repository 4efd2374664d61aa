/* SPDX-License-Identifier: MIT
 *
 * What may stand next, asked as the shells do; their own ways are tested by tests/manual/check-completion.py.
 * build/tests/cli/test-complete --update writes the golden file anew.
 */
#define _GNU_SOURCE /* strchrnul */
#include "tests/cli/answer.h"
#include "tests/cli/golden-file.h"

#include <string.h>

#define NOW_US G_GINT64_CONSTANT(1773500000000000)

/* What is offered, without descriptions, in one line. */
static char *
ask(const AnswerFixture *fixture, const char *words)
{
	RollstatStyle style = {.width = ROLLSTAT_WIDTH_USUAL, .has_utf8 = TRUE};
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	RollstatContext context = {.now_us = NOW_US, .zone = zone, .style = style};
	g_autofree char *line =
		g_strdup_printf("rollstat complete --db %s %s", fixture->path, words);
	g_auto(GStrv) arguments = g_strsplit(line, " ", -1);
	g_autoptr(GString) out = g_string_new(NULL), err = g_string_new(NULL);
	g_assert_cmpint(rollstat_command_run(&context, arguments, out, err), ==,
			ROLLSTAT_EXIT_DONE);
	g_assert_cmpstr(err->str, ==, "");
	g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++)
		*strchrnul(lines[i], '\t') = '\0';
	return g_strchomp(g_strjoinv(" ", lines));
}

typedef struct {
	const char *words, *offered;
} Asked;

static void
check(const AnswerFixture *fixture, const Asked *asked, gsize n)
{
	for (gsize i = 0; i < n; i++) {
		g_autofree char *offered = ask(fixture, asked[i].words);
		g_test_message("%s", asked[i].words);
		g_assert_cmpstr(offered, ==, asked[i].offered);
	}
}

static void
test_offered(void)
{
	static const Asked all[] = {
		{"to", "today"},
		{"today x", ""},
		{"xylophone ", ""},
		{"passes --s", "--session --system"},
		{"passes --session ", "1"},
		{"range ", "2026-03-14"},
		{"range 2026-03-14 la", "last-week last-month"},
		{"range --csv 20", "2026-03-14"},
		{"--color=a", "auto always"},
		{"today --color ne", "never"},
		{"today --person m", "me"},
		{"today --db ", ":files"},
		{"today --db=", ":files"},
		{"calibrate ", "C0:FF:EE:00:00:01"},
		{"help mon", "month"},
		{"--xylophone=", ""},
		{"today --json=", ""},
		{"-", "--json --csv --person --db --system --color --help --version"},
	};
	MadeSession made = made_session_usual;
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	made.start_us = answer_get_t_us(2026, 3, 14, 7, 0);
	made_session_add(fixture.db, &made);
	check(&fixture, all, G_N_ELEMENTS(all));
}

/* There is no history, or what was typed names none: verbs and options are there all the same. */
static void
test_without_history(void)
{
	static const Asked all[] = {
		{"--db /none day ", ""},
		{"--db /none wee", "week"},
		{"--db /none holds --session ", ""},
		{"--db=/none range y", "yesterday"},
	};
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	check(&fixture, all, G_N_ELEMENTS(all));
}

/* All verbs, and the options of one, with what is said of them. */
static void
test_golden(void)
{
	static const char *const lines[] = {"complete ", "complete passes --"};
	g_auto(AnswerFixture) fixture = {0};
	g_autoptr(GString) transcript = g_string_new(NULL);
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	RollstatContext context = {.now_us = NOW_US, .zone = zone};
	answer_fixture_init(&fixture);
	for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_autofree char *line = g_strdup_printf("rollstat %s", lines[i]);
		g_auto(GStrv) arguments = g_strsplit(line, " ", -1);
		g_autoptr(GString) out = g_string_new(NULL), err = g_string_new(NULL);
		g_assert_cmpint(rollstat_command_run(&context, arguments, out, err), ==,
				ROLLSTAT_EXIT_DONE);
		g_assert_cmpstr(err->str, ==, "");
		g_string_append_printf(transcript, "%s$ %s\n%s", i > 0 ? "\n" : "", line, out->str);
	}
	golden_file_check(GOLDEN_FOLDER, "complete", transcript->str);
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/complete/offered", test_offered);
	g_test_add_func("/complete/without history", test_without_history);
	g_test_add_func("/complete/golden", test_golden);
	return g_test_run();
}
