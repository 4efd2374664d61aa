/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-consent.h"

#include "daemon/bluez/bluez-stranger.h"
#include "daemon/bluez/bluez-trouble.h"

static void
refuse(GTask *task, int code, const char *text)
{
	g_task_return_new_error(task, G_IO_ERROR, code, "%s", text);
	g_object_unref(task);
}

static void
clear_timer(RollBluezSensor *sensor)
{
	if (!sensor->consent_timer)
		return;
	g_source_destroy(sensor->consent_timer);
	g_clear_pointer(&sensor->consent_timer, g_source_unref);
}

/* What stands in the way of all pairing; static; NULL: nothing. */
static const char *
find_trouble(const RollBluezSensor *sensor)
{
	if (!sensor->host->owner)
		return ROLL_TROUBLE_NO_BLUETOOTHD;
	if (!roll_bluez_tree_has_adapter(sensor->host->tree, FALSE))
		return ROLL_TROUBLE_NO_ADAPTER;
	if (!roll_bluez_tree_has_adapter(sensor->host->tree, TRUE))
		return ROLL_TROUBLE_ADAPTER_OFF;
	return NULL;
}

/* error: borrowed; NULL: done. */
static void
answer(RollBluezSensor *sensor, const GError *error)
{
	GTask *task = g_steal_pointer(&sensor->consent);

	clear_timer(sensor);
	if (error)
		g_task_return_error(task, g_error_copy(error));
	else
		g_task_return_boolean(task, TRUE);
	g_object_unref(task);
}

void
roll_bluez_consent_break_off(RollBluezSensor *sensor, const char *text)
{
	g_autoptr(GError) error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, text);

	g_clear_pointer(&sensor->pairing, roll_bluez_pairing_free);
	if (sensor->consent)
		answer(sensor, error);
}

static void
take_end(void *user, const GError *error)
{
	RollBluezSensor *sensor = user;
	g_autofree char *why = NULL;

	g_clear_pointer(&sensor->pairing, roll_bluez_pairing_free);
	/* Answered first: whoever hears it decides whether the sensor may be heard. */
	answer(sensor, error);
	if (error) {
		why = g_strdup_printf("cannot be paired: %s", error->message);
		roll_bluez_phase_leave(sensor, why);
		return;
	}
	roll_bluez_phase_set_trusted(sensor, sensor->path, TRUE);
	roll_bluez_stranger_clear(sensor);
	sensor->has_streamed = FALSE;
	roll_backoff_reset(&sensor->backoff);
	roll_bluez_report_set_detail(&sensor->report, NULL);
	g_clear_pointer(&sensor->path, g_free);
	sensor->was_left = FALSE;
	sensor->was_linked = TRUE;
	roll_bluez_phase_enter(sensor, ROLL_PHASE_IDLE, 0);
}

static gboolean
may_begin(const RollBluezSensor *sensor, const RollBluezObject *device)
{
	const RollBluezHost *host = sensor->host;

	if (!device || !device->adapter)
		return FALSE;
	switch (sensor->phase) {
	case ROLL_PHASE_IDLE:
		return host->may_connect(host->user, device->adapter);
	case ROLL_PHASE_RESOLVING:
	case ROLL_PHASE_STARTING:
	case ROLL_PHASE_STREAMING:
	case ROLL_PHASE_SILENT:
		return TRUE;
	case ROLL_PHASE_CONNECTING:
	case ROLL_PHASE_PAIRING:
	case ROLL_PHASE_LEAVING:
		break;
	}
	return FALSE;
}

static void
begin(RollBluezSensor *sensor, const RollBluezObject *device)
{
	const RollBluezHost *host = sensor->host;

	clear_timer(sensor);
	roll_bluez_phase_drop_link(sensor);
	g_free(sensor->path);
	sensor->path = g_strdup(device->path);
	roll_bluez_phase_enter(sensor, ROLL_PHASE_PAIRING, 0);
	host->connecting(host->user);
	sensor->pairing = roll_bluez_pairing_new(host, sensor->path, take_end, sensor);
}

gboolean
roll_bluez_consent_look(RollBluezSensor *sensor)
{
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);

	if (!sensor->consent || sensor->pairing || !may_begin(sensor, device) ||
	    !(device->is_connected || device->rssi_dbm != 0))
		return FALSE;
	begin(sensor, device);
	return TRUE;
}

/* One that bluetoothd knows may be there although it was not received just now. */
static gboolean
on_not_found(gpointer user_data)
{
	RollBluezSensor *sensor = user_data;
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);

	if (may_begin(sensor, device))
		begin(sensor, device);
	else
		roll_bluez_consent_break_off(
			sensor, "it is not near: switch it on, bring it near, and try again");
	return G_SOURCE_REMOVE;
}

void
roll_bluez_consent_give(RollBluezSensor *sensor, GTask *task)
{
	const RollBluezHost *host = sensor->host;
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);
	const char *trouble = find_trouble(sensor);

	if (trouble) {
		refuse(task, G_IO_ERROR_FAILED, trouble);
		return;
	}
	if (sensor->consent) {
		refuse(task, G_IO_ERROR_BUSY, "it is being paired already");
		return;
	}
	if (device && device->is_paired) {
		refuse(task, G_IO_ERROR_EXISTS, "it is paired already");
		return;
	}
	sensor->consent = task;
	sensor->consent_timer = g_timeout_source_new(host->timing->find_ms);
	g_source_set_callback(sensor->consent_timer, on_not_found, sensor, NULL);
	g_source_attach(sensor->consent_timer, g_main_context_get_thread_default());
	if (!device || (device->rssi_dbm == 0 && !device->is_connected))
		host->search(host->user);
	host->changed(host->user); /* looked at from the main loop, as at any change */
}

static void
take_removal(GObject *bus, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
	g_autofree char *name = reply ? NULL : g_dbus_error_get_remote_error(error);
	g_autoptr(GTask) task = user_data;

	if (reply || g_strcmp0(name, "org.bluez.Error.DoesNotExist") == 0) {
		g_task_return_boolean(task, TRUE);
		return;
	}
	g_dbus_error_strip_remote_error(error);
	g_task_return_error(task, g_steal_pointer(&error));
}

void
roll_bluez_consent_take_back(RollBluezSensor *sensor, GTask *task)
{
	const RollBluezHost *host = sensor->host;
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);

	if (!host->owner) {
		refuse(task, G_IO_ERROR_FAILED, ROLL_TROUBLE_NO_BLUETOOTHD);
		return;
	}
	if (sensor->consent) {
		refuse(task, G_IO_ERROR_BUSY, "it is being paired");
		return;
	}
	if (!device || !device->is_paired) {
		g_task_return_boolean(task, TRUE);
		g_object_unref(task);
		return;
	}
	g_dbus_connection_call(host->bus, host->owner, device->adapter, ROLL_BLUEZ_ADAPTER,
			       "RemoveDevice", g_variant_new("(o)", device->path), NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, take_removal, task);
	if (sensor->phase == ROLL_PHASE_IDLE || sensor->phase == ROLL_PHASE_LEAVING)
		return;
	roll_bluez_report_set_detail(&sensor->report, "its pairing was taken back");
	roll_bluez_phase_drop_link(sensor);
	sensor->was_linked = FALSE;
	sensor->has_streamed = FALSE;
	host->search(host->user);
	roll_bluez_phase_enter(sensor, ROLL_PHASE_LEAVING, host->timing->leave_ms);
}
