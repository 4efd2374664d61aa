/* SPDX-License-Identifier: MIT
 *
 * All that passes between the kernel and the controller, in a file that Wireshark and btmon read: btsnoop, version 1,
 * link type 1002 (HCI with the packet type first).
 */
#pragma once

#include <glib.h>

typedef struct HciTrace HciTrace;

/* Makes the file anew. NULL and error: it cannot be written. */
HciTrace *hci_trace_open(const char *path, GError **error);

/* NULL is taken. */
void hci_trace_close(HciTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HciTrace, hci_trace_close)

/* Adds a packet, its type first, and flushes it. A file that cannot be written to any more is said on standard error,
 * once. trace NULL: nothing is done. */
void hci_trace_add(HciTrace *trace, gboolean is_from_controller, const guint8 *packet,
		   gsize n_bytes);
