/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/sim-time.h"

#include <time.h>

static gint64
read_boot_us(void)
{
	struct timespec now;

	/* With a valid clock it cannot fail. */
	(void)clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec * (gint64)G_USEC_PER_SEC + now.tv_nsec / 1000;
}

void
sim_time_init(SimTime *time)
{
	*time = (SimTime){.unix_us = g_get_real_time(), .began_us = read_boot_us()};
}

gint64
sim_time_get_us(const SimTime *time)
{
	return time->unix_us + read_boot_us() - time->began_us;
}

void
sim_time_wake(const SimTime *time, GSource *source, gint64 at_us)
{
	gint64 in_us;

	if (at_us == G_MAXINT64) {
		g_source_set_ready_time(source, -1);
		return;
	}
	in_us = MAX(at_us - sim_time_get_us(time), 0);
	g_source_set_ready_time(source, g_get_monotonic_time() + in_us);
}
