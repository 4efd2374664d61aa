/* SPDX-License-Identifier: MIT
 *
 * person rename: all that is a person's has the new name, or nothing has.
 */
#include "tests/people/people-rig.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define DONE ROLLSTAT_EXIT_DONE
#define FAILED ROLLSTAT_EXIT_FAILED
#define USAGE ROLLSTAT_EXIT_USAGE

/* Whatever of the database is somebody's, a line each. */
static char *
dup_owned(const AnswerFixture *fixture)
{
	static const char sql[] =
		"SELECT 'session ' || id || ' ' || person FROM session"
		" UNION ALL SELECT 'recording ' || id || ' ' || person FROM recording"
		" WHERE person IS NOT NULL"
		" UNION ALL SELECT 'amendment ' || recording || ' ' || person FROM amendment"
		" WHERE person IS NOT NULL"
		" UNION ALL SELECT 'exercise ' || person FROM exercise"
		" UNION ALL SELECT 'goal ' || person FROM goal"
		" UNION ALL SELECT 'person ' || name || ' ' || spine_cm FROM person"
		" UNION ALL SELECT 'choice ' || value FROM choice";
	g_autoptr(sqlite3) db = NULL;
	g_autoptr(sqlite3_stmt) row = NULL;
	GString *lines = g_string_new(NULL);
	g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &row, NULL), ==, SQLITE_OK);
	while (sqlite3_step(row) == SQLITE_ROW)
		g_string_append_printf(lines, "%s\n", (const char *)sqlite3_column_text(row, 0));
	return g_string_free(lines, FALSE);
}

static void
check_owned(const AnswerFixture *fixture, const char *wanted)
{
	g_autofree char *owned = dup_owned(fixture);
	g_assert_cmpstr(owned, ==, wanted);
}

/* Sessions 1 and 2 are anna's, 3 was given to her, 4 is me's; one of each of the rest is hers. */
static void
set_up(AnswerFixture *fixture)
{
	people_rig_init(fixture);
	people_rig_expect(fixture, "person add anna --spine 46", DONE, NULL);
	people_rig_expect(fixture, "person use anna", DONE, NULL);
	people_rig_write(fixture, "UPDATE session SET person = 'anna' WHERE id < 3;"
				  "UPDATE recording SET person = 'anna' WHERE id = "
				  "(SELECT recording FROM session WHERE id = 1)");
	people_rig_expect(fixture, "session 3 --person anna", DONE, NULL);
	people_rig_expect(fixture, "log heat", DONE, "for anna");
	people_rig_expect(fixture, "goals set 3x/week", DONE, "of anna");
}

#define OWNED(name)                                                                                \
	"session 1 " name "\nsession 2 " name "\nsession 3 me\nsession 4 me\nrecording 1 " name    \
	"\namendment 3 " name "\nexercise " name "\ngoal " name "\nperson " name                   \
	" 46.0\nchoice " name "\n"

static void
test_all(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	check_owned(&fixture, OWNED("anna"));
	people_rig_expect(
		&fixture, "person rename anna Bertha", DONE,
		"anna is called Bertha now: 3 sessions, 1 movement, 1 goal, with what they\n"
		"taught.\n");
	check_owned(&fixture, OWNED("Bertha"));
	people_rig_expect(&fixture, "person", DONE, "* Bertha ");
	people_rig_expect(&fixture, "sessions --person Bertha --csv", DONE, "3,C0:FF:EE");
	people_rig_expect(&fixture, "session 1", DONE, "Session 1 of Bertha");
	g_auto(Answer) one = answer_ask(&fixture, PEOPLE_NOW_US, "session 1");
	g_assert_null(strstr(one.out, "rollerd --rebuild")); /* told by the same spine */
	people_rig_expect(&fixture, "person use anna", FAILED, "nobody is called \"anna\"");
	g_autofree char *config = people_rig_dup_config();
	g_assert_null(config);
	/* In another case, and back. */
	people_rig_expect(&fixture, "person rename bertha bertha", DONE, "is called bertha now");
	people_rig_expect(&fixture, "person rename bertha anna", DONE, NULL);
	check_owned(&fixture, OWNED("anna"));
}

/* The configuration's keeps what stands around the name. */
static void
test_configured(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	people_rig_set_config("# ours\n[person]\nspine_cm=44.0 # by tape\n\n[zones]\n");
	people_rig_expect(&fixture, "person rename me Paul", DONE, "me is called Paul now: 1 ses");
	people_rig_expect(&fixture, "person", DONE, "  Paul                            44.0 cm");
	g_autofree char *config = people_rig_dup_config();
	g_assert_cmpstr(config, ==,
			"# ours\n[person]\nspine_cm=44.0 # by tape\nname=Paul\n\n[zones]\n");
	people_rig_expect(&fixture, "person rename Paul Otto", DONE, "So it stands in ");
	people_rig_expect(&fixture, "sessions --person Otto --csv", DONE, "\n4,C0:FF:EE");
	check_owned(&fixture, "session 1 anna\nsession 2 anna\nsession 3 Otto\nsession 4 Otto\n"
			      "recording 1 anna\namendment 3 anna\nexercise anna\ngoal anna\n"
			      "person anna 46.0\nchoice anna\n");
}

/* The name was changed by hand, or by a rename that ended between file and database: the history goes after it. */
static void
test_continued(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	people_rig_set_config("[person]\nname=Paul\n");
	people_rig_expect(&fixture, "sessions --person Paul", DONE, "No session was recorded.");
	people_rig_expect(&fixture, "person rename me Paul", DONE, "me is called Paul now: 1 ses");
	people_rig_expect(&fixture, "sessions --person Paul --csv", DONE, "\n4,C0:FF:EE");
}

