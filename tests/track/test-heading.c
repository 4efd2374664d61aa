/* SPDX-License-Identifier: MIT
 *
 * A roller that is turned end for end in somebody's hands is noticed, and no other turning is taken for that.
 */
#include "daemon/track/heading.h"

#include "daemon/track/rotation.h"

#include <glib.h>

#define PERIOD_S 0.01
#define DEGREE (ROLL_PI / 180.0)

typedef struct {
	RollHeading heading;
	RollAxis axis;
	RollAxis across, other; /* two directions across the axis, across each other */
	RollAxis bias_radps;
	GRand *rand;
} Roller;

static Roller
make_roller(RollAxis axis, GRand *rand)
{
	Roller roller = {.axis = roll_axis_unit(axis), .rand = rand};

	roller.across = roll_axis_unit(roll_axis_cross(roller.axis, (RollAxis){0.3, 0.9, -0.2}));
	roller.other = roll_axis_cross(roller.axis, roller.across);
	roll_heading_init(&roller.heading);
	return roller;
}

static bool
feed(Roller *roller, RollAxis turn_radps, bool is_loaded)
{
	const double noise = g_rand_double_range(roller->rand, -0.01, 0.01);
	const RollAxis told = roll_axis_plus(roll_axis_plus(turn_radps, 1.0, roller->bias_radps),
					     noise, (RollAxis){1.0, -1.0, 1.0});
	const RollSensorVec sample = {(float)told.x, (float)told.y, (float)told.z};

	return roll_heading_feed(&roller->heading, roller->axis, sample, PERIOD_S, is_loaded);
}

/* Passes: turning about the axis only. */
static void
roll_on(Roller *roller, double seconds)
{
	const unsigned n = (unsigned)(seconds / PERIOD_S + 0.5);

	for (unsigned i = 0; i < n; i++)
		g_assert_false(feed(roller, roll_axis_scaled(roller->axis, 2.5 * sin(i * PERIOD_S)),
				    true));
}

/* In somebody's hands: by so much about a direction of the sensor, with a smooth beginning and end. */
static void
turn_by(Roller *roller, RollAxis about, double by_rad, double seconds)
{
	const unsigned n = (unsigned)(seconds / PERIOD_S + 0.5);

	for (unsigned i = 0; i < n; i++) {
		const double rate = by_rad / seconds * (1.0 - cos(ROLL_TURN_RAD * (i + 0.5) / n));

		g_assert_false(feed(roller, roll_axis_scaled(about, rate), false));
	}
}

static void
lift(Roller *roller)
{
	g_assert_false(feed(roller, (RollAxis){0}, false));
}

static bool
land(Roller *roller)
{
	return feed(roller, (RollAxis){0}, true);
}

/* About the upright, over the top, and about anything in between: whatever of the roller is up at the lift-off. */
static void
test_end_for_end(void)
{
	const RollAxis axes[] = {{0.0, 0.0, 1.0}, {0.0, -1.0, 0.0}, {0.6, 0.3, -0.7}};
	g_autoptr(GRand) rand = g_rand_new_with_seed(90);

	for (unsigned i = 0; i < 3 * 36; i++) {
		Roller roller = make_roller(axes[i % 3], rand);
		const double up_rad = i / 3 * 10.0 * DEGREE;
		const RollAxis about = roll_axis_plus(roll_axis_scaled(roller.across, cos(up_rad)),
						      sin(up_rad), roller.other);

		for (int by = -225; by <= 225; by += 45) {
			roll_on(&roller, 2.0);
			lift(&roller);
			turn_by(&roller, about, by * DEGREE, 1.5);
			g_assert_true(land(&roller) == (abs(by) >= 135));
			/* It is told once. */
			g_assert_false(land(&roller));
		}
	}
}

/* Rolled along in the hands before and after that, several times about its own axis: that turns nothing round. */
static void
test_spun(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(91);
	Roller roller = make_roller((RollAxis){0.2, -0.1, 1.0}, rand);

	for (unsigned i = 0; i < 60; i++) {
		const bool is_turned = i % 2;

		roll_on(&roller, 1.0);
		lift(&roller);
		turn_by(&roller, roller.axis, g_rand_double_range(rand, -20.0, 20.0), 2.0);
		turn_by(&roller, roller.across, is_turned ? ROLL_PI : 0.5 * ROLL_PI, 1.0);
		turn_by(&roller, roller.axis, g_rand_double_range(rand, -20.0, 20.0), 2.0);
		g_assert_true(land(&roller) == is_turned);
	}
}

