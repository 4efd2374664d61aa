/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/sim-capture.h"

#include <gio/gio.h>
#include <string.h>

typedef struct {
	SimCapture *capture;
	gboolean has_feature;
	gint64 first_us;		    /* arrival of the first packet */
	char address[ROLL_ADDRESS_LEN + 1]; /* of the sensor; empty until its Feature came */
} Reading;

void
sim_capture_free(SimCapture *capture)
{
	if (!capture)
		return;
	g_array_unref(capture->packets);
	g_free(capture);
}

static void
take_packet(Reading *reading, const RollValue *value)
{
	GArray *packets = reading->capture->packets;
	SimCapturePacket packet = {.n_bytes = value->n_bytes};

	if (value->n_bytes < ROLL_ROLLER_HEADER_LEN)
		return;
	if (packets->len == 0)
		reading->first_us = value->arrival_us;
	packet.after_us = value->arrival_us - reading->first_us;
	memcpy(packet.bytes, value->bytes, value->n_bytes);
	g_array_append_val(packets, packet);
}

static void
take_value(Reading *reading, const RollValue *value)
{
	SimCapture *capture = reading->capture;

	if (!reading->has_feature && g_str_equal(value->uuid, ROLL_UUID_ROLLER_FEATURE) &&
	    value->n_bytes == sizeof capture->feature) {
		memcpy(capture->feature, value->bytes, sizeof capture->feature);
		g_strlcpy(reading->address, value->address, sizeof reading->address);
		reading->has_feature = TRUE;
	}
	if (!g_str_equal(value->address, reading->address))
		return;
	if (g_str_equal(value->uuid, ROLL_UUID_ROLLER_MEASUREMENT))
		take_packet(reading, value);
	else if (g_str_equal(value->uuid, ROLL_UUID_BATTERY_LEVEL) && value->n_bytes == 1 &&
		 capture->battery_pct < 0)
		capture->battery_pct = value->bytes[0];
}

SimCapture *
sim_capture_read(const char *path, GError **error)
{
	g_autoptr(SimCapture) capture = g_new0(SimCapture, 1);
	Reading reading = {.capture = capture};
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	RollValue value;
	const char *fault;

	capture->battery_pct = -1;
	capture->packets = g_array_new(FALSE, FALSE, sizeof(SimCapturePacket));
	if (!g_file_get_contents(path, &text, NULL, error))
		return NULL;
	lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i]; i++) {
		RollLine line = roll_capture_parse_line(lines[i], strlen(lines[i]), &value, &fault);

		if (line == ROLL_LINE_VALUE)
			take_value(&reading, &value);
		if (line != ROLL_LINE_BAD)
			continue;
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s, line %u: %s", path,
			    i + 1, fault);
		return NULL;
	}
	if (capture->packets->len > 0)
		return g_steal_pointer(&capture);
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
		    "%s: no sensor of the Roller Sensor Profile has Feature and Measurements in it",
		    path);
	return NULL;
}
