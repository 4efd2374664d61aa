/* SPDX-License-Identifier: MIT
 *
 * What the files of calibrate share; nothing else includes this.
 *
 *     calibrate.c         which sensor, the order of the steps, the end
 *     calibrate-body.c    spine, tare, head end of a bar
 *     calibrate-roll.c    what a roller is rolled for: side, radius, check
 *     calibrate-store.c   into the configuration, and the daemon that reads it
 *     calibrate-show.c    --show
 */
#pragma once

#include "cli/sensor/config-edit.h"
#include "cli/sensor/config-store.h"
#include "cli/sensor/status.h"
#include "cli/talk.h"

/* A walk under way. */
typedef struct {
	const RollstatTalk *talk;
	const RollstatStatus *status;
	const RollstatSensor *sensor;
	char *section;	   /* of the configuration: "sensor C0:FF:EE:00:00:01" */
	guint n_stored;	   /* values that the daemon has taken */
	guint n_refused;   /* values that it has not */
	char *by_hand;	   /* lines that could not be written; NULL: none */
	char *why_by_hand; /* the first reason */
	GError *error;	   /* what ended the walk; NULL: nothing did */
} RollstatWalk;

/* The steps: each ends with ..._QUIT or ..._END where the walk shall end (walk->error may say why), else the
 * walk goes on. */
RollstatAnswer rollstat_calibrate_spine(RollstatWalk *walk);
RollstatAnswer rollstat_calibrate_tare(RollstatWalk *walk);
RollstatAnswer rollstat_calibrate_head_end(RollstatWalk *walk);
RollstatAnswer rollstat_calibrate_side(RollstatWalk *walk);
RollstatAnswer rollstat_calibrate_radius(RollstatWalk *walk);

/* Whether an answer ends the walk. */
gboolean rollstat_calibrate_is_end(RollstatAnswer answer);

/* The moment after all that was done before the call. FALSE: it is not known, and the person was told why; or the
 * daemon is gone, then walk->error is set. */
gboolean rollstat_calibrate_look(RollstatWalk *walk, RollstatMotion *ret_motion);

/* Ends the walk with what the bus says. error: taken. */
void rollstat_calibrate_lose(RollstatWalk *walk, GError *error);

/* Writes a value into the configuration and lets the daemon take it. Where it refuses, the file is put back as it was;
 * where the file cannot be written, the line is remembered for the end. Says what became of it. FALSE: it is not in
 * use. */
gboolean rollstat_calibrate_store(RollstatWalk *walk, const RollstatValue *value);

/* The present value of a key, in cm; NaN: none is stored. Never fails: what cannot be read is none. */
double rollstat_calibrate_get_stored(const RollstatWalk *walk, const char *section,
				     const char *key);