/* What is open the daemon writes: it is put right beside it. */
static void
test_open(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	people_rig_write(&fixture, "UPDATE recording SET is_open = 1");
	people_rig_expect(&fixture, "person rename anna Bertha", DONE, "3 sessions");
	check_owned(&fixture, "session 1 anna\nsession 2 anna\nsession 3 me\nsession 4 me\n"
			      "recording 1 Bertha\namendment 1 Bertha\namendment 2 Bertha\n"
			      "amendment 3 Bertha\nexercise Bertha\ngoal Bertha\n"
			      "person Bertha 46.0\nchoice Bertha\n");
	people_rig_expect(&fixture, "person", DONE,
			  "* Bertha                          46.0 cm        3");
}

static void
test_refused(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	people_rig_expect(&fixture, "person add otto", DONE, NULL);
	people_rig_expect(&fixture, "person rename otto anna", FAILED,
			  "anna is there already. A session goes over by: rollstat session N "
			  "--person anna");
	people_rig_expect(&fixture, "person rename anna OTTO", FAILED,
			  "rollstat person remove otto");
	people_rig_expect(&fixture, "person rename anna me", FAILED, "of ");
	people_rig_expect(&fixture, "person rename otto me", FAILED,
			  "me is there already: [person]");
	people_rig_expect(&fixture, "person rename anna anna", FAILED, "is called so already");
	people_rig_expect(&fixture, "person rename anna a#b", USAGE, "a name is 1 to 63 bytes");
	people_rig_expect(&fixture, "person rename frog toad", FAILED, "nobody is called");
	people_rig_expect(&fixture, "person rename anna", USAGE, "write it as");
	people_rig_expect(&fixture, "person add a b", USAGE, "write it as");
	people_rig_expect(&fixture, "person rename anna ada --spine 40", USAGE, "write it as");
	people_rig_expect(&fixture, "person remove otto", DONE, NULL);
	check_owned(&fixture, OWNED("anna"));
}

/* Where one of the two cannot be written, neither is. */
static void
test_whole(void)
{
	g_auto(AnswerFixture) fixture = {0};
	set_up(&fixture);
	people_rig_set_config("[person]\nspine_cm=44.0\n");
	people_rig_write(&fixture, "CREATE TRIGGER no_goal BEFORE UPDATE ON goal BEGIN SELECT "
				   "RAISE(ABORT, 'not this one'); END");
	people_rig_expect(&fixture, "person rename anna Bertha", FAILED, "not this one");
	check_owned(&fixture, OWNED("anna"));
	people_rig_write(&fixture,
			 "DROP TRIGGER no_goal; CREATE TRIGGER no_session BEFORE UPDATE ON "
			 "session BEGIN SELECT RAISE(ABORT, 'not this one'); END");
	people_rig_expect(&fixture, "person rename me Paul", FAILED, "not this one");
	g_autofree char *config = people_rig_dup_config();
	g_assert_cmpstr(config, ==, "[person]\nspine_cm=44.0\n");
	people_rig_write(&fixture, "DROP TRIGGER no_session");
	people_rig_block_config();
	people_rig_expect(&fixture, "person rename me Paul", FAILED, "rollerd.conf");
	check_owned(&fixture, OWNED("anna"));
	people_rig_expect(&fixture, "person rename anna Bertha", DONE, NULL);
}

/* The configuration is that of the usual database: what is done to a copy leaves it alone. */
static void
test_copy(void)
{
	static const char text[] = "[person]\nname=me\nspine_cm=44\nweight_kg=80\n";
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	people_rig_set_config(text);
	people_rig_expect(&fixture, "today", DONE, "of body weight");
	g_autofree char *usual =
		g_build_filename(g_get_user_data_dir(), "rollerd", "rollerd.db", NULL);
	g_assert_true(g_file_set_contents(usual, "", 0, NULL));
	g_auto(Answer) answer = answer_ask(&fixture, PEOPLE_NOW_US, "today");
	g_assert_null(strstr(answer.out, "of body weight"));
	g_auto(Answer) renamed = answer_ask(&fixture, PEOPLE_NOW_US, "person rename me zoe");
	g_assert_cmpint(renamed.status, ==, DONE);
	g_assert_null(strstr(renamed.out, "So it stands"));
	people_rig_expect(&fixture, "person set me --weight 70", DONE, NULL);
	g_autofree char *now = people_rig_dup_config();
	g_unlink(usual);
	g_assert_cmpstr(now, ==, text);
	people_rig_expect(&fixture, "today --person zoe", DONE, "1 session");
}

/* Somebody with goals alone is somebody: nobody else gets them. */
static void
test_goals_alone(void)
{
	g_auto(AnswerFixture) fixture = {0};
	people_rig_init(&fixture);
	people_rig_write(&fixture,
			 "INSERT INTO goal VALUES (9, 'ben', NULL, 'sessions', 3, 'week', 1)");
	people_rig_expect(&fixture, "person rename me ben", FAILED, "ben is there already");
	people_rig_expect(&fixture, "person rename ben benny", DONE, "1 goal");
	people_rig_expect(&fixture, "person rename me \xf0", USAGE, "a name is");
	people_rig_expect(&fixture, "person use \xf0", FAILED, "nobody is called");
}

int
main(int argc, char **argv)
{
	people_rig_begin(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rename/all", test_all);
	g_test_add_func("/rename/configured", test_configured);
	g_test_add_func("/rename/continued", test_continued);
	g_test_add_func("/rename/open", test_open);
	g_test_add_func("/rename/refused", test_refused);
	g_test_add_func("/rename/whole", test_whole);
	g_test_add_func("/rename/copy", test_copy);
	g_test_add_func("/rename/goals alone", test_goals_alone);
	return people_rig_run();
}
