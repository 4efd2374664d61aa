/* SPDX-License-Identifier: MIT
 *
 * What is around the sensors goes and comes back: bluetoothd, its adapters, the bus.
 */
#include "tests/daemon-bluez/bluez-fixture.h"

#include <glib/gstdio.h>

static gboolean
is(BluezFixture *fixture, RollLink link)
{
	return bluez_fixture_is(fixture, FIRST_ADDRESS, link);
}

static const char *
get_detail(BluezFixture *fixture)
{
	return bluez_fixture_get_status(fixture, FIRST_ADDRESS)->detail;
}

static void
expect_recovery(BluezFixture *fixture, FakeSensor *sensor)
{
	WAIT_FOR(is(fixture, ROLL_LINK_STREAMING));
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
}

/* bluetoothd ends, orderly or not, and is there again; twice. */
static void
test_restarts(BluezFixture *fixture, gconstpointer is_orderly)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	for (guint i = 0; i < 2; i++) {
		fake_bluez_vanish(fixture->fake, GPOINTER_TO_INT(is_orderly));
		WAIT_FOR(is(fixture, ROLL_LINK_ABSENT) &&
			 g_strcmp0(get_detail(fixture), "bluetoothd is not running") == 0);
		fake_bluez_return(fixture->fake, NULL);
		expect_recovery(fixture, sensor);
		WAIT_FOR(fake_bluez_get_profile_size(fixture->fake) > 0);
	}
}

/* It is not there at the beginning. */
static void
test_comes_later(BluezFixture *fixture, gconstpointer unused)
{
	const char *const only[] = {FIRST_ADDRESS, NULL};
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	fake_bluez_vanish(fixture->fake, TRUE);
	bluez_fixture_start(fixture, only);
	WAIT_FOR(g_strcmp0(get_detail(fixture), "bluetoothd is not running") == 0);
	fake_bluez_return(fixture->fake, NULL);
	expect_recovery(fixture, sensor);
}

/* It is there, but does not tell its objects at once. */
static void
test_objects_refused(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	fake_bluez_fail(fixture->fake, "GetManagedObjects", 2, "org.freedesktop.DBus.Error.NoReply",
			"");
	bluez_fixture_start(fixture, NULL);
	expect_recovery(fixture, sensor);
}

/* Writes a capture of a sensor, FIRST_ADDRESS: a Feature and 50 Measurements, 10 ms apart. */
static void
write_capture(const char *path)
{
	g_autoptr(GString) text = g_string_new(ROLL_CAPTURE_HEAD);
	g_autoptr(GError) error = NULL;
	RollRollerFeature feature = {.feature = {.period_us = 10000, .body = ROLL_BODY_ROLLER},
				     .turn_full_scale_dps = 2000,
				     .pull_full_scale_g = 16};
	RollPacket packet = {.has_acc = true, .period_us = 10000, .n_samples = 1};
	RollValue value = {.address = FIRST_ADDRESS,
			   .uuid = ROLL_UUID_ROLLER_FEATURE,
			   .n_bytes = ROLL_ROLLER_FEATURE_LEN};
	char line[ROLL_CAPTURE_LINE_MAX];

	roll_roller_encode_feature(&feature, value.bytes);
	for (guint i = 0; i <= 50; i++) {
		value.arrival_us = 1700000000000000 + i * 10000;
		roll_capture_format_line(&value, line);
		g_string_append(text, line);
		g_strlcpy(value.uuid, ROLL_UUID_ROLLER_MEASUREMENT, sizeof value.uuid);
		packet.sequence = (guint16)i;
		value.n_bytes = roll_roller_encode_measurement(&feature, &packet, value.bytes,
							       sizeof value.bytes);
	}
	g_assert_true(g_file_set_contents(path, text->str, -1, &error));
}

/* Nobody restarts a bluetoothd that crashed, but a call by its name does: the bus starts it. What it
 * starts here is the fake as a program, with a sensor that sends what a capture holds. */
static void
test_is_activated(BluezFixture *fixture, gconstpointer unused)
{
	g_autofree char *capture = g_build_filename(fixture->services, "sensor.rollcap", NULL);
	g_autofree char *program = NULL;

	(void)unused;
	write_capture(capture);
	program = g_strdup_printf("%s --speed 2 %s", g_getenv("FAKE_BLUEZ_MAIN"), capture);
	bluez_fixture_start(fixture, NULL);
	bluez_fixture_offer(fixture, program);
	fake_bluez_vanish(fixture->fake, FALSE);
	WAIT_FOR(bluez_fixture_count(fixture, FIRST_ADDRESS, ROLL_UUID_ROLLER_MEASUREMENT) == 50);
	g_assert_cmpuint(bluez_fixture_count(fixture, FIRST_ADDRESS, ROLL_UUID_ROLLER_FEATURE), ==,
			 1);
	g_assert_cmpint(g_remove(capture), ==, 0);
}

/* Adapters. */

static void
test_adapter_pulled(BluezFixture *fixture, gconstpointer has_child_signals)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	fake_bluez_remove_adapter(fixture->fake, "hci0", GPOINTER_TO_INT(has_child_signals));
	WAIT_FOR(is(fixture, ROLL_LINK_ABSENT) &&
		 g_strcmp0(get_detail(fixture), "there is no Bluetooth adapter") == 0);
	/* The same one, in another slot. */
	fake_bluez_add_adapter(fixture->fake, "hci1", ADAPTER_ADDRESS);
	fake_sensor_move(sensor, "hci1");
	expect_recovery(fixture, sensor);
}

