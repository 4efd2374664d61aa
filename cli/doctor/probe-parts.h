/* SPDX-License-Identifier: MIT
 *
 * What the probes share; nothing else includes this.
 */
#pragma once

#include "cli/doctor/probe.h"

/* A call over D-Bus. All borrowed; arguments: floating, taken, NULL: none. */
typedef struct {
	const char *name, *path, *interface, *method;
	GVariant *arguments;
	const char *reply;  /* its type: "(a{sv})" */
	gboolean may_start; /* the bus may start who is asked */
} RollstatQuestion;

/* Connects to the bus of the session or the system, on a connection of its own. Returns it given, or NULL; *ret_answer says how it
 * went. */
GDBusConnection *rollstat_probe_connect(GBusType type, RollstatReply *ret_answer);

/* Asks. Returns the reply given, or NULL; *ret_answer says how it went. */
GVariant *rollstat_probe_ask(GDBusConnection *bus, const RollstatQuestion *question,
			     RollstatReply *ret_answer);

/* What a failure means; error NULL: GIVEN. */
RollstatReply rollstat_probe_classify(const GError *error);

/* What a program said until it ended. */
typedef struct {
	char *out, *err;
	int status; /* its exit status; -1: it has none */
} RollstatSaid;

/* Runs a program to its end, without a shell. arguments: ended by NULL. NOBODY: there is no such program. ret_said:
 * rollstat_said_clear. */
RollstatReply rollstat_probe_run(const char *const *arguments, RollstatSaid *ret_said);

/* Frees the text. */
void rollstat_said_clear(RollstatSaid *said);

/* The kernel's adapters and what blocks them, below places->sys. */
void rollstat_probe_radio(const RollstatPlaces *places, RollstatBluetoothFacts *facts);
/* bluetoothd's; system: NULL: there is no bus. */
void rollstat_probe_bluez(GDBusConnection *system, const RollstatPlaces *places,
			  RollstatBluetoothFacts *facts);

/* A unit of the systemd on a bus; ret: its former text is not freed. */
void rollstat_probe_unit(GDBusConnection *bus, const char *name, RollstatUnitFacts *ret_unit);
void rollstat_probe_linger(GDBusConnection *system, const RollstatPlaces *places,
			   RollstatServiceFacts *facts);
void rollstat_probe_clock(GDBusConnection *system, RollstatMachineFacts *facts);
void rollstat_probe_daemon(GDBusConnection *bus, gboolean is_system, RollstatDaemonFacts *facts);
/* facts->config: set. */
void rollstat_probe_config(RollstatServiceFacts *facts);

/* facts->path and is_system: set. */
void rollstat_probe_database(RollstatDatabaseFacts *facts);

/* What needs nobody's answer: time zone, terminal, container. */
void rollstat_probe_machine(const RollstatContext *context, const RollstatPlaces *places,
			    RollstatMachineFacts *facts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RollstatSaid, rollstat_said_clear)
