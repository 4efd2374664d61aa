/* SPDX-License-Identifier: MIT
 *
 * Whom rollerd hears: by the person's word, which stands in the database and outlives both rollerd and the key, and by
 * the configuration.
 */
#include "tests/program/loop.h"
#include "tests/program/manager.h"
#include "tests/program/program-fixture.h"
#include "tests/support/fake-pairing.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define FIRST "C0:FF:EE:00:00:01"
#define SECOND "C0:FF:EE:00:00:02"

typedef struct {
	ProgramFixture program;
	GTestDBus *bus;
	FakeBluez *bluez;
	FakeSensor *first, *second; /* second: of the same name; NULL: it is not there */
	GDBusConnection *client;
	const char *address; /* of the sensor that is waited for */
	const char *words;   /* in its Detail */
	GVariant *reply;
	GError *error;
	guint has_reply;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
	program_fixture_set_up(&fixture->program, data);
	fixture->bus = program_bus_begin(&fixture->program);
	fixture->client = program_bus_connect(fixture->bus);
	fixture->bluez = fake_bluez_new(g_test_dbus_get_bus_address(fixture->bus));
	fake_bluez_add_adapter(fixture->bluez, "hci0", "00:11:22:33:44:55");
	fixture->first =
		fake_bluez_add_sensor(fixture->bluez, &(FakeSensorOptions){.address = FIRST});
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	g_clear_error(&fixture->error);
	g_clear_pointer(&fixture->reply, g_variant_unref);
	fake_bluez_free(fixture->bluez);
	g_object_unref(fixture->client);
	program_bus_end(fixture->bus);
	program_fixture_tear_down(&fixture->program, data);
}

static void
start(Fixture *fixture)
{
	program_fixture_start(&fixture->program, "--source=bluez");
}

static void
write_config(Fixture *fixture, const char *text)
{
	g_autofree char *folder = g_build_filename(fixture->program.folder, "rollerd", NULL);
	g_autofree char *path = g_build_filename(folder, "rollerd.conf", NULL);

	g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
take_reply(GObject *object, GAsyncResult *result, gpointer user_data)
{
	Fixture *fixture = user_data;

	fixture->reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(object), result, &fixture->error);
	fixture->has_reply = TRUE;
}

static char *
dup_path(const char *address)
{
	g_autofree char *name = g_strdelimit(g_strdup(address), ":", '_');

	return g_strconcat("/org/rollerd1/sensor/", name, NULL);
}

static void
call(Fixture *fixture, const char *path, const char *interface, const char *method,
     GVariant *parameters)
{
	g_clear_error(&fixture->error);
	g_clear_pointer(&fixture->reply, g_variant_unref);
	fixture->has_reply = FALSE;
	g_dbus_connection_call(fixture->client, "org.rollerd1", path, interface, method, parameters,
			       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, take_reply, fixture);
	loop_until(&fixture->has_reply);
}

static void
call_sensor(Fixture *fixture, const char *address, const char *method)
{
	g_autofree char *path = dup_path(address);

	call(fixture, path, "org.rollerd1.Sensor", method, NULL);
}

/* A property as text; "" where there is no such sensor. Given. */
static char *
dup_property(Fixture *fixture, const char *address, const char *name)
{
	g_autofree char *path = dup_path(address);

	call(fixture, path, "org.freedesktop.DBus.Properties", "Get",
	     g_variant_new("(ss)", "org.rollerd1.Sensor", name));
	return fixture->reply ? g_variant_print(fixture->reply, FALSE) : g_strdup("");
}

static gboolean
is_told(gpointer data)
{
	Fixture *fixture = data;
	g_autofree char *detail = dup_property(fixture, fixture->address, "Detail");

	return strstr(detail, fixture->words) != NULL;
}

static void
wait_told(Fixture *fixture, const char *address, const char *words)
{
	fixture->address = address;
	fixture->words = words;
	loop_until_true(is_told, fixture);
}

static gboolean
is_first_told_paired(gpointer data)
{
	g_autofree char *paired = dup_property(data, FIRST, "Paired");

	return g_str_equal(paired, "(<true>,)");
}

static gboolean
is_first_started(gpointer data)
{
	return fake_sensor_is_started(((Fixture *)data)->first);
}

static gboolean
is_second_started(gpointer data)
{
	return fake_sensor_is_started(((Fixture *)data)->second);
}

