/* SPDX-License-Identifier: MIT
 *
 * The daemon on a private bus: what a client sees, and what it may call.
 */
#include "tests/program/bus-fixture.h"
#include "tests/program/loop.h"

#include <math.h>
#include <string.h>

static void
test_facts(BusFixture *fixture, gconstpointer data)
{
	(void)data;
	bus_fixture_check_text(fixture, "/org/rollerd1", BUS_NAME, "Version", "1.2.3");
	bus_fixture_check_text(fixture, "/org/rollerd1", BUS_NAME, "Source", "sim");
	bus_fixture_check_text(fixture, "/org/rollerd1", BUS_NAME, "Database", "/a/rollerd.db");
	bus_fixture_check_text(fixture, "/org/rollerd1", BUS_NAME, "Configuration",
			       "/a/rollerd.conf");
	bus_fixture_check_text(fixture, "/org/rollerd1", BUS_NAME, "Trouble", "");
	roll_bus_set_trouble(fixture->bus, "disk full");
	bus_fixture_check_text(fixture, "/org/rollerd1", BUS_NAME, "Trouble", "disk full");
	roll_bus_set_trouble(fixture->bus, NULL);
	bus_fixture_check_text(fixture, "/org/rollerd1", BUS_NAME, "Trouble", "");
}

