/* SPDX-License-Identifier: MIT
 *
 * rollerd while it runs: what the service manager hears, how signals end it, its name on a bus, a bus that
 * goes away, and how little it does when nothing happens.
 */
#include "tests/program/loop.h"
#include "tests/program/manager.h"
#include "tests/program/program-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_notify(ProgramFixture *fixture, gconstpointer data)
{
	Manager manager;

	(void)data;
	manager_begin(&manager, fixture);
	g_subprocess_launcher_setenv(fixture->launcher, "WATCHDOG_USEC", "200000", TRUE);
	program_fixture_start(fixture, "--source=sim");
	manager_wait(&manager, fixture, "\nREADY=1\n", 1);
	manager_wait(&manager, fixture, "\nWATCHDOG=1\n", 3);
	manager_wait(&manager, fixture, "\nSTATUS=Simulated roller streaming\n", 1);
	g_assert_null(strstr(manager.heard->str, "STOPPING"));
	program_fixture_stop(fixture, SIGTERM);
	manager_hear(&manager);
	g_assert_nonnull(strstr(manager.heard->str, "\nSTOPPING=1\n"));
	manager_end(&manager);
}

/* Every value that was received is in the history, however it is asked to end. */
static void
test_signal(ProgramFixture *fixture, gconstpointer data)
{
	g_autofree char *n_stored = NULL;
	g_autofree char *text = NULL;
	g_autofree char *n_lines = NULL;
	Manager manager;

	manager_begin(&manager, fixture);
	program_fixture_start(fixture, "--source=sim --speed=20 --capture=FOLDER/a.rollcap");
	manager_wait(&manager, fixture, "\nREADY=1\n", 1);
	manager_wait(&manager, fixture, "\nSTATUS=Simulated roller streaming\n", 1);
	program_fixture_stop(fixture, GPOINTER_TO_INT(data));
	manager_end(&manager);
	n_stored = program_fixture_query(
		fixture, "rollerd.db",
		"SELECT COUNT(DISTINCT arrival_us || characteristic) FROM value");
	g_assert_true(g_file_get_contents(fixture->capture, &text, NULL, NULL));
	n_lines = g_strdup_printf("%u\n", program_fixture_count(text, "\n") - 1);
	g_assert_cmpstr(n_stored, ==, n_lines);
	g_assert_cmpstr(n_lines, !=, "0\n");
}

/* A pipe that nobody ends stands for a long capture. */
static void
test_replay_interrupted(ProgramFixture *fixture, gconstpointer data)
{
	Manager manager;
	int pipe_fd = -1;

	(void)data;
	manager_begin(&manager, fixture);
	g_assert_cmpint(mkfifo(fixture->capture, 0600), ==, 0);
	pipe_fd = g_open(fixture->capture, O_RDWR | O_CLOEXEC, 0);
	g_assert_cmpint(pipe_fd, >=, 0);
	program_fixture_start(fixture, "--replay=FOLDER/a.rollcap");
	manager_wait(&manager, fixture, "\nREADY=1\n", 1);
	g_subprocess_send_signal(fixture->process, SIGTERM);
	program_fixture_wait(fixture);
	program_fixture_check(fixture, 1, "the replay was interrupted");
	close(pipe_fd);
	manager_end(&manager);
}

/* ---- On a bus ---- */