static void
check_pairings(Fixture *fixture, const char *expected)
{
	g_autofree char *rows =
		program_fixture_query(&fixture->program, "rollerd.db",
				      "SELECT address, name, since_us > 1700000000000000 "
				      "FROM pairing ORDER BY address");

	g_assert_cmpstr(rows, ==, expected);
}

static void
expect_error(Fixture *fixture, const char *name)
{
	g_autofree char *remote = NULL;

	g_assert_nonnull(fixture->error);
	remote = g_dbus_error_get_remote_error(fixture->error);
	g_assert_cmpstr(remote, ==, name);
}

/* The sensor demands encryption, and the person agrees. */
static void
pair_first(Fixture *fixture)
{
	fake_sensor_set_lock(fixture->first, FAKE_LOCK_CUTS);
	start(fixture);
	wait_told(fixture, FIRST, "asks to be paired: rollstat pair " FIRST);
	check_pairings(fixture, "");
	call_sensor(fixture, FIRST, "Pair");
	g_assert_no_error(fixture->error);
	check_pairings(fixture, FIRST "|Roller|1\n");
	loop_until_true(is_first_started, fixture);
}

static void
test_asked_and_given(Fixture *fixture, gconstpointer data)
{
	g_autofree char *paired = NULL;
	g_autofree char *asks = NULL;

	(void)data;
	pair_first(fixture);
	paired = dup_property(fixture, FIRST, "Paired");
	asks = dup_property(fixture, FIRST, "AsksPairing");
	g_assert_cmpstr(paired, ==, "(<true>,)");
	g_assert_cmpstr(asks, ==, "(<false>,)");
	program_fixture_stop(&fixture->program, SIGTERM);
	g_assert_cmpuint(program_fixture_count(fixture->program.err, "asks to be paired"), ==, 1);
	program_fixture_check(&fixture->program, 0,
			      "warning: Roller " FIRST ": asks to be paired: rollstat pair " FIRST);
	program_fixture_check(&fixture->program, 0, FIRST ": paired, as asked");
}

/* After a kill, and after one of bluetoothd with it, as at a reboot: it comes back by itself. */
static void
test_comes_back(Fixture *fixture, gconstpointer data)
{
	(void)data;
	pair_first(fixture);
	g_subprocess_send_signal(fixture->program.process, SIGKILL);
	program_fixture_wait(&fixture->program);
	fake_bluez_vanish(fixture->bluez, FALSE);
	fake_bluez_return(fixture->bluez, NULL);
	fake_bluez_forget(fixture->bluez);
	g_assert_false(fake_sensor_is_started(fixture->first));
	start(fixture);
	loop_until_true(is_first_started, fixture);
	program_fixture_stop(&fixture->program, SIGTERM);
	g_assert_cmpuint(fake_bluez_count(fixture->bluez, "Pair"), ==, 0);
	g_assert_cmpuint(fake_bluez_count(fixture->bluez, "RemoveDevice"), ==, 0);
	check_pairings(fixture, FIRST "|Roller|1\n");
}

/* The key is lost: whoever has the address now is a stranger, also to the next rollerd, until the person says
 * otherwise. */
static void
test_key_lost(Fixture *fixture, gconstpointer data)
{
	(void)data;
	pair_first(fixture);
	program_fixture_stop(&fixture->program, SIGTERM);
	fake_sensor_remove(fixture->first);
	fake_sensor_set_lock(fixture->first, FAKE_LOCK_NONE); /* a clone does not ask for a key */
	fake_bluez_forget(fixture->bluez);
	start(fixture);
	wait_told(fixture, FIRST,
		  "not the sensor that was paired; if you reset it: rollstat pair " FIRST);
	g_assert_cmpuint(fake_bluez_count(fixture->bluez, "Connect"), ==, 0);
	call_sensor(fixture, FIRST, "Unpair");
	g_assert_no_error(fixture->error);
	check_pairings(fixture, "");
	loop_until_true(is_first_started, fixture);
	program_fixture_stop(&fixture->program, SIGTERM);
	g_assert_cmpuint(
		program_fixture_count(fixture->program.err, "not the sensor that was paired"), ==,
		1);
	program_fixture_check(&fixture->program, 0, FIRST ": its pairing was taken back, as asked");
}

