/* SPDX-License-Identifier: MIT
 *
 * A command under way: a task, answered when the last of its writes was, or when the first one failed.
 */
#pragma once

#include <gio/gio.h>

typedef struct RollBluezOrder RollBluezOrder;

/* task: given. It has no writes yet. */
RollBluezOrder *roll_bluez_order_new(GTask *task);

/* One more write is under way. */
void roll_bluez_order_add(RollBluezOrder *order);

/* A write was answered; error: borrowed, NULL on success. After the last one order is freed. */
void roll_bluez_order_take_answer(RollBluezOrder *order, const GError *error);

/* There is nothing to write for it: answers so and frees order. */
void roll_bluez_order_refuse(RollBluezOrder *order);
