/* SPDX-License-Identifier: MIT
 *
 * What the verbs over time answer, in full, against the files of golden/. After a wanted change, look at the new ones and keep
 * them: build/tests/cli/time/test-over-time --update && git diff tests/cli/golden
 */
#include "tests/cli/answer.h"
#include "tests/cli/golden-file.h"

#include <string.h>

typedef enum {
	UTF8,
	ASCII,
	COLOUR,
	TINY, /* the least width */
} Look;

typedef struct {
	const char *name, *words;
	Look look;
} Golden;

/* All on Saturday 14 March 2026 at 20:00. */
static const Golden goldens[] = {
	{"trend", "trend", UTF8},
	{"trend-ascii", "trend", ASCII},
	{"trend-tiny", "trend", TINY},
	{"trend-json", "trend week --json", UTF8},
	{"trend-csv", "trend 2026-03-12 2026-03-14 --csv", UTF8},
	{"trend-zone", "trend mid", UTF8},
	{"trend-zone-ascii", "trend mid-thoracic", ASCII},
	{"trend-zone-colour", "trend mid-thoracic", COLOUR},
	{"trend-zone-tiny", "trend MID", TINY},
	{"trend-zone-json", "trend mid 2026-03-01 week --json", UTF8},
	{"trend-zone-csv", "trend mid --csv", UTF8},
	{"trend-level", "trend t8 2026-02-20 2026-03", UTF8},
	{"trend-long", "trend upper 2016 2026", UTF8},
	{"trend-person", "trend --person anna", UTF8},
	{"trend-one-session", "trend own-mid 2026-03-10 --person anna", UTF8},
	{"trend-nothing", "trend 2025-01", UTF8},
	{"trend-zone-nothing", "trend mid 2025-01", UTF8},
	{"trend-nothing-json", "trend mid 2025-01-01 --json", UTF8},
	{"spots", "spots", UTF8},
	{"spots-ascii", "spots", ASCII},
	{"spots-colour", "spots", COLOUR},
	{"spots-tiny", "spots", TINY},
	{"spots-json", "spots --json", UTF8},
	{"spots-csv", "spots --csv", UTF8},
	{"spots-days", "spots 2026-03", UTF8},
	{"spots-person", "spots --person anna", UTF8},
	{"spots-nothing", "spots 2025-01", UTF8},
	{"spots-nothing-csv", "spots 2025-01 --csv", UTF8},
	{"goals", "goals", UTF8},
	{"goals-ascii", "goals", ASCII},
	{"goals-colour", "goals", COLOUR},
	{"goals-tiny", "goals", TINY},
	{"goals-json", "goals --json", UTF8},
	{"goals-csv", "goals --csv", UTF8},
	{"goals-nothing", "goals --person nobody", UTF8},
	{"goals-nothing-json", "goals --person nobody --json", UTF8},
	{"goals-today", "today --person me", UTF8},
	{"goals-week-tiny", "week --person me", TINY},
	{"compare", "compare last-week week", UTF8},
	{"compare-ascii", "compare last-week week", ASCII},
	{"compare-colour", "compare last-week week", COLOUR},
	{"compare-tiny", "compare last-week week", TINY},
	{"compare-json", "compare 2026-02 week --json", UTF8},
	{"compare-csv", "compare 2026-02 week --csv", UTF8},
	{"compare-person", "compare last-month month --person anna", UTF8},
	{"compare-nothing", "compare 2025-01 week", UTF8},
	{"compare-nothing-json", "compare 2025-01-01 2025-01-02 --json", UTF8},
	{"help-trend", "help trend", UTF8},
	{"help-spots", "help spots", UTF8},
	{"help-goals", "help goals", UTF8},
	{"help-compare", "help compare", UTF8},
};

/* Two sessions of three days: a place at 14.5 cm that eases, and one at 9 cm that comes up; a holiday in January. */
static void
add_me(sqlite3 *db)
{
	for (int i = 0; i < 96; i++) {
		MadeSession made = made_session_usual;
		gboolean is_odd = i % 2 == 1, is_holiday = i > 32 && i < 45;
		if (i % 3 == 2 || is_holiday)
			continue;
		made.start_us =
			answer_get_t_us(2025, 12, 8, 7, 12) + (gint64)i * 86400 * G_USEC_PER_SEC;
		made.seed = (guint32)i + 1;
		made.rolling_s = 100 + i;
		made.force_n = 190 + i / 4.0;
		made.stiff_cm = is_odd ? 9 : 14.5;
		made.stiffness = is_odd ? MAX(0, i - 50) * 0.012 : 0.7 - i * 0.005;
		made.hold_s = 8;
		made.hold_cm = 20;
		made_session_add(db, &made);
	}
}

