/* SPDX-License-Identifier: MIT
 *
 * When sensors are looked for, and when not.
 */
#include "tests/daemon-bluez/bluez-fixture.h"

static guint
count(BluezFixture *fixture, const char *method)
{
	return fake_bluez_count(fixture->fake, method);
}

static gboolean
is_discovering(BluezFixture *fixture)
{
	return fake_bluez_is_discovering(fixture->fake, "hci0");
}

static void
shorten(BluezFixture *fixture)
{
	fixture->timing.discovery_first_ms = 150;
	fixture->timing.discovery_burst_ms = 50;
	fixture->timing.discovery_period_ms = fixture->timing.discovery_last_ms = 100;
}

/* A long burst, then a short one now and then, for ever, until a sensor is there. */
static void
test_bursts(BluezFixture *fixture, gconstpointer unused)
{
	g_autoptr(GTimer) timer = NULL;

	(void)unused;
	shorten(fixture);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(is_discovering(fixture));
	timer = g_timer_new();
	WAIT_FOR(!is_discovering(fixture));
	g_assert_cmpfloat(g_timer_elapsed(timer, NULL), >=, 0.1);
	WAIT_FOR(count(fixture, "StartDiscovery") == 3);
	WAIT_FOR(count(fixture, "StopDiscovery") == 3);
	bluez_fixture_add(fixture, FIRST_ADDRESS);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	bluez_fixture_pass(100); /* the rest of the burst that found it */
	g_assert_false(is_discovering(fixture));
	fake_bluez_forget(fixture->fake);
	bluez_fixture_pass(400);
	g_assert_cmpuint(count(fixture, "StartDiscovery"), ==, 0);
}

/* Where nothing is found they come more and more rarely; a new adapter brings them back. */
static void
test_bursts_grow_rare(BluezFixture *fixture, gconstpointer unused)
{
	g_autoptr(GTimer) timer = NULL;

	(void)unused;
	fixture->timing.discovery_first_ms = fixture->timing.discovery_burst_ms = 10;
	fixture->timing.discovery_period_ms = 200;
	fixture->timing.discovery_last_ms = 20000;
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(count(fixture, "StopDiscovery") == 3); /* pauses of 200 and 400 ms lie behind */
	timer = g_timer_new();
	WAIT_FOR(count(fixture, "StartDiscovery") == 4);
	g_assert_cmpfloat(g_timer_elapsed(timer, NULL), >=, 0.7);
	fake_bluez_set_powered(fixture->fake, "hci0", FALSE);
	fake_bluez_forget(fixture->fake);
	fake_bluez_set_powered(fixture->fake, "hci0", TRUE);
	WAIT_FOR(count(fixture, "StopDiscovery") == 1);
	g_timer_start(timer);
	WAIT_FOR(count(fixture, "StartDiscovery") == 2);
	g_assert_cmpfloat(g_timer_elapsed(timer, NULL), <, 1.4); /* and not 1600 ms */
}

/* The long burst is interrupted to connect, and finished afterwards: it finds the second sensor. */
static void
test_burst_is_finished(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	bluez_fixture_stream(fixture);
	WAIT_FOR(is_discovering(fixture));
	bluez_fixture_add(fixture, SECOND_ADDRESS);
	WAIT_FOR(bluez_fixture_is(fixture, SECOND_ADDRESS, ROLL_LINK_STREAMING));
}

/* Nothing looks while a sensor is being connected, even if that takes long. */
static void
test_not_while_connecting(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	shorten(fixture);
	bluez_fixture_add(fixture, FIRST_ADDRESS);
	fake_bluez_ignore(fixture->fake, "Connect", 1);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(count(fixture, "Connect") == 1);
	g_assert_false(is_discovering(fixture));
	fake_bluez_forget(fixture->fake);
	bluez_fixture_pass(300);
	g_assert_cmpuint(count(fixture, "StartDiscovery"), ==, 0);
}

