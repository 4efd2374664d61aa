/* SPDX-License-Identifier: MIT
 *
 * What each verb answers, in full, against the files of golden/. After a wanted change, look at the new ones and
 * keep them: build/tests/cli/test-golden --update && git diff tests/cli/golden
 */
#include "tests/cli/answer.h"
#include "tests/cli/golden-file.h"

#include <string.h>

typedef enum {
	UTF8,
	ASCII,
	COLOUR,
	NARROW, /* 60 columns */
	TINY,	/* the least */
} Look;

typedef struct {
	const char *name, *words;
	int month, day, hour; /* now, in 2026 */
	Look look;
} Golden;

/* A name that a terminal would obey, and that is no UTF-8. */
#define ODD_PERSON "An\033[31mna \xe2\x80\xae\xff"

static const Golden goldens[] = {
	{"today", "today", 3, 14, 20, UTF8},
	{"today-ascii", "today", 3, 14, 20, ASCII},
	{"today-colour", "today", 3, 14, 20, COLOUR},
	{"today-narrow", "today", 3, 14, 20, NARROW},
	{"today-tiny", "today", 3, 14, 20, TINY},
	{"today-json", "--json today", 3, 14, 20, UTF8},
	{"today-nothing", "today", 3, 15, 20, UTF8},
	{"today-nothing-json", "today --json", 3, 15, 20, UTF8},
	{"today-first", "today", 1, 1, 8, UTF8},
	{"today-csv", "today --csv", 3, 14, 20, UTF8},
	{"day", "day yesterday", 3, 15, 20, UTF8},
	{"day-json", "day 2026-03-14 --json", 4, 2, 20, UTF8},
	{"day-bar", "day 2026-03-11", 3, 14, 20, UTF8},
	{"day-bar-json", "day 2026-03-11 --json", 3, 14, 20, UTF8},
	{"day-no-force", "day 2026-03-12", 3, 14, 20, UTF8},
	{"day-even", "day 2026-03-02", 3, 14, 20, UTF8},
	{"day-knot", "day 2026-03-20", 4, 2, 20, UTF8},
	{"day-over-midnight", "day 2026-03-28", 4, 2, 20, UTF8},
	{"day-of-23-hours", "day 2026-03-29", 4, 2, 20, UTF8},
	{"day-few-zones", "day 2026-02-03", 3, 14, 20, UTF8},
	{"day-one-person", "day 2026-04-01 --person me", 4, 2, 20, UTF8},
	{"week", "week", 3, 14, 20, UTF8},
	{"week-colour", "week", 3, 14, 20, COLOUR},
	{"week-ascii", "week", 3, 14, 20, ASCII},
	{"week-narrow", "week", 3, 14, 20, NARROW},
	{"week-json", "week --json", 3, 14, 20, UTF8},
	{"month", "month", 3, 14, 20, UTF8},
	{"month-json", "month --json", 3, 14, 20, UTF8},
	{"month-renamed", "month", 4, 2, 20, UTF8},
	{"range", "range 2026-03-09 2026-03-12", 3, 14, 20, UTF8},
	{"range-json", "range 2026-03-11 2026-03-12 --json", 3, 14, 20, UTF8},
	{"range-nothing", "range 2026-03-15 2026-03-16", 4, 2, 20, UTF8},
	{"range-nothing-json", "range 2026-03-15 2026-03-16 --json", 4, 2, 20, UTF8},
	{"sessions", "sessions", 4, 2, 20, UTF8},
	{"sessions-tiny", "sessions", 4, 2, 20, TINY},
	{"sessions-json", "sessions --day 2026-04-01 --json", 4, 2, 20, UTF8},
	{"day-own-zones", "day 2026-05-02", 5, 2, 20, UTF8},
	{"day-unsure", "day 2026-05-10", 5, 13, 20, UTF8},
	{"day-unplaced", "day 2026-05-11", 5, 13, 20, UTF8},
	{"day-unplaced-ascii", "day 2026-05-11", 5, 13, 20, ASCII},
	{"day-all-unplaced", "day 2026-05-12", 5, 13, 20, UTF8},
	{"week-unplaced", "week", 5, 13, 20, UTF8},
	{"passes-ascii", "passes --day 2026-05-10", 5, 13, 20, ASCII},
	{"holds-unsure", "holds --day 2026-05-10", 5, 13, 20, UTF8},
	{"holds-unsure-json", "holds --day 2026-05-10 --json", 5, 13, 20, UTF8},
	{"passes", "passes --day 2026-03-11", 4, 2, 20, UTF8},
	{"passes-json", "passes --day 2026-03-14 --json", 4, 2, 20, UTF8},
	{"passes-nothing-json", "passes --day 2026-03-15 --json", 4, 2, 20, UTF8},
	{"holds", "holds", 4, 2, 20, UTF8},
	{"holds-json", "--session 6 holds --json", 4, 2, 20, UTF8},
	{"devices", "devices", 4, 2, 20, UTF8},
	{"devices-json", "devices --json", 4, 2, 20, UTF8},
	{"day-csv", "day 2026-03-14 --csv", 4, 2, 20, UTF8},
	{"week-csv", "week --csv", 3, 15, 20, UTF8},
	{"month-csv", "month --csv", 3, 14, 20, UTF8},
	{"range-csv", "range 2026-03-09 2026-03-15 --csv", 4, 2, 20, UTF8},
	{"sessions-csv", "sessions --day 2026-03 --csv", 4, 2, 20, UTF8},
	{"passes-csv", "passes --day 2026-03-14 --csv", 4, 2, 20, UTF8},
	{"holds-csv", "--session 6 holds --csv", 4, 2, 20, UTF8},
	{"devices-csv", "devices --csv", 4, 2, 20, UTF8},
	{"passes-nothing-csv", "passes --day 2026-03-15 --csv", 4, 2, 20, UTF8},
	{"usage", "--help", 4, 2, 20, UTF8},
	{"help", "help", 4, 2, 20, UTF8},
	{"help-passes", "help passes", 4, 2, 20, UTF8},
};

