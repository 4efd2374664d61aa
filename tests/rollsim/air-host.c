/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/air-host.h"

#include "tests/rollsim/event-line.h"
#include "tests/rollsim/gatt-server.h"

#include <string.h>

static void
take_packet(gpointer user, const guint8 *packet, gsize n_bytes)
{
	g_ptr_array_add(((AirHost *)user)->packets, g_bytes_new(packet, n_bytes));
}

static void
take_event(gpointer user, guint number, const char *event)
{
	g_string_append_printf(((AirHost *)user)->events, "%u %s, ", number, event);
}

AirHost *
air_host_new(AirAdvertise advertise)
{
	AirHost *host = g_new0(AirHost, 1);
	AirLinkSettings settings = {.advertise = advertise, .mtu_offered = ATT_MTU_MOST};

	host->now_us = INT64_C(1790000000000000);
	host->packets = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	host->events = g_string_new(NULL);
	event_line_divert(take_event, host);
	host->controller = air_controller_new(take_packet, host);
	for (guint i = 0; i < 2; i++) {
		SimDeviceSettings device = {
			.number = i + 1,
			.name = "Roller",
			.stream = {.seed = 1 + i, .period_us = 10000, .n_batch = 40},
		};

		host->links[i] =
			air_controller_add(host->controller, sim_device_new(&device), &settings);
	}
	return host;
}

void
air_host_free(AirHost *host)
{
	air_controller_free(host->controller);
	event_line_divert(NULL, NULL);
	g_string_free(host->events, TRUE);
	g_ptr_array_unref(host->packets);
	g_free(host);
}

/* ---- What the host does ---- */

void
air_host_run_ms(AirHost *host, guint ms)
{
	for (guint i = 0; i < ms; i++) {
		host->now_us += 1000;
		air_controller_turn(host->controller, host->now_us);
	}
}

void
air_host_command(AirHost *host, guint16 opcode, const guint8 *parameters, gsize n)
{
	guint8 packet[4 + 255] = {0x01, (guint8)opcode, (guint8)(opcode >> 8), (guint8)n};

	if (n > 0)
		memcpy(packet + 4, parameters, n);
	air_controller_take(host->controller, host->now_us, packet, 4 + n);
}

void
air_host_scan(AirHost *host, gboolean is_active, guint8 window, gboolean is_filtered)
{
	COMMAND(host, 0x200b, is_active, 0x60, 0, window, 0, 0, is_filtered);
	COMMAND(host, 0x200c, 1, 1);
}

void
air_host_list(AirHost *host, guint8 number)
{
	COMMAND(host, 0x2011, 1, number, 0, 0, 0xee, 0xff, 0xc0);
}

/* Interval 30 ms, supervision timeout 420 ms. */
void
air_host_connect(AirHost *host, guint8 number)
{
	COMMAND(host, 0x200d, 0x60, 0, 0x60, 0, 0, 1, number, 0, 0, 0xee, 0xff, 0xc0, 0, 24, 0, 24,
		0, 0, 0, 42, 0, 0, 0, 0, 0);
}

void
air_host_ask(AirHost *host, const guint8 *pdu, gsize n)
{
	guint8 packet[64] = {0x02, AIR_HOST_HANDLE, 0x00, (guint8)(n + 4), 0, (guint8)n, 0, 4, 0};

	memcpy(packet + 9, pdu, n);
	air_controller_take(host->controller, host->now_us, packet, 9 + n);
}

/* ---- What it is told ---- */

/* How many packets begin with these bytes. */
guint
air_host_count(const AirHost *host, const guint8 *begin, gsize n_begin)
{
	guint n = 0;

	for (guint i = 0; i < host->packets->len; i++) {
		gsize n_bytes;
		const guint8 *bytes = g_bytes_get_data(host->packets->pdata[i], &n_bytes);

		n += n_bytes >= n_begin && memcmp(bytes, begin, n_begin) == 0;
	}
	return n;
}

void
air_host_forget(AirHost *host)
{
	g_ptr_array_set_size(host->packets, 0);
	g_string_truncate(host->events, 0);
}

guint
air_host_count_disconnects(const AirHost *host, guint8 reason)
{
	return COUNT(host, 0x04, 0x05, 4, 0, AIR_HOST_HANDLE, 0, reason);
}

/* Notifications of Measurement. */
guint
air_host_count_measurements(const AirHost *host)
{
	guint n = 0;

	for (guint i = 0; i < host->packets->len; i++) {
		gsize n_bytes;
		const guint8 *bytes = g_bytes_get_data(host->packets->pdata[i], &n_bytes);

		n += n_bytes > 12 && bytes[0] == 0x02 && bytes[9] == 0x1b;
	}
	return n;
}

/* With sensor 1. */
void
air_host_link_up(AirHost *host)
{
	air_host_connect(host, 1);
	air_host_run_ms(host, 130);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 19, 0x01, 0x00, AIR_HOST_HANDLE, 0), ==, 1);
	air_host_forget(host);
}

/* Link, subscription and START; the MTU stays 23, so that a packet is a sample. */
void
air_host_stream(AirHost *host)
{
	air_host_link_up(host);
	ASK(host, 0x12, 0x25, 0x00, 0x01, 0x00);
	ASK(host, 0x12, 0x28, 0x00, 0x02, 0x00);
	ASK(host, 0x12, 0x27, 0x00, 0x01);
	air_host_run_ms(host, 100);
	air_host_forget(host);
}
