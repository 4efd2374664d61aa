/* SPDX-License-Identifier: MIT
 *
 * rollstat calibrate with the true rollerd and its simulated sensor (a roller of 7.5 cm, on the right), while the
 * simulated person rolls: what is found is in use at once, and the session that is open stays whole.
 */
#include "tests/cli/dialogue.h"
#include "tests/program/loop.h"
#include "tests/program/manager.h"
#include "tests/program/program-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#define SENSOR_PATH "/org/rollerd1/sensor/C0_FF_EE_51_00_01"

typedef struct {
	ProgramFixture program;
	GTestDBus *bus;
	GDBusConnection *client;
	char *config;
	guint n_passes;
	double from_deg; /* what was told when a step began */
} Fixture;

static void
take_pass(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	  const char *signal, GVariant *parameters, gpointer user_data)
{
	(void)connection, (void)sender, (void)path, (void)interface, (void)signal, (void)parameters;
	((Fixture *)user_data)->n_passes++;
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
	program_fixture_set_up(&fixture->program, data);
	fixture->config =
		g_build_filename(fixture->program.folder, "rollerd", "rollerd.conf", NULL);
	fixture->bus = program_bus_begin(&fixture->program);
	fixture->client = program_bus_connect(fixture->bus);
	g_dbus_connection_signal_subscribe(fixture->client, NULL, "org.rollerd1.Sensor", "Pass",
					   NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, take_pass, fixture,
					   NULL);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	g_clear_object(&fixture->client);
	program_bus_end(fixture->bus);
	g_free(fixture->config);
	program_fixture_tear_down(&fixture->program, data);
}

static GVariant *
get_value(Fixture *fixture, const char *name)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply = g_dbus_connection_call_sync(
		fixture->client, "org.rollerd1", SENSOR_PATH, "org.freedesktop.DBus.Properties",
		"Get", g_variant_new("(ss)", "org.rollerd1.Sensor", name), NULL,
		G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
	GVariant *value = NULL;

	g_assert_no_error(error);
	g_variant_get(reply, "(v)", &value);
	return value;
}

static double
get_double(Fixture *fixture, const char *name)
{
	g_autoptr(GVariant) value = get_value(fixture, name);

	return g_variant_get_double(value);
}

static void
check_mount(Fixture *fixture, const char *wanted)
{
	g_autoptr(GVariant) mount = get_value(fixture, "Mount");

	g_assert_cmpstr(g_variant_get_string(mount, NULL), ==, wanted);
}

static gboolean
has_turned(gpointer data)
{
	Fixture *fixture = data;

	return fabs(get_double(fixture, "Turned") - fixture->from_deg) > 75;
}

/* Lets the simulated person roll on until the angle is another one. */
static void
roll(Fixture *fixture, Dialogue *dialogue)
{
	dialogue_answer(dialogue, "Enter: begin.", "");
	dialogue_expect(dialogue, "Enter: done.");
	fixture->from_deg = get_double(fixture, "Turned");
	loop_until_true(has_turned, fixture);
	dialogue_type(dialogue, "");
	dialogue_expect(dialogue, " turns).\n");
}

/* Whether the line that is said next begins so: waits for it. */
static gboolean
is_said(Dialogue *dialogue, const char *text)
{
	while (strchr(dialogue->out->str + dialogue->heard, '\n') == NULL)
		g_main_context_iteration(NULL, TRUE);
	return g_str_has_prefix(dialogue->out->str + dialogue->heard, text);
}

/* Rolls until the angle gives a radius that the daemon takes. */
static double
take_radius(Fixture *fixture, Dialogue *dialogue)
{
	double radius_cm = 0;

	while (radius_cm < 1.1 || radius_cm > 29) {
		roll(fixture, dialogue);
		if (is_said(dialogue, "Radius: "))
			radius_cm = g_ascii_strtod(
				dialogue->out->str + dialogue->heard + strlen("Radius: "), NULL);
	}
	return radius_cm;
}

