/* SPDX-License-Identifier: MIT
 *
 * status, the one verb that asks the daemon: on a private bus, with a daemon played by this test. rollstat runs
 * as a program of its own while the main loop here answers it.
 */
#include "tests/cli/answer.h"

#include <gio/gio.h>
#include <string.h>

#define TROUBLE "no Bluetooth adapter: plug one in"

typedef struct {
	GTestDBus *bus;
	GDBusConnection *connection;
	gboolean is_owner;
	gboolean is_refusing; /* as the policy of the system bus does */
	const char *database; /* NULL: one that is not there */
} Fixture;

static const char introspection[] =
	"<node><interface name='org.freedesktop.DBus.ObjectManager'>"
	"<method name='GetManagedObjects'><arg type='a{oa{sa{sv}}}' "
	"direction='out'/></method></interface>"
	"<interface name='org.rollerd1'><property name='Version' type='s' access='read'/>"
	"<property name='Source' type='s' access='read'/><property name='Database' type='s' "
	"access='read'/>"
	"<property name='Trouble' type='s' access='read'/></interface></node>";

static const char sensors[] =
	"({objectpath '/org/rollerd1/sensor/C0_FF_EE_00_00_01': {'org.rollerd1.Sensor': {"
	"'Address': <'C0:FF:EE:00:00:01'>, 'Name': <'Roll\\033[31mer'>, 'Codec': <'roller'>,"
	"'Link': <'streaming'>, 'Paired': <true>, 'Detail': <''>, 'Battery': <87>, 'Rssi': <-61>,"
	"'LastSample': <int64 1773500000000000>, 'LostPackets': <uint32 3>,"
	"'RefusedValues': <uint32 1>, 'Session': <int64 12>}}},)";

static void
answer_call(GDBusConnection *connection, const char *sender, const char *path,
	    const char *interface, const char *method, GVariant *arguments,
	    GDBusMethodInvocation *invocation, gpointer data)
{
	(void)connection, (void)sender, (void)path, (void)interface; /* there is one of each */
	(void)method, (void)arguments;
	g_autoptr(GError) error = NULL;
	if (((Fixture *)data)->is_refusing) {
		g_dbus_method_invocation_return_dbus_error(
			invocation, "org.freedesktop.DBus.Error.AccessDenied", "Rejected");
		return;
	}
	GVariant *answer =
		g_variant_parse(G_VARIANT_TYPE("(a{oa{sa{sv}}})"), sensors, NULL, NULL, &error);
	g_assert_no_error(error);
	g_dbus_method_invocation_return_value(invocation, g_variant_ref_sink(answer));
	g_variant_unref(answer);
}

static GVariant *
tell_property(GDBusConnection *connection, const char *sender, const char *path,
	      const char *interface, const char *name, GError **error, gpointer data)
{
	(void)connection, (void)sender, (void)path, (void)interface; /* there is one of each */
	(void)error;
	const char *database = ((Fixture *)data)->database;
	if (g_str_equal(name, "Database") && database != NULL)
		return g_variant_new_string(database);
	return g_variant_new_string(g_str_equal(name, "Trouble") ? TROUBLE : name);
}

static void
note_name(GDBusConnection *connection, const char *name, gpointer data)
{
	(void)connection, (void)name; /* there is one of each */
	((Fixture *)data)->is_owner = TRUE;
}

static void
play_daemon(Fixture *fixture)
{
	static const GDBusInterfaceVTable table = {.method_call = answer_call,
						   .get_property = tell_property};
	g_autoptr(GError) error = NULL;
	g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml(introspection, &error);
	g_assert_no_error(error);
	for (guint i = 0; node->interfaces[i] != NULL; i++)
		g_dbus_connection_register_object(fixture->connection, "/org/rollerd1",
						  node->interfaces[i], &table, fixture, NULL,
						  &error);
	g_assert_no_error(error);
	g_bus_own_name_on_connection(fixture->connection, "org.rollerd1", 0, note_name, NULL,
				     fixture, NULL);
	while (!fixture->is_owner)
		g_main_context_iteration(NULL, TRUE);
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
	(void)data; /* all begin alike */
	g_autoptr(GError) error = NULL;
	fixture->bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(fixture->bus);
	fixture->connection = g_dbus_connection_new_for_address_sync(
		g_test_dbus_get_bus_address(fixture->bus),
		G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
			G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
		NULL, NULL, &error);
	g_assert_no_error(error);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data; /* as above */
	g_dbus_connection_close_sync(fixture->connection, NULL, NULL);
	g_clear_object(&fixture->connection);
	g_test_dbus_down(fixture->bus);
	g_clear_object(&fixture->bus);
}

