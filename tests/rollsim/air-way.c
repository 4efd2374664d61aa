/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/air-way.h"

#include "tests/rollsim/air-controller.h"
#include "tests/rollsim/event-line.h"
#include "tests/rollsim/sim-time.h"
#include "tests/rollsim/vhci-port.h"

#include <gio/gio.h>

typedef struct {
	SimWay base;
	SimTime time;
	gboolean is_guarded; /* the sensors want encrypted links */
	AirController *controller;
	HciTrace *trace;    /* NULL: none */
	VhciPort *port;	    /* NULL: unplugged */
	VhciPort *squatter; /* takes the index on which the controller was; NULL: none */
	GSourceFuncs timer_funcs;
	GSource *timer;
} AirWay;

typedef struct {
	GSource base;
	AirWay *way;
} Timer;

static void
turn(AirWay *way)
{
	gint64 next_us = air_controller_turn(way->controller, sim_time_get_us(&way->time));

	sim_time_wake(&way->time, way->timer, next_us);
}

static gboolean
fire(GSource *source, GSourceFunc callback, gpointer user_data)
{
	(void)callback; /* the timer knows its way: it has none of these */
	(void)user_data;
	turn(((Timer *)source)->way);
	return G_SOURCE_CONTINUE;
}

static void
take(gpointer user, const guint8 *packet, gsize n_bytes)
{
	AirWay *way = user;

	hci_trace_add(way->trace, FALSE, packet, n_bytes);
	air_controller_take(way->controller, sim_time_get_us(&way->time), packet, n_bytes);
	turn(way);
}

static void
send(gpointer user, const guint8 *packet, gsize n_bytes)
{
	AirWay *way = user;

	if (!way->port)
		return;
	hci_trace_add(way->trace, TRUE, packet, n_bytes);
	vhci_port_send(way->port, packet, n_bytes);
}

/* ---- The plug ---- */

static gboolean
plug(AirWay *way, gboolean is_other, GError **error)
{
	if (way->port) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_EXISTS,
			    "the controller is plugged in as hci%u: right is unplug first",
			    vhci_port_get_index(way->port));
		return FALSE;
	}
	g_clear_pointer(&way->squatter, vhci_port_close);
	if (is_other) {
		way->squatter = vhci_port_open(NULL, NULL, error);
		if (!way->squatter)
			return FALSE;
	}
	way->port = vhci_port_open(take, way, error);
	if (!way->port)
		return FALSE;
	event_line_tell(EVENT_OF_ALL, "ready hci%u", vhci_port_get_index(way->port));
	return TRUE;
}

static gboolean
unplug(AirWay *way, GError **error)
{
	if (!way->port) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
				    "the controller is unplugged: right is plug");
		return FALSE;
	}
	g_clear_pointer(&way->port, vhci_port_close);
	air_controller_reset(way->controller, sim_time_get_us(&way->time));
	return TRUE;
}

/* ---- Orders ---- */

static void
obey_link(AirLink *link, const Order *order, gint64 now_us)
{
	AirManners *manners = air_link_get_manners(link);

	switch (order->verb) {
	case ORDER_AWAY:
	case ORDER_BACK:
		air_link_set_away(link, now_us, order->verb == ORDER_AWAY);
		break;
	case ORDER_DROP:
		air_link_drop(link, (guint8)order->number);
		break;
	case ORDER_OFF:
	case ORDER_ON:
		air_link_set_power(link, now_us, order->verb == ORDER_ON);
		break;
	case ORDER_DEAF:
	case ORDER_HEAR:
		manners->is_deaf = order->verb == ORDER_DEAF;
		break;
	case ORDER_REFUSE:
		manners->n_refusals = (guint)order->number;
		break;
	case ORDER_ABORT:
		manners->n_aborts = (guint)order->number;
		break;
	case ORDER_DELAY:
		manners->delay_ms = (guint)order->number;
		break;
	case ORDER_ONE:
		manners->is_one_each = order->number > 0;
		break;
	case ORDER_ADVERTISE:
		manners->is_quiet = order->number == 0;
		break;
	case ORDER_RSSI:
		manners->rssi_dbm = (gint8)order->number;
		break;
	case ORDER_BATTERY:
		air_link_set_battery(link, now_us, (guint)order->number);
		break;
	case ORDER_CLONE:
		air_link_get_device(link)->is_clone = order->number > 0;
		break;
	case ORDER_FORGET:
		sim_device_set_bond(air_link_get_device(link), &(SimBond){0});
		break;
	case ORDER_TABLE:
		air_link_update_firmware(link, now_us, (guint)order->number);
		break;
	default:
		(void)sim_way_obey_common(air_link_get_device(link), order, now_us);
	}
}

static void
obey_links(AirWay *way, const Order *order, gint64 now_us)
{
	for (guint i = 0; i < air_controller_count(way->controller); i++)
		if (order->sensor == 0 || order->sensor == i + 1)
			obey_link(air_controller_get_link(way->controller, i), order, now_us);
}

static gboolean
obey(SimWay *base, const Order *order, GError **error)
{
	AirWay *way = (AirWay *)base;
	gint64 now_us = sim_time_get_us(&way->time);
	gboolean is_done = TRUE;

	if ((order->verb == ORDER_CLONE || order->verb == ORDER_FORGET) && !way->is_guarded) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
				    "there are no keys: right is to begin with --encrypt");
		return FALSE;
	}
	if (order->verb == ORDER_UNPLUG)
		is_done = unplug(way, error);
	else if (order->verb == ORDER_PLUG || order->verb == ORDER_PLUG_OTHER)
		is_done = plug(way, order->verb == ORDER_PLUG_OTHER, error);
	else
		obey_links(way, order, now_us);
	turn(way);
	return is_done;
}

/* ---- Its life ---- */

static SimDevice *
get_device(SimWay *base, guint number)
{
	AirWay *way = (AirWay *)base;

	return air_link_get_device(air_controller_get_link(way->controller, number - 1));
}

static void
free_way(SimWay *base)
{
	AirWay *way = (AirWay *)base;

	g_source_destroy(way->timer);
	g_source_unref(way->timer);
	vhci_port_close(way->port);
	vhci_port_close(way->squatter);
	air_controller_free(way->controller);
	hci_trace_close(way->trace);
	g_free(way);
}

SimWay *
air_way_new(SimDevice *const *devices, guint n_devices, const AirLinkSettings *settings,
	    HciTrace *trace, GError **error)
{
	AirWay *way = g_new0(AirWay, 1);

	way->base = (SimWay){.obey = obey, .get_device = get_device, .free = free_way};
	way->is_guarded = settings->is_guarded;
	way->trace = trace;
	sim_time_init(&way->time);
	way->controller = air_controller_new(send, way);
	for (guint i = 0; i < n_devices; i++)
		air_controller_add(way->controller, devices[i], settings);
	way->timer_funcs = (GSourceFuncs){.dispatch = fire};
	way->timer = g_source_new(&way->timer_funcs, sizeof(Timer));
	((Timer *)way->timer)->way = way;
	g_source_set_static_name(way->timer, "air");
	g_source_attach(way->timer, NULL);
	if (!plug(way, FALSE, error)) {
		free_way(&way->base);
		return NULL;
	}
	turn(way);
	return &way->base;
}
