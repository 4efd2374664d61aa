/* SPDX-License-Identifier: MIT */
#include "tests/cli/canned-bus.h"

static gboolean
is_meant(const CannedAnswer *answer, GDBusMessage *message)
{
	GVariant *body = g_dbus_message_get_body(message);
	g_autoptr(GVariant) first = body != NULL && g_variant_n_children(body) > 0
					    ? g_variant_get_child_value(body, 0)
					    : NULL;
	const char *argument = first != NULL && g_variant_is_of_type(first, G_VARIANT_TYPE_STRING)
				       ? g_variant_get_string(first, NULL)
				       : "";
	return g_strcmp0(answer->name, g_dbus_message_get_destination(message)) == 0 &&
	       (answer->path == NULL ||
		g_str_equal(answer->path, g_dbus_message_get_path(message))) &&
	       (answer->method == NULL ||
		g_str_equal(answer->method, g_dbus_message_get_member(message))) &&
	       (answer->argument == NULL || g_str_equal(answer->argument, argument));
}

static GDBusMessage *
make_reply(const CannedAnswer *answer, GDBusMessage *message)
{
	if (answer->type == NULL && answer->error == NULL)
		return NULL;
	if (answer->type == NULL)
		return g_dbus_message_new_method_error_literal(message, answer->error, "as told");
	g_autoptr(GError) error = NULL;
	GVariant *body =
		g_variant_parse(G_VARIANT_TYPE(answer->type), answer->reply, NULL, NULL, &error);
	g_assert_no_error(error);
	GDBusMessage *reply = g_dbus_message_new_method_reply(message);
	g_dbus_message_set_body(reply, body);
	g_variant_unref(body);
	return reply;
}

static GDBusMessage *
take_message(GDBusConnection *connection, GDBusMessage *message, gboolean is_incoming,
	     gpointer data)
{
	const CannedBus *canned = data;
	const CannedAnswer *answer = canned->answers;
	if (!is_incoming ||
	    g_dbus_message_get_message_type(message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
		return message;
	while (answer->name != NULL && !is_meant(answer, message))
		answer++;
	if (answer->name == NULL)
		return message; /* GDBus says that there is no such thing */
	g_autoptr(GDBusMessage) reply = make_reply(answer, message);
	if (reply != NULL)
		g_dbus_connection_send_message(connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE,
					       NULL, NULL);
	g_object_unref(message);
	return NULL;
}

void
canned_bus_init(CannedBus *canned, const CannedAnswer *answers)
{
	g_autoptr(GError) error = NULL;
	canned->answers = answers;
	canned->bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(canned->bus);
	const char *address = g_test_dbus_get_bus_address(canned->bus);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
	canned->connection = g_dbus_connection_new_for_address_sync(
		address,
		G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
			G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
		NULL, NULL, &error);
	g_assert_no_error(error);
	g_dbus_connection_add_filter(canned->connection, take_message, canned, NULL);
	for (; answers->name != NULL; answers++) {
		GVariant *reply = g_dbus_connection_call_sync(
			canned->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
			"org.freedesktop.DBus", "RequestName",
			g_variant_new("(su)", answers->name, (guint32)0), NULL,
			G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
		g_assert_no_error(error);
		g_variant_unref(reply);
	}
}

void
canned_bus_clear(CannedBus *canned)
{
	if (canned->bus == NULL)
		return;
	g_dbus_connection_close_sync(canned->connection, NULL, NULL);
	g_clear_object(&canned->connection);
	g_test_dbus_down(canned->bus);
	g_clear_object(&canned->bus);
	g_unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
}
