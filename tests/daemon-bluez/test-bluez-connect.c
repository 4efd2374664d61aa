/* SPDX-License-Identifier: MIT
 *
 * The way to a sensor when nothing fails, in every order in which bluetoothd may tell it.
 */
#include "tests/daemon-bluez/bluez-fixture.h"

#include <string.h>

#define MEASUREMENT ROLL_UUID_ROLLER_MEASUREMENT

static void
test_discovers(BluezFixture *fixture, gconstpointer unused)
{
	static const char *const read[] = {ROLL_UUID_ROLLER_FEATURE, ROLL_UUID_MODEL,
					   ROLL_UUID_FIRMWARE, ROLL_UUID_MANUFACTURER,
					   ROLL_UUID_BATTERY_LEVEL};
	FakeSensor *sensor = bluez_fixture_stream(fixture);
	const BluezStatus *status = bluez_fixture_get_status(fixture, FIRST_ADDRESS);

	(void)unused;
	g_assert_cmpstr(status->all_links, ==, "connecting streaming");
	g_assert_cmpstr(status->name, ==, "Roller");
	g_assert_cmpstr(status->codec, ==, roll_codec_roller.name);
	g_assert_cmpstr(status->detail, ==, NULL);
	g_assert_cmpint(status->battery_pct, ==, 80);
	for (guint i = 0; i < G_N_ELEMENTS(read); i++)
		g_assert_cmpstr(bluez_fixture_get_value(fixture, FIRST_ADDRESS, NULL, i)->uuid, ==,
				read[i]);
	g_assert_true(fake_sensor_is_started(sensor));
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
}

/* Discovery is stopped before Connect; subscriptions come before START. */
static void
test_order_of_calls(BluezFixture *fixture, gconstpointer unused)
{
	g_autofree char *calls = NULL;
	g_autofree char *all = NULL;

	(void)unused;
	bluez_fixture_stream(fixture);
	WAIT_FOR(fake_bluez_count(fixture->fake, "Set") == 1);
	all = fake_bluez_dup_calls(fixture->fake);
	calls = g_strdup(strstr(all, "SetDiscoveryFilter"));
	/* The long burst goes on after that: another sensor may be wanted. */
	g_assert_true(g_str_has_prefix(
		calls,
		"SetDiscoveryFilter StartDiscovery StopDiscovery Connect ReadValue ReadValue "
		"ReadValue ReadValue ReadValue StartNotify StartNotify WriteValue Set"));
}

static void
test_orders(BluezFixture *fixture, gconstpointer order)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	fake_sensor_set_order(sensor, GPOINTER_TO_INT(order));
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	for (guint i = 0; i < 5; i++)
		bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	g_assert_cmpuint(bluez_fixture_count(fixture, FIRST_ADDRESS, MEASUREMENT), ==, 5);
}

/* ServicesResolved first, then the characteristics one by one, the needed ones last. */
static void
test_objects_trickle(BluezFixture *fixture, gconstpointer unused)
{
	static const char *const order[] = {ROLL_UUID_MODEL, ROLL_UUID_ROLLER_CONTROL, MEASUREMENT};
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	fake_sensor_set_order(sensor, FAKE_ORDER_BY_HAND);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(fake_sensor_is_connected(sensor));
	fake_sensor_set_resolved(sensor, TRUE);
	for (guint i = 0; i < G_N_ELEMENTS(order); i++)
		fake_sensor_show(sensor, order[i]);
	fake_sensor_set_resolved(sensor, FALSE);
	fake_sensor_set_resolved(sensor, TRUE);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "ReadValue"), ==, 0);
	fake_sensor_show(sensor, ROLL_UUID_ROLLER_FEATURE);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
}

/* Services taken away and given back while streaming: started anew, nothing doubled. */
static void
test_flaps_while_streaming(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	fake_bluez_forget(fixture->fake);
	fake_sensor_set_resolved(sensor, FALSE);
	fake_sensor_hide(sensor, NULL);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_CONNECTING));
	fake_sensor_show(sensor, NULL);
	fake_sensor_set_resolved(sensor, TRUE);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Connect"), ==, 0);
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	g_assert_cmpuint(bluez_fixture_count(fixture, FIRST_ADDRESS, MEASUREMENT), ==, 3);
}

/* A daemon that was killed left its link open. */
static void
test_adopts(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	fake_sensor_connect(sensor);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Connect"), ==, 0);
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
}

static void
test_services_come_late(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensorOptions options = {
		.address = FIRST_ADDRESS, .name = "Nobody", .is_nameless_of_service = TRUE};
	FakeSensor *sensor = fake_bluez_add_sensor(fixture->fake, &options);

	(void)unused;
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(fake_sensor_is_shown(sensor));
	fake_sensor_tell_services(sensor);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	g_assert_cmpstr(bluez_fixture_get_status(fixture, FIRST_ADDRESS)->name, ==, "Nobody");
}

/* Only the sensor that was named; its address may be given in lower case. */
static void
test_only(BluezFixture *fixture, gconstpointer unused)
{
	const char *const only[] = {"c0:ff:ee:00:00:02", NULL};
	FakeSensor *first = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	bluez_fixture_add(fixture, SECOND_ADDRESS);
	bluez_fixture_start(fixture, only);
	WAIT_FOR(bluez_fixture_is(fixture, SECOND_ADDRESS, ROLL_LINK_STREAMING));
	g_assert_false(fake_sensor_is_connected(first));
	g_assert_cmpuint(bluez_fixture_get_status(fixture, FIRST_ADDRESS)->n_told, ==, 0);
	/* All that are wanted are there: no more looking. */
	g_assert_false(fake_bluez_is_discovering(fixture->fake, "hci0"));
}

