/* SPDX-License-Identifier: MIT */
#include "tests/program/bus-fixture.h"

#include "protocol/config-file.h"
#include "tests/program/loop.h"

static void
take_state(void *user, RollBusState state, const char *text)
{
	BusFixture *fixture = user;

	fixture->state = state;
	g_free(fixture->text);
	fixture->text = g_strdup(text);
	fixture->n_states++;
}

static gboolean
take_command(void *user, const char *address, RollCommand command, GAsyncReadyCallback ready,
	     gpointer user_data)
{
	BusFixture *fixture = user;
	g_autoptr(GTask) task = NULL;

	g_assert_cmpstr(address, ==, SENSOR);
	if (fixture->is_deaf)
		return FALSE;
	fixture->command = command;
	fixture->n_commands++;
	task = g_task_new(NULL, NULL, ready, user_data);
	if (fixture->failure)
		g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
					fixture->failure);
	else
		g_task_return_boolean(task, TRUE);
	return TRUE;
}

static gboolean
take_pair(void *user, const char *address, gboolean is_on, GAsyncReadyCallback ready,
	  gpointer user_data)
{
	BusFixture *fixture = user;
	g_autoptr(GTask) task = NULL;

	g_assert_cmpstr(address, ==, SENSOR);
	if (fixture->is_deaf)
		return FALSE;
	fixture->n_pairs += is_on;
	fixture->n_unpairs += !is_on;
	task = g_task_new(NULL, NULL, ready, user_data);
	if (fixture->failure)
		g_task_return_new_error(task, G_IO_ERROR, fixture->failure_code, "%s",
					fixture->failure);
	else
		g_task_return_boolean(task, TRUE);
	return TRUE;
}

static gboolean
take_mark(void *user, const char *address, GError **error)
{
	BusFixture *fixture = user;

	g_assert_cmpstr(address, ==, SENSOR);
	if (fixture->failure)
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, fixture->failure);
	return !fixture->failure;
}

static gboolean
take_reload(void *user, GError **error)
{
	BusFixture *fixture = user;

	fixture->n_reloads++;
	if (fixture->failure)
		g_set_error_literal(error, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_INVALID,
				    fixture->failure);
	return !fixture->failure;
}

RollBus *
bus_fixture_make_bus(const char *address, BusFixture *fixture)
{
	const RollBusFacts facts = {"1.2.3", "sim", "/a/rollerd.db", "/a/rollerd.conf"};
	const RollBusListener listener = {take_state, take_command, take_pair,
					  take_mark,  take_reload,  fixture};

	return roll_bus_new(address, FALSE, &facts, &listener);
}

void
bus_fixture_set_up(BusFixture *fixture, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	(void)data;
	fixture->dbus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(fixture->dbus);
	fixture->client = g_dbus_connection_new_for_address_sync(
		g_test_dbus_get_bus_address(fixture->dbus),
		G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
			G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
		NULL, NULL, &error);
	g_assert_no_error(error);
	fixture->bus =
		bus_fixture_make_bus(NULL, fixture); /* GTestDBus sets the environment's address */
	loop_until(&fixture->n_states);
	g_assert_cmpint(fixture->state, ==, ROLL_BUS_OWNED);
	g_assert_cmpstr(fixture->text, ==, "");
}

void
bus_fixture_tear_down(BusFixture *fixture, gconstpointer data)
{
	(void)data;
	roll_bus_free(fixture->bus);
	if (fixture->client && !g_dbus_connection_is_closed(fixture->client))
		g_dbus_connection_close_sync(fixture->client, NULL, NULL);
	g_clear_object(&fixture->client);
	g_clear_error(&fixture->error);
	g_clear_pointer(&fixture->reply, g_variant_unref);
	g_clear_pointer(&fixture->signal, g_variant_unref);
	g_free(fixture->text);
	if (fixture->dbus)
		g_test_dbus_down(fixture->dbus);
	g_clear_object(&fixture->dbus);
}

static void
take_reply(GObject *object, GAsyncResult *result, gpointer user_data)
{
	BusFixture *fixture = user_data;

	fixture->reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(object), result, &fixture->error);
	fixture->has_reply = TRUE;
}

void
bus_fixture_call(BusFixture *fixture, const char *path, const char *interface, const char *method,
		 GVariant *parameters)
{
	g_clear_error(&fixture->error);
	g_clear_pointer(&fixture->reply, g_variant_unref);
	fixture->has_reply = FALSE;
	g_dbus_connection_call(fixture->client, BUS_NAME, path, interface, method, parameters, NULL,
			       G_DBUS_CALL_FLAGS_NONE, -1, NULL, take_reply, fixture);
	loop_until(&fixture->has_reply);
}

GVariant *
bus_fixture_get_property(BusFixture *fixture, const char *path, const char *interface,
			 const char *property)
{
	GVariant *value = NULL;

	bus_fixture_call(fixture, path, "org.freedesktop.DBus.Properties", "Get",
			 g_variant_new("(ss)", interface, property));
	g_assert_no_error(fixture->error);
	g_variant_get(fixture->reply, "(v)", &value);
	return value;
}

void
bus_fixture_check_text(BusFixture *fixture, const char *path, const char *interface,
		       const char *property, const char *expected)
{
	g_autoptr(GVariant) value = bus_fixture_get_property(fixture, path, interface, property);

	g_assert_cmpstr(g_variant_get_string(value, NULL), ==, expected);
}

static void
take_signal(GDBusConnection *connection, const char *sender, const char *path,
	    const char *interface, const char *signal, GVariant *parameters, gpointer user_data)
{
	BusFixture *fixture = user_data;

	(void)connection;
	(void)sender;
	(void)interface;
	(void)signal;
	g_assert_cmpstr(path, ==, SENSOR_PATH);
	g_clear_pointer(&fixture->signal, g_variant_unref);
	fixture->signal = g_variant_ref(parameters);
	fixture->n_signals++;
}

void
bus_fixture_listen(BusFixture *fixture, const char *interface, const char *signal)
{
	g_dbus_connection_signal_subscribe(fixture->client, BUS_NAME, interface, signal,
					   SENSOR_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, take_signal,
					   fixture, NULL);
	/* What was changed before is emitted when the loop is idle, and comes before the answer to what is asked then. An answer
	 * from the bus means, too, that it has taken the match rule before. */
	while (g_main_context_iteration(NULL, FALSE)) {
	}
	bus_fixture_call(fixture, "/org/rollerd1", "org.freedesktop.DBus.Peer", "Ping", NULL);
	while (g_main_context_iteration(NULL, FALSE)) {
	}
}

void
bus_fixture_add_sensor(BusFixture *fixture)
{
	const RollSensorStatus status = {
		.address = SENSOR,
		.name = "Roller",
		.codec = "roller-profile",
		.detail = NULL,
		.link = ROLL_LINK_STREAMING,
		.battery_pct = 87,
		.rssi_dbm = -61,
	};

	roll_bus_set_status(fixture->bus, &status);
}
