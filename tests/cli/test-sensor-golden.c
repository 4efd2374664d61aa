/* SPDX-License-Identifier: MIT
 *
 * What status and mark say, in full, against the files of golden/, with a rollerd that this test plays; and what all that ask
 * rollerd say where there is none. The others stand beside their dialogues: test-calibrate.c, test-calibrate-doors.c,
 * test-pair.c, tests/people/test-setup.c. After a wanted change: build/tests/cli/test-sensor-golden --update
 */
#include "tests/cli/dialogue.h"
#include "tests/cli/fake-rollerd.h"
#include "tests/cli/golden-file.h"

#include <math.h>

#define SAMPLE_US G_GINT64_CONSTANT(1773500000000000)

/* Two sensors: on one somebody lies, the other asks to be paired. */
static void
begin(FakeRollerd *fake)
{
	fake_rollerd_init(fake, NULL);
	fake->n_sensors = 2;
	fake->database = "/var/lib/rollerd/rollerd.db";
	fake->sensors[0].contact_cm = 17.23;
	fake->sensors[0].uncertainty_cm = 0.38;
	fake->sensors[1].link = "connecting";
	fake->sensors[1].asks_pairing = TRUE;
	fake->sensors[1].detail = "asks to be paired: rollstat pair " FAKE_SECOND;
	for (guint i = 0; i < 2; i++) {
		fake->sensors[i].is_silent = TRUE;
		fake->sensors[i].last_us = SAMPLE_US;
	}
	fake_rollerd_begin(fake);
}

static void
check(const FakeRollerd *fake, const char *line, const char *name)
{
	g_auto(Dialogue) dialogue = {0};
	dialogue_begin(&dialogue, g_test_dbus_get_bus_address(fake->bus), line);
	dialogue_end(&dialogue, 0, "");
	g_assert_cmpstr(dialogue.err, ==, "");
	golden_file_check_in(GOLDEN_FOLDER, name, dialogue.out->str, fake->folder);
}

static void
test_status(void)
{
	g_auto(FakeRollerd) fake = {0};
	begin(&fake);
	check(&fake, "status --json", "status-json");
	/* The text tells how long ago, of a clock that goes on: five minutes, and most of the sixth. */
	for (guint i = 0; i < 2; i++)
		fake.sensors[i].last_us = g_get_real_time() - 301 * G_USEC_PER_SEC;
	check(&fake, "status", "status");
	fake.trouble = "no Bluetooth adapter: plug one in, or switch it on; rollerd waits for it "
		       "and needs no restart";
	check(&fake, "status", "status-trouble");
}

static void
test_status_nothing(void)
{
	g_auto(FakeRollerd) fake = {0};
	fake_rollerd_init(&fake, NULL);
	fake.n_sensors = 0;
	fake_rollerd_begin(&fake);
	check(&fake, "status", "status-nothing");
	check(&fake, "status --json", "status-nothing-json");
}

static void
test_mark(void)
{
	g_auto(FakeRollerd) fake = {0};
	begin(&fake);
	check(&fake, "mark Roller", "mark");
	check(&fake, "mark Roller --json", "mark-json");
	fake.sensors[0].uncertainty_cm = NAN; /* as where rollerd's is infinite */
	check(&fake, "mark Roller", "mark-unsure");
	check(&fake, "mark Roller --json", "mark-unsure-json");
	fake.sensors[0].contact_cm = NAN;
	check(&fake, "mark " FAKE_FIRST, "mark-nowhere");
	check(&fake, "mark " FAKE_FIRST " --json", "mark-nowhere-json");
}

/* Nobody answers: what is said, and that all of them end with 3. */
static void
test_no_daemon(void)
{
	static const char *const lines[] = {
		"status",	    "mark",	  "live",	   "calibrate",
		"calibrate --show", "pair --yes", "unpair Roller", "--system status",
	};
	g_auto(FakeRollerd) fake = {0};
	g_autoptr(GString) transcript = g_string_new(NULL);
	fake_rollerd_init(&fake, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_auto(Dialogue) dialogue = {0};
		dialogue_begin(&dialogue, g_test_dbus_get_bus_address(fake.bus), lines[i]);
		dialogue_end(&dialogue, 3, NULL);
		g_assert_cmpstr(dialogue.out->str, ==, "");
		g_string_append_printf(transcript, "%s$ rollstat %s\n%s[%d]\n", i > 0 ? "\n" : "",
				       lines[i], dialogue.err, dialogue.status);
	}
	golden_file_check(GOLDEN_FOLDER, "no-daemon", transcript->str);
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	/* No history, no settings and no pager of whoever runs the tests. */
	g_setenv("XDG_DATA_HOME", "/nonexistent", TRUE);
	g_setenv("XDG_CONFIG_HOME", "/nonexistent", TRUE);
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	g_setenv("TZ", "UTC", TRUE);
	g_setenv("COLUMNS", "80", TRUE);
	g_test_add_func("/sensor-golden/status", test_status);
	g_test_add_func("/sensor-golden/status-nothing", test_status_nothing);
	g_test_add_func("/sensor-golden/mark", test_mark);
	g_test_add_func("/sensor-golden/no-daemon", test_no_daemon);
	return g_test_run();
}
