/* SPDX-License-Identifier: MIT */
#include "daemon/track/clock.h"

#include <string.h>

enum {
	LATE_PACKETS_MAX =
		64,	  /* a sequence number so little behind is a late packet, else a restart */
	STEER_SHARE = 64, /* without a clock: share of the lateness that is made good a packet */
};

typedef enum {
	PLACE_NEXT,
	PLACE_BEHIND,
	PLACE_ANEW,
} Place;

void
roll_clock_init(RollClock *clock)
{
	memset(clock, 0, sizeof(*clock));
}

int64_t
roll_clock_get_unix_us(const RollClock *clock, int64_t t_us)
{
	return t_us + clock->offset_us;
}

static int64_t
get_span_us(const RollPacket *packet)
{
	return (int64_t)(packet->n_samples - 1) * packet->period_us;
}

/* Time by the sensor's clock since the last packet's first sample: right for silences up to half its
 * wrap, 35 minutes. */
static int64_t
get_clock_step_us(const RollClock *clock, const RollPacket *packet)
{
	return (int32_t)(packet->clock_us - clock->clock_us);
}

static Place
judge_sequence(const RollClock *clock, const RollPacket *packet)
{
	const int16_t ahead = (int16_t)(uint16_t)(packet->sequence - clock->next_sequence);

	if (!packet->has_sequence || ahead >= 0)
		return PLACE_NEXT;
	return ahead >= -LATE_PACKETS_MAX ? PLACE_BEHIND : PLACE_ANEW;
}

/* Number and clock go on as if there had been no silence: then it is the host's clock that jumped. */
static bool
runs_on(const RollClock *clock, const RollPacket *packet)
{
	const int64_t lost =
		packet->has_sequence ? (uint16_t)(packet->sequence - clock->next_sequence) : 0;
	const int64_t usual_us = (1 + lost) * (get_span_us(packet) + packet->period_us);
	const int64_t step_us = get_clock_step_us(clock, packet);

	return packet->has_clock && !packet->is_restart && lost < LATE_PACKETS_MAX && step_us > 0 &&
	       step_us < 2 * usual_us;
}

/* Sequence and clock judged together. The host's clock is asked only where the sensor's leaves doubt: it may
 * be the one that jumped. */
static Place
judge(const RollClock *clock, int64_t arrival_us, const RollPacket *packet)
{
	const Place by_sequence = judge_sequence(clock, packet);
	const int64_t waited_us = arrival_us - clock->arrival_us;
	const int64_t step_us = get_clock_step_us(clock, packet);
	const bool is_near =
		step_us > -ROLL_CLOCK_JUMP_US && step_us < waited_us + ROLL_CLOCK_JUMP_US;

	if (runs_on(clock, packet))
		return PLACE_NEXT;
	if (waited_us > ROLL_CLOCK_SILENCE_MAX_US)
		return PLACE_ANEW;
	if (!packet->has_clock)
		return by_sequence;
	if (packet->is_restart)
		return by_sequence != PLACE_ANEW && is_near && step_us >= 0 ? by_sequence
									    : PLACE_ANEW;
	if (by_sequence == PLACE_BEHIND)
		return is_near && step_us <= 0 ? PLACE_BEHIND : PLACE_ANEW;
	if (step_us > 0 && packet->has_sequence && packet->sequence == clock->next_sequence)
		return PLACE_NEXT;
	if (by_sequence == PLACE_ANEW || !is_near)
		return PLACE_ANEW;
	return step_us > 0 ? PLACE_NEXT : PLACE_BEHIND;
}

/* Where a packet of a clock that tells nothing lies: as long after the last one as its arrival says. */
static int64_t
place_by_arrival(const RollClock *clock, int64_t arrival_us, const RollPacket *packet)
{
	const int64_t t_us = arrival_us - clock->offset_us - clock->delay_us - get_span_us(packet);
	const int64_t next_us = clock->last_us + packet->period_us;

	return t_us > next_us ? t_us : next_us;
}

