/* SPDX-License-Identifier: MIT */
#include "tests/program/manager.h"

#include "tests/program/loop.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

void
manager_begin(Manager *manager, ProgramFixture *fixture)
{
	g_autofree char *path = g_build_filename(fixture->folder, "notify", NULL);
	g_autoptr(GSocketAddress) address = g_unix_socket_address_new(path);

	manager->heard = g_string_new("\n");
	manager->socket = g_socket_new(G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, 0, NULL);
	g_socket_set_blocking(manager->socket, FALSE);
	g_assert_true(g_socket_bind(manager->socket, address, FALSE, NULL));
	g_subprocess_launcher_setenv(fixture->launcher, "NOTIFY_SOCKET", path, TRUE);
}

void
manager_end(Manager *manager)
{
	g_object_unref(manager->socket);
	g_string_free(manager->heard, TRUE);
}

void
manager_hear(Manager *manager)
{
	char message[4096];
	gssize n_bytes = 0;

	while ((n_bytes = g_socket_receive(manager->socket, message, sizeof message, NULL, NULL)) >
	       0)
		g_string_append_printf(manager->heard, "%.*s\n", (int)n_bytes, message);
}

typedef struct {
	Manager *manager;
	ProgramFixture *fixture;
	const char *message;
	guint times;
} Expectation;

static gboolean
is_heard(gpointer data)
{
	const Expectation *expectation = data;

	manager_hear(expectation->manager);
	if (expectation->fixture->has_ended)
		g_error("ended early: %s", expectation->fixture->err);
	return program_fixture_count(expectation->manager->heard->str, expectation->message) >=
	       expectation->times;
}

void
manager_wait(Manager *manager, ProgramFixture *fixture, const char *message, guint times)
{
	Expectation expectation = {manager, fixture, message, times};

	loop_until_true(is_heard, &expectation);
}

void
program_fixture_stop(ProgramFixture *fixture, int signal_number)
{
	g_subprocess_send_signal(fixture->process, signal_number);
	program_fixture_wait(fixture);
	program_fixture_check(fixture, 0, "stopped");
}

GTestDBus *
program_bus_begin(ProgramFixture *fixture)
{
	GTestDBus *bus = g_test_dbus_new(G_TEST_DBUS_NONE);

	g_test_dbus_up(bus);
	g_subprocess_launcher_setenv(fixture->launcher, "DBUS_SESSION_BUS_ADDRESS",
				     g_test_dbus_get_bus_address(bus), TRUE);
	g_subprocess_launcher_setenv(fixture->launcher, "DBUS_SYSTEM_BUS_ADDRESS",
				     g_test_dbus_get_bus_address(bus), TRUE);
	return bus;
}

void
program_bus_end(GTestDBus *bus)
{
	g_test_dbus_down(bus);
	g_object_unref(bus);
}

GDBusConnection *
program_bus_connect(GTestDBus *bus)
{
	g_autoptr(GError) error = NULL;
	GDBusConnection *client = g_dbus_connection_new_for_address_sync(
		g_test_dbus_get_bus_address(bus),
		G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
			G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
		NULL, NULL, &error);

	g_assert_no_error(error);
	return client;
}
