/* SPDX-License-Identifier: MIT
 *
 * What finds the facts. Each probe asks one thing, waits at most ROLLSTAT_REPLY_WITHIN_S for each answer and asks no more of
 * whom did not answer, changes nothing, and starts nothing that does not start by being asked the time. Those that ask others run at
 * the same time, each in a thread.
 *
 *     probe-all.c         all of them
 *     probe-bus.c         a bus, a question, an answer
 *     probe-program.c     a program and what it says
 *     probe-bluetooth.c   the kernel and bluetoothd
 *     probe-service.c     systemd, logind, timedated, rollerd
 *     probe-database.c    the history
 *     probe-machine.c     time zone and terminal
 */
#pragma once

#include "cli/context.h"
#include "cli/doctor/facts.h"

/* Where a test puts what a machine has. */
typedef struct {
	const char *sys;	/* "/sys/class" */
	const char *bluetoothd; /* paths of the program, by ":" */
	const char *rfkill;	/* the same of that */
	const char *linger;	/* "/var/lib/systemd/linger" */
	const char *terminfo;	/* folders, by ":" */
} RollstatPlaces;

extern const RollstatPlaces rollstat_places;

/* Finds all of it. database: path, or NULL: the daemon's, else the usual one. ret_facts: rollstat_facts_clear. Never fails. */
void rollstat_probe(const RollstatContext *context, const RollstatPlaces *places,
		    gboolean is_system, const char *database, RollstatFacts *ret_facts);
