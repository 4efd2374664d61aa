/* SPDX-License-Identifier: MIT
 *
 * What rollstat marks answers, in full, against golden/. After a wanted change: build/tests/live/test-marks --update.
 */
#include "tests/cli/answer.h"
#include "tests/cli/golden-file.h"

typedef struct {
	const char *name, *words;
	gboolean is_ascii;
} Golden;

static const Golden goldens[] = {
	{"marks", "marks", FALSE},
	{"marks-ascii", "marks --day 2026-03-14", TRUE},
	{"marks-nothing", "marks --day 2026-03-13", FALSE},
	{"marks-json", "marks --json", FALSE},
	{"marks-nothing-json", "marks --day 2026-03-13 --json", FALSE},
	{"marks-csv", "marks --csv --person me", FALSE},
};

static void
add_mark(sqlite3 *db, gint64 session, guint n, double at_cm, const char *uncertainty)
{
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO mark SELECT id, %u, start_us + %u * 20000000, %.2f, %s FROM session "
		"WHERE id = %" G_GINT64_FORMAT,
		n, n + 1, at_cm, uncertainty, session);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
add_marks(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	made.start_us = answer_get_t_us(2026, 3, 12, 7, 0);
	add_mark(db, made_session_add(db, &made), 0, 12.25, "0.4");
	made.start_us = answer_get_t_us(2026, 3, 14, 7, 12);
	gint64 second = made_session_add(db, &made);
	add_mark(db, second, 0, 4.5, "0.38");
	add_mark(db, second, 1, 27.75, "NULL");
	made.start_us = answer_get_t_us(2026, 3, 14, 19, 0);
	made.person = "anna";
	add_mark(db, made_session_add(db, &made), 0, 17, "1.2");
}

static void
test_golden(gconstpointer data)
{
	const Golden *golden = data;
	g_auto(AnswerFixture) fixture = {0};
	RollstatStyle style = {.width = ROLLSTAT_WIDTH_USUAL, .has_utf8 = !golden->is_ascii};
	answer_fixture_init(&fixture);
	add_marks(fixture.db);
	g_auto(Answer) answer = answer_ask_styled(&fixture, answer_get_t_us(2026, 3, 14, 20, 0),
						  golden->words, style);
	g_assert_cmpstr(answer.err, ==, "");
	golden_file_check(GOLDEN_FOLDER, golden->name, answer.out);
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(goldens); i++) {
		g_autofree char *path = g_strdup_printf("/marks/%s", goldens[i].name);
		g_test_add_data_func(path, &goldens[i], test_golden);
	}
	return g_test_run();
}
