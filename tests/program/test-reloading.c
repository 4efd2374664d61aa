/* SPDX-License-Identifier: MIT
 *
 * rollerd that reads its configuration anew while it runs: asked on the bus or by SIGHUP, with a session open,
 * with a file that cannot be taken.
 */
#include "tests/program/loop.h"
#include "tests/program/manager.h"
#include "tests/program/program-fixture.h"

#include <glib/gstdio.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define TAKEN "the configuration was read anew"

typedef struct {
	ProgramFixture program;
	GTestDBus *bus;
	GDBusConnection *client;
	char *config; /* path of the default one; not there at first */
	char *sensor; /* path of the sensor's object */
	guint n_passes, wanted;
} Fixture;

static void
take_pass(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	  const char *signal, GVariant *parameters, gpointer user_data)
{
	Fixture *fixture = user_data;

	(void)connection, (void)sender, (void)interface, (void)signal, (void)parameters;
	g_free(fixture->sensor);
	fixture->sensor = g_strdup(path);
	fixture->n_passes++;
}

static gboolean
has_passes(gpointer data)
{
	Fixture *fixture = data;

	return fixture->n_passes >= fixture->wanted;
}

static void
wait_passes(Fixture *fixture, guint n)
{
	fixture->wanted = fixture->n_passes + n;
	loop_until_true(has_passes, fixture);
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
	g_autofree char *folder = NULL;

	program_fixture_set_up(&fixture->program, data);
	folder = g_build_filename(fixture->program.folder, "rollerd", NULL);
	g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
	fixture->config = g_build_filename(folder, "rollerd.conf", NULL);
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
	g_free(fixture->sensor);
	program_fixture_tear_down(&fixture->program, data);
}

static void
write_config(Fixture *fixture, const char *text)
{
	g_assert_true(g_file_set_contents(fixture->config, text, -1, NULL));
}

static GVariant *
call(Fixture *fixture, const char *path, const char *interface, const char *method,
     GVariant *arguments, GError **error)
{
	return g_dbus_connection_call_sync(fixture->client, "org.rollerd1", path, interface, method,
					   arguments, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
					   error);
}

/* NULL: it was taken; else the error's name and message. */
static char *
reload(Fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		call(fixture, "/org/rollerd1", "org.rollerd1", "Reload", NULL, &error);

	return reply ? NULL : g_strdup(error->message);
}

static GVariant *
get_property(Fixture *fixture, const char *name)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		call(fixture, fixture->sensor, "org.freedesktop.DBus.Properties", "Get",
		     g_variant_new("(ss)", "org.rollerd1.Sensor", name), &error);
	GVariant *value = NULL;

	g_assert_no_error(error);
	g_variant_get(reply, "(v)", &value);
	return value;
}

/* The history is that of a run that knew the configuration as it is now from the beginning. */
static void
check_whole(Fixture *fixture)
{
	ProgramFixture *program = &fixture->program;
	g_autofree char *found = NULL;
	g_autofree char *wanted = NULL;
	g_autofree char *lines = NULL;
	g_autofree char *n_lines = NULL;
	g_autofree char *n_values = NULL;

	found = program_fixture_dump(program, "rollerd.db");
	program_fixture_run(program, "--db=FOLDER/b.db --replay=FOLDER/a.rollcap");
	program_fixture_check(program, 0, " 0 bad lines\n");
	wanted = program_fixture_dump(program, "b.db");
	g_assert_cmpstr(found, ==, wanted);
	n_values = program_fixture_query(program, "rollerd.db", "SELECT COUNT(*) FROM value");
	g_assert_true(g_file_get_contents(program->capture, &lines, NULL, NULL));
	n_lines = g_strdup_printf("%u\n", program_fixture_count(lines, "\n") - 1);
	g_assert_cmpstr(n_values, ==, n_lines);
}

/* Asked again and again in mid-session: as if nobody had asked. */
static void
test_same(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GVariant) session = NULL;
	g_autofree char *sessions = NULL;

	(void)data;
	program_fixture_start(&fixture->program,
			      "--source=sim --speed=30 --capture=FOLDER/a.rollcap");
	for (guint i = 0; i < 4; i++) {
		g_autofree char *refusal = NULL;

		wait_passes(fixture, 2);
		refusal = reload(fixture);
		g_assert_cmpstr(refusal, ==, NULL);
	}
	wait_passes(fixture, 2);
	session = get_property(fixture, "Session");
	g_assert_cmpint(g_variant_get_int64(session), ==, 1);
	program_fixture_stop(&fixture->program, SIGTERM);
	g_assert_cmpuint(program_fixture_count(fixture->program.err, TAKEN), ==, 4);
	sessions = program_fixture_query(&fixture->program, "rollerd.db",
					 "SELECT COUNT(*) FROM session");
	g_assert_cmpstr(sessions, ==, "1\n");
	check_whole(fixture);
}

