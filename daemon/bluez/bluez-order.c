/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-order.h"

struct RollBluezOrder {
	GTask *task;
	guint n_left;
	gboolean is_answered;
};

RollBluezOrder *
roll_bluez_order_new(GTask *task)
{
	RollBluezOrder *order = g_new0(RollBluezOrder, 1);

	order->task = task;
	return order;
}

void
roll_bluez_order_add(RollBluezOrder *order)
{
	order->n_left++;
}

static void
free_order(RollBluezOrder *order)
{
	g_object_unref(order->task);
	g_free(order);
}

void
roll_bluez_order_take_answer(RollBluezOrder *order, const GError *error)
{
	order->n_left--;
	if (!order->is_answered && (error || order->n_left == 0)) {
		order->is_answered = TRUE;
		if (error)
			g_task_return_error(order->task, g_error_copy(error));
		else
			g_task_return_boolean(order->task, TRUE);
	}
	if (order->n_left == 0)
		free_order(order);
}

void
roll_bluez_order_refuse(RollBluezOrder *order)
{
	g_task_return_new_error(order->task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
				"this sensor knows no such command");
	free_order(order);
}
