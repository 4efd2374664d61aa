/* SPDX-License-Identifier: MIT
 *
 * person and session: who there is, who rolls, and sessions put right, in what they say and in what others tell then.
 * build/tests/people/test-people --update writes the golden files anew.
 */
#include "tests/people/people-rig.h"

#include <string.h>

#define DONE ROLLSTAT_EXIT_DONE
#define FAILED ROLLSTAT_EXIT_FAILED
#define USAGE ROLLSTAT_EXIT_USAGE

static void
check_config(const char *wanted)
{
	g_autofree char *text = people_rig_dup_config();
	g_assert_cmpstr(text, ==, wanted);
}

/* Each fact has one home: the configuration's person has lengths there, all others in the table. */
static void
test_persons(void)
{
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	people_rig_compare(&fixture, "person", "person-alone", FALSE);
	people_rig_expect(&fixture, "person add anna --spine 46,5", DONE, "anna: spine 46.5 cm.");
	people_rig_expect(&fixture, "person add Otto --stature 190cm", DONE, "spine ~50.0 cm");
	people_rig_expect(&fixture, "person add bertha --weight 61,5kg", DONE,
			  "bertha: spine –, weight 61.5 kg.");
	people_rig_expect(&fixture, "person use anna", DONE, "anna rolls now");
	check_config(NULL);
	people_rig_compare(&fixture, "person list", "person", FALSE);
	people_rig_compare(&fixture, "person", "person-tiny", TRUE);
	people_rig_compare(&fixture, "person --json", "person-json", FALSE);
	people_rig_compare(&fixture, "person --csv", "person-csv", FALSE);
	people_rig_expect(&fixture, "person set me --spine 43", DONE, "rollerd --rebuild");
	check_config("[person]\nspine_cm=43.0\n");
	people_rig_expect(&fixture, "person set me --weight 80", DONE,
			  "spine 43.0 cm, weight 80 kg.");
	g_auto(Answer) weighed = answer_ask(&fixture, PEOPLE_NOW_US, "person set me --weight 80.5");
	g_assert_null(strstr(weighed.out, "rollerd --rebuild")); /* levels do not hang on it */
	check_config("[person]\nspine_cm=43.0\nweight_kg=80.5\n");
	people_rig_expect(&fixture, "person set otto --spine 51", DONE, "Otto: spine 51.0 cm.");
	people_rig_expect(&fixture, "person use me", DONE, "me rolls now");
	people_rig_expect(&fixture, "person", DONE, "* me ");
	people_rig_expect(&fixture, "person", DONE, "  Otto                            51.0 cm");
	people_rig_expect(&fixture, "person use Otto", DONE, NULL);
	people_rig_expect(&fixture, "person remove otto", DONE,
			  "Otto is removed.\nWhom the configuration names rolls now.");
	people_rig_expect(&fixture, "person use otto", FAILED, "nobody is called \"otto\"");
}

static void
test_refused(void)
{
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	people_rig_expect(&fixture, "person add anna", DONE, NULL);
	people_rig_expect(&fixture, "person add ANNA", FAILED, "anna is there already");
	people_rig_expect(&fixture, "person add me", FAILED, "me is there already");
	people_rig_expect(&fixture, "person add a#b", USAGE, "a name is 1 to 63 bytes");
	people_rig_expect(&fixture, "person set anna", USAGE,
			  "--spine CM or --stature CM or --weight KG");
	people_rig_expect(&fixture, "person set anna --spine 99", USAGE,
			  "--spine is a number from 20 to 70");
	people_rig_expect(&fixture, "person set anna --stature tall", USAGE, "from 50 to 250");
	people_rig_expect(&fixture, "person set anna --weight 7", USAGE,
			  "--weight takes kilograms from 20 to 400");
	people_rig_expect(&fixture, "person add otto --weight heavy", USAGE, "from 20 to 400");
	people_rig_expect(&fixture, "person use anna --weight 70", USAGE, "write it as");
	people_rig_expect(&fixture, "person remove me", FAILED, "cannot be removed");
	people_rig_expect(&fixture, "session 2 --person anna", DONE, NULL);
	people_rig_expect(&fixture, "person remove anna", FAILED, "are anna's");
	people_rig_expect(&fixture, "session 2 delete", DONE, NULL);
	people_rig_expect(&fixture, "person remove anna", FAILED, "are anna's");
	people_rig_expect(&fixture, "session 2 --person me", DONE, NULL);
	people_rig_expect(&fixture, "person remove anna", DONE, "anna is removed.");
	people_rig_expect(&fixture, "person frog", USAGE, "write it as: rollstat person");
	people_rig_expect(&fixture, "person use me --spine 40", USAGE, "write it as");
	people_rig_expect(&fixture, "person use me --json", USAGE, "write it as");
	people_rig_expect(&fixture, "session 9", FAILED, "there is no session 9");
	people_rig_expect(&fixture, "session 9 delete", FAILED, "there is no session 9");
	people_rig_expect(&fixture, "session frog", USAGE, "named by its number");
	people_rig_expect(&fixture, "session 2 frog", USAGE, "write it as");
	people_rig_expect(&fixture, "session 2 delete --person me", USAGE, "write it as");
	people_rig_expect(&fixture, "session 2 --person frog", FAILED, "nobody is called");
}

