/* SPDX-License-Identifier: MIT
 *
 * rollstat live, on a terminal of its own: how long it takes from a value's arrival at bluetoothd until the picture
 * that it changes is sent to the terminal, and what watching costs the two programs.
 */
#include "tests/bench/bench.h"

#include "tests/support/fake-bluez.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <pty.h>
#include <string.h>
#include <unistd.h>

#define ADDRESS "C0:FF:EE:00:00:01"
#define PACKET_US (100 * G_TIME_SPAN_MILLISECOND)

/* A picture that a value does not change is not waited for longer. */
#define PATIENCE_US (500 * G_TIME_SPAN_MILLISECOND)

enum {
	SETTLE_PACKETS = 50,
	OBSERVED_PACKETS = 100,
	FIRST_PACKET = 100, /* somebody rests on it by then */
};

/* What is needed to send values and to see what becomes of them. */
typedef struct {
	Bench *bench;
	FakeSensor *sensor;
	guint next;   /* value that is sent next */
	int terminal; /* its outside */
	gboolean is_watched;
	GArray *late_s; /* of double: from a value to the picture; of those that changed it */
} Rig;

static double
get_passed_s(gint64 began_us)
{
	return (double)(g_get_monotonic_time() - began_us) / G_USEC_PER_SEC;
}

/* Sends the next measurement. */
static void
send_packet(Rig *rig)
{
	const RollValue *value;

	do
		value = &g_array_index(rig->bench->values, RollValue, rig->next++);
	while (strcmp(value->uuid, ROLL_UUID_ROLLER_MEASUREMENT) != 0);
	fake_sensor_notify(rig->sensor, value->uuid, value->bytes, value->n_bytes);
}

/* Waits for output until us; takes it. FALSE: there was none. */
static gboolean
take_output(const Rig *rig, gint64 until_us)
{
	char bytes[65536];
	struct pollfd output = {.fd = rig->terminal, .events = POLLIN};
	gint64 left_us = until_us - g_get_monotonic_time();

	if (poll(&output, 1, (int)(MAX(left_us, 0) / G_TIME_SPAN_MILLISECOND)) <= 0)
		return FALSE;
	return read(rig->terminal, bytes, sizeof bytes) > 0;
}

/* A packet each 0.1 s, as they come. */
static void
stream(Rig *rig, guint n_packets)
{
	for (guint i = 0; i < n_packets; i++) {
		gint64 began_us = g_get_monotonic_time();

		while (g_main_context_iteration(NULL, FALSE) || take_output(rig, 0))
			;
		began_us = g_get_monotonic_time();
		send_packet(rig);
		if (rig->is_watched && take_output(rig, began_us + PATIENCE_US)) {
			double late_s = get_passed_s(began_us);

			g_array_append_val(rig->late_s, late_s);
		}
		while (g_get_monotonic_time() < began_us + PACKET_US)
			take_output(rig, began_us + PACKET_US);
	}
}

/* Per cent of a core that each of two processes (the second may be NULL) needs while values stream. */
static gboolean
observe(Rig *rig, GSubprocess *const *processes, double *ret_pct, GError **error)
{
	BenchUse before[2] = {0}, after[2] = {0};
	gint64 began_us;
	double passed_s;

	stream(rig, SETTLE_PACKETS);
	g_array_set_size(rig->late_s, 0);
	for (guint i = 0; i < 2 && processes[i]; i++)
		if (!bench_read_use(processes[i], &before[i], error))
			return FALSE;
	began_us = g_get_monotonic_time();
	stream(rig, OBSERVED_PACKETS);
	passed_s = get_passed_s(began_us);
	for (guint i = 0; i < 2 && processes[i]; i++) {
		if (!bench_read_use(processes[i], &after[i], error))
			return FALSE;
		ret_pct[i] = 100 * (after[i].cpu_s - before[i].cpu_s) / passed_s;
	}
	return TRUE;
}

/* Returns its outside. */
static int
open_terminal(int *ret_inside)
{
	const struct winsize size = {.ws_row = 24, .ws_col = 80};
	int outside = -1;

	if (openpty(&outside, ret_inside, NULL, NULL, &size) != 0)
		g_error("no terminal: %s", g_strerror(errno));
	fcntl(outside, F_SETFD, FD_CLOEXEC);
	fcntl(*ret_inside, F_SETFD, FD_CLOEXEC);
	return outside;
}

