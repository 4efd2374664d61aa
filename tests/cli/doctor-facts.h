/* SPDX-License-Identifier: MIT
 *
 * Facts of a machine on which all is well, and changes to them in words: "bus=LATE n_radios=0 sensor.link=silent".
 */
#pragma once

#include "cli/doctor/facts.h"

/* 2026-03-14, 20:00 in Berlin. */
#define DOCTOR_NOW_US (G_GINT64_CONSTANT(1773514800) * G_USEC_PER_SEC)

/* All is well: your own daemon, one sensor that streams. */
void doctor_facts_init(RollstatFacts *facts);

/* Makes changes, parted by blanks; a text's "_" is put as a blank. A name that is not known ends the test. */
void doctor_facts_change(RollstatFacts *facts, const char *changes);
