/* SPDX-License-Identifier: MIT
 *
 * The whole way: a sensor of a bluetoothd that is none, rollerd as a process of its own, its bus and its
 * database.
 */
#include "tests/program/loop.h"
#include "tests/program/manager.h"
#include "tests/program/program-fixture.h"
#include "tests/support/fake-bluez.h"

#include <signal.h>
#include <string.h>

#define SENSOR "C0:FF:EE:00:00:01"
#define SENSOR_PATH "/org/rollerd1/sensor/C0_FF_EE_00_00_01"

#define COUNT_SAMPLES                                                                              \
	"SELECT COUNT(*) FROM value JOIN characteristic ON id = characteristic "                   \
	"WHERE uuid = '" ROLL_UUID_ROLLER_MEASUREMENT "'"

enum {
	N_SAMPLES = 25,
};

typedef struct {
	ProgramFixture program;
	GTestDBus *bus;
	FakeBluez *bluez;
	FakeSensor *sensor;
	GDBusConnection *client;
	Manager manager;
	GVariant *reply;
	GError *error;
	guint has_reply;
} Fixture;

static gboolean
is_started(gpointer data)
{
	Fixture *fixture = data;

	return fake_sensor_is_started(fixture->sensor);
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
	program_fixture_set_up(&fixture->program, data);
	fixture->bus = program_bus_begin(&fixture->program);
	fixture->client = program_bus_connect(fixture->bus);
	fixture->bluez = fake_bluez_new(g_test_dbus_get_bus_address(fixture->bus));
	fake_bluez_add_adapter(fixture->bluez, "hci0", "00:11:22:33:44:55");
	fixture->sensor =
		fake_bluez_add_sensor(fixture->bluez, &(FakeSensorOptions){.address = SENSOR});
	manager_begin(&fixture->manager, &fixture->program);
	program_fixture_start(&fixture->program, "--source=bluez");
	loop_until_true(is_started, fixture);
	manager_wait(&fixture->manager, &fixture->program, "\nSTATUS=Roller streaming\n", 1);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	manager_end(&fixture->manager);
	g_clear_error(&fixture->error);
	g_clear_pointer(&fixture->reply, g_variant_unref);
	fake_bluez_free(fixture->bluez);
	g_object_unref(fixture->client);
	program_bus_end(fixture->bus);
	program_fixture_tear_down(&fixture->program, data);
}

static void
take_reply(GObject *object, GAsyncResult *result, gpointer user_data)
{
	Fixture *fixture = user_data;

	fixture->reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(object), result, &fixture->error);
	fixture->has_reply = TRUE;
}

static void
call(Fixture *fixture, const char *interface, const char *method, GVariant *parameters)
{
	g_clear_error(&fixture->error);
	g_clear_pointer(&fixture->reply, g_variant_unref);
	fixture->has_reply = FALSE;
	g_dbus_connection_call(fixture->client, "org.rollerd1", SENSOR_PATH, interface, method,
			       parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, take_reply,
			       fixture);
	loop_until(&fixture->has_reply);
}

static void
check_rows(Fixture *fixture, const char *sql, const char *expected)
{
	g_autofree char *rows = program_fixture_query(&fixture->program, "rollerd.db", sql);

	g_assert_cmpstr(rows, ==, expected);
}

static gboolean
has_values(gpointer data)
{
	Fixture *fixture = data;
	g_autofree char *rows =
		program_fixture_query(&fixture->program, "rollerd.db", COUNT_SAMPLES);

	return g_str_equal(rows, "25\n");
}

/* What the sensor sent is in the history, and the sensor is left in order. */
static void
test_values(Fixture *fixture, gconstpointer data)
{
	(void)data;
	for (guint i = 0; i < N_SAMPLES; i++)
		g_assert_true(fake_sensor_send_sample(fixture->sensor, i));
	loop_until_true(has_values, fixture);
	program_fixture_stop(&fixture->program, SIGTERM);
	g_assert_cmpint(fake_sensor_get_order(fixture->sensor), ==, ROLL_CONTROL_STOP);
	g_assert_false(fake_sensor_is_connected(fixture->sensor));
	check_rows(fixture, "SELECT address, codec FROM sensor", SENSOR "|roller-profile\n");
	check_rows(fixture, COUNT_SAMPLES, "25\n");
}

