/* SPDX-License-Identifier: MIT */
#include "daemon/track/tap.h"

#include "daemon/track/packet.h"

#include <string.h>

/* Spread before any is known, of g. */
#define SPREAD_FIRST_G 0.1
/* After a knock that was refused, calm must last longer, so that no two of a series make a pair, us. */
#define CALM_REFUSED_US ROLL_TAP_APART_MOST_US
/* A step of more than one and a half periods and this is a silence: a knock may have been missed, us. */
#define SILENCE_SLACK_US 5000

/* One sample on its way. */
typedef struct {
	int64_t t_us;
	int64_t step_us, period_us;
	RollAxis pull_mps2;
	double away_mps2;   /* from the mean */
	double shared_mps2; /* the same, together with the sample before */
} Sample;

void
roll_tap_init(RollTap *tap)
{
	memset(tap, 0, sizeof(*tap));
}

/* Whatever was, is no longer judged by: the reference begins with this sample. */
static void
begin(RollTap *tap, const Sample *sample)
{
	tap->has_begun = true;
	tap->change_mps2 = (RollAxis){0.0, 0.0, 0.0};
	tap->mean_mps2 = sample->pull_mps2;
	tap->before_mps2 = sample->pull_mps2;
	tap->still_mps2 = sample->pull_mps2;
	tap->mean_us = sample->period_us;
	tap->square = SPREAD_FIRST_G * ROLL_G_MPS2 * SPREAD_FIRST_G * ROLL_G_MPS2;
	tap->calm_us = sample->t_us;
	tap->calm_least_us = ROLL_TAP_CALM_US;
	tap->is_struck = false;
	tap->n_knocks = 0;
}

/* ---- Calm ---- */

static double
get_faint_mps2(const RollTap *tap)
{
	return fmax(ROLL_TAP_FAINT_G * ROLL_G_MPS2, ROLL_TAP_FAINT_SPREADS * sqrt(tap->square));
}

/* Whether the reference is another than it was, by more than noise makes of it. */
static bool
is_turned(const RollTap *tap, RollAxis was_mps2)
{
	const RollAxis change = roll_axis_plus(tap->mean_mps2, -1.0, was_mps2);
	const double most_mps2 =
		ROLL_TAP_TURN_G * ROLL_G_MPS2 + ROLL_TAP_TURN_SPREADS * sqrt(tap->square);

	return roll_axis_dot(change, change) > most_mps2 * most_mps2;
}

static void
mix(RollAxis *mean, double gain, RollAxis v)
{
	*mean = roll_axis_plus(roll_axis_scaled(*mean, 1.0 - gain), gain, v);
}

static void
learn(RollTap *tap, const Sample *sample)
{
	const double most_mps2 = ROLL_TAP_SPREAD_MOST_G * ROLL_G_MPS2;
	double gain;

	tap->mean_us += sample->step_us;
	if (tap->mean_us > ROLL_TAP_MEAN_US)
		tap->mean_us = ROLL_TAP_MEAN_US;
	gain = (double)sample->step_us / (double)tap->mean_us;
	tap->before_mps2 = tap->mean_mps2;
	mix(&tap->mean_mps2, gain, sample->pull_mps2);
	tap->square += gain * (sample->away_mps2 * sample->away_mps2 - tap->square);
	if (tap->mean_us < ROLL_TAP_MEAN_US)
		tap->still_mps2 = tap->mean_mps2;
	else if (tap->n_knocks > 0 && is_turned(tap, tap->anchor_mps2))
		tap->n_knocks = 0;
	if (tap->square < most_mps2 * most_mps2 && !is_turned(tap, tap->still_mps2))
		return;
	tap->still_mps2 = tap->mean_mps2;
	tap->calm_us = sample->t_us;
	tap->n_knocks = 0;
}

/* ---- Knocks ---- */

static void
refuse(RollTap *tap)
{
	tap->n_knocks = 0;
	tap->calm_least_us = CALM_REFUSED_US;
}

static void
take_first(RollTap *tap)
{
	if (tap->burst.first_us - tap->calm_us < tap->calm_least_us) {
		refuse(tap);
		return;
	}
	tap->n_knocks = 1;
	tap->calm_least_us = ROLL_TAP_CALM_US;
	tap->first_us = tap->burst.first_us;
	/* Not the last sample before it: that may have felt the knock's begin. */
	tap->anchor_mps2 = tap->before_mps2;
}

static void
take_knock(RollTap *tap, int64_t period_us)
{
	const int64_t apart_us = tap->burst.first_us - tap->first_us;

	if (tap->n_knocks == 0 ||
	    (tap->n_knocks == 1 && apart_us > ROLL_TAP_APART_MOST_US + period_us / 2)) {
		take_first(tap);
	} else if (tap->n_knocks == 1 && apart_us >= ROLL_TAP_APART_LEAST_US - period_us / 2) {
		tap->n_knocks = 2;
		tap->second_us = tap->burst.first_us;
	} else {
		refuse(tap);
	}
}

