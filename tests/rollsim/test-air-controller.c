/* SPDX-License-Identifier: MIT
 *
 * The controller and the sensors behind it, spoken to as the kernel does: finding, connecting, talking.
 */
#include "tests/rollsim/air-host.h"

/* ---- Finding ---- */

static void
test_reports(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_run_ms(host, 500);
	g_assert_cmpuint(host->packets->len, ==, 0);
	air_host_scan(host, FALSE, 0x60, FALSE);
	air_host_run_ms(host, 900);
	/* Each once a second; nobody was asked for the scan response. */
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 1), ==, 1);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 2), ==, 1);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 20, 0x02, 1, 0x04), ==, 0);
	COMMAND(host, 0x200c, 0, 0);
	air_host_forget(host);
	air_host_scan(host, TRUE, 0x60, FALSE);
	air_host_run_ms(host, 2900);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 1), ==, 3);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 20, 0x02, 1, 0x04, 1, 1), ==, 3);
	air_host_free(host);
}

static void
test_accept_list(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_list(host, 2);
	air_host_scan(host, FALSE, 0x60, TRUE);
	air_host_run_ms(host, 900);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 1), ==, 0);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 2), ==, 1);
	air_host_free(host);
}

/* With the window open for a tenth of the time, finding somebody takes longer. */
static void
test_window(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);
	guint n_heard = 0;

	for (guint i = 0; i < 200; i++) {
		air_host_scan(host, FALSE, 0x09, FALSE);
		air_host_run_ms(host, 100);
		COMMAND(host, 0x200c, 0, 0);
		n_heard += COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 1) > 0;
		air_host_forget(host);
	}
	g_assert_cmpuint(n_heard, >, 5);
	g_assert_cmpuint(n_heard, <, 60);
	air_host_free(host);
}

static void
check_advertisement(AirAdvertise advertise, gboolean is_response, gsize n_bytes, guint8 type)
{
	AirHost *host = air_host_new(advertise);
	guint8 bytes[AIR_ADVERTISEMENT_MAX];

	g_assert_cmpuint(air_link_get_advertisement(host->links[0], is_response, bytes), ==,
			 n_bytes);
	g_assert_cmphex(bytes[is_response || n_bytes == 3 ? 1 : 4], ==, type);
	air_host_free(host);
}

static void
test_advertisements(void)
{
	check_advertisement(AIR_ADVERTISE_UUID, FALSE, 3 + 18, 0x07);
	check_advertisement(AIR_ADVERTISE_UUID, TRUE, 8, 0x09);
	check_advertisement(AIR_ADVERTISE_UUID_ON_SCAN, FALSE, 3 + 8, 0x09);
	check_advertisement(AIR_ADVERTISE_UUID_ON_SCAN, TRUE, 18, 0x07);
	check_advertisement(AIR_ADVERTISE_NAME_ONLY, FALSE, 3, 0x01);
	check_advertisement(AIR_ADVERTISE_NAME_ONLY, TRUE, 8, 0x09);
}

static void
test_connecting(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_link_get_manners(host->links[0])->is_quiet = TRUE;
	air_host_connect(host, 1);
	air_host_run_ms(host, 3000);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 19), ==, 0);
	COMMAND(host, 0x200e, 0);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 19, 0x01, 0x02), ==, 1);
	air_link_get_manners(host->links[0])->is_quiet = FALSE;
	air_link_get_manners(host->links[0])->n_aborts = 1;
	air_host_forget(host);
	air_host_connect(host, 1);
	air_host_run_ms(host, 130);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 19, 0x01, 0x3e), ==, 1);
	air_host_forget(host);
	/* Not heard by the sensor, it ends after six intervals of 30 ms. */
	air_link_get_manners(host->links[0])->n_refusals = 1;
	air_host_connect(host, 1);
	while (COUNT(host, 0x04, 0x3e, 19, 0x01, 0x00) == 0)
		air_host_run_ms(host, 1);
	COMMAND(host, 0x2016, AIR_HOST_HANDLE, 0);
	air_host_run_ms(host, 179);
	g_assert_cmpuint(air_host_count_disconnects(host, 0x3e), ==, 0);
	air_host_run_ms(host, 1);
	g_assert_cmpuint(air_host_count_disconnects(host, 0x3e), ==, 1);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 12, 0x04), ==, 0);
	air_host_forget(host);
	air_host_link_up(host);
	/* Linked, it is not reported any more. */
	air_host_scan(host, FALSE, 0x60, FALSE);
	air_host_run_ms(host, 2000);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 1), ==, 0);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 2), ==, 2);
	air_host_free(host);
}

