/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/air-controller-inside.h"

#include "protocol/bytes.h"
#include "tests/rollsim/event-line.h"

#include <string.h>

enum {
	SCAN_UNIT_US = 625,
	FORGET_DUPLICATE_US = 1000 * 1000,

	REPORT_ADVERTISEMENT = 0x00, /* connectable, undirected */
	REPORT_RESPONSE = 0x04,

	DATA_HEADER_LEN = 4,
	DATA_CONTINUES = 0x1000, /* in the handle's field */
	DATA_BEGINS = 0x2000,	 /* from the controller; the host begins with 0 */
	DATA_FLAG_MASK = 0x3000,
	HANDLE_MASK = 0x0fff,
	COMMAND_HEADER_LEN = 3,
};

/* ---- To the host ---- */

void
air_controller_send_event(AirController *controller, guint8 code, const guint8 *bytes,
			  gsize n_bytes)
{
	guint8 packet[3 + HCI_EVENT_MAX] = {HCI_EVENT, code, (guint8)n_bytes};

	g_assert(n_bytes <= HCI_EVENT_MAX);
	memcpy(packet + 3, bytes, n_bytes);
	controller->send(controller->user, packet, 3 + n_bytes);
}

guint16
air_controller_find_handle(const AirController *controller, const AirLink *link)
{
	guint i = 0;

	g_ptr_array_find(controller->links, link, &i);
	return (guint16)(HCI_HANDLE_FIRST + i);
}

AirLink *
air_controller_find_link(const AirController *controller, guint16 handle)
{
	guint i = (guint)handle - HCI_HANDLE_FIRST;
	AirLink *link = i < controller->links->len ? g_ptr_array_index(controller->links, i) : NULL;

	return link && air_link_is_held(link) ? link : NULL;
}

void
air_controller_tell_connected(AirController *controller, const AirLink *link, guint8 status)
{
	guint8 event[19] = {HCI_LE_CONNECTED, status};

	if (link)
		roll_bytes_put_u16(event + 2, air_controller_find_handle(controller, link));
	event[5] = link ? ADDRESS_RANDOM : controller->target.type;
	memcpy(event + 6, link ? air_link_get_address(link) : controller->target.address,
	       AIR_ADDRESS_LEN);
	roll_bytes_put_u16(event + 12, controller->parameters.interval);
	roll_bytes_put_u16(event + 14, controller->parameters.latency);
	roll_bytes_put_u16(event + 16, controller->parameters.timeout);
	controller->connecting.is_on = FALSE;
	air_controller_send_event(controller, HCI_LE_META, event, sizeof event);
}

static void
report(AirController *controller, const AirLink *link, guint8 type)
{
	guint8 event[12 + AIR_ADVERTISEMENT_MAX] = {HCI_LE_REPORT, 1, type, ADDRESS_RANDOM};
	gsize n_data = air_link_get_advertisement(link, type == REPORT_RESPONSE, event + 11);

	memcpy(event + 4, air_link_get_address(link), AIR_ADDRESS_LEN);
	event[10] = (guint8)n_data;
	event[11 + n_data] = (guint8)air_link_get_rssi(link);
	controller->n_reports++;
	air_controller_send_event(controller, HCI_LE_META, event, 12 + n_data);
}

/* ---- The radio ---- */

static gboolean
hears(const AirWindow *window, gint64 now_us)
{
	gint64 interval_us = (gint64)window->interval * SCAN_UNIT_US;

	return window->is_on && interval_us > 0 &&
	       (now_us - window->since_us) % interval_us < (gint64)window->window * SCAN_UNIT_US;
}

static gboolean
is_peer(const AirPeer *peer, const AirLink *link)
{
	return peer->type == ADDRESS_RANDOM &&
	       memcmp(peer->address, air_link_get_address(link), AIR_ADDRESS_LEN) == 0;
}

static gboolean
is_listed(const AirController *controller, const AirLink *link)
{
	for (guint i = 0; i < controller->n_accepted; i++)
		if (is_peer(&controller->accepted[i], link))
			return TRUE;
	return FALSE;
}

static void
connect_to(AirController *controller, AirLink *link, gint64 now_us)
{
	AirManners *manners = air_link_get_manners(link);

	if (manners->n_aborts > 0) {
		manners->n_aborts--;
		event_line_tell(air_link_get_device(link)->number, "aborted");
		air_controller_tell_connected(controller, NULL, HCI_NOT_ESTABLISHED);
		return;
	}
	air_link_connect(link, &controller->own, &controller->parameters, now_us);
	air_controller_tell_connected(controller, link, HCI_OK);
}

static void
scan(AirController *controller, AirLink *link, gint64 now_us)
{
	guint i = air_controller_find_handle(controller, link) - HCI_HANDLE_FIRST;
	gint64 *reported_us = &controller->reported_us[i];

	if (!hears(&controller->scan, now_us) ||
	    (controller->is_for_listed && !is_listed(controller, link)))
		return;
	if (controller->is_without_duplicates && *reported_us != G_MININT64 &&
	    now_us < *reported_us + FORGET_DUPLICATE_US)
		return;
	*reported_us = now_us;
	report(controller, link, REPORT_ADVERTISEMENT);
	if (controller->is_active)
		report(controller, link, REPORT_RESPONSE);
}

static void
hear_advertisement(gpointer user, AirLink *link, gint64 now_us)
{
	AirController *controller = user;

	if (hears(&controller->connecting, now_us) && !air_link_is_held(link) &&
	    (controller->is_to_listed ? is_listed(controller, link)
				      : is_peer(&controller->target, link)))
		connect_to(controller, link, now_us);
	else
		scan(controller, link, now_us);
}

