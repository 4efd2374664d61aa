/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-farewell.h"

/* What is waited for, in a context of its own. */
typedef struct {
	GMainContext *context;
	GCancellable *cancellable;
	guint n_left;
} Farewell;

static void
take_farewell(GObject *object, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(object), result, NULL);
	Farewell *farewell = user_data;

	(void)reply; /* yes or no: it was the last thing asked */
	farewell->n_left--;
}

static void
take_flush(GObject *object, GAsyncResult *result, gpointer user_data)
{
	Farewell *farewell = user_data;

	/* Whether it went out or not: there is nothing left to do about it. */
	(void)g_dbus_connection_flush_finish(G_DBUS_CONNECTION(object), result, NULL);
	farewell->n_left--;
}

static gboolean
on_late(gpointer user_data)
{
	Farewell *farewell = user_data;

	g_cancellable_cancel(farewell->cancellable);
	return G_SOURCE_REMOVE;
}

/* Waits for what is left; what is late is cancelled, so that every answer is in when this returns. */
static void
wait_for(Farewell *farewell, guint limit_ms)
{
	g_autoptr(GSource) late = g_timeout_source_new(limit_ms);

	g_source_set_callback(late, on_late, farewell, NULL);
	g_source_attach(late, farewell->context);
	while (farewell->n_left > 0)
		g_main_context_iteration(farewell->context, TRUE);
	g_source_destroy(late);
}

static void
begin(Farewell *farewell)
{
	farewell->context = g_main_context_new();
	farewell->cancellable = g_cancellable_new();
	farewell->n_left = 0;
	g_main_context_push_thread_default(farewell->context);
}

static void
end(Farewell *farewell, guint limit_ms)
{
	wait_for(farewell, limit_ms);
	g_main_context_pop_thread_default(farewell->context);
	g_object_unref(farewell->cancellable);
	g_main_context_unref(farewell->context);
}

void
roll_bluez_farewell_to_sensors(const RollBluezHost *host, GHashTable *sensors)
{
	Farewell farewell;
	GHashTableIter iter;
	gpointer sensor;

	begin(&farewell);
	g_hash_table_iter_init(&iter, sensors);
	while (g_hash_table_iter_next(&iter, NULL, &sensor))
		farewell.n_left += roll_bluez_sensor_send_stop(sensor, farewell.cancellable,
							       take_farewell, &farewell);
	end(&farewell, host->timing->stop_ms);
	g_hash_table_iter_init(&iter, sensors);
	while (g_hash_table_iter_next(&iter, NULL, &sensor))
		roll_bluez_sensor_send_disconnect(sensor);
}

void
roll_bluez_farewell_to_bus(const RollBluezHost *host)
{
	Farewell farewell;

	begin(&farewell);
	farewell.n_left = 1;
	g_dbus_connection_flush(host->bus, farewell.cancellable, take_flush, &farewell);
	end(&farewell, host->timing->stop_ms);
}