/* To whoever of the accept list is there, as the kernel's way back to a known sensor. */
static void
test_connecting_to_listed(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_list(host, 2);
	COMMAND(host, 0x200d, 0x60, 0, 0x60, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 24, 0, 24, 0, 0, 0, 42,
		0, 0, 0, 0, 0);
	air_host_run_ms(host, 300);
	g_assert_false(air_link_is_held(host->links[0]));
	g_assert_true(air_link_is_held(host->links[1]));
	air_host_free(host);
}

/* ---- Speaking ---- */

static void
test_answers(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_link_up(host);
	ASK(host, 0x02, 0x05, 0x02);
	/* Credit at once, the answer at the next connection event. */
	g_assert_cmpuint(COUNT(host, 0x04, 0x13, 5, 1, AIR_HOST_HANDLE, 0, 1, 0), ==, 1);
	g_assert_cmpuint(COUNT(host, 0x02), ==, 0);
	air_host_run_ms(host, 31);
	g_assert_cmpuint(
		COUNT(host, 0x02, AIR_HOST_HANDLE, 0x20, 7, 0, 3, 0, 4, 0, 0x03, 0x05, 0x02), ==,
		1);
	/* It asks for its own parameters. */
	air_host_run_ms(host, 400);
	g_assert_cmpuint(COUNT(host, 0x02, AIR_HOST_HANDLE, 0x20, 16, 0, 12, 0, 5, 0, 0x12), ==, 1);
	/* A frame that is longer than it says. */
	air_host_forget(host);
	air_controller_take(
		host->controller, host->now_us,
		(guint8[]){0x02, AIR_HOST_HANDLE, 0, 8, 0, 3, 0, 4, 0, 0x0a, 0x03, 0, 0xff}, 13);
	air_host_run_ms(host, 31);
	g_assert_cmpuint(COUNT(host, 0x02), ==, 0);
	/* A frame in two fragments. */
	air_host_forget(host);
	air_controller_take(host->controller, host->now_us,
			    (guint8[]){0x02, AIR_HOST_HANDLE, 0, 5, 0, 3, 0, 4, 0, 0x0a}, 10);
	air_host_run_ms(host, 31);
	g_assert_cmpuint(COUNT(host, 0x02), ==, 0);
	air_controller_take(host->controller, host->now_us,
			    (guint8[]){0x02, AIR_HOST_HANDLE, 0x10, 2, 0, 0x03, 0}, 7);
	air_host_run_ms(host, 31);
	g_assert_cmpuint(
		COUNT(host, 0x02, AIR_HOST_HANDLE, 0x20, 11, 0, 7, 0, 4, 0, 0x0b, 'R', 'o'), ==, 1);
	air_host_free(host);
}

/* The answer to the write goes ahead of the indication, and both of the first packet. */
static void
test_order(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);
	guint8 opcodes[3] = {0};
	guint n = 0;

	air_host_link_up(host);
	ASK(host, 0x12, 0x25, 0x00, 0x01, 0x00);
	ASK(host, 0x12, 0x28, 0x00, 0x02, 0x00);
	air_host_run_ms(host, 31);
	air_host_forget(host);
	ASK(host, 0x12, 0x27, 0x00, 0x01);
	air_host_run_ms(host, 100);
	for (guint i = 0; i < host->packets->len && n < 3; i++) {
		gsize n_bytes;
		const guint8 *bytes = g_bytes_get_data(host->packets->pdata[i], &n_bytes);

		if (bytes[0] == 0x02)
			opcodes[n++] = bytes[9];
	}
	g_assert_cmpmem(opcodes, 3, ((guint8[]){0x13, 0x1d, 0x1b}), 3);
	air_host_free(host);
}

