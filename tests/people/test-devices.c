/* SPDX-License-Identifier: MIT
 *
 * devices: what they are called, which are listed, and which are to be heard.
 */
#include "cli/sensor/device-edit.h"
#include "tests/people/people-rig.h"

#define DONE ROLLSTAT_EXIT_DONE
#define FAILED ROLLSTAT_EXIT_FAILED
#define USAGE ROLLSTAT_EXIT_USAGE

#define FIRST "C0:FF:EE:00:00:01"
#define SECOND "C0:FF:EE:00:00:02"

static void
init(AnswerFixture *fixture)
{
	people_rig_init(fixture);
	people_rig_write(fixture, "INSERT INTO sensor (id, address, name, first_us, last_us) "
				  "VALUES (2, '" SECOND "', 'Other', 1, 2)");
}

static void
test_named(void)
{
	g_auto(AnswerFixture) fixture = {0};
	init(&fixture);
	people_rig_expect(&fixture, "devices name c0:ff:ee:00:00:01 blue", DONE,
			  FIRST " is \"blue\" from now on.");
	people_rig_compare(&fixture, "devices", "devices-named", FALSE);
	people_rig_compare(&fixture, "devices --csv", "devices-named-csv", FALSE);
	people_rig_expect(&fixture, "sessions", DONE, "roller blue");
	people_rig_expect(&fixture, "devices name Other blue", FAILED,
			  FIRST " is called \"blue\" already");
	people_rig_expect(&fixture, "devices name blue green", DONE, "\"green\"");
	people_rig_expect(&fixture, "devices name Other blue", DONE, SECOND);
	people_rig_expect(&fixture, "devices name green", DONE, "as it calls itself");
	people_rig_expect(&fixture, "sessions", DONE, "roller Roller");
	people_rig_expect(&fixture, "devices name frog green", FAILED, "no sensor \"frog\"");
	people_rig_expect(&fixture, "devices name blue a#b", USAGE, "a name is");
	people_rig_expect(&fixture, "devices name", USAGE, "write it as");
	people_rig_expect(&fixture, "devices frog", USAGE, "write it as");
	people_rig_expect(&fixture, "devices forget blue --json", USAGE, "write it as");
}

static void
test_same_name(void)
{
	g_auto(AnswerFixture) fixture = {0};
	init(&fixture);
	people_rig_write(&fixture, "UPDATE sensor SET name = 'Roller'");
	people_rig_expect(&fixture, "devices name Roller blue", FAILED, "more than one sensor");
	people_rig_expect(&fixture, "devices name " SECOND " blue", DONE, NULL);
}

/* Until it is heard again; a paired one only when that was taken back. */
static void
test_forgotten(void)
{
	g_auto(AnswerFixture) fixture = {0};
	init(&fixture);
	people_rig_write(&fixture, "INSERT INTO pairing VALUES ('" SECOND "', NULL, 1)");
	people_rig_expect(&fixture, "devices", DONE, "paired        yes");
	people_rig_expect(&fixture, "devices forget Other", FAILED, "rollstat unpair " SECOND);
	people_rig_write(&fixture, "DELETE FROM pairing");
	people_rig_expect(&fixture, "devices name Other blue", DONE, NULL);
	people_rig_expect(&fixture, "devices forget blue", DONE, "is listed no more");
	people_rig_expect(&fixture, "devices name blue green", FAILED, "no sensor \"blue\"");
	people_rig_write(&fixture, "UPDATE sensor SET last_us = 9000000000000000 WHERE id = 2");
	people_rig_expect(&fixture, "devices --json", DONE, "\"nickname\":\"blue\"");
}

/* Which are to be heard stands in the configuration, once. */
static void
test_used(void)
{
	static const char known[] = "[sensor " FIRST "]\n\n[bluetooth]\nhear=known\n";
	static const char all[] = "[sensor " FIRST "]\n\n[bluetooth]\nhear=all\n";
	g_auto(AnswerFixture) fixture = {0};
	init(&fixture);
	people_rig_expect(&fixture, "devices use Roller", DONE, "rollstat devices use all");
	g_autofree char *first = people_rig_dup_config();
	g_assert_cmpstr(first, ==, known);
	people_rig_expect(&fixture, "devices use " FIRST, DONE, "takes effect when it starts");
	g_autofree char *again = people_rig_dup_config();
	g_assert_cmpstr(again, ==, known);
	people_rig_expect(&fixture, "devices use all", DONE, "Every sensor is heard");
	g_autofree char *after = people_rig_dup_config();
	g_assert_cmpstr(after, ==, all);
}

int
main(int argc, char **argv)
{
	people_rig_begin(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/devices/named", test_named);
	g_test_add_func("/devices/same-name", test_same_name);
	g_test_add_func("/devices/forgotten", test_forgotten);
	g_test_add_func("/devices/used", test_used);
	return people_rig_run();
}
