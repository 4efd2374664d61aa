/* SPDX-License-Identifier: MIT
 *
 * A Bluetooth adapter of the kernel that this program is: /dev/vhci. Closing it pulls the adapter out.
 */
#pragma once

#include <glib.h>

typedef struct VhciPort VhciPort;

/* A packet from the kernel, its type first. */
typedef void (*VhciTake)(gpointer user, const guint8 *packet, gsize n_bytes);

/* Makes an adapter on the lowest free index. take NULL: one that stays silent and that bluetoothd does not see. */
VhciPort *vhci_port_open(VhciTake take, gpointer user, GError **error);
void vhci_port_close(VhciPort *port);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VhciPort, vhci_port_close)

/* The N of hciN. */
guint vhci_port_get_index(const VhciPort *port);

/* Gives the kernel a packet, its type first. Where that fails it is said on standard error, once. */
void vhci_port_send(VhciPort *port, const guint8 *packet, gsize n_bytes);
