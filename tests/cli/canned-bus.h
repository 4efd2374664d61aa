/* SPDX-License-Identifier: MIT
 *
 * A bus of the test's own, on which names answer by heart, refuse, or say nothing for ever. It answers from GDBus's own thread, so
 * the code under test may wait for it.
 */
#pragma once

#include <gio/gio.h>

/* An answer to calls to name, on path where it is named, of method, with the first argument where it is named. */
typedef struct {
	const char *name, *path, *method, *argument;
	const char *type, *reply; /* as GVariant has it in text; type NULL: see error */
	const char *error;	  /* name of a D-Bus error; NULL: no answer ever comes */
} CannedAnswer;

typedef struct {
	GTestDBus *bus;
	GDBusConnection *connection;
	const CannedAnswer *answers; /* ended by one without name */
} CannedBus;

/* Starts it as the bus of the session and of the system, and owns all names that answers has. answers: borrowed. */
void canned_bus_init(CannedBus *canned, const CannedAnswer *answers);

/* Ends it. */
void canned_bus_clear(CannedBus *canned);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CannedBus, canned_bus_clear)
