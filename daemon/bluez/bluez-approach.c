/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-approach.h"

#include "daemon/bluez/bluez-stranger.h"

static void
begin_link(RollBluezSensor *sensor, const RollBluezObject *device)
{
	roll_bluez_phase_drop_link(sensor);
	sensor->is_unproven = FALSE;
	sensor->link = roll_bluez_link_new(sensor->host, device, &sensor->listener);
	sensor->report.codec = device->codec->name;
	sensor->was_linked = TRUE;
}

static void
start(RollBluezSensor *sensor)
{
	sensor->n_stale = 0;
	sensor->is_unproven = TRUE;
	roll_bluez_phase_enter(sensor, ROLL_PHASE_STARTING, 0);
	roll_bluez_link_start(sensor->link);
}

void
roll_bluez_approach_look(RollBluezSensor *sensor, const RollBluezObject *device)
{
	gint64 now_us = g_get_monotonic_time();
	RollReadiness readiness;

	/* The services, once resolved, may say another codec than the name did. */
	if (device->codec && device->codec != roll_bluez_link_get_codec(sensor->link))
		begin_link(sensor, device);
	readiness = roll_bluez_link_update(sensor->link);
	if (readiness == ROLL_READY_NOT) {
		sensor->settled_us = 0;
		return;
	}
	if (readiness == ROLL_READY_PARTLY && sensor->settled_us == 0) {
		sensor->settled_us = now_us + (gint64)sensor->host->timing->settle_ms * 1000;
		roll_bluez_phase_set_timer(sensor, sensor->host->timing->settle_ms);
	} else if (readiness == ROLL_READY_WHOLLY || now_us >= sensor->settled_us) {
		start(sensor);
	}
}

void
roll_bluez_approach_resolve(RollBluezSensor *sensor, const RollBluezObject *device)
{
	if (!sensor->link)
		begin_link(sensor, device);
	sensor->settled_us = 0;
	sensor->limit_us = g_get_monotonic_time() + (gint64)sensor->host->timing->resolve_ms * 1000;
	roll_bluez_phase_enter(sensor, ROLL_PHASE_RESOLVING, sensor->host->timing->resolve_ms);
	roll_bluez_approach_look(sensor, device);
}

static void
take_connect_answer(GObject *bus, GAsyncResult *result, gpointer user_data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
	g_autofree char *name = reply ? NULL : g_dbus_error_get_remote_error(error);
	g_autofree char *why = NULL;
	RollBluezSensor *sensor = user_data;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return; /* no longer connecting; the sensor may be gone */
	if (reply || g_strcmp0(name, "org.bluez.Error.AlreadyConnected") == 0 ||
	    g_strcmp0(name, "org.bluez.Error.InProgress") == 0) {
		/* Connected=true is due, if it is not here yet. */
		roll_bluez_phase_set_timer(sensor, sensor->host->timing->resolve_ms);
		return;
	}
	g_dbus_error_strip_remote_error(error);
	why = g_strdup_printf("cannot connect: %s",
			      error->message[0] != '\0' ? error->message : name);
	roll_bluez_phase_lose(sensor, why);
}

static void
connect_to(RollBluezSensor *sensor, const RollBluezObject *device)
{
	g_free(sensor->path);
	sensor->path = g_strdup(device->path);
	roll_bluez_phase_enter(sensor, ROLL_PHASE_CONNECTING, sensor->host->timing->connect_ms);
	sensor->connect = g_cancellable_new();
	sensor->host->connecting(sensor->host->user);
	/* The limit is ours: D-Bus's own would only leave bluetoothd trying unseen. */
	g_dbus_connection_call(sensor->host->bus, sensor->host->owner, sensor->path,
			       ROLL_BLUEZ_DEVICE, "Connect", NULL, NULL,
			       G_DBUS_CALL_FLAGS_NO_AUTO_START, G_MAXINT, sensor->connect,
			       take_connect_answer, sensor);
}

static gboolean
is_worth_connecting(const RollBluezSensor *sensor, const RollBluezObject *device)
{
	if (device->rssi_dbm != 0)
		return TRUE;
	if (!sensor->host->is_passive(sensor->host->user, device->adapter))
		return TRUE;
	return sensor->was_linked &&
	       !roll_backoff_is_exhausted(&sensor->backoff, sensor->host->timing->backoff_last_ms);
}

