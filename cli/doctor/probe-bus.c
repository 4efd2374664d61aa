/* SPDX-License-Identifier: MIT */
#include "cli/doctor/probe-parts.h"

enum {
	WITHIN_MS = ROLLSTAT_REPLY_WITHIN_S * 1000,
};

typedef struct {
	GDBusConnection *connection;
	GError *error;
	gboolean is_done;
} Connecting;

static void
take_connection(GObject *object, GAsyncResult *result, gpointer data)
{
	Connecting *connecting = data;
	(void)object; /* there is none yet */
	connecting->connection =
		g_dbus_connection_new_for_address_finish(result, &connecting->error);
	connecting->is_done = TRUE;
}

static gboolean
give_up(gpointer data)
{
	g_cancellable_cancel(data);
	return G_SOURCE_REMOVE;
}

/* The call that GIO has for it waits for ever on a bus that takes the connection and says nothing. */
static GDBusConnection *
connect_in_time(const char *address, GError **error)
{
	g_autoptr(GMainContext) context = g_main_context_new();
	g_autoptr(GCancellable) limit = g_cancellable_new();
	g_autoptr(GSource) timer = g_timeout_source_new(WITHIN_MS);
	Connecting connecting = {0};
	g_main_context_push_thread_default(context);
	g_source_set_callback(timer, give_up, limit, NULL);
	g_source_attach(timer, context);
	g_dbus_connection_new_for_address(address,
					  G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
						  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
					  NULL, limit, take_connection, &connecting);
	while (!connecting.is_done)
		g_main_context_iteration(context, TRUE);
	g_source_destroy(timer);
	g_main_context_pop_thread_default(context);
	if (connecting.error != NULL)
		g_propagate_error(error, connecting.error);
	return connecting.connection;
}

RollstatReply
rollstat_probe_classify(const GError *error)
{
	static const struct {
		int code;
		RollstatReply answer;
	} by_bus[] =
		{
			{G_DBUS_ERROR_NO_REPLY, ROLLSTAT_REPLY_LATE},
			{G_DBUS_ERROR_TIMEOUT, ROLLSTAT_REPLY_LATE},
			{G_DBUS_ERROR_TIMED_OUT, ROLLSTAT_REPLY_LATE},
			{G_DBUS_ERROR_ACCESS_DENIED, ROLLSTAT_REPLY_REFUSED},
			{G_DBUS_ERROR_AUTH_FAILED, ROLLSTAT_REPLY_REFUSED},
			{G_DBUS_ERROR_SERVICE_UNKNOWN, ROLLSTAT_REPLY_NOBODY},
			{G_DBUS_ERROR_NAME_HAS_NO_OWNER, ROLLSTAT_REPLY_NOBODY},
			{G_DBUS_ERROR_NO_SERVER, ROLLSTAT_REPLY_NOBODY},
			{G_DBUS_ERROR_DISCONNECTED, ROLLSTAT_REPLY_NOBODY},
			{G_DBUS_ERROR_SPAWN_CHILD_EXITED, ROLLSTAT_REPLY_NOBODY},
			{G_DBUS_ERROR_SPAWN_EXEC_FAILED, ROLLSTAT_REPLY_NOBODY},
			{G_DBUS_ERROR_SPAWN_FAILED, ROLLSTAT_REPLY_NOBODY},
			{G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND, ROLLSTAT_REPLY_NOBODY},
			{G_DBUS_ERROR_SPAWN_FILE_INVALID, ROLLSTAT_REPLY_NOBODY},
		},
	  by_io[] = {
		  {G_IO_ERROR_CANCELLED, ROLLSTAT_REPLY_LATE},
		  {G_IO_ERROR_TIMED_OUT, ROLLSTAT_REPLY_LATE},
		  {G_IO_ERROR_PERMISSION_DENIED, ROLLSTAT_REPLY_REFUSED},
		  {G_IO_ERROR_NOT_FOUND, ROLLSTAT_REPLY_NOBODY},
		  {G_IO_ERROR_CONNECTION_REFUSED, ROLLSTAT_REPLY_NOBODY},
		  {G_IO_ERROR_CLOSED, ROLLSTAT_REPLY_NOBODY},
	  };
	if (error == NULL)
		return ROLLSTAT_REPLY_GIVEN;
	for (gsize i = 0; i < G_N_ELEMENTS(by_bus); i++)
		if (g_error_matches(error, G_DBUS_ERROR, by_bus[i].code))
			return by_bus[i].answer;
	for (gsize i = 0; i < G_N_ELEMENTS(by_io); i++)
		if (g_error_matches(error, G_IO_ERROR, by_io[i].code))
			return by_io[i].answer;
	return ROLLSTAT_REPLY_FAILED;
}

GDBusConnection *
rollstat_probe_connect(GBusType type, RollstatReply *ret_answer)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *address = NULL;
	/* Where there is no session bus, GIO would start one. */
	if (type == G_BUS_TYPE_SESSION && !rollstat_status_has_session_bus()) {
		*ret_answer = ROLLSTAT_REPLY_NOBODY;
		return NULL;
	}
	address = g_dbus_address_get_for_bus_sync(type, NULL, &error);
	GDBusConnection *bus = address == NULL ? NULL : connect_in_time(address, &error);
	*ret_answer = rollstat_probe_classify(error);
	return bus;
}

GVariant *
rollstat_probe_ask(GDBusConnection *bus, const RollstatQuestion *question,
		   RollstatReply *ret_answer)
{
	g_autoptr(GError) error = NULL;
	GVariant *reply = g_dbus_connection_call_sync(
		bus, question->name, question->path, question->interface, question->method,
		question->arguments, G_VARIANT_TYPE(question->reply),
		question->may_start ? G_DBUS_CALL_FLAGS_NONE : G_DBUS_CALL_FLAGS_NO_AUTO_START,
		WITHIN_MS, NULL, &error);
	*ret_answer = rollstat_probe_classify(error);
	return reply;
}