static void
test_sensor(BusFixture *fixture, gconstpointer data)
{
	const RollSensorStatus lost = {.address = SENSOR,
				       .detail = "out of range",
				       .link = ROLL_LINK_ABSENT,
				       .battery_pct = -1};
	g_autoptr(GVariant) battery = NULL;
	g_autoptr(GVariant) session = NULL;
	g_autofree char *objects = NULL;

	(void)data;
	bus_fixture_add_sensor(fixture);
	roll_bus_set_session(fixture->bus, SENSOR, 7);
	bus_fixture_call(fixture, "/org/rollerd1", "org.freedesktop.DBus.ObjectManager",
			 "GetManagedObjects", NULL);
	g_assert_no_error(fixture->error);
	objects = g_variant_print(fixture->reply, FALSE);
	g_assert_nonnull(strstr(objects, SENSOR_PATH));
	g_assert_nonnull(strstr(objects, "'Link': <'streaming'>"));
	bus_fixture_check_text(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Name", "Roller");
	bus_fixture_check_text(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Codec", "roller-profile");
	roll_bus_set_status(fixture->bus, &lost);
	bus_fixture_check_text(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Name", "Roller");
	bus_fixture_check_text(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Link", "absent");
	bus_fixture_check_text(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Detail", "out of range");
	battery = bus_fixture_get_property(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Battery");
	g_assert_cmpint(g_variant_get_int32(battery), ==, 87);
	session = bus_fixture_get_property(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Session");
	g_assert_cmpint(g_variant_get_int64(session), ==, 7);
}

/* Counts change with each value: they are there to be read, and wake nobody. */
static void
test_counts(BusFixture *fixture, gconstpointer data)
{
	const RollBusCounts counts = {.last_sample_us = 1700000000123456,
				      .lost_packets = 3,
				      .away_packets = 1,
				      .received_packets = 97,
				      .refused_values = 2};
	g_autoptr(GVariant) last = NULL;
	g_autoptr(GVariant) lost = NULL;
	g_autoptr(GVariant) away = NULL;
	g_autoptr(GVariant) received = NULL;

	(void)data;
	bus_fixture_add_sensor(fixture);
	loop_until(&fixture->n_states);
	bus_fixture_listen(fixture, "org.freedesktop.DBus.Properties", "PropertiesChanged");
	fixture->n_signals = 0;
	roll_bus_set_counts(fixture->bus, SENSOR, &counts);
	last = bus_fixture_get_property(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "LastSample");
	g_assert_cmpint(g_variant_get_int64(last), ==, counts.last_sample_us);
	lost = bus_fixture_get_property(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "LostPackets");
	received = bus_fixture_get_property(fixture, SENSOR_PATH, BUS_NAME ".Sensor",
					    "ReceivedPackets");
	g_assert_cmpuint(g_variant_get_uint32(received), ==, 97);
	g_assert_cmpuint(g_variant_get_uint32(lost), ==, 3);
	away = bus_fixture_get_property(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "AwayPackets");
	g_assert_cmpuint(g_variant_get_uint32(away), ==, 1);
	g_assert_cmpuint(fixture->n_signals, ==, 0);
	roll_bus_set_session(fixture->bus, SENSOR, 9);
	loop_until(&fixture->n_signals);
}

static double
get_double(BusFixture *fixture, const char *name)
{
	g_autoptr(GVariant) value =
		bus_fixture_get_property(fixture, SENSOR_PATH, BUS_NAME ".Sensor", name);

	return g_variant_get_double(value);
}

/* The same holds for the moment; what is not known is NaN, and nobody complains. */
static void
test_moment(BusFixture *fixture, gconstpointer data)
{
	const RollBusMoment moment = {.turned_deg = -123.5,
				      .turned_since_us = 1700000000000000,
				      .is_axis_learned = TRUE,
				      .contact_cm = 12.5,
				      .uncertainty_cm = 0.5,
				      .force_n = NAN,
				      .is_loaded = TRUE,
				      .kind = "roller",
				      .mount = "left",
				      .radius_cm = 7.25,
				      .head_end_cm = NAN,
				      .rate_hz = 99.5,
				      .nominal_hz = 100,
				      .drift_ppm = NAN};
	g_autoptr(GVariant) since = NULL;
	g_autoptr(GVariant) loaded = NULL;
	g_autoptr(GVariant) learned = NULL;

	(void)data;
	bus_fixture_add_sensor(fixture);
	loop_until(&fixture->n_states);
	g_assert_true(isnan(get_double(fixture, "Turned")));
	bus_fixture_check_text(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Kind", "");
	bus_fixture_listen(fixture, "org.freedesktop.DBus.Properties", "PropertiesChanged");
	fixture->n_signals = 0;
	roll_bus_set_moment(fixture->bus, SENSOR, &moment);
	g_assert_cmpfloat(get_double(fixture, "Turned"), ==, -123.5);
	g_assert_cmpfloat(get_double(fixture, "Contact"), ==, 12.5);
	g_assert_cmpfloat(get_double(fixture, "Uncertainty"), ==, 0.5);
	g_assert_cmpfloat(get_double(fixture, "Radius"), ==, 7.25);
	g_assert_true(isnan(get_double(fixture, "Force")));
	g_assert_true(isnan(get_double(fixture, "HeadEnd")));
	g_assert_cmpfloat(get_double(fixture, "Rate"), ==, 99.5);
	g_assert_cmpfloat(get_double(fixture, "NominalRate"), ==, 100);
	g_assert_true(isnan(get_double(fixture, "ClockDrift")));
	bus_fixture_check_text(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Kind", "roller");
	bus_fixture_check_text(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Mount", "left");
	since = bus_fixture_get_property(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "TurnedSince");
	g_assert_cmpint(g_variant_get_int64(since), ==, moment.turned_since_us);
	loaded = bus_fixture_get_property(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Loaded");
	g_assert_true(g_variant_get_boolean(loaded));
	learned = bus_fixture_get_property(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "AxisLearned");
	g_assert_true(g_variant_get_boolean(learned));
	g_assert_cmpuint(fixture->n_signals, ==, 0);
}

static void
test_pass(BusFixture *fixture, gconstpointer data)
{
	const RollEvent pass = {.kind = ROLL_EVENT_PASS,
				.start_us = 1500000,
				.end_us = 4000000,
				.from_m = 0.25,
				.to_m = 0.05,
				.mean_force = 200,
				.peak_force = 310};
	gint64 session = 0;
	double start = 0, end = 0, from = 0, to = 0, mean = 0, peak = 0;

	(void)data;
	bus_fixture_add_sensor(fixture);
	bus_fixture_listen(fixture, BUS_NAME ".Sensor", "Pass");
	roll_bus_emit_event(fixture->bus, SENSOR, 4, TRUE, &pass);
	loop_until(&fixture->n_signals);
	g_variant_get(fixture->signal, "(xdddddd)", &session, &start, &end, &from, &to, &mean,
		      &peak);
	g_assert_cmpint(session, ==, 4);
	g_assert_cmpfloat(start, ==, 1.5);
	g_assert_cmpfloat(end, ==, 4);
	g_assert_cmpfloat(from, ==, 25);
	g_assert_cmpfloat(to, ==, 5);
	g_assert_cmpfloat(mean, ==, 200);
	g_assert_cmpfloat(peak, ==, 310);
}

static void
test_hold(BusFixture *fixture, gconstpointer data)
{
	const RollEvent gap = {.kind = ROLL_EVENT_GAP};
	const RollEvent hold = {.kind = ROLL_EVENT_HOLD,
				.start_us = 1000000,
				.end_us = 31000000,
				.from_m = 0.5,
				.to_m = 0.5,
				.mean_force = 1000,
				.peak_force = 1200};
	gint64 session = 0;
	double start = 0, end = 0, at = 0, mean = 0, peak = 0;

	(void)data;
	bus_fixture_add_sensor(fixture);
	bus_fixture_listen(fixture, BUS_NAME ".Sensor", NULL);
	roll_bus_emit_event(fixture->bus, SENSOR, 5, FALSE, &gap);
	roll_bus_emit_event(fixture->bus, SENSOR, 5, FALSE, &hold);
	loop_until(&fixture->n_signals);
	g_assert_cmpuint(fixture->n_signals, ==, 1); /* the gap is none */
	g_variant_get(fixture->signal, "(xddddd)", &session, &start, &end, &at, &mean, &peak);
	g_assert_cmpint(session, ==, 5);
	g_assert_cmpfloat(start, ==, 1);
	g_assert_cmpfloat(end, ==, 31);
	g_assert_cmpfloat(at, ==, 50);
	g_assert_true(isnan(mean) && isnan(peak)); /* counts are no newtons */
}

static void
check_error(BusFixture *fixture, const char *name, const char *text)
{
	g_autofree char *remote = NULL;

	g_assert_nonnull(fixture->error);
	remote = g_dbus_error_get_remote_error(fixture->error);
	g_assert_cmpstr(remote, ==, name);
	g_assert_nonnull(strstr(fixture->error->message, text));
}

static void
test_commands(BusFixture *fixture, gconstpointer data)
{
	(void)data;
	bus_fixture_add_sensor(fixture);
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Tare", NULL);
	g_assert_no_error(fixture->error);
	g_assert_cmpint(fixture->command, ==, ROLL_COMMAND_TARE);
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Identify", NULL);
	g_assert_no_error(fixture->error);
	g_assert_cmpint(fixture->command, ==, ROLL_COMMAND_IDENTIFY);
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Mark", NULL);
	g_assert_no_error(fixture->error);
	fixture->failure = "the cup ran over";
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Tare", NULL);
	check_error(fixture, BUS_NAME ".Error.Failed", "the cup ran over");
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Mark", NULL);
	check_error(fixture, BUS_NAME ".Error.NoSession", "the cup ran over");
	fixture->is_deaf = TRUE;
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Tare", NULL);
	check_error(fixture, BUS_NAME ".Error.NotSupported", "takes no commands");
	g_assert_cmpuint(fixture->n_commands, ==, 3);
}

static void
test_reload(BusFixture *fixture, gconstpointer data)
{
	(void)data;
	bus_fixture_call(fixture, "/org/rollerd1", BUS_NAME, "Reload", NULL);
	g_assert_no_error(fixture->error);
	fixture->failure = "a.conf:3: no such key";
	bus_fixture_call(fixture, "/org/rollerd1", BUS_NAME, "Reload", NULL);
	check_error(fixture, BUS_NAME ".Error.Configuration", "a.conf:3: no such key");
	g_assert_cmpuint(fixture->n_reloads, ==, 2);
}

static gboolean
get_flag(BusFixture *fixture, const char *name)
{
	g_autoptr(GVariant) value =
		bus_fixture_get_property(fixture, SENSOR_PATH, BUS_NAME ".Sensor", name);

	return g_variant_get_boolean(value);
}

/* Who is paired and who asks is told, and changes are signalled. */
static void
test_pairing_told(BusFixture *fixture, gconstpointer data)
{
	RollSensorStatus status = {.address = SENSOR, .battery_pct = -1, .asks_pairing = TRUE};

	(void)data;
	roll_bus_set_status(fixture->bus, &status);
	g_assert_false(get_flag(fixture, "Paired"));
	g_assert_true(get_flag(fixture, "AsksPairing"));
	bus_fixture_listen(fixture, "org.freedesktop.DBus.Properties", "PropertiesChanged");
	fixture->n_signals = 0;
	status.asks_pairing = FALSE;
	status.is_paired = TRUE;
	roll_bus_set_status(fixture->bus, &status);
	loop_until(&fixture->n_signals);
	g_assert_true(get_flag(fixture, "Paired"));
	g_assert_false(get_flag(fixture, "AsksPairing"));
}

static void
test_pairing_asked(BusFixture *fixture, gconstpointer data)
{
	(void)data;
	bus_fixture_add_sensor(fixture);
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Pair", NULL);
	g_assert_no_error(fixture->error);
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Unpair", NULL);
	g_assert_no_error(fixture->error);
	g_assert_cmpuint(fixture->n_pairs, ==, 1);
	g_assert_cmpuint(fixture->n_unpairs, ==, 1);
	fixture->failure = "no";
	fixture->failure_code = G_IO_ERROR_FAILED;
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Pair", NULL);
	check_error(fixture, BUS_NAME ".Error.Failed", "no");
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Unpair", NULL);
	check_error(fixture, BUS_NAME ".Error.Failed", "no");
	fixture->failure_code = G_IO_ERROR_EXISTS;
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Pair", NULL);
	check_error(fixture, BUS_NAME ".Error.AlreadyPaired", "no");
	fixture->is_deaf = TRUE;
	bus_fixture_call(fixture, SENSOR_PATH, BUS_NAME ".Sensor", "Pair", NULL);
	check_error(fixture, BUS_NAME ".Error.NotSupported",
		    "the source of this sensor knows no pairing");
}

#define ADD(name, test)                                                                            \
	g_test_add("/bus/" name, BusFixture, NULL, bus_fixture_set_up, test, bus_fixture_tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("facts", test_facts);
	ADD("sensor", test_sensor);
	ADD("counts", test_counts);
	ADD("moment", test_moment);
	ADD("pass", test_pass);
	ADD("hold", test_hold);
	ADD("commands", test_commands);
	ADD("reload", test_reload);
	ADD("pairing-told", test_pairing_told);
	ADD("pairing-asked", test_pairing_asked);
	return g_test_run();
}