/* Another person with a bar in counts, who was on it last. */
static void
add_anna(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	made.person = "anna";
	made.zone_prefix = "own-";
	made.kind = "bar";
	made.address = "C0:FF:EE:00:00:02";
	made.force_n = 51234;
	made.has_counts = TRUE;
	for (int i = 0; i < 3; i++) {
		made.start_us = answer_get_t_us(2026, 2 + i / 2, 20 - 10 * (i / 2), 9, 0) +
				(gint64)(i % 2) * 86400 * G_USEC_PER_SEC;
		made.seed = 7 + (guint32)i;
		made_session_add(db, &made);
	}
}

static void
fill(AnswerFixture *fixture)
{
	answer_fixture_init(fixture);
	add_me(fixture->db);
	add_anna(fixture->db);
	answer_add_person(fixture, "nobody");
	int result =
		sqlite3_exec(fixture->db,
			     "INSERT INTO choice VALUES ('person', 'me');"
			     "INSERT INTO goal VALUES"
			     " (1, 'me', 'mid-thoracic', 'seconds', 20, 'day', 1772524800000000),"
			     " (2, 'me', NULL, 'sessions', 3, 'week', 1768000000000000),"
			     " (3, 'me', NULL, 'seconds', 1200, 'week', 1768000000000000),"
			     " (5, 'me', 'lower-thoracic', 'sessions', 1, 'day', 1773500000000000),"
			     " (6, 'anna', NULL, 'sessions', 3, 'week', 1768000000000000)",
			     NULL, NULL, NULL);
	g_assert_cmpint(result, ==, SQLITE_OK);
	answer_fixture_close(fixture);
}

static RollstatStyle
get_style(Look look)
{
	RollstatStyle style = {.width = ROLLSTAT_WIDTH_USUAL, .has_utf8 = look != ASCII};
	style.has_colour = look == COLOUR;
	if (look == TINY)
		style.width = ROLLSTAT_WIDTH_LEAST;
	return style;
}

static void
check_lines(const Golden *golden, const char *text)
{
	gboolean is_list =
		strstr(golden->words, "--json") != NULL || strstr(golden->words, "--csv") != NULL;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++) {
		g_test_message("%s", lines[i]);
		g_assert_true(g_utf8_validate(lines[i], -1, NULL));
		g_assert_true(golden->look != ASCII || g_str_is_ascii(lines[i]));
		g_assert_false(g_str_has_suffix(lines[i], " "));
		if (!is_list && golden->look != COLOUR)
			g_assert_cmpuint(rollstat_style_measure(lines[i]), <=,
					 get_style(golden->look).width);
		g_assert_true(golden->look == COLOUR || strchr(lines[i], '\033') == NULL);
	}
}

typedef struct {
	const Golden *golden;
	const AnswerFixture *fixture;
} Case;

static void
test_golden(gconstpointer data)
{
	const Case *asked = data;
	const Golden *golden = asked->golden;
	gint64 now_us = answer_get_t_us(2026, 3, 14, 20, 0);
	g_auto(Answer) answer =
		answer_ask_styled(asked->fixture, now_us, golden->words, get_style(golden->look));
	g_assert_cmpstr(answer.err, ==, "");
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
	check_lines(golden, answer.out);
	golden_file_check(GOLDEN_FOLDER, golden->name, answer.out);
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_auto(AnswerFixture) fixture = {0};
	Case cases[G_N_ELEMENTS(goldens)];
	fill(&fixture);
	for (gsize i = 0; i < G_N_ELEMENTS(goldens); i++) {
		g_autofree char *path = g_strdup_printf("/over-time/%s", goldens[i].name);
		cases[i] = (Case){.golden = &goldens[i], .fixture = &fixture};
		g_test_add_data_func(path, &cases[i], test_golden);
	}
	return g_test_run();
}
