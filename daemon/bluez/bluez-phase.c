/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-phase.h"

static const RollLink links[] = {
	[ROLL_PHASE_IDLE] = ROLL_LINK_ABSENT,
	[ROLL_PHASE_CONNECTING] = ROLL_LINK_CONNECTING,
	[ROLL_PHASE_RESOLVING] = ROLL_LINK_CONNECTING,
	[ROLL_PHASE_STARTING] = ROLL_LINK_CONNECTING,
	[ROLL_PHASE_STREAMING] = ROLL_LINK_STREAMING,
	[ROLL_PHASE_SILENT] = ROLL_LINK_SILENT,
	[ROLL_PHASE_PAIRING] = ROLL_LINK_CONNECTING,
	[ROLL_PHASE_LEAVING] = ROLL_LINK_ABSENT,
};

const RollBluezObject *
roll_bluez_phase_find_device(const RollBluezSensor *sensor)
{
	if (sensor->path)
		return roll_bluez_tree_get(sensor->host->tree, sensor->path);
	return roll_bluez_tree_find_device(sensor->host->tree, sensor->report.address);
}

void
roll_bluez_phase_tell(RollBluezSensor *sensor)
{
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);

	sensor->report.is_paired = device && device->is_paired;
	roll_bluez_report_tell(&sensor->report, links[sensor->phase],
			       device ? device->rssi_dbm : 0);
}

void
roll_bluez_phase_clear_timer(RollBluezSensor *sensor)
{
	if (!sensor->timer)
		return;
	g_source_destroy(sensor->timer);
	g_clear_pointer(&sensor->timer, g_source_unref);
}

void
roll_bluez_phase_set_timer(RollBluezSensor *sensor, guint wait_ms)
{
	roll_bluez_phase_clear_timer(sensor);
	sensor->timer = g_timeout_source_new(wait_ms);
	g_source_set_callback(sensor->timer, sensor->on_timer, sensor, NULL);
	g_source_attach(sensor->timer, g_main_context_get_thread_default());
}

void
roll_bluez_phase_enter(RollBluezSensor *sensor, RollBluezPhase phase, guint limit_ms)
{
	static const char *const names[] = {"idle",	 "connecting", "resolving", "starting",
					    "streaming", "silent",     "pairing",   "leaving"};

	g_debug("%s: %s to %s%s%s", sensor->report.address, names[sensor->phase], names[phase],
		sensor->report.detail ? ": " : "",
		sensor->report.detail ? sensor->report.detail : "");
	if (sensor->phase == ROLL_PHASE_CONNECTING) {
		g_cancellable_cancel(sensor->connect);
		g_clear_object(&sensor->connect);
	}
	sensor->phase = phase;
	if (phase != ROLL_PHASE_IDLE)
		sensor->report.hindrance = NULL;
	if (limit_ms > 0)
		roll_bluez_phase_set_timer(sensor, limit_ms);
	else
		roll_bluez_phase_clear_timer(sensor);
	roll_bluez_phase_tell(sensor);
	sensor->host->changed(sensor->host->user);
}

void
roll_bluez_phase_drop_link(RollBluezSensor *sensor)
{
	g_clear_pointer(&sensor->link, roll_bluez_link_free);
	sensor->is_stopped = FALSE;
}

void
roll_bluez_phase_lose(RollBluezSensor *sensor, const char *why)
{
	const RollBluezTiming *timing = sensor->host->timing;
	guint wait_ms = sensor->report.asks_pairing
				? roll_backoff_step(&sensor->asks, timing->asks_first_ms,
						    timing->asks_last_ms)
				: roll_backoff_step(&sensor->backoff, timing->backoff_first_ms,
						    timing->backoff_last_ms);

	roll_bluez_report_set_detail(&sensor->report, why);
	roll_bluez_phase_drop_link(sensor);
	g_clear_pointer(&sensor->path, g_free);
	sensor->was_left = sensor->phase == ROLL_PHASE_LEAVING;
	roll_bluez_phase_enter(sensor, ROLL_PHASE_IDLE, wait_ms);
}

void
roll_bluez_phase_set_trusted(const RollBluezSensor *sensor, const char *device_path,
			     gboolean is_trusted)
{
	g_dbus_connection_call(sensor->host->bus, sensor->host->owner, device_path,
			       "org.freedesktop.DBus.Properties", "Set",
			       g_variant_new("(ssv)", ROLL_BLUEZ_DEVICE, "Trusted",
					     g_variant_new_boolean(is_trusted)),
			       NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

void
roll_bluez_phase_call_device(RollBluezSensor *sensor, const char *method)
{
	g_dbus_connection_call(sensor->host->bus, sensor->host->owner, sensor->path,
			       ROLL_BLUEZ_DEVICE, method, NULL, NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

void
roll_bluez_phase_leave(RollBluezSensor *sensor, const char *why)
{
	roll_bluez_report_set_detail(&sensor->report, why);
	roll_bluez_phase_drop_link(sensor);
	roll_bluez_phase_call_device(sensor, "Disconnect");
	roll_bluez_phase_enter(sensor, ROLL_PHASE_LEAVING, sensor->host->timing->leave_ms);
}

void
roll_bluez_phase_remove_device(RollBluezSensor *sensor, const RollBluezObject *device)
{
	roll_bluez_report_set_detail(
		&sensor->report,
		"bluetoothd's picture of its services was stale and was thrown away");
	roll_bluez_phase_drop_link(sensor);
	g_dbus_connection_call(sensor->host->bus, sensor->host->owner, device->adapter,
			       ROLL_BLUEZ_ADAPTER, "RemoveDevice",
			       g_variant_new("(o)", device->path), NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
	sensor->n_stale = 0;
	sensor->was_linked = FALSE;
	sensor->host->search(sensor->host->user);
	roll_bluez_phase_enter(sensor, ROLL_PHASE_LEAVING, sensor->host->timing->leave_ms);
}
