/* SPDX-License-Identifier: MIT
 *
 * What the files of setup share; nothing else includes this.
 *
 *     verb-setup.c      the order of the steps, the end
 *     setup-person.c    who rolls, and the length of the spine
 *     setup-service.c   whether rollerd runs, and comes back by itself
 *     setup-sensor.c    the sensor: found, tried, roller or bar; its calibration
 *
 * Each step looks first at what is there already, so that whoever runs it again loses nothing; each ends with ..._QUIT or
 * ..._END where the walk shall end, else the walk goes on.
 */
#pragma once

#include "cli/people/home.h"
#include "cli/talk.h"

typedef struct {
	const RollstatRun *run;
	const RollstatTalk *talk;
	RollstatHome home;
	const RollstatStatus
		*status; /* of the daemon that answers, whatever its database; NULL: none does */
	guint n_undone;	 /* steps that could not be done */
} RollstatSetup;

/* The steps, in their order. */
RollstatAnswer rollstat_setup_person(RollstatSetup *setup);
RollstatAnswer rollstat_setup_service(RollstatSetup *setup);
RollstatAnswer rollstat_setup_sensor(RollstatSetup *setup);
RollstatAnswer rollstat_setup_calibration(RollstatSetup *setup);

/* Asks the daemon anew, for up to so many milliseconds until it answers; 0: once. TRUE: it does. */
gboolean rollstat_setup_look(RollstatSetup *setup, guint within_ms);

/* Waits half a second, while the bus is served. */
void rollstat_setup_wait(void);

/* Whether an answer ends the walk. */
gboolean rollstat_setup_is_end(RollstatAnswer answer);

/* Whether it is the system's daemon that is set up. */
gboolean rollstat_setup_is_system(const RollstatSetup *setup);

/* Says that something could not be done, and notes it for the end. */
void rollstat_setup_tell_failure(RollstatSetup *setup, const GError *error);