static void
test_streaming(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_stream(host);
	air_host_run_ms(host, 3000);
	g_assert_cmpuint(air_host_count_measurements(host), >=, 297);
	g_assert_cmpuint(air_host_count_measurements(host), <=, 303);
	air_link_get_manners(host->links[0])->is_one_each = TRUE;
	air_host_forget(host);
	air_host_run_ms(host, 3000);
	g_assert_cmpuint(air_host_count_measurements(host), ==, 100);
	air_host_free(host);
}

/* With a key that the sensor does not have. */
static void
test_encrypt(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);
	guint8 parameters[28] = {AIR_HOST_HANDLE, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

	air_host_link_up(host);
	air_host_command(host, 0x2019, parameters, sizeof parameters);
	g_assert_cmpuint(COUNT(host, 0x04, 0x0f, 4, 0x00, 1, 0x19, 0x20), ==, 1);
	air_host_run_ms(host, 89);
	g_assert_cmpuint(COUNT(host, 0x04, 0x08), ==, 0);
	air_host_run_ms(host, 1);
	g_assert_cmpuint(COUNT(host, 0x04, 0x08, 4, 0x06, AIR_HOST_HANDLE, 0, 0), ==, 1);
	/* Out of range there is nobody to agree with. */
	air_host_forget(host);
	air_host_command(host, 0x2019, parameters, sizeof parameters);
	air_link_set_away(host->links[0], host->now_us, TRUE);
	air_host_run_ms(host, 200);
	g_assert_cmpuint(COUNT(host, 0x04, 0x08), ==, 0);
	air_host_free(host);
}

/* What does not fit in one fragment of 251 bytes goes in several. */
static void
test_fragments(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_stream(host);
	ASK(host, 0x02, 0x05, 0x02);
	air_host_run_ms(host, 2000);
	/* 36 samples of 14 bytes behind 8 + 3 + 4 of headers: 519 bytes every 0.36 s. */
	g_assert_cmpuint(COUNT(host, 0x02, AIR_HOST_HANDLE, 0x20, 251, 0, 0x03, 0x02, 4, 0, 0x1b),
			 ==, 5);
	g_assert_cmpuint(COUNT(host, 0x02, AIR_HOST_HANDLE, 0x10, 251, 0), ==, 5);
	g_assert_cmpuint(COUNT(host, 0x02, AIR_HOST_HANDLE, 0x10, 17, 0), ==, 5);
	air_host_free(host);
}

static void
test_deaf(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_stream(host);
	air_link_get_manners(host->links[0])->is_deaf = TRUE;
	ASK(host, 0x0a, 0x03, 0x00);
	air_host_run_ms(host, 1000);
	g_assert_cmpuint(COUNT(host, 0x02, AIR_HOST_HANDLE, 0x20, 11, 0, 7, 0, 4, 0, 0x0b), ==, 0);
	g_assert_cmpuint(COUNT(host, 0x04, 0x13), ==, 1);
	g_assert_cmpuint(air_host_count_measurements(host), >, 90);
	air_host_free(host);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/air-controller/reports", test_reports);
	g_test_add_func("/air-controller/accept-list", test_accept_list);
	g_test_add_func("/air-controller/window", test_window);
	g_test_add_func("/air-controller/advertisements", test_advertisements);
	g_test_add_func("/air-controller/connecting", test_connecting);
	g_test_add_func("/air-controller/connecting-to-listed", test_connecting_to_listed);
	g_test_add_func("/air-controller/answers", test_answers);
	g_test_add_func("/air-controller/order", test_order);
	g_test_add_func("/air-controller/streaming", test_streaming);
	g_test_add_func("/air-controller/encrypt", test_encrypt);
	g_test_add_func("/air-controller/fragments", test_fragments);
	g_test_add_func("/air-controller/deaf", test_deaf);
	return g_test_run();
}
