/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-inbox.h"

#include <string.h>

void
roll_inbox_init(RollInbox *inbox, const char *address, const RollSink *sink)
{
	*inbox = (RollInbox){.sink = sink, .is_held = TRUE};
	g_strlcpy(inbox->address, address, sizeof inbox->address);
	g_queue_init(&inbox->held);
}

void
roll_inbox_clear(RollInbox *inbox)
{
	g_queue_clear_full(&inbox->held, g_free);
}

void
roll_inbox_begin(RollInbox *inbox)
{
	roll_inbox_clear(inbox);
	inbox->base_us = g_get_real_time() - g_get_monotonic_time();
	inbox->is_held = TRUE;
	inbox->n_dropped = 0;
}

static gboolean
fill_value(const RollInbox *inbox, RollValue *value, const char *uuid, const guint8 *bytes,
	   gsize n_bytes)
{
	if (n_bytes > ROLL_VALUE_MAX) {
		g_debug("%s: dropped a value of %" G_GSIZE_FORMAT " bytes of %s", inbox->address,
			n_bytes, uuid);
		return FALSE;
	}
	value->arrival_us = inbox->base_us + g_get_monotonic_time();
	memcpy(value->address, inbox->address, sizeof value->address);
	g_strlcpy(value->uuid, uuid, sizeof value->uuid);
	value->n_bytes = n_bytes;
	if (n_bytes > 0)
		memcpy(value->bytes, bytes, n_bytes);
	return TRUE;
}

static void
hold(RollInbox *inbox, const RollValue *value)
{
	if (inbox->held.length >= ROLL_INBOX_MAX) {
		g_free(g_queue_pop_head(&inbox->held));
		if (inbox->n_dropped++ == 0)
			g_debug("%s: dropping values that came before it described itself",
				inbox->address);
	}
	g_queue_push_tail(&inbox->held, g_memdup2(value, sizeof *value));
}

gint64
roll_inbox_take(RollInbox *inbox, const char *uuid, const guint8 *bytes, gsize n_bytes)
{
	RollValue value;

	if (!fill_value(inbox, &value, uuid, bytes, n_bytes))
		return 0;
	if (inbox->is_held)
		hold(inbox, &value);
	else
		inbox->sink->value(inbox->sink->user, &value);
	return value.arrival_us;
}

void
roll_inbox_take_read(RollInbox *inbox, const char *uuid, const guint8 *bytes, gsize n_bytes)
{
	const RollValue *first = g_queue_peek_head(&inbox->held);
	RollValue value;

	if (!fill_value(inbox, &value, uuid, bytes, n_bytes))
		return;
	if (first)
		value.arrival_us = first->arrival_us;
	inbox->sink->value(inbox->sink->user, &value);
}

void
roll_inbox_release(RollInbox *inbox)
{
	RollValue *value;

	inbox->is_held = FALSE;
	while ((value = g_queue_pop_head(&inbox->held))) {
		inbox->sink->value(inbox->sink->user, value);
		g_free(value);
	}
}
