/* SPDX-License-Identifier: MIT
 *
 * One step of a plan that is followed.
 */
#pragma once

#include "cli/movement/follow-screen.h"
#include "cli/movement/follow-sensor.h"

/* A sensor of which no sample came for so long is left for the clock. */
#define ROLLSTAT_FOLLOW_SILENCE_S 10.0

typedef enum {
	ROLLSTAT_STEP_DONE, /* its seconds are full, or the person went on */
	ROLLSTAT_STEP_LEFT_OUT,
	ROLLSTAT_STEP_QUIT,
	ROLLSTAT_STEP_INTERRUPTED,
} RollstatStepEnd;

typedef struct {
	RollstatStepEnd end;
	gint64 start_us;
	double clock_s, sensed_s; /* done by the clock; by the sensor */
} RollstatStepDone;

/* The time to get there. */
RollstatStepEnd rollstat_follow_step_ready(RollstatFollowScreen *screen);

/* The step itself. sensor: NULL: the clock counts. */
RollstatStepDone rollstat_follow_step_run(RollstatFollowScreen *screen,
					  const RollstatPlanStep *step,
					  const RollstatFollowSensor *sensor);
