/* SPDX-License-Identifier: MIT
 *
 * A sensor's moment, asked from the daemon: how far it turned, how hard it is pressed, how it is used.
 */
#pragma once

#include <gio/gio.h>

/* As in protocol/org.rollerd1.xml: NaN where not known. */
typedef struct {
	gint64 last_us; /* of the last sample; 0: none yet */
	double turned_deg;
	gint64 since_us; /* TurnedSince */
	gboolean is_axis_learned;
	double contact_cm, uncertainty_cm, force_n;
	gboolean is_loaded;
	gboolean is_known; /* how it is used: what follows */
	gboolean is_bar, is_left;
	double radius_cm, head_end_cm;
} RollstatMotion;

/* From the properties of org.rollerd1.Sensor. */
RollstatMotion rollstat_motion_read(GVariant *properties);

/* Asks for the object at path. FALSE and error: the daemon does not answer. */
gboolean rollstat_motion_fetch(GDBusConnection *bus, const char *path, RollstatMotion *ret_motion,
			       GError **error);

/* The same, but as of now: waits until samples have come that were taken after the call, at most 5 s. FALSE with
 * ROLLSTAT_MOTION_ERROR_SILENT: none came. */
gboolean rollstat_motion_fetch_settled(GDBusConnection *bus, const char *path,
				       RollstatMotion *ret_motion, GError **error);

typedef enum {
	ROLLSTAT_MOTION_ERROR_SILENT,
} RollstatMotionError;

#define ROLLSTAT_MOTION_ERROR (rollstat_motion_error_quark())
GQuark rollstat_motion_error_quark(void);
