/* SPDX-License-Identifier: MIT
 *
 * How links end, and what is left of them: on the side of the host, and on that of the sensor.
 */
#include "tests/rollsim/air-host.h"

/* ---- Losing ---- */

/* Short: what was said meanwhile is said afterwards. Long: the supervision timeout ends the link. */
static void
test_away(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_stream(host);
	air_link_set_away(host->links[0], host->now_us, TRUE);
	ASK(host, 0x0a, 0x03, 0x00);
	air_host_run_ms(host, AIR_HOST_TIMEOUT_MS - 20);
	g_assert_cmpuint(host->packets->len, ==, 0);
	air_link_set_away(host->links[0], host->now_us, FALSE);
	air_host_run_ms(host, 31);
	g_assert_cmpuint(COUNT(host, 0x02, AIR_HOST_HANDLE, 0x20, 11, 0, 7, 0, 4, 0, 0x0b), ==, 1);
	g_assert_cmpuint(COUNT(host, 0x04, 0x13), ==, 1);
	g_assert_cmpuint(air_host_count_measurements(host), >, 38);
	air_host_forget(host);
	air_link_set_away(host->links[0], host->now_us, TRUE);
	air_host_run_ms(host, AIR_HOST_TIMEOUT_MS - 1);
	g_assert_cmpuint(air_host_count_disconnects(host, 0x08), ==, 0);
	air_host_run_ms(host, 2);
	g_assert_cmpuint(air_host_count_disconnects(host, 0x08), ==, 1);
	/* Nobody finds it, and it does not stream into nowhere. */
	g_assert_false(sim_stream_is_streaming(air_link_get_device(host->links[0])->stream));
	air_host_forget(host);
	air_host_scan(host, FALSE, 0x60, FALSE);
	air_host_run_ms(host, 900);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 1), ==, 0);
	air_link_set_away(host->links[0], host->now_us, FALSE);
	air_host_run_ms(host, 130);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 1), ==, 1);
	air_host_free(host);
}

/* The host's end stays until its timeout, though the sensor is back before. */
static void
test_power(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_stream(host);
	air_link_set_power(host->links[0], host->now_us, FALSE);
	air_host_run_ms(host, 100);
	g_assert_cmpuint(host->packets->len, ==, 0);
	air_link_set_power(host->links[0], host->now_us, TRUE);
	air_host_scan(host, FALSE, 0x60, FALSE);
	air_host_run_ms(host, 130);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 1), ==, 1);
	g_assert_cmpuint(air_host_count_disconnects(host, 0x08), ==, 0);
	air_host_run_ms(host, AIR_HOST_TIMEOUT_MS - 230 + 2);
	g_assert_cmpuint(air_host_count_disconnects(host, 0x08), ==, 1);
	/* It does not stream until it is told to, and its first packet tells of the restart: number 0, clock 0. */
	air_host_link_up(host);
	ASK(host, 0x12, 0x25, 0x00, 0x01, 0x00);
	air_host_run_ms(host, 100);
	g_assert_cmpuint(air_host_count_measurements(host), ==, 0);
	ASK(host, 0x12, 0x27, 0x00, 0x01);
	air_host_run_ms(host, 100);
	g_assert_cmpuint(COUNT(host, 0x02, AIR_HOST_HANDLE, 0x20, 23, 0, 19, 0, 4, 0, 0x1b, 0x24, 0,
			       0x15, 1, 0, 0, 0, 0, 0, 0),
			 ==, 1);
	air_host_free(host);
}

static void
test_drop(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_stream(host);
	air_link_drop(host->links[0], 0x13);
	g_assert_cmpuint(air_host_count_disconnects(host, 0x13), ==, 1);
	g_assert_cmpstr(host->events->str, ==, "1 stopped, 1 disconnected 0x13, ");
	air_link_drop(host->links[0], 0x13);
	g_assert_cmpuint(air_host_count_disconnects(host, 0x13), ==, 1);
	air_host_forget(host);
	air_host_link_up(host);
	COMMAND(host, 0x0406, AIR_HOST_HANDLE, 0, 0x13);
	g_assert_cmpuint(air_host_count_disconnects(host, 0x16), ==, 1);
	air_host_free(host);
}

/* The host is reset: the sensor holds on until the timeout, then advertises. */
static void
test_reset(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_stream(host);
	COMMAND(host, 0x0c03, 0);
	air_host_forget(host);
	air_host_scan(host, FALSE, 0x60, FALSE);
	g_assert_cmpstr(host->events->str, ==,
			"0 scanning passive interval 60.000 window 60.000 reports 0, ");
	air_host_run_ms(host, AIR_HOST_TIMEOUT_MS - 1);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 1), ==, 0);
	air_host_run_ms(host, 130);
	g_assert_cmpuint(COUNT(host, 0x04, 0x3e, 33, 0x02, 1, 0x00, 1, 1), ==, 1);
	g_assert_cmpuint(air_host_count_disconnects(host, 0x08), ==, 0);
	air_host_free(host);
}

static void
test_firmware(void)
{
	AirHost *host = air_host_new(AIR_ADVERTISE_UUID);

	air_host_stream(host);
	air_link_update_firmware(host->links[0], host->now_us, 2);
	g_assert_cmpuint(air_host_count_disconnects(host, 0x13), ==, 1);
	air_host_forget(host);
	air_host_link_up(host);
	ASK(host, 0x12, 0x25, 0x00, 0x01, 0x00);
	ASK(host, 0x12, 0x45, 0x00, 0x01, 0x00);
	air_host_run_ms(host, 31);
	g_assert_cmpuint(
		COUNT(host, 0x02, AIR_HOST_HANDLE, 0x20, 9, 0, 5, 0, 4, 0, 0x01, 0x12, 0x25, 0, 1),
		==, 1);
	g_assert_cmpuint(COUNT(host, 0x02, AIR_HOST_HANDLE, 0x20, 5, 0, 1, 0, 4, 0, 0x13), ==, 1);
	air_host_free(host);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/air-loss/away", test_away);
	g_test_add_func("/air-loss/power", test_power);
	g_test_add_func("/air-loss/drop", test_drop);
	g_test_add_func("/air-loss/reset", test_reset);
	g_test_add_func("/air-loss/firmware", test_firmware);
	return g_test_run();
}
