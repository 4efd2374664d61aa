/* SPDX-License-Identifier: MIT
 *
 * The walk of calibrate: what a person answers and does, what is said, and what then stands in the configuration.
 * build/tests/cli/test-calibrate --update writes the golden file anew.
 */
#include "tests/cli/dialogue.h"
#include "tests/cli/fake-rollerd.h"
#include "tests/cli/golden-file.h"

#include <math.h>
#include <string.h>

#define BEGIN "Enter: begin."
#define DONE "Enter: done."
#define TARE "Enter: tare it now."
#define SPINE "Length in cm, 20 to 70:"
#define WAY "Enter: 100 cm"

static const char mine[] = "# My own file.\n"
			   "[person]\n"
			   "name=me           # it is me\n"
			   "spine_cm=40.0     # guessed\n"
			   "\n"
			   "[roller]          # all of them\n"
			   "radius_cm=7.5     # as sold\n"
			   "mount=right\n";

/* Begins `rollstat calibrate`. */
static void
begin(FakeRollerd *fake, Dialogue *dialogue)
{
	fake_rollerd_begin(fake);
	dialogue_begin(dialogue, g_test_dbus_get_bus_address(fake->bus), "calibrate");
}

/* Rolls by so many degrees when asked to. */
static void
roll(FakeRollerd *fake, Dialogue *dialogue, double turned_deg)
{
	dialogue_answer(dialogue, BEGIN, "");
	dialogue_expect(dialogue, DONE);
	fake->sensors[0].turned_deg += turned_deg;
	dialogue_type(dialogue, "");
}

static double
get_degrees(double way_cm, double radius_cm)
{
	return way_cm / radius_cm * 180 / G_PI;
}

static void
check_config(const FakeRollerd *fake, const char *wanted)
{
	g_autofree char *text = fake_rollerd_dup_config(fake);
	g_assert_cmpstr(text, ==, wanted);
}

/* A roller of 7.0 cm whose sensor sits on the left; the file said 7.5 and right. */
static void
test_whole(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, mine);
	fake.sensors[0].is_left = TRUE;
	begin(&fake, &dialogue);
	dialogue_expect(&dialogue, "Calibrating Roller " FAKE_FIRST ".");
	dialogue_expect(&dialogue, "Stored: 40 cm.");
	dialogue_answer(&dialogue, SPINE, "44,5");
	dialogue_answer(&dialogue, TARE, "");
	dialogue_expect(&dialogue, "Force before: 3.0 N, after: 0.0 N.");
	roll(&fake, &dialogue, 60);
	dialogue_expect(&dialogue, "the sensor sits the other way");
	roll(&fake, &dialogue, 60);
	dialogue_expect(&dialogue, "OK: toward the feet is told as toward the feet.");
	dialogue_answer(&dialogue, WAY, "");
	roll(&fake, &dialogue, get_degrees(100, 7.0));
	dialogue_expect(&dialogue, "Radius: 7.00 cm. In use: 7.50 cm.");
	roll(&fake, &dialogue, -get_degrees(101, 7.0)); /* back again */
	dialogue_expect(&dialogue, "Told: 101.0 cm, rolled: 100.0 cm, 1.0 % off. OK.");
	dialogue_expect(&dialogue, "and the place is set to C7");
	dialogue_end(&dialogue, 0, "");
	dialogue_expect(&dialogue, "run rollerd --rebuild");
	golden_file_check_in(GOLDEN_FOLDER, "calibrate", dialogue.out->str, fake.folder);
	check_config(&fake, "# My own file.\n"
			    "[person]\n"
			    "name=me           # it is me\n"
			    "spine_cm=44.5     # guessed\n"
			    "\n"
			    "[roller]          # all of them\n"
			    "radius_cm=7.5     # as sold\n"
			    "mount=right\n"
			    "\n"
			    "[sensor " FAKE_FIRST "]\n"
			    "mount=left\n"
			    "radius_cm=7.00\n");
	g_assert_cmpfloat(fake.sensors[0].settings.radius_m, ==, 0.07);
	g_assert_cmpuint(fake.n_tares, ==, 1);
	g_assert_cmpuint(fake.n_reloads, ==, 4); /* at first, and after each value */
}

/* A file that is not there comes to be; the side is right as it is. */
static void
test_fresh(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, NULL);
	begin(&fake, &dialogue);
	dialogue_expect(&dialogue, "Stored: nothing.");
	dialogue_answer(&dialogue, SPINE, "44 cm");
	dialogue_answer(&dialogue, TARE, "s");
	roll(&fake, &dialogue, 21);
	dialogue_expect(&dialogue, "OK: toward the feet");
	dialogue_answer(&dialogue, WAY, "q");
	dialogue_end(&dialogue, 0, "");
	check_config(&fake, "[person]\nspine_cm=44.0\n");
	g_assert_cmpuint(fake.n_tares, ==, 0);
}

