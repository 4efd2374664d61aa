/* SPDX-License-Identifier: MIT
 *
 * Whose back is told of where several use the rollers. build/tests/people/test-whose --update writes the golden files anew.
 */
#include "tests/people/people-rig.h"

#include <string.h>

#define DONE ROLLSTAT_EXIT_DONE
#define FAILED ROLLSTAT_EXIT_FAILED

/* Nobody was chosen: of four sessions of "me" the one of today is anna's then, and one of Wednesday ben's. */
static void
set_up(AnswerFixture *fixture)
{
	people_rig_init(fixture);
	people_rig_expect(fixture, "person add anna --spine 46", DONE, NULL);
	people_rig_expect(fixture, "person add ben", DONE, NULL);
	people_rig_write(fixture, "UPDATE session SET start_us = start_us - 3 * 86400 * 1000000,"
				  " end_us = end_us - 3 * 86400 * 1000000 WHERE id = 2");
	people_rig_expect(fixture, "session 2 --person ben", DONE, NULL);
	people_rig_expect(fixture, "session 4 --person anna", DONE, NULL);
}

static void
choose(const AnswerFixture *fixture, const char *person)
{
	g_autofree char *words = g_strdup_printf("person use %s", person);
	people_rig_expect(fixture, words, DONE, NULL);
}

/* Several: whom the configuration names, which has a line of its own. */
static void
test_several(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	people_rig_compare(&fixture, "range 2026-03-01 2026-03-14", "whose-range", FALSE);
	people_rig_compare(&fixture, "range 2026-03-01 2026-03-14", "whose-range-tiny", TRUE);
	people_rig_compare(&fixture, "day 2026-03-05", "whose-day", FALSE);
	people_rig_compare(&fixture, "day 2026-03-05 --json", "whose-day-json", FALSE);
	people_rig_expect(&fixture, "report", DONE,
			  "Of me alone. There is also: anna (1 session), ben (1 session). To see "
			  "that:\n  --person NAME");
	people_rig_expect(&fixture, "report --json", DONE,
			  "\"person\":\"me\",\"others\":[{\"person\":\"anna\",\"sessions\":1},"
			  "{\"person\":\"ben\",\"sessions\":1}]");
	people_rig_expect(&fixture, "report --html -", DONE, "Of me alone. There is also: anna");
	people_rig_expect(&fixture, "trend", DONE, "Of me alone. There is also: anna");
	people_rig_expect(&fixture, "spots", DONE, "Of me alone. There is also: anna");
	people_rig_expect(&fixture, "compare 2026-03-05 today", DONE,
			  "Of me alone. There is also: anna (1 session), ben (1 session).");
	people_rig_expect(&fixture, "compare 2026 2026-03", DONE,
			  "There is also: anna (1 session), ben (1 session).");
	people_rig_expect(&fixture, "goals --json", DONE, "[]");
	people_rig_expect(&fixture, "plan --json", DONE, "\"person\":\"me\"");
	people_rig_expect(&fixture, "week --csv", DONE, "2026-03-11");
}

/* All of one: that one, unless somebody else was chosen. */
static void
test_only(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	people_rig_expect(&fixture, "today", DONE, "1 session, 5:2");
	people_rig_compare(&fixture, "today", "whose-today", FALSE);
	people_rig_expect(&fixture, "today --json", DONE, "\"person\":\"anna\",\"others\":[]");
	people_rig_expect(&fixture, "day 2026-03-11 --json", DONE,
			  "\"person\":\"me\",\"others\":[]");
	people_rig_expect(&fixture, "trend 2026-03-14 --json", DONE, "{\"person\":\"anna\"");
	choose(&fixture, "ben");
	people_rig_compare(&fixture, "today", "whose-nothing", FALSE);
	people_rig_compare(&fixture, "today", "whose-nothing-tiny", TRUE);
	people_rig_compare(&fixture, "week", "whose-nothing-week", FALSE);
	people_rig_expect(&fixture, "today --json", DONE,
			  "\"person\":\"ben\",\"others\":[{\"person\":\"anna\",\"sessions\":1}]");
	people_rig_expect(&fixture, "today --json", DONE, "\"sessions\":0,\"loaded_s\":0.000");
	people_rig_expect(&fixture, "report today", DONE, "No rolling of ben was recorded here.");
	people_rig_expect(&fixture, "report today --html -", DONE,
			  "No rolling of ben was recorded here.");
	people_rig_expect(&fixture, "day 2026-03-05", DONE, "Of ben alone. There is also: me (1");
	people_rig_expect(&fixture, "today --person anna", DONE, "1 session, 5:2");
}

