/* SPDX-License-Identifier: MIT
 *
 * The program itself: what it makes of its surroundings. Each run has a clean environment but for what is
 * said.
 */
#include "tests/cli/answer.h"

#include <string.h>

typedef struct {
	int status;
	char *out, *err;
} Ran;

static void
clear_ran(Ran *ran)
{
	g_clear_pointer(&ran->out, g_free);
	g_clear_pointer(&ran->err, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ran, clear_ran)

/* Runs a shell line in which $R is the program, in an environment of "NAME=value" entries. */
static Ran
run(const char *line, const char *const *environment)
{
	Ran ran = {0};
	int status;
	g_autoptr(GError) error = NULL;
	g_autofree char *script = g_strdup_printf("R=%s; %s", ROLLSTAT, line);
	const char *arguments[] = {"/bin/sh", "-c", script, NULL};
	g_spawn_sync(NULL, (char **)arguments, (char **)environment, G_SPAWN_DEFAULT, NULL, NULL,
		     &ran.out, &ran.err, &status, &error);
	g_assert_no_error(error);
	g_assert_true(g_spawn_check_wait_status(status, &error) ||
		      error->domain == G_SPAWN_EXIT_ERROR);
	ran.status = error != NULL ? error->code : 0;
	return ran;
}

static void
fill(AnswerFixture *fixture)
{
	answer_fixture_init(fixture);
	made_session_add(fixture->db, &made_session_usual);
}

/* The person's own database is found where the daemon puts it. */
static void
test_own_database(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	g_autofree char *home = g_strdup_printf("XDG_DATA_HOME=%s/none", fixture.folder);
	const char *absent[] = {home, "TZ=UTC", NULL};
	g_auto(Ran) missing = run("$R today --db \"$XDG_DATA_HOME\"/rollerd.db", absent);
	g_assert_cmpint(missing.status, ==, 1);
	g_assert_nonnull(strstr(missing.err, "start rollerd"));
	g_autofree char *line = g_strdup_printf(
		"mkdir -p \"$XDG_DATA_HOME\"/rollerd && cp %s \"$XDG_DATA_HOME\"/rollerd/ &&"
		" $R today --json; s=$?; rm -r \"$XDG_DATA_HOME\"; exit $s",
		fixture.path);
	made_session_add(fixture.db, &made_session_usual);
	answer_fixture_close(&fixture);
	g_auto(Ran) found = run(line, absent);
	g_assert_cmpstr(found.err, ==, "");
	g_assert_cmpint(found.status, ==, 0);
	g_assert_nonnull(strstr(found.out, "\"sessions\":"));
}

static void
test_letters(void)
{
	g_auto(AnswerFixture) fixture = {0};
	fill(&fixture);
	g_autofree char *line = g_strdup_printf("$R --db %s day 2026-03-14", fixture.path);
	const char *c[] = {"LC_ALL=C", "TZ=UTC", NULL};
	const char *utf8[] = {"LC_ALL=C.UTF-8", "TZ=UTC", NULL};
	g_auto(Ran) ascii = run(line, c);
	g_assert_cmpint(ascii.status, ==, 0);
	g_assert_true(g_str_is_ascii(ascii.out));
	g_auto(Ran) blocks = run(line, utf8);
	g_assert_nonnull(strstr(blocks.out, "█"));
	g_assert_null(strchr(blocks.out, '\033')); /* a pipe is no terminal */
}

/* Names are UTF-8 in the database: they can be asked for where the locale has no such letters. */
static void
test_person(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	MadeSession made = made_session_usual;
	made.person = "J\xc3\xb6rg";
	made_session_add(fixture.db, &made);
	g_autofree char *line = g_strdup_printf(
		"$R --db %s --json day 2026-03-14 --person J\xc3\xb6rg", fixture.path);
	static const char *const locales[] = {"LC_ALL=C", "LC_ALL=C.UTF-8"};
	for (gsize i = 0; i < G_N_ELEMENTS(locales); i++) {
		const char *environment[] = {locales[i], "TZ=UTC", NULL};
		g_auto(Ran) ran = run(line, environment);
		g_assert_cmpstr(ran.err, ==, "");
		g_assert_cmpint(ran.status, ==, 0);
		g_assert_nonnull(strstr(ran.out, "\"sessions\":1,"));
	}
}

/* Widths that cannot be are not believed. */
static void
test_widths(void)
{
	static const char *const widths[] = {"COLUMNS=0", "COLUMNS=-3", "COLUMNS=x",
					     "COLUMNS=999999999999", "COLUMNS=1"};
	g_auto(AnswerFixture) fixture = {0};
	fill(&fixture);
	g_autofree char *line = g_strdup_printf("$R --db %s day 2026-03-14", fixture.path);
	for (gsize i = 0; i < G_N_ELEMENTS(widths); i++) {
		const char *environment[] = {widths[i], "TZ=UTC", NULL};
		g_auto(Ran) ran = run(line, environment);
		g_assert_cmpint(ran.status, ==, 0);
		g_assert_nonnull(strstr(ran.out, "upper-thoracic"));
	}
}

/* TZ says which day it is. */
static void
test_zone(void)
{
	g_auto(AnswerFixture) fixture = {0};
	fill(&fixture);
	g_autofree char *line = g_strdup_printf("$R --db %s day 2026-03-13 --json", fixture.path);
	const char *honolulu[] = {"TZ=Pacific/Honolulu", NULL};
	const char *berlin[] = {"TZ=Europe/Berlin", NULL};
	g_auto(Ran) there = run(line, honolulu);
	g_assert_nonnull(strstr(there.out, "\"sessions\":1,"));
	g_auto(Ran) here = run(line, berlin);
	g_assert_nonnull(strstr(here.out, "\"sessions\":0,"));
}

/* An answer that cannot be written is a failure, and nothing is said of it on the standard output. */
static void
test_full(void)
{
	g_auto(AnswerFixture) fixture = {0};
	fill(&fixture);
	g_autofree char *line =
		g_strdup_printf("$R --db %s day 2026-03-14 >/dev/full", fixture.path);
	const char *environment[] = {"TZ=UTC", NULL};
	g_auto(Ran) ran = run(line, environment);
	g_assert_cmpint(ran.status, ==, 1);
	g_assert_nonnull(strstr(ran.err, "writing the answer"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rollstat/own-database", test_own_database);
	g_test_add_func("/rollstat/letters", test_letters);
	g_test_add_func("/rollstat/person", test_person);
	g_test_add_func("/rollstat/widths", test_widths);
	g_test_add_func("/rollstat/zone", test_zone);
	g_test_add_func("/rollstat/full", test_full);
	return g_test_run();
}
