/* SPDX-License-Identifier: MIT
 *
 * One sensor and everything that can go wrong between it and us: each case ends with values coming again.
 */
#include "tests/daemon-bluez/bluez-fixture.h"

#include <string.h>

#define MEASUREMENT ROLL_UUID_ROLLER_MEASUREMENT

static gboolean
is(BluezFixture *fixture, RollLink link)
{
	return bluez_fixture_is(fixture, FIRST_ADDRESS, link);
}

/* Whether this was told at some time as the reason. */
static gboolean
was_told(BluezFixture *fixture, const char *detail)
{
	const char *all = bluez_fixture_get_status(fixture, FIRST_ADDRESS)->all_details;

	return all && strstr(all, detail);
}

static void
expect_recovery(BluezFixture *fixture, FakeSensor *sensor)
{
	WAIT_FOR(is(fixture, ROLL_LINK_STREAMING));
	g_assert_cmpstr(bluez_fixture_get_status(fixture, FIRST_ADDRESS)->detail, ==, NULL);
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
}

static void
test_connect_fails(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	fake_bluez_fail(fixture->fake, "Connect", 4, "org.bluez.Error.Failed",
			"le-connection-abort-by-local");
	bluez_fixture_start(fixture, NULL);
	expect_recovery(fixture, sensor);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Connect"), ==, 5);
	g_assert_true(was_told(fixture, "cannot connect: le-connection-abort-by-local"));
}

static void
test_connect_errors(BluezFixture *fixture, gconstpointer error)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	fixture->timing.resolve_ms =
		100; /* after InProgress and the like: waits for Connected so long */
	fake_bluez_fail(fixture->fake, "Connect", 1, error, NULL);
	bluez_fixture_start(fixture, NULL);
	expect_recovery(fixture, sensor);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Connect"), ==, 2);
}

/* Our own limit, and Disconnect to cancel the attempt. */
static void
test_connect_unanswered(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	fixture->timing.connect_ms = 100;
	fake_bluez_ignore(fixture->fake, "Connect", 1);
	bluez_fixture_start(fixture, NULL);
	expect_recovery(fixture, sensor);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Disconnect"), ==, 1);
	g_assert_true(was_told(fixture, "cannot connect: no result after 0.1 s"));
}

static void
test_never_resolves(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	fixture->timing.resolve_ms = 100;
	fake_sensor_set_order(sensor, FAKE_ORDER_BY_HAND);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(fake_bluez_count(fixture->fake, "Disconnect") == 1);
	fake_sensor_set_order(sensor, FAKE_ORDER_USUAL);
	expect_recovery(fixture, sensor);
	g_assert_true(
		was_told(fixture, "connected, but its services were not resolved after 0.1 s"));
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "RemoveDevice"), ==, 0);
}

/* bluetoothd remembers the services of an older firmware: the second time it is made to forget them. */
static void
test_stale_services(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	fixture->timing.resolve_ms = 100;
	fake_sensor_make_stale(sensor, MEASUREMENT);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(fake_bluez_count(fixture->fake, "RemoveDevice") == 1);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Disconnect"), ==, 1);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Connect"), ==, 2);
	g_assert_true(was_told(fixture, "characteristic " MEASUREMENT " is missing"));
	expect_recovery(fixture, sensor);
}

static void
test_link_lost(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	for (guint i = 0; i < 3; i++) {
		bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
		fake_sensor_drop(sensor);
		WAIT_FOR(is(fixture, ROLL_LINK_ABSENT));
		g_assert_false(fake_sensor_is_started(sensor));
		expect_recovery(fixture, sensor);
	}
	g_assert_cmpuint(bluez_fixture_count(fixture, FIRST_ADDRESS, MEASUREMENT), ==, 6);
	g_assert_cmpuint(bluez_fixture_count(fixture, FIRST_ADDRESS, ROLL_UUID_ROLLER_FEATURE), ==,
			 4);
}

/* Lost in the middle of everything, and Connected stays true: only the objects go. */
static void
test_link_lost_untold(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor;

	(void)unused;
	fixture->timing.resolve_ms = 100;
	sensor = bluez_fixture_stream(fixture);
	fake_sensor_drop_untold(sensor);
	WAIT_FOR(fake_bluez_count(fixture->fake, "Disconnect") == 1);
	expect_recovery(fixture, sensor);
}