/* Without a database there is one person; whoever is added makes it. */
static void
test_nothing_yet(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	answer_fixture_close(&fixture);
	g_autofree char *path = g_build_filename(fixture.folder, "none.db", NULL);
	g_free(fixture.path);
	fixture.path = g_steal_pointer(&path);
	people_rig_expect(&fixture, "person", DONE, "* me ");
	people_rig_expect(&fixture, "session 1 delete", FAILED, "there is no database");
	g_assert_false(g_file_test(fixture.path, G_FILE_TEST_EXISTS));
	people_rig_expect(&fixture, "person add anna", DONE, NULL);
	people_rig_expect(&fixture, "person use anna", DONE, "Their spine is not known");
	people_rig_expect(&fixture, "person", DONE, "* anna ");
}

static void
test_told(void)
{
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	people_rig_compare(&fixture, "session 4", "session", FALSE);
	people_rig_compare(&fixture, "session 4", "session-tiny", TRUE);
	people_rig_compare(&fixture, "session 4 --json", "session-json", FALSE);
	people_rig_compare(&fixture, "session 4 --csv", "session-csv", FALSE);
}

/* One day with two sessions: each is told alone. */
static void
test_told_alone(void)
{
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	people_rig_write(&fixture, "UPDATE session SET start_us = start_us - 3 * 86400 * 1000000, "
				   "end_us = end_us - 3 * 86400 * 1000000 WHERE id = 4");
	people_rig_expect(&fixture, "session 3", DONE, "1 session, 4:4");
	people_rig_expect(&fixture, "session 4", DONE, "1 session, 5:2");
	people_rig_expect(&fixture, "day 2026-03-11", DONE, "2 sessions");
}

/* At once in all that is told, with a line where levels are not yet that person's. */
static void
test_given(void)
{
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	people_rig_expect(&fixture, "person add anna --spine 46", DONE, NULL);
	people_rig_compare(&fixture, "session 4 --person Anna", "session-given", FALSE);
	people_rig_expect(&fixture, "session 4 --person anna", DONE, "is anna's already.");
	people_rig_expect(&fixture, "session 4", DONE, "Its levels and zones are by me's spine");
	people_rig_expect(&fixture, "session 4 --json", DONE,
			  "\"person\":\"anna\",\"told_as\":\"me\"");
	people_rig_expect(&fixture, "sessions --person anna --csv", DONE,
			  "4,C0:FF:EE:00:00:01,Roller,anna");
	people_rig_expect(&fixture, "day 2026-03-14 --person me", DONE, "othing");
	people_rig_expect(&fixture, "day 2026-03-14 --person anna", DONE, "1 session");
	people_rig_expect(&fixture, "day 2026-03-14 --json", DONE, "\"persons\":[\"anna\"]");
	people_rig_expect(&fixture, "passes --person anna --csv", DONE, "4,");
	people_rig_expect(&fixture, "session 4 --person me", DONE,
			  "me's now, and no longer anna's");
	people_rig_expect(&fixture, "sessions --person anna", DONE, "No session was recorded.");
}

/* Told nowhere, and brought back as it was. */
static void
test_deleted(void)
{
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	g_auto(Answer) before = answer_ask(&fixture, PEOPLE_NOW_US, "sessions --json");
	people_rig_compare(&fixture, "session 4 delete", "session-deleted", FALSE);
	people_rig_expect(&fixture, "session 4 delete", DONE,
			  "To take that back: rollstat session 4 restore");
	people_rig_compare(&fixture, "session 4 --json", "session-deleted-json", FALSE);
	people_rig_expect(&fixture, "sessions --csv", DONE, "3,C0:FF:EE:00:00:01");
	g_auto(Answer) without = answer_ask(&fixture, PEOPLE_NOW_US, "sessions --json");
	g_assert_null(strstr(without.out, "\"session\":4"));
	people_rig_compare(&fixture, "sessions --deleted", "sessions-deleted", FALSE);
	people_rig_expect(&fixture, "day 2026-03-14 --json", DONE, "\"sessions\":0");
	people_rig_expect(&fixture, "today", DONE, "Wednesday 11 March 2026");
	people_rig_expect(&fixture, "passes --session 4", FAILED, "there is no session 4");
	people_rig_expect(&fixture, "devices --csv", DONE, ",3,");
	people_rig_expect(&fixture, "person --csv", DONE, "me,,,true,true,3,");
	people_rig_expect(&fixture, "session 4 restore", DONE, "is back, and me's as before.");
	people_rig_expect(&fixture, "session 4 restore", DONE, "was not deleted.");
	g_auto(Answer) after = answer_ask(&fixture, PEOPLE_NOW_US, "sessions --json");
	g_assert_cmpstr(after.out, ==, before.out);
}

