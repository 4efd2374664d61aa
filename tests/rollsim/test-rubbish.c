/* SPDX-License-Identifier: MIT
 *
 * Rubbish for the simulated sensors: to the ATT server, and to the controller in front of it. A sanitizer sees what
 * they read past the end.
 */
#include "protocol/bytes.h"
#include "tests/rollsim/air-controller.h"
#include "tests/rollsim/event-line.h"
#include "tests/rollsim/gatt-server.h"

#include <string.h>

enum {
	ATT_ROUNDS = 200000,
	ATT_PDU_MAX = 40,
	HCI_ROUNDS = 20000,
	HCI_PACKET_MAX = 60,
	HANDLE = 0x40,
};

static guint8
draw_byte(GRand *rand, gint limit)
{
	return (guint8)g_rand_int_range(rand, 0, limit);
}

/* ---- The server ---- */

static gsize
read_anything(gpointer user, GattKey key, guint8 *ret_bytes)
{
	(void)user;
	memset(ret_bytes, 'x', 100);
	return key == GATT_NAME ? 100 : 1;
}

static AttError
write_anything(gpointer user, GattKey key, const guint8 *bytes, gsize n_bytes)
{
	guint *sum = user;

	g_assert_cmpint(key, ==, GATT_CONTROL);
	for (gsize i = 0; i < n_bytes; i++)
		*sum += bytes[i];
	return ATT_OK;
}

static void
subscribe_anything(gpointer user, GattKey key, gboolean is_subscribed)
{
	(void)user;
	(void)is_subscribed;
	g_assert_cmpint(key, <, GATT_N_KEYS);
}

/* Half of it has an opcode that means something and few high bytes, so that it gets behind the first checks. */
static guint8 *
dup_pdu(GRand *rand, gsize *ret_n_pdu)
{
	static const guint8 opcodes[] = {0x02, 0x04, 0x06, 0x08, 0x0a, 0x0c, 0x10, 0x12, 0x52};
	static const gsize lengths[] = {3, 5, 7, 21};
	gboolean is_wild = g_rand_boolean(rand);
	gsize n_pdu = is_wild ? draw_byte(rand, ATT_PDU_MAX)
			      : lengths[draw_byte(rand, G_N_ELEMENTS(lengths))];
	guint8 *pdu = g_malloc(MAX(n_pdu, 1));

	for (gsize i = 0; i < n_pdu; i++)
		pdu[i] = draw_byte(rand, is_wild ? 0x100 : 0x30);
	*ret_n_pdu = n_pdu;
	if (is_wild)
		return pdu;
	for (gsize i = 2; i < n_pdu; i += 2)
		pdu[i] = pdu[i] & 1 ? 0x28 : 0;
	pdu[0] = opcodes[draw_byte(rand, G_N_ELEMENTS(opcodes))];
	return pdu;
}

/* Whatever comes: no answer is longer than the MTU, and every request gets one. */
static void
test_server(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(4);
	guint sum = 0, n_answers = 0;
	GattHost host = {read_anything, write_anything, subscribe_anything, &sum};
	GattTable table;
	GattServer server;

	gatt_table_build(&table, 0, FALSE);
	gatt_server_init(&server, &table, &host, 247);
	for (guint round = 0; round < ATT_ROUNDS; round++) {
		guint8 answer[ATT_MTU_MOST];
		gsize n_pdu, n_answer;
		g_autofree guint8 *pdu = dup_pdu(rand, &n_pdu);

		n_answer = gatt_server_take(&server, pdu, n_pdu, answer);
		g_assert_cmpuint(n_answer, <=, server.mtu);
		if (n_pdu > 0 && !(pdu[0] & 0x41) && pdu[0] != 0x1e)
			g_assert_cmpuint(n_answer, >, 0);
		n_answers += n_answer > 0 && answer[0] != 0x01;
	}
	/* It was not all refused. */
	g_assert_cmpuint(n_answers, >, ATT_ROUNDS / 100);
	g_assert_cmpuint(sum, >, 0);
}