static void
test_skipped(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, mine);
	begin(&fake, &dialogue);
	dialogue_answer(&dialogue, SPINE, "");
	dialogue_answer(&dialogue, TARE, "S");
	dialogue_answer(&dialogue, BEGIN, "s");
	dialogue_answer(&dialogue, WAY, "s");
	dialogue_expect(&dialogue, "Nothing was changed.");
	dialogue_end(&dialogue, 0, "");
	check_config(&fake, mine);
}

static void
test_bad_answers(void)
{
	static const char *const lengths[] = {"long", "19.9", "70.1", "-44", "nan", "4 4", "44 m"};
	static const char *const ways[] = {"29", "301", "0t", "21t", "1.5t", "t", "-3t", "x"};
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, mine);
	begin(&fake, &dialogue);
	for (gsize i = 0; i < G_N_ELEMENTS(lengths); i++) {
		dialogue_answer(&dialogue, SPINE, lengths[i]);
		dialogue_expect(&dialogue, "That is no number from 20 to 70.");
	}
	dialogue_answer(&dialogue, SPINE, "s");
	dialogue_answer(&dialogue, TARE, "yes");
	dialogue_expect(&dialogue, "Enter alone goes on");
	dialogue_answer(&dialogue, TARE, "s");
	roll(&fake, &dialogue, -19);
	dialogue_expect(&dialogue, "That is too little to tell");
	dialogue_answer(&dialogue, BEGIN, "s");
	for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
		dialogue_answer(&dialogue, WAY, ways[i]);
		dialogue_expect(&dialogue, "neither 30 to 300 cm nor 1 to 20 turns");
	}
	dialogue_answer(&dialogue, WAY, "q");
	dialogue_end(&dialogue, 0, "");
	check_config(&fake, mine);
}

/* Skips to the radius. */
static void
go_to_radius(FakeRollerd *fake, Dialogue *dialogue, const char *way)
{
	fake_rollerd_init(fake, mine);
	begin(fake, dialogue);
	dialogue_answer(dialogue, SPINE, "s");
	dialogue_answer(dialogue, TARE, "s");
	dialogue_answer(dialogue, BEGIN, "s");
	dialogue_answer(dialogue, WAY, way);
}

/* What cannot be is not taken; what is far off only if it is confirmed. */
static void
test_implausible(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	go_to_radius(&fake, &dialogue, "50");
	roll(&fake, &dialogue, get_degrees(50, 31));
	dialogue_expect(&dialogue, "outside of 1 to 30 cm");
	roll(&fake, &dialogue, 0);
	dialogue_expect(&dialogue, "outside of 1 to 30 cm");
	roll(&fake, &dialogue, get_degrees(50, 5.0));
	dialogue_expect(&dialogue, "That is 33 % off the radius in use.");
	dialogue_answer(&dialogue, "Enter: roll once more.", "");
	roll(&fake, &dialogue, get_degrees(50, 5.0));
	dialogue_answer(&dialogue, "Enter: roll once more.", "no");
	check_config(&fake, mine);
	roll(&fake, &dialogue, get_degrees(50, 5.0));
	dialogue_answer(&dialogue, "Enter: roll once more.", "yes");
	dialogue_expect(&dialogue, "Stored: [sensor " FAKE_FIRST "] radius_cm=5.00");
	dialogue_answer(&dialogue, BEGIN, "q");
	dialogue_end(&dialogue, 0, "");
	g_assert_cmpfloat(fake.sensors[0].settings.radius_m, ==, 0.05);
}

/* A check that fails leads back to the measurement. */
static void
test_check_fails(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	go_to_radius(&fake, &dialogue, "100");
	roll(&fake, &dialogue, get_degrees(100, 7.2));
	dialogue_expect(&dialogue, "radius_cm=7.20");
	roll(&fake, &dialogue, get_degrees(100, 7.0));
	dialogue_expect(&dialogue, "Told: 102.9 cm, rolled: 100.0 cm, 2.9 % off. That is more");
	roll(&fake, &dialogue, get_degrees(100, 7.0));
	dialogue_expect(&dialogue, "radius_cm=7.00");
	roll(&fake, &dialogue, get_degrees(99, 7.0));
	dialogue_expect(&dialogue, "1.0 % off. OK.");
	dialogue_end(&dialogue, 0, "");
}

/* Whole turns are counted by the person, and the way is measured. */
static void
test_turns(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	go_to_radius(&fake, &dialogue, "3 turns");
	roll(&fake, &dialogue, 2 * 360);
	dialogue_answer(&dialogue, "How far did it come, in cm?", "132");
	dialogue_expect(&dialogue, "Those are not the 3 turns");
	roll(&fake, &dialogue, 3 * 360 - 30); /* askew */
	dialogue_answer(&dialogue, "How far did it come, in cm?", "131,9");
	dialogue_expect(&dialogue, "Radius: 7.00 cm.");
	roll(&fake, &dialogue, 3 * 360);
	dialogue_answer(&dialogue, "How far did it come, in cm?", "132");
	dialogue_expect(&dialogue, "Told: 131.9 cm, rolled: 132.0 cm, 0.0 % off. OK.");
	dialogue_end(&dialogue, 0, "");
}

