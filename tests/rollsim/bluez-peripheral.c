/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/bluez-peripheral.h"

#include "tests/rollsim/event-line.h"
#include "tests/rollsim/gatt-server.h"
#include "tests/rollsim/peripheral-bus.h"
#include "tests/rollsim/sim-time.h"

#include <errno.h>
#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
	SimWay base;
	SimTime time;
	SimDevice *device;
	PeripheralBus *bus;
	int notify_fd;	     /* our end; -1: nobody has subscribed */
	guint notify_source; /* tells when the other end is closed */
	GSourceFuncs timer_funcs;
	GSource *timer;
} Peripheral;

typedef struct {
	GSource base;
	Peripheral *peripheral;
} Timer;

/* ---- The stream ---- */

static void
end_notifications(Peripheral *peripheral)
{
	if (peripheral->notify_fd < 0)
		return;
	g_clear_handle_id(&peripheral->notify_source, g_source_remove);
	close(peripheral->notify_fd);
	peripheral->notify_fd = -1;
	event_line_tell(peripheral->device->number, "unsubscribed");
}

/* What bluetoothd does not take in time is lost, as from a full buffer. */
static void
notify(Peripheral *peripheral, const SimValue *value)
{
	if (peripheral->notify_fd >= 0 &&
	    send(peripheral->notify_fd, value->bytes, value->n_bytes, MSG_DONTWAIT | MSG_NOSIGNAL) <
		    0 &&
	    errno != EAGAIN)
		end_notifications(peripheral);
}

static void
turn(Peripheral *peripheral)
{
	SimStream *stream = peripheral->device->stream;
	SimValue values[PACKET_TROUBLE_MOST];
	gint64 now_us = sim_time_get_us(&peripheral->time);

	while (sim_stream_get_due_us(stream) <= now_us) {
		guint n_values = sim_device_make(peripheral->device, now_us, values);

		for (guint i = 0; i < n_values; i++)
			notify(peripheral, &values[i]);
	}
	sim_time_wake(&peripheral->time, peripheral->timer, sim_stream_get_due_us(stream));
}

static gboolean
fire(GSource *source, GSourceFunc callback, gpointer user_data)
{
	(void)callback; /* the timer knows its peripheral: it has none of these */
	(void)user_data;
	turn(((Timer *)source)->peripheral);
	return G_SOURCE_CONTINUE;
}

/* ---- What bluetoothd asks ---- */

static gboolean
closed(gint fd, GIOCondition condition, gpointer user)
{
	Peripheral *peripheral = user;

	(void)fd;
	(void)condition;
	peripheral->notify_source = 0; /* it goes by itself */
	end_notifications(peripheral);
	return G_SOURCE_REMOVE;
}

static guint16
look_up_u16(GVariant *options, const char *name, guint16 otherwise)
{
	(void)g_variant_lookup(options, name, "q", &otherwise);
	return otherwise;
}

static void
set_mtu(Peripheral *peripheral, guint16 mtu)
{
	sim_stream_set_room(peripheral->device->stream, MAX(mtu, ATT_MTU_LEAST) - ATT_HEADER_LEN);
}

static void
answer_read(Peripheral *peripheral, GattKey key, GVariant *options, GDBusMethodInvocation *call)
{
	guint8 value[GATT_VALUE_MAX];
	gsize n_value = sim_device_read(peripheral->device, key, value);
	guint16 offset = look_up_u16(options, "offset", 0);

	if (offset > n_value) {
		g_dbus_method_invocation_return_dbus_error(call, "org.bluez.Error.InvalidOffset",
							   "past the end of the value");
		return;
	}
	g_dbus_method_invocation_return_value(
		call, g_variant_new("(@ay)",
				    g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, value + offset,
							      n_value - offset, 1)));
}

static void
answer_write(Peripheral *peripheral, GattKey key, GVariant *parameters, GDBusMethodInvocation *call)
{
	g_autoptr(GVariant) value = g_variant_get_child_value(parameters, 0);
	gsize n_bytes;
	const guint8 *bytes = g_variant_get_fixed_array(value, &n_bytes, 1);
	guint8 reply[3];

	if (key != GATT_CONTROL) {
		g_dbus_method_invocation_return_dbus_error(call, "org.bluez.Error.NotSupported",
							   "it cannot be written");
		return;
	}
	sim_device_control(peripheral->device, sim_time_get_us(&peripheral->time), bytes, n_bytes,
			   reply);
	g_dbus_method_invocation_return_value(call, NULL);
	peripheral_bus_tell(peripheral->bus, GATT_CONTROL, reply, sizeof reply);
	turn(peripheral);
}