typedef struct {
	GSubprocess *process;
	char *out, *err;
	gboolean is_done;
} Asked;

static void
note_end(GObject *source, GAsyncResult *result, gpointer data)
{
	Asked *asked = data;
	g_autoptr(GError) error = NULL;
	g_subprocess_communicate_utf8_finish(G_SUBPROCESS(source), result, &asked->out, &asked->err,
					     &error);
	g_assert_no_error(error);
	asked->is_done = TRUE;
}

static void
clear_asked(Asked *asked)
{
	g_clear_object(&asked->process);
	g_clear_pointer(&asked->out, g_free);
	g_clear_pointer(&asked->err, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Asked, clear_asked)

/* Runs rollstat with both buses at given addresses. word may be NULL. */
static void
ask(Asked *asked, const char *session, const char *system, const char *word)
{
	const char *arguments[] = {ROLLSTAT, "status", word, NULL};
	g_autoptr(GError) error = NULL;
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
		G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
	g_subprocess_launcher_setenv(launcher, "DBUS_SESSION_BUS_ADDRESS", session, TRUE);
	g_subprocess_launcher_setenv(launcher, "DBUS_SYSTEM_BUS_ADDRESS", system, TRUE);
	asked->process = g_subprocess_launcher_spawnv(launcher, arguments, &error);
	g_assert_no_error(error);
	g_subprocess_communicate_utf8_async(asked->process, NULL, NULL, note_end, asked);
	while (!asked->is_done)
		g_main_context_iteration(NULL, TRUE);
}

#define NOWHERE "unix:path=/nonexistent/bus"

static void
test_answer(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	g_auto(Asked) asked = {0};
	play_daemon(fixture);
	ask(&asked, g_test_dbus_get_bus_address(fixture->bus), NOWHERE, NULL);
	g_assert_cmpstr(asked.err, ==, "");
	g_assert_cmpint(g_subprocess_get_exit_status(asked.process), ==, 0);
	g_assert_true(g_str_has_prefix(asked.out, "rollerd Version  on the session bus\n"));
	g_assert_nonnull(strstr(asked.out, "! " TROUBLE));
	g_assert_nonnull(strstr(asked.out, ": rollstat doctor\n"));
	g_assert_nonnull(strstr(asked.out, "streaming"));
	g_assert_nonnull(strstr(asked.out, "87 %"));
	g_assert_nonnull(strstr(asked.out, "-61 dBm"));
	g_assert_nonnull(strstr(asked.out, "12 is open"));
	g_assert_nonnull(strstr(asked.out, "  paired        yes\n"));
	g_assert_nonnull(strstr(asked.out, "3 packets\n"));
	g_assert_nonnull(strstr(asked.out, "1 value\n"));
	g_assert_null(strchr(asked.out, '\033'));
}

static void
test_json(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	g_auto(Asked) asked = {0};
	play_daemon(fixture);
	ask(&asked, g_test_dbus_get_bus_address(fixture->bus), NOWHERE, "--json");
	g_assert_cmpint(g_subprocess_get_exit_status(asked.process), ==, 0);
	g_assert_nonnull(strstr(asked.out, "\"bus\":\"session\""));
	g_assert_nonnull(strstr(asked.out, "\"address\":\"C0:FF:EE:00:00:01\""));
	g_assert_nonnull(strstr(asked.out, "\"last_sample\":1773500000.000000"));
	g_assert_nonnull(strstr(asked.out, "\"session\":12"));
	g_assert_nonnull(strstr(asked.out, "\"paired\":true,\"asks_pairing\":false"));
	g_assert_nonnull(strstr(asked.out, "\"trouble\":\"" TROUBLE "\""));
	g_assert_nonnull(strstr(asked.out, "\"nickname\":null}"));
}

/* What a person calls the sensor stands in the place of its own name, which is told, too. */
static void
test_nickname(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	g_auto(Asked) text = {0};
	g_auto(Asked) json = {0};
	g_auto(Asked) other = {0};
	g_auto(AnswerFixture) history = {0};
	const char *address = g_test_dbus_get_bus_address(fixture->bus);
	answer_fixture_init(&history);
	made_session_add(history.db, &made_session_usual);
	g_assert_cmpint(sqlite3_exec(history.db,
				     "INSERT INTO nickname VALUES (1, 'bl\033ue', NULL)", NULL,
				     NULL, NULL),
			==, SQLITE_OK);
	fixture->database = history.path;
	play_daemon(fixture);
	ask(&text, address, NOWHERE, NULL);
	g_assert_cmpstr(text.err, ==, "");
	g_assert_nonnull(strstr(text.out, "\nbl?ue  streaming\n"));
	g_assert_nonnull(strstr(text.out, "  address       C0:FF:EE:00:00:01\n"));
	g_assert_nonnull(strstr(text.out, "\n  calls itself  Roll033[31mer\n"));
	ask(&json, address, NOWHERE, "--json");
	g_assert_nonnull(strstr(json.out, "\"nickname\":\"bl\\u001bue\"}"));
	g_assert_nonnull(strstr(json.out, "\"name\":\"Roll033[31mer\""));
	/* One of another sensor is not taken. */
	g_assert_cmpint(sqlite3_exec(history.db, "UPDATE sensor SET address = 'C0:FF:EE:00:00:02'",
				     NULL, NULL, NULL),
			==, SQLITE_OK);
	ask(&other, address, NOWHERE, NULL);
	g_assert_null(strstr(other.out, "bl?ue"));
	g_assert_null(strstr(other.out, "calls itself"));
}

/* The person's own daemon is not there: the system's is asked. */
static void
test_system(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	g_auto(Asked) second = {0};
	g_auto(Asked) alone = {0};
	play_daemon(fixture);
	ask(&second, NOWHERE, g_test_dbus_get_bus_address(fixture->bus), NULL);
	g_assert_true(g_str_has_prefix(second.out, "rollerd Version  on the system bus\n"));
	ask(&alone, g_test_dbus_get_bus_address(fixture->bus), NOWHERE, "--system");
	g_assert_cmpint(g_subprocess_get_exit_status(alone.process), ==, 3);
}

static void
test_absent(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	g_auto(Asked) silent = {0};
	g_auto(Asked) nowhere = {0};
	ask(&silent, g_test_dbus_get_bus_address(fixture->bus), NOWHERE, NULL);
	g_assert_cmpint(g_subprocess_get_exit_status(silent.process), ==, 3);
	g_assert_cmpstr(silent.out, ==, "");
	g_assert_nonnull(strstr(silent.err, "rollerd does not answer"));
	g_assert_nonnull(strstr(silent.err, "it is not running there"));
	g_assert_nonnull(strstr(silent.err, "systemctl --user start rollerd"));
	g_assert_nonnull(strstr(silent.err, ": rollstat doctor\n"));
	ask(&nowhere, NOWHERE, NOWHERE, NULL);
	g_assert_cmpint(g_subprocess_get_exit_status(nowhere.process), ==, 3);
}

static void
test_refused(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	g_auto(Asked) asked = {0};
	fixture->is_refusing = TRUE;
	play_daemon(fixture);
	ask(&asked, NOWHERE, g_test_dbus_get_bus_address(fixture->bus), "--system");
	g_assert_cmpint(g_subprocess_get_exit_status(asked.process), ==, 3);
	g_assert_cmpstr(asked.out, ==, "");
	g_assert_nonnull(strstr(asked.err, "only root and members of group rollerd may ask it"));
	g_assert_nonnull(strstr(asked.err, "adduser"));
	g_assert_null(strstr(asked.err, "systemctl"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/status/answer", Fixture, NULL, set_up, test_answer, tear_down);
	g_test_add("/status/json", Fixture, NULL, set_up, test_json, tear_down);
	g_test_add("/status/nickname", Fixture, NULL, set_up, test_nickname, tear_down);
	g_test_add("/status/system", Fixture, NULL, set_up, test_system, tear_down);
	g_test_add("/status/absent", Fixture, NULL, set_up, test_absent, tear_down);
	g_test_add("/status/refused", Fixture, NULL, set_up, test_refused, tear_down);
	return g_test_run();
}