static void
test_bus(ProgramFixture *fixture, gconstpointer data)
{
	GTestDBus *bus = program_bus_begin(fixture);
	g_autoptr(GDBusConnection) client = program_bus_connect(bus);
	g_autoptr(GVariant) objects = NULL;
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	Manager manager;

	(void)data;
	manager_begin(&manager, fixture);
	program_fixture_start(fixture, "--source=sim");
	manager_wait(&manager, fixture, "\nSTATUS=Simulated roller streaming\n", 1);
	objects = g_dbus_connection_call_sync(
		client, "org.rollerd1", "/org/rollerd1", "org.freedesktop.DBus.ObjectManager",
		"GetManagedObjects", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
	g_assert_no_error(error);
	text = g_variant_print(objects, FALSE);
	g_assert_nonnull(strstr(text, "'Link': <'streaming'>"));
	g_assert_nonnull(strstr(text, "'Name': <'Simulated roller'>"));
	program_fixture_stop(fixture, SIGTERM);
	g_assert_cmpuint(program_fixture_count(fixture->err, "warning: "), ==, 0);
	manager_end(&manager);
	g_clear_object(&client);
	program_bus_end(bus);
}

typedef struct {
	guint n;
	gint64 session;
	double mean_n;
} Passes;

static void
take_pass(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	  const char *signal, GVariant *parameters, gpointer user_data)
{
	Passes *passes = user_data;

	(void)connection;
	(void)sender;
	(void)path;
	(void)interface;
	(void)signal;
	g_variant_get(parameters, "(xdddddd)", &passes->session, NULL, NULL, NULL, NULL,
		      &passes->mean_n, NULL);
	passes->n++;
}

/* A pass goes the whole way, from the simulated sensor's bytes to whoever listens. */
static void
test_passes(ProgramFixture *fixture, gconstpointer data)
{
	GTestDBus *bus = program_bus_begin(fixture);
	g_autoptr(GDBusConnection) client = program_bus_connect(bus);
	Passes passes = {0};
	guint subscription = g_dbus_connection_signal_subscribe(
		client, NULL, "org.rollerd1.Sensor", "Pass", NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
		take_pass, &passes, NULL);

	(void)data;
	program_fixture_start(fixture, "--source=sim --speed=30");
	loop_until(&passes.n);
	g_assert_cmpint(passes.session, ==, 1);
	g_assert_cmpfloat(passes.mean_n, >, 20);
	g_dbus_connection_signal_unsubscribe(client, subscription);
	program_fixture_stop(fixture, SIGTERM);
	g_clear_object(&client);
	program_bus_end(bus);
}

static void
test_name_taken(ProgramFixture *fixture, gconstpointer data)
{
	GTestDBus *bus = program_bus_begin(fixture);
	ProgramFixture second = {0};
	Manager manager;

	(void)data;
	manager_begin(&manager, fixture);
	program_fixture_start(fixture, "--source=sim");
	manager_wait(&manager, fixture, "\nREADY=1\n", 1);
	program_fixture_set_up(&second, NULL);
	g_subprocess_launcher_setenv(second.launcher, "DBUS_SESSION_BUS_ADDRESS",
				     g_test_dbus_get_bus_address(bus), TRUE);
	program_fixture_run(&second, "--source=sim");
	program_fixture_check(&second, 1, "rollerd: another rollerd is running on this bus\n");
	program_fixture_tear_down(&second, NULL);
	program_fixture_stop(fixture, SIGTERM);
	manager_end(&manager);
	program_bus_end(bus);
}

typedef struct {
	const char *path;
	gsize n_chars; /* at the beginning */
} Growth;

static gsize
get_length(const char *path)
{
	g_autofree char *text = NULL;
	gsize n_chars = 0;

	g_assert_true(g_file_get_contents(path, &text, &n_chars, NULL));
	return n_chars;
}

static gboolean
has_grown(gpointer data)
{
	const Growth *growth = data;

	return get_length(growth->path) > growth->n_chars;
}

/* The bus is a window: without it, the house stands. */
static void
test_bus_lost(ProgramFixture *fixture, gconstpointer data)
{
	GTestDBus *bus = program_bus_begin(fixture);
	Growth growth = {.path = fixture->capture};
	Manager manager;

	(void)data;
	manager_begin(&manager, fixture);
	program_fixture_start(fixture, "--source=sim --capture=FOLDER/a.rollcap");
	manager_wait(&manager, fixture, "\nSTATUS=Simulated roller streaming\n", 1);
	program_bus_end(bus);
	growth.n_chars = get_length(fixture->capture);
	loop_until_true(has_grown, &growth);
	program_fixture_stop(fixture, SIGINT);
	g_assert_cmpuint(program_fixture_count(fixture->err, "no D-Bus"), ==, 1);
	manager_end(&manager);
}

/* ---- At rest ---- */

/* How often all threads of the process went to sleep of their own accord: each wake-up ends with it. */
static guint64
count_sleeps(GSubprocess *process)
{
	g_autofree char *tasks =
		g_strdup_printf("/proc/%s/task", g_subprocess_get_identifier(process));
	g_autoptr(GDir) folder = g_dir_open(tasks, 0, NULL);
	const char *name = NULL;
	guint64 n = 0;

	g_assert_nonnull(folder);
	while ((name = g_dir_read_name(folder))) {
		g_autofree char *path = g_build_filename(tasks, name, "status", NULL);
		g_autofree char *status = NULL;
		const char *line = NULL;

		if (!g_file_get_contents(path, &status, NULL, NULL))
			continue; /* a thread that has ended */
		line = strstr(status, "\nvoluntary_ctxt_switches:");
		g_assert_nonnull(line);
		n += g_ascii_strtoull(strchr(line, ':') + 1, NULL, 10);
	}
	return n;
}

typedef struct {
	GSubprocess *process;
	guint64 n_sleeps; /* at the last look */
	guint n_quiet;	  /* looks in a row that saw no wake-up */
} Rest;

enum {
	LOOK_MS = 100,
	QUIET_LOOKS = 30, /* 3 s */
};

static gboolean
look_at_rest(gpointer data)
{
	Rest *rest = data;
	guint64 n_sleeps = count_sleeps(rest->process);

	rest->n_quiet = n_sleeps == rest->n_sleeps ? rest->n_quiet + 1 : 0;
	rest->n_sleeps = n_sleeps;
	return G_SOURCE_CONTINUE;
}

static gboolean
is_at_rest(gpointer data)
{
	return ((Rest *)data)->n_quiet >= QUIET_LOOKS;
}

/* A program that woke every 2 s would never come to 3 s of rest, and the wait for it would run out. */
static void
test_idle(ProgramFixture *fixture, gconstpointer data)
{
	GTestDBus *bus = program_bus_begin(fixture);
	Rest rest = {0};
	guint look = 0;
	Manager manager;

	(void)data;
	manager_begin(&manager, fixture);
	g_subprocess_launcher_setenv(fixture->launcher, "WATCHDOG_USEC", "180000000", TRUE);
	program_fixture_start(fixture, "--source=bluez");
	manager_wait(&manager, fixture, "\nREADY=1\n", 1);
	rest.process = fixture->process;
	look = g_timeout_add(LOOK_MS, look_at_rest, &rest);
	loop_until_true(is_at_rest, &rest);
	g_source_remove(look);
	program_fixture_stop(fixture, SIGTERM);
	manager_end(&manager);
	program_bus_end(bus);
}

#define ADD(name, data, test)                                                                      \
	g_test_add("/running/" name, ProgramFixture, data, program_fixture_set_up, test,           \
		   program_fixture_tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("notify", NULL, test_notify);
	ADD("sigterm", GINT_TO_POINTER(SIGTERM), test_signal);
	ADD("sigint", GINT_TO_POINTER(SIGINT), test_signal);
	ADD("replay-interrupted", NULL, test_replay_interrupted);
	ADD("bus", NULL, test_bus);
	ADD("passes", NULL, test_passes);
	ADD("name-taken", NULL, test_name_taken);
	ADD("bus-lost", NULL, test_bus_lost);
	ADD("idle", NULL, test_idle);
	return g_test_run();
}
