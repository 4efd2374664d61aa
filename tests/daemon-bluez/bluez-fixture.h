/* SPDX-License-Identifier: MIT
 *
 * A BlueZ source between a fake bluetoothd and a sink that remembers everything. Time limits are as in
 * earnest unless a test shortens one; delays between attempts are short.
 */
#pragma once

#include "daemon/bluez/source-bluez.h"
#include "tests/support/fake-bluez.h"

#define FIRST_ADDRESS "C0:FF:EE:00:00:01"
#define SECOND_ADDRESS "C0:FF:EE:00:00:02"
#define ADAPTER_ADDRESS "00:11:22:33:44:55"

typedef struct {
	GTestDBus *dbus;
	char *services; /* folder of what the bus can start */
	GDBusConnection
		*bus;	 /* the source's; NULL: it has the system bus, which is the fake's, too */
	FakeBluez *fake; /* with adapter hci0 */
	RollSource *source; /* NULL before bluez_fixture_start */
	RollBluezTiming timing;
	GArray *values;	      /* of RollValue */
	GHashTable *statuses; /* address -> BluezStatus */
	GPtrArray *troubles;  /* of char, each as told; "" for well */
	guint n_ended;
	GError *ended_error;
	GHashTable *admissions; /* address -> RollAdmission; those not in it: ROLL_ADMIT_ANY */
	guint n_answers;	/* to bluez_fixture_pair */
	GError *answer;		/* the last one; NULL: done */
} BluezFixture;

typedef struct {
	RollLink link;
	char *name, *codec, *detail, *notice;
	gboolean is_paired, asks_pairing;
	int battery_pct;
	guint n_told;
	char *all_links;   /* every link told, "absent connecting streaming" */
	char *all_details; /* every detail told, one a line */
} BluezStatus;

/* Waits until condition is so, by iterating the main context; fails the test after 20 s. */
#define WAIT_FOR(condition)                                                                        \
	do {                                                                                       \
		g_autoptr(GTimer) wait_timer = g_timer_new();                                      \
		guint wait_source = g_timeout_add(500, bluez_fixture_tick, NULL);                  \
		while (!(condition)) {                                                             \
			if (g_timer_elapsed(wait_timer, NULL) > 20)                                \
				g_error("%s:%d: never came: %s", __FILE__, __LINE__, #condition);  \
			g_main_context_iteration(NULL, TRUE);                                      \
		}                                                                                  \
		g_source_remove(wait_source);                                                      \
	} while (FALSE)

/* Only wakes the loop, so that WAIT_FOR sees that it is late. */
gboolean bluez_fixture_tick(gpointer unused);

/* For g_test_add: the bus and the fake, no source yet; and the end of all. */
void bluez_fixture_set_up(BluezFixture *fixture, gconstpointer unused);
void bluez_fixture_tear_down(BluezFixture *fixture, gconstpointer unused);

/* only: as roll_source_bluez_new; NULL: all. */
void bluez_fixture_start(BluezFixture *fixture, const char *const *only);
/* With the system bus, which DBUS_SYSTEM_BUS_ADDRESS makes the fake's. */
void bluez_fixture_start_on_system_bus(BluezFixture *fixture);
/* With a system bus that is not there; bluez_fixture_find_bus makes it be there. */
void bluez_fixture_start_without_bus(BluezFixture *fixture);
void bluez_fixture_find_bus(BluezFixture *fixture);
/* Ends the source, as at the end of the program. */
void bluez_fixture_stop(BluezFixture *fixture);

/* Lets time pass, for what must not happen in it. Returns how often the main context had to do. */
guint bluez_fixture_pass(guint duration_ms);

/* The bus ends; and there is another one, with the fake on it. Also for the system bus. */
void bluez_fixture_stop_bus(BluezFixture *fixture);
void bluez_fixture_restart_bus(BluezFixture *fixture);
/* Has the bus start program (a whole command line) when somebody asks for org.bluez. */
void bluez_fixture_offer(BluezFixture *fixture, const char *program);

/* A sensor in reach with this address. */
FakeSensor *bluez_fixture_add(BluezFixture *fixture, const char *address);

/* What was told of this sensor last; an empty one where nothing was. Borrowed. */
const BluezStatus *bluez_fixture_get_status(BluezFixture *fixture, const char *address);
gboolean bluez_fixture_is(BluezFixture *fixture, const char *address, RollLink link);

/* The trouble as it stands: NULL: none was told; "": it was told to be well again. Borrowed. */
const char *bluez_fixture_get_trouble(const BluezFixture *fixture);

/* How many values of this characteristic came (uuid NULL: of all). */
guint bluez_fixture_count(const BluezFixture *fixture, const char *address, const char *uuid);
/* The n-th of them, borrowed. */
const RollValue *bluez_fixture_get_value(const BluezFixture *fixture, const char *address,
					 const char *uuid, guint n);

/* Sets whether this sensor may be heard, and has the source look again, if there is one. */
void bluez_fixture_admit(BluezFixture *fixture, const char *address, RollAdmission admission);
/* Asks the source to pair, or to take that back; the answer is counted in n_answers. */
void bluez_fixture_pair(BluezFixture *fixture, const char *address, gboolean is_on);
/* The same, and waits for the answer: fails where it is not an error with these words (NULL: none). */
void bluez_fixture_expect_pairing(BluezFixture *fixture, const char *address, gboolean is_on,
				  const char *words);

/* Starts, and waits until a sensor in reach, FIRST_ADDRESS, streams. */
FakeSensor *bluez_fixture_stream(BluezFixture *fixture);
/* Sends a sample and waits until it is there. */
void bluez_fixture_expect_sample(BluezFixture *fixture, FakeSensor *sensor, const char *address);