static int64_t
place_by_rate(const RollClock *clock, int64_t arrival_us, const RollPacket *packet)
{
	const unsigned lost =
		packet->has_sequence ? (uint16_t)(packet->sequence - clock->next_sequence) : 0;
	const int64_t step_us =
		(int64_t)packet->period_us * (1 + (int64_t)lost * packet->n_samples);
	const int64_t next_us = clock->last_us + step_us;
	const int64_t late_us = arrival_us - clock->offset_us - (next_us + get_span_us(packet));
	const int64_t steer_us = late_us / STEER_SHARE;

	if (late_us > ROLL_CLOCK_LATE_US || -late_us > ROLL_CLOCK_JUMP_US)
		return place_by_arrival(clock, arrival_us, packet);
	if (steer_us < -(int64_t)packet->period_us / 4)
		return next_us - packet->period_us / 4;
	return steer_us > packet->period_us / 4 ? next_us + packet->period_us / 4
						: next_us + steer_us;
}

static void
follow_envelope(RollClock *clock, int64_t arrival_us, int64_t advanced_us)
{
	const int64_t distance_us = arrival_us - clock->last_us;
	const int64_t late_us = distance_us - clock->offset_us;
	const int64_t leak_us = advanced_us * ROLL_CLOCK_LEAK_PPM / 1000000 + 1;

	if (late_us > ROLL_CLOCK_JUMP_US || late_us < 0) {
		clock->offset_us = distance_us;
		return;
	}
	clock->delay_us += (late_us - clock->delay_us) / 16;
	clock->offset_us += late_us < leak_us ? late_us : leak_us;
}

static void
take(RollClock *clock, int64_t arrival_us, const RollPacket *packet, int64_t t_us)
{
	const int64_t advanced_us = t_us - clock->first_us;

	clock->first_us = t_us;
	clock->last_us = t_us + get_span_us(packet);
	clock->clock_us = packet->clock_us;
	clock->next_sequence = (uint16_t)(packet->sequence + 1);
	clock->arrival_us = arrival_us;
	if (packet->has_clock ||
	    arrival_us - clock->last_us < clock->offset_us - ROLL_CLOCK_JUMP_US)
		follow_envelope(clock, arrival_us, advanced_us);
}

static void
begin(RollClock *clock, int64_t arrival_us, const RollPacket *packet)
{
	clock->has_begun = true;
	/* The stream time of the first packet is its date, so that both read alike. */
	clock->first_us = arrival_us - get_span_us(packet);
	clock->last_us = arrival_us;
	clock->offset_us = 0;
	take(clock, arrival_us, packet, clock->first_us);
}

bool
roll_clock_place(RollClock *clock, int64_t arrival_us, const RollPacket *packet, int64_t *ret_t_us)
{
	int64_t t_us;

	if (!clock->has_begun) {
		begin(clock, arrival_us, packet);
		*ret_t_us = clock->first_us;
		return true;
	}
	switch (judge(clock, arrival_us, packet)) {
	case PLACE_BEHIND:
		clock->n_dropped++;
		return false;
	case PLACE_ANEW:
		if (arrival_us - clock->arrival_us <= ROLL_CLOCK_SILENCE_MAX_US)
			clock->n_restarts++;
		t_us = place_by_arrival(clock, arrival_us, packet);
		break;
	case PLACE_NEXT:
	default:
		if (packet->has_sequence)
			clock->n_lost += (uint16_t)(packet->sequence - clock->next_sequence);
		t_us = packet->has_clock ? clock->first_us + get_clock_step_us(clock, packet)
					 : place_by_rate(clock, arrival_us, packet);
		break;
	}
	/* Packets may overlap when the period changed on the way; time never goes back. */
	if (t_us <= clock->last_us)
		t_us = clock->last_us + 1;
	take(clock, arrival_us, packet, t_us);
	*ret_t_us = t_us;
	return true;
}
