/* SPDX-License-Identifier: MIT
 *
 * Values in memory, in order, packed into one buffer: those that wait to be written, and the last
 * seconds of a recording. Nothing is allocated per value.
 */
#pragma once

#include "daemon/store/store.h"

typedef struct {
	GByteArray *bytes;
	gsize begin; /* what stands before it was dropped */
} RollValueLog;

/* One value of a log. */
typedef struct {
	gpointer owner; /* whose value it is; the log only compares it */
	gint64 n;	/* its number in its recording */
	RollKept kept;	/* kept.bytes: borrowed, until the log is next changed */
} RollLogged;

/* Begins empty. */
void roll_value_log_init(RollValueLog *log);

/* Frees what it holds; init is then needed again. A zeroed log is taken. */
void roll_value_log_clear(RollValueLog *log);

/* Drops all values, keeps the room. */
void roll_value_log_empty(RollValueLog *log);

/* Adds a copy of value, its bytes included (they may be of this log). */
void roll_value_log_append(RollValueLog *log, const RollLogged *value);

/* Steps through the values in order: *position is 0 at first. FALSE: there is no more. */
gboolean roll_value_log_next(const RollValueLog *log, gsize *position, RollLogged *ret_value);

/* Drops the values that arrived before from_us, up to the first one that did not. */
void roll_value_log_drop_until(RollValueLog *log, gint64 from_us);

/* Drops all values of owner. */
void roll_value_log_drop_owner(RollValueLog *log, gconstpointer owner);

/* Bytes that it needs for its values. */
gsize roll_value_log_get_size(const RollValueLog *log);
