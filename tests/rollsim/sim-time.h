/* SPDX-License-Identifier: MIT
 *
 * The one clock of the simulation: Unix microseconds that nobody sets back, and that go on while the machine
 * sleeps, as the person does.
 */
#pragma once

#include <glib.h>

typedef struct {
	gint64 unix_us; /* what the clock showed when it began */
	gint64 began_us;
} SimTime;

/* Begins with the machine's time. */
void sim_time_init(SimTime *time);

/* Now. */
gint64 sim_time_get_us(const SimTime *time);

/* Lets a source be dispatched then; G_MAXINT64: not at all. */
void sim_time_wake(const SimTime *time, GSource *source, gint64 at_us);