/* One that was named is told of from the beginning. */
static void
test_only_is_told_absent(BluezFixture *fixture, gconstpointer unused)
{
	const char *const only[] = {FIRST_ADDRESS, NULL};

	(void)unused;
	bluez_fixture_start(fixture, only);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_ABSENT));
	g_assert_cmpstr(bluez_fixture_get_status(fixture, FIRST_ADDRESS)->detail, ==,
			"not in sight");
}

/* Two of the same name, at the same time. */
static void
test_two(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *first = bluez_fixture_add(fixture, FIRST_ADDRESS);
	FakeSensor *second = bluez_fixture_add(fixture, SECOND_ADDRESS);

	(void)unused;
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	WAIT_FOR(bluez_fixture_is(fixture, SECOND_ADDRESS, ROLL_LINK_STREAMING));
	bluez_fixture_expect_sample(fixture, first, FIRST_ADDRESS);
	bluez_fixture_expect_sample(fixture, second, SECOND_ADDRESS);
	bluez_fixture_expect_sample(fixture, second, SECOND_ADDRESS);
	g_assert_cmpuint(bluez_fixture_count(fixture, FIRST_ADDRESS, MEASUREMENT), ==, 1);
	g_assert_cmpuint(bluez_fixture_count(fixture, SECOND_ADDRESS, MEASUREMENT), ==, 2);
}

/* A known sensor comes back without discovery and without Connect, by the profile alone. */
static void
test_comes_back_by_profile(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor;

	(void)unused;
	fixture->timing.backoff_first_ms = fixture->timing.backoff_last_ms = 5000;
	sensor = bluez_fixture_stream(fixture);
	WAIT_FOR(fake_sensor_is_trusted(sensor));
	g_assert_cmpuint(fake_bluez_get_profile_size(fixture->fake), >, 0);
	fake_sensor_set_away(sensor, TRUE);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_ABSENT));
	g_assert_cmpstr(bluez_fixture_get_status(fixture, FIRST_ADDRESS)->detail, ==,
			"the link was lost");
	fake_bluez_forget(fixture->fake);
	fake_sensor_set_away(sensor, FALSE);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Connect"), ==, 0);
	/* It was given START again: a sensor stops with its link. */
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
}

/* Where no profile can be registered, a known sensor is connected to, received or not. */
static void
test_connects_without_profile(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensorOptions options = {.address = FIRST_ADDRESS, .is_known = TRUE, .is_away = TRUE};
	FakeSensor *sensor = fake_bluez_add_sensor(fixture->fake, &options);

	(void)unused;
	fake_bluez_fail(fixture->fake, "RegisterApplication", -1, "org.bluez.Error.NotPermitted",
			"no");
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(fake_bluez_count(fixture->fake, "Connect") >= 3);
	g_assert_nonnull(strstr(bluez_fixture_get_status(fixture, FIRST_ADDRESS)->all_details,
				"cannot connect: le-connection-abort-by-local"));
	fake_sensor_set_away(sensor, FALSE);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
}

/* An answer to the registration that was lost: the next try says that it is there already, which is as
 * good; the sensor is left to come back by itself. */
static void
test_profile_is_there_already(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensorOptions options = {.address = FIRST_ADDRESS, .is_known = TRUE, .is_away = TRUE};

	(void)unused;
	fake_bluez_add_sensor(fixture->fake, &options);
	fake_bluez_fail(fixture->fake, "RegisterApplication", -1, "org.bluez.Error.AlreadyExists",
			"Already Exists");
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(fake_bluez_count(fixture->fake, "RegisterApplication") == 1);
	bluez_fixture_pass(300); /* several back-offs */
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "RegisterApplication"), ==, 1);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Connect"), ==, 0);
}

static void
add(const char *name, gconstpointer data, void (*test)(BluezFixture *, gconstpointer))
{
	g_autofree char *path = g_strconcat("/bluez/connect/", name, NULL);

	g_test_add(path, BluezFixture, data, bluez_fixture_set_up, test, bluez_fixture_tear_down);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add("discovers", NULL, test_discovers);
	add("order-of-calls", NULL, test_order_of_calls);
	add("usual", GINT_TO_POINTER(FAKE_ORDER_USUAL), test_orders);
	add("reply-first", GINT_TO_POINTER(FAKE_ORDER_REPLY_FIRST), test_orders);
	add("resolved-first", GINT_TO_POINTER(FAKE_ORDER_RESOLVED_FIRST), test_orders);
	add("flapping", GINT_TO_POINTER(FAKE_ORDER_FLAPPING), test_orders);
	add("connected-untold", GINT_TO_POINTER(FAKE_ORDER_UNTOLD), test_orders);
	add("objects-trickle", NULL, test_objects_trickle);
	add("flaps-while-streaming", NULL, test_flaps_while_streaming);
	add("adopts", NULL, test_adopts);
	add("services-come-late", NULL, test_services_come_late);
	add("only", NULL, test_only);
	add("only-is-told-absent", NULL, test_only_is_told_absent);
	add("two", NULL, test_two);
	add("comes-back-by-profile", NULL, test_comes_back_by_profile);
	add("connects-without-profile", NULL, test_connects_without_profile);
	add("profile-is-there-already", NULL, test_profile_is_there_already);
	return g_test_run();
}