/* Two in sight are connected one after the other. */
static void
test_one_connect_at_a_time(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->timing.connect_ms = 200;
	bluez_fixture_add(fixture, FIRST_ADDRESS);
	bluez_fixture_add(fixture, SECOND_ADDRESS);
	fake_bluez_ignore(fixture->fake, "Connect", 1);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(count(fixture, "Connect") == 1);
	bluez_fixture_pass(50);
	g_assert_cmpuint(count(fixture, "Connect"), ==, 1);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	WAIT_FOR(bluez_fixture_is(fixture, SECOND_ADDRESS, ROLL_LINK_STREAMING));
}

/* A known sensor that is away is not connected to blindly for ever, since it comes back by itself. */
static void
test_gives_up_blind_attempts(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);
	guint n_connects;

	(void)unused;
	WAIT_FOR(fake_sensor_is_trusted(sensor));
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	fake_bluez_forget(fixture->fake);
	fake_sensor_set_away(sensor, TRUE);
	WAIT_FOR(count(fixture, "Connect") == 3); /* after 10, 20 and 40 ms; 80 is the last delay */
	bluez_fixture_pass(300);
	n_connects = count(fixture, "Connect");
	g_assert_cmpuint(n_connects, ==, 3);
	fake_sensor_set_away(sensor, FALSE);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
}

/* With nothing to do, nothing wakes up: no timer is set but that of the next burst. */
static void
test_idle_is_idle(BluezFixture *fixture, gconstpointer unused)
{
	guint n_wakes;

	(void)unused;
	fixture->timing.discovery_first_ms = 50;
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(count(fixture, "StopDiscovery") == 1);
	bluez_fixture_pass(100); /* what is under way comes to rest */
	n_wakes = bluez_fixture_pass(500);
	g_assert_cmpuint(n_wakes, <=, 1); /* the end of the 500 ms itself */
}

/* A burst that is over before bluetoothd has begun it: it is ended as soon as it can be, not a burst later. */
static void
test_slow_start(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->timing.discovery_first_ms = 50;
	fake_bluez_set_start_slow(fixture->fake, TRUE);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(count(fixture, "StartDiscovery") == 1);
	bluez_fixture_pass(150);
	g_assert_cmpuint(count(fixture, "StopDiscovery"), ==, 0);
	fake_bluez_set_start_slow(fixture->fake, FALSE);
	WAIT_FOR(count(fixture, "StopDiscovery") == 1);
	WAIT_FOR(!is_discovering(fixture));
	g_assert_cmpuint(count(fixture, "StartDiscovery"), ==, 1);
}

/* The next burst comes while the one before is still being begun: that is it. */
static void
test_wanted_again(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->timing.discovery_first_ms = 50;
	fixture->timing.discovery_burst_ms = 20000;
	fixture->timing.discovery_period_ms = fixture->timing.discovery_last_ms = 50;
	fake_bluez_set_start_slow(fixture->fake, TRUE);
	bluez_fixture_start(fixture, NULL);
	bluez_fixture_pass(300);
	fake_bluez_set_start_slow(fixture->fake, FALSE);
	WAIT_FOR(is_discovering(fixture));
	bluez_fixture_pass(100);
	g_assert_true(is_discovering(fixture));
	g_assert_cmpuint(count(fixture, "StartDiscovery"), ==, 1);
	g_assert_cmpuint(count(fixture, "StopDiscovery"), ==, 0);
}

static void
add(const char *name, void (*test)(BluezFixture *, gconstpointer))
{
	g_autofree char *path = g_strconcat("/bluez/discovery/", name, NULL);

	g_test_add(path, BluezFixture, NULL, bluez_fixture_set_up, test, bluez_fixture_tear_down);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add("bursts", test_bursts);
	add("bursts-grow-rare", test_bursts_grow_rare);
	add("burst-is-finished", test_burst_is_finished);
	add("not-while-connecting", test_not_while_connecting);
	add("one-connect-at-a-time", test_one_connect_at_a_time);
	add("gives-up-blind-attempts", test_gives_up_blind_attempts);
	add("idle-is-idle", test_idle_is_idle);
	add("slow-start", test_slow_start);
	add("wanted-again", test_wanted_again);
	return g_test_run();
}
