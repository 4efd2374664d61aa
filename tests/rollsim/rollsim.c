/* SPDX-License-Identifier: MIT
 *
 * Simulated Roller Sensors on the air, for tests of the whole machine, and for a person without a sensor.
 *
 *     rollsim [--way air|bluez [--adapter hciN]] [--sensors N] [--name NAME] [--capture FILE | --seed N]
 *             [--bar] [--rate HZ] [--batch N] [--truth FILE] [--trace FILE] [--mtu N]
 *             [--advertise adv|scan-response|name-only] [--encrypt [--keys FILE]]
 *
 * --help says what each option does. By way "air" it is a Bluetooth adapter of the kernel itself (00:AA:01:00:00:00,
 * through /dev/vhci, which takes root and the module hci_vhci), with sensors C0:FF:EE:00:00:01 and so on behind
 * it. By way "bluez" it is the peripheral of a real adapter, and bluez-peripheral.h says what then is different. A
 * person rolls from the first START on in real time, whatever becomes of the link.
 *
 * Orders on standard input, a line each: the sensor's number (0: all of them), a verb, and its value.
 *
 *     away, back         out of range: nothing goes either way, the link ends by its supervision timeout
 *     drop [HEX]         the link ends at once, for this reason (08)
 *     off, on            battery pulled: silent at once, no goodbye; back: clock and sequence begin anew
 *     restart            clock and sequence begin anew while it streams on
 *     stop               it stops streaming by itself, the link stays
 *     mute, unmute       no notifications, but ATT requests are answered
 *     deaf, hear         no ATT request is answered
 *     refuse COUNT       so many connection attempts the sensor does not hear: the host takes itself for connected,
 *                        and learns 0x3e after six intervals, as from a real controller
 *     abort COUNT        so many end at once with 0x3e in the host's own controller. Debian's kernel 6.1.192-2 does not
 *                        survive it ("list_del corruption" in hci_chan_del, when bluetoothd closes the socket that was
 *                        still connecting), nor that a bonded sensor has no key; 6.1.176-1 and 6.12.117 do
 *     loss, double, swap, damage PERCENT    of the Measurement packets
 *     silence SECONDS    packets of so long are lost
 *     delay MS           all that it sends comes later
 *     one on|off         one notification a connection event
 *     advertise on|off
 *     rssi DBM
 *     battery PERCENT
 *     button             the marker button is pressed
 *     table NUMBER       firmware update: drops, restarts, and the profile's handles are 16 x NUMBER higher
 *     clone on|off       a stranger with this address has taken its place: it has none of the keys (--encrypt)
 *     forget             the sensor loses its bond (--encrypt)
 *
 * And without a number: "unplug", "plug" and "plug other" (as another hci index) of the controller, "truth" (writes
 * the file of --truth, as the end does), "quit". What happens is told on standard output (event-line.h):
 * ready hciN, connected, disconnected 0xNN, subscribed, unsubscribed, started, stopped, refused, aborted, encrypted,
 * no-key, paired, order TEXT, and what air-controller.h names. The end of standard input ends nothing; "quit",
 * SIGTERM and SIGINT do.
 */
#include "tests/rollsim/air-controller.h"
#include "tests/rollsim/air-way.h"
#include "tests/rollsim/bluez-peripheral.h"
#include "tests/rollsim/event-line.h"
#include "tests/rollsim/rollsim-options.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { USAGE_STATUS = 2 };

typedef struct {
	RollsimOptions options;
	SimWay *way;
	GMainLoop *loop;
	GDataInputStream *input;
} Program;

/* ---- The truth ---- */

static gboolean
write_truth(Program *program, GError **error)
{
	const RollsimOptions *options = &program->options;
	const SimDevice *device = program->way->get_device(program->way, 1);
	g_autofree char *note = NULL;

	if (!options->truth_path) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
				    "no file for it: right is to begin with --truth FILE");
		return FALSE;
	}
	note = g_strdup_printf("rollsim: %s, %.0f Hz", options->is_bar ? "bar" : "roller",
			       (double)G_USEC_PER_SEC / options->period_us);
	return sim_truth_write(sim_stream_get_truth(device->stream), options->truth_path,
			       options->seed, note, error);
}

