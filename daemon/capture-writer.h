/* SPDX-License-Identifier: MIT
 *
 * Writes values as a capture file (protocol/capture.h). Values wait in memory for at most a second,
 * then whole lines go to the file, so that what others read ends with a whole line.
 */
#pragma once

#include "protocol/capture.h"

#include <gio/gio.h>

typedef struct RollCaptureWriter RollCaptureWriter;

typedef enum {
	ROLL_CAPTURE_WRITER_ERROR_NOT_CAPTURE, /* the file is there and holds something else */
	ROLL_CAPTURE_WRITER_ERROR_FAILED,      /* opening or writing failed */
} RollCaptureWriterError;

#define ROLL_CAPTURE_WRITER_ERROR (roll_capture_writer_error_quark())
GQuark roll_capture_writer_error_quark(void);

/* Told once, in the main thread, when writing fails; after it nothing more is written. error: borrowed.
 * Must not free the writer. */
typedef void (*RollCaptureWriterFailed)(void *user, const GError *error);

/* Opens path: a new or empty file gets the head line, a capture is gone on with (after a line that was
 * cut, on a new one), any other file is refused untouched. failed: not NULL. Returns a given writer, or NULL and
 * error. */
RollCaptureWriter *roll_capture_writer_new(const char *path, RollCaptureWriterFailed failed,
					   void *user, GError **error);

/* Adds value; a timer of the main context writes it within a second. */
void roll_capture_writer_add(RollCaptureWriter *writer, const RollValue *value);

/* Writes what waits, closes, frees. NULL is taken. */
void roll_capture_writer_free(RollCaptureWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollCaptureWriter, roll_capture_writer_free)
