/* SPDX-License-Identifier: MIT
 *
 * What the files of the judgement share; nothing else includes this.
 *
 *     judge-chain.c       all of it in order, and the finding itself
 *     judge-bluetooth.c   from the bus to an adapter that is powered
 *     judge-service.c     rollerd as systemd has it
 *     judge-daemon.c      rollerd as it says itself
 *     judge-sensor.c      its sensors
 *     judge-database.c    the history
 *     judge-machine.c     time and terminal
 */
#pragma once

#include "cli/doctor/diagnosis.h"

#include <glib/gi18n-lib.h>

/* Where a judgement puts what it finds. */
typedef struct {
	const RollstatFacts *facts;
	GPtrArray *findings;
	const RollstatSensor *sensor; /* that it is about; NULL: none */
} RollstatJudging;

/* Adds a finding that all is fine. format: the detail. Returned borrowed. */
RollstatFinding *rollstat_judging_add(RollstatJudging *judging, RollstatLink link,
				      const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Gives it another verdict. Returns it. */
RollstatFinding *rollstat_judging_set(RollstatFinding *finding, RollstatVerdict verdict);

/* Both in one: format and its arguments follow. */
#define ROLLSTAT_ADD(judging, link, verdict, ...)                                                  \
	rollstat_judging_set(rollstat_judging_add(judging, link, __VA_ARGS__), verdict)

/* Adds a line to the mend. */
void rollstat_judging_mend(RollstatFinding *finding, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* "sudo systemctl restart rollerd", or "systemctl --user restart rollerd": by whose daemon is in question; given. */
char *rollstat_judging_dup_systemctl(const RollstatJudging *judging, const char *verb);

/* "journalctl --user -u rollerd -n 20", or the system's; given. */
char *rollstat_judging_dup_journal(const RollstatJudging *judging);

/* "5 seconds", "3 hours", "40 days"; given. */
char *rollstat_judging_dup_span(gint64 span_us);

/* "3 kB", "1.2 MB", "1.5 GB": thousands; given. */
char *rollstat_judging_dup_size(gint64 n_bytes);

/* The parts, in the order of the chain. */
void rollstat_judge_bluetooth(RollstatJudging *judging);
void rollstat_judge_service(RollstatJudging *judging);
void rollstat_judge_daemon(RollstatJudging *judging);
void rollstat_judge_sensors(RollstatJudging *judging);
void rollstat_judge_database(RollstatJudging *judging);
void rollstat_judge_machine(RollstatJudging *judging);
