/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/sim-way.h"

gboolean
sim_way_obey_common(SimDevice *device, const Order *order, gint64 now_us)
{
	PacketTrouble *trouble = &device->trouble;

	switch (order->verb) {
	case ORDER_RESTART:
		sim_stream_restart(device->stream);
		return TRUE;
	case ORDER_STOP:
		sim_device_lose_link(device);
		return TRUE;
	case ORDER_BUTTON:
		sim_stream_press_button(device->stream);
		return TRUE;
	case ORDER_MUTE:
	case ORDER_UNMUTE:
		trouble->is_mute = order->verb == ORDER_MUTE;
		return TRUE;
	case ORDER_LOSS:
		trouble->loss_pct = (guint)order->number;
		return TRUE;
	case ORDER_DOUBLE:
		trouble->double_pct = (guint)order->number;
		return TRUE;
	case ORDER_SWAP:
		trouble->swap_pct = (guint)order->number;
		return TRUE;
	case ORDER_DAMAGE:
		trouble->damage_pct = (guint)order->number;
		return TRUE;
	case ORDER_SILENCE:
		trouble->silent_until_us = now_us + (gint64)(order->number * G_USEC_PER_SEC);
		return TRUE;
	default:
		return FALSE;
	}
}