/* hci1 goes; what hangs on hci10 stays. */
static void
test_adapter_prefix(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensorOptions options = {.address = FIRST_ADDRESS, .adapter = "hci10"};
	FakeSensor *sensor;

	(void)unused;
	fake_bluez_add_adapter(fixture->fake, "hci1", "00:11:22:33:44:01");
	fake_bluez_add_adapter(fixture->fake, "hci10", "00:11:22:33:44:10");
	sensor = fake_bluez_add_sensor(fixture->fake, &options);
	bluez_fixture_start(fixture, NULL);
	expect_recovery(fixture, sensor);
	fake_bluez_remove_adapter(fixture->fake, "hci1", FALSE);
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	g_assert_true(is(fixture, ROLL_LINK_STREAMING));
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Connect"), ==, 1);
}

/* Nothing is tried while it is off. */
static void
test_adapter_off(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	fake_bluez_set_powered(fixture->fake, "hci0", FALSE);
	WAIT_FOR(g_strcmp0(get_detail(fixture), "the Bluetooth adapter is switched off") == 0);
	bluez_fixture_pass(50); /* what was sent before it was known to be off */
	fake_bluez_forget(fixture->fake);
	bluez_fixture_pass(200); /* several back-offs */
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "Connect"), ==, 0);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "StartDiscovery"), ==, 0);
	fake_bluez_set_powered(fixture->fake, "hci0", TRUE);
	expect_recovery(fixture, sensor);
}

static void
test_adapter_off_at_start(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	fake_bluez_set_powered(fixture->fake, "hci0", FALSE);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(fake_bluez_count(fixture->fake, "RegisterApplication") == 1);
	g_assert_cmpuint(fake_bluez_count(fixture->fake, "StartDiscovery"), ==, 0);
	fake_bluez_set_powered(fixture->fake, "hci0", TRUE);
	expect_recovery(fixture, sensor);
}

/* A sensor seen by two adapters is one sensor. */
static void
test_adapter_change(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensorOptions options = {.address = FIRST_ADDRESS, .adapter = "hci1"};
	FakeSensor *first = bluez_fixture_stream(fixture);
	FakeSensor *second;

	(void)unused;
	fake_bluez_add_adapter(fixture->fake, "hci1", "00:11:22:33:44:01");
	second = fake_bluez_add_sensor(fixture->fake, &options);
	bluez_fixture_expect_sample(fixture, first, FIRST_ADDRESS);
	fake_bluez_remove_adapter(fixture->fake, "hci0", TRUE);
	WAIT_FOR(!is(fixture, ROLL_LINK_STREAMING));
	expect_recovery(fixture, second);
	g_assert_cmpuint(g_hash_table_size(fixture->statuses), ==, 1);
}

/* The bus. */

static void
test_given_bus_lost(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	bluez_fixture_stream(fixture);
	g_assert_true(g_dbus_connection_close_sync(fixture->bus, NULL, NULL));
	WAIT_FOR(fixture->n_ended == 1);
	g_assert_error(fixture->ended_error, G_IO_ERROR, G_IO_ERROR_CLOSED);
	g_assert_true(is(fixture, ROLL_LINK_ABSENT));
	g_assert_cmpstr(get_detail(fixture), ==, "the system bus is gone");
}

static void
test_given_bus_closed_before(BluezFixture *fixture, gconstpointer unused)
{
	RollSink sink = {0};
	g_autoptr(GError) error = NULL;
	g_autoptr(RollSource) source = NULL;

	(void)unused;
	bluez_fixture_start(fixture, NULL);
	g_assert_true(g_dbus_connection_close_sync(fixture->bus, NULL, NULL));
	/* GDBus's own thread marks it as closed. */
	WAIT_FOR(g_dbus_connection_is_closed(fixture->bus));
	source = roll_source_bluez_new_with(fixture->bus, NULL, &fixture->timing);
	g_assert_false(source->start(source, &sink, &error));
	g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CLOSED);
	WAIT_FOR(fixture->n_ended == 1);
}

/* The system bus ends and is there again, at another address even: nothing is told to be over. */
static void
test_system_bus_lost(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	bluez_fixture_start_on_system_bus(fixture);
	expect_recovery(fixture, sensor);
	fake_bluez_vanish(fixture->fake, FALSE);
	bluez_fixture_stop_bus(fixture);
	WAIT_FOR(g_strcmp0(get_detail(fixture), "the system bus is gone") == 0);
	bluez_fixture_restart_bus(fixture);
	expect_recovery(fixture, sensor);
	g_assert_cmpuint(fixture->n_ended, ==, 0);
}

static void
add(const char *name, gconstpointer data, void (*test)(BluezFixture *, gconstpointer))
{
	g_autofree char *path = g_strconcat("/bluez/service/", name, NULL);

	g_test_add(path, BluezFixture, data, bluez_fixture_set_up, test, bluez_fixture_tear_down);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add("ends-and-returns", GINT_TO_POINTER(TRUE), test_restarts);
	add("is-killed-and-returns", GINT_TO_POINTER(FALSE), test_restarts);
	add("comes-later", NULL, test_comes_later);
	add("objects-refused", NULL, test_objects_refused);
	add("is-activated", NULL, test_is_activated);
	add("adapter-pulled", GINT_TO_POINTER(TRUE), test_adapter_pulled);
	add("adapter-pulled-untold", GINT_TO_POINTER(FALSE), test_adapter_pulled);
	add("adapter-prefix", NULL, test_adapter_prefix);
	add("adapter-off", NULL, test_adapter_off);
	add("adapter-off-at-start", NULL, test_adapter_off_at_start);
	add("adapter-change", NULL, test_adapter_change);
	add("given-bus-lost", NULL, test_given_bus_lost);
	add("given-bus-closed-before", NULL, test_given_bus_closed_before);
	add("system-bus-lost", NULL, test_system_bus_lost);
	return g_test_run();
}
