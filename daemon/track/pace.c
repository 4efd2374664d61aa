/* SPDX-License-Identifier: MIT */
#include "daemon/track/pace.h"

#include <string.h>

/* Sensor and host disagree by more than this from one packet to the next: one of them has jumped. */
#define JUMP_US (INT64_C(1) * 1000000)

void
roll_pace_init(RollPace *pace)
{
	memset(pace, 0, sizeof(*pace));
}

double
roll_pace_get_nominal_hz(const RollPace *pace)
{
	return pace->last.period_us > 0 ? 1e6 / pace->last.period_us : 0;
}

static void
begin_stretch(RollPace *pace, int64_t arrival_us)
{
	pace->begin_us = arrival_us;
	pace->n_samples = 0;
}

static void
count(RollPace *pace, const RollPulse *pulse)
{
	const int64_t waited_us = pulse->arrival_us - pace->last.arrival_us;
	const int64_t span_us = pulse->arrival_us - pace->begin_us;

	if (waited_us < 0 || waited_us >= ROLL_PACE_SILENCE_US) {
		begin_stretch(pace, pulse->arrival_us);
		return;
	}
	pace->n_samples += pulse->n_samples;
	if (span_us < ROLL_PACE_STRETCH_US)
		return;
	pace->rate_hz = pace->n_samples * 1e6 / (double)span_us;
	begin_stretch(pace, pulse->arrival_us);
}

/* The clocks are compared from here on; what was found of their drift stays. */
static void
begin_comparison(RollPace *pace)
{
	pace->has_level = false;
	pace->has_first = false;
}

static void
end_level(RollPace *pace)
{
	const int64_t base_us = pace->level.t_us - pace->first.t_us;

	pace->has_level = false;
	if (!pace->has_first) {
		pace->first = pace->level;
		pace->has_first = true;
		return;
	}
	if (base_us < ROLL_PACE_BASE_US)
		return;
	pace->drift_ppm =
		(double)(pace->first.delay_us - pace->level.delay_us) * 1e6 / (double)base_us;
	pace->has_drift = true;
}

static void
compare(RollPace *pace, const RollPulse *pulse)
{
	const int64_t step_us = (int32_t)(pulse->clock_us - pace->last.clock_us);
	const int64_t waited_us = pulse->arrival_us - pace->last.arrival_us;
	RollPaceLevel now;

	if (!pulse->has_clock || !pace->last.has_clock || step_us < 0 ||
	    step_us - waited_us > JUMP_US || waited_us - step_us > JUMP_US) {
		begin_comparison(pace);
		return;
	}
	pace->t_us += step_us;
	now = (RollPaceLevel){.t_us = pace->t_us, .delay_us = pulse->arrival_us - pace->t_us};
	if (!pace->has_level) {
		pace->level_begin_us = pace->t_us;
		pace->level = now;
		pace->has_level = true;
	} else if (now.delay_us < pace->level.delay_us) {
		pace->level = now;
	}
	if (pace->t_us - pace->level_begin_us >= ROLL_PACE_LEVEL_US)
		end_level(pace);
}

void
roll_pace_feed(RollPace *pace, const RollPulse *pulse)
{
	pace->n_packets++;
	if (pace->has_begun) {
		count(pace, pulse);
		compare(pace, pulse);
	} else {
		begin_stretch(pace, pulse->arrival_us);
	}
	pace->has_begun = true;
	pace->last = *pulse;
}