/* ---- Orders ---- */

static gboolean
obey(Program *program, const Order *order, GError **error)
{
	if (order->verb == ORDER_TRUTH)
		return write_truth(program, error);
	if (order->verb != ORDER_QUIT)
		return program->way->obey(program->way, order, error);
	g_main_loop_quit(program->loop);
	return TRUE;
}

static void
take_line(Program *program, const char *line)
{
	g_autoptr(GError) error = NULL;
	Order order;

	if (order_parse(line, program->options.n_sensors, &order, &error)) {
		event_line_tell(order.sensor, "order %s", line);
		(void)obey(program, &order, &error);
	}
	if (error)
		g_printerr("rollsim: order \"%s\": %s\n", line, error->message);
}

static void read_order(Program *program);

static void
order_read(GObject *source, GAsyncResult *result, gpointer user_data)
{
	Program *program = user_data;
	g_autoptr(GError) error = NULL;
	g_autofree char *line = g_data_input_stream_read_line_finish(G_DATA_INPUT_STREAM(source),
								     result, NULL, &error);

	if (error)
		g_printerr("rollsim: reading orders: %s\n", error->message);
	if (!line)
		return;
	if (*line)
		take_line(program, line);
	read_order(program);
}

static void
read_order(Program *program)
{
	g_data_input_stream_read_line_async(program->input, G_PRIORITY_DEFAULT, NULL, order_read,
					    program);
}

static gboolean
leave(gpointer user_data)
{
	Program *program = user_data;

	g_main_loop_quit(program->loop);
	return G_SOURCE_CONTINUE;
}

/* ---- Its life ---- */

static gboolean
begin_over_bluez(Program *program, GError **error)
{
	const RollsimOptions *options = &program->options;
	BluezPeripheralSettings settings = {
		.adapter = options->adapter,
		.has_uuid = options->link.advertise == AIR_ADVERTISE_UUID,
		.is_guarded = options->link.is_guarded,
	};
	SimDevice *device = rollsim_options_make_device(options, 1, error);

	program->way = device ? bluez_peripheral_new(device, &settings, error) : NULL;
	return program->way != NULL;
}

static gboolean
begin_on_air(Program *program, GError **error)
{
	const RollsimOptions *options = &program->options;
	SimDevice *devices[AIR_LINKS_MAX];
	HciTrace *trace = NULL;

	if (options->trace_path) {
		trace = hci_trace_open(options->trace_path, error);
		if (!trace)
			return FALSE;
	}
	for (guint i = 0; i < options->n_sensors; i++) {
		devices[i] = rollsim_options_make_device(options, i + 1, error);
		if (!devices[i])
			return FALSE;
	}
	program->way = air_way_new(devices, options->n_sensors, &options->link, trace, error);
	return program->way != NULL;
}

static int
run(Program *program)
{
	g_autoptr(GInputStream) stream = g_unix_input_stream_new(STDIN_FILENO, FALSE);
	g_autoptr(GError) error = NULL;

	program->input = g_data_input_stream_new(stream);
	read_order(program);
	g_unix_signal_add(SIGTERM, leave, program);
	g_unix_signal_add(SIGINT, leave, program);
	g_main_loop_run(program->loop);
	if (!program->options.truth_path || write_truth(program, &error))
		return EXIT_SUCCESS;
	g_printerr("rollsim: writing the truth: %s\n", error->message);
	return EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	Program program = {0};
	int status;

	if (!rollsim_options_parse(argc, argv, &program.options, &error)) {
		g_printerr("rollsim: %s\n", error->message);
		return USAGE_STATUS;
	}
	program.loop = g_main_loop_new(NULL, FALSE);
	if (program.options.is_over_bluez ? begin_over_bluez(&program, &error)
					  : begin_on_air(&program, &error)) {
		status = run(&program);
		program.way->free(program.way);
	} else {
		g_printerr("rollsim: %s\n", error->message);
		status = EXIT_FAILURE;
	}
	/* An order that is still being read is given up with the process: nothing of it must outlive. */
	g_clear_object(&program.input);
	g_main_loop_unref(program.loop);
	rollsim_options_clear(&program.options);
	return status;
}
