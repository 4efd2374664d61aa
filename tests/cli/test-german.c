/* SPDX-License-Identifier: MIT
 *
 * What a person reads who reads German: that it is German, that it fits its columns and is valid, and that what scripts read is not
 * touched.
 */
#include "cli/talk.h"
#include "cli/verbs.h"
#include "tests/cli/answer.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

static gint64
get_now_us(void)
{
	return answer_get_t_us(2026, 3, 14, 20, 0);
}

static void
check_lines(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++) {
		g_test_message("%s", lines[i]);
		g_assert_true(g_utf8_validate(lines[i], -1, NULL));
		g_assert_cmpuint(rollstat_style_measure(lines[i]), <=, ROLLSTAT_WIDTH_USUAL);
	}
}

static void
test_help(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	g_auto(Answer) help = answer_ask(&fixture, get_now_us(), "--help");
	g_assert_true(g_str_has_prefix(help.out, "Aufruf: rollstat "));
	check_lines(help.out);
	for (guint i = 0; rollstat_verbs[i] != NULL; i++) {
		g_autofree char *words = g_strdup_printf("help %s", rollstat_verbs[i]->name);
		g_auto(Answer) answer = answer_ask(&fixture, get_now_us(), words);
		g_auto(GStrv) lines = g_strsplit(answer.out, "\n", -1);
		g_assert_cmpuint(g_strv_length(lines), <=, 25);
		g_assert_true(g_str_has_prefix(answer.out, "Aufruf: rollstat "));
		check_lines(answer.out);
	}
}

typedef struct {
	const char *words, *holds;
} Told;

static void
test_history(void)
{
	static const Told all[] = {
		{"today", "Samstag, 14. M\u00e4rz 2026"},
		{"today", "Schmerz"},
		{"week", "Woche"},
		{"month", "Monat"},
		{"sessions", "Sensor"},
		{"passes", "Samstag, 14. M\u00e4rz 2026"},
		{"holds", "Es ist kein Halten"},
		{"devices", "zuletzt da"},
		{"trend", "Alle Zonen, Tag f\u00fcr Tag"},
		{"trend mid", "Spannung"},
		{"spots", "Verspannte Stellen"},
		{"goals", "Es gibt noch kein Ziel"},
		{"compare month week", "Tage mit Rollen"},
		{"day yesterday", "Freitag, 13."},
		{"day gestern", "Freitag"},
		{"day Montag", "Montag"},
		{"guide", "Dreht die Mitte des R\u00fcckens"},
		{"guide drehung auf dem stuhl", "Sitz aufrecht auf einem Stuhl"},
		{"plan", "Zum Aufw\u00e4rmen."},
		{"log cat-cow", "Notiert: Katze und Kuh, 1:00"},
		{"today", "Au\u00dferdem: Katze und Kuh 1:00."},
	};
	g_auto(AnswerFixture) fixture = {0};
	MadeSession made = made_session_usual;
	answer_fixture_init(&fixture);
	made.start_us = answer_get_t_us(2026, 3, 14, 7, 0);
	made_session_add(fixture.db, &made);
	for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
		g_auto(Answer) answer = answer_ask(&fixture, get_now_us(), all[i].words);
		g_assert_cmpstr(answer.err, ==, "");
		check_lines(answer.out);
		g_assert_nonnull(strstr(answer.out, all[i].holds));
	}
}

static void
test_errors(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	g_auto(Answer) mistyped = answer_ask(&fixture, get_now_us(), "tody");
	g_assert_nonnull(strstr(mistyped.err, "\"today\""));
	g_assert_null(strstr(mistyped.err, "did you mean"));
	check_lines(mistyped.err);
}

/* What is asked in German may be answered in German, or as the manual says. */
static void
test_answers(void)
{
	static const char *const yes[] = {"ja", "Ja", "J", "j", "yes", "Y"};
	static const char *const no[] = {"", "n", "nein", "jaja", "yess", "\xff"};
	for (gsize i = 0; i < G_N_ELEMENTS(yes); i++)
		g_assert_true(rollstat_talk_is_yes(yes[i]));
	for (gsize i = 0; i < G_N_ELEMENTS(no); i++)
		g_assert_false(rollstat_talk_is_yes(no[i]));
	g_assert_false(rollstat_talk_is_yes(NULL));
}

/* Scripts read the same in every language. */
static void
test_scripts(void)
{
	static const char *const words[] = {"today --json", "passes --json",  "sessions --csv",
					    "today --csv",  "devices --json", "guide --json",
					    "plan --json"};
	g_auto(AnswerFixture) fixture = {0};
	MadeSession made = made_session_usual;
	answer_fixture_init(&fixture);
	made.start_us = answer_get_t_us(2026, 3, 14, 7, 0);
	made_session_add(fixture.db, &made);
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
		g_auto(Answer) german = answer_ask(&fixture, get_now_us(), words[i]);
		textdomain("nothing");
		g_assert_nonnull(bindtextdomain(GETTEXT_PACKAGE, "/none"));
		g_auto(Answer) english = answer_ask(&fixture, get_now_us(), words[i]);
		textdomain(GETTEXT_PACKAGE);
		bindtextdomain(GETTEXT_PACKAGE, CATALOGUES);
		g_assert_cmpstr(german.out, ==, english.out);
	}
}

int
main(int argc, char **argv)
{
	g_setenv("LANGUAGE", "de", TRUE);
	g_assert_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
	g_assert_nonnull(setlocale(LC_MESSAGES, "C.UTF-8"));
	bindtextdomain(GETTEXT_PACKAGE, CATALOGUES);
	bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
	textdomain(GETTEXT_PACKAGE);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/german/help", test_help);
	g_test_add_func("/german/history", test_history);
	g_test_add_func("/german/errors", test_errors);
	g_test_add_func("/german/answers", test_answers);
	g_test_add_func("/german/scripts", test_scripts);
	return g_test_run();
}
