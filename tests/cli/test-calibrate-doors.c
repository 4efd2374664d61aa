/* SPDX-License-Identifier: MIT
 *
 * calibrate where it cannot begin, or not go on, or not store; which sensor it takes; and what --show tells.
 */
#include "tests/cli/dialogue.h"
#include "tests/cli/fake-rollerd.h"
#include "tests/cli/golden-file.h"

#include <glib/gstdio.h>
#include <string.h>

#define SPINE "Length in cm, 20 to 70:"
#define TARE "Enter: tare it now."
#define BEGIN "Enter: begin."
#define DONE "Enter: done."

static void
begin(FakeRollerd *fake, Dialogue *dialogue, const char *line)
{
	fake_rollerd_begin(fake);
	dialogue_begin(dialogue, g_test_dbus_get_bus_address(fake->bus), line);
}

static void
check_config(const FakeRollerd *fake, const char *wanted)
{
	g_autofree char *text = fake_rollerd_dup_config(fake);
	g_assert_cmpstr(text, ==, wanted);
}

static void
test_absent(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, NULL);
	dialogue_begin(&dialogue, g_test_dbus_get_bus_address(fake.bus), "calibrate");
	dialogue_end(&dialogue, 3, "rollerd does not answer");
	g_assert_cmpstr(dialogue.out->str, ==, "");
}

/* The daemon goes in the middle of it: what was stored stays. */
static void
test_leaves(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, NULL);
	begin(&fake, &dialogue, "calibrate");
	dialogue_answer(&dialogue, SPINE, "44");
	dialogue_expect(&dialogue, TARE);
	fake_rollerd_leave(&fake);
	dialogue_type(&dialogue, "");
	dialogue_end(&dialogue, 3, "rollerd does not answer any more");
	check_config(&fake, "[person]\nspine_cm=44.0\n");
}

static void
test_end_of_input(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, NULL);
	begin(&fake, &dialogue, "calibrate");
	dialogue_answer(&dialogue, SPINE, "44");
	dialogue_expect(&dialogue, TARE);
	dialogue_end(&dialogue, 1,
		     "the input ended before the calibration did; what was stored stays");
	check_config(&fake, "[person]\nspine_cm=44.0\n");
}

/* A file that the daemon cannot take is told of, and left as it is. */
static void
test_bad_file(void)
{
	static const char bad[] = "[person]\nspine=44\n";
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, bad);
	begin(&fake, &dialogue, "calibrate");
	dialogue_end(&dialogue, 1, "rollerd.conf:2: [person] spine=44: no such key");
	check_config(&fake, bad);
}

/* A value that makes it one that the daemon cannot take is taken back. */
static void
test_refused_value(void)
{
	static const char before[] = "[person]\nspine_cm=44.0   # by tape\n[roller]\nstart=45.0\n";
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, before);
	begin(&fake, &dialogue, "calibrate");
	dialogue_answer(&dialogue, SPINE, "30");
	dialogue_expect(&dialogue, "Not stored, since rollerd would refuse it: ");
	dialogue_expect(&dialogue, "lies beyond the spine");
	dialogue_answer(&dialogue, TARE, "q");
	dialogue_end(&dialogue, 1, "not all was taken");
	check_config(&fake, before);
}

/* A file that may not be written: the walk goes on, and ends with the lines to add. */
static void
test_by_hand(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, NULL);
	/* Below a file there is no folder, not even for root. */
	g_autofree char *file = g_build_filename(fake.folder, "file", NULL);
	g_assert_true(g_file_set_contents(file, "", 0, NULL));
	g_free(fake.config);
	fake.config = g_build_filename(fake.folder, "file", "rollerd.conf", NULL);
	fake.takes_any = TRUE;
	fake.sensors[0].is_left = TRUE;
	begin(&fake, &dialogue, "calibrate --system");
	dialogue_answer(&dialogue, SPINE, "44");
	dialogue_expect(&dialogue, "It could not be stored: ");
	dialogue_answer(&dialogue, TARE, "s");
	dialogue_answer(&dialogue, BEGIN, "");
	dialogue_expect(&dialogue, DONE);
	fake.sensors[0].turned_deg += 60;
	dialogue_type(&dialogue, "");
	dialogue_expect(&dialogue, "It could not be stored: ");
	dialogue_answer(&dialogue, "Enter: 100 cm", "q");
	dialogue_end(&dialogue, 1,
		     "\n\n[person]\nspine_cm=44.0\n\n[sensor " FAKE_FIRST "]\nmount=left\n");
	g_assert_nonnull(
		strstr(dialogue.err, "by hand (with sudo), then: systemctl reload rollerd"));
	g_assert_nonnull(strstr(dialogue.err, fake.config));
}

/* ---- Which sensor ---- */

static void
test_choice(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, NULL);
	fake.n_sensors = 2;
	fake.sensors[0].name = "Roll\033[31mer";
	begin(&fake, &dialogue, "calibrate");
	dialogue_expect(&dialogue, "1  Roll");
	dialogue_expect(&dialogue, "2  Other " FAKE_SECOND);
	dialogue_answer(&dialogue, "Its number:", "3");
	dialogue_answer(&dialogue, "Its number:", "1.5");
	dialogue_answer(&dialogue, "Its number:", "");
	dialogue_answer(&dialogue, "Its number:", "2");
	dialogue_expect(&dialogue, "Calibrating Other " FAKE_SECOND);
	dialogue_answer(&dialogue, SPINE, "q");
	dialogue_end(&dialogue, 0, "");
	g_assert_null(strchr(dialogue.out->str, '\033'));
}

