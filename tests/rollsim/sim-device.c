/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/sim-device.h"

#include "protocol/bytes.h"
#include "tests/rollsim/event-line.h"

#include <string.h>

enum {
	BATTERY_PCT = 93,
	APPEARANCE_SENSOR = 0x0540, /* generic sensor, of the SIG's assigned numbers */
	TEXT_MAX = 64,
};

SimDevice *
sim_device_new(const SimDeviceSettings *settings)
{
	SimDevice *device = g_new0(SimDevice, 1);
	const SimCapture *capture = settings->stream.capture;

	device->number = settings->number;
	device->name = g_strdup(settings->name);
	device->keys_path = g_strdup(settings->keys_path);
	device->stream = sim_stream_new(&settings->stream);
	device->battery_pct =
		capture && capture->battery_pct >= 0 ? (guint)capture->battery_pct : BATTERY_PCT;
	packet_trouble_init(&device->trouble, settings->stream.seed);
	return device;
}

void
sim_device_free(SimDevice *device)
{
	if (!device)
		return;
	sim_stream_free(device->stream);
	g_free(device->name);
	g_free(device->keys_path);
	g_free(device);
}

gboolean
sim_device_load_bond(SimDevice *device, GError **error)
{
	return !device->keys_path ||
	       sim_bond_load(device->keys_path, device->number, &device->bond, error);
}

const SimBond *
sim_device_get_bond(const SimDevice *device)
{
	return device->is_clone ? &device->clone_bond : &device->bond;
}

void
sim_device_set_bond(SimDevice *device, const SimBond *bond)
{
	g_autoptr(GError) error = NULL;

	if (device->is_clone) {
		device->clone_bond = *bond;
		return;
	}
	device->bond = *bond;
	if (device->keys_path && !sim_bond_save(device->keys_path, device->number, bond, &error))
		g_printerr("rollsim: writing keys: %s\n", error->message);
}

static gsize
put_text(guint8 *ret_bytes, const char *text)
{
	gsize n_bytes = strlen(text);

	memcpy(ret_bytes, text, n_bytes);
	return n_bytes;
}

gsize
sim_device_read(const SimDevice *device, GattKey key, guint8 *ret_bytes)
{
	char text[TEXT_MAX];

	switch (key) {
	case GATT_NAME:
		return put_text(ret_bytes, device->name);
	case GATT_APPEARANCE:
		roll_bytes_put_u16(ret_bytes, APPEARANCE_SENSOR);
		return 2;
	case GATT_BATTERY:
		ret_bytes[0] = (guint8)device->battery_pct;
		return 1;
	case GATT_MANUFACTURER:
		return put_text(ret_bytes, "rollerd");
	case GATT_MODEL:
		return put_text(ret_bytes, "rollsim");
	case GATT_SERIAL:
		g_snprintf(text, sizeof text, "SIM-%u", device->number);
		return put_text(ret_bytes, text);
	case GATT_FIRMWARE:
		g_snprintf(text, sizeof text, "1.%u", device->firmware);
		return put_text(ret_bytes, text);
	case GATT_FEATURE:
		sim_stream_get_feature(device->stream, ret_bytes);
		return ROLL_ROLLER_FEATURE_LEN;
	case GATT_SERVICE_CHANGED:
	case GATT_MEASUREMENT:
	case GATT_CONTROL:
	case GATT_N_KEYS:
		break;
	}
	return 0;
}

void
sim_device_control(SimDevice *device, gint64 now_us, const guint8 *bytes, gsize n_bytes,
		   guint8 *ret_reply)
{
	gboolean was_streaming = sim_stream_is_streaming(device->stream);

	sim_stream_take_control(device->stream, now_us, bytes, n_bytes, ret_reply);
	if (sim_stream_is_streaming(device->stream) != was_streaming)
		event_line_tell(device->number, "%s", was_streaming ? "stopped" : "started");
}

void
sim_device_lose_link(SimDevice *device)
{
	device->trouble.has_held = FALSE;
	if (!sim_stream_is_streaming(device->stream))
		return;
	sim_stream_stop(device->stream);
	event_line_tell(device->number, "stopped");
}

void
sim_device_power_cycle(SimDevice *device)
{
	sim_device_lose_link(device);
	sim_stream_restart(device->stream);
}

guint
sim_device_make(SimDevice *device, gint64 now_us, SimValue *ret_values)
{
	SimValue packet;

	packet.n_bytes = sim_stream_make(device->stream, packet.bytes);
	if (packet.n_bytes == 0)
		return 0;
	return packet_trouble_take(&device->trouble, now_us, &packet, ret_values);
}
