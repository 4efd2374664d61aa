/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-gatt.h"

#include <string.h>

enum {
	BUSY_TRIES = 14, /* 10 + 20 + ... + 320 + 8 times 320 ms: 3.2 s */
	BUSY_DOUBLINGS = 5,
};

struct RollGatt {
	GDBusConnection *bus;
	char *owner;
	const RollBluezTiming *timing;
	RollGattDone done;
	RollGattDropped dropped;
	gpointer user;
	GQueue operations; /* of RollGattOperation; the head is under way, if is_under_way */
	gboolean is_under_way;
	guint n_busy; /* how often the head was answered InProgress */
	GCancellable *cancellable;
	GSource *timer;
};

static void run_next(RollGatt *gatt);

static void
free_operation(RollGattOperation *operation)
{
	g_free(operation->path);
	g_free(operation);
}

RollGatt *
roll_gatt_new(GDBusConnection *bus, const char *owner, const RollBluezTiming *timing)
{
	RollGatt *gatt = g_new0(RollGatt, 1);

	gatt->bus = g_object_ref(bus);
	gatt->owner = g_strdup(owner);
	gatt->timing = timing;
	gatt->cancellable = g_cancellable_new();
	g_queue_init(&gatt->operations);
	return gatt;
}

void
roll_gatt_listen(RollGatt *gatt, RollGattDone done, RollGattDropped dropped, gpointer user)
{
	gatt->done = done;
	gatt->dropped = dropped;
	gatt->user = user;
}

static void
clear_timer(RollGatt *gatt)
{
	if (!gatt->timer)
		return;
	g_source_destroy(gatt->timer);
	g_clear_pointer(&gatt->timer, g_source_unref);
}

void
roll_gatt_free(RollGatt *gatt)
{
	RollGattOperation *operation;

	if (!gatt)
		return;
	g_cancellable_cancel(gatt->cancellable);
	clear_timer(gatt);
	while ((operation = g_queue_pop_head(&gatt->operations))) {
		gatt->dropped(gatt->user, operation);
		free_operation(operation);
	}
	g_object_unref(gatt->cancellable);
	g_object_unref(gatt->bus);
	g_free(gatt->owner);
	g_free(gatt);
}

guint
roll_gatt_get_length(const RollGatt *gatt)
{
	return gatt->operations.length;
}

gboolean
roll_gatt_is_idle(const RollGatt *gatt)
{
	return gatt->operations.length == 0;
}

GVariant *
roll_gatt_build_write(const RollWrite *write)
{
	GVariantBuilder options;

	g_variant_builder_init(&options, G_VARIANT_TYPE_VARDICT);
	g_variant_builder_add(&options, "{sv}", "type",
			      g_variant_new_string(write->with_response ? "request" : "command"));
	return g_variant_new(
		"(@aya{sv})",
		g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, write->bytes, write->n_bytes, 1),
		&options);
}

/* bluetoothd 5.66 says "Not paired" for the ATT errors 0x05, 0x0c and 0x0f, under a name that it also gives to
 * what may never be read. */
gboolean
roll_gatt_is_unpaired(const GError *error)
{
	static const char *const texts[] = {"Not paired", "ATT error: 0x05", "ATT error: 0x0c",
					    "ATT error: 0x0f"};

	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		if (strstr(error->message, texts[i]))
			return TRUE;
	return FALSE;
}

static gboolean
run_again(gpointer user_data)
{
	RollGatt *gatt = user_data;

	clear_timer(gatt);
	run_next(gatt);
	return G_SOURCE_REMOVE;
}

static gboolean
is_busy(const GError *error)
{
	g_autofree char *name = g_dbus_error_get_remote_error(error);

	return g_strcmp0(name, "org.bluez.Error.InProgress") == 0;
}

static void
wait_while_busy(RollGatt *gatt)
{
	gatt->timer =
		g_timeout_source_new(gatt->timing->busy_ms << MIN(gatt->n_busy, BUSY_DOUBLINGS));
	g_source_set_callback(gatt->timer, run_again, gatt, NULL);
	g_source_attach(gatt->timer, g_main_context_get_thread_default());
	gatt->n_busy++;
}

static void
take_answer(GObject *bus, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
	g_autoptr(GVariant) bytes = NULL;
	g_autoptr(GCancellable) cancellable = NULL;
	RollGatt *gatt = user_data;
	RollGattOperation *operation;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return; /* gatt is gone */
	cancellable = g_object_ref(gatt->cancellable);
	gatt->is_under_way = FALSE;
	if (error && is_busy(error) && gatt->n_busy < BUSY_TRIES) {
		wait_while_busy(gatt);
		return;
	}
	operation = g_queue_pop_head(&gatt->operations);
	gatt->n_busy = 0;
	if (error)
		g_dbus_error_strip_remote_error(error);
	else if (operation->kind == ROLL_GATT_READ)
		bytes = g_variant_get_child_value(reply, 0);
	/* The caller may end the connection, and gatt with it: only the cancellable then still tells. */
	gatt->done(gatt->user, operation, bytes, error);
	free_operation(operation);
	if (!g_cancellable_is_cancelled(cancellable))
		run_next(gatt);
}

static void
run_next(RollGatt *gatt)
{
	static const char *const methods[] = {
		[ROLL_GATT_READ] = "ReadValue",
		[ROLL_GATT_WRITE] = "WriteValue",
		[ROLL_GATT_START_NOTIFY] = "StartNotify",
		[ROLL_GATT_STOP_NOTIFY] = "StopNotify",
	};
	const RollGattOperation *operation = g_queue_peek_head(&gatt->operations);
	GVariant *arguments = NULL;

	if (!operation || gatt->is_under_way || gatt->timer)
		return;
	gatt->is_under_way = TRUE;
	if (operation->kind == ROLL_GATT_READ)
		arguments = g_variant_new("(a{sv})", NULL);
	else if (operation->kind == ROLL_GATT_WRITE)
		arguments = roll_gatt_build_write(&operation->write);
	g_dbus_connection_call(gatt->bus, gatt->owner, operation->path, ROLL_BLUEZ_CHARACTERISTIC,
			       methods[operation->kind], arguments,
			       operation->kind == ROLL_GATT_READ ? G_VARIANT_TYPE("(ay)") : NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, (int)gatt->timing->operation_ms,
			       gatt->cancellable, take_answer, gatt);
}

void
roll_gatt_push(RollGatt *gatt, const RollGattOperation *operation)
{
	g_queue_push_tail(&gatt->operations, g_memdup2(operation, sizeof *operation));
	run_next(gatt);
}
