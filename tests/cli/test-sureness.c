/* SPDX-License-Identifier: MIT
 *
 * What reports say of places that are not sure, and of contact that is inferred: said where it matters, and nowhere
 * else.
 */
#include "tests/cli/answer.h"

#include <string.h>

#define NOW_US G_GINT64_CONSTANT(1773500000000000)

#define UNPLACED "rolled without a place: the sensor tells force only."
#define UNSURE "may lie in another zone"
#define ALL_INFERRED "The sensor has no force cell: contact is inferred from motion."
#define PART_INFERRED "came without a force cell: contact there is inferred from motion."
#define NO_NEWTONS "The sensor gives no force in newtons: none is told."
#define NOT_TOLD " not told"
#define ELSEWHERE "lay outside the zones."

static const char *const sentences[] = {
	UNPLACED, UNSURE, ALL_INFERRED, PART_INFERRED, NO_NEWTONS, NOT_TOLD, ELSEWHERE,
};

/* The day and the week of some sessions say this sentence (or these two), and of sentences no other. */
static void
check_says(const MadeSession *sessions, guint n, const char *first, const char *second)
{
	static const char *const verbs[] = {"day 2026-03-14", "week"};
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	for (guint i = 0; i < n; i++)
		made_session_add(fixture.db, &sessions[i]);
	for (gsize verb = 0; verb < G_N_ELEMENTS(verbs); verb++) {
		RollstatStyle wide = {.width = ROLLSTAT_WIDTH_MOST};
		g_auto(Answer) answer = answer_ask_styled(&fixture, NOW_US, verbs[verb], wide);
		g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
		g_test_message("%s", answer.out);
		for (gsize i = 0; i < G_N_ELEMENTS(sentences); i++) {
			gboolean is_wanted = g_strcmp0(sentences[i], first) == 0 ||
					     g_strcmp0(sentences[i], second) == 0;
			/* The days of a week have no words for a zone. */
			is_wanted &= verb == 0 || !g_str_equal(sentences[i], NOT_TOLD);
			g_assert_cmpint(strstr(answer.out, sentences[i]) != NULL, ==, is_wanted);
		}
	}
}

static void
test_sure(void)
{
	check_says(&made_session_usual, 1, NULL, NULL);
}

/* From 5 s and 5 % of the time on. */
static void
test_unsure(void)
{
	static const struct {
		double rolling_s, unsure_s;
		const char *says;
	} cases[] = {
		{20, 4.9, NULL},
		{20, 5, UNSURE},
		{300, 14.9, NULL},
		{300, 15.5, UNSURE},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		MadeSession made = made_session_usual;
		made.rolling_s = cases[i].rolling_s;
		made.unsure_s = cases[i].unsure_s;
		check_says(&made, 1, cases[i].says, NULL);
	}
}

/* Time without a place lay neither in the zones nor outside: which zones it was is not told. */
static void
test_unplaced(void)
{
	MadeSession made[] = {made_session_usual, made_session_usual};
	made[0].unplaced_s = 0.5;
	check_says(made, 1, NULL, NULL);
	made[0].unplaced_s = 80;
	check_says(made, 1, UNPLACED, NOT_TOLD);
	made[0].rolling_s = 0;
	check_says(made, 1, UNPLACED, NOT_TOLD);
	check_says(made, 2, UNPLACED, NOT_TOLD);
}

static void
test_inferred(void)
{
	MadeSession made[] = {made_session_usual, made_session_usual};
	made[0].force_n = 0;
	check_says(made, 1, ALL_INFERRED, NULL);
	check_says(made, 2, PART_INFERRED, NULL);
	made[1].has_counts = TRUE;
	check_says(made, 2, PART_INFERRED, NO_NEWTONS);
	check_says(&made[1], 1, NO_NEWTONS, NULL);
}

/* 0.4 cm, not known, and so wide that decimals say nothing; and what a silence cut. */
static void
test_lists(void)
{
	static const char *const verbs[] = {"passes", "holds"};
	static const struct {
		double uncertainty_cm;
		const char *ascii, *utf8;
	} cases[] = {
		{0.4, "+-0.4 cm ", " ±0.4 cm "},
		{0, "    - cm ", "    – cm "},
		{9.96, " +-10 cm ", "  ±10 cm "},
		{128, "+-128 cm ", " ±128 cm "},
	};
	RollstatStyle ascii = {.width = ROLLSTAT_WIDTH_USUAL};
	for (gsize i = 0; i < 2 * G_N_ELEMENTS(cases); i++) {
		g_auto(AnswerFixture) fixture = {0};
		MadeSession made = made_session_usual;
		made.uncertainty_cm = cases[i / 2].uncertainty_cm;
		made.hold_s = 10;
		made.hold_cm = 12;
		answer_fixture_init(&fixture);
		made_session_add(fixture.db, &made);
		g_auto(Answer) plain = answer_ask_styled(&fixture, NOW_US, verbs[i % 2], ascii);
		g_auto(Answer) fine = answer_ask(&fixture, NOW_US, verbs[i % 2]);
		g_assert_nonnull(strstr(plain.out, cases[i / 2].ascii));
		g_assert_true(g_str_is_ascii(plain.out));
		g_assert_nonnull(strstr(fine.out, cases[i / 2].utf8));
		g_assert_null(strstr(fine.out, "cut"));
		const char *cut = "UPDATE pass SET is_cut = 1; UPDATE hold SET is_cut = 1";
		g_assert_cmpint(sqlite3_exec(fixture.db, cut, NULL, NULL, NULL), ==, SQLITE_OK);
		g_auto(Answer) ended = answer_ask(&fixture, NOW_US, verbs[i % 2]);
		g_assert_nonnull(strstr(ended.out, " cut: silence\n"));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sureness/sure", test_sure);
	g_test_add_func("/sureness/unsure", test_unsure);
	g_test_add_func("/sureness/unplaced", test_unplaced);
	g_test_add_func("/sureness/inferred", test_inferred);
	g_test_add_func("/sureness/lists", test_lists);
	return g_test_run();
}
