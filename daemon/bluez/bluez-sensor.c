/* SPDX-License-Identifier: MIT
 *
 * "Usable" is a level, worked out anew at every signal: Connected, ServicesResolved, and the wanted
 * characteristics in the tree. So the order in which bluetoothd tells them does not matter, nor that it
 * takes some back for a moment. --| is a time limit.
 *
 * All well (or connected already when we came, or connected by the kernel for our GattProfile1):
 *
 *     RSSI      Connect   Connected     usable          started       no sample      a sample
 *     |---------|---------|-------------|---------------|-------------|--| 5 s       |
 *     IDLE      CONNECTING RESOLVING    STARTING        STREAMING     SILENT         STREAMING
 *
 * Connect fails, the link is lost, or the device vanishes:
 *
 *     CONNECTING   error              Connected=false, or its object removed
 *     |------------|                  |  (from any state)
 *                  IDLE --| 1, 2, 4 ... 60 s, then Connect again
 *
 * Time limits, and a failed read, subscription or START write:
 *
 *     CONNECTING --| 60 s             Disconnect                    Connected=false
 *     RESOLVING  --| 15 s             |-----------------------------|  (or --| 10 s)
 *     STARTING   operation failed     LEAVING                       IDLE --| 1, 2, 4 ... 60 s
 *     SILENT     --| 15 s
 *
 *     RESOLVING --| twice in a row, with services resolved but a characteristic missing: the cache of
 *     bluetoothd is stale (new firmware): RemoveDevice instead of Disconnect, discovery anew.
 *
 * Usable ends while the link stays (services taken away and given back):
 *
 *     STREAMING    not usable         usable again
 *     |------------|------------------|-----------
 *                  RESOLVING          STARTING      (reads, subscribes and starts anew)
 *
 * SILENT: at 5 s the START writes again, at 10 s StopNotify, StartNotify, START; at 15 s Disconnect.
 *
 * Who may be connected to: a device that is being received (it has an RSSI); one whose link we lost,
 * until the back-off has come to 60 s; any known one where the adapter took no GattProfile1, since then
 * it does not come back by itself.
 *
 * Who is not connected to: see bluez-stranger. PAIRING, from any phase where that can be: see bluez-consent.
 */
#include "daemon/bluez/bluez-sensor.h"

#include "daemon/bluez/bluez-approach.h"
#include "daemon/bluez/bluez-consent.h"
#include "daemon/bluez/bluez-stranger.h"

static void
on_started(void *user)
{
	RollBluezSensor *sensor = user;
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);

	if (device && !device->is_trusted)
		roll_bluez_phase_set_trusted(sensor, sensor->path, TRUE);
	roll_bluez_stranger_clear(sensor);
	roll_bluez_report_set_detail(&sensor->report, NULL);
	sensor->n_mends = 0;
	sensor->sample_us = g_get_monotonic_time();
	roll_bluez_phase_enter(sensor, ROLL_PHASE_STREAMING, sensor->host->timing->silent_ms);
}

static void
on_failed(void *user, gboolean is_unpaired, const char *why)
{
	RollBluezSensor *sensor = user;
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);

	if (is_unpaired && device && device->is_paired)
		why = "it asks to be paired by a code, which rollerd cannot give";
	else if (is_unpaired)
		sensor->report.asks_pairing = TRUE;
	roll_bluez_phase_leave(sensor, why);
}

static void
on_sample(void *user)
{
	RollBluezSensor *sensor = user;

	sensor->sample_us = g_get_monotonic_time();
	if (sensor->phase != ROLL_PHASE_STREAMING && sensor->phase != ROLL_PHASE_SILENT)
		return;
	roll_backoff_reset(&sensor->backoff);
	if (sensor->phase == ROLL_PHASE_STREAMING)
		return;
	roll_bluez_report_set_detail(&sensor->report, NULL);
	sensor->n_mends = 0;
	roll_bluez_phase_enter(sensor, ROLL_PHASE_STREAMING, sensor->host->timing->silent_ms);
}

static void
on_battery(void *user, int battery_pct)
{
	RollBluezSensor *sensor = user;

	sensor->report.battery_pct = battery_pct;
	roll_bluez_phase_tell(sensor);
}

