/* SPDX-License-Identifier: MIT
 *
 * A bluetoothd that is none: org.bluez on a bus of the test's own, with adapters, sensors and their GATT
 * tables, that can be told to behave as badly as the real one has been seen to.
 *
 * It answers from GDBus's own thread, so the code under test may wait for it. All functions may be called
 * from the test's thread at any time; each takes effect, and its signals are sent, before it returns.
 * Whenever the fake did something it wakes the default main context, so a test waits by iterating that
 * one until what it waits for is so.
 *
 *     FakeBluez *fake = fake_bluez_new(bus_address);          the name org.bluez is owned
 *     fake_bluez_add_adapter(fake, "hci0", "00:11:22:33:44:55");
 *     FakeSensor *sensor = fake_bluez_add_sensor(fake, &(FakeSensorOptions){.address = "C0:..."});
 *     ... the code under test discovers, connects, reads, subscribes, starts ...
 *     fake_sensor_notify(sensor, ROLL_UUID_ROLLER_MEASUREMENT, bytes, n_bytes);
 *
 * What it knows of bluetoothd 5.66: objects that come and go with discovery, RSSI that is withdrawn when
 * discovery ends, Trusted, GattProfile1 registered by an application (which it calls back), sessions of
 * StartNotify that outlive a link and are taken up again by itself, reads that also come as signals.
 */
#pragma once

#include "protocol/sensor/codec-roller.h"

#include <gio/gio.h>

typedef struct FakeBluez FakeBluez;
typedef struct FakeSensor FakeSensor;

/* In which order a connection shows itself. */
typedef enum {
	FAKE_ORDER_USUAL,	   /* Connected, objects, ServicesResolved, the reply */
	FAKE_ORDER_REPLY_FIRST,	   /* the reply, Connected, objects, ServicesResolved */
	FAKE_ORDER_RESOLVED_FIRST, /* Connected, ServicesResolved, then the objects one by one */
	FAKE_ORDER_FLAPPING, /* as usual, then unresolved, objects taken away, given back, resolved */
	FAKE_ORDER_UNTOLD,   /* as usual, but Connected is never told */
	FAKE_ORDER_BY_HAND, /* Connected and the reply; the rest by fake_sensor_show and _resolve */
} FakeOrder;

/* How a sensor is at the beginning. Zero: as most are. */
typedef struct {
	const char *address; /* "C0:FF:EE:00:00:01" */
	const char *name;    /* NULL: "Roller" */
	const char *adapter; /* "hci0"; NULL: that */
	gboolean is_known;   /* in bluetoothd's memory from before, so its object is there */
	gboolean is_away;    /* not to be received */
	gboolean is_nameless_of_service; /* advertises no service */
	gboolean has_battery_service;	 /* Battery1 */
	const RollCodec *codec; /* whose GATT table it has; NULL: the Roller Sensor Profile */
} FakeSensorOptions;

/* address: of the bus. Aborts where the bus cannot be had: no test can go on then. */
FakeBluez *fake_bluez_new(const char *address);
void fake_bluez_free(FakeBluez *fake);

/* bluetoothd ends: is_orderly: as by systemctl stop (links end, objects are removed, then the name goes);
 * else as by SIGKILL (only the name goes). Its memory of known sensors stays. */
void fake_bluez_vanish(FakeBluez *fake, gboolean is_orderly);
/* It is back, with a new unique name, and shows its adapters and the sensors it knows. address: of
 * another bus; NULL: as before. */
void fake_bluez_return(FakeBluez *fake, const char *address);
/* Whether its bus is gone. */
gboolean fake_bluez_is_lost(FakeBluez *fake);

/* How often clients called this method ("Connect", "WriteValue", ...) since the last fake_bluez_forget. */
guint fake_bluez_count(FakeBluez *fake, const char *method);
void fake_bluez_forget(FakeBluez *fake);
/* All calls since then, "Connect StopDiscovery ...", in order; given. */
char *fake_bluez_dup_calls(FakeBluez *fake);

/* The next n calls of this method fail with error ("org.bluez.Error.Failed") and message; n -1: all. */
void fake_bluez_fail(FakeBluez *fake, const char *method, int n, const char *error,
		     const char *message);
