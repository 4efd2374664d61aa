/* SPDX-License-Identifier: MIT
 *
 * First stage: when a sample was taken. A sensor's clock is even but has no date, wraps after 71.6
 * minutes, may be 100 ppm off and begins anew when the sensor restarts; the host's time of arrival has
 * a date, but comes late by a connection interval or a burst, never early. So samples are laid on a
 * stream time that advances with the sensor's clock, and the distance from there to Unix time is
 * the lower envelope of arrival minus stream time, which may rise by ROLL_CLOCK_LEAK_PPM to follow drift.
 *
 * Durations are taken in stream time, dates by roll_clock_get_unix_us(). The error of a date is the
 * shortest delay seen lately, a few milliseconds on most links. A host clock that jumps moves dates only:
 * number and clock that go on without a break prove that no time has passed.
 *
 * A sensor without a clock gets stream time from its nominal rate, steered gently by arrivals.
 */
#pragma once

#include "protocol/sample.h"

/* How fast the envelope may rise: crystals of sensor and host, 100 ppm in all by the profile, twice that
 * to be sure. */
#define ROLL_CLOCK_LEAK_PPM 200

/* Sensor and host disagree by more than this between two packets: one of them has jumped, us. */
#define ROLL_CLOCK_JUMP_US (INT64_C(10) * 1000000)

/* After a longer silence the sensor's clock may have wrapped unseen; the host's is asked instead, us. */
#define ROLL_CLOCK_SILENCE_MAX_US (INT64_C(1800) * 1000000)

/* A sensor without clock and sequence that is this late was silent, us. */
#define ROLL_CLOCK_LATE_US (INT64_C(400000))

typedef struct {
	bool has_begun;
	uint16_t next_sequence;
	uint32_t clock_us;   /* sensor's, at the first sample of the last packet */
	int64_t first_us;    /* stream time of that sample */
	int64_t last_us;     /* stream time of the last sample */
	int64_t arrival_us;  /* of the last packet taken */
	int64_t offset_us;   /* Unix time minus stream time */
	int64_t delay_us;    /* typical delay beyond the envelope */
	unsigned n_lost;     /* packets missing by their sequence numbers */
	unsigned n_restarts; /* of the sensor */
	unsigned n_dropped;  /* packets that came doubled or too late */
} RollClock;

/* Begins before the first packet. */
void roll_clock_init(RollClock *clock);

/* Places a packet. Returns false where it must be passed over: doubled, or older than the last one.
 * ret_t_us: stream time of its first sample; never earlier than the last sample told before. */
ROLL_MUST_USE bool roll_clock_place(RollClock *clock, int64_t arrival_us, const RollPacket *packet,
				    int64_t *ret_t_us);

/* Unix time of a stream time, as known now. */
int64_t roll_clock_get_unix_us(const RollClock *clock, int64_t t_us);
