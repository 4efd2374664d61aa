/* SPDX-License-Identifier: MIT
 *
 * A RollBus on a private bus, a client beside it, and what was told and asked.
 */
#pragma once

#include "daemon/bus.h"

#define BUS_NAME "org.rollerd1"
#define SENSOR "C0:FF:EE:00:00:01"
#define SENSOR_PATH "/org/rollerd1/sensor/C0_FF_EE_00_00_01"

typedef struct {
	GTestDBus *dbus;
	GDBusConnection *client;
	RollBus *bus;
	guint n_states;
	RollBusState state;
	char *text;
	RollCommand command; /* the last one asked for */
	guint n_commands;
	guint n_reloads;
	guint n_pairs, n_unpairs;
	const char *failure; /* what commands, marks and Reload fail with; NULL: they succeed */
	int failure_code;    /* of pairing: G_IO_ERROR_... */
	gboolean is_deaf;    /* the source takes no commands */
	GVariant *signal;    /* parameters of the last one */
	guint n_signals;
	GVariant *reply;
	GError *error;
	guint has_reply;
} BusFixture;

/* Begins on a bus of its own and waits until the name is there; for g_test_add. */
void bus_fixture_set_up(BusFixture *fixture, gconstpointer data);
void bus_fixture_tear_down(BusFixture *fixture, gconstpointer data);

/* A given RollBus whose listener notes in fixture. address as for roll_bus_new. */
RollBus *bus_fixture_make_bus(const char *address, BusFixture *fixture);

/* Calls as another program would; the answer stands in fixture->reply or ->error. */
void bus_fixture_call(BusFixture *fixture, const char *path, const char *interface,
		      const char *method, GVariant *parameters);

/* Notes signals of the sensor from here on; signal NULL: any of interface. */
void bus_fixture_listen(BusFixture *fixture, const char *interface, const char *signal);

/* Tells the bus of SENSOR: streaming, battery at 87 %. */
void bus_fixture_add_sensor(BusFixture *fixture);

/* A property as the bus gives it; given. */
GVariant *bus_fixture_get_property(BusFixture *fixture, const char *path, const char *interface,
				   const char *property);

/* Fails the test where the property is not the expected text. */
void bus_fixture_check_text(BusFixture *fixture, const char *path, const char *interface,
			    const char *property, const char *expected);