/* ---- The controller ---- */

typedef struct {
	AirController *controller;
	gint64 now_us;
	guint n_connected;
} Host;

static void
take_packet(gpointer user, const guint8 *packet, gsize n_bytes)
{
	Host *host = user;

	g_assert_cmpuint(n_bytes, >=, 3);
	if (n_bytes == 22 && packet[1] == 0x3e && packet[3] == 0x01 && packet[4] == 0)
		host->n_connected++;
}

static void
pass_over(gpointer user, guint number, const char *event)
{
	(void)user;
	g_assert_cmpuint(number, <=, 1);
	g_assert_nonnull(event);
}

static void
run_ms(Host *host, guint ms)
{
	for (guint i = 0; i < ms; i++) {
		host->now_us += 1000;
		air_controller_turn(host->controller, host->now_us);
	}
}

static void
connect_to_it(Host *host)
{
	const guint8 packet[] = {0x01, 0x0d, 0x20, 25, 0x60, 0, 0x60, 0, 0,  1, 1, 0, 0, 0xee, 0xff,
				 0xc0, 0,    24,   0,  24,   0, 0,    0, 42, 0, 0, 0, 0, 0};

	air_controller_take(host->controller, host->now_us, packet, sizeof packet);
}

static guint8 *
dup_packet(GRand *rand, gsize *ret_n)
{
	static const guint16 opcodes[] = {0x0406, 0x1405, 0x200b, 0x200c, 0x200d,
					  0x2011, 0x2012, 0x2013, 0x2016, 0x0c03};
	gsize n = 1u + draw_byte(rand, HCI_PACKET_MAX);
	guint8 *packet = g_malloc(n);

	for (gsize i = 0; i < n; i++)
		packet[i] = draw_byte(rand, 0x100);
	packet[0] = draw_byte(rand, 4);
	if (n > 4 && packet[0] == 0x01)
		roll_bytes_put_u16(packet + 1, opcodes[draw_byte(rand, G_N_ELEMENTS(opcodes))]);
	if (n > 5 && packet[0] == 0x02) {
		packet[1] = HANDLE;
		packet[2] &= 0x30;
		roll_bytes_put_u16(packet + 3, (guint16)(n - 5));
	}
	*ret_n = n;
	return packet;
}

static void
test_controller(void)
{
	const guint8 reset[] = {0x01, 0x03, 0x0c, 0};
	g_autoptr(GRand) rand = g_rand_new_with_seed(9);
	Host host = {.now_us = INT64_C(1790000000000000)};
	AirLinkSettings settings = {.mtu_offered = 247};
	SimDeviceSettings device = {
		.number = 1,
		.name = "Roller",
		.stream = {.seed = 1, .period_us = 10000, .n_batch = 10},
	};
	guint n_before;

	event_line_divert(pass_over, NULL);
	host.controller = air_controller_new(take_packet, &host);
	air_controller_add(host.controller, sim_device_new(&device), &settings);
	for (guint round = 0; round < HCI_ROUNDS; round++) {
		gsize n;
		g_autofree guint8 *packet = dup_packet(rand, &n);

		if (round % 10 == 0)
			connect_to_it(&host);
		air_controller_take(host.controller, host.now_us, packet, n);
		run_ms(&host, 5);
	}
	g_assert_cmpuint(host.n_connected, >, 10);
	/* It still works, once the longest supervision timeout that rubbish can give is over. */
	n_before = host.n_connected;
	air_controller_take(host.controller, host.now_us, reset, sizeof reset);
	run_ms(&host, 660 * 1000);
	connect_to_it(&host);
	run_ms(&host, 130);
	g_assert_cmpuint(host.n_connected, ==, n_before + 1);
	air_controller_free(host.controller);
	event_line_divert(NULL, NULL);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rubbish/server", test_server);
	g_test_add_func("/rubbish/controller", test_controller);
	return g_test_run();
}
