/* SPDX-License-Identifier: MIT
 *
 * What the daemon costs while it listens: memory, processor, wake-ups. Beside it a bare program on the same
 * libraries: it owns a name on the bus, and ten times a second it is given a packet that it keeps, committed
 * every 0.8 s, and nothing else.
 */
#include "tests/bench/bench.h"

#include "protocol/database.h"
#include "tests/support/fake-bluez.h"

#include <glib-unix.h>
#include <math.h>

#define BARE_NAME "org.rollerd1.Bare"

enum {
	SETTLE_S = 3,  /* from being on the bus to being observed */
	STREAM_S = 10, /* observed while streaming */
	QUIET_S = 45,  /* from being on the bus until its first search (30 s) is over */
	IDLE_S = 30,   /* observed while idle */
	PACKET_MS = 100,
	PACKETS_A_COMMIT = 8,
};

/* ---- The bare program ---- */

typedef struct {
	GMainLoop *loop;
	sqlite3 *db;
	sqlite3_stmt *insert;
	gint64 n_values;
} Bare;

static gboolean
keep_packet(gpointer user_data)
{
	Bare *bare = user_data;
	RollValue value = {.arrival_us = g_get_real_time(), .n_bytes = 148};

	if (bare->n_values % PACKETS_A_COMMIT == 0)
		bench_execute(bare->db, "BEGIN");
	bench_insert_raw(bare->insert, bare->n_values++, &value);
	if (bare->n_values % PACKETS_A_COMMIT == 0)
		bench_execute(bare->db, "COMMIT");
	return G_SOURCE_CONTINUE;
}

static gboolean
quit(gpointer user_data)
{
	g_main_loop_quit(user_data);
	return G_SOURCE_CONTINUE;
}

int
bench_be_bare(const char *path)
{
	Bare bare = {.loop = g_main_loop_new(NULL, FALSE)};
	guint name;

	bare.db = bench_open_raw(path, &bare.insert);
	name = g_bus_own_name(G_BUS_TYPE_SESSION, BARE_NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL,
			      NULL, NULL, NULL, NULL);
	g_timeout_add(PACKET_MS, keep_packet, &bare);
	g_unix_signal_add(SIGTERM, quit, bare.loop);
	g_main_loop_run(bare.loop);
	g_bus_unown_name(name);
	sqlite3_finalize(bare.insert);
	sqlite3_close(bare.db);
	g_main_loop_unref(bare.loop);
	return 0;
}

/* ---- Observation ---- */

typedef struct {
	double rss_mib, cpu_pct, wakes_per_min;
} Cost;

static gboolean
observe(GSubprocess *process, double seconds, Cost *ret_cost, GError **error)
{
	gint64 began_us = g_get_monotonic_time();
	BenchUse before, after;
	double passed_s;

	if (!bench_read_use(process, &before, error))
		return FALSE;
	bench_pass(seconds);
	if (!bench_read_use(process, &after, error))
		return FALSE;
	passed_s = (double)(g_get_monotonic_time() - began_us) / G_USEC_PER_SEC;
	*ret_cost = (Cost){
		.rss_mib = after.rss_mib,
		.cpu_pct = 100 * (after.cpu_s - before.cpu_s) / passed_s,
		.wakes_per_min = 60 * (double)bench_count_wakes(&before, &after) / passed_s,
	};
	return TRUE;
}

typedef struct {
	const char *const *argv;
	const char *name;  /* on the bus, once it is ready */
	double settle_s;   /* from then until it is observed */
	double observed_s; /* for how long */
} Subject;

static gboolean
find_cost(const Bench *bench, const Subject *subject, Cost *ret_cost, GError **error)
{
	g_autoptr(GSubprocess) process = bench_start(bench, subject->argv, error);
	gboolean is_observed;

	if (!process)
		return FALSE;
	is_observed = bench_wait_for_name(process, subject->name, error);
	if (is_observed) {
		bench_pass(subject->settle_s);
		is_observed = observe(process, subject->observed_s, ret_cost, error);
	}
	if (!bench_stop(process, is_observed ? error : NULL))
		return FALSE;
	return is_observed;
}

static gboolean
find_costs(const Bench *bench, Cost *ret_bare, Cost *ret_streaming, Cost *ret_idle, GError **error)
{
	g_autofree char *bare_path = bench_dup_path(bench, "bare.db");
	g_autofree char *stream_path = bench_dup_path(bench, "stream.db");
	g_autofree char *idle_path = bench_dup_path(bench, "idle.db");
	const char *const bare[] = {BUILD_FOLDER "/tests/bench/bench", "--bare", bare_path, NULL};
	const char *const streaming[] = {
		BUILD_FOLDER "/daemon/rollerd", "--source", "sim", "--db", stream_path, NULL};
	const char *const idle[] = {
		BUILD_FOLDER "/daemon/rollerd", "--source", "bluez", "--db", idle_path, NULL};
	const Subject subjects[] = {
		{bare, BARE_NAME, SETTLE_S, STREAM_S},
		{streaming, "org.rollerd1", SETTLE_S, STREAM_S},
		{idle, "org.rollerd1", QUIET_S, IDLE_S},
	};

	return find_cost(bench, &subjects[0], ret_bare, error) &&
	       find_cost(bench, &subjects[1], ret_streaming, error) &&
	       find_cost(bench, &subjects[2], ret_idle, error);
}

static void
add_rows(Bench *bench, const Cost *bare, const Cost *streaming, const Cost *idle)
{
	const BenchRow rows[] = {
		{"rollerd streaming, memory", "MiB", streaming->rss_mib, "a bare program",
		 bare->rss_mib, 0, 2, "16"},
		{"rollerd streaming, processor", "% of a core", streaming->cpu_pct,
		 "a bare program", bare->cpu_pct, 0, 6, "1"},
		{"rollerd idle, memory", "MiB", idle->rss_mib, "a bare program", bare->rss_mib, 0,
		 2, "16"},
		/* From half a minute: one wake-up in it shows as 2. */
		{"rollerd idle, wake-ups", "a minute", idle->wakes_per_min, "once a minute", 1, 0,
		 2.1, "1"},
	};

	g_array_append_vals(bench->rows, rows, G_N_ELEMENTS(rows));
}

gboolean
bench_daemon(Bench *bench, GError **error)
{
	g_autoptr(GTestDBus) bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	const FakeSensorOptions sensor = {
		.address = "C0:FF:EE:00:00:01", .is_known = TRUE, .is_away = TRUE};
	Cost bare, streaming, idle;
	const char *address;
	FakeBluez *bluez;
	gboolean is_done;

	g_test_dbus_up(bus);
	/* The usual idleness: Bluetooth is on, the sensor is known and in the cupboard. */
	address = g_test_dbus_get_bus_address(bus);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
	bluez = fake_bluez_new(address);
	fake_bluez_add_adapter(bluez, "hci0", "00:11:22:33:44:55");
	fake_bluez_add_sensor(bluez, &sensor);
	is_done = find_costs(bench, &bare, &streaming, &idle, error);
	fake_bluez_free(bluez);
	g_test_dbus_down(bus);
	if (is_done)
		add_rows(bench, &bare, &streaming, &idle);
	return is_done;
}