static void
test_choice_left(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) quit = {0};
	g_auto(Dialogue) ended = {0};
	fake_rollerd_init(&fake, NULL);
	fake.n_sensors = 2;
	begin(&fake, &quit, "calibrate");
	dialogue_answer(&quit, "Its number:", "q");
	dialogue_end(&quit, 0, "");
	dialogue_begin(&ended, g_test_dbus_get_bus_address(fake.bus), "calibrate");
	dialogue_expect(&ended, "Its number:");
	dialogue_end(&ended, 1, "the input ended before a sensor was chosen");
}

static void
test_named(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) by_address = {0};
	g_auto(Dialogue) by_name = {0};
	g_auto(Dialogue) unknown = {0};
	g_auto(Dialogue) ambiguous = {0};
	const char *address = NULL;
	fake_rollerd_init(&fake, NULL);
	fake.n_sensors = 2;
	begin(&fake, &by_address, "calibrate c0:ff:ee:00:00:02");
	address = g_test_dbus_get_bus_address(fake.bus);
	dialogue_expect(&by_address, "Calibrating Other");
	dialogue_answer(&by_address, SPINE, "q");
	dialogue_end(&by_address, 0, "");
	dialogue_begin(&by_name, address, "calibrate Roller");
	dialogue_expect(&by_name, "Calibrating Roller");
	dialogue_answer(&by_name, SPINE, "q");
	dialogue_end(&by_name, 0, "");
	dialogue_begin(&unknown, address, "calibrate Bar");
	dialogue_end(&unknown, 1,
		     "no sensor \"Bar\"; it knows: Roller " FAKE_FIRST "; Other " FAKE_SECOND);
	fake.sensors[1].name = "Roller";
	dialogue_begin(&ambiguous, address, "calibrate Roller");
	dialogue_end(&ambiguous, 1, "more than one sensor is called \"Roller\"");
}

static void
test_not_streaming(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) none = {0};
	g_auto(Dialogue) named = {0};
	fake_rollerd_init(&fake, NULL);
	fake.sensors[0].link = "absent";
	begin(&fake, &none, "calibrate");
	dialogue_end(&none, 1, "no sensor is streaming: switch it on");
	dialogue_begin(&named, g_test_dbus_get_bus_address(fake.bus), "calibrate Roller");
	dialogue_end(&named, 1, "Roller " FAKE_FIRST " is absent: switch it on");
}

/* ---- What is there ---- */

static const char stored[] = "[person]\nspine_cm=44.5\n[roller]\nmount=left # all\n"
			     "[sensor " FAKE_FIRST "]\nradius_cm=7.05\n";

static void
test_show(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) all = {0};
	g_auto(Dialogue) one = {0};
	fake_rollerd_init(&fake, stored);
	fake.n_sensors = 2;
	fake.sensors[1].link = "absent";
	begin(&fake, &all, "calibrate --show");
	dialogue_expect(&all, fake.config);
	dialogue_expect(&all, "spine         44.5 cm from C7 to L5\n");
	dialogue_expect(&all, "stored        radius 7.05 cm, mount left\n");
	dialogue_expect(&all, "in use        roller, radius 7.50 cm, mount right\n");
	dialogue_expect(&all, "Other\n");
	dialogue_expect(&all, "stored        mount left\n");
	dialogue_end(&all, 0, "");
	golden_file_check_in(GOLDEN_FOLDER, "calibrate-show", all.out->str, fake.folder);
	dialogue_begin(&one, g_test_dbus_get_bus_address(fake.bus), "calibrate --show Other");
	dialogue_expect(&one, "Other\n");
	dialogue_end(&one, 0, "");
	g_assert_null(strstr(one.out->str, "Roller"));
	g_assert_cmpuint(fake.n_reloads, ==, 0);
	check_config(&fake, stored);
}

static void
test_show_json(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, stored);
	begin(&fake, &dialogue, "calibrate --json --show");
	dialogue_expect(&dialogue, "{\"configuration\":\"");
	dialogue_expect(&dialogue, "\"spine_cm\":44.50,");
	dialogue_expect(&dialogue,
			"\"sensors\":[{\"address\":\"" FAKE_FIRST "\",\"name\":\"Roller\","
			"\"stored\":{\"radius_cm\":7.05,\"mount\":\"left\",\"head_end_cm\":null},"
			"\"in_use\":{\"kind\":\"roller\",\"radius_cm\":7.50,\"mount\":\"right\","
			"\"head_end_cm\":null}}]}\n");
	dialogue_end(&dialogue, 0, "");
	golden_file_check_in(GOLDEN_FOLDER, "calibrate-json", dialogue.out->str, fake.folder);
}

static void
test_show_nothing(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, NULL);
	fake.n_sensors = 0;
	begin(&fake, &dialogue, "calibrate --show");
	dialogue_expect(&dialogue, "not measured: a guess");
	dialogue_expect(&dialogue, "No sensor is known to rollerd.");
	dialogue_end(&dialogue, 0, "");
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/calibrate-doors/absent", test_absent);
	g_test_add_func("/calibrate-doors/leaves", test_leaves);
	g_test_add_func("/calibrate-doors/end-of-input", test_end_of_input);
	g_test_add_func("/calibrate-doors/bad-file", test_bad_file);
	g_test_add_func("/calibrate-doors/refused-value", test_refused_value);
	g_test_add_func("/calibrate-doors/by-hand", test_by_hand);
	g_test_add_func("/calibrate-doors/choice", test_choice);
	g_test_add_func("/calibrate-doors/choice-left", test_choice_left);
	g_test_add_func("/calibrate-doors/named", test_named);
	g_test_add_func("/calibrate-doors/not-streaming", test_not_streaming);
	g_test_add_func("/calibrate-doors/show", test_show);
	g_test_add_func("/calibrate-doors/show-json", test_show_json);
	g_test_add_func("/calibrate-doors/show-nothing", test_show_nothing);
	return g_test_run();
}
