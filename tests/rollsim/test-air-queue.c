/* SPDX-License-Identifier: MIT
 *
 * When what a sensor has to send leaves: at connection events, in order, as far as the buffer reaches.
 */
#include "tests/rollsim/air-queue.h"

enum { INTERVAL_US = 30000 };

static void
push(AirQueue *queue, gint64 now_us, gboolean is_notification, guint8 number)
{
	g_autoptr(GBytes) bytes = g_bytes_new(&number, 1);

	g_assert_true(air_queue_push(queue, now_us, 0, is_notification, bytes));
}

/* The number of the frame that leaves; -1: none does. */
static int
pop(AirQueue *queue, gint64 now_us)
{
	g_autoptr(GBytes) bytes = air_queue_pop(queue, now_us);

	return bytes ? *(const guint8 *)g_bytes_get_data(bytes, NULL) : -1;
}

static void
test_events(void)
{
	AirQueue *queue = air_queue_new();

	air_queue_begin(queue, 1000, INTERVAL_US);
	g_assert_cmpint(air_queue_get_due_us(queue), ==, G_MAXINT64);
	push(queue, 5000, TRUE, 1);
	push(queue, 20000, FALSE, 2);
	push(queue, 31001, TRUE, 3);
	g_assert_cmpint(air_queue_get_due_us(queue), ==, 31000);
	g_assert_cmpint(pop(queue, 30999), ==, -1);
	g_assert_cmpint(pop(queue, 31000), ==, 1);
	g_assert_cmpint(pop(queue, 31000), ==, 2);
	g_assert_cmpint(pop(queue, 31000), ==, -1);
	g_assert_cmpint(air_queue_get_due_us(queue), ==, 61000);
	/* Another interval from the last event on. */
	air_queue_set_interval(queue, 40000, 15000);
	g_assert_cmpint(air_queue_get_due_us(queue), ==, 46000);
	g_assert_cmpint(pop(queue, 50000), ==, 3);
	air_queue_free(queue);
}

static void
test_one_each(void)
{
	AirQueue *queue = air_queue_new();

	air_queue_begin(queue, 0, INTERVAL_US);
	air_queue_set_one_each(queue, TRUE);
	push(queue, 1, TRUE, 1);
	push(queue, 1, TRUE, 2);
	push(queue, 1, FALSE, 3);
	g_assert_cmpint(pop(queue, INTERVAL_US), ==, 1);
	g_assert_cmpint(pop(queue, INTERVAL_US), ==, -1);
	g_assert_cmpint(air_queue_get_due_us(queue), ==, 2 * INTERVAL_US);
	/* An answer goes with it. */
	g_assert_cmpint(pop(queue, 2 * INTERVAL_US + 7), ==, 2);
	g_assert_cmpint(pop(queue, 2 * INTERVAL_US + 7), ==, 3);
	push(queue, 2 * INTERVAL_US + 8, TRUE, 4);
	g_assert_cmpint(air_queue_get_due_us(queue), ==, 3 * INTERVAL_US);
	air_queue_free(queue);
}

static void
test_buffer(void)
{
	AirQueue *queue = air_queue_new();
	g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);

	air_queue_begin(queue, 0, INTERVAL_US);
	for (guint i = 0; i < AIR_QUEUE_NOTIFICATIONS; i++)
		push(queue, 1, TRUE, (guint8)i);
	g_assert_false(air_queue_push(queue, 1, 0, TRUE, bytes));
	/* Answers and what is only delayed are no matter of the buffer. */
	g_assert_true(air_queue_push(queue, 1, 0, FALSE, bytes));
	g_assert_true(air_queue_push(queue, 1, 1000, TRUE, bytes));
	for (guint i = 0; i < AIR_QUEUE_NOTIFICATIONS; i++)
		g_assert_cmpint(pop(queue, INTERVAL_US), ==, (int)i);
	air_queue_begin(queue, 0, INTERVAL_US);
	g_assert_cmpint(pop(queue, G_MAXINT32), ==, -1);
	push(queue, 1, TRUE, 9);
	air_queue_free(queue);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/air-queue/events", test_events);
	g_test_add_func("/air-queue/one-each", test_one_each);
	g_test_add_func("/air-queue/buffer", test_buffer);
	return g_test_run();
}
