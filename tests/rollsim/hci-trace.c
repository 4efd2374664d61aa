/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/hci-trace.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#define MAGIC "btsnoop" /* and the zero at its end */

enum {
	VERSION = 1,
	LINK_TYPE = 1002,
	HEADER_LEN = 16,
	RECORD_LEN = 24,

	FLAG_FROM_CONTROLLER = 1 << 0,
	FLAG_COMMAND_OR_EVENT = 1 << 1,
	TYPE_COMMAND = 0x01,
	TYPE_EVENT = 0x04,
};

/* From the year 0 to 1970, microseconds, as the format counts. */
static const gint64 epoch_us = G_GINT64_CONSTANT(0x00dcddb30f2f8000);

struct HciTrace {
	FILE *file;
	gboolean has_failed;
};

static void
put_u32(guint8 *bytes, guint32 value)
{
	guint32 big = GUINT32_TO_BE(value);

	memcpy(bytes, &big, sizeof big);
}

static void
put(HciTrace *trace, const guint8 *bytes, gsize n_bytes)
{
	if (trace->has_failed || fwrite(bytes, 1, n_bytes, trace->file) == n_bytes)
		return;
	trace->has_failed = TRUE;
	g_printerr("rollsim: the trace cannot be written any more: it ends here\n");
}

HciTrace *
hci_trace_open(const char *path, GError **error)
{
	guint8 header[HEADER_LEN] = MAGIC;
	g_autoptr(HciTrace) trace = g_new0(HciTrace, 1);

	trace->file = fopen(path, "wbe");
	if (!trace->file) {
		int code = errno;

		g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), "writing %s: %s", path,
			    g_strerror(code));
		return NULL;
	}
	put_u32(header + 8, VERSION);
	put_u32(header + 12, LINK_TYPE);
	put(trace, header, sizeof header);
	return g_steal_pointer(&trace);
}

void
hci_trace_close(HciTrace *trace)
{
	if (!trace)
		return;
	if (trace->file)
		fclose(trace->file);
	g_free(trace);
}

void
hci_trace_add(HciTrace *trace, gboolean is_from_controller, const guint8 *packet, gsize n_bytes)
{
	guint8 record[RECORD_LEN] = {0};
	gint64 at_us = g_get_real_time() + epoch_us;
	guint32 flags = is_from_controller ? FLAG_FROM_CONTROLLER : 0;

	if (!trace || n_bytes == 0)
		return;
	if (packet[0] == TYPE_COMMAND || packet[0] == TYPE_EVENT)
		flags |= FLAG_COMMAND_OR_EVENT;
	put_u32(record, (guint32)n_bytes);
	put_u32(record + 4, (guint32)n_bytes);
	put_u32(record + 8, flags);
	put_u32(record + 16, (guint32)(at_us >> 32));
	put_u32(record + 20, (guint32)at_us);
	put(trace, record, sizeof record);
	put(trace, packet, n_bytes);
	/* For whoever looks at it while it grows, and for a program that is killed. */
	(void)fflush(trace->file);
}