/* Where the one with the odd name rolls now. */
static const Golden odd_goldens[] = {
	{"day-odd-names", "day 2026-04-01", 4, 2, 20, UTF8},
	{"day-odd-names-ascii", "day 2026-04-01", 4, 2, 20, ASCII},
	{"day-odd-names-json", "day 2026-04-01 --json", 4, 2, 20, UTF8},
	{"day-of-others", "day 2026-03-14", 4, 2, 20, UTF8},
	{"day-of-others-ascii", "day 2026-03-14", 4, 2, 20, ASCII},
	{"day-of-others-json", "day 2026-03-14 --json", 4, 2, 20, UTF8},
	{"range-of-others", "range 2026-03-09 2026-04-01", 4, 2, 20, NARROW},
};

static void
add_usual(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	static const int days[][2] = {{2, 20}, {3, 2}, {3, 5}, {3, 9}};
	for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
		made.start_us = answer_get_t_us(2026, days[i][0], days[i][1], 7, 10 + (int)i);
		made.rolling_s = 280 + 20 * (double)i;
		made.seed = (guint32)i + 1;
		made_session_add(db, &made);
	}
}

/* A person whose own zones do not cover the whole back. */
static void
add_few_zones(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	made.start_us = answer_get_t_us(2026, 2, 3, 7, 0);
	g_autofree char *sql =
		g_strdup_printf("DELETE FROM zone WHERE session = %" G_GINT64_FORMAT " AND n <> 2",
				made_session_add(db, &made));
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* A bar in counts that tells sides; a roller without force. */
static void
add_other_sensors(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	made.kind = "bar";
	made.address = "C0:FF:EE:00:00:02";
	made.sensor_name = "Bar";
	made.force_n = 51234;
	made.has_counts = TRUE;
	made.has_sides = TRUE;
	made.start_us = answer_get_t_us(2026, 3, 11, 21, 5);
	made_session_add(db, &made);
	made = made_session_usual;
	made.address = "C0:FF:EE:00:00:03";
	made.sensor_name = NULL;
	made.force_n = 0;
	made.stiffness = 0.9;
	made.rolling_s = 480;
	made.hold_s = 20;
	made.hold_cm = 14.5;
	made.start_us = answer_get_t_us(2026, 3, 12, 7, 0);
	made_session_add(db, &made);
}

/* The day that is shown most: a stiff place, holds, losses, a guessed spine, beyond the upper back. */
static void
add_saturday(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	made.rolling_s = 300;
	made.stiffness = 0.4;
	made.hold_s = 22;
	made.hold_cm = 14.5;
	made.lost_s = 12.4;
	made.spine_cm = 46.025;
	made.is_guess = TRUE;
	made_session_add(db, &made);
	made.start_us = answer_get_t_us(2026, 3, 14, 19, 40);
	made.rolling_s = 100;
	made.top_cm = 10;
	made.bottom_cm = 36;
	made.hold_s = made.lost_s = 0;
	made_session_add(db, &made);
}

static void
add_odd_days(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	made.start_us = answer_get_t_us(2026, 3, 20, 18, 0);
	made.hold_s = 620;
	made.hold_cm = 12;
	made.top_cm = -4;
	made_session_add(db, &made);
	made = made_session_usual;
	made.start_us = answer_get_t_us(2026, 3, 28, 23, 59);
	made_session_add(db, &made);
	made.start_us = answer_get_t_us(2026, 3, 29, 3, 0);
	made_session_add(db, &made);
	made.start_us = answer_get_t_us(2026, 4, 1, 7, 0);
	made_session_add(db, &made);
	made.person = ODD_PERSON;
	made.zone_prefix = "M\xc3\xbcller's \a";
	made.kind = "ro\nller";
	made.address = "C0:FF:EE:00:00:04";
	made.sensor_name =
		"\033]0;evil\aR\xc3\xb6lle \xe6\xbb\x9a\xe7\xad\x92 with a very long name";
	for (int i = 0; i < 3; i++) {
		made.start_us = answer_get_t_us(2026, 4, 1, 8 + i, 0);
		made_session_add(db, &made);
	}
}

/* Much of it, and a zone whose levels both have two digits. */
static void
add_own_zones(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	made.start_us = answer_get_t_us(2026, 5, 2, 7, 0);
	made.hold_s = 20;
	made.hold_cm = 26;
	made_session_add(db, &made);
	int result = sqlite3_exec(
		db,
		"UPDATE session SET loaded_s = loaded_s * 60, end_us = start_us + 14400000000 "
		"WHERE id = (SELECT max(id) FROM session);"
		"UPDATE hold SET end_us = start_us + 60 * (end_us - start_us) "
		"WHERE session = (SELECT max(id) FROM session);"
		"UPDATE zone SET seconds = seconds * 60, force_ns = force_ns * 60 "
		"WHERE session = (SELECT max(id) FROM session);"
		"UPDATE zone SET to_cm = 22 WHERE name = 'mid-thoracic' "
		"AND session = (SELECT max(id) FROM session);"
		"UPDATE zone SET from_cm = 22 WHERE name = 'lower-thoracic' "
		"AND session = (SELECT max(id) FROM session)",
		NULL, NULL, NULL);
	g_assert_cmpint(result, ==, SQLITE_OK);
}

/* A day whose places are not sure, one of which a part has no place, and one that has none at all. */
static void
add_unsure(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	made.start_us = answer_get_t_us(2026, 5, 10, 7, 0);
	made.force_n = 0;
	made.uncertainty_cm = 12.5;
	made.unsure_s = 130;
	made.hold_s = 20;
	made.hold_cm = 14.5;
	g_autofree char *sql = g_strdup_printf("UPDATE hold SET is_cut = 1, uncertainty_cm = NULL "
					       "WHERE session = %" G_GINT64_FORMAT " AND n = 0",
					       made_session_add(db, &made));
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	made = made_session_usual;
	made.start_us = answer_get_t_us(2026, 5, 11, 7, 0);
	made.unsure_s = 4;
	made_session_add(db, &made);
	made.kind = "bar";
	made.start_us = answer_get_t_us(2026, 5, 11, 8, 0);
	made.rolling_s = made.unsure_s = 0;
	made.unplaced_s = 80;
	made_session_add(db, &made);
	made.start_us = answer_get_t_us(2026, 5, 12, 8, 0);
	made_session_add(db, &made);
}

static void
fill(AnswerFixture *fixture)
{
	answer_fixture_init(fixture);
	add_usual(fixture->db);
	add_other_sensors(fixture->db);
	add_saturday(fixture->db);
	add_odd_days(fixture->db);
	add_few_zones(fixture->db);
	add_own_zones(fixture->db);
	add_unsure(fixture->db);
	answer_fixture_close(fixture);
}

/* From then on. */
static void
choose(const AnswerFixture *fixture, const char *person)
{
	g_autoptr(sqlite3) db = NULL;
	g_autoptr(sqlite3_stmt) row = NULL;
	g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
	g_assert_cmpint(
		sqlite3_prepare_v2(db, "REPLACE INTO choice VALUES ('person', ?)", -1, &row, NULL),
		==, SQLITE_OK);
	sqlite3_bind_text(row, 1, person, -1, SQLITE_STATIC);
	g_assert_cmpint(sqlite3_step(row), ==, SQLITE_DONE);
}

static RollstatStyle
get_style(Look look)
{
	RollstatStyle style = {.width = ROLLSTAT_WIDTH_USUAL, .has_utf8 = look != ASCII};
	style.has_colour = look == COLOUR;
	if (look == NARROW)
		style.width = 60;
	else if (look == TINY)
		style.width = ROLLSTAT_WIDTH_LEAST;
	return style;
}

static void
check_lines(const Golden *golden, const char *text)
{
	guint width = get_style(golden->look).width;
	gboolean is_list = strstr(golden->words, "--json") != NULL ||
			   strstr(golden->words, "--csv") != NULL || width < 60 ||
			   golden->look == COLOUR;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++) {
		g_assert_true(g_utf8_validate(lines[i], -1, NULL));
		g_assert_true(golden->look != ASCII || g_str_is_ascii(lines[i]));
		g_assert_false(g_str_has_suffix(lines[i], " "));
		g_test_message("%s", lines[i]);
		if (!is_list)
			g_assert_cmpuint(rollstat_style_measure(lines[i]), <=, width);
		g_assert_true(golden->look == COLOUR || strchr(lines[i], '\033') == NULL);
	}
}

typedef struct {
	const Golden *golden;
	const AnswerFixture *fixture;
	const char *chosen;
} Case;

static void
test_golden(gconstpointer data)
{
	const Case *asked = data;
	const Golden *golden = asked->golden;
	if (asked->chosen != NULL)
		choose(asked->fixture, asked->chosen);
	gint64 now_us = answer_get_t_us(2026, golden->month, golden->day, golden->hour, 0);
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
	Case cases[G_N_ELEMENTS(goldens)], odd_cases[G_N_ELEMENTS(odd_goldens)];
	fill(&fixture);
	for (gsize i = 0; i < G_N_ELEMENTS(goldens); i++) {
		g_autofree char *path = g_strdup_printf("/golden/%s", goldens[i].name);
		cases[i] = (Case){.golden = &goldens[i], .fixture = &fixture};
		g_test_add_data_func(path, &cases[i], test_golden);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(odd_goldens); i++) {
		g_autofree char *path = g_strdup_printf("/golden-chosen/%s", odd_goldens[i].name);
		odd_cases[i] = (Case){&odd_goldens[i], &fixture, ODD_PERSON};
		g_test_add_data_func(path, &odd_cases[i], test_golden);
	}
	return g_test_run();
}