static bool
is_strong(const RollTap *tap, int64_t period_us)
{
	const RollTapBurst *burst = &tap->burst;
	const int64_t lasted_us = burst->last_us - burst->first_us;
	const int64_t brief_us = period_us > ROLL_TAP_BRIEF_US ? period_us : ROLL_TAP_BRIEF_US;
	double found_mps2 = burst->peak_mps2, least_g = ROLL_TAP_STRONG_G;

	if (lasted_us > brief_us + period_us / 2) {
		least_g = ROLL_TAP_LONG_G;
	} else if (lasted_us > 0) {
		found_mps2 = fmax(found_mps2, burst->shared_mps2);
		least_g = ROLL_TAP_SHARED_G;
	}
	return found_mps2 >
	       fmax(least_g * ROLL_G_MPS2, ROLL_TAP_STRONG_SPREADS * sqrt(tap->square));
}

/* The burst was short, and its ringing is over. */
static void
end_burst(RollTap *tap, int64_t period_us)
{
	const RollTapBurst *burst = &tap->burst;

	tap->is_struck = false;
	if (is_strong(tap, period_us))
		take_knock(tap, period_us);
	else
		tap->n_knocks = 0;
	tap->calm_us = burst->last_us;
	/* The mean before counts no longer, so that a turn shows at once. */
	if (burst->after_us > 0) {
		tap->mean_mps2 = burst->after_mps2;
		tap->mean_us = burst->after_us;
	}
}

static void
go_on(RollTap *tap, const Sample *sample)
{
	const int64_t longest_us =
		sample->period_us > ROLL_TAP_KNOCK_US ? sample->period_us : ROLL_TAP_KNOCK_US;
	RollTapBurst *burst = &tap->burst;

	if (!tap->is_struck) {
		tap->is_struck = true;
		memset(burst, 0, sizeof(*burst));
		burst->first_us = sample->t_us;
	}
	burst->peak_mps2 = fmax(burst->peak_mps2, sample->away_mps2);
	burst->shared_mps2 = fmax(burst->shared_mps2, sample->shared_mps2);
	if (sample->away_mps2 > fmax(get_faint_mps2(tap), ROLL_TAP_RING_SHARE * burst->peak_mps2)) {
		burst->last_us = sample->t_us;
		burst->after_us = 0;
	} else {
		burst->after_us += sample->step_us;
		mix(&burst->after_mps2, (double)sample->step_us / (double)burst->after_us,
		    sample->pull_mps2);
	}
	if (burst->last_us - burst->first_us > longest_us + sample->period_us / 2)
		begin(tap, sample);
}

/* ---- Samples ---- */

/* Whether a sample comes so soon after the last one that nothing can have been between. */
static bool
follows(const RollTap *tap, int64_t t_us, int64_t period_us)
{
	/* Unsigned: the two may be as far apart as any. */
	const uint64_t step_us = (uint64_t)t_us - (uint64_t)tap->last_us;

	return tap->has_begun && t_us > tap->last_us &&
	       step_us <= (uint64_t)(period_us + period_us / 2 + SILENCE_SLACK_US);
}

/* How far a sample is from the mean. A knock that falls between two samples is shared by them, so their sum is looked
 * at as well; over root 2, since the noise of both adds up to that. */
static void
compare(RollTap *tap, Sample *sample)
{
	const RollAxis change = roll_axis_plus(sample->pull_mps2, -1.0, tap->mean_mps2);
	const RollAxis sum = roll_axis_plus(change, 1.0, tap->change_mps2);

	sample->away_mps2 = sqrt(roll_axis_dot(change, change));
	sample->shared_mps2 = sqrt(0.5 * roll_axis_dot(sum, sum));
	tap->change_mps2 = change;
}

/* Whether calm after two knocks has lasted; learn() has seen to it that the roller did not turn meanwhile. */
static bool
is_certain(RollTap *tap, int64_t t_us)
{
	if (tap->n_knocks < 2 || tap->is_struck || t_us - tap->calm_us < ROLL_TAP_CALM_US)
		return false;
	tap->n_knocks = 0;
	return true;
}

bool
roll_tap_feed(RollTap *tap, int64_t t_us, int64_t period_us, RollSensorVec pull_mps2)
{
	Sample sample = {
		.t_us = t_us,
		.period_us = period_us,
		.pull_mps2 = roll_axis_of(pull_mps2),
	};

	if (!roll_packet_is_possible_vec(pull_mps2) || period_us < ROLL_TAP_PERIOD_LEAST_US ||
	    period_us > ROLL_TAP_PERIOD_MOST_US) {
		tap->has_begun = false;
		return false;
	}
	if (!follows(tap, t_us, period_us)) {
		tap->last_us = t_us;
		begin(tap, &sample);
		return false;
	}
	sample.step_us = t_us - tap->last_us;
	tap->last_us = t_us;
	compare(tap, &sample);
	if (tap->is_struck && t_us - tap->burst.first_us >= ROLL_TAP_RING_US)
		end_burst(tap, period_us);
	/* By the mean as it was before the burst, even if that has just ended. */
	if (tap->is_struck || sample.away_mps2 > get_faint_mps2(tap))
		go_on(tap, &sample);
	else
		learn(tap, &sample);
	return is_certain(tap, t_us);
}