static void
answer_acquire(Peripheral *peripheral, GVariant *options, GDBusMethodInvocation *call)
{
	guint16 mtu = look_up_u16(options, "mtu", ATT_MTU_LEAST);
	g_autoptr(GUnixFDList) fds = NULL;
	int pair[2];

	if (peripheral->notify_fd >= 0 ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
		g_dbus_method_invocation_return_dbus_error(call, "org.bluez.Error.Failed",
							   "one client at a time");
		return;
	}
	peripheral->notify_fd = pair[0];
	peripheral->notify_source = g_unix_fd_add(pair[0], G_IO_HUP | G_IO_ERR, closed, peripheral);
	set_mtu(peripheral, mtu);
	event_line_tell(peripheral->device->number, "subscribed");
	fds = g_unix_fd_list_new_from_array(&pair[1], 1);
	g_dbus_method_invocation_return_value_with_unix_fd_list(call, g_variant_new("(hq)", 0, mtu),
								fds);
}

static void
take_call(gpointer user, GattKey key, const char *method, GVariant *parameters,
	  GDBusMethodInvocation *call)
{
	Peripheral *peripheral = user;
	g_autoptr(GVariant) options = NULL;

	if (g_str_equal(method, "WriteValue")) {
		answer_write(peripheral, key, parameters, call);
		return;
	}
	if (g_str_equal(method, "ReadValue") || g_str_equal(method, "AcquireNotify")) {
		options = g_variant_get_child_value(parameters, 0);
		if (g_str_equal(method, "ReadValue"))
			answer_read(peripheral, key, options, call);
		else
			answer_acquire(peripheral, options, call);
		return;
	}
	/* StartNotify, StopNotify and Confirm: bluetoothd keeps the account itself. */
	g_dbus_method_invocation_return_value(call, NULL);
}

static void
take_link(gpointer user, gboolean is_up)
{
	Peripheral *peripheral = user;

	event_line_tell(peripheral->device->number, "%s", is_up ? "connected" : "disconnected");
	if (is_up)
		return;
	sim_device_lose_link(peripheral->device);
	end_notifications(peripheral);
}

/* ---- Orders ---- */

static void
set_battery(Peripheral *peripheral, guint battery_pct)
{
	guint8 level_pct = (guint8)battery_pct;

	peripheral->device->battery_pct = battery_pct;
	peripheral_bus_tell(peripheral->bus, GATT_BATTERY, &level_pct, 1);
}

static gboolean
obey(SimWay *base, const Order *order, GError **error)
{
	Peripheral *peripheral = (Peripheral *)base;
	gint64 now_us = sim_time_get_us(&peripheral->time);

	if (sim_way_obey_common(peripheral->device, order, now_us))
		return TRUE;
	switch (order->verb) {
	case ORDER_DROP:
		peripheral_bus_hang_up(peripheral->bus);
		return TRUE;
	case ORDER_ADVERTISE:
		peripheral_bus_advertise(peripheral->bus, order->number > 0);
		return TRUE;
	case ORDER_BATTERY:
		set_battery(peripheral, (guint)order->number);
		return TRUE;
	default:
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
				    "over BlueZ the radio is a real one: right is --way air");
		return FALSE;
	}
}

/* ---- Its life ---- */

static SimDevice *
get_device(SimWay *base, guint number)
{
	g_assert(number == 1);
	return ((Peripheral *)base)->device;
}

static void
free_peripheral(SimWay *base)
{
	Peripheral *peripheral = (Peripheral *)base;

	peripheral_bus_free(peripheral->bus);
	g_source_destroy(peripheral->timer);
	g_source_unref(peripheral->timer);
	g_clear_handle_id(&peripheral->notify_source, g_source_remove);
	if (peripheral->notify_fd >= 0)
		close(peripheral->notify_fd);
	sim_device_free(peripheral->device);
	g_free(peripheral);
}

SimWay *
bluez_peripheral_new(SimDevice *device, const BluezPeripheralSettings *settings, GError **error)
{
	Peripheral *peripheral = g_new0(Peripheral, 1);
	PeripheralBusSettings bus = {
		.name = device->name,
		.adapter = settings->adapter,
		.has_uuid = settings->has_uuid,
		.is_guarded = settings->is_guarded,
	};
	PeripheralBusListener listener = {.call = take_call, .link = take_link, .user = peripheral};

	peripheral->base =
		(SimWay){.obey = obey, .get_device = get_device, .free = free_peripheral};
	sim_time_init(&peripheral->time);
	peripheral->device = device;
	peripheral->notify_fd = -1;
	peripheral->timer_funcs = (GSourceFuncs){.dispatch = fire};
	peripheral->timer = g_source_new(&peripheral->timer_funcs, sizeof(Timer));
	((Timer *)peripheral->timer)->peripheral = peripheral;
	g_source_set_static_name(peripheral->timer, "peripheral");
	g_source_attach(peripheral->timer, NULL);
	peripheral->bus = peripheral_bus_new(&bus, &listener, error);
	if (peripheral->bus)
		return &peripheral->base;
	free_peripheral(&peripheral->base);
	return NULL;
}
