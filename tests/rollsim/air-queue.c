/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/air-queue.h"

typedef struct {
	gint64 ready_us;
	gboolean is_notification;
	GBytes *bytes;
} Frame;

struct AirQueue {
	GQueue frames;
	guint n_notifications;
	gboolean is_one_each;
	gint64 anchor_us, interval_us; /* of the events */
	gint64 spent_us; /* the event in which the last notification left; G_MININT64: none yet */
};

static void
free_frame(gpointer frame)
{
	g_bytes_unref(((Frame *)frame)->bytes);
	g_free(frame);
}

AirQueue *
air_queue_new(void)
{
	AirQueue *queue = g_new0(AirQueue, 1);

	g_queue_init(&queue->frames);
	air_queue_begin(queue, 0, 1);
	return queue;
}

void
air_queue_free(AirQueue *queue)
{
	if (!queue)
		return;
	g_queue_clear_full(&queue->frames, free_frame);
	g_free(queue);
}

void
air_queue_begin(AirQueue *queue, gint64 now_us, gint64 interval_us)
{
	g_assert(interval_us > 0);
	g_queue_clear_full(&queue->frames, free_frame);
	queue->n_notifications = 0;
	queue->anchor_us = now_us;
	queue->interval_us = interval_us;
	queue->spent_us = G_MININT64;
}

void
air_queue_set_interval(AirQueue *queue, gint64 now_us, gint64 interval_us)
{
	gint64 n_events = (now_us - queue->anchor_us) / queue->interval_us;

	g_assert(interval_us > 0);
	queue->anchor_us += n_events * queue->interval_us;
	queue->interval_us = interval_us;
}

void
air_queue_set_one_each(AirQueue *queue, gboolean is_one_each)
{
	queue->is_one_each = is_one_each;
}

/* The first event at t_us or after it. */
static gint64
find_event(const AirQueue *queue, gint64 t_us)
{
	gint64 since_us = MAX(t_us - queue->anchor_us, 0);
	gint64 n_events = (since_us + queue->interval_us - 1) / queue->interval_us;

	return queue->anchor_us + n_events * queue->interval_us;
}

gboolean
air_queue_push(AirQueue *queue, gint64 now_us, gint64 delay_us, gboolean is_notification,
	       GBytes *bytes)
{
	Frame *frame;

	if (is_notification && delay_us == 0 && queue->n_notifications >= AIR_QUEUE_NOTIFICATIONS)
		return FALSE;
	frame = g_new(Frame, 1);
	*frame = (Frame){
		.ready_us = now_us + delay_us,
		.is_notification = is_notification,
		.bytes = g_bytes_ref(bytes),
	};
	g_queue_push_tail(&queue->frames, frame);
	queue->n_notifications += is_notification ? 1 : 0;
	return TRUE;
}

gint64
air_queue_get_due_us(const AirQueue *queue)
{
	const Frame *frame = g_queue_peek_head((GQueue *)&queue->frames);
	gint64 event_us;

	if (!frame)
		return G_MAXINT64;
	event_us = find_event(queue, frame->ready_us);
	if (queue->is_one_each && frame->is_notification && queue->spent_us != G_MININT64)
		event_us = MAX(event_us, find_event(queue, queue->spent_us + 1));
	return event_us;
}

GBytes *
air_queue_pop(AirQueue *queue, gint64 now_us)
{
	g_autofree Frame *frame = NULL;

	if (air_queue_get_due_us(queue) > now_us)
		return NULL;
	frame = g_queue_pop_head(&queue->frames);
	if (frame->is_notification) {
		queue->n_notifications--;
		/* The event that is going on: the last one that has begun. */
		queue->spent_us = find_event(queue, now_us + 1) - queue->interval_us;
	}
	return frame->bytes;
}
