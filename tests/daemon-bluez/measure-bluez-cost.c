/* SPDX-License-Identifier: MIT
 *
 * What a notification costs this process: CPU time of all its threads, while another process sends.
 *
 *     build/tests/daemon-bluez/measure-bluez-cost [SECONDS]
 *
 * It starts fake-bluez-main (FAKE_BLUEZ_MAIN) on a bus of its own with a capture of 100 notifications a
 * second. A tool, no test: the figure depends on the machine.
 */
#include "daemon/bluez/source-bluez.h"
#include "protocol/sensor/codec-roller.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>

#define ADDRESS "C0:FF:EE:00:00:01"

typedef struct {
	GMainLoop *loop;
	guint n_values;
	double begin_s;
} Measure;

static double
get_cpu_s(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

static void
take_value(void *user, const RollValue *value)
{
	Measure *measure = user;

	/* The first ones come with the connection, whose cost is another matter. */
	if (g_str_equal(value->uuid, ROLL_UUID_ROLLER_MEASUREMENT) && measure->n_values++ == 100)
		measure->begin_s = get_cpu_s();
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

static gboolean
on_end(gpointer user_data)
{
	Measure *measure = user_data;

	g_main_loop_quit(measure->loop);
	return G_SOURCE_REMOVE;
}

static void
write_capture(const char *path)
{
	g_autoptr(GString) text = g_string_new(ROLL_CAPTURE_HEAD);
	RollRollerFeature feature = {.feature = {.period_us = 10000},
				     .turn_full_scale_dps = 2000,
				     .pull_full_scale_g = 16};
	RollPacket packet = {.has_gyro = true, .has_acc = true, .period_us = 10000, .n_samples = 1};
	RollValue value = {.address = ADDRESS,
			   .uuid = ROLL_UUID_ROLLER_FEATURE,
			   .n_bytes = ROLL_ROLLER_FEATURE_LEN};
	char line[ROLL_CAPTURE_LINE_MAX];

	roll_roller_encode_feature(&feature, value.bytes);
	for (guint i = 0; i <= 6000; i++) {
		value.arrival_us = 1700000000000000 + i * 10000;
		roll_capture_format_line(&value, line);
		g_string_append(text, line);
		g_strlcpy(value.uuid, ROLL_UUID_ROLLER_MEASUREMENT, sizeof value.uuid);
		packet.sequence = (guint16)i;
		value.n_bytes = roll_roller_encode_measurement(&feature, &packet, value.bytes,
							       sizeof value.bytes);
	}
	g_assert_true(g_file_set_contents(path, text->str, -1, NULL));
}

int
main(int argc, char **argv)
{
	Measure measure = {.loop = g_main_loop_new(NULL, FALSE)};
	RollSink sink = {
		.value = take_value, .status = take_status, .ended = take_end, .user = &measure};
	g_autoptr(GTestDBus) dbus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_autoptr(GSubprocess) fake = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *path = g_build_filename(g_get_tmp_dir(), "measure-bluez.rollcap", NULL);
	guint64 duration_s = argc > 1 ? g_ascii_strtoull(argv[1], NULL, 10) : 10;
	RollSource *source;
	double used_s;

	write_capture(path);
	g_test_dbus_up(dbus);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address(dbus), TRUE);
	fake = g_subprocess_new(G_SUBPROCESS_FLAGS_NONE, &error, g_getenv("FAKE_BLUEZ_MAIN"),
				"--repeat", path, NULL);
	g_assert_no_error(error);
	source = roll_source_bluez_new(NULL, NULL);
	g_assert_true(source->start(source, &sink, &error));
	g_timeout_add_seconds((guint)duration_s + 2, on_end, &measure);
	g_main_loop_run(measure.loop);
	used_s = get_cpu_s() - measure.begin_s;
	g_assert_cmpuint(measure.n_values, >, 200);
	printf("%u notifications, %.1f us each\n", measure.n_values - 101,
	       used_s * 1e6 / (measure.n_values - 101));
	roll_source_free(source);
	g_subprocess_force_exit(fake);
	g_main_loop_unref(measure.loop);
	g_test_dbus_stop(dbus);
	return g_remove(path);
}
