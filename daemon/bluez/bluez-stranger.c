/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-stranger.h"

enum {
	CUTS_TO_ASK = 2,   /* of links in a row that ended while the sensor was first read */
	CUTS_TO_DOUBT = 3, /* of links with a key that ended before the sensor streamed */
};

G_GNUC_PRINTF(1, 2)
static const char *
intern(const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return g_intern_string(text);
}

const char *
roll_bluez_stranger_find(const RollBluezSensor *sensor, const RollBluezObject *device)
{
	const RollSink *sink = sensor->host->sink;
	const char *address = sensor->report.address;

	if (!sink->admit)
		return NULL;
	switch (sink->admit(sink->user, address, sensor->report.name)) {
	case ROLL_ADMIT_ANY:
		return NULL;
	case ROLL_ADMIT_PAIRED:
		if (!device || device->is_paired)
			return NULL;
		return intern("not the sensor that was paired; if you reset it: rollstat pair %s",
			      address);
	case ROLL_ADMIT_NAMESAKE:
		return intern(
			"it has the name of a sensor that was paired, and is another one; if it is "
			"yours: rollstat pair %s, or a section [sensor %s] in the configuration",
			address, address);
	case ROLL_ADMIT_UNKNOWN:
		return intern(
			"it is not known, and hear=known; if it is yours: rollstat pair %s, or a "
			"section [sensor %s] in the configuration",
			address, address);
	}
	g_assert_not_reached();
}

void
roll_bluez_stranger_shun(const RollBluezSensor *sensor, const RollBluezObject *device)
{
	if (!device->is_trusted)
		return; /* we made none of its links */
	roll_bluez_phase_set_trusted(sensor, device->path, FALSE);
	if (device->is_connected)
		g_dbus_connection_call(sensor->host->bus, sensor->host->owner, device->path,
				       ROLL_BLUEZ_DEVICE, "Disconnect", NULL, NULL,
				       G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

const char *
roll_bluez_stranger_get_request(const RollBluezSensor *sensor)
{
	return intern("asks to be paired: rollstat pair %s", sensor->report.address);
}

/* Mostly the values are taken away before the link is told to have ended. */
static gboolean
is_young(const RollBluezSensor *sensor)
{
	return sensor->phase == ROLL_PHASE_STARTING || sensor->phase == ROLL_PHASE_RESOLVING;
}

/* A link without a key has ended. */
static void
count_cut(RollBluezSensor *sensor)
{
	if (!is_young(sensor) || !sensor->is_unproven || sensor->has_streamed)
		return;
	if (++sensor->n_cut >= CUTS_TO_ASK)
		sensor->report.asks_pairing = TRUE;
}

const char *
roll_bluez_stranger_take_end(RollBluezSensor *sensor, const RollBluezObject *device)
{
	const char *address = sensor->report.address;

	if (!device) { /* with its key, if it had one; as it was told last */
		if (!sensor->report.is_paired)
			count_cut(sensor);
		return "bluetoothd dropped the sensor";
	}
	if (device->is_paired && is_young(sensor)) {
		if (++sensor->n_cut >= CUTS_TO_DOUBT) {
			sensor->report.notice = intern("its links end as soon as they begin, so it "
						       "may not be the sensor that was "
						       "paired; if you reset it: rollstat unpair "
						       "%s, then rollstat pair %s",
						       address, address);
			return sensor->report.notice;
		}
	} else if (!device->is_paired) {
		count_cut(sensor);
	}
	return "the link was lost";
}

guint
roll_bluez_stranger_take_crash(RollBluezSensor *sensor)
{
	const RollBluezTiming *timing = sensor->host->timing;

	/* The device is gone from the tree: as it was told last. */
	if (!sensor->report.is_paired)
		count_cut(sensor);
	return sensor->report.asks_pairing ? roll_backoff_step(&sensor->asks, timing->asks_first_ms,
							       timing->asks_last_ms)
					   : 0;
}

void
roll_bluez_stranger_clear(RollBluezSensor *sensor)
{
	sensor->has_streamed = TRUE;
	sensor->is_unproven = FALSE;
	sensor->n_cut = 0;
	sensor->report.asks_pairing = FALSE;
	sensor->report.notice = NULL;
	roll_backoff_reset(&sensor->asks);
}