/* The history is that of a run that knew the configuration as it is now from the beginning. */
static void
check_whole(ProgramFixture *program)
{
	g_autofree char *found = program_fixture_dump(program, "rollerd.db");
	g_autofree char *wanted = NULL;

	program_fixture_run(program, "--db=FOLDER/b.db --replay=FOLDER/a.rollcap");
	program_fixture_check(program, 0, " 0 bad lines\n");
	wanted = program_fixture_dump(program, "b.db");
	g_assert_cmpstr(found, ==, wanted);
}

static void
test_walk(Fixture *fixture, gconstpointer data)
{
	g_auto(Dialogue) dialogue = {0};
	g_autofree char *wanted = NULL;
	g_autofree char *text = NULL;
	double radius_cm = 0;

	(void)data;
	program_fixture_start(&fixture->program,
			      "--source=sim --speed=4 --capture=FOLDER/a.rollcap");
	loop_until(&fixture->n_passes);
	dialogue_begin(&dialogue, g_test_dbus_get_bus_address(fixture->bus), "calibrate");
	dialogue_expect(&dialogue, "Calibrating Simulated roller C0:FF:EE:51:00:01.");
	dialogue_answer(&dialogue, "Length in cm", "41.5");
	dialogue_expect(&dialogue, "Stored: [person] spine_cm=41.5");
	dialogue_answer(&dialogue, "Enter: tare it now.", "s");
	dialogue_answer(&dialogue, "Enter: begin.", "s");
	dialogue_answer(&dialogue, "Enter: 100 cm", "30");
	radius_cm = take_radius(fixture, &dialogue);
	if (fabs(radius_cm / 7.5 - 1) > 0.24)
		dialogue_type(&dialogue, "yes");
	dialogue_expect(&dialogue, "radius_cm=");
	g_assert_cmpfloat_with_epsilon(get_double(fixture, "Radius"), radius_cm, 1e-9);
	dialogue_answer(&dialogue, "Enter: begin.", "q");
	dialogue_end(&dialogue, 0, "");
	wanted = g_strdup_printf("[person]\nspine_cm=41.5\n\n"
				 "[sensor C0:FF:EE:51:00:01]\nradius_cm=%.2f\n",
				 radius_cm);
	g_assert_true(g_file_get_contents(fixture->config, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, wanted);
	fixture->n_passes = 0;
	loop_until(&fixture->n_passes);
	program_fixture_stop(&fixture->program, SIGTERM);
	check_whole(&fixture->program);
}

/* Whichever way the person happens to roll: what is told as toward the head turns the side over, at once. */
static void
test_side(Fixture *fixture, gconstpointer data)
{
	g_autofree char *folder = g_path_get_dirname(fixture->config);
	g_auto(Dialogue) dialogue = {0};
	gboolean is_turned_over = FALSE;

	(void)data;
	g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
	g_assert_true(g_file_set_contents(fixture->config, "[roller]\nmount=left\n", -1, NULL));
	program_fixture_start(&fixture->program,
			      "--source=sim --speed=4 --capture=FOLDER/a.rollcap");
	loop_until(&fixture->n_passes);
	dialogue_begin(&dialogue, g_test_dbus_get_bus_address(fixture->bus), "calibrate");
	dialogue_answer(&dialogue, "Length in cm", "s");
	dialogue_answer(&dialogue, "Enter: tare it now.", "s");
	for (gboolean is_little = TRUE; is_little;) {
		roll(fixture, &dialogue);
		is_turned_over = is_said(&dialogue, "That was told as toward the head");
		is_little = !is_turned_over && is_said(&dialogue, "That is too little");
	}
	if (is_turned_over)
		dialogue_expect(&dialogue, "Stored: [sensor C0:FF:EE:51:00:01] mount=right");
	check_mount(fixture, is_turned_over ? "right" : "left");
	dialogue_answer(&dialogue, "\n", "q");
	dialogue_end(&dialogue, 0, "");
	program_fixture_stop(&fixture->program, SIGTERM);
	check_whole(&fixture->program);
}

#define ADD(name, test) g_test_add("/calibrate-live/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("walk", test_walk);
	ADD("side", test_side);
	return g_test_run();
}
