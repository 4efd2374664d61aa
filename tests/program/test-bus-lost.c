/* SPDX-License-Identifier: MIT
 *
 * A bus that is missing, goes away, or has another rollerd on it.
 */
#include "tests/program/bus-fixture.h"
#include "tests/program/loop.h"

#include <string.h>

static void
test_taken(BusFixture *fixture, gconstpointer data)
{
	BusFixture other = {0};

	(void)data;
	other.bus = bus_fixture_make_bus(NULL, &other);
	loop_until(&other.n_states);
	g_assert_cmpint(other.state, ==, ROLL_BUS_TAKEN);
	g_assert_cmpstr(other.text, ==, "another rollerd is running on this bus");
	bus_fixture_tear_down(&other, NULL);
	bus_fixture_check_text(fixture, "/org/rollerd1", BUS_NAME, "Version", "1.2.3");
}

static void
test_lost(BusFixture *fixture, gconstpointer data)
{
	const RollEvent pass = {.kind = ROLL_EVENT_PASS};

	(void)data;
	bus_fixture_add_sensor(fixture);
	fixture->n_states = 0;
	g_test_dbus_stop(fixture->dbus);
	loop_until(&fixture->n_states);
	g_assert_cmpint(fixture->state, ==, ROLL_BUS_ABSENT);
	g_assert_cmpstr(fixture->text, ==, "the bus went away");
	roll_bus_emit_event(fixture->bus, SENSOR, 1, TRUE, &pass);
	roll_bus_set_session(fixture->bus, SENSOR, 1);
	bus_fixture_add_sensor(fixture);
	g_assert_cmpuint(fixture->n_states, ==, 1);
}

static void
test_absent(void)
{
	BusFixture fixture = {0};

	fixture.bus = bus_fixture_make_bus("unix:path=/nowhere/bus", &fixture);
	loop_until(&fixture.n_states);
	g_assert_cmpint(fixture.state, ==, ROLL_BUS_ABSENT);
	g_assert_nonnull(strstr(fixture.text, "/nowhere/bus"));
	bus_fixture_add_sensor(&fixture);
	bus_fixture_tear_down(&fixture, NULL);
}

/* Freed at any moment: before, within and after each step of the way to the name. */
static void
test_freed_early(BusFixture *fixture, gconstpointer data)
{
	(void)data;
	g_clear_pointer(&fixture->bus, roll_bus_free);
	for (guint n_turns = 0; n_turns < 30; n_turns++) {
		RollBus *bus = bus_fixture_make_bus(NULL, fixture);

		for (guint i = 0; i < n_turns; i++)
			g_main_context_iteration(NULL, FALSE);
		roll_bus_free(bus);
	}
	while (g_main_context_iteration(NULL, FALSE))
		;
}

#define ADD(name, test)                                                                            \
	g_test_add("/bus/" name, BusFixture, NULL, bus_fixture_set_up, test, bus_fixture_tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("taken", test_taken);
	ADD("lost", test_lost);
	ADD("freed-early", test_freed_early);
	g_test_add_func("/bus/absent", test_absent);
	return g_test_run();
}