static void
follow_link(RollBluezSensor *sensor)
{
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);

	const char *bar = roll_bluez_stranger_find(sensor, device);

	if (!device || !device->is_connected)
		roll_bluez_phase_lose(sensor, roll_bluez_stranger_take_end(sensor, device));
	else if (bar)
		roll_bluez_phase_leave(sensor, bar);
	else if (sensor->phase == ROLL_PHASE_RESOLVING)
		roll_bluez_approach_look(sensor, device);
	else if (roll_bluez_link_update(sensor->link) == ROLL_READY_NOT)
		roll_bluez_approach_resolve(sensor, device);
}

static void
follow_leaving(RollBluezSensor *sensor)
{
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);

	if (!device || !device->is_connected)
		roll_bluez_phase_lose(sensor, sensor->report.detail);
}

static void
take_name(RollBluezSensor *sensor)
{
	const RollBluezObject *device = roll_bluez_phase_find_device(sensor);

	if (device && device->name)
		roll_bluez_report_set_name(&sensor->report, device->name);
	if (device && device->codec)
		sensor->report.codec = device->codec->name;
}

void
roll_bluez_sensor_update(RollBluezSensor *sensor)
{
	take_name(sensor);
	if (roll_bluez_consent_look(sensor))
		return;
	switch (sensor->phase) {
	case ROLL_PHASE_IDLE:
		roll_bluez_approach_begin(sensor);
		break;
	case ROLL_PHASE_CONNECTING:
		roll_bluez_approach_connected(sensor);
		break;
	case ROLL_PHASE_RESOLVING:
	case ROLL_PHASE_STARTING:
	case ROLL_PHASE_STREAMING:
	case ROLL_PHASE_SILENT:
		follow_link(sensor);
		break;
	case ROLL_PHASE_PAIRING: /* bluetoothd answers */
		break;
	case ROLL_PHASE_LEAVING:
		follow_leaving(sensor);
		break;
	}
	roll_bluez_phase_tell(sensor);
}

/* The mends are tried at each multiple of silent_ms; the timer is set once for each, not a packet. */
static void
watch_silence(RollBluezSensor *sensor)
{
	const RollBluezTiming *timing = sensor->host->timing;
	guint silent_ms = (guint)((g_get_monotonic_time() - sensor->sample_us) / 1000);
	guint due_ms = timing->silent_ms * (sensor->n_mends + 1);
	g_autofree char *why = NULL;

	if (sensor->is_stopped) {
		roll_bluez_phase_clear_timer(sensor);
	} else if (silent_ms < MIN(due_ms, timing->silent_leave_ms)) {
		roll_bluez_phase_set_timer(sensor,
					   MIN(due_ms, timing->silent_leave_ms) - silent_ms);
	} else if (silent_ms >= timing->silent_leave_ms) {
		why = g_strdup_printf("no sample for %.3g s", timing->silent_leave_ms / 1000.0);
		roll_bluez_phase_leave(sensor, why);
	} else {
		why = g_strdup_printf("no sample for %.3g s", due_ms / 1000.0);
		roll_bluez_report_set_detail(&sensor->report, why);
		roll_bluez_link_mend(sensor->link, sensor->n_mends > 0);
		sensor->n_mends++;
		roll_bluez_phase_enter(sensor, ROLL_PHASE_SILENT, timing->silent_ms);
	}
}

static gboolean
on_timer(gpointer user_data)
{
	RollBluezSensor *sensor = user_data;
	g_autofree char *why = NULL;

	roll_bluez_phase_clear_timer(sensor);
	switch (sensor->phase) {
	case ROLL_PHASE_IDLE:
		roll_bluez_sensor_update(sensor);
		break;
	case ROLL_PHASE_CONNECTING:
		why = g_strdup_printf("cannot connect: no result after %.3g s",
				      sensor->host->timing->connect_ms / 1000.0);
		roll_bluez_phase_leave(sensor, why);
		break;
	case ROLL_PHASE_RESOLVING:
		roll_bluez_approach_end(sensor);
		break;
	case ROLL_PHASE_STARTING: /* has no limit of its own: each operation has one */
	case ROLL_PHASE_PAIRING:
		break;
	case ROLL_PHASE_STREAMING:
	case ROLL_PHASE_SILENT:
		watch_silence(sensor);
		break;
	case ROLL_PHASE_LEAVING:
		roll_bluez_phase_lose(sensor, sensor->report.detail);
		break;
	}
	return G_SOURCE_REMOVE;
}