/* ---- Data ---- */

static void
deliver(gpointer user, AirLink *link, const guint8 *frame, gsize n_bytes)
{
	AirController *controller = user;
	guint16 handle = air_controller_find_handle(controller, link);

	for (gsize at = 0; at < n_bytes; at += HCI_DATA_MAX) {
		gsize n_part = MIN(n_bytes - at, HCI_DATA_MAX);
		guint8 packet[1 + DATA_HEADER_LEN + HCI_DATA_MAX] = {HCI_DATA};

		roll_bytes_put_u16(packet + 1,
				   (guint16)(handle | (at ? DATA_CONTINUES : DATA_BEGINS)));
		roll_bytes_put_u16(packet + 3, (guint16)n_part);
		memcpy(packet + 1 + DATA_HEADER_LEN, frame + at, n_part);
		controller->send(controller->user, packet, 1 + DATA_HEADER_LEN + n_part);
	}
}

static void
acknowledge(gpointer user, AirLink *link, guint n_fragments)
{
	AirController *controller = user;
	guint8 event[5] = {1};

	roll_bytes_put_u16(event + 1, air_controller_find_handle(controller, link));
	roll_bytes_put_u16(event + 3, (guint16)n_fragments);
	air_controller_send_event(controller, HCI_COMPLETED_PACKETS, event, sizeof event);
}

static void
tell_encrypted(gpointer user, AirLink *link, gboolean is_encrypted)
{
	AirController *controller = user;
	guint8 event[4] = {is_encrypted ? HCI_OK : HCI_NO_KEY};

	roll_bytes_put_u16(event + 1, air_controller_find_handle(controller, link));
	event[3] = is_encrypted ? 1 : 0;
	air_controller_send_event(controller, HCI_ENCRYPTION_CHANGED, event, sizeof event);
}

static void
tell_ended(gpointer user, AirLink *link, guint8 reason)
{
	AirController *controller = user;
	guint8 event[4] = {HCI_OK};

	roll_bytes_put_u16(event + 1, air_controller_find_handle(controller, link));
	event[3] = reason;
	air_controller_send_event(controller, HCI_DISCONNECTED, event, sizeof event);
}

static void
take_data(AirController *controller, const guint8 *data, gsize n_bytes)
{
	guint16 field;
	AirLink *link;

	if (n_bytes < DATA_HEADER_LEN ||
	    n_bytes != DATA_HEADER_LEN + (gsize)roll_bytes_get_u16(data + 2))
		return;
	field = roll_bytes_get_u16(data);
	link = air_controller_find_link(controller, field & HANDLE_MASK);
	if (link)
		air_link_take(link, controller->now_us, (field & DATA_FLAG_MASK) != DATA_CONTINUES,
			      data + DATA_HEADER_LEN, n_bytes - DATA_HEADER_LEN);
}

/* ---- Its life ---- */

AirController *
air_controller_new(void (*send)(gpointer user, const guint8 *packet, gsize n_bytes), gpointer user)
{
	AirController *controller = g_new0(AirController, 1);

	controller->send = send;
	controller->user = user;
	controller->links = g_ptr_array_new_with_free_func((GDestroyNotify)air_link_free);
	return controller;
}

void
air_controller_free(AirController *controller)
{
	if (!controller)
		return;
	g_ptr_array_unref(controller->links);
	g_free(controller);
}

AirLink *
air_controller_add(AirController *controller, SimDevice *device, const AirLinkSettings *settings)
{
	AirLinkPorts ports = {
		.advertise = hear_advertisement,
		.deliver = deliver,
		.acknowledge = acknowledge,
		.encrypted = tell_encrypted,
		.ended = tell_ended,
		.user = controller,
	};
	AirLink *link = air_link_new(device, &ports, settings);

	g_assert(controller->links->len < AIR_LINKS_MAX);
	g_ptr_array_add(controller->links, link);
	return link;
}

guint
air_controller_count(const AirController *controller)
{
	return controller->links->len;
}

AirLink *
air_controller_get_link(const AirController *controller, guint i)
{
	return g_ptr_array_index(controller->links, i);
}

void
air_controller_take(AirController *controller, gint64 now_us, const guint8 *packet, gsize n_bytes)
{
	controller->now_us = now_us;
	if (n_bytes >= 1 && packet[0] == HCI_DATA)
		take_data(controller, packet + 1, n_bytes - 1);
	else if (n_bytes >= 1 + COMMAND_HEADER_LEN && packet[0] == HCI_COMMAND)
		hci_commands_take(controller, roll_bytes_get_u16(packet + 1),
				  packet + 1 + COMMAND_HEADER_LEN,
				  MIN(n_bytes - 1 - COMMAND_HEADER_LEN, packet[3]));
}

void
air_controller_reset(AirController *controller, gint64 now_us)
{
	if (controller->scan.is_on)
		event_line_tell(EVENT_OF_ALL, "scanning off reports %" G_GUINT64_FORMAT,
				controller->n_reports);
	controller->scan.is_on = FALSE;
	controller->connecting.is_on = FALSE;
	controller->n_accepted = 0;
	for (guint i = 0; i < controller->links->len; i++)
		air_link_abandon(controller->links->pdata[i], now_us);
}

gint64
air_controller_turn(AirController *controller, gint64 now_us)
{
	gint64 next_us = G_MAXINT64;

	controller->now_us = now_us;
	for (guint i = 0; i < controller->links->len; i++)
		next_us = MIN(next_us, air_link_turn(controller->links->pdata[i], now_us));
	return next_us;
}