/* What is new holds for all of the open session, and is told on the bus at once. */
static void
test_other(Fixture *fixture, gconstpointer data)
{
	g_autofree char *refusal = NULL;
	g_autoptr(GVariant) before = NULL;
	g_autoptr(GVariant) radius = NULL;
	g_autoptr(GVariant) mount = NULL;

	(void)data;
	program_fixture_start(&fixture->program,
			      "--source=sim --speed=30 --capture=FOLDER/a.rollcap");
	wait_passes(fixture, 2);
	before = get_property(fixture, "Radius");
	g_assert_cmpfloat(g_variant_get_double(before), ==, 7.5);
	write_config(fixture, "[roller]\nradius_cm=6.8   # mine\nmount=left\n");
	refusal = reload(fixture);
	g_assert_cmpstr(refusal, ==, NULL);
	radius = get_property(fixture, "Radius");
	g_assert_cmpfloat_with_epsilon(g_variant_get_double(radius), 6.8, 1e-9);
	mount = get_property(fixture, "Mount");
	g_assert_cmpstr(g_variant_get_string(mount, NULL), ==, "left");
	wait_passes(fixture, 2);
	program_fixture_stop(&fixture->program, SIGTERM);
	check_whole(fixture);
}

/* A file that cannot be taken is refused in words, and changes nothing. */
static void
test_bad(Fixture *fixture, gconstpointer data)
{
	g_autofree char *refusal = NULL;
	g_autoptr(GVariant) radius = NULL;

	(void)data;
	program_fixture_start(&fixture->program,
			      "--source=sim --speed=30 --capture=FOLDER/a.rollcap");
	wait_passes(fixture, 2);
	write_config(fixture, "[roller]\nradius_cm=0.5\n");
	refusal = reload(fixture);
	g_assert_nonnull(refusal);
	g_assert_nonnull(strstr(refusal, "org.rollerd1.Error.Configuration"));
	g_assert_nonnull(strstr(refusal, "rollerd.conf:2: [roller] radius_cm=0.5: allowed is"));
	radius = get_property(fixture, "Radius");
	g_assert_cmpfloat(g_variant_get_double(radius), ==, 7.5);
	wait_passes(fixture, 1);
	program_fixture_stop(&fixture->program, SIGTERM);
	g_assert_cmpuint(program_fixture_count(fixture->program.err, TAKEN), ==, 0);
	g_assert_cmpint(g_unlink(fixture->config), ==, 0);
	check_whole(fixture);
}

static gboolean
has_radius(gpointer data)
{
	g_autoptr(GVariant) radius = get_property(data, "Radius");

	return g_variant_get_double(radius) > 8;
}

static void
test_signal(Fixture *fixture, gconstpointer data)
{
	(void)data;
	write_config(fixture, "[roller]\nradius_cm=6.8\n");
	program_fixture_start(&fixture->program, "--source=sim --speed=30");
	wait_passes(fixture, 1);
	write_config(fixture, "[roller]\nradius_cm=8.2\n");
	g_subprocess_send_signal(fixture->program.process, SIGHUP);
	loop_until_true(has_radius, fixture);
	write_config(fixture, "[roller]\nradius=8.3\n");
	g_subprocess_send_signal(fixture->program.process, SIGHUP);
	wait_passes(fixture, 2);
	g_assert_true(has_radius(fixture));
	program_fixture_stop(&fixture->program, SIGTERM);
	program_fixture_check(
		&fixture->program, 0,
		"no such key; allowed are kind, radius_cm, start, mount, axis, marker, "
		"head_end_cm, loaded_n, continuing with the configuration before it");
	g_assert_cmpuint(program_fixture_count(fixture->program.err, TAKEN), ==, 1);
}

/* Who closes the terminal in which rollerd was started has done with it. */
static void
test_terminal(Fixture *fixture, gconstpointer data)
{
	int terminal = -1, inside = -1;

	(void)data;
	g_assert_cmpint(openpty(&terminal, &inside, NULL, NULL, NULL), ==, 0);
	g_subprocess_launcher_take_stdin_fd(fixture->program.launcher, inside);
	program_fixture_start(&fixture->program, "--source=sim --speed=30");
	wait_passes(fixture, 1);
	write_config(fixture, "[roller]\nradius_cm=8.2\n");
	g_subprocess_send_signal(fixture->program.process, SIGHUP);
	loop_until_true(has_radius, fixture);
	close(terminal);
	program_fixture_stop(&fixture->program, SIGHUP);
	g_assert_cmpuint(program_fixture_count(fixture->program.err, TAKEN), ==, 1);
}

#define ADD(name, test) g_test_add("/reloading/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("same", test_same);
	ADD("other", test_other);
	ADD("bad", test_bad);
	ADD("signal", test_signal);
	ADD("terminal", test_terminal);
	return g_test_run();
}