static int
compare_doubles(gconstpointer a, gconstpointer b)
{
	double first = *(const double *)a, second = *(const double *)b;

	return (first > second) - (first < second);
}

static double
find_quantile_ms(GArray *seconds, double share)
{
	g_array_sort(seconds, compare_doubles);
	if (seconds->len == 0)
		return INFINITY;
	return 1000 * g_array_index(seconds, double, (guint)(share * (seconds->len - 1)));
}

static void
add_rows(Rig *rig, double live_pct, double with_pct, double without_pct)
{
	/* The bounds are for a machine on which much else runs; on an idle one all are far below 1. */
	const BenchRow rows[] = {
		{"live, a value to its picture", "ms, median", find_quantile_ms(rig->late_s, 0.5),
		 "what was asked for", 100, 0, 5, "100"},
		{"the same", "ms, 95 of 100", find_quantile_ms(rig->late_s, 0.95),
		 "what was asked for", 100, 0, 5, "100"},
		{"live, processor", "% of a core", live_pct, "what was asked for", 2, 0, 2, "2"},
		{"rollerd watched, processor", "% of a core", with_pct, "rollerd unwatched",
		 without_pct, 0, 3, "2"},
		{"live, pictures", "a packet", (double)rig->late_s->len / OBSERVED_PACKETS,
		 "each changes it", 1, 0.5, 1, "1"},
	};

	g_array_append_vals(rig->bench->rows, rows, G_N_ELEMENTS(rows));
}

static gboolean
watch(Rig *rig, GSubprocess *daemon, GError **error)
{
	const char *const live[] = {BUILD_FOLDER "/cli/rollstat", "live", NULL};
	double without_pct[2] = {0}, with_pct[2] = {0};
	g_autoptr(GSubprocess) process = NULL;
	int inside = -1;
	gboolean is_done;

	rig->terminal = open_terminal(&inside);
	is_done = observe(rig, (GSubprocess *const[]){daemon, NULL}, without_pct, error);
	if (is_done)
		process = bench_start_at_terminal(rig->bench, live, inside, error);
	close(inside);
	rig->is_watched = TRUE;
	if (process)
		is_done = observe(rig, (GSubprocess *const[]){process, daemon}, with_pct, error) &&
			  bench_stop(process, error);
	close(rig->terminal);
	if (process && is_done)
		add_rows(rig, with_pct[0], with_pct[1], without_pct[0]);
	return process && is_done;
}

static gboolean
run(Rig *rig, GError **error)
{
	g_autofree char *path = bench_dup_path(rig->bench, "live.db");
	const char *const rollerd[] = {
		BUILD_FOLDER "/daemon/rollerd", "--source", "bluez", "--db", path, NULL};
	g_autoptr(GSubprocess) daemon = bench_start(rig->bench, rollerd, error);
	gboolean is_done;

	if (!daemon || !bench_wait_for_name(daemon, "org.rollerd1", error))
		return FALSE;
	while (!fake_sensor_is_started(rig->sensor))
		bench_pass(0.02);
	is_done = watch(rig, daemon, error);
	return bench_stop(daemon, is_done ? error : NULL) && is_done;
}

gboolean
bench_live(Bench *bench, GError **error)
{
	g_autoptr(GTestDBus) bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	const FakeSensorOptions options = {.address = ADDRESS};
	Rig rig = {.bench = bench,
		   .next = FIRST_PACKET,
		   .late_s = g_array_new(FALSE, FALSE, sizeof(double))};
	const char *address;
	FakeBluez *bluez;
	gboolean is_done;

	g_test_dbus_up(bus);
	address = g_test_dbus_get_bus_address(bus);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
	bluez = fake_bluez_new(address);
	fake_bluez_add_adapter(bluez, "hci0", "00:11:22:33:44:55");
	rig.sensor = fake_bluez_add_sensor(bluez, &options);
	for (guint i = 0; i < bench->values->len; i++) {
		const RollValue *value = &g_array_index(bench->values, RollValue, i);

		if (strcmp(value->uuid, ROLL_UUID_ROLLER_FEATURE) != 0)
			continue;
		fake_sensor_set_value(rig.sensor, value->uuid, value->bytes, value->n_bytes);
		break;
	}
	is_done = run(&rig, error);
	fake_bluez_free(bluez);
	g_test_dbus_down(bus);
	g_array_unref(rig.late_s);
	return is_done;
}