/* A movement is told where its person is; where nothing else is there, it says whose day it is. */
static void
test_movements(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	people_rig_expect(&fixture, "log heat --person ben", DONE, NULL);
	people_rig_expect(&fixture, "today", DONE,
			  "Of anna alone. There is also: ben (1 movement)");
	g_auto(Answer) of_anna = answer_ask(&fixture, PEOPLE_NOW_US, "today");
	g_assert_null(strstr(of_anna.out, "Also: Heat"));
	people_rig_expect(&fixture, "session 4 delete", DONE, NULL);
	people_rig_expect(&fixture, "today", DONE, "Also: Heat");
}

/* Lists stay everybody's. */
static void
test_lists(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	choose(&fixture, "anna");
	static const char *const lists[] = {"sessions --csv", "passes --csv"};
	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_auto(Answer) all = answer_ask(&fixture, PEOPLE_NOW_US, lists[i]);
		for (guint session = 1; session <= 4; session++) {
			g_autofree char *line = g_strdup_printf("\n%u,", session);
			g_assert_nonnull(strstr(all.out, line));
		}
	}
}

/* By name, wherever the configuration is another's. */
static void
test_configured(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	people_rig_set_config("[person]\nname=anna\n");
	people_rig_expect(&fixture, "day 2026-03-05 --json", DONE, "\"person\":\"anna\"");
	people_rig_expect(&fixture, "today", DONE, "1 session, 5:2");
	g_auto(Answer) own = answer_ask(&fixture, PEOPLE_NOW_US, "today");
	g_assert_null(strstr(own.out, "Of anna"));
	people_rig_expect(&fixture, "log heat", DONE, "for anna");
}

/* Whoever is named is one who is known, in either case of letters; nobody is made up. */
static void
test_named(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	people_rig_expect(&fixture, "day 2026-03-05 --person Ben --json", DONE,
			  "\"person\":\"ben\"");
	people_rig_expect(&fixture, "sessions --person BEN --json", DONE, "\"person\":\"ben\"");
	people_rig_expect(&fixture, "today --person me", DONE, "Nothing was recorded");
	people_rig_expect(&fixture, "today --person bne", ROLLSTAT_EXIT_FAILED,
			  "nobody is called \"bne\"; there are: me, anna, ben.\n"
			  "Add one: rollstat person add bne");
	people_rig_expect(&fixture, "log heat --person bne", ROLLSTAT_EXIT_FAILED, "nobody is");
	people_rig_expect(&fixture, "export --person bne --output -", ROLLSTAT_EXIT_FAILED,
			  "nobody is");
}

/* A name of several words is told as a shell takes it; a faulty configuration does not hide what the database knows. */
static void
test_words(void)
{
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	people_rig_write(&fixture, "INSERT INTO person (name, added_us) VALUES ('An Na', 1);"
				   "UPDATE session SET person = 'An Na' WHERE id < 3");
	people_rig_expect(&fixture, "range 2026-03", DONE, "To see that: --person 'An Na'");
	people_rig_set_config("[person]\nname\n");
	people_rig_expect(&fixture, "day 2026-03-05", DONE, "1 session");
	people_rig_expect(&fixture, "range 2026-03", FAILED,
			  "whose is to be told (--person NAME says it): ");
	people_rig_expect(&fixture, "range 2026-03 --person me", DONE, "2 sessions");
}

int
main(int argc, char **argv)
{
	people_rig_begin(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/whose/several", test_several);
	g_test_add_func("/whose/only", test_only);
	g_test_add_func("/whose/movements", test_movements);
	g_test_add_func("/whose/lists", test_lists);
	g_test_add_func("/whose/named", test_named);
	g_test_add_func("/whose/configured", test_configured);
	g_test_add_func("/whose/words", test_words);
	return people_rig_run();
}
