/* SPDX-License-Identifier: MIT
 *
 * Who asks is told each moment, and nobody else: an idle bus stays idle.
 */
#include "daemon/bus-parts.h"
#include "tests/program/bus-fixture.h"
#include "tests/program/loop.h"

#include <math.h>

static const RollBusMoment moment = {
	.turned_deg = NAN,
	.contact_cm = 17.5,
	.uncertainty_cm = 0.4,
	.speed_cmps = -9.25,
	.force_n = 204,
	.is_loaded = TRUE,
	.kind = "roller",
	.mount = "right",
	.radius_cm = 7.5,
	.head_end_cm = NAN,
};

static void
call(BusFixture *fixture, const char *method)
{
	bus_fixture_call(fixture, "/org/rollerd1", BUS_NAME, method, NULL);
	g_assert_no_error(fixture->error);
}

/* All that was sent before has come when this returns. */
static void
flush(BusFixture *fixture)
{
	bus_fixture_call(fixture, "/org/rollerd1", "org.freedesktop.DBus.Peer", "Ping", NULL);
}

static void
test_moment(BusFixture *fixture, gconstpointer data)
{
	const RollBusCounts counts = {
		.last_sample_us = 1700000000123456, .lost_packets = 3, .refused_values = 2};
	double contact = 0, uncertainty = 0, speed = 0, force = 0;
	gboolean is_loaded = FALSE;
	gint64 last = 0;
	guint32 lost = 0;

	(void)data;
	bus_fixture_add_sensor(fixture);
	bus_fixture_listen(fixture, BUS_NAME ".Sensor", "Moment");
	call(fixture, "Watch");
	roll_bus_set_counts(fixture->bus, SENSOR, &counts);
	roll_bus_set_moment(fixture->bus, SENSOR, &moment);
	loop_until(&fixture->n_signals);
	g_variant_get(fixture->signal, "(xddddbu)", &last, &contact, &uncertainty, &speed, &force,
		      &is_loaded, &lost);
	g_assert_cmpint(last, ==, counts.last_sample_us);
	g_assert_cmpfloat(contact, ==, 17.5);
	g_assert_cmpfloat(uncertainty, ==, 0.4);
	g_assert_cmpfloat(speed, ==, -9.25);
	g_assert_cmpfloat(force, ==, 204);
	g_assert_true(is_loaded);
	g_assert_cmpuint(lost, ==, 3);
}

/* A sensor may send a thousand times a second. */
static void
test_seldom(BusFixture *fixture, gconstpointer data)
{
	gint64 began_us = 0, passed_us = 0;

	(void)data;
	bus_fixture_add_sensor(fixture);
	bus_fixture_listen(fixture, BUS_NAME ".Sensor", "Moment");
	call(fixture, "Watch");
	began_us = g_get_monotonic_time();
	while (passed_us < 300 * G_TIME_SPAN_MILLISECOND) {
		roll_bus_set_moment(fixture->bus, SENSOR, &moment);
		passed_us = g_get_monotonic_time() - began_us;
	}
	flush(fixture);
	g_assert_cmpuint(fixture->n_signals, >=, 2);
	g_assert_cmpuint(fixture->n_signals, <=,
			 (guint)(passed_us / (50 * G_TIME_SPAN_MILLISECOND)) + 1);
}

static void
test_nobody(BusFixture *fixture, gconstpointer data)
{
	(void)data;
	bus_fixture_add_sensor(fixture);
	bus_fixture_listen(fixture, BUS_NAME ".Sensor", "Moment");
	roll_bus_set_moment(fixture->bus, SENSOR, &moment);
	flush(fixture);
	g_assert_cmpuint(fixture->n_signals, ==, 0);
	call(fixture, "Watch");
	call(fixture, "Watch"); /* twice is once */
	call(fixture, "Unwatch");
	roll_bus_set_moment(fixture->bus, SENSOR, &moment);
	flush(fixture);
	g_assert_cmpuint(fixture->n_signals, ==, 0);
	call(fixture, "Unwatch"); /* who does not watch may say so */
}

static gboolean
is_forgotten(gpointer data)
{
	BusFixture *fixture = data;

	return g_hash_table_size(fixture->bus->watchers) == 0;
}

/* One that was killed says no Unwatch. */
static void
test_vanished(BusFixture *fixture, gconstpointer data)
{
	(void)data;
	bus_fixture_add_sensor(fixture);
	call(fixture, "Watch");
	g_assert_cmpuint(g_hash_table_size(fixture->bus->watchers), ==, 1);
	g_dbus_connection_close_sync(fixture->client, NULL, NULL);
	loop_until_true(is_forgotten, fixture);
}

/* Who watched a bus that went is no more on it. */
static void
test_bus_gone(BusFixture *fixture, gconstpointer data)
{
	(void)data;
	bus_fixture_add_sensor(fixture);
	call(fixture, "Watch");
	fixture->n_states = 0;
	g_test_dbus_down(fixture->dbus);
	g_clear_object(&fixture->dbus);
	loop_until(&fixture->n_states);
	g_assert_cmpint(fixture->state, ==, ROLL_BUS_ABSENT);
	g_assert_true(is_forgotten(fixture));
	roll_bus_set_moment(fixture->bus, SENSOR, &moment);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/bus-watch/moment", BusFixture, NULL, bus_fixture_set_up, test_moment,
		   bus_fixture_tear_down);
	g_test_add("/bus-watch/seldom", BusFixture, NULL, bus_fixture_set_up, test_seldom,
		   bus_fixture_tear_down);
	g_test_add("/bus-watch/nobody", BusFixture, NULL, bus_fixture_set_up, test_nobody,
		   bus_fixture_tear_down);
	g_test_add("/bus-watch/vanished", BusFixture, NULL, bus_fixture_set_up, test_vanished,
		   bus_fixture_tear_down);
	g_test_add("/bus-watch/bus-gone", BusFixture, NULL, bus_fixture_set_up, test_bus_gone,
		   bus_fixture_tear_down);
	return g_test_run();
}