void
roll_bluez_sensor_forget(RollBluezSensor *sensor, const char *why)
{
	guint wait_ms = roll_bluez_stranger_take_crash(sensor);

	roll_bluez_consent_break_off(sensor, "bluetoothd went away in the middle: try again");
	roll_bluez_phase_drop_link(sensor);
	g_clear_pointer(&sensor->path, g_free);
	roll_backoff_reset(&sensor->backoff);
	roll_bluez_report_set_detail(&sensor->report, NULL);
	sensor->report.hindrance = g_intern_string(why);
	roll_bluez_phase_enter(sensor, ROLL_PHASE_IDLE, wait_ms);
}

void
roll_bluez_sensor_command(RollBluezSensor *sensor, RollCommand command, GTask *task)
{
	/* There is no link while it is being dropped, when the commands under way are answered. */
	if (!sensor->link ||
	    (sensor->phase != ROLL_PHASE_STREAMING && sensor->phase != ROLL_PHASE_SILENT)) {
		g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
					"the sensor is not connected");
		g_object_unref(task);
		return;
	}
	if (command == ROLL_COMMAND_STOP || command == ROLL_COMMAND_START) {
		sensor->is_stopped = command == ROLL_COMMAND_STOP;
		sensor->sample_us = g_get_monotonic_time();
		roll_bluez_phase_set_timer(sensor, sensor->host->timing->silent_ms);
	}
	roll_bluez_link_command(sensor->link, command, task);
}

void
roll_bluez_sensor_meet(RollBluezSensor *sensor, const char *name)
{
	if (name && !sensor->report.name)
		roll_bluez_report_set_name(&sensor->report, name);
	roll_bluez_phase_tell(sensor);
}

void
roll_bluez_sensor_pair(RollBluezSensor *sensor, gboolean is_on, GTask *task)
{
	if (is_on)
		roll_bluez_consent_give(sensor, task);
	else
		roll_bluez_consent_take_back(sensor, task);
}

gboolean
roll_bluez_sensor_is_pairing(const RollBluezSensor *sensor)
{
	return sensor->consent != NULL;
}

guint
roll_bluez_sensor_send_stop(RollBluezSensor *sensor, GCancellable *cancellable,
			    GAsyncReadyCallback ready, gpointer user_data)
{
	return sensor->link ? roll_bluez_link_send_stop(sensor->link, cancellable, ready, user_data)
			    : 0;
}

void
roll_bluez_sensor_send_disconnect(RollBluezSensor *sensor)
{
	if (sensor->path)
		roll_bluez_phase_call_device(sensor, "Disconnect");
}

RollProgress
roll_bluez_sensor_get_progress(const RollBluezSensor *sensor)
{
	switch (sensor->phase) {
	case ROLL_PHASE_CONNECTING:
	case ROLL_PHASE_PAIRING:
		return ROLL_PROGRESS_CONNECTING;
	case ROLL_PHASE_RESOLVING:
	case ROLL_PHASE_STARTING:
		return ROLL_PROGRESS_STARTING;
	case ROLL_PHASE_STREAMING:
	case ROLL_PHASE_SILENT:
		return ROLL_PROGRESS_RUNNING;
	case ROLL_PHASE_IDLE:
	case ROLL_PHASE_LEAVING:
		break;
	}
	return ROLL_PROGRESS_NONE;
}

const char *
roll_bluez_sensor_get_path(const RollBluezSensor *sensor)
{
	return sensor->path;
}

RollBluezSensor *
roll_bluez_sensor_new(const RollBluezHost *host, const char *address, gboolean is_wanted)
{
	RollBluezSensor *sensor = g_new0(RollBluezSensor, 1);

	sensor->host = host;
	sensor->on_timer = on_timer;
	sensor->listener = (RollBluezLinkListener){.started = on_started,
						   .failed = on_failed,
						   .sample = on_sample,
						   .battery = on_battery,
						   .user = sensor};
	sensor->is_wanted = is_wanted;
	roll_bluez_report_init(&sensor->report, host->sink, address);
	return sensor;
}

void
roll_bluez_sensor_free(RollBluezSensor *sensor)
{
	if (!sensor)
		return;
	roll_bluez_consent_break_off(sensor, "rollerd is being stopped");
	g_cancellable_cancel(sensor->connect);
	g_clear_object(&sensor->connect);
	roll_bluez_phase_clear_timer(sensor);
	roll_bluez_phase_drop_link(sensor);
	roll_bluez_report_clear(&sensor->report);
	g_free(sensor->path);
	g_free(sensor);
}
