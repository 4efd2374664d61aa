/* SPDX-License-Identifier: MIT
 *
 * The inside of the fake bluetoothd, shared by its files; tests use fake-bluez.h alone. All of it is
 * guarded by the fake's lock.
 */
#pragma once

#include "tests/support/fake-bluez.h"
#include "tests/support/fake-objects.h"
#include "tests/support/fake-pairing.h"

#define FAKE_ADAPTER "org.bluez.Adapter1"
#define FAKE_DEVICE "org.bluez.Device1"
#define FAKE_BATTERY "org.bluez.Battery1"
#define FAKE_CHARACTERISTIC "org.bluez.GattCharacteristic1"

typedef struct {
	char *path;
	char *address;
	gboolean is_powered;
	gboolean is_discovering;
} FakeAdapter;

typedef struct {
	char *method;
	int n_left;  /* -1: for ever */
	char *error; /* NULL: no answer at all */
	char *text;
} FakeFault;

struct FakeBluez {
	GRecMutex lock;
	char *address;	      /* of the bus */
	GDBusConnection *bus; /* NULL: vanished */
	guint filter;
	FakeObjects objects;
	GPtrArray *adapters; /* of FakeAdapter */
	GPtrArray *sensors;  /* of FakeSensor */
	GPtrArray *calls;    /* names of the methods called */
	GPtrArray *faults;
	GHashTable *
		registrations; /* serial of our GetManagedObjects -> RegisterApplication's message */
	guint profile_size;
	gboolean is_start_slow;
	GDBusMessage *start; /* the StartDiscovery that is not answered yet; NULL: none */
	char *agent_owner, *agent_path, *agent_capability; /* NULL: there is none */
	guint32 agent_serial; /* of the question that it was asked; 0: none is open */
	char *agent_answer;
};

typedef struct {
	char uuid[ROLL_UUID_LEN + 1];
	char *path;
	GBytes *value;
	gboolean is_notifying;
} FakeCharacteristic;

struct FakeSensor {
	FakeBluez *fake;
	const RollCodec *codec;
	char *address;
	char *name;
	char *adapter; /* path */
	char *path;
	GPtrArray *characteristics; /* of FakeCharacteristic */
	char *stale;		    /* UUID that bluetoothd's memory lacks; NULL: none */
	FakeOrder order;
	gboolean is_known, is_away, is_bare, has_battery;
	gboolean is_connected, is_started, is_trusted;
	guint n_early;
	guint8 last_order;
	guint8 battery_pct;
	FakeLock lock;
	FakePairing pairing;
	gboolean is_paired, is_replaced;
	GDBusMessage *pair; /* the call that is under way; NULL: none is */
};

/* Around all that touches a fake or its sensors; may be nested. */
void fake_bluez_lock(FakeBluez *fake);
/* Also wakes the default main context: something may have changed. */
void fake_bluez_unlock(FakeBluez *fake);

/* NULL: it has none of this UUID. */
FakeCharacteristic *fake_sensor_find(FakeSensor *sensor, const char *uuid);

/* Connects in the sensor's order; call NULL: nobody called Connect. */
void fake_sensor_connect_for(FakeSensor *sensor, GDBusMessage *call);

/* Answers a call; message: borrowed. body: floating or NULL. */
void fake_bluez_answer(FakeBluez *fake, GDBusMessage *message, GVariant *body);
void fake_bluez_refuse(FakeBluez *fake, GDBusMessage *message, const char *error, const char *text);

/* Handles each message to the fake, in GDBus's thread. */
GDBusMessage *fake_bluez_filter(GDBusConnection *bus, GDBusMessage *message, gboolean is_incoming,
				gpointer user_data);

/* path: an adapter's; NULL: there is none. */
FakeAdapter *fake_bluez_find_adapter(FakeBluez *fake, const char *path);

/* Begins or ends discovery. */
void fake_bluez_set_discovering(FakeBluez *fake, FakeAdapter *adapter, gboolean is_on);

/* Whether sensors on this adapter are being looked for. path: the adapter's. */
gboolean fake_bluez_is_searching(FakeBluez *fake, const char *path);

/* fake_bluez_add_sensor without its fake; and its end. */
FakeSensor *fake_sensor_new(FakeBluez *fake, const FakeSensorOptions *options);
void fake_sensor_free(FakeSensor *sensor);

/* Works out its object paths, after its adapter was set. */
void fake_sensor_set_paths(FakeSensor *sensor);
/* Puts its object and its GATT table where its adapter is, not shown. */
void fake_sensor_install(FakeSensor *sensor);
/* Its link and the subscriptions are gone, and nobody is told. */
void fake_sensor_lose(FakeSensor *sensor);
/* It is received while one searches: shows itself, with its strength of reception. */
void fake_sensor_appear(FakeSensor *sensor);
/* The search has ended. */
void fake_sensor_fade(FakeSensor *sensor);
/* Connects by itself where the real kernel would. */
void fake_sensor_return(FakeSensor *sensor);
/* bluetoothd is made to forget it. */
void fake_sensor_forget(FakeSensor *sensor);

/* A method of Device1, or of one of its characteristics; FALSE: the object or the method is not known. */
gboolean fake_sensor_call(FakeSensor *sensor, GDBusMessage *message);

/* fake-agent.c's part of the calls; FALSE: it is none of its. */
gboolean fake_pairing_call_manager(FakeBluez *fake, GDBusMessage *message);
gboolean fake_pairing_call_device(FakeSensor *sensor, GDBusMessage *message);
/* Whether a reply was the agent's. */
gboolean fake_pairing_take_reply(FakeBluez *fake, GDBusMessage *reply);
/* Whether an operation was refused for want of a key. */
gboolean fake_pairing_is_locked(FakeSensor *sensor, GDBusMessage *message);
/* Whether a link ends as soon as it has begun. */
gboolean fake_pairing_is_cut(const FakeSensor *sensor);
/* A pairing that is under way is never answered. */
void fake_pairing_end(FakeSensor *sensor);
/* No agent is registered any more. */
void fake_pairing_drop_agent(FakeBluez *fake);
