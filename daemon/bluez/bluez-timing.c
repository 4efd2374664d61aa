/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-timing.h"

const RollBluezTiming roll_bluez_timing_default = {
	/* bluetoothd gives up by itself after about 40 s where the sensor is out of reach. */
	.connect_ms = 60000,
	/* Resolving the services of a new sensor takes 1 to 5 s; other clients wait 10 to 15. */
	.resolve_ms = 15000,
	/* Objects of one service are announced within 0.2 s of each other. */
	.settle_ms = 2000,
	/* bluetoothd holds a link for 2 s after Disconnect(); a dead one for its supervision timeout. */
	.leave_ms = 10000,
	/* ATT closes the link after 30 s without an answer: let bluetoothd speak first. */
	.operation_ms = 35000,
	.busy_ms = 10,
	.backoff_first_ms = 1000,
	.backoff_last_ms = 60000,
	/* The slowest sensor sends 10 packets a second. */
	.silent_ms = 5000,
	.silent_leave_ms = 15000,
	/* An advertisement is seen within some 10 s (the scan window's period is 10.24 s). */
	.discovery_first_ms = 30000,
	.discovery_burst_ms = 10000,
	.discovery_period_ms = 300000,
	/* A burst wakes us 9 times: then once in three minutes. */
	.discovery_last_ms = 1800000,
	/* Its coming is signalled; only a bluetoothd that nobody else starts is waited for in vain. As it
	 * doubles, the wait is never longer than what was waited already. */
	.start_last_ms = 300000,
	.bus_backoff_first_ms = 1000,
	.bus_backoff_last_ms = 300000,
	/* An adapter is powered within a second of its coming. */
	.trouble_ms = 3000,
	/* A scan window's period, twice. */
	.find_ms = 20000,
	/* A sensor has 30 s for each step of a pairing, and needs one. */
	.pair_ms = 60000,
	/* Each attempt makes bluetoothd begin a pairing, which a desktop asks the person about. */
	.asks_first_ms = 300000,
	.asks_last_ms = 3600000,
	.stop_ms = 500,
};

guint
roll_backoff_step(RollBackoff *backoff, guint first_ms, guint last_ms)
{
	backoff->delay_ms = backoff->n_steps == 0 ? first_ms : MIN(backoff->delay_ms * 2, last_ms);
	backoff->n_steps++;
	return backoff->delay_ms +
	       (guint)g_random_int_range(0, (gint32)(backoff->delay_ms / 4 + 1));
}

gboolean
roll_backoff_is_exhausted(const RollBackoff *backoff, guint last_ms)
{
	return backoff->delay_ms >= last_ms;
}

void
roll_backoff_reset(RollBackoff *backoff)
{
	*backoff = (RollBackoff){0};
}