/* A paired sensor is told of from the beginning, by its name, also while it is away. */
static void
test_away(Fixture *fixture, gconstpointer data)
{
	g_autofree char *name = NULL;

	(void)data;
	pair_first(fixture);
	program_fixture_stop(&fixture->program, SIGTERM);
	fake_sensor_remove(fixture->first);
	fake_sensor_set_away(fixture->first, TRUE);
	start(fixture);
	wait_told(fixture, FIRST, "not in sight");
	name = dup_property(fixture, FIRST, "Name");
	g_assert_cmpstr(name, ==, "(<'Roller'>,)");
	program_fixture_stop(&fixture->program, SIGTERM);
}

/* A namesake is not heard, until it has a section of its own. */
static void
test_namesake(Fixture *fixture, gconstpointer data)
{
	(void)data;
	pair_first(fixture);
	fixture->second =
		fake_bluez_add_sensor(fixture->bluez, &(FakeSensorOptions){.address = SECOND});
	wait_told(fixture, SECOND, "it has the name of a sensor that was paired");
	g_assert_false(fake_sensor_is_connected(fixture->second));
	write_config(fixture, "[sensor " SECOND "]\n");
	call(fixture, "/org/rollerd1", "org.rollerd1", "Reload", NULL);
	g_assert_no_error(fixture->error);
	loop_until_true(is_second_started, fixture);
	write_config(fixture, "");
	call(fixture, "/org/rollerd1", "org.rollerd1", "Reload", NULL);
	wait_told(fixture, SECOND, "it has the name of a sensor that was paired");
	g_assert_false(fake_sensor_is_connected(fixture->second));
	g_assert_true(fake_sensor_is_started(fixture->first));
	program_fixture_stop(&fixture->program, SIGTERM);
	g_assert_cmpuint(program_fixture_count(fixture->program.err,
					       "warning: Roller " SECOND ": it has the name"),
			 ==, 1);
}

/* hear=known: neither paired nor in the configuration. */
static void
test_hear_known(Fixture *fixture, gconstpointer data)
{
	(void)data;
	fixture->second = fake_bluez_add_sensor(
		fixture->bluez, &(FakeSensorOptions){.address = SECOND, .name = "Other"});
	write_config(fixture, "[bluetooth]\nhear=known\n[sensor " SECOND "]\n");
	start(fixture);
	loop_until_true(is_second_started, fixture);
	wait_told(fixture, FIRST, "it is not known, and hear=known");
	g_assert_false(fake_sensor_is_connected(fixture->first));
	call_sensor(fixture, FIRST, "Pair");
	g_assert_no_error(fixture->error);
	loop_until_true(is_first_started, fixture);
	program_fixture_stop(&fixture->program, SIGTERM);
	check_pairings(fixture, FIRST "|Roller|1\n");
}

/* Paired by another program: the word is all that is missing. */
static void
test_paired_elsewhere(Fixture *fixture, gconstpointer data)
{
	(void)data;
	start(fixture);
	loop_until_true(is_first_started, fixture);
	fake_sensor_set_paired(fixture->first, TRUE);
	loop_until_true(is_first_told_paired, fixture);
	call_sensor(fixture, FIRST, "Pair");
	expect_error(fixture, "org.rollerd1.Error.AlreadyPaired");
	check_pairings(fixture, FIRST "|Roller|1\n");
	g_assert_true(fake_sensor_is_started(fixture->first));
	program_fixture_stop(&fixture->program, SIGTERM);
}

/* What fails is not remembered. */
static void
test_refused(Fixture *fixture, gconstpointer data)
{
	(void)data;
	fake_sensor_set_lock(fixture->first, FAKE_LOCK_TELLS);
	fake_sensor_set_pairing(fixture->first, FAKE_PAIRING_FAILS);
	start(fixture);
	wait_told(fixture, FIRST, "asks to be paired");
	call_sensor(fixture, FIRST, "Pair");
	expect_error(fixture, "org.rollerd1.Error.Failed");
	g_assert_nonnull(strstr(fixture->error->message, "the sensor refused"));
	check_pairings(fixture, "");
	program_fixture_stop(&fixture->program, SIGTERM);
}

#define ADD(name, test) g_test_add("/consent/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("asked-and-given", test_asked_and_given);
	ADD("comes-back", test_comes_back);
	ADD("key-lost", test_key_lost);
	ADD("away", test_away);
	ADD("namesake", test_namesake);
	ADD("hear-known", test_hear_known);
	ADD("paired-elsewhere", test_paired_elsewhere);
	ADD("refused", test_refused);
	return g_test_run();
}
