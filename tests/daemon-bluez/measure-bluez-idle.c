/* SPDX-License-Identifier: MIT
 *
 * What it costs to look for sensors that are not there: how often the threads of this process wake for one
 * burst of discovery, counted as the voluntary context switches of all of them.
 *
 *     build/tests/daemon-bluez/measure-bluez-idle [BURSTS]
 *
 * It starts fake-bluez-main (FAKE_BLUEZ_MAIN) on a bus of its own, with an adapter and no sensor, and lets
 * bursts of 0.2 s follow each other every 0.5 s: a burst costs the same however long it is, but for what it
 * finds. A tool, no test: strangers' devices cost more, see bluez-discovery.h.
 */
#include "daemon/bluez/source-bluez.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static void
take_value(void *user, const RollValue *value)
{
	(void)user;
	(void)value;
}

static void
take_status(void *user, const RollSensorStatus *status)
{
	(void)user;
	(void)status;
}

static void
take_end(void *user, const GError *error)
{
	(void)user;
	(void)error;
}

static guint64
count_wakes(void)
{
	g_autoptr(GDir) tasks = g_dir_open("/proc/self/task", 0, NULL);
	const char *name;
	guint64 n_wakes = 0;

	while ((name = g_dir_read_name(tasks))) {
		g_autofree char *path = g_strdup_printf("/proc/self/task/%s/status", name);
		g_autofree char *text = NULL;
		const char *line = NULL;

		if (g_file_get_contents(path, &text, NULL, NULL))
			line = strstr(text, "\nvoluntary_ctxt_switches:");
		if (line)
			n_wakes += g_ascii_strtoull(strchr(line, ':') + 1, NULL, 10);
	}
	return n_wakes;
}

static gboolean
on_end(gpointer user_data)
{
	g_main_loop_quit(user_data);
	return G_SOURCE_REMOVE;
}

static guint64
pass(guint duration_ms)
{
	GMainLoop *loop = g_main_loop_new(NULL, FALSE);
	guint64 n_before = count_wakes();

	g_timeout_add(duration_ms, on_end, loop);
	g_main_loop_run(loop);
	g_main_loop_unref(loop);
	return count_wakes() - n_before;
}

int
main(int argc, char **argv)
{
	RollSink sink = {.value = take_value, .status = take_status, .ended = take_end};
	RollBluezTiming timing = roll_bluez_timing_default;
	g_autoptr(GTestDBus) dbus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_autofree char *path = g_build_filename(g_get_tmp_dir(), "measure-idle.rollcap", NULL);
	g_autoptr(GSubprocess) fake = NULL;
	g_autoptr(GError) error = NULL;
	guint n_bursts = argc > 1 ? (guint)g_ascii_strtoull(argv[1], NULL, 10) : 20;
	RollSource *source;

	g_assert_true(g_file_set_contents(path, ROLL_CAPTURE_HEAD, -1, NULL));
	g_test_dbus_up(dbus);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address(dbus), TRUE);
	fake = g_subprocess_new(G_SUBPROCESS_FLAGS_NONE, &error, g_getenv("FAKE_BLUEZ_MAIN"), path,
				NULL);
	g_assert_no_error(error);
	timing.discovery_first_ms = timing.discovery_burst_ms = 200;
	timing.discovery_period_ms = timing.discovery_last_ms = 300;
	source = roll_source_bluez_new_with(NULL, NULL, &timing);
	g_assert_true(source->start(source, &sink, &error));
	(void)pass(3000); /* it comes to rest */
	printf("%.1f wake-ups for each burst\n", (double)pass(n_bursts * 500) / n_bursts);
	roll_source_free(source);
	g_subprocess_force_exit(fake);
	g_test_dbus_stop(dbus);
	return g_remove(path);
}
