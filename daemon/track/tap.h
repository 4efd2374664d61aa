/* SPDX-License-Identifier: MIT
 *
 * A double tap: a person who lies on the roller at rest knocks on it twice with the hand, to say "here". Found in
 * the accelerometer alone, and refused wherever there is doubt.
 *
 *   deviation   ^      |            |
 *   from the    |      |            |                   told: the first sample that
 *   local mean  |      |            |                     | makes it certain
 *               +------+------------+---------------------x-> time
 *                300 ms  120..600 ms   300 ms after it
 *                 calm      calm         calm, and the mean is what it was before
 *
 * Judged is how far the specific force is from its own mean over the last tenth of a second, so that the mounting,
 * gravity's direction and slow turning drop out. A burst begins with the first sample beyond faint, and the mean stands
 * still while it lasts. A knock is a burst that
 *
 *   - is over at once: what comes later than ROLL_TAP_KNOCK_US is below faint, or a small share of its peak (ringing);
 *   - is as strong as a knock looks when it is smeared over a sample; stronger, the longer it lasts.
 *
 * Anything else is unrest: a longer or a fainter burst (a push, a rattle), a spread that is too large, a mean that
 * wanders (rolling at an even speed), a silence in which something may have been missed, a value that cannot be. Two
 * knocks, calm before, between and after, are a double tap if the mean behind them is what it was before: a knock comes
 * back, a turn does not.
 *
 * Latency: ROLL_TAP_CALM_US after the end of the second knock: 300 ms, the knock, and a sample period or two.
 *
 * Missed, rather than told wrongly: knocks while the roller rolls at more than 1 cm/s, shakes by more than 0.15 g
 * rms, or comes to lie differently by 3 degrees; less than 600 ms after a knock that was refused; with a third one within
 * 300 ms; with a packet lost from 300 ms before to 300 ms after; that ring on (to 1/e in more than 10 ms); that noise
 * hides. At 50 Hz a knock of 4 ms is a fifth of itself, so one pair in 20 is lost; at 25 Hz two in five.
 *
 * Told though it is none: whatever strikes a resting roller exactly twice in this rhythm and leaves it where it was (a heel
 * on the floor, two single bumps); and three, one of which the sensor did not see above its noise: once in 160 hours of
 * restless made-up life.
 *
 * The numbers are reasoned and tried on made-up streams (tests/track/test-tap.c), not on hardware. The scheme is that of
 * the tap engines inside accelerometers: a threshold, a longest duration, a dead time, a window for the second tap, and
 * nothing above the threshold in between (Analog Devices ADXL345: THRESH_TAP, DUR, Latent, Window, suppress; ST LIS3DH:
 * CLICK_THS, TIME_LIMIT, TIME_LATENCY, TIME_WINDOW; an example often seen for the former is 3.1 g, 9.4 ms, 100 ms,
 * 250 ms). Those see 400 samples a second and more. Here a knock is smeared, so the threshold is a tenth of theirs, and
 * calm and orientation make up for it.
 */
#pragma once

#include "daemon/track/vector.h"

/* A burst of one sample is strong beyond this, of g. At 100 Hz a knock of 1.5 g and 4 ms is 0.38 g, at 50 Hz 0.19 g. */
#define ROLL_TAP_STRONG_G 0.26
/* The same for the longer ones: of two samples or ROLL_TAP_BRIEF_US, where a knock is shared by two samples; and up to
 * ROLL_TAP_KNOCK_US, where nothing is smeared any more, and a push of the whole body reaches 0.5 g. */
#define ROLL_TAP_SHARED_G 0.33
#define ROLL_TAP_LONG_G 0.60
#define ROLL_TAP_BRIEF_US INT64_C(10000)
/* Longest knock, us, or one sample more where samples are farther apart: a hand on a hard body takes 3 to 20 ms. */
#define ROLL_TAP_KNOCK_US INT64_C(20000)
/* Until then after a knock's begin, us, ringing below this share of its peak is passed over. */
#define ROLL_TAP_RING_US INT64_C(60000)
#define ROLL_TAP_RING_SHARE 0.20
/* A sample beyond this, of g, begins a burst: above what breathing and a calm hand do. */
#define ROLL_TAP_FAINT_G 0.15
/* Strong and faint rise with the spread, the rms of the deviation: of noise on three axes, one sample in 2e7 and one
 * in 3e4 is beyond these multiples. */
#define ROLL_TAP_STRONG_SPREADS 3.5
#define ROLL_TAP_FAINT_SPREADS 2.8
/* A larger spread is no rest, of g: noise of 0.05 g rms on each axis with a tremor of 0.1 g makes 0.11 g. */
#define ROLL_TAP_SPREAD_MOST_G 0.15
/* The mean goes over about this time, us: longer than a period of tremor (8 to 12 Hz), shorter than calm. */
#define ROLL_TAP_MEAN_US INT64_C(100000)
/* From knock to knock, us, to within a sample: what a hand does quickly, and slowly. */
#define ROLL_TAP_APART_LEAST_US INT64_C(120000)
#define ROLL_TAP_APART_MOST_US INT64_C(600000)
/* Calm before the first and after the second, us: longer than the bumps of a rattle are apart. */
#define ROLL_TAP_CALM_US INT64_C(300000)
/* A mean that has moved by more than this, of g, has turned, 3 degrees or 4 mm of rolling; and by so much of the spread
 * more, for what noise leaves in it. */
#define ROLL_TAP_TURN_G 0.05
#define ROLL_TAP_TURN_SPREADS 0.3
/* Sensors outside 25 to 400 Hz, to within 20 %, tell nothing: period, us. */
#define ROLL_TAP_PERIOD_LEAST_US INT64_C(2000)
#define ROLL_TAP_PERIOD_MOST_US INT64_C(48000)

/* A burst that goes on. */
typedef struct {
	int64_t first_us,
		last_us;     /* samples: its first, and its last one that is more than ringing */
	double peak_mps2;    /* deviation, greatest so far */
	double shared_mps2;  /* the same for two neighbours together */
	RollAxis after_mps2; /* mean since last_us, over after_us */
	int64_t after_us;
} RollTapBurst;

typedef struct {
	bool has_begun;
	int64_t last_us;      /* last sample */
	RollAxis change_mps2; /* its deviation */
	RollAxis mean_mps2;   /* the reference, over mean_us, which is ROLL_TAP_MEAN_US at most */
	RollAxis before_mps2; /* the same, one sample before */
	int64_t mean_us;
	double square;	       /* mean square of the deviation, (m/s2)2 */
	int64_t calm_us;       /* since when it is calm */
	int64_t calm_least_us; /* for how long it must have been before a first knock */
	RollAxis still_mps2;   /* the mean when calm began */
	bool is_struck;	       /* burst is valid */
	RollTapBurst burst;
	unsigned n_knocks;	     /* of a double tap to be: 0..2 */
	RollAxis anchor_mps2;	     /* the mean before the first */
	int64_t first_us, second_us; /* when they began */
} RollTap;

/* Begins before the first sample. */
void roll_tap_init(RollTap *tap);

/* Feeds one sample of a stream whose samples are nominally period_us apart. Any values are taken: time that does not
 * rise, a silence, and a value that cannot be make it begin anew. Returns true on the sample that makes a double tap
 * certain, once for each; tap->first_us and tap->second_us then tell when its knocks began. */
ROLL_MUST_USE bool roll_tap_feed(RollTap *tap, int64_t t_us, int64_t period_us,
				 RollSensorVec pull_mps2);
