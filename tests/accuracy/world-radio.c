/* SPDX-License-Identifier: MIT */
#include "tests/accuracy/world-parts.h"

#include <math.h>

/* Exponentially distributed time to the next one of so many a minute. */
static double
draw_next_s(WorldRadio *radio, double t_s, double per_minute)
{
	const double share = roll_sim_random_between(&radio->random, 1e-6, 1.0);

	return per_minute > 0.0 ? t_s - log(share) * 60.0 / per_minute : INFINITY;
}

void
world_radio_init(WorldRadio *radio, const World *world, uint64_t seed, GArray *packets,
		 int64_t first_us)
{
	*radio = (WorldRadio){.world = world, .packets = packets, .first_us = first_us};
	roll_sim_random_init(&radio->random, seed, 3);
	radio->next_silence_s = 15.0 + draw_next_s(radio, 0.0, world->dials[DIAL_SILENCES]);
	radio->next_burst_s = draw_next_s(radio, 0.0, world->dials[DIAL_BURST_S] > 0.0 ? 4.0 : 0.0);
}

static bool
is_silent(WorldRadio *radio, double t_s)
{
	const double *dials = radio->world->dials;

	if (t_s >= radio->next_silence_s) {
		radio->silence_until_s =
			t_s +
			dials[DIAL_SILENCE_S] * roll_sim_random_between(&radio->random, 0.7, 1.3);
		radio->next_silence_s =
			draw_next_s(radio, radio->silence_until_s, dials[DIAL_SILENCES]);
	}
	return t_s < radio->silence_until_s;
}

static double
draw_arrival_s(WorldRadio *radio, double t_s)
{
	const double *dials = radio->world->dials;
	double arrival_s =
		t_s + 0.004 +
		roll_sim_random_between(&radio->random, 0.0, 0.001 * dials[DIAL_JITTER_MS]);

	if (t_s >= radio->next_burst_s) {
		radio->burst_until_s = t_s + dials[DIAL_BURST_S];
		radio->next_burst_s = draw_next_s(radio, radio->burst_until_s, 4.0);
	}
	if (arrival_s < radio->burst_until_s)
		arrival_s = radio->burst_until_s;
	if (arrival_s < radio->last_s)
		arrival_s = radio->last_s;
	radio->last_s = arrival_s;
	return arrival_s;
}

/* The newest two change their places: the first one arrives only after the second. */
static void
swap_last(GArray *packets)
{
	WorldPacket *a = &g_array_index(packets, WorldPacket, packets->len - 2);
	WorldPacket *b = &g_array_index(packets, WorldPacket, packets->len - 1);
	const WorldPacket kept = *a;
	const int64_t arrival_us = b->arrival_us;

	*a = *b;
	*b = kept;
	a->arrival_us = b->arrival_us = arrival_us;
}

bool
world_radio_send(WorldRadio *radio, double t_s, const WorldPacket *packet)
{
	const double *dials = radio->world->dials;
	WorldPacket sent = *packet;

	if (is_silent(radio, t_s) ||
	    roll_sim_random_between(&radio->random, 0.0, 1.0) < dials[DIAL_LOSS])
		return false;
	sent.arrival_us = radio->first_us + llround(draw_arrival_s(radio, t_s) * 1e6);
	g_array_append_val(radio->packets, sent);
	if (roll_sim_random_between(&radio->random, 0.0, 1.0) < dials[DIAL_DOUBLED])
		g_array_append_val(radio->packets, sent);
	if (radio->packets->len >= 2 &&
	    roll_sim_random_between(&radio->random, 0.0, 1.0) < dials[DIAL_SWAPPED])
		swap_last(radio->packets);
	return true;
}