/* Lost while the start is under way. */
static void
test_link_lost_in_start(BluezFixture *fixture, gconstpointer method)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	fake_bluez_ignore(fixture->fake, method, 1);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(fake_bluez_count(fixture->fake, method) == 1);
	fake_sensor_drop(sensor);
	expect_recovery(fixture, sensor);
}

/* It is lost and back in one breath: it still has to be started again. */
static void
test_link_blinks(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	fake_sensor_drop(sensor);
	fake_sensor_connect(sensor);
	WAIT_FOR(fake_sensor_is_started(sensor));
	expect_recovery(fixture, sensor);
}

static void
test_device_vanishes(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	fake_sensor_remove(sensor);
	WAIT_FOR(is(fixture, ROLL_LINK_ABSENT));
	expect_recovery(fixture, sensor);
}

/* The answer to an operation fails: the link is left and taken up again. */
static void
test_operation_fails(BluezFixture *fixture, gconstpointer method)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	fake_bluez_fail(fixture->fake, method, 1, "org.bluez.Error.Failed", "Operation failed");
	bluez_fixture_start(fixture, NULL);
	expect_recovery(fixture, sensor);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Disconnect"), ==, 1);
	g_assert_true(was_told(fixture, "Operation failed"));
}

static void
test_operation_unanswered(BluezFixture *fixture, gconstpointer method)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	fixture->timing.operation_ms = 100;
	fake_bluez_ignore(fixture->fake, method, 1);
	bluez_fixture_start(fixture, NULL);
	expect_recovery(fixture, sensor);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Disconnect"), ==, 1);
}

/* InProgress is no failure: the operation is tried again, on the same link. */
static void
test_operation_busy(BluezFixture *fixture, gconstpointer method)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	fake_bluez_fail(fixture->fake, method, 5, "org.bluez.Error.InProgress", "In Progress");
	bluez_fixture_start(fixture, NULL);
	expect_recovery(fixture, sensor);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Connect"), ==, 1);
}

static void
test_always_busy(BluezFixture *fixture, gconstpointer unused)
{
	bluez_fixture_add(fixture, FIRST_ADDRESS);
	(void)unused;
	fake_bluez_fail(fixture->fake, "WriteValue", -1, "org.bluez.Error.InProgress",
			"In Progress");
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(fake_bluez_count(fixture->fake, "Disconnect") >= 1);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "WriteValue"), <=, 15);
	g_assert_true(was_told(fixture, "cannot write " ROLL_UUID_ROLLER_CONTROL));
}

/* Silence. */

static void
test_silent_then_started_again(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor;

	(void)unused;
	fixture->timing.silent_ms = 100;
	fixture->timing.silent_leave_ms = 10000;
	sensor = bluez_fixture_stream(fixture);
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	fake_bluez_forget(fixture->fake);
	fake_sensor_stop(sensor);
	WAIT_FOR(is(fixture, ROLL_LINK_SILENT));
	g_assert_true(was_told(fixture, "no sample for 0.1 s"));
	WAIT_FOR(fake_sensor_is_started(sensor));
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	expect_recovery(fixture, sensor);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Disconnect"), ==, 0);
}

static void
test_silent_then_subscribed_again(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor;

	(void)unused;
	fixture->timing.silent_ms = 100;
	fixture->timing.silent_leave_ms = 10000;
	sensor = bluez_fixture_stream(fixture);
	fake_bluez_forget(fixture->fake);
	WAIT_FOR(fake_bluez_count(fixture->fake, "StopNotify") == 2);
	WAIT_FOR(fake_bluez_count(fixture->fake, "StartNotify") == 2);
	WAIT_FOR(fake_bluez_count(fixture->fake, "WriteValue") == 2);
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	expect_recovery(fixture, sensor);
	g_assert_cmpuint(bluez_fixture_count(fixture, FIRST_ADDRESS, MEASUREMENT), ==, 2);
}