/* The next n calls of this method are never answered, and do nothing. */
void fake_bluez_ignore(FakeBluez *fake, const char *method, int n);

/* Adapters. */
void fake_bluez_add_adapter(FakeBluez *fake, const char *name, const char *address);
/* has_child_signals FALSE: the adapter's own InterfacesRemoved is all that is told. */
void fake_bluez_remove_adapter(FakeBluez *fake, const char *name, gboolean has_child_signals);
void fake_bluez_set_powered(FakeBluez *fake, const char *name, gboolean is_powered);
/* StartDiscovery begins nothing and is not answered until this is FALSE again, and StopDiscovery is refused meanwhile. */
void fake_bluez_set_start_slow(FakeBluez *fake, gboolean is_slow);
gboolean fake_bluez_is_discovering(FakeBluez *fake, const char *name);
/* UUIDs that the registered GattProfile1 objects ask for; 0: none is registered. */
guint fake_bluez_get_profile_size(FakeBluez *fake);

/* Sensors. A sensor lives as long as the fake. */
FakeSensor *fake_bluez_add_sensor(FakeBluez *fake, const FakeSensorOptions *options);

/* Moves it to another adapter (of another hci number): its object there is not shown yet. */
void fake_sensor_move(FakeSensor *sensor, const char *adapter);
/* It comes into reach (and connects, where a profile is registered and it is known and trusted), or it
 * goes out of reach: its link is lost. */
void fake_sensor_set_away(FakeSensor *sensor, gboolean is_away);
/* bluetoothd removes its object (and forgets it), as it does with RemoveDevice. */
void fake_sensor_remove(FakeSensor *sensor);
/* It tells its service, where it was nameless of it. */
void fake_sensor_tell_services(FakeSensor *sensor);

/* The link. */
void fake_sensor_set_order(FakeSensor *sensor, FakeOrder order);
void fake_sensor_connect(FakeSensor *sensor); /* as by the kernel or another client */
void fake_sensor_drop(FakeSensor *sensor);    /* Connected=false and ServicesResolved=false */
/* The link is lost in the middle, and all that is told is that the GATT objects are gone. */
void fake_sensor_drop_untold(FakeSensor *sensor);
void fake_sensor_show(FakeSensor *sensor, const char *uuid); /* NULL: all that are not shown */
void fake_sensor_hide(FakeSensor *sensor, const char *uuid); /* NULL: all that are shown */
void fake_sensor_set_resolved(FakeSensor *sensor, gboolean is_resolved);
/* bluetoothd's memory lacks this characteristic, until it is made to forget the device. */
void fake_sensor_make_stale(FakeSensor *sensor, const char *uuid);
gboolean fake_sensor_is_connected(FakeSensor *sensor);
gboolean fake_sensor_is_trusted(FakeSensor *sensor);
gboolean fake_sensor_is_shown(FakeSensor *sensor);

/* Values. */
/* What a read gives; also without it there are a Feature, a battery level and device information. */
void fake_sensor_set_value(FakeSensor *sensor, const char *uuid, const guint8 *bytes,
			   gsize n_bytes);
/* Sends a notification. FALSE: nobody subscribed, or there is no link; nothing was sent. */
gboolean fake_sensor_notify(FakeSensor *sensor, const char *uuid, const guint8 *bytes,
			    gsize n_bytes);
/* A Measurement with one sample (number: its sequence), sent only if the sensor was started. */
gboolean fake_sensor_send_sample(FakeSensor *sensor, guint number);
/* The same, also if it was not started: as sensors do that bluetoothd subscribed by itself. */
gboolean fake_sensor_force_sample(FakeSensor *sensor, guint number);
/* Measurement numbers sent by itself, before it answers StartNotify of Measurement. */
void fake_sensor_set_early(FakeSensor *sensor, guint n_samples);
void fake_sensor_set_battery(FakeSensor *sensor, guint8 battery_pct);

/* How it was left. */
gboolean fake_sensor_is_started(FakeSensor *sensor); /* by START, since the link came to be */
void fake_sensor_stop(FakeSensor *sensor); /* falls silent: as if it had never been started */
gboolean fake_sensor_is_notifying(FakeSensor *sensor, const char *uuid);
/* The last thing written to its control point: its first byte; 0: none. */
guint8 fake_sensor_get_order(FakeSensor *sensor);