/* A kill at any instant loses at most the last second; and the next run takes the sensor up again. */
static void
test_killed(Fixture *fixture, gconstpointer data)
{
	(void)data;
	for (guint i = 0; i < N_SAMPLES; i++)
		g_assert_true(fake_sensor_send_sample(fixture->sensor, i));
	loop_until_true(has_values, fixture);
	g_subprocess_send_signal(fixture->program.process, SIGKILL);
	program_fixture_wait(&fixture->program);
	g_assert_cmpint(fixture->program.status, ==, -1);
	fake_sensor_stop(fixture->sensor);
	program_fixture_start(&fixture->program, "--source=bluez");
	loop_until_true(is_started, fixture);
	program_fixture_stop(&fixture->program, SIGTERM);
	g_assert_true(has_values(fixture));
}

static void
test_commands(Fixture *fixture, gconstpointer data)
{
	g_autofree char *remote = NULL;

	(void)data;
	call(fixture, "org.rollerd1.Sensor", "Tare", NULL);
	g_assert_no_error(fixture->error);
	g_assert_cmpint(fake_sensor_get_order(fixture->sensor), ==, ROLL_CONTROL_TARE);
	call(fixture, "org.rollerd1.Sensor", "Identify", NULL);
	g_assert_no_error(fixture->error);
	g_assert_cmpint(fake_sensor_get_order(fixture->sensor), ==, ROLL_CONTROL_IDENTIFY);
	call(fixture, "org.rollerd1.Sensor", "Mark", NULL);
	g_assert_nonnull(fixture->error);
	remote = g_dbus_error_get_remote_error(fixture->error);
	g_assert_cmpstr(remote, ==, "org.rollerd1.Error.NoSession");
	program_fixture_stop(&fixture->program, SIGTERM);
}

static void
test_lost(Fixture *fixture, gconstpointer data)
{
	(void)data;
	fake_sensor_set_away(fixture->sensor, TRUE);
	manager_wait(&fixture->manager, &fixture->program, "\nSTATUS=Roller absent\n", 1);
	fake_sensor_set_away(fixture->sensor, FALSE);
	manager_wait(&fixture->manager, &fixture->program, "\nSTATUS=Roller streaming\n", 2);
	program_fixture_stop(&fixture->program, SIGTERM);
	g_assert_cmpuint(
		program_fixture_count(fixture->program.err, "Roller " SENSOR ": connected"), ==, 2);
	g_assert_cmpuint(program_fixture_count(fixture->program.err, "Roller " SENSOR ": lost"), ==,
			 1);
}

static gboolean
has_trouble(gpointer data)
{
	Fixture *fixture = data;
	g_autoptr(GVariant) reply = g_dbus_connection_call_sync(
		fixture->client, "org.rollerd1", "/org/rollerd1", "org.freedesktop.DBus.Properties",
		"Get", g_variant_new("(ss)", "org.rollerd1", "Trouble"), NULL,
		G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
	g_autofree char *text = reply ? g_variant_print(reply, FALSE) : g_strdup("none");

	return strstr(text, "no Bluetooth adapter: plug one in") != NULL;
}

/* The adapter is pulled: the manager, the bus and the log hear of it, and of its end. */
static void
test_trouble(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_assert_false(has_trouble(fixture));
	fake_bluez_remove_adapter(fixture->bluez, "hci0", TRUE);
	manager_wait(&fixture->manager, &fixture->program,
		     "\nSTATUS=no Bluetooth adapter: plug one in\n", 1);
	g_assert_true(has_trouble(fixture));
	fake_bluez_add_adapter(fixture->bluez, "hci0", "00:11:22:33:44:55");
	manager_wait(&fixture->manager, &fixture->program, "\nSTATUS=Roller absent\n", 2);
	manager_wait(&fixture->manager, &fixture->program, "\nSTATUS=Roller streaming\n", 2);
	g_assert_false(has_trouble(fixture));
	program_fixture_stop(&fixture->program, SIGTERM);
	program_fixture_check(&fixture->program, 0,
			      "warning: no Bluetooth adapter: plug one in, continuing");
	program_fixture_check(&fixture->program, 0, "sensors can be heard again");
}

#define ADD(name, test) g_test_add("/sensor/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("values", test_values);
	ADD("killed", test_killed);
	ADD("commands", test_commands);
	ADD("lost", test_lost);
	ADD("trouble", test_trouble);
	return g_test_run();
}
