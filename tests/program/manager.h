/* SPDX-License-Identifier: MIT
 *
 * What surrounds a rollerd under test: a service manager's ear, and a bus that is session and system bus
 * at once.
 */
#pragma once

#include "tests/program/program-fixture.h"

typedef struct {
	GSocket *socket;
	GString *heard; /* one message a line, after an empty one */
} Manager;

/* Programs that fixture starts from here on tell manager. */
void manager_begin(Manager *manager, ProgramFixture *fixture);
void manager_end(Manager *manager);

/* Takes what was told. */
void manager_hear(Manager *manager);

/* Waits until message (with the newlines around it) was told so many times; fails where the program ends
 * before. */
void manager_wait(Manager *manager, ProgramFixture *fixture, const char *message, guint times);

/* Sends the signal; the program must then end with 0, in good order. */
void program_fixture_stop(ProgramFixture *fixture, int signal_number);

/* A bus for the programs that fixture starts from here on. */
GTestDBus *program_bus_begin(ProgramFixture *fixture);
void program_bus_end(GTestDBus *bus);

/* Another program on that bus; given. */
GDBusConnection *program_bus_connect(GTestDBus *bus);
