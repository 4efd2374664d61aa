/* SPDX-License-Identifier: MIT
 *
 * What guide, log, plan and follow answer, in full, against the files of golden/. After a wanted change, look at the new
 * ones and keep them: build/tests/cli/test-movement-golden --update && git diff tests/cli/golden
 */
#include "tests/cli/answer.h"
#include "tests/cli/golden-file.h"
#include "tests/cli/made-tempo.h"

#include <string.h>

typedef enum {
	UTF8,
	ASCII,
	COLOUR,
	TINY,
} Look;

typedef struct {
	const char *name, *words;
	int day; /* now, of March 2026, at 20:00 */
	Look look;
} Golden;

/* Log comes last, so that the others see the same database. */
static const Golden goldens[] = {
	{"guide", "guide", 14, UTF8},
	{"guide-ascii", "guide", 14, ASCII},
	{"guide-tiny", "guide", 14, TINY},
	{"guide-json", "guide --json", 14, UTF8},
	{"guide-csv", "guide --csv", 14, UTF8},
	{"guide-one", "guide chair twist", 14, UTF8},
	{"guide-one-colour", "guide foam-roller", 14, COLOUR},
	{"guide-one-tiny", "guide child's pose", 14, TINY},
	{"guide-one-json", "guide bar-pushes --json", 14, UTF8},
	{"guide-one-csv", "guide cat-cow --csv", 14, UTF8},
	{"plan", "plan", 14, UTF8},
	{"plan-ascii", "plan --minutes 15 --with bar", 14, ASCII},
	{"plan-colour", "plan --minutes 5", 14, COLOUR},
	{"plan-tiny", "plan --minutes 5", 14, TINY},
	{"plan-json", "plan --minutes 5 --json", 14, UTF8},
	{"plan-csv", "plan --minutes 5 --csv", 14, UTF8},
	{"plan-without", "plan --without roller,chair,towel", 14, UTF8},
	{"plan-other-person", "plan --person anna --minutes 5", 14, UTF8},
	{"plan-long-after", "plan", 30, UTF8},
	{"follow", "follow --minutes 5 --lines", 14, UTF8},
	{"follow-tiny", "follow heat --lines", 14, TINY},
	{"also-today", "today", 14, UTF8},
	{"also-today-tiny", "today", 14, TINY},
	{"also-week-json", "week --json", 14, UTF8},
	{"log", "log cat-cow --for 2min --at 07:45", 14, UTF8},
	{"log-tiny", "log arm walkout", 14, TINY},
	{"log-json", "log heat --json", 14, UTF8},
	{"log-undo", "log --undo", 14, UTF8},
	{"help-movements", "help plan", 14, UTF8},
};

static void
add_done(sqlite3 *db, const char *movement, gint64 start_us, int seconds)
{
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO exercise VALUES (NULL, 'me', '%s', %" G_GINT64_FORMAT ", %d)",
		movement, start_us, seconds);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* Four weeks of even rolling, a stiff place on the 13th, a little of it on the 14th, and some movements. */
static void
fill(AnswerFixture *fixture)
{
	MadeSession made = made_session_usual;
	answer_fixture_init(fixture);
	answer_add_person(fixture, "anna");
	for (int day = 2; day <= 13; day += 3) {
		made.start_us = answer_get_t_us(2026, 3, day, 7, 10);
		made.rolling_s = 200 + day;
		made.seed = (guint32)day;
		made_session_add(fixture->db, &made);
	}
	made.start_us = answer_get_t_us(2026, 3, 13, 19, 0);
	made.rolling_s = 300;
	made.stiffness = 0.4;
	made_session_add(fixture->db, &made);
	made.start_us = answer_get_t_us(2026, 3, 14, 7, 10);
	made.rolling_s = 70;
	made_session_add(fixture->db, &made);
	add_done(fixture->db, "cat-cow", answer_get_t_us(2026, 3, 13, 7, 30), 60);
	add_done(fixture->db, "chair-twist", answer_get_t_us(2026, 3, 14, 12, 0), 60);
	add_done(fixture->db, "chair-twist", answer_get_t_us(2026, 3, 14, 15, 0), 45);
	add_done(fixture->db, "breathing", answer_get_t_us(2026, 3, 14, 15, 2), 120);
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
	gboolean is_old = g_str_has_prefix(golden->name, "also-"); /* its tables need their width */
	guint width = get_style(golden->look).width;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++) {
		g_assert_true(golden->look != ASCII || g_str_is_ascii(lines[i]));
		g_assert_false(g_str_has_suffix(lines[i], " "));
		g_assert_true(golden->look == COLOUR || strchr(lines[i], '\033') == NULL);
		if (!is_list && !is_old && golden->look != COLOUR)
			g_assert_cmpuint(rollstat_style_measure(lines[i]), <=, width);
	}
}

/* What was put while walking, and what is said at the end. */
static char *
answer(const AnswerFixture *fixture, const Golden *golden)
{
	gint64 now_us = answer_get_t_us(2026, 3, golden->day, 20, 0);
	RollstatStyle style = get_style(golden->look);
	g_auto(MadeTempo) tempo = {0};
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
	g_autofree char *line =
		g_strdup_printf("rollstat --db %s %s", fixture->path, golden->words);
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	g_autoptr(GString) err = g_string_new(NULL);
	made_tempo_init(&tempo, now_us, style.width, NULL);
	RollstatContext context = {
		.now_us = now_us, .zone = zone, .style = style, .tempo = &tempo.tempo};
	RollstatExit status = rollstat_command_run(&context, words, tempo.out, err);
	g_assert_cmpstr(err->str, ==, "");
	g_assert_cmpint(status, ==, ROLLSTAT_EXIT_DONE);
	return g_strdup(tempo.out->str);
}

typedef struct {
	const Golden *golden;
	const AnswerFixture *fixture;
} Case;

static void
test_golden(gconstpointer data)
{
	const Case *asked = data;
	g_autofree char *told = answer(asked->fixture, asked->golden);
	check_lines(asked->golden, told);
	golden_file_check(GOLDEN_FOLDER, asked->golden->name, told);
}

/* follow looks for a sensor: there is no bus here. */
static void
leave_buses(void)
{
	g_setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	leave_buses();
	g_auto(AnswerFixture) fixture = {0};
	Case cases[G_N_ELEMENTS(goldens)];
	fill(&fixture);
	for (gsize i = 0; i < G_N_ELEMENTS(goldens); i++) {
		g_autofree char *path = g_strdup_printf("/movement-golden/%s", goldens[i].name);
		cases[i] = (Case){.golden = &goldens[i], .fixture = &fixture};
		g_test_add_data_func(path, &cases[i], test_golden);
	}
	return g_test_run();
}
