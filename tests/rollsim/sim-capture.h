/* SPDX-License-Identifier: MIT
 *
 * A capture file as a sensor's own story: what one sensor of the Roller Sensor Profile said of itself, and its
 * Measurement packets with the times between them. Other sensors in the file are passed over.
 */
#pragma once

#include "protocol/capture.h"
#include "protocol/sensor/codec-roller.h"

#include <glib.h>

typedef struct {
	gint64 after_us; /* since the first packet */
	gsize n_bytes;	 /* ROLL_ROLLER_HEADER_LEN or more */
	guint8 bytes[ROLL_VALUE_MAX];
} SimCapturePacket;

typedef struct {
	guint8 feature[ROLL_ROLLER_FEATURE_LEN];
	int battery_pct; /* the first that was told; -1: none */
	GArray *packets; /* of SimCapturePacket, at least one */
} SimCapture;

/* Reads the first sensor of the file that has Feature and Measurements. NULL and error: the file cannot be read,
 * a line is none (its number is told), or no such sensor is in it. */
SimCapture *sim_capture_read(const char *path, GError **error);
void sim_capture_free(SimCapture *capture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SimCapture, sim_capture_free)