/* What stands in the way of connecting; NULL: nothing. */
static const char *
find_hindrance(const RollBluezSensor *sensor, const RollBluezObject *device)
{
	const RollBluezTree *tree = sensor->host->tree;
	const RollBluezObject *adapter =
		device && device->adapter ? roll_bluez_tree_get(tree, device->adapter) : NULL;

	if (!roll_bluez_tree_has_adapter(tree, FALSE))
		return "there is no Bluetooth adapter";
	if (!roll_bluez_tree_has_adapter(tree, TRUE) || (adapter && !adapter->is_powered))
		return "the Bluetooth adapter is switched off";
	if (device && !device->codec)
		return "it is no sensor that we know";
	if (sensor->is_rejected)
		return "it has the name of a sensor, but no service that we know";
	return NULL;
}

/* What the person would have to do before it can be heard; NULL: nothing. A sensor that asks to be paired is tried again
 * when its time has come; one that has been paired meanwhile, by whatever program, at once. */
static const char *
find_notice(RollBluezSensor *sensor, const RollBluezObject *device)
{
	const char *bar = roll_bluez_stranger_find(sensor, device);

	if (bar && device)
		roll_bluez_stranger_shun(sensor, device);
	if (bar || !sensor->report.asks_pairing)
		return bar;
	if (device && device->is_paired) {
		sensor->report.asks_pairing = FALSE;
		roll_bluez_phase_clear_timer(sensor);
	}
	return sensor->report.asks_pairing && sensor->timer
		       ? roll_bluez_stranger_get_request(sensor)
		       : NULL;
}

/* A link that came by itself is taken at once, but not one that we have just left for its faults. */
void
roll_bluez_approach_begin(RollBluezSensor *sensor)
{
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);

	if (!device)
		sensor->is_rejected = FALSE;
	sensor->report.hindrance = find_hindrance(sensor, device);
	if (!sensor->report.hindrance) {
		sensor->report.notice = find_notice(sensor, device);
		sensor->report.hindrance = sensor->report.notice;
	}
	if (sensor->report.hindrance || !device || !device->adapter)
		return;
	if (device->is_connected && !(sensor->timer && sensor->was_left)) {
		g_free(sensor->path);
		sensor->path = g_strdup(device->path);
		roll_bluez_approach_resolve(sensor, device);
	} else if (!device->is_connected && !sensor->timer && is_worth_connecting(sensor, device) &&
		   sensor->host->may_connect(sensor->host->user, device->adapter)) {
		connect_to(sensor, device);
	}
}

void
roll_bluez_approach_connected(RollBluezSensor *sensor)
{
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);

	if (!device) {
		roll_bluez_phase_lose(sensor, "bluetoothd dropped the sensor");
	} else if (device->is_connected && device->codec) {
		roll_bluez_approach_resolve(sensor, device);
	}
}

void
roll_bluez_approach_end(RollBluezSensor *sensor)
{
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);
	g_autofree char *why = NULL;
	gint64 left_us = sensor->limit_us - g_get_monotonic_time();

	if (sensor->settled_us > 0) {
		roll_bluez_approach_look(sensor, device);
		return;
	}
	if (left_us > 0) { /* it was ready for a moment */
		roll_bluez_phase_set_timer(sensor, (guint)(left_us / 1000) + 1);
		return;
	}
	why = g_strdup_printf("connected, but %s after %.3g s",
			      roll_bluez_link_get_want(sensor->link),
			      sensor->host->timing->resolve_ms / 1000.0);
	if (!device->is_resolved) {
		roll_bluez_phase_leave(sensor, why);
	} else if (!device->is_by_service && !sensor->is_wanted) {
		sensor->is_rejected = TRUE;
		roll_bluez_phase_leave(sensor, why);
	} else if (++sensor->n_stale < 2 || device->is_paired) {
		roll_bluez_phase_leave(sensor, why);
	} else {
		roll_bluez_phase_remove_device(sensor, device);
	}
}