/* What is open stays whose it is, and is told so. */
static void
test_open(void)
{
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	people_rig_write(&fixture, "UPDATE recording SET is_open = 1 WHERE id = "
				   "(SELECT recording FROM session WHERE id = 4)");
	people_rig_expect(&fixture, "person add anna --spine 46", DONE, NULL);
	people_rig_expect(&fixture, "person use anna", DONE, "session 4 --person anna");
	people_rig_expect(&fixture, "session 4", DONE, "It is still open");
	people_rig_expect(&fixture, "session 4 delete", DONE,
			  "It is still open: what is rolled on");
}

/* Force against the weight of whose day it is; of whom it is not known, nothing is told. */
static void
test_weight(void)
{
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	g_auto(Answer) before = answer_ask(&fixture, PEOPLE_NOW_US, "today");
	g_assert_null(strstr(before.out, "body weight"));
	people_rig_expect(&fixture, "today --json", DONE, "\"weight_kg\":null,\"weight_pct\":null");
	people_rig_expect(&fixture, "person set me --weight 68", DONE, NULL);
	/* 200 N of 68 kg, which are 667 N. */
	people_rig_expect(&fixture, "today", DONE,
			  "  Mean force: 30 % of body weight; rolled legs: 32 to 34 % (Baumgart "
			  "2019).\n");
	people_rig_compare(&fixture, "week", "week-weight", FALSE);
	people_rig_compare(&fixture, "today", "today-weight-tiny", TRUE);
	people_rig_expect(&fixture, "report", DONE, "Mean force: 30 % of body weight");
	people_rig_expect(&fixture, "report --json", DONE,
			  "\"weight_kg\":68.00,\"weight_pct\":30.0");
	people_rig_expect(&fixture, "person add anna --weight 136", DONE, NULL);
	people_rig_expect(&fixture, "session 4 --person anna", DONE, NULL);
	people_rig_expect(&fixture, "today --json", DONE,
			  "\"weight_kg\":136.00,\"weight_pct\":15.0");
	people_rig_expect(&fixture, "day 2026-03-11", DONE, "Mean force: 30 %");
	people_rig_write(&fixture, "UPDATE session SET has_newtons = 0");
	g_auto(Answer) counts = answer_ask(&fixture, PEOPLE_NOW_US, "today");
	g_assert_null(strstr(counts.out, "body weight"));
}

/* What was not named stays as it stands, to the last digit, and where it stands. */
static void
test_only_named(void)
{
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	people_rig_set_config("[person]\nname=me\nspine_cm=44.25 # by tape\nstature_cm=175.25\n");
	people_rig_expect(&fixture, "person set me --weight 70.25", DONE, "weight 70.25 kg");
	g_autofree char *weighed = people_rig_dup_config();
	g_assert_cmpstr(weighed, ==,
			"[person]\nname=me\nspine_cm=44.25 # by tape\nstature_cm=175.25\n"
			"weight_kg=70.25\n");
	people_rig_write(&fixture, "INSERT INTO person (name, added_us) VALUES ('me', 1)");
	people_rig_expect(&fixture, "person set me --weight 60", DONE, NULL);
	g_autofree char *kept = people_rig_dup_config();
	g_assert_cmpstr(kept, ==, weighed);
	people_rig_set_config("[person]\nname=me\nspine_cm=50\n");
	people_rig_expect(&fixture, "person", DONE, "50.0 cm");
	people_rig_expect(&fixture, "person set me --spine 48", DONE,
			  "spine 48.0 cm, weight 60 kg");
	people_rig_expect(&fixture, "person", DONE, "48.0 cm");
}

int
main(int argc, char **argv)
{
	people_rig_begin(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/people/persons", test_persons);
	g_test_add_func("/people/refused", test_refused);
	g_test_add_func("/people/nothing-yet", test_nothing_yet);
	g_test_add_func("/people/told", test_told);
	g_test_add_func("/people/told-alone", test_told_alone);
	g_test_add_func("/people/given", test_given);
	g_test_add_func("/people/deleted", test_deleted);
	g_test_add_func("/people/open", test_open);
	g_test_add_func("/people/weight", test_weight);
	g_test_add_func("/people/only named", test_only_named);
	return people_rig_run();
}
