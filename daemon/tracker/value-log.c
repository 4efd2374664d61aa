/* SPDX-License-Identifier: MIT */
#include "daemon/tracker/value-log.h"

#include <string.h>

/* What stands before each value's bytes. Read and written by memcpy: bytes are of any length, so that the
 * next head stands anywhere. */
typedef struct {
	gpointer owner;
	const RollCharacteristic *characteristic;
	gint64 n;
	gint64 arrival_us;
	gsize n_bytes;
} Head;

/* Below it the dropped room is not worth a move. */
enum { COMPACT_MIN_BYTES = 64 * 1024 };

void
roll_value_log_init(RollValueLog *log)
{
	log->bytes = g_byte_array_new();
	log->begin = 0;
}

void
roll_value_log_clear(RollValueLog *log)
{
	g_clear_pointer(&log->bytes, g_byte_array_unref);
}

void
roll_value_log_empty(RollValueLog *log)
{
	g_byte_array_set_size(log->bytes, 0);
	log->begin = 0;
}

void
roll_value_log_append(RollValueLog *log, const RollLogged *value)
{
	const RollKept *kept = &value->kept;
	Head head = {value->owner, kept->characteristic, value->n, kept->arrival_us, kept->n_bytes};
	guint8 bytes[ROLL_VALUE_MAX];

	g_assert(kept->n_bytes <= sizeof bytes);
	if (kept->n_bytes > 0)
		memcpy(bytes, kept->bytes, kept->n_bytes); /* before the buffer may move */
	g_byte_array_append(log->bytes, (const guint8 *)&head, sizeof head);
	g_byte_array_append(log->bytes, bytes, (guint)kept->n_bytes);
}

/* The value at an offset of the buffer; returns the offset of the next one. */
static gsize
read_at(const RollValueLog *log, gsize offset, RollLogged *ret_value)
{
	Head head;

	memcpy(&head, log->bytes->data + offset, sizeof head);
	offset += sizeof head;
	*ret_value = (RollLogged){
		.owner = head.owner,
		.n = head.n,
		.kept = {head.characteristic, head.arrival_us, head.n_bytes,
			 log->bytes->data + offset},
	};
	return offset + head.n_bytes;
}

gboolean
roll_value_log_next(const RollValueLog *log, gsize *position, RollLogged *ret_value)
{
	gsize offset = MAX(*position, log->begin);

	if (offset >= log->bytes->len)
		return FALSE;
	*position = read_at(log, offset, ret_value);
	return TRUE;
}

void
roll_value_log_drop_until(RollValueLog *log, gint64 from_us)
{
	RollLogged value;

	while (log->begin < log->bytes->len) {
		gsize next = read_at(log, log->begin, &value);

		if (value.kept.arrival_us >= from_us)
			break;
		log->begin = next;
	}
	if (log->begin >= COMPACT_MIN_BYTES && log->begin >= log->bytes->len / 2) {
		g_byte_array_remove_range(log->bytes, 0, (guint)log->begin);
		log->begin = 0;
	}
}

void
roll_value_log_drop_owner(RollValueLog *log, gconstpointer owner)
{
	gsize from = log->begin, to = 0;
	RollLogged value;

	while (from < log->bytes->len) {
		gsize next = read_at(log, from, &value);

		if (value.owner != owner) {
			memmove(log->bytes->data + to, log->bytes->data + from, next - from);
			to += next - from;
		}
		from = next;
	}
	g_byte_array_set_size(log->bytes, (guint)to);
	log->begin = 0;
}

gsize
roll_value_log_get_size(const RollValueLog *log)
{
	return log->bytes->len - log->begin;
}
