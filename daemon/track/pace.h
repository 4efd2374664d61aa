/* SPDX-License-Identifier: MIT
 *
 * How a sensor's stream keeps its pace: samples a second, and how much faster the sensor's clock runs than the host's. It is
 * told to people who look for a fault; nothing that is told of the back hangs on it.
 *
 * Rate: over the last whole stretch of ROLL_PACE_STRETCH_US without a silence of ROLL_PACE_SILENCE_US. Drift: packets come late,
 * never early, so the least delay within a stretch of ROLL_PACE_LEVEL_US tells how sensor and host stand to each other; the drift
 * is the slope from the first stretch since the clocks ran on without a jump to the last.
 */
#pragma once

#include "protocol/sample.h"

#define ROLL_PACE_STRETCH_US (INT64_C(4) * 1000000)
#define ROLL_PACE_SILENCE_US (INT64_C(2) * 1000000)
#define ROLL_PACE_LEVEL_US (INT64_C(20) * 1000000)

/* Stretches whose least delays lie nearer than this tell no drift: a few milliseconds of radio would be 100 ppm. */
#define ROLL_PACE_BASE_US (INT64_C(60) * 1000000)

/* What it is fed of a packet. */
typedef struct {
	int64_t arrival_us; /* host's Unix time */
	bool has_clock;
	uint32_t clock_us; /* sensor's, at the first sample */
	uint32_t period_us;
	unsigned n_samples;
} RollPulse;

/* A moment of least delay. */
typedef struct {
	int64_t t_us; /* by the sensor's clock, unwrapped */
	int64_t delay_us;
} RollPaceLevel;

typedef struct {
	bool has_begun;
	RollPulse last;
	uint32_t n_packets;
	int64_t begin_us; /* arrival of the packet before the stretch */
	unsigned n_samples;
	double rate_hz; /* 0: not known */
	/* Of a sensor with a clock. */
	int64_t t_us; /* sensor's time since its first packet */
	bool has_level, has_first;
	int64_t level_begin_us;	    /* of t_us */
	RollPaceLevel level, first; /* of the stretch that runs, and of the first one */
	bool has_drift;
	double drift_ppm;
} RollPace;

/* Begins before the first packet. */
void roll_pace_init(RollPace *pace);

/* Takes a packet, in order of arrival. Any one at all. */
void roll_pace_feed(RollPace *pace, const RollPulse *pulse);

/* Samples a second by the sensor's own word; 0: not known. */
double roll_pace_get_nominal_hz(const RollPace *pace);