static void
test_silent_then_left(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor;

	(void)unused;
	fixture->timing.silent_ms = 50;
	fixture->timing.silent_leave_ms = 150;
	sensor = bluez_fixture_stream(fixture);
	WAIT_FOR(fake_bluez_count(fixture->fake, "Disconnect") == 1);
	WAIT_FOR(fake_sensor_is_started(sensor));
	/* On a slow machine it may be further by now. */
	g_assert_true(g_str_has_prefix(bluez_fixture_get_status(fixture, FIRST_ADDRESS)->all_links,
				       "connecting streaming silent absent connecting"));
	WAIT_FOR(is(fixture, ROLL_LINK_STREAMING));
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
}

/* Values that hold no samples, or are refused, do not count as life. */
static void
test_rubbish_is_silence(BluezFixture *fixture, gconstpointer unused)
{
	static const guint8 rubbish[] = {0xff, 1, 2};
	FakeSensor *sensor;

	(void)unused;
	fixture->timing.silent_ms = 50;
	fixture->timing.silent_leave_ms = 10000;
	sensor = bluez_fixture_stream(fixture);
	while (!is(fixture, ROLL_LINK_SILENT)) {
		fake_sensor_notify(sensor, MEASUREMENT, rubbish, sizeof rubbish);
		g_main_context_iteration(NULL, TRUE);
	}
	g_assert_cmpuint(bluez_fixture_count(fixture, FIRST_ADDRESS, MEASUREMENT), >, 0);
}

/* An attempt follows the last one later and later, with a limit. */
static void
test_backoff(void)
{
	RollBackoff backoff = {0};
	guint expected = 1000;

	for (guint i = 0; i < 10; i++) {
		guint delay = roll_backoff_step(&backoff, 1000, 60000);

		g_assert_cmpuint(delay, >=, expected);
		g_assert_cmpuint(delay, <=, expected + expected / 4);
		g_assert_cmpint(roll_backoff_is_exhausted(&backoff, 60000), ==, expected == 60000);
		expected = MIN(expected * 2, 60000);
	}
	roll_backoff_reset(&backoff);
	g_assert_cmpuint(roll_backoff_step(&backoff, 1000, 60000), <=, 1250);
}

static void
add(const char *name, gconstpointer data, void (*test)(BluezFixture *, gconstpointer))
{
	g_autofree char *path = g_strconcat("/bluez/recover/", name, NULL);

	g_test_add(path, BluezFixture, data, bluez_fixture_set_up, test, bluez_fixture_tear_down);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bluez/recover/backoff", test_backoff);
	add("connect-fails", NULL, test_connect_fails);
	add("connect-not-ready", "org.bluez.Error.NotReady", test_connect_errors);
	add("connect-in-progress", "org.bluez.Error.InProgress", test_connect_errors);
	add("connect-already", "org.bluez.Error.AlreadyConnected", test_connect_errors);
	add("connect-unknown-object", "org.freedesktop.DBus.Error.UnknownObject",
	    test_connect_errors);
	add("connect-no-reply", "org.freedesktop.DBus.Error.NoReply", test_connect_errors);
	add("connect-unanswered", NULL, test_connect_unanswered);
	add("never-resolves", NULL, test_never_resolves);
	add("stale-services", NULL, test_stale_services);
	add("link-lost", NULL, test_link_lost);
	add("link-lost-untold", NULL, test_link_lost_untold);
	add("link-lost-in-read", "ReadValue", test_link_lost_in_start);
	add("link-lost-in-subscription", "StartNotify", test_link_lost_in_start);
	add("link-lost-in-start", "WriteValue", test_link_lost_in_start);
	add("link-blinks", NULL, test_link_blinks);
	add("device-vanishes", NULL, test_device_vanishes);
	add("read-fails", "ReadValue", test_operation_fails);
	add("subscription-fails", "StartNotify", test_operation_fails);
	add("start-fails", "WriteValue", test_operation_fails);
	add("read-unanswered", "ReadValue", test_operation_unanswered);
	add("start-unanswered", "WriteValue", test_operation_unanswered);
	add("read-busy", "ReadValue", test_operation_busy);
	add("subscription-busy", "StartNotify", test_operation_busy);
	add("start-busy", "WriteValue", test_operation_busy);
	add("always-busy", NULL, test_always_busy);
	add("silent-then-started-again", NULL, test_silent_then_started_again);
	add("silent-then-subscribed-again", NULL, test_silent_then_subscribed_again);
	add("silent-then-left", NULL, test_silent_then_left);
	add("rubbish-is-silence", NULL, test_rubbish_is_silence);
	return g_test_run();
}