/* Whole turns, and a turn to and fro, end as they began. */
static void
test_back_again(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(92);
	Roller roller = make_roller((RollAxis){0.0, 0.0, 1.0}, rand);

	roll_on(&roller, 5.0);
	lift(&roller);
	turn_by(&roller, roller.across, ROLL_TURN_RAD, 1.0);
	g_assert_false(land(&roller));
	lift(&roller);
	turn_by(&roller, roller.other, ROLL_PI, 1.0);
	turn_by(&roller, roller.other, -ROLL_PI, 1.0);
	g_assert_false(land(&roller));
	/* About the upright and over the top: twice end for end. */
	lift(&roller);
	turn_by(&roller, roller.across, ROLL_PI, 1.0);
	turn_by(&roller, roller.other, ROLL_PI, 1.0);
	g_assert_false(land(&roller));
}

/* A quarter about each direction in turn is none end for end, though with the last one the other way it is. */
static void
test_quarters(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(95);
	Roller roller = make_roller((RollAxis){0.5, -0.4, 0.7}, rand);

	for (int side = -1; side <= 1; side += 2) {
		for (int last = -1; last <= 1; last += 2) {
			roll_on(&roller, 2.0);
			lift(&roller);
			turn_by(&roller, roller.across, 0.5 * ROLL_PI, 1.0);
			turn_by(&roller, roller.axis, side * 0.5 * ROLL_PI, 1.0);
			turn_by(&roller, roller.other, last * 0.5 * ROLL_PI, 1.0);
			g_assert_true(land(&roller) == (side != last));
		}
	}
}

/* A bias across the axis is learned while it rolls: 3 degrees/s for 50 s would be 150 degrees. */
static void
test_bias(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(93);

	for (double seconds = 10.0; seconds <= 50.0; seconds += 10.0) {
		Roller roller = make_roller((RollAxis){0.1, 0.0, 1.0}, rand);

		roller.bias_radps = roll_axis_plus(roll_axis_scaled(roller.across, 3.0 * DEGREE),
						   2.0 * DEGREE, roller.axis);
		roll_on(&roller, 20.0);
		lift(&roller);
		turn_by(&roller, roller.across, 0.0, seconds);
		g_assert_false(land(&roller));
		roll_on(&roller, 1.0);
		lift(&roller);
		turn_by(&roller, roller.across, ROLL_PI, 1.0);
		turn_by(&roller, roller.across, 0.0, seconds);
		g_assert_true(land(&roller));
	}
}

/* What is not known is not told: after a silence, after a minute, before the first load. */
static void
test_unknown(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(94);
	Roller roller = make_roller((RollAxis){0.0, 1.0, 0.0}, rand);

	lift(&roller);
	turn_by(&roller, roller.across, ROLL_PI, 1.0);
	g_assert_false(land(&roller));
	roll_on(&roller, 5.0);
	lift(&roller);
	turn_by(&roller, roller.across, ROLL_PI, 1.0);
	roll_heading_lose(&roller.heading);
	g_assert_false(land(&roller));
	roll_on(&roller, 5.0);
	lift(&roller);
	turn_by(&roller, roller.across, ROLL_PI, 61.0);
	g_assert_false(land(&roller));
	/* And then it is as before. */
	roll_on(&roller, 5.0);
	lift(&roller);
	turn_by(&roller, roller.across, ROLL_PI, 1.0);
	g_assert_true(land(&roller));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/heading/end-for-end", test_end_for_end);
	g_test_add_func("/heading/spun", test_spun);
	g_test_add_func("/heading/back-again", test_back_again);
	g_test_add_func("/heading/quarters", test_quarters);
	g_test_add_func("/heading/bias", test_bias);
	g_test_add_func("/heading/unknown", test_unknown);
	return g_test_run();
}
