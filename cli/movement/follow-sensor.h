/* SPDX-License-Identifier: MIT
 *
 * A step on the roller or bar, counted by the sensor: seconds in a zone, as the daemon tells where contact is.
 */
#pragma once

#include "cli/movement/plan.h"
#include "cli/sensor/motion.h"

/* Between two looks no more stream time than this is taken for uninterrupted. */
#define ROLLSTAT_LOOK_MOST_S 2.0

/* The seconds of a step so far. Pure. */
typedef struct {
	double from_cm, to_cm; /* of its zone; NaN: wherever */
	gint64 last_us;	       /* of the last sample; 0: none yet */
	double seconds;
} RollstatZoneCounter;

typedef enum {
	ROLLSTAT_CONTACT_NONE,	 /* nobody lies on it */
	ROLLSTAT_CONTACT_ABOVE,	 /* nearer to the head than the zone */
	ROLLSTAT_CONTACT_BELOW,	 /* nearer to the feet */
	ROLLSTAT_CONTACT_THERE,	 /* in the zone: it counts */
	ROLLSTAT_CONTACT_SILENT, /* no sample since the last look */
} RollstatContact;

/* For a step; a bar lies along all of them, so that every place counts. */
RollstatZoneCounter rollstat_zone_counter_begin(const RollstatPlanStep *step);

/* Takes a look. The time since the last one counts where contact is there now and samples came without a break. A place that
 * is not known counts, too. */
RollstatContact rollstat_zone_counter_add(RollstatZoneCounter *counter,
					  const RollstatMotion *motion);

/* Where the looks come from. FALSE and error: there are none any more. */
typedef struct {
	gboolean (*look)(void *user, RollstatMotion *ret_motion, GError **error);
	void *user;
} RollstatFollowSensor;

typedef struct RollstatDaemonSensor RollstatDaemonSensor;

/* A roller, or with is_bar a bar, that streams now, as rollerd has it. NULL and error: there is none, or no rollerd. */
RollstatDaemonSensor *rollstat_daemon_sensor_new(gboolean is_system, gboolean is_bar,
						 GError **error);
void rollstat_daemon_sensor_free(RollstatDaemonSensor *sensor);

/* Its looks; and "Roller C0:FF:EE:00:00:01". Borrowed. */
RollstatFollowSensor rollstat_daemon_sensor_get(RollstatDaemonSensor *sensor);
const char *rollstat_daemon_sensor_get_label(const RollstatDaemonSensor *sensor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatDaemonSensor, rollstat_daemon_sensor_free)