/* A new recording, a silence, a sensor that sends nothing: the step is done again, nothing nonsensical comes of it. */
static void
test_broken_off(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	go_to_radius(&fake, &dialogue, "100");
	dialogue_answer(&dialogue, BEGIN, "");
	dialogue_expect(&dialogue, DONE);
	fake.sensors[0].since_us++;
	fake.sensors[0].turned_deg += get_degrees(100, 7.0);
	dialogue_type(&dialogue, "");
	dialogue_expect(&dialogue, "The stream broke off in between");
	dialogue_answer(&dialogue, BEGIN, "");
	dialogue_expect(&dialogue, DONE);
	fake.sensors[0].is_silent = TRUE;
	dialogue_type(&dialogue, "");
	dialogue_expect(&dialogue, "the sensor sends no samples now");
	fake.sensors[0].is_silent = FALSE;
	fake.sensors[0].is_light = TRUE;
	roll(&fake, &dialogue, get_degrees(100, 7.5));
	dialogue_expect(&dialogue, "press it down with a few");
	fake.sensors[0].is_light = FALSE;
	roll(&fake, &dialogue, get_degrees(100, 7.0));
	dialogue_expect(&dialogue, "Radius: 7.00 cm.");
	dialogue_answer(&dialogue, BEGIN, "q");
	dialogue_end(&dialogue, 0, "");
}

static void
test_tare(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, mine);
	fake.tared_n = 12;
	fake.tare_error = "Failed";
	begin(&fake, &dialogue);
	dialogue_answer(&dialogue, SPINE, "s");
	dialogue_answer(&dialogue, TARE, "");
	dialogue_expect(&dialogue, "The tare failed: it will not.");
	fake.tare_error = NULL;
	dialogue_answer(&dialogue, TARE, "");
	dialogue_expect(&dialogue, "Force before: 3.0 N, after: 12.0 N.");
	dialogue_expect(&dialogue, "something rests on it still");
	fake.sensors[0].force_n = NAN;
	fake.tared_n = NAN;
	dialogue_answer(&dialogue, TARE, "");
	dialogue_expect(&dialogue, "tells no newtons to compare");
	dialogue_answer(&dialogue, BEGIN, "q");
	dialogue_end(&dialogue, 0, "");
	g_assert_cmpuint(fake.n_tares, ==, 2);
}

/* What a sensor cannot do is not asked of it. */
static void
test_still(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, mine);
	fake.sensors[0].has_motion = FALSE;
	fake.tare_error = "NotSupported";
	begin(&fake, &dialogue);
	dialogue_expect(&dialogue, "neither gyroscope nor accelerometer");
	dialogue_answer(&dialogue, SPINE, "s");
	dialogue_answer(&dialogue, TARE, "");
	dialogue_expect(&dialogue, "This sensor has no tare: it will not.");
	dialogue_end(&dialogue, 0, "");
	g_assert_null(strstr(dialogue.out->str, BEGIN));
}

static void
test_bar(void)
{
	g_auto(FakeRollerd) fake = {0};
	g_auto(Dialogue) dialogue = {0};
	fake_rollerd_init(&fake, NULL);
	fake.sensors[0].is_bar = TRUE;
	fake.sensors[0].has_motion = FALSE;
	begin(&fake, &dialogue);
	dialogue_answer(&dialogue, SPINE, "s");
	dialogue_answer(&dialogue, TARE, "");
	dialogue_answer(&dialogue, "Place of the first cell in cm, -20 to 70:", "-21");
	dialogue_answer(&dialogue, "Place of the first cell in cm, -20 to 70:", "-1.5");
	dialogue_expect(&dialogue, "Marker:");
	dialogue_end(&dialogue, 0, "");
	g_assert_null(strstr(dialogue.out->str, BEGIN));
	check_config(&fake, "[sensor " FAKE_FIRST "]\nhead_end_cm=-1.5\n");
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/calibrate/whole", test_whole);
	g_test_add_func("/calibrate/fresh", test_fresh);
	g_test_add_func("/calibrate/skipped", test_skipped);
	g_test_add_func("/calibrate/bad-answers", test_bad_answers);
	g_test_add_func("/calibrate/implausible", test_implausible);
	g_test_add_func("/calibrate/check-fails", test_check_fails);
	g_test_add_func("/calibrate/turns", test_turns);
	g_test_add_func("/calibrate/broken-off", test_broken_off);
	g_test_add_func("/calibrate/tare", test_tare);
	g_test_add_func("/calibrate/still", test_still);
	g_test_add_func("/calibrate/bar", test_bar);
	return g_test_run();
}
